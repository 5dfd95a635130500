"""What a list may be narrowed by. A field in error narrows nothing and says so."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cluster.access import Rights
from cluster.filters import ALL, Filter, SearchInput
from cluster.formfields import LocalDateField, MemberChoices, offer
from cluster.models import PoliceUnit
from cluster.recordforms import capitalised
from incidents.forms import categories_by_group
from incidents.metrics import METRICS
from incidents.models import Award, Category, DeclaredFigure, Incident


class IncidentFilter(Filter):
    date_from = LocalDateField(label=_("From"), required=False)
    date_to = LocalDateField(label=_("To"), required=False)
    category = forms.ModelChoiceField(Category.objects.none(), label=_("Category"), required=False, empty_label=ALL[1])
    unit = forms.ModelChoiceField(
        PoliceUnit.objects.none(), label=_("Handling unit"), required=False, empty_label=ALL[1]
    )
    outcome = forms.ChoiceField(
        label=_("Outcome"), required=False, choices=[ALL, *capitalised(Incident.Outcome.choices)]
    )
    found = forms.ChoiceField(
        label=_("Found on patrol"),
        required=False,
        choices=[ALL, ("yes", _("On a patrol")), ("no", _("Not on a patrol"))],
    )
    q = forms.CharField(label=_("Search"), required=False, max_length=100, widget=SearchInput)

    def __init__(self, *args: Any, rights: Rights, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = Incident.objects.of(rights.cluster)
        members = MemberChoices(rights.cluster)
        self.offer_years(self.rows, "occurred_on")
        offer(self.fields["category"], Category, categories_by_group(rights.cluster, day=members.day))
        offer(self.fields["unit"], PoliceUnit, members.units())

    def result(self) -> Any:
        chosen, rows = self.chosen(), self.rows
        lookups = {
            "year": "occurred_on__year",
            "date_from": "occurred_on__gte",
            "date_to": "occurred_on__lte",
            "category": "category",
            "unit": "unit",
            "outcome": "outcome",
        }
        for name, lookup in lookups.items():
            if name in chosen:
                rows = rows.filter((lookup, chosen[name]))
        if "found" in chosen:
            rows = rows.filter(patrol__isnull=chosen["found"] == "no")
        return rows.matching(chosen.get("q", ""))


class AwardFilter(Filter):
    recipient = forms.ChoiceField(
        label=_("Recipient"), required=False, choices=[ALL, *capitalised(Award.Recipient.choices)]
    )
    q = forms.CharField(label=_("Search"), required=False, max_length=100, widget=SearchInput)

    def __init__(self, *args: Any, rights: Rights, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = Award.objects.of(rights.cluster)
        self.offer_years(self.rows, "decided_on")

    def result(self) -> Any:
        chosen, rows = self.chosen(), self.rows
        if "year" in chosen:
            rows = rows.filter(decided_on__year=chosen["year"])
        if "recipient" in chosen:
            rows = rows.filter(recipient=chosen["recipient"])
        return rows.matching(chosen.get("q", ""))


class DeclaredFilter(Filter):
    metric = forms.ChoiceField(
        label=_("Figure"), required=False, choices=[ALL, *((key, metric.label) for key, metric in METRICS.items())]
    )

    def __init__(self, *args: Any, rights: Rights, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = DeclaredFigure.objects.filter(cluster=rights.cluster)
        self.offer_years(self.rows, "date_to")

    def result(self) -> Any:
        chosen, rows = self.chosen(), self.rows
        if "year" in chosen:
            rows = rows.filter(date_to__year=chosen["year"])
        if "metric" in chosen:
            rows = rows.filter(metric=chosen["metric"])
        return rows
