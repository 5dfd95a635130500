"""Plain functions that make campaigns, patrols and their lines for tests."""

import datetime as dt
import hashlib
from collections.abc import Iterable
from itertools import count
from typing import Any

from django.core.files.base import ContentFile
from django.utils import timezone

from cluster.models import Cluster, Force, MemberUnit, Officer, PoliceUnit
from cluster.tests.factories import make_cluster, make_force, make_two_party_cluster, make_user
from patrols.models import Campaign, Contingent, JointPatrol, Photograph

# A night of the year that the article speaks of, 21:00 to 02:00 in Vietnam.
A_NIGHT = dt.datetime(2017, 6, 1, 14, 0, tzinfo=dt.UTC)
_numbers = count(1)


def make_campaign(*, cluster: Cluster | None = None, name: str = "", **fields: Any) -> Campaign:
    """A campaign of June 2017, unless the dates say otherwise."""
    dates = {"date_from": dt.date(2017, 6, 1), "date_to": dt.date(2017, 6, 30)}
    return Campaign.objects.create(
        cluster=cluster or make_cluster(), name=name or f"Đợt cao điểm {next(_numbers)}", **(dates | fields)
    )


def make_patrol(
    *,
    cluster: Cluster | None = None,
    starts_at: dt.datetime | None = A_NIGHT,
    planned_start: dt.datetime | None = None,
    route: str = "",
    lead_unit: PoliceUnit | None = None,
    units: Iterable[PoliceUnit] | None = None,
    force: Force | None = None,
    headcount: int = 3,
    **fields: Any,
) -> JointPatrol:
    """A completed patrol of five hours, with a line of ``headcount`` people for each of ``units``.

    Without ``units`` the first member unit of each of the first two parties takes part, so that the patrol
    counts; ``units=[]`` makes one without lines. Without a cluster it gets a new one of two parties.
    """
    cluster = cluster or make_two_party_cluster().cluster
    units = list(_a_unit_of_two_parties(cluster) if units is None else units)
    start = starts_at or planned_start
    assert start, "a patrol needs a start or a planned start"
    if fields.get("status") in ("postponed", "cancelled"):
        fields.setdefault("status_reason", "Mưa lớn")
    patrol = JointPatrol.objects.create(
        cluster=cluster,
        starts_at=starts_at,
        planned_start=planned_start,
        local_date=timezone.localdate(start),
        route=route or f"Tuyến {next(_numbers)}",
        lead_unit=lead_unit or units[0],
        **({"ends_at": starts_at + dt.timedelta(hours=5)} if starts_at else {}) | fields,
    )
    force = force or Force.objects.first() or make_force()
    for unit in units:
        make_contingent(patrol=patrol, unit=unit, force=force, headcount=headcount)
    return patrol


def _a_unit_of_two_parties(cluster: Cluster) -> list[PoliceUnit]:
    members = MemberUnit.objects.filter(party__cluster=cluster).select_related("unit", "party")
    first_of_party: dict[int, PoliceUnit] = {}
    for member in members.order_by("party__position", "party__name", "joined", "pk"):
        first_of_party.setdefault(member.party_id, member.unit)
    return list(first_of_party.values())[:2]


def make_contingent(
    *,
    patrol: JointPatrol,
    unit: PoliceUnit,
    force: Force | None = None,
    headcount: int = 3,
    officers: Iterable[Officer] = (),
    **fields: Any,
) -> Contingent:
    if fields.get("state") == "corrected":
        fields.setdefault("corrected_from", headcount + 1)
    line = Contingent.objects.create(
        patrol=patrol,
        cluster=patrol.cluster,
        local_date=patrol.local_date,
        unit=unit,
        force=force or make_force(),
        headcount=headcount,
        **fields,
    )
    line.officers.set(officers)
    return line


def make_photograph(*, patrol: JointPatrol | None = None, content: bytes = b"%PDF-1.7 x", **fields: Any) -> Photograph:
    """A PDF with a file of its own; the unit that leads the patrol has added it, unless the fields say otherwise."""
    patrol = patrol or make_patrol()
    found = {"kind": Photograph.Kind.PDF, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
    added = {"added_at": A_NIGHT, "added_unit": patrol.lead_unit, "added_by": fields.get("added_by") or make_user()}
    photograph = Photograph(patrol=patrol, **found | added | fields)
    photograph.file.save("", ContentFile(content), save=True)
    return photograph
