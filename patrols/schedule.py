"""The schedule as its page shows it: a month of days, and the rows of a list."""

import calendar
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Generic, Protocol, TypeVar

from django.utils.translation import gettext_lazy as _

from patrols.models import JointPatrol
from patrols.rows import Badge
from patrols.words import hours_in_words

Status = JointPatrol.Status
# The years that a calendar here can be turned to; the first is that of the first patrol form date.
_YEARS = range(1976, 2200)
OVERDUE = Badge("warn", _("waiting for its result"))
_BADGES = {
    Status.SCHEDULED: Badge("wait", Status.SCHEDULED.label),
    Status.COMPLETED: Badge("ok", Status.COMPLETED.label),
    Status.POSTPONED: Badge("danger", Status.POSTPONED.label),
    Status.CANCELLED: Badge("muted", Status.CANCELLED.label),
}


@dataclass(frozen=True)
class Entry:
    """A patrol in the schedule."""

    patrol: JointPatrol
    now: dt.datetime

    @property
    def day(self) -> dt.date:
        return self.patrol.local_date

    @property
    def is_overdue(self) -> bool:
        return self.patrol.is_overdue(self.now)

    @property
    def badge(self) -> Badge:
        return OVERDUE if self.is_overdue else _BADGES[Status(self.patrol.status)]

    @property
    def hours(self) -> str:
        patrol = self.patrol
        if patrol.starts_at:
            return hours_in_words(patrol.starts_at, patrol.ends_at)
        return hours_in_words(patrol.planned_start, patrol.planned_end) if patrol.planned_start else ""

    @property
    def start(self) -> dt.datetime | None:
        return self.patrol.starts_at or self.patrol.planned_start


class Dated(Protocol):
    """What stands on a day of a calendar."""

    @property
    def day(self) -> dt.date: ...


D = TypeVar("D", bound=Dated)


@dataclass(frozen=True)
class Day(Generic[D]):
    date: dt.date
    is_today: bool
    is_of_month: bool
    entries: list[D] = field(default_factory=list)


@dataclass(frozen=True)
class Month:
    """A month and the days around it that fill its first and last week."""

    first: dt.date

    @classmethod
    def named(cls, text: str, *, today: dt.date) -> "Month":
        """That of ``2026-11``; this one for any other text."""
        found = re.fullmatch(r"([0-9]{4})-([0-9]{2})", text, re.ASCII)
        if found and int(found[1]) in _YEARS and 1 <= int(found[2]) <= 12:
            return cls(dt.date(int(found[1]), int(found[2]), 1))
        return cls(today.replace(day=1))

    @property
    def name(self) -> str:
        return f"{self.first:%Y-%m}"

    @property
    def last(self) -> dt.date:
        return self.first.replace(day=calendar.monthrange(self.first.year, self.first.month)[1])

    @property
    def previous(self) -> "Month | None":
        day = self.first - dt.timedelta(days=1)
        return Month(day.replace(day=1)) if day.year in _YEARS else None

    @property
    def following(self) -> "Month | None":
        day = self.last + dt.timedelta(days=1)
        return Month(day) if day.year in _YEARS else None

    @cached_property
    def _weeks(self) -> list[list[dt.date]]:
        return calendar.Calendar().monthdatescalendar(self.first.year, self.first.month)

    def weeks(self, entries: Iterable[D], *, today: dt.date) -> list[list[Day[D]]]:
        """Each week from Monday to Sunday, with what stands on each day of the month."""
        by_day: dict[dt.date, list[D]] = defaultdict(list)
        for entry in entries:
            by_day[entry.day].append(entry)
        return [[Day(day, day == today, self._holds(day), by_day[day]) for day in week] for week in self._weeks]

    def _holds(self, day: dt.date) -> bool:
        return self.first <= day <= self.last
