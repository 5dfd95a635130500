from django.core.paginator import Paginator
from django.db.models import Count, Sum
from django.db.models.functions import Coalesce
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cluster.access import Right, Rights, in_cluster
from patrols.forms import PatrolChoices, PatrolFilterForm
from patrols.models import Contingent, JointPatrol, JointPatrolQuerySet
from patrols.rows import PatrolRow

ROWS_A_PAGE = 30
# Those of a year; the filter leads to the ones before.
MONTHS = 12


@in_cluster(Right.READ_RECORDS)
@require_safe
def patrol_list(request: HttpRequest, rights: Rights) -> HttpResponse:
    """The patrol log, newest first, with the totals of what the filters leave.

    What is still to come stands in the schedule, unless somebody asks for it.
    """
    choices = PatrolChoices(rights.cluster)
    form = PatrolFilterForm(request.GET, choices=choices, today=timezone.localdate())
    patrols = form.narrow(JointPatrol.objects.of(rights.cluster))
    if not any(request.GET.get(name) for name in ("status", "date_from", "date_to", "q")):
        patrols = patrols.begun(timezone.localdate())
    shown = patrols.select_related("lead_unit", "campaign", "twin_link").prefetch_related("contingents__unit")
    page = Paginator(shown, ROWS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "form": form,
        "page": page,
        "rows": [PatrolRow(patrol, choices.roster) for patrol in page],
        "totals": _totals(patrols),
        "months": patrols.dates("local_date", "month", order="DESC")[:MONTHS],
    }
    return render(request, "patrols/patrol_list.html", context)


def _totals(patrols: JointPatrolQuerySet) -> dict[str, int]:
    """How many of the patrols count, and the participations in these (counting rules 1 and 2)."""
    lines = Contingent.objects.exclude(state=Contingent.State.REFUSED)
    # Each counted patrol has such lines, so one query over them counts both.
    return lines.filter(patrol__in=patrols.counted().values("pk")).aggregate(
        counted=Count("patrol", distinct=True), participations=Coalesce(Sum("headcount"), 0)
    )
