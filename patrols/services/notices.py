"""Who is told of a line: its unit that it waits, its author that it was corrected or refused (patrols/notices.py).

Called inside the transaction that writes the line.
"""

import datetime as dt

from django.db.models import Q

from cluster.models import Notice, Posting, User
from cluster.models.people import PostingQuerySet
from cluster.notices import holders, settle, tell
from patrols.models import Contingent, JointPatrol
from patrols.notices import LINE_CORRECTED, LINE_REFUSED, LINE_WAITS

Role = Posting.Role


def tell_waiting_units(patrol: JointPatrol, *, since: dt.datetime, by: User | None, now: dt.datetime) -> None:
    """Tell each unit whose lines wait and were written or changed since, once a unit and version of the patrol."""
    if patrol.is_plan:
        return
    written = Contingent.history.filter(patrol=patrol.pk, history_date__gte=since).values("id")
    lines = list(Contingent.objects.waiting().filter(patrol=patrol, pk__in=written).select_related("unit"))
    for unit in {line.unit for line in lines}:
        tell(
            LINE_WAITS,
            holders(_recorders(patrol, unit=unit.pk), but=by),
            cluster=patrol.cluster,
            event=f"{_waits(patrol, unit.pk)}{patrol.version}",
            address=patrol.get_absolute_url(),
            about=patrol.client_id,
            params={
                "patrol": str(patrol),
                "unit": str(unit),
                "people": sum(line.headcount for line in lines if line.unit_id == unit.pk),
            },
            now=now,
        )


def tell_author(line: Contingent, *, by: User | None, now: dt.datetime) -> None:
    """Tell those for whom the patrol was recorded that a line was corrected or refused, unless they did it."""
    if line.acknowledged_at or line.state not in Contingent.CHANGED_STATES:
        return
    patrol = line.patrol
    authors = _recorders(patrol, unit=patrol.recorded_unit_id)
    if patrol.recorded_unit_id is None:
        authors = Posting.objects.filter(role=Role.COORDINATOR, cluster=patrol.cluster_id, user=patrol.recorded_by_id)
    tell(
        LINE_CORRECTED if line.state == Contingent.State.CORRECTED else LINE_REFUSED,
        holders(authors, but=by),
        cluster=patrol.cluster,
        event=_answer(line),
        address=patrol.get_absolute_url(),
        about=patrol.client_id,
        params={
            "patrol": str(patrol),
            "unit": str(line.unit),
            "people": line.headcount,
            "before": line.corrected_from,
            "reason": line.reason,
        },
        now=now,
    )


def tell_author_of_all(patrol: JointPatrol, *, since: dt.datetime, by: User, now: dt.datetime) -> None:
    """Tell of every line that was corrected since in another way than by its unit's answer: an edit, a join."""
    for line in patrol.contingents.filter(decided_at__gte=since).select_related("unit", "patrol__cluster"):
        tell_author(line, by=by, now=now)


def settle_waiting(patrol: JointPatrol, *, now: dt.datetime) -> None:
    """The notices of the units whose lines have all been answered wait for nobody any more."""
    waiting = patrol.contingents.filter(state=Contingent.State.PENDING).values_list("unit", flat=True)
    notices = Notice.objects.about(patrol.client_id).filter(kind=LINE_WAITS.key)
    settle(notices.exclude(_begins(patrol, waiting)), now=now)


def settle_answer(line: Contingent, *, now: dt.datetime) -> None:
    """The author has taken note of the correction or refusal."""
    settle(Notice.objects.filter(event=_answer(line)), now=now)


def _begins(patrol: JointPatrol, units: object) -> Q:
    found = Q(pk=None)
    for unit in units:  # type: ignore[attr-defined]
        found |= Q(event__startswith=_waits(patrol, unit))
    return found


def _waits(patrol: JointPatrol, unit: int) -> str:
    return f"line_waits:{patrol.client_id}:{unit}:"


def _answer(line: Contingent) -> str:
    return f"line:{line.pk}:{line.version}"


def _recorders(patrol: JointPatrol, *, unit: int | None) -> PostingQuerySet:
    """Of a unit that is or was a member: the patrol's page is no other's to open."""
    return Posting.objects.filter(role=Role.RECORDER, unit=unit, unit__memberships__party__cluster=patrol.cluster_id)
