"""The register of exchanges of information (sổ trao đổi thông tin)."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cluster.access import Right, Rights
from cluster.formfields import ClockTimeField, LocalDateField
from cluster.models import InformationExchange
from cluster.recordforms import NO_IDENTITY_HINT, RecordForm
from cluster.registers.register import Column, Register, State


class ExchangeForm(RecordForm):
    unit_field = "from_unit"
    opens_today = "exchanged_on"
    exchanged_on = LocalDateField(label=_("Date of the exchange"), past=True)
    answered_on = LocalDateField(label=_("Answered on"), required=False, past=True)
    answered_at = ClockTimeField(label=_("Time of the answer"), required=False)
    later = ("answered_on", "answered_at", "answer")
    later_title = _("The answer, if there is one already")
    told_at = {"exchange_answer_with_its_date": "answered_on"}

    class Meta:
        model = InformationExchange
        fields = (
            *("exchanged_on", "from_unit", "to_unit", "channel", "subject", "subject_count", "note"),
            *("answered_on", "answered_at", "answer"),
        )
        widgets = {
            "note": forms.Textarea(attrs={"rows": 4, "maxlength": 3000}),
            "answer": forms.Textarea(attrs={"rows": 3, "maxlength": 3000}),
        }
        help_texts = {"note": NO_IDENTITY_HINT, "answer": NO_IDENTITY_HINT}


class ExchangeAnswerForm(RecordForm):
    """The answer alone, which either side may write down when it comes, whoever logged the exchange."""

    answered_on = LocalDateField(label=_("Answered on"), past=True)
    answered_at = ClockTimeField(label=_("Time of the answer"), required=False)

    class Meta:
        model = InformationExchange
        fields = ("answered_on", "answered_at", "answer")
        widgets = {"answer": forms.Textarea(attrs={"rows": 4, "maxlength": 3000})}
        help_texts = {"answer": NO_IDENTITY_HINT}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # Nothing that stands is corrected, so nobody owes a reason.
        self.fields.pop("reason", None)
        self.initial["answered_on"] = timezone.localdate()

    def _get_validation_exclusions(self) -> set[str]:
        """No answer is earlier than its question, which stands though it is not asked here."""
        return super()._get_validation_exclusions() - {"exchanged_on"}


def may_answer(exchange: InformationExchange, rights: Rights) -> bool:
    """Whether the exchange waits and the user may write down its answer."""
    is_party = bool({exchange.from_unit_id, exchange.to_unit_id} & rights.unit_ids)
    return exchange.answered_on is None and (rights.coordinates or (rights.logs and is_party))


EXCHANGES = Register(
    model=InformationExchange,
    form=ExchangeForm,
    path="exchanges",
    title=_("Exchange of information"),
    add=_("Log an exchange"),
    lead=_("What the units told one another: kinds and numbers, never who."),
    related=("from_unit", "to_unit"),
    filters=("from_unit", "channel", "subject"),
    states=(
        State("waiting", _("Waiting for an answer"), lambda rows: rows.unanswered()),
        State("answered", _("Answered"), lambda rows: rows.filter(answered_on__isnull=False)),
    ),
    writes=Right.LOG,
    body="cluster/_exchange_answer.html",
    extras=lambda exchange, rights: {"may_answer": may_answer(exchange, rights)},
    columns=(
        Column(_("Date"), lambda row: row.exchanged_on, 12, "exchanged_on"),
        Column(_("From unit"), lambda row: row.from_unit.name, 26, "from_unit"),
        Column(_("To unit"), lambda row: row.to_unit.name, 26, "to_unit"),
        Column(_("Subject"), lambda row: capfirst(row.get_subject_display()), 22, "subject"),
        Column(_("Channel"), lambda row: capfirst(row.get_channel_display()), 16, "channel"),
        Column(_("Number of subjects"), lambda row: row.subject_count, 12, "subject_count"),
        Column(_("Answered on"), lambda row: row.answered_on, 12, "answered_on"),
    ),
)
