"""What is due soon or past its day, told to who answers for it: once each, by `manage.py send_digest` every day."""

import datetime as dt
from collections.abc import Callable

from django.db.models.functions import Coalesce
from django.utils import timezone

from cluster.dues import awaited_briefings
from cluster.models import Cluster, Conclusion, PoliceUnit, Posting
from cluster.models.people import PostingQuerySet
from cluster.notices import DEADLINE, holders, tell
from patrols.models import JointPatrol
from reports.models import KeyTask

Role = Posting.Role
# A task is told of so many days before its last one; what has been past for longer is no news.
_AHEAD = dt.timedelta(days=7)
_PAST = dt.timedelta(days=30)


def overdue_plans(*, now: dt.datetime) -> None:
    """A planned patrol that has begun a day ago, and nobody has said what became of it: its lead unit."""
    yesterday = now - dt.timedelta(days=1)
    plans = JointPatrol.objects.told_once().overdue(yesterday).filter(deleted_at=None, planned_start__gt=now - _PAST)
    for plan in plans.select_related("cluster"):
        tell(
            DEADLINE,
            holders(_answering(plan.cluster, plan.lead_unit_id)),
            cluster=plan.cluster,
            event=f"plan_overdue:{plan.client_id}:{plan.version}",
            address=plan.get_absolute_url(),
            about=plan.client_id,
            params={"what": str(plan), "due": f"{plan.local_date:%d/%m/%Y}"},
            now=now,
        )


def key_tasks_due(*, now: dt.datetime) -> None:
    """A key task that nobody has assessed and whose day is near or past: the coordinators."""
    today = timezone.localdate(now)
    tasks = KeyTask.objects.unassessed().filter(deleted_at=None).alias(due=Coalesce("due_on", "date_to"))
    for task in tasks.filter(due__range=(today - _PAST, today + _AHEAD)).select_related("cluster"):
        tell(
            DEADLINE,
            holders(_answering(task.cluster, None)),
            cluster=task.cluster,
            event=f"task_due:{task.client_id}:{task.deadline}",
            address=task.get_absolute_url(),
            about=task.client_id,
            params={"what": str(task), "due": f"{task.deadline:%d/%m/%Y}"},
            now=now,
        )


def conclusions_due(*, now: dt.datetime) -> None:
    """A conclusion of a briefing whose day is near or past: the recorders of its unit, else the coordinators."""
    today = timezone.localdate(now)
    rows = Conclusion.objects.unsettled().filter(deleted_at=None, briefing__deleted_at=None)
    for row in rows.filter(due_on__range=(today - _PAST, today + _AHEAD)).select_related("cluster"):
        tell(
            DEADLINE,
            holders(_answering(row.cluster, row.owner_unit_id)),
            cluster=row.cluster,
            event=f"conclusion_due:{row.client_id}:{row.due_on}",
            address=row.get_absolute_url(),
            about=row.client_id,
            params={"what": str(row), "due": f"{row.due_on:%d/%m/%Y}"},
            now=now,
        )


def briefings_due(*, now: dt.datetime) -> None:
    """A briefing that comes near or was missed: the recorders of the unit whose turn it is, else the coordinators."""
    today = timezone.localdate(now)
    for cluster in Cluster.objects.active_on(today):
        for due in awaited_briefings(cluster, today=today):
            if today - _PAST <= due.due_on <= today + _AHEAD:
                unit = due.host.pk if isinstance(due.host, PoliceUnit) else None
                term = f"{due.words.level}:{due.words.cycle}:{due.words.year}:{due.words.number}"
                tell(
                    DEADLINE,
                    holders(_answering(cluster, unit)),
                    cluster=cluster,
                    event=f"briefing_due:{cluster.pk}:{term}:{due.due_on}",
                    address=due.address,
                    about=due.briefing.client_id if due.briefing else None,
                    params={"what": str(due), "due": f"{due.due_on:%d/%m/%Y}"},
                    now=now,
                )


def _answering(cluster: Cluster, unit: int | None) -> PostingQuerySet:
    if unit:
        return Posting.objects.filter(role=Role.RECORDER, unit=unit, unit__memberships__party__cluster=cluster)
    return Posting.objects.filter(role=Role.COORDINATOR, cluster=cluster)


# Each tells once of an event, however often it is asked.
DEADLINES: tuple[Callable[..., None], ...] = (overdue_plans, briefings_due, conclusions_due, key_tasks_due)
