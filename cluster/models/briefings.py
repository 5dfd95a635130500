"""Briefings (giao ban) of a cluster: the pattern by which they are due, and what was held."""

import datetime as dt
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override, pgettext, pgettext_lazy
from simple_history.models import HistoricalRecords

from cluster.briefings import Cycle, Rule, Term, Turn, term_in_words
from cluster.fields import FirstGiven, Folded, Line, Paragraphs
from cluster.models.clusters import MemberUnit, Party
from cluster.models.records import DatedRecord, RecordQuerySet, RegisterRecord, dates_in_order
from cluster.models.units import PoliceUnit
from cluster.validators import no_identity

Host = PoliceUnit | Party


class Level(models.TextChoices):
    COMMUNE = "commune", pgettext_lazy("of a briefing", "commune level")
    DISTRICT = "district", pgettext_lazy("of a briefing", "district level")


class BriefingPatternQuerySet(RecordQuerySet):
    def with_hosts(self) -> Self:
        return self.prefetch_related("host_rows__unit", "host_rows__party")


class BriefingPattern(DatedRecord):
    """How often the cluster has briefings at a level, by when each is due, and whose turn it is.

    What changes from some day on is another pattern from that day; the old one ends on the day before.
    """

    class DueIn(models.TextChoices):
        WITHIN = "within", _("the last month of the period")
        AFTER = "after", _("the month after the period")

    noun, counted_by, minds_others = "pattern", (), True
    labels, parts = {"hosts": _("hosts in their order")}, frozenset({"hosts"})

    level = models.CharField(pgettext_lazy("of a briefing", "level"), max_length=10, choices=Level.choices)
    cycle = models.CharField(
        pgettext_lazy("of a briefing", "how often"),
        max_length=10,
        choices=[(cycle.value, cycle.label) for cycle in Cycle if cycle != Cycle.EXTRA],
    )
    due_day = models.PositiveSmallIntegerField(
        _("due by day"),
        validators=[MinValueValidator(1), MaxValueValidator(31)],
        help_text=_("A day of the month; 31 is the last day of each."),
    )
    due_in = models.CharField(_("of"), max_length=10, choices=DueIn.choices, default=DueIn.WITHIN)
    search = Folded(of=("words",))
    history = HistoricalRecords(excluded_fields=["search"])

    objects = BriefingPatternQuerySet.as_manager()

    class Meta:
        verbose_name = _("pattern of briefings")
        verbose_name_plural = _("patterns of briefings")
        ordering = ("-date_from", "level", "pk")
        indexes = (models.Index(fields=("cluster", "date_from"), name="pattern_of_cluster_and_date"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(level__in=("commune", "district"))
                & Q(cycle__in=("month", "quarter", "half", "year"))
                & Q(due_in__in=("within", "after")),
                name="pattern_level_and_cycle_known",
            ),
            models.CheckConstraint(
                condition=Q(due_day__gte=1, due_day__lte=31), name="pattern_due_on_a_day_of_a_month"
            ),
            dates_in_order("pattern_dates_in_order"),
        )

    def __str__(self) -> str:
        values = {"level": self.get_level_display(), "cycle": self.get_cycle_display()}
        return pgettext("of a briefing", "Briefings at %(level)s, %(cycle)s") % values

    @property
    def words(self) -> str:
        """What a search looks in, whatever the language of the page that wrote it."""
        with override("vi"):
            return str(self)

    @property
    def hosts(self) -> tuple[Host, ...]:
        """In their order."""
        return tuple(row.host for row in self.host_rows.all())

    def write_part(self, name: str, rows: tuple[Host, ...]) -> None:
        """The order anew; that it changed stands in the history of the pattern by its version."""
        self.host_rows.all().delete()
        for position, host in enumerate(rows):
            BriefingHost(pattern=self, position=position, **as_fields(host, unit="unit", party="party")).save()

    def rule(self, spells: dict[Host, tuple[tuple[dt.date, dt.date | None], ...]]) -> Rule:
        """``spells`` says when each unit or party takes part, by ``spells_of``."""
        return Rule(
            cycle=self.cycle,
            due_day=self.due_day,
            is_due_after=self.due_in == self.DueIn.AFTER,
            starts=self.date_from,
            ends=self.date_to,
            turns=tuple(Turn(host, spells.get(host, ())) for host in self.hosts),
        )

    def check_others(self) -> None:
        """Of a level and cycle there is one pattern at a time."""
        if self.date_from and self.overlapping().filter(level=self.level, cycle=self.cycle).exists():
            raise ValidationError(_("Another pattern of this level holds in that time: end it first."))


def spells_of(cluster: Any) -> dict[Host, tuple[tuple[dt.date, dt.date | None], ...]]:
    """When each unit was a member, and each party had one."""
    spells: dict[Host, tuple[tuple[dt.date, dt.date | None], ...]] = {}
    for member in MemberUnit.objects.filter(party__cluster=cluster).select_related("unit", "party"):
        for host in (member.unit, member.party):
            spells[host] = (*spells.get(host, ()), (member.joined, member.left))
    return spells


def as_fields(host: Host | None, *, unit: str, party: str) -> dict[str, Any]:
    """The host in the two fields of a row, of which one is empty."""
    return {unit: host if isinstance(host, PoliceUnit) else None, party: host if isinstance(host, Party) else None}


def host_key(host: Host) -> str:
    """As forms and addresses name it."""
    return f"{host._meta.model_name}-{host.pk}"


class BriefingHost(models.Model):
    """A place in the order of a pattern: a unit or a whole party."""

    pattern = models.ForeignKey(
        BriefingPattern, models.CASCADE, related_name="host_rows", verbose_name=_("pattern of briefings")
    )
    position = models.PositiveSmallIntegerField(_("position"))
    unit = models.ForeignKey(PoliceUnit, models.PROTECT, null=True, related_name="+", verbose_name=_("unit"))
    party = models.ForeignKey(Party, models.PROTECT, null=True, related_name="+", verbose_name=_("party"))
    history = HistoricalRecords()

    class Meta:
        verbose_name = pgettext_lazy("of a briefing", "host")
        verbose_name_plural = pgettext_lazy("of a briefing", "hosts")
        ordering = ("pattern", "position")
        constraints = (
            models.UniqueConstraint(
                fields=("pattern", "position"),
                name="briefing_host_once_a_place",
                violation_error_message=_("This place in the list is taken."),
            ),
            models.CheckConstraint(
                condition=Q(unit__isnull=False, party=None) | Q(unit=None, party__isnull=False),
                name="briefing_host_unit_or_party",
            ),
        )

    def __str__(self) -> str:
        return str(self.host)

    @property
    def host(self) -> Host:
        return self.unit or self.party  # type: ignore[return-value]


class BriefingQuerySet(RecordQuerySet):
    def held(self) -> Self:
        return self.filter(held_on__isnull=False)

    def awaited(self) -> Self:
        """Planned, and neither held nor called off."""
        return self.filter(held_on=None, called_off="")


class Briefing(RegisterRecord):
    """A briefing, planned or held. ``local_date`` is the day it was held, until then the day for which it is planned.

    ``number`` counts the months, quarters or halves of the year; 1 for a year, 0 for an extraordinary one.
    """

    class State(models.TextChoices):
        HELD = "held", pgettext_lazy("briefing", "held")
        PLANNED = "planned", pgettext_lazy("briefing", "planned")
        OVERDUE = "overdue", pgettext_lazy("briefing", "overdue")
        CALLED_OFF = "called_off", pgettext_lazy("briefing", "not held")

    noun, dated_by = "briefing", "local_date"
    labels = {"host": pgettext_lazy("of a briefing", "host")}
    # What is only planned counts in no figure, so that a signed year does not keep it from being held.
    counted_by = ("held_on",)

    level = models.CharField(pgettext_lazy("of a briefing", "level"), max_length=10, choices=Level.choices)
    cycle = models.CharField(_("kind of briefing"), max_length=10, choices=Cycle.choices)
    number = models.PositiveSmallIntegerField(
        _("which month, quarter or half"),
        blank=True,
        help_text=_("7 for July or 3 for the third quarter; leave empty for a year or an extraordinary briefing."),
    )
    year = models.PositiveSmallIntegerField(_("year"), validators=[MinValueValidator(1945), MaxValueValidator(2100)])
    planned_on = models.DateField(_("planned for"), null=True, blank=True)
    held_on = models.DateField(_("held on"), null=True, blank=True)
    local_date = FirstGiven(_("date"), of=("held_on", "planned_on"))
    starts_at = models.TimeField(pgettext_lazy("of a briefing", "start"), null=True, blank=True)
    ends_at = models.TimeField(pgettext_lazy("of a briefing", "end"), null=True, blank=True)
    place = Line(_("place"), max_length=200, blank=True, validators=[no_identity])
    host_unit = models.ForeignKey(
        PoliceUnit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("host unit")
    )
    host_party = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("host party"),
    )
    chair = Line(
        pgettext_lazy("of a briefing", "chair"),
        max_length=200,
        blank=True,
        validators=[no_identity],
        help_text=_("Name and post."),
    )
    secretary = Line(
        pgettext_lazy("of a briefing", "secretary"),
        max_length=200,
        blank=True,
        validators=[no_identity],
        help_text=_("Name and post."),
    )
    units = models.ManyToManyField(PoliceUnit, blank=True, related_name="+", verbose_name=_("units present"))
    headcount = models.PositiveSmallIntegerField(
        _("number of people present"), null=True, blank=True, validators=[MinValueValidator(1)]
    )
    guests = Line(
        _("guests"), max_length=300, blank=True, validators=[no_identity], help_text=_("Bodies and posts, in words.")
    )
    points = Paragraphs(_("points raised"), blank=True, validators=[no_identity])
    called_off = Line(
        _("reason why it was not held"),
        max_length=200,
        blank=True,
        validators=[no_identity],
        help_text=_("Only where it did not take place: it is then no longer overdue."),
    )
    search = Folded(of=("words", "place", "guests", "points"))
    # The history names persons by key only: their names stand in this one row, where they can be mended or erased.
    history = HistoricalRecords(m2m_fields=[units], excluded_fields=["search", "chair", "secretary"])

    objects = BriefingQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("noun", "briefing")
        verbose_name_plural = pgettext_lazy("noun", "briefings")
        ordering = ("-local_date", "-starts_at", "-pk")
        indexes = (
            models.Index(fields=("cluster", "local_date", "host_unit", "held_on"), name="briefing_of_cluster_and_date"),
        )
        constraints = (
            models.CheckConstraint(condition=Q(level__in=("commune", "district")), name="briefing_level_known"),
            models.CheckConstraint(
                condition=Q(cycle="month", number__gte=1, number__lte=12)
                | Q(cycle="quarter", number__gte=1, number__lte=4)
                | Q(cycle="half", number__gte=1, number__lte=2)
                | Q(cycle="year", number=1)
                | Q(cycle="extra", number=0),
                name="briefing_of_a_period_of_its_year",
                violation_error_message=_("A year has 12 months, 4 quarters and 2 halves: say which one it is."),
            ),
            models.UniqueConstraint(
                fields=("cluster", "level", "cycle", "year", "number"),
                condition=Q(deleted_at=None) & ~Q(cycle="extra"),
                name="briefing_once_a_period",
                violation_error_message=_("This period already has its briefing: open that one and complete it."),
            ),
            models.CheckConstraint(
                condition=Q(held_on__isnull=False, local_date=F("held_on"))
                | Q(held_on=None, planned_on__isnull=False, local_date=F("planned_on")),
                name="briefing_dated_by_what_happened",
                violation_error_message=_("Say for which day it is planned, or on which day it was held."),
            ),
            models.CheckConstraint(
                condition=Q(host_unit__isnull=False, host_party=None) | Q(host_unit=None, host_party__isnull=False),
                name="briefing_has_one_host",
                violation_error_message=_("A briefing has one host: a unit, or a whole party."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="briefing_times_in_order",
                violation_error_message=_("The end must be after the start."),
            ),
            models.CheckConstraint(
                condition=Q(held_on=None) | Q(called_off=""),
                name="briefing_held_or_called_off",
                violation_error_message=_("What was held needs no reason why it was not."),
            ),
            models.CheckConstraint(
                condition=Q(headcount=None) | Q(headcount__gte=1), name="briefing_headcount_from_one"
            ),
        )

    def __str__(self) -> str:
        """Short, as a calendar shows it."""
        return self.title

    @property
    def title(self) -> str:
        """ "Giao ban cấp xã tháng 7/2017"; an extraordinary one by its day."""
        if self.cycle == Cycle.EXTRA:
            values = {"level": self.get_level_display(), "date": f"{self.local_date:%d/%m/%Y}"}
            return pgettext("of a briefing", "Extraordinary briefing at %(level)s, %(date)s") % values
        values = {"level": self.get_level_display(), "period": term_in_words(self.cycle, self.year, self.number)}
        return pgettext("of a briefing", "Briefing at %(level)s, %(period)s") % values

    @property
    def words(self) -> str:
        with override("vi"):
            return self.title

    @property
    def host(self) -> Host | None:
        return self.host_unit or self.host_party

    @host.setter
    def host(self, host: Host | None) -> None:
        for name, value in as_fields(host, unit="host_unit", party="host_party").items():
            setattr(self, name, value)

    @property
    def term(self) -> Term | None:
        """The period it belongs to; an extraordinary one belongs to none."""
        return None if self.cycle == Cycle.EXTRA else Term(self.cycle, self.year, self.number)

    @property
    def state(self) -> "Briefing.State":
        return self.state_on(timezone.localdate())

    def state_on(self, today: dt.date) -> "Briefing.State":
        if self.held_on:
            return self.State.HELD
        if self.called_off:
            return self.State.CALLED_OFF
        return self.State.OVERDUE if self.local_date < today else self.State.PLANNED

    def clean(self) -> None:
        """What the constraints refuse, said at the field, and the number of what has none."""
        super().clean()
        if self.cycle in (Cycle.YEAR, Cycle.EXTRA) and self.number is None:
            self.number = int(self.cycle == Cycle.YEAR)
        if self.cycle and self.number is None:
            raise ValidationError({"number": _("Say which month, quarter or half it is.")})
        if not (self.held_on or self.planned_on):
            raise ValidationError({"planned_on": _("Say for which day it is planned, or on which day it was held.")})
