"""Twins for tests: two records of one real patrol, each by one side."""

from typing import Any, NamedTuple

from django.utils import timezone

from cluster.models import User
from cluster.tests.factories import TwoPartyCluster
from patrols.models import Contingent, JointPatrol, TwinLink
from patrols.services import link_twins
from patrols.tests.factories import make_contingent, make_patrol

ROUTE = "Quốc lộ 1A, đoạn Sen Thủy – Vĩnh Chấp"


class Twins(NamedTuple):
    """``ours`` has the lines of both sides, the other's waiting; ``theirs`` has the other side's own line only."""

    ours: JointPatrol
    theirs: JointPatrol


def make_twins(world: TwoPartyCluster, **fields: Any) -> Twins:
    common = {"cluster": world.cluster, "units": [], **fields}
    ours = make_patrol(route=ROUTE, lead_unit=world.unit, recorded_unit=world.unit, **common)
    make_contingent(patrol=ours, unit=world.unit, force=world.force, state="confirmed")
    make_contingent(patrol=ours, unit=world.partner_unit, force=world.force)
    theirs = make_patrol(
        route="QL1A V.Chấp - S.Thủy", lead_unit=world.partner_unit, recorded_unit=world.partner_unit, **common
    )
    make_contingent(patrol=theirs, unit=world.partner_unit, force=world.force, headcount=4, state="confirmed")
    return Twins(ours, theirs)


def link(kept: JointPatrol, absorbed: JointPatrol, *, by: User, reason: str = "") -> TwinLink:
    kept.refresh_from_db()
    absorbed.refresh_from_db()
    return link_twins(
        kept=kept,
        absorbed=absorbed,
        kept_version=kept.version,
        absorbed_version=absorbed.version,
        reason=reason,
        by=by,
        now=timezone.now(),
    )


def lines_of(patrol: JointPatrol) -> set[tuple[Any, ...]]:
    """What the lines of the record say, without their keys."""
    lines = Contingent.objects.filter(patrol=patrol).prefetch_related("officers")
    return {
        (
            line.unit_id,
            line.force_id,
            line.headcount,
            line.state,
            line.reason,
            *sorted(o.pk for o in line.officers.all()),
        )
        for line in lines
    }
