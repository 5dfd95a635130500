"""By what the list of a register may be narrowed: a day, the year, the fields that its declaration names, a text."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cluster.access import Rights
from cluster.filters import ALL, Filter, SearchInput
from cluster.formfields import LocalDateField, MemberChoices, article_choices, offer
from cluster.models import Article, PoliceUnit
from cluster.models.records import DatedRecord
from cluster.recordforms import capitalised
from cluster.registers.register import Register


class RegisterFilter(Filter):
    q = forms.CharField(label=_("Search"), required=False, max_length=100, widget=SearchInput)

    def __init__(self, *args: Any, register: Register, rights: Rights, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.register, self.rows = register, register.rows(rights)
        last_day = register.model.ends_by if issubclass(register.model, DatedRecord) else ""
        self.offer_years(self.rows.order_by(), register.model.dated_by, last_day)
        for name in register.filters:
            self.fields[name] = self._field(name, rights)
        if register.states:
            states = [ALL, *((state.key, state.label) for state in register.states)]
            # The links above the list choose it.
            self.fields["state"] = forms.ChoiceField(choices=states, required=False, widget=forms.HiddenInput)
        if register.on_day:
            self.fields["on"] = LocalDateField(label=register.on_day, required=False)
        self.order_fields(["on", "year", *register.filters, "q"])

    def _field(self, name: str, rights: Rights) -> forms.Field:
        column: Any = self.register.model._meta.get_field(name)
        label = capfirst(str(column.verbose_name))
        if column.choices:
            return forms.ChoiceField(label=label, required=False, choices=[ALL, *capitalised(column.choices)])
        if not column.is_relation:
            texts = self.rows.order_by(name).values_list(name, flat=True).distinct()
            return forms.ChoiceField(label=label, required=False, choices=[ALL, *((text, text) for text in texts)])
        chooser = forms.ModelChoiceField(
            column.related_model._default_manager.none(), label=label, required=False, empty_label=ALL[1]
        )
        if column.related_model is PoliceUnit:
            offer(chooser, PoliceUnit, MemberChoices(rights.cluster).units())
        elif column.related_model is Article:
            offer(chooser, Article, article_choices(rights.cluster, of_all_times=True))
        else:
            chooser.queryset = column.related_model._default_manager.filter(cluster=rights.cluster)
        return chooser

    def result(self) -> Any:
        chosen, rows = self.chosen(), self.rows
        if "year" in chosen:
            rows = rows.in_year(int(chosen["year"]))
        if "on" in chosen:
            rows = rows.on(chosen["on"])
        for name in self.register.filters:
            if name in chosen:
                rows = rows.filter((name, chosen[name]))
        for state in self.register.states:
            if state.key == chosen.get("state"):
                rows = state.narrow(rows)
        return rows.matching(chosen.get("q", ""))
