"""The arrangement itself: cluster, parties, member units."""

import datetime as dt
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cluster.fields import Folded, Line, Paragraphs
from cluster.models.units import UNKNOWN_START, AdministrativeUnit, PoliceUnit


class ClusterQuerySet(models.QuerySet["Cluster"]):
    def active_on(self, day: dt.date) -> Self:
        """The clusters in which at least two parties have a member unit on the day."""
        members = MemberUnit.objects.on(day).filter(party__cluster=models.OuterRef("pk"))
        return self.annotate(
            party_count=models.Subquery(
                members.order_by().values("party__cluster").annotate(n=models.Count("party", distinct=True)).values("n")
            )
        ).filter(party_count__gte=2)


class Cluster(models.Model):
    """A standing arrangement of two to nine parties that keep public order together along their border."""

    class PatrolWord(models.TextChoices):
        CA = "ca", "ca"
        BUOI = "buổi", "buổi"
        LUOT = "lượt", "lượt"
        LAN = "lần", "lần"
        CUOC = "cuộc", "cuộc"

    class BoardWord(models.TextChoices):
        """What the board is called in the regulation."""

        EXECUTIVE = "ban điều hành", "ban điều hành"
        STEERING = "ban chỉ đạo", "ban chỉ đạo"

    class PeriodPreset(models.TextChoices):
        """The last month and day of the reporting year; the year bears the name of its last day (rule 8)."""

        CALENDAR = "12-31", _("calendar year")
        DECEMBER_14 = "12-14", _("15 December to 14 December")
        NOVEMBER_14 = "11-14", _("15 November to 14 November")
        NOVEMBER_30 = "11-30", _("1 December to 30 November")

    slug = models.SlugField(_("address"), max_length=60, unique=True)
    name = Line(_("cluster name"), max_length=200, help_text=_("Word for word as in the regulation."))
    aliases = Paragraphs(_("other names"), blank=True, help_text=_("One a line."))
    founded = models.PositiveSmallIntegerField(
        _("year founded"),
        null=True,
        blank=True,
        validators=[MinValueValidator(1945), MaxValueValidator(2100)],
    )
    patrol_word = models.CharField(
        _("word for a patrol"), max_length=10, choices=PatrolWord.choices, default=PatrolWord.CA
    )
    board_word = models.CharField(
        _("word for the board"), max_length=20, choices=BoardWord.choices, default=BoardWord.EXECUTIVE
    )
    period_preset = models.CharField(
        _("reporting year"), max_length=5, choices=PeriodPreset.choices, default=PeriodPreset.CALENDAR
    )
    pads_small_numbers = models.BooleanField(_("writes 08 for 8"), default=False)
    notice = Paragraphs(
        _("notice"), blank=True, help_text=_("Shown on every page of the cluster, such as: sample data.")
    )
    search = Folded(of=("name", "aliases"))
    history = HistoricalRecords()

    objects = ClusterQuerySet.as_manager()

    class Meta:
        verbose_name = _("cluster")
        verbose_name_plural = _("clusters")
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(condition=~Q(name="") & ~Q(slug=""), name="cluster_name_and_address_given"),
            models.CheckConstraint(
                condition=Q(patrol_word__in=("ca", "buổi", "lượt", "lần", "cuộc")),
                name="cluster_patrol_word_known",
            ),
            models.CheckConstraint(
                condition=Q(board_word__in=("ban điều hành", "ban chỉ đạo")), name="cluster_board_word_known"
            ),
            models.CheckConstraint(
                condition=Q(period_preset__in=("12-31", "12-14", "11-14", "11-30")),
                name="cluster_period_preset_known",
            ),
        )

    def __str__(self) -> str:
        return self.name

    def reporting_year(self, year: int) -> tuple[dt.date, dt.date]:
        """The first and the last day of the year that bears the year of its last day (rule 8)."""
        month, day = map(int, self.period_preset.split("-"))
        return dt.date(year - 1, month, day) + dt.timedelta(days=1), dt.date(year, month, day)


class Party(models.Model):
    """A side of a cluster: a district, or a commune in a commune-level cluster."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="parties", verbose_name=_("cluster"))
    name = Line(_("name"), max_length=150)
    administrative_unit = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="parties",
        verbose_name=_("administrative unit"),
    )
    position = models.PositiveSmallIntegerField(_("position"), default=1, help_text=_("Order in tables."))
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("party")
        verbose_name_plural = _("parties")
        ordering = ("position", "name")
        constraints = (
            models.UniqueConstraint(
                fields=("cluster", "name"),
                name="party_name_once_a_cluster",
                violation_error_message=_("The cluster already has a party of this name."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="party_name_given"),
        )

    def __str__(self) -> str:
        return self.name


def membership_on(day: "dt.date | F | models.OuterRef", *, path: str = "") -> Q:
    """The condition that a membership, reached by the lookup ``path``, holds on the day."""
    stays = Q(**{f"{path}left__isnull": True}) | Q(**{f"{path}left__gte": day})
    return stays & Q(**{f"{path}joined__lte": day})


class MemberUnitQuerySet(models.QuerySet["MemberUnit"]):
    def on(self, day: "dt.date | F | models.OuterRef") -> Self:
        """The memberships that hold on the day."""
        return self.filter(membership_on(day))


class MemberUnit(models.Model):
    """The membership of a police unit in a party, from the day it joined to its last day."""

    party = models.ForeignKey(Party, models.PROTECT, related_name="members", verbose_name=_("party"))
    unit = models.ForeignKey(PoliceUnit, models.PROTECT, related_name="memberships", verbose_name=_("unit"))
    joined = models.DateField(_("joined"), default=UNKNOWN_START, help_text=_("01/01/1900: not known."))
    left = models.DateField(_("last day as member"), null=True, blank=True)
    history = HistoricalRecords()

    objects = MemberUnitQuerySet.as_manager()

    class Meta:
        verbose_name = _("member unit")
        verbose_name_plural = _("member units")
        ordering = ("party", "unit__name", "joined")
        constraints = (
            models.UniqueConstraint(
                fields=("party", "unit", "joined"),
                name="member_unit_joins_once_a_day",
                violation_error_message=_("The unit already joined this party on that day."),
            ),
            models.UniqueConstraint(
                fields=("party", "unit"),
                condition=Q(left__isnull=True),
                name="member_unit_one_open_membership",
                violation_error_message=_("The unit is already a member of this party."),
            ),
            models.CheckConstraint(
                condition=Q(left__isnull=True) | Q(left__gte=F("joined")),
                name="member_unit_dates_in_order",
                violation_error_message=_("The last day is before the day it joined."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} ({self.party})"

    def holds_on(self, day: dt.date) -> bool:
        return self.joined <= day and (self.left is None or day <= self.left)

    def clashes_with(self, other: "MemberUnit") -> bool:
        """Whether both are in the same cluster on some day: two parties would be counted for one unit."""
        return (
            self.party.cluster_id == other.party.cluster_id
            and (self.left is None or other.joined <= self.left)
            and (other.left is None or self.joined <= other.left)
        )

    def clean(self) -> None:
        """A unit stands on one side of a cluster at a time."""
        if not (self.party_id and self.unit_id and self.joined):
            return
        others = MemberUnit.objects.filter(unit=self.unit).exclude(pk=self.pk).select_related("party")
        if any(self.clashes_with(other) for other in others):
            # At the party: on the page of the unit that is the field one sees.
            raise ValidationError({"party": _("The unit is already a member of this cluster in that time.")})
