"""Who takes part in a cluster without being one of its police units: hamlets, enterprises (facts.md 1.1)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cluster.fields import Folded, Line, Paragraphs
from cluster.models.clusters import Party
from cluster.models.records import DatedRecord, RecordQuerySet, dates_in_order
from cluster.models.units import UNKNOWN_START, PoliceUnit
from cluster.validators import no_identity


class Participant(DatedRecord):
    class Kind(models.TextChoices):
        HAMLET = "hamlet", _("hamlet")
        ENTERPRISE = "enterprise", _("enterprise")
        OTHER = "other", _("another body")

    noun = "participant"
    # Of the arrangement itself: no figure counts them.
    counted_by = ()

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    name = Line(_("name"), max_length=150, validators=[no_identity])
    party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="participants", verbose_name=_("party")
    )
    unit = models.ForeignKey(
        PoliceUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("police of the place"),
    )
    date_from = models.DateField(_("from day"), default=UNKNOWN_START, help_text=_("Empty: not known."))
    note = Paragraphs(_("note"), blank=True, validators=[no_identity])
    search = Folded(of=("name", "note"))
    history = HistoricalRecords(excluded_fields=["search"])

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("participant")
        verbose_name_plural = _("participants")
        ordering = ("kind", "name", "date_from", "pk")
        indexes = (models.Index(fields=("cluster", "date_from"), name="participant_of_cluster"),)
        constraints = (
            dates_in_order("participant_dates_in_order"),
            models.CheckConstraint(
                condition=Q(kind__in=("hamlet", "enterprise", "other")) & ~Q(name=""),
                name="participant_kind_and_name_given",
            ),
        )

    def __str__(self) -> str:
        return self.name
