"""The register of advice to Party committees and local government (tham mưu)."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster.access import Right
from cluster.formfields import LocalDateField
from cluster.models import Advice
from cluster.recordforms import NO_IDENTITY_HINT, RecordForm
from cluster.registers.register import Column, Register, State


class AdviceForm(RecordForm):
    unit_field = "unit"
    opens_today = "given_on"
    given_on = LocalDateField(label=_("Date of the advice"), past=True)
    outcome_on = LocalDateField(label=_("Date of the outcome"), required=False, past=True)

    class Meta:
        model = Advice
        fields = (
            *("given_on", "unit", "addressee", "subject", "document", "article"),
            *("outcome", "outcome_on", "outcome_note"),
        )
        widgets = {"outcome_note": forms.Textarea(attrs={"rows": 3, "maxlength": 3000})}
        help_texts = {"outcome_note": NO_IDENTITY_HINT}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Only a coordinator writes for the board.
        self.fields["unit"].required = not self.rights.coordinates


ADVICE = Register(
    model=Advice,
    form=AdviceForm,
    path="advice",
    title=_("Advice to local government"),
    add=_("Log advice"),
    lead=_("What the board and the units advised Party committees and local government, and what came of it."),
    related=("unit", "document", "article__document__cluster"),
    filters=("unit", "outcome", "article"),
    states=(
        State("pending", _("Outcome pending"), lambda rows: rows.filter(outcome=Advice.Outcome.PENDING)),
        State("settled", _("With an outcome"), lambda rows: rows.exclude(outcome=Advice.Outcome.PENDING)),
    ),
    writes=Right.LOG,
    columns=(
        Column(_("Date"), lambda row: row.given_on, 12, "given_on"),
        Column(_("Advised by"), lambda row: row.unit.name if row.unit else _("the board of the cluster"), 26),
        Column(_("Advice to"), lambda row: row.addressee, 30, "addressee"),
        Column(_("About"), lambda row: row.subject, 50, "subject"),
        Column(pgettext_lazy("of advice", "Outcome"), lambda row: capfirst(row.get_outcome_display()), 20, "outcome"),
        Column(_("Date of the outcome"), lambda row: row.outcome_on, 12, "outcome_on"),
    ),
)
