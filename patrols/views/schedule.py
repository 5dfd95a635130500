import datetime as dt
from typing import Any

from django.core.paginator import Paginator
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cluster.access import Right, Rights, in_cluster
from patrols.models import JointPatrol, JointPatrolQuerySet
from patrols.plans import may_change
from patrols.roster import Roster
from patrols.rows import PatrolRow
from patrols.schedule import Entry, Month

ROWS_A_PAGE = 30
MOST_OVERDUE = 10
Status = JointPatrol.Status


@in_cluster(Right.READ_RECORDS)
@require_safe
def schedule(request: HttpRequest, rights: Rights) -> HttpResponse:
    """What is planned, as a month or as the list of what is to come; on top what waits for its result."""
    now, today = timezone.now(), timezone.localdate()
    patrols = JointPatrol.objects.of(rights.cluster).told_once().select_related("lead_unit")
    is_list = request.GET.get("view") == "list"
    overdue = patrols.overdue(now).prefetch_related("contingents").order_by("planned_start", "pk")
    context: dict[str, Any] = {
        "is_list": is_list,
        "overdue": [(Entry(patrol, now), may_change(rights, patrol)) for patrol in overdue[:MOST_OVERDUE]],
        "overdue_total": overdue.count(),
    }
    context |= _upcoming(request, patrols, rights, now=now) if is_list else _month(request, patrols, now=now)
    return render(request, "patrols/schedule.html", context | {"today": today})


def _month(request: HttpRequest, patrols: JointPatrolQuerySet, *, now: dt.datetime) -> dict[str, Any]:
    today = timezone.localdate(now)
    month = Month.named(request.GET.get("month", ""), today=today)
    rows = sorted(
        (Entry(patrol, now) for patrol in patrols.in_period(month.first, month.last)),
        key=lambda entry: (entry.start or now, entry.patrol.pk),
    )
    weeks = month.weeks(rows, today=today)
    return {"month": month, "weeks": weeks, "this_month": Month(today.replace(day=1)), "is_empty": not rows}


def _upcoming(
    request: HttpRequest, patrols: JointPatrolQuerySet, rights: Rights, *, now: dt.datetime
) -> dict[str, Any]:
    """From today on, and what was postponed without a new day, whenever it had been planned for."""
    coming = patrols.filter(Q(local_date__gte=timezone.localdate(now)) | Q(status=Status.POSTPONED))
    coming = coming.select_related("lead_unit", "campaign").prefetch_related("contingents__unit")
    page = Paginator(coming.order_by("local_date", "planned_start", "pk"), ROWS_A_PAGE).get_page(
        request.GET.get("page")
    )
    roster = Roster.of(rights.cluster)
    return {"page": page, "rows": [(PatrolRow(patrol, roster), Entry(patrol, now)) for patrol in page]}
