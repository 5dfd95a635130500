"""What the police advise Party committees and local government (tham mưu), and what came of it."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from cluster.fields import Folded, Line, Paragraphs
from cluster.models.documents import CarriesOut, Document
from cluster.models.records import RecordQuerySet, RegisterRecord
from cluster.models.units import PoliceUnit
from cluster.validators import no_identity


class Advice(CarriesOut, RegisterRecord):
    """Given by a member unit, or by the board where ``unit`` is empty."""

    class Outcome(models.TextChoices):
        PENDING = "pending", pgettext_lazy("advice", "pending")
        ACCEPTED = "accepted", pgettext_lazy("advice", "accepted")
        PARTLY = "partly", pgettext_lazy("advice", "accepted in part")
        DECLINED = "declined", pgettext_lazy("advice", "not accepted")

    noun, dated_by = "advice", "given_on"
    # No figure counts advice: the review tells of it in words.
    counted_by = ()

    given_on = models.DateField(_("date of the advice"))
    unit = models.ForeignKey(
        PoliceUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("unit that gave it"),
        help_text=_("Empty: the board of the cluster."),
    )
    addressee = Line(
        _("advice to"),
        max_length=200,
        validators=[no_identity],
        help_text=_("Such as: Huyện ủy, UBND huyện Lệ Thủy."),
    )
    subject = Line(_("about"), max_length=300, validators=[no_identity])
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="advice",
        verbose_name=pgettext_lazy("one", "document"),
    )
    outcome = models.CharField(
        pgettext_lazy("of advice", "outcome"), max_length=10, choices=Outcome.choices, default=Outcome.PENDING
    )
    outcome_on = models.DateField(_("date of the outcome"), null=True, blank=True)
    outcome_note = Paragraphs(_("what came of it"), blank=True, validators=[no_identity])
    search = Folded(of=("addressee", "subject", "outcome_note"))
    history = HistoricalRecords(excluded_fields=["search"])

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("advice to local government")
        verbose_name_plural = _("advice to local government")
        ordering = ("-given_on", "-pk")
        indexes = (models.Index(fields=("cluster", "given_on"), name="advice_of_cluster_and_date"),)
        constraints = (
            models.CheckConstraint(condition=~Q(addressee="") & ~Q(subject=""), name="advice_addressee_and_subject"),
            models.CheckConstraint(
                condition=Q(outcome="pending", outcome_on=None)
                | Q(outcome__in=("accepted", "partly", "declined"))
                & Q(outcome_on__isnull=False, outcome_on__gte=F("given_on")),
                name="advice_outcome_with_its_date",
                violation_error_message=_("An outcome has its date, not before the advice; what is pending has none."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.given_on:%d/%m/%Y} · {self.subject}"
