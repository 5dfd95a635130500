"""The register of exchanges of information (sổ trao đổi thông tin)."""

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cluster.access import Right
from cluster.formfields import LocalDateField
from cluster.models import InformationExchange
from cluster.recordforms import NO_IDENTITY_HINT, RecordForm
from cluster.registers.register import Column, Register


class ExchangeForm(RecordForm):
    unit_field = "from_unit"
    exchanged_on = LocalDateField(label=_("Date of the exchange"), past=True)
    answered_on = LocalDateField(label=_("Answered on"), required=False, past=True)

    class Meta:
        model = InformationExchange
        fields = (
            *("exchanged_on", "from_unit", "to_unit", "channel", "subject", "subject_count", "note"),
            *("answered_on", "answer"),
        )
        widgets = {
            "note": forms.Textarea(attrs={"rows": 4, "maxlength": 3000}),
            "answer": forms.Textarea(attrs={"rows": 3, "maxlength": 3000}),
        }
        help_texts = {"note": NO_IDENTITY_HINT, "answer": NO_IDENTITY_HINT}


EXCHANGES = Register(
    model=InformationExchange,
    form=ExchangeForm,
    path="exchanges",
    title=_("Exchange of information"),
    add=_("Log an exchange"),
    lead=_("What the units told one another: kinds and numbers, never who."),
    related=("from_unit", "to_unit"),
    filters=("from_unit", "channel", "subject"),
    writes=Right.LOG,
    columns=(
        Column(_("Date"), lambda row: row.exchanged_on, 12),
        Column(_("From unit"), lambda row: row.from_unit.name, 26),
        Column(_("To unit"), lambda row: row.to_unit.name, 26),
        Column(_("Subject"), lambda row: capfirst(row.get_subject_display()), 22),
        Column(_("Channel"), lambda row: capfirst(row.get_channel_display()), 16),
        Column(_("Number of subjects"), lambda row: row.subject_count, 12),
        Column(_("Answered on"), lambda row: row.answered_on, 12),
    ),
)
