"""The targets of a plan on one page: a row each, and some empty ones below."""

from typing import Any

from django import forms
from django.forms.formsets import BaseFormSet
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cluster.access import Rights
from incidents.forms import scope_of, scopes
from incidents.metrics import METRICS
from reports.figures import FIGURES
from reports.models import Target, Workplan
from reports.progress import PLANNED

EMPTY_ROWS, MOST = 4, 40


class TargetForm(forms.Form):
    """``scope`` is "", "party-7" or "unit-12". A row without an amount is no target: so one is taken away."""

    metric = forms.ChoiceField(
        label=_lazy("Figure"), required=False, choices=[("", "–"), *((key, METRICS[key].label) for key in PLANNED)]
    )
    scope = forms.ChoiceField(label=_lazy("Of"), required=False)
    amount = forms.IntegerField(label=_lazy("Target"), required=False, min_value=1, max_value=999_999)

    def __init__(self, *args: Any, scopes: list[Any], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["scope"]
        field.choices = scopes

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        metric, amount = cleaned.get("metric"), cleaned.get("amount")
        if amount and not metric:
            self.add_error("metric", _("Choose a figure for this target."))
        if metric and cleaned.get("scope") and amount and not _is_of_units(metric):
            self.add_error("scope", _("This figure is not counted by unit."))
        return cleaned

    def target(self) -> Target | None:
        """The target that a valid row sets."""
        metric, amount = self.cleaned_data.get("metric"), self.cleaned_data.get("amount")
        if not metric or not amount:
            return None
        kind, _dash, key = self.cleaned_data["scope"].partition("-")
        return Target(
            metric=metric,
            amount=amount,
            party_id=int(key) if kind == "party" else None,
            unit_id=int(key) if kind == "unit" else None,
        )


def _is_of_units(metric: str) -> bool:
    """A figure without records of its own is declared by unit; one with records is sliced by what these tell."""
    kind = FIGURES[metric].kind
    return kind is None or bool(kind.unit)


class _Targets(BaseFormSet):
    def clean(self) -> None:
        """``target_once_a_plan`` in words, at the row that says it again."""
        seen = set()
        for form in self.forms:
            target = form.target() if form.is_valid() else None
            if target and target.scope in seen:
                form.add_error("metric", _("The plan already has a target for this figure and unit."))
            elif target:
                seen.add(target.scope)

    def targets(self) -> list[Target]:
        return [target for form in self.forms if (target := form.target())]


TargetFormSet = forms.formset_factory(TargetForm, formset=_Targets, extra=EMPTY_ROWS, max_num=MOST, validate_max=True)


def targets_form(workplan: Workplan, *, rights: Rights, data: Any = None) -> Any:
    """The rows of the plan's targets, or what was posted of them."""
    initial = [
        {"metric": target.metric, "scope": scope_of(target), "amount": target.amount}
        for target in workplan.targets.all()
    ]
    return TargetFormSet(data, initial=initial, form_kwargs={"scopes": scopes(rights.cluster)}, prefix="targets")
