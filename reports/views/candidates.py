"""Who might be awarded, with the rows that speak for it; for the coordinator, who prepares the proposal."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cluster.access import Right, Rights, in_cluster
from cluster.answers import page_of
from cluster.formfields import LocalDateField
from cluster.models import Cluster, MemberUnit, Officer, PoliceUnit
from incidents.evidence import Candidate, Evidence, Ground
from reports.views.review import latest_year

COLUMNS = (
    ("participations", _("Confirmed participations")),
    ("led", _("Patrols led")),
    ("found", _("Incidents found")),
)


class CandidateFilter(forms.Form):
    """A field that is left out or in error is as it stands at first: the last year, units, by name."""

    who = forms.ChoiceField(
        label=_("Who"), choices=[("units", _("Units")), ("officers", _("Officers"))], required=False
    )
    date_from = LocalDateField(label=_("From"), required=False)
    date_to = LocalDateField(label=_("To"), required=False)
    sort = forms.ChoiceField(label=_("In the order of"), choices=[("", _("Name")), *COLUMNS], required=False)


@in_cluster(Right.COORDINATE)
@require_safe
def award_candidates(request: HttpRequest, rights: Rights) -> HttpResponse:
    form = CandidateFilter(request.GET or None)
    ground, chosen = _ground(form, rights.cluster)
    found = ground.officers() if chosen.get("who") == "officers" else ground.units()
    context = {
        "form": form,
        "ground": ground,
        "columns": [label for _name, label in COLUMNS],
        "are_officers": chosen.get("who") == "officers",
        "page": page_of(request, _in_order(found, chosen.get("sort", ""))),
    }
    return render(request, "reports/award_candidates.html", context)


def _in_order(found: list[Candidate], column: str) -> list[Candidate]:
    """By name, or by the one column that was chosen."""
    if column not in Evidence._fields:
        return found
    return sorted(found, key=lambda candidate: -getattr(candidate.evidence, column))


@in_cluster(Right.COORDINATE)
@require_safe
def unit_evidence(request: HttpRequest, rights: Rights, pk: int) -> HttpResponse:
    units = PoliceUnit.objects.filter(pk__in=_member_units(rights.cluster))
    return _evidence(request, rights, get_object_or_404(units, pk=pk))


@in_cluster(Right.COORDINATE)
@require_safe
def officer_evidence(request: HttpRequest, rights: Rights, pk: int) -> HttpResponse:
    officers = Officer.objects.filter(unit__in=_member_units(rights.cluster)).select_related("unit")
    return _evidence(request, rights, get_object_or_404(officers, pk=pk))


def _evidence(request: HttpRequest, rights: Rights, who: PoliceUnit | Officer) -> HttpResponse:
    ground, _chosen = _ground(CandidateFilter(request.GET), rights.cluster)
    context = {"who": who, "ground": ground, "rows": ground.rows_of(who), "evidence": ground.evidence_of(who)}
    template = "reports/unit_evidence.html" if isinstance(who, PoliceUnit) else "reports/officer_evidence.html"
    return render(request, template, context)


def _member_units(cluster: Cluster) -> "QuerySet[MemberUnit, Any]":
    """Those of today and of before: the evidence of a year outlives a membership."""
    return MemberUnit.objects.filter(party__cluster=cluster).values("unit")


def _ground(form: CandidateFilter, cluster: Cluster) -> tuple[Ground, dict[str, Any]]:
    form.full_clean()
    chosen = form.cleaned_data if form.is_bound else {}
    year = latest_year(cluster)
    start, end = chosen.get("date_from") or year.start, chosen.get("date_to") or year.end
    return Ground(cluster, *sorted((start, end))), chosen
