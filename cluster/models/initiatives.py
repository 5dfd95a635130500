"""Models of the cluster (mô hình): what the people of both sides keep up together, what it did and how it is rated."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from cluster.fields import Folded, Line, Paragraphs
from cluster.models.documents import CarriesOut
from cluster.models.records import RecordQuerySet, RegisterRecord
from cluster.models.seals import Span
from cluster.models.units import AdministrativeUnit, PoliceUnit
from cluster.validators import no_identity

# Those of the article of 2017, as it writes them; any other kind may be typed.
KINDS = (
    "Câu lạc bộ phòng, chống tội phạm",
    "Cụm giáp ranh đấu tranh, phòng chống tội phạm",
    "Cụm giáp ranh an toàn về ANTT",
)


class InitiativeQuerySet(RecordQuerySet):
    def existing_in(self, start: dt.date, end: dt.date) -> Self:
        """Those that were there on at least one day of the period."""
        return self.filter(Q(ended=None) | Q(ended__gte=start), founded__lte=end)

    def existing_on(self, day: dt.date) -> Self:
        """Those that were kept up; the day on which one ended is the last that counts."""
        return self.existing_in(day, day)


class Initiative(RegisterRecord):
    """A model of keeping order together, in communes, hamlets and enterprises of both sides."""

    noun, dated_by = "initiative", "founded"
    counted_by = ("founded", "ended")
    lasts = True

    name = Line(_("name of the model"), max_length=200, validators=[no_identity])
    kind = Line(_("kind of model"), max_length=150, validators=[no_identity])
    founded = models.DateField(_("founded on"))
    unit = models.ForeignKey(
        PoliceUnit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit in charge")
    )
    communes = models.ManyToManyField(
        AdministrativeUnit, blank=True, related_name="+", verbose_name=pgettext_lazy("of a model", "communes")
    )
    places = Line(
        _("hamlets and enterprises"),
        max_length=300,
        blank=True,
        validators=[no_identity],
        help_text=_("Where it is kept up, in words."),
    )
    members = models.PositiveIntegerField(
        _("number of members"), null=True, blank=True, help_text=_("A number only. Empty: not known.")
    )
    note = Paragraphs(_("content"), blank=True, validators=[no_identity])
    ended = models.DateField(_("ended on"), null=True, blank=True)
    end_reason = Line(_("why it ended"), max_length=300, blank=True, validators=[no_identity])
    search = Folded(of=("name", "kind", "places", "note"))
    history = HistoricalRecords(m2m_fields=[communes], excluded_fields=["search"])

    objects = InitiativeQuerySet.as_manager()

    class Meta:
        verbose_name = _("model of the cluster")
        verbose_name_plural = _("models of the cluster")
        ordering = ("founded", "name", "pk")
        indexes = (models.Index(fields=("cluster", "founded", "ended"), name="initiative_of_cluster"),)
        constraints = (
            models.CheckConstraint(condition=~Q(name="") & ~Q(kind=""), name="initiative_named"),
            models.UniqueConstraint(
                fields=("cluster", "name", "founded"),
                condition=Q(deleted_at=None),
                name="initiative_once",
                violation_error_message=_("This model is already there."),
            ),
            models.CheckConstraint(
                condition=Q(ended=None) | Q(ended__gte=F("founded")),
                name="initiative_ended_afterwards",
                violation_error_message=_("The model ended before it was founded."),
            ),
            models.CheckConstraint(
                condition=Q(ended=None, end_reason="") | (Q(ended__isnull=False) & ~Q(end_reason="")),
                name="initiative_end_with_reason",
                violation_error_message=_("The day a model ended and the reason stand together."),
            ),
        )

    def __str__(self) -> str:
        return self.name

    def counted_span(self) -> Span | None:
        return None if self.is_deleted else super().counted_span()


class InitiativeActivity(CarriesOut, RegisterRecord):
    """What a model did on a day."""

    noun, dated_by, told_with = "activity", "held_on", ("initiative",)
    # No figure counts what a model did.
    counted_by = ()

    initiative = models.ForeignKey(
        Initiative, models.PROTECT, related_name="activities", verbose_name=pgettext_lazy("of the cluster", "model")
    )
    held_on = models.DateField(_("date of the activity"))
    unit = models.ForeignKey(PoliceUnit, models.PROTECT, related_name="+", verbose_name=_("unit in charge"))
    content = Paragraphs(_("content"), validators=[no_identity])
    participants = models.PositiveIntegerField(
        pgettext_lazy("of an activity", "participants"),
        null=True,
        blank=True,
        help_text=_("A number only. Empty: not known."),
    )
    search = Folded(of=("content",))
    history = HistoricalRecords(excluded_fields=["search"])

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity of a model")
        verbose_name_plural = _("activities of the models")
        ordering = ("-held_on", "-pk")
        indexes = (models.Index(fields=("cluster", "held_on"), name="activity_of_cluster_and_date"),)
        constraints = (models.CheckConstraint(condition=~Q(content=""), name="activity_told"),)

    def __str__(self) -> str:
        return f"{self.held_on:%d/%m/%Y} · {self.initiative}"


class InitiativeRating(RegisterRecord):
    """How well a model worked in a year, and what shows it."""

    class Rating(models.TextChoices):
        EFFECTIVE = "effective", _("effective")
        FAIR = "fair", pgettext_lazy("rating", "fair")
        WEAK = "weak", _("not effective")

    noun, dated_by = "rating", "rated_on"
    # By its year, which is no day.
    counted_by = ()

    initiative = models.ForeignKey(
        Initiative, models.PROTECT, related_name="ratings", verbose_name=pgettext_lazy("of the cluster", "model")
    )
    year = models.PositiveSmallIntegerField(_("year"))
    rating = models.CharField(_("rating"), max_length=10, choices=Rating.choices)
    evidence = Paragraphs(
        _("evidence"), validators=[no_identity], help_text=_("What the rating rests on: figures, minutes, opinions.")
    )
    rated_by = Line(_("rated by"), max_length=200, validators=[no_identity], help_text=_("The body that rated it."))
    rated_on = models.DateField(_("rated on"))
    search = Folded(of=("evidence", "rated_by"))
    history = HistoricalRecords(excluded_fields=["search"])

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("rating of a model")
        verbose_name_plural = _("ratings of the models")
        ordering = ("-year", "initiative", "pk")
        indexes = (models.Index(fields=("cluster", "year", "rating"), name="rating_of_cluster_and_year"),)
        constraints = (
            models.UniqueConstraint(
                fields=("initiative", "year"),
                condition=Q(deleted_at=None),
                name="rating_once_a_year",
                violation_error_message=_("The model is already rated for this year."),
            ),
            models.CheckConstraint(
                condition=Q(rating__in=("effective", "fair", "weak")) & ~Q(evidence="") & ~Q(rated_by=""),
                name="rating_known_with_evidence",
            ),
            models.CheckConstraint(
                condition=Q(year__range=(1945, 2200)),
                name="rating_of_a_year",
                violation_error_message=_("Write the year with four digits."),
            ),
        )

    def counted_span(self) -> Span | None:
        return Span(dt.date(self.year, 1, 1), dt.date(self.year, 12, 31))

    def __str__(self) -> str:
        return f"{self.year} · {self.initiative}: {self.get_rating_display()}"
