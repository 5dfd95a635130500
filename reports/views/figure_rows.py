"""The rows behind one number of the review."""

from collections.abc import Callable, Sequence
from typing import Any, NamedTuple

from django.core.paginator import Paginator
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cluster.access import Right, Rights, in_cluster
from cluster.models import Force, MemberUnit, Party, PoliceUnit
from cluster.numbers import qualified, qualifier_word
from incidents.models import Category, DeclaredFigure, Incident
from patrols.models import Campaign, JointPatrol
from reports.breakdowns import NO_CAMPAIGN, REST
from reports.edition import Edition
from reports.figures import FIGURES, PATROLS, Figure
from reports.passports import passport_of
from reports.reckoning import Reckoning
from reports.rows import patrols_with, rows_of, rows_of_no_member
from reports.slices import OUTSIDE, RECORDS_ONLY, Slice
from reports.tables import Tables, month_name
from reports.views.review import edition_of
from reports.wording import period_name, review_name

PAGE_SIZE = 100
# The dimension of the records by which a name of the query string narrows them.
_DIMENSION_OF = {name: {"party": "unit", "month": "date"}.get(name, name) for name in Slice._fields}


class Behind(NamedTuple):
    """What stands behind a number: rows of records, declared rows, the number itself and what narrows it."""

    rows: QuerySet[Any] | None
    declared: tuple[DeclaredFigure, ...]
    value: int | None
    qualifier: str | None
    narrowed_to: str
    at: Slice | None = None
    """None for what a slice cannot name: a rest, or the patrols that a unit took part in."""
    is_rest: bool = False
    counts_rows: bool = False
    """The number is that of the rows, not what they add up to."""


@in_cluster(Right.READ_RECORDS)
@require_safe
def figure_rows(request: HttpRequest, rights: Rights, period: str, key: str) -> HttpResponse:
    """The rows behind a figure or a slice of it; they are as many, or add up to as much, as the number says."""
    figure = FIGURES.get(key)
    if figure is None:
        raise Http404
    edition = edition_of(request, rights, period)
    reckoning = edition.today
    behind = _behind(request, reckoning, figure)
    page = Paginator(behind.rows, PAGE_SIZE).get_page(request.GET.get("page")) if behind.rows is not None else None
    compared = reckoning.figures[key]
    tables = Tables(reckoning, linked=True)
    return render(
        request,
        "reports/figure_rows.html",
        {
            "reckoning": reckoning,
            "figure": figure,
            "behind": behind,
            "qualifier": qualifier_word(behind.qualifier),
            "page": page,
            "rows_template": f"reports/rows/_{figure.listing}.html",
            "period_name": period_name(reckoning.period, rights.cluster),
            "review_name": review_name(reckoning.period, rights.cluster),
            "comparison_name": reckoning.wording.compared_with(),
            "compared": compared,
            "change": compared.change_in(reckoning.wording),
            "before_address": tables.address(key, reckoning.comparison),
            "before_rows": _rows_before(reckoning, figure),
            "not_counted": _patrols_not_counted(reckoning) if key == "joint_patrols" else None,
            "is_sliced": bool(behind.narrowed_to),
            "passport": passport_of(reckoning, key, behind.at, narrowed_to=behind.narrowed_to)
            if behind.at is not None
            else None,
            "signed": _signed(edition, key) if not behind.narrowed_to else "",
            "late_declared": _late(behind.declared),
        },
    )


def _signed(edition: Edition, key: str) -> str:
    """What the review was signed with, where the rows of today say something else."""
    then, today = edition.figures[key].this, edition.today.figures[key].this
    differs = (then.value, then.qualifier) != (today.value, today.qualifier)
    return qualified(then.value, then.qualifier) if differs else ""


def _late(declared: Sequence[DeclaredFigure]) -> set[int]:
    rows = DeclaredFigure.objects.filter(pk__in=[row.pk for row in declared])
    return set(rows.late().values_list("pk", flat=True)) if declared else set()


def _rows_before(reckoning: Reckoning, figure: Figure) -> QuerySet[Any] | None:
    if figure.kind is None or not reckoning.facts.has_records(figure, reckoning.comparison):
        return None
    return rows_of(figure, reckoning.cluster, reckoning.comparison, Slice())[:PAGE_SIZE]


def _patrols_not_counted(reckoning: Reckoning) -> QuerySet[Any]:
    """The completed patrols that rule 1 leaves out; the warning of the review leads here."""
    patrols = JointPatrol.objects.of(reckoning.cluster).in_period(reckoning.period.start, reckoning.period.end)
    return patrols.of_one_party().select_related("cluster", "lead_unit", "campaign")[:PAGE_SIZE]


def _behind(request: HttpRequest, reckoning: Reckoning, figure: Figure) -> Behind:
    """What the query string asks for. Raises ``Http404`` for a slice that the figure or the cluster does not have."""
    cluster, period = reckoning.cluster, reckoning.period
    if rest := request.GET.get("rest"):
        return _rest(reckoning, figure, rest)
    if unit := request.GET.get("took_part"):
        if figure.kind is not PATROLS:
            raise Http404
        member = _unit(reckoning, unit)
        patrols = patrols_with(member.pk, cluster, period)
        return Behind(patrols, (), patrols.count(), None, str(member))
    at, narrowed_to = _slice(request, reckoning, figure)
    value = reckoning.value(figure, period, at)
    has_records = figure.kind is not None and reckoning.facts.has_records(figure, period)
    rows = rows_of(figure, cluster, period, at) if has_records else None
    if "rows" in request.GET and figure.tally:
        return Behind(rows, (), reckoning.facts.row_count(figure, period, at), None, narrowed_to, at, counts_rows=True)
    return Behind(rows, value.declared, value.value, value.qualifier, narrowed_to, at)


def _slice(request: HttpRequest, reckoning: Reckoning, figure: Figure) -> tuple[Slice, str]:
    """The slice that the query string names, and its name in words."""
    asked = {name: request.GET[name] for name in Slice._fields if request.GET.get(name)}
    if figure.kind is None and asked.keys() & set(RECORDS_ONLY):
        raise Http404
    # A figure is sliced by what its records tell: parties have no category, campaigns no unit.
    if figure.kind and not all(getattr(figure.kind, _DIMENSION_OF[name]) for name in asked):
        raise Http404
    chosen = {name: _CHOICE[name](reckoning, text) for name, text in asked.items()}
    at = Slice(**{name: value for name, (value, _label) in chosen.items()})
    return at, " · ".join(label for _value, label in chosen.values())


def _row_of(model: type[Model], **of: str) -> Callable[[Reckoning, str], tuple[Any, str]]:
    """A choice by the key of a row of the cluster. Raises ``Http404`` for the row of another."""

    def choose(reckoning: Reckoning, text: str) -> tuple[Any, str]:
        conditions = {lookup: getattr(reckoning, name) for lookup, name in of.items()}
        row = get_object_or_404(model, pk=_number(text), **conditions)
        return row.pk, str(row)

    return choose


def _unit_choice(reckoning: Reckoning, text: str) -> tuple[Any, str]:
    unit = _unit(reckoning, text)
    return unit.pk, str(unit)


def _campaign_choice(reckoning: Reckoning, text: str) -> tuple[Any, str]:
    if text == str(OUTSIDE):
        return OUTSIDE, str(NO_CAMPAIGN)
    return _row_of(Campaign, cluster="cluster")(reckoning, text)


def _outcome_choice(_reckoning: Reckoning, text: str) -> tuple[Any, str]:
    if text not in Incident.Outcome:
        raise Http404
    return text, str(Incident.Outcome(text).label)


def _unit(reckoning: Reckoning, text: str) -> PoliceUnit:
    members = MemberUnit.objects.filter(party__cluster=reckoning.cluster)
    return get_object_or_404(PoliceUnit.objects.filter(pk__in=members.values("unit")), pk=_number(text))


def _month(reckoning: Reckoning, text: str) -> tuple[Any, str]:
    month = next((month for month in reckoning.period.months() if month.start.isoformat() == text), None)
    if month is None:
        raise Http404
    return month, month_name(month)


def _number(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 18:
        raise Http404
    return int(text)


_CHOICE: dict[str, Callable[[Reckoning, str], tuple[Any, str]]] = {
    "party": _row_of(Party, cluster="cluster"),
    "unit": _unit_choice,
    "category": _row_of(Category, cluster="cluster"),
    "month": _month,
    "force": _row_of(Force),
    "campaign": _campaign_choice,
    "outcome": _outcome_choice,
}


def _rest(reckoning: Reckoning, figure: Figure, dimension: str) -> Behind:
    """What a breakdown could not place: rows of no member unit, and declared totals without that dimension."""
    if dimension not in REST:
        raise Http404
    value = reckoning.rest_of(figure.key, dimension)
    rows = None
    if dimension == "unit" and figure.kind is not None and reckoning.facts.has_records(figure, reckoning.period):
        rows = rows_of_no_member(figure, reckoning.cluster, reckoning.period)
    whole = reckoning.figures[figure.key].this
    return Behind(rows, whole.declared, value, None, str(REST[dimension]), is_rest=True)
