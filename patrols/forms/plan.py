"""Forms of the schedule: one patrol or a series, and what becomes of a plan."""

import datetime as dt
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.dates import WEEKDAYS
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster.access import Rights
from cluster.formfields import ClockTimeField, LocalDateField
from cluster.validators import no_identity
from patrols.forms.choices import PatrolChoices, dates_in_words
from patrols.forms.fields import EndTimeField, NfcField, Options, PickField
from patrols.forms.lines import MOST_LINES, FormLine, LineReader, lines_of
from patrols.forms.names import UnitFinder
from patrols.models import JointPatrol
from patrols.recurrence import MOST_DATES, Date, Repeat, Rule, dates_of
from patrols.services import Hours, PatrolData

FURTHEST_AHEAD = dt.timedelta(days=731)
_LINES_AT_FIRST = 2


def hours_on(day: dt.date, start: dt.time, end: dt.time | None) -> Hours:
    """Local hours of a day; an end that is not after the start is on the next."""
    zone = timezone.get_default_timezone()
    if end is None:
        return Hours(start=dt.datetime.combine(day, start, zone))
    last_day = day if end > start else day + dt.timedelta(days=1)
    return Hours(start=dt.datetime.combine(day, start, zone), end=dt.datetime.combine(last_day, end, zone))


def day_ahead(day: dt.date, *, today: dt.date) -> dt.date:
    """Raises ``ValidationError`` for a day that nobody plans for."""
    if day < today:
        raise ValidationError(_("A plan begins today or later; log what has been done as a patrol."))
    if day > today + FURTHEST_AHEAD:
        raise ValidationError(_("Nobody plans more than two years ahead: check the year."))
    return day


@dataclass(frozen=True)
class Preview:
    """A date of the series, and what is to be known of it."""

    date: Date
    notes: list[str]


class PlanForm(forms.Form):
    """Times are local. The lines are of the units expected, with how many people of which force."""

    date = LocalDateField(label=gettext_lazy("First date"))
    start = ClockTimeField(label=gettext_lazy("Start"))
    end = EndTimeField(label=gettext_lazy("End"), required=False)
    route = NfcField(label=gettext_lazy("Place, route"), max_length=300, validators=[no_identity])
    lead_unit = PickField(label=gettext_lazy("Lead unit"))
    campaign = PickField(label=gettext_lazy("Campaign"), required=False)
    repeat = forms.ChoiceField(label=gettext_lazy("Repeats"), choices=Repeat.choices, required=False)
    weekdays = forms.TypedMultipleChoiceField(
        label=gettext_lazy("On"),
        choices=list(WEEKDAYS.items()),
        coerce=int,
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )
    every_weeks = forms.IntegerField(
        label=gettext_lazy("Every how many weeks"),
        min_value=1,
        max_value=12,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )
    until = LocalDateField(label=gettext_lazy("Last date"), required=False)
    count = forms.IntegerField(
        label=gettext_lazy("Or how many times"),
        min_value=1,
        max_value=MOST_DATES,
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
    )

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        choices: PatrolChoices,
        rights: Rights,
        now: dt.datetime,
        initial: dict[str, Any] | None = None,
        lines: list[FormLine] | None = None,
    ) -> None:
        self.choices, self.rights = choices, rights
        self.today = timezone.localdate(now)
        first = {"lead_unit": self._own_unit, "repeat": Repeat.NONE, "every_weeks": 1}
        super().__init__(data, initial=first | (initial or {}))
        at_first = [FormLine(number) for number in range(_LINES_AT_FIRST)]
        self.lines = lines_of(data) if data is not None else lines or at_first
        fields: dict[str, Any] = self.fields
        fields["lead_unit"].offer(choices.units, self.unit_options)
        fields["campaign"].offer(choices.campaigns, choices.campaign_options(self.day))

    @classmethod
    def kept(cls, post: QueryDict, **kwargs: Any) -> Self:
        """The texts as posted and one more line, unchecked."""
        lines = lines_of(post)
        if len(lines) < MOST_LINES:
            lines.append(FormLine(max((line.number for line in lines), default=-1) + 1))
        initial = {name: post.get(name, "") for name in cls.base_fields}
        return cls(initial=initial | {"weekdays": post.getlist("weekdays")}, lines=lines, **kwargs)

    @cached_property
    def day(self) -> dt.date:
        """The first date, by which the lists are sorted; today where it is none."""
        try:
            return day_ahead(self.fields["date"].clean(self["date"].value()), today=self.today)
        except ValidationError:
            return self.today

    @property
    def _own_unit(self) -> str:
        own = self.rights.unit_ids
        return str(next((member.unit_id for member in self.choices.roster.on(self.today) if member.unit_id in own), ""))

    @cached_property
    def unit_options(self) -> Options:
        return self.choices.unit_options(self.day)

    @cached_property
    def force_options(self) -> Options:
        return self.choices.force_options(self.day)

    @property
    def has_lines(self) -> bool:
        """Whether the folded lines hold something to look at."""
        return len(self.lines) > _LINES_AT_FIRST or any(line.errors or not line.is_empty() for line in self.lines)

    @property
    def error_items(self) -> list[tuple[str, str, str]]:
        """(id of the input, its label, message) of every error, in the order of the page."""
        items = [("", "", str(message)) for message in self.non_field_errors()]
        for bound in self:
            items += [(bound.id_for_label or bound.auto_id, str(bound.label), str(error)) for error in bound.errors]
        for place, line in enumerate(self.lines, start=1):
            label = _("Line %(number)d") % {"number": place}
            items += [(element, label, message) for element, message in line.error_items()]
        return items

    # What it says

    def is_valid(self) -> bool:
        return super().is_valid() and not any(line.errors for line in self.lines)

    def clean_date(self) -> dt.date:
        return day_ahead(self.cleaned_data["date"], today=self.today)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        finder = UnitFinder(self.choices.cluster, self.day, texts=[line.other for line in self.lines])
        cleaned["lines"] = LineReader(self.choices, finder).read(self.lines, preset_unit="")
        if len(self.lines) > MOST_LINES:
            self.add_error(None, _("A patrol has at most %(most)d lines.") % {"most": MOST_LINES})
        cleaned["dates"] = [] if self.errors else self._clean_dates(cleaned)
        self._clean_forces(cleaned)
        self._clean_own_part(cleaned)
        return cleaned

    def _clean_dates(self, cleaned: dict[str, Any]) -> list[Date]:
        repeat, until = cleaned["repeat"] or Repeat.NONE, cleaned["until"]
        if repeat == Repeat.NONE:
            return [Date(cleaned["date"])]
        if not (until or cleaned["count"]):
            self.add_error("until", _("Say until when the series runs, or how many times."))
            return []
        rule = Rule(
            repeat=repeat,
            every_weeks=cleaned["every_weeks"] or 1,
            weekdays=frozenset(cleaned["weekdays"]),
            until=until,
            count=cleaned["count"],
        )
        dates = dates_of(cleaned["date"], rule)
        if not dates:
            self.add_error("until", _("The series has no date: its last is before its first."))
        elif len(dates) > MOST_DATES:
            self.add_error("until", _("At most %(most)d at once: choose an earlier end.") % {"most": MOST_DATES})
        elif dates[-1].day > self.today + FURTHEST_AHEAD:
            self.add_error("until", _("Nobody plans more than two years ahead: check the year."))
        return dates

    def _clean_forces(self, cleaned: dict[str, Any]) -> None:
        """The first date is checked with the lines; a force may end before the last."""
        if not cleaned["dates"]:
            return
        last = cleaned["dates"][-1].day
        for line in self.lines:
            if line.data and not line.errors and not line.data.force.is_valid_on(last):
                force = line.data.force
                dates = dates_in_words(force.valid_from, force.valid_to)
                line.errors["force"] = _("%(force)s exists only %(dates)s.") % {"force": force, "dates": dates}

    def _clean_own_part(self, cleaned: dict[str, Any]) -> None:
        """A recorder plans for the own unit; a coordinator plans anything."""
        if self.rights.coordinates or any(line.errors for line in self.lines) or not cleaned.get("lead_unit"):
            return
        taking_part = {cleaned["lead_unit"].pk, *(line.unit.pk for line in cleaned["lines"])}
        if not taking_part & self.rights.unit_ids:
            self.add_error("lead_unit", _("Plan for your own unit: it must lead the patrol or have a line."))

    @property
    def plans(self) -> list[PatrolData]:
        """What was entered, a patrol for each date; of a valid form."""
        return [self._plan_on(date.day) for date in self.cleaned_data["dates"]]

    def _plan_on(self, day: dt.date) -> PatrolData:
        cleaned = self.cleaned_data
        hours = hours_on(day, cleaned["start"], cleaned["end"])
        return PatrolData(
            route=cleaned["route"],
            lead_unit=cleaned["lead_unit"],
            campaign=cleaned["campaign"],
            status=JointPatrol.Status.SCHEDULED,
            planned_start=hours.start,
            planned_end=hours.end,
            lines=cleaned["lines"],
        )

    @property
    def preview(self) -> list[Preview]:
        """The dates, each with what is to be known of it; of a valid form."""
        cleaned = self.cleaned_data
        units = [cleaned["lead_unit"], *(line.unit for line in cleaned["lines"])]
        taken = self._taken([date.day for date in cleaned["dates"]], units={unit.pk for unit in units})
        return [self._preview_of(date, units=units, taken=taken.get(date.day, [])) for date in cleaned["dates"]]

    def _taken(self, days: list[dt.date], *, units: set[int]) -> dict[dt.date, list[str]]:
        """The routes that these units already go on those days."""
        patrols = JointPatrol.objects.of(self.choices.cluster).filter(local_date__in=days)
        patrols = patrols.exclude(status=JointPatrol.Status.CANCELLED).prefetch_related("contingents")
        found: dict[dt.date, list[str]] = {}
        for patrol in patrols.order_by("pk"):
            if units & {patrol.lead_unit_id, *(line.unit_id for line in patrol.contingents.all())}:
                found.setdefault(patrol.local_date, []).append(patrol.route)
        return found

    def _preview_of(self, date: Date, *, units: list[Any], taken: list[str]) -> Preview:
        notes = []
        if date.is_replaced:
            by_day = self.cleaned_data["repeat"] == Repeat.MONTH_DAY
            notes.append(
                _("The month has no day %(number)d: its last day.") % {"number": self.cleaned_data["date"].day}
                if by_day
                else _("The month has no fifth of this weekday: its last one.")
            )
        outsiders = self.choices.roster.outsiders(units, date.day)
        notes += [_("%(unit)s is no member of the cluster on this date.") % {"unit": unit} for unit in outsiders]
        notes += [_("Already that day: %(route)s") % {"route": route} for route in taken]
        return Preview(date, notes)
