"""The review of a year or any period, as a page and as JSON."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cluster.access import Right, Rights, in_cluster
from cluster.models import Cluster
from incidents.models import DeclaredFigure, Incident
from patrols.models import JointPatrol
from reports.as_json import review_json as as_json
from reports.breakdowns import TREND_COLUMNS
from reports.charts import category_bars, month_columns, trend_columns
from reports.choices import comparisons, neighbours, periods_of_year
from reports.edition import Edition
from reports.figures import FIGURES
from reports.opening import conferences_of, opening_of
from reports.periods import Period, current_year
from reports.progress import progress_within
from reports.reckoning import Reckoning
from reports.standing import state_of
from reports.tables import Tables
from reports.wording import period_name, review_name


def edition_of(request: HttpRequest, rights: Rights, period: str) -> Edition:
    """The review that an address asks for. Raises ``Http404`` where the period or its comparison is none."""
    try:
        this = Period.parse(rights.cluster, period)
        start, end = (request.GET.get(name) for name in ("compare_from", "compare_to"))
        comparison = Period.between(start, end) if start and end else None
        return Edition(rights.cluster, this, comparison, tells_draft=rights.reads_records)
    except ValueError as error:
        raise Http404 from error


@in_cluster(Right.READ_TOTALS)
@require_safe
def review_index(request: HttpRequest, rights: Rights) -> HttpResponse:
    """To the period that the form asks for, else to the last reporting year that has anything or the present one."""
    if request.GET.get("from") and request.GET.get("to"):
        return redirect("reports:review", rights.cluster.slug, _asked(request).slug_in(rights.cluster))
    return redirect("reports:review", rights.cluster.slug, latest_year(rights.cluster).slug_in(rights.cluster))


def _asked(request: HttpRequest) -> Period:
    """Two dates in either order."""
    try:
        return Period.between(*sorted(request.GET[name] for name in ("from", "to")))
    except ValueError as error:
        raise Http404 from error


def latest_year(cluster: Cluster) -> Period:
    """The last reporting year up to today that has a patrol, an incident or a declared figure."""
    this = current_year(cluster)
    days = [
        JointPatrol.objects.of(cluster)
        .filter(local_date__lte=this.end)
        .order_by("-local_date")
        .values_list("local_date"),
        Incident.objects.of(cluster)
        .filter(occurred_on__lte=this.end)
        .order_by("-occurred_on")
        .values_list("occurred_on"),
        DeclaredFigure.objects.filter(cluster=cluster, date_to__lte=this.end)
        .order_by("-date_to")
        .values_list("date_to"),
    ]
    last = max((row[0] for row in (rows.first() for rows in days) if row), default=None)
    return current_year(cluster, today=last) if last else this


@in_cluster(Right.READ_TOTALS)
@require_safe
def review(request: HttpRequest, rights: Rights, period: str) -> HttpResponse:
    """The review page; one query for each kind of record, whatever the number of rows."""
    edition = edition_of(request, rights, period)
    reckoning = edition.reckoning
    tables = Tables(reckoning, linked=rights.reads_records, passports=edition.passports)
    return render(
        request,
        "reports/review.html",
        {
            "edition": edition,
            "reckoning": reckoning,
            "period_name": period_name(reckoning.period, rights.cluster),
            "review_name": review_name(reckoning.period, rights.cluster),
            "comparison_name": reckoning.wording.compared_with(),
            "this_short": reckoning.wording.short(reckoning.period),
            "before_short": reckoning.wording.short(reckoning.comparison),
            "neighbours": neighbours(edition),
            "periods": periods_of_year(edition),
            "comparisons": comparisons(edition),
            "comparison_query": _comparison_query(edition),
            "headline": tables.headline(),
            "figures": tables.figures(),
            "unknown": tables.unknown(),
            "confirmed": tables.confirmed(),
            **_breakdowns(tables),
            **_charts(reckoning),
            "awards": edition.awards,
            **_records_of(rights, reckoning, tables),
            "warnings": [(w.text, tables.address(w.key, reckoning.period) if w.key else "") for w in edition.warnings],
            **state_of(edition, rights),
        },
    )


def _comparison_query(edition: Edition) -> str:
    """Behind the address of the review, for another comparison than its own."""
    asked = edition.comparison
    if edition.review or asked == edition.period.year_before():
        return ""
    return f"?compare_from={asked.start}&compare_to={asked.end}"


def _breakdowns(tables: Tables) -> dict[str, Any]:
    """The lines of each breakdown with the totals that it adds up to."""
    return {
        "outcomes": tables.outcomes(),
        "outcome_totals": tables.outcome_totals(),
        "by_unit": tables.by_unit(),
        "unit_totals": tables.unit_totals(),
        "by_month": tables.by_month(),
        "month_totals": tables.month_totals(),
        "incident_months": tables.incident_months(),
        "by_category": tables.by_category(),
        "category_totals": tables.category_totals(),
        "by_force": tables.by_force(),
        "force_totals": tables.force_totals(),
        "by_campaign": tables.by_campaign(),
        "campaign_totals": tables.campaign_totals(),
        "trend": tables.trend(),
    }


def _charts(reckoning: Reckoning) -> dict[str, Any]:
    trends = ((key, FIGURES[key].metric.label, trend_columns(reckoning, key)) for key in TREND_COLUMNS)
    return {
        "patrol_chart": month_columns(reckoning, "joint_patrols"),
        "participation_chart": month_columns(reckoning, "participations"),
        "category_chart": category_bars(reckoning),
        "trend_charts": [(key, label, chart) for key, label, chart in trends if chart],
    }


def _records_of(rights: Rights, reckoning: Reckoning, tables: Tables) -> dict[str, object]:
    """What stands around the figures, row by row; whoever reads totals only gets none of it."""
    if not rights.reads_records:
        return {}
    return {
        "opening": opening_of(rights.cluster, reckoning.period),
        "conferences": conferences_of(rights.cluster, reckoning.period),
        "plans": progress_within(reckoning, tables, today=timezone.localdate()),
    }


@in_cluster(Right.READ_TOTALS)
@require_safe
def review_json(request: HttpRequest, rights: Rights, period: str) -> JsonResponse:
    """The review as design.md's JSON, the same as the command prints."""
    edition = edition_of(request, rights, period)
    return JsonResponse(as_json(edition), json_dumps_params={"ensure_ascii": False, "indent": 2})
