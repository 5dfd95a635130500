"""Exchange of information between member units: how many subjects were spoken of, never who."""

from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cluster.fields import Folded, Paragraphs
from cluster.models.records import RecordQuerySet, RegisterRecord
from cluster.models.units import PoliceUnit
from cluster.validators import no_identity


class ExchangeQuerySet(RecordQuerySet):
    def unanswered(self) -> Self:
        """Those that wait for an answer."""
        return self.filter(answered_on=None)


class InformationExchange(RegisterRecord):
    """A unit told another something of a kind; ``subject_count`` is a number and stays one (design.md)."""

    class Channel(models.TextChoices):
        MEETING = "meeting", _("in person")
        TELEPHONE = "telephone", _("by telephone")
        WRITING = "writing", _("in writing")
        NETWORK = "network", _("over the network")

    class Subject(models.TextChoices):
        SITUATION = "situation", _("situation of the area")
        MANAGED = "managed", _("managed subjects")
        CRIME = "crime", _("crime and suspects")
        RESIDENCE = "residence", _("residence and movement")
        DISPUTE = "dispute", _("disputes and petitions")
        OTHER = "other", _("another matter")

    noun, dated_by = "exchange", "exchanged_on"
    counted_by = ("exchanged_on",)

    exchanged_on = models.DateField(_("date of the exchange"))
    from_unit = models.ForeignKey(PoliceUnit, models.PROTECT, related_name="+", verbose_name=_("from unit"))
    to_unit = models.ForeignKey(PoliceUnit, models.PROTECT, related_name="+", verbose_name=_("to unit"))
    channel = models.CharField(_("channel"), max_length=10, choices=Channel.choices)
    subject = models.CharField(_("subject"), max_length=10, choices=Subject.choices)
    subject_count = models.PositiveSmallIntegerField(
        _("number of subjects"), null=True, blank=True, help_text=_("A number only, never who. Empty: not known.")
    )
    note = Paragraphs(_("content"), blank=True, validators=[no_identity])
    answered_on = models.DateField(_("answered on"), null=True, blank=True)
    answered_at = models.TimeField(_("time of the answer"), null=True, blank=True)
    answer = Paragraphs(_("answer"), blank=True, validators=[no_identity])
    search = Folded(of=("note", "answer"))
    history = HistoricalRecords(excluded_fields=["search"])

    objects = ExchangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("exchange of information")
        verbose_name_plural = _("exchanges of information")
        ordering = ("-exchanged_on", "-pk")
        indexes = (models.Index(fields=("cluster", "exchanged_on", "from_unit"), name="exchange_of_cluster_and_date"),)
        constraints = (
            models.CheckConstraint(
                condition=~Q(from_unit=F("to_unit")),
                name="exchange_between_two_units",
                violation_error_message=_("A unit does not exchange information with itself."),
            ),
            models.CheckConstraint(
                condition=Q(answered_on=None) | Q(answered_on__gte=F("exchanged_on")),
                name="exchange_answered_afterwards",
                violation_error_message=_("The answer is earlier than the question."),
            ),
            models.CheckConstraint(
                condition=Q(answered_on__isnull=False) | Q(answered_at=None, answer=""),
                name="exchange_answer_with_its_date",
                violation_error_message=_("An answer has the date on which it came."),
            ),
            models.CheckConstraint(
                condition=Q(channel__in=("meeting", "telephone", "writing", "network"))
                & Q(subject__in=("situation", "managed", "crime", "residence", "dispute", "other")),
                name="exchange_channel_and_subject_known",
            ),
        )

    @property
    def days_to_answer(self) -> int | None:
        """None while it waits for its answer."""
        return (self.answered_on - self.exchanged_on).days if self.answered_on else None

    def __str__(self) -> str:
        return f"{self.exchanged_on:%d/%m/%Y} · {self.from_unit} → {self.to_unit}"
