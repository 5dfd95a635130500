"""What is due soon or past its day, told to who answers for it: once each, by `manage.py send_digest` every day."""

import datetime as dt
from collections.abc import Callable

from django.db.models.functions import Coalesce
from django.utils import timezone

from cluster.models import Posting
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
        recorders = Posting.objects.filter(
            role=Role.RECORDER, unit=plan.lead_unit_id, unit__memberships__party__cluster=plan.cluster_id
        )
        tell(
            DEADLINE,
            holders(recorders),
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
            holders(Posting.objects.filter(role=Role.COORDINATOR, cluster=task.cluster_id)),
            cluster=task.cluster,
            event=f"task_due:{task.client_id}:{task.deadline}",
            address=task.get_absolute_url(),
            about=task.client_id,
            params={"what": str(task), "due": f"{task.deadline:%d/%m/%Y}"},
            now=now,
        )


# Each tells once of an event, however often it is asked.
DEADLINES: tuple[Callable[..., None], ...] = (overdue_plans,)
