"""The dates of a series of patrols, from its first day and a rule."""

import calendar
import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import count as count_from
from itertools import islice, takewhile

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

# A patrol a week for more than a year; nobody reads a longer list before saving it.
MOST_DATES = 60


class Repeat(TextChoices):
    NONE = "none", _("Does not repeat")
    WEEKLY = "weekly", _("Weekly, on the days ticked")
    MONTH_DAY = "month_day", _("Monthly, on the same day of the month")
    MONTH_WEEKDAY = "month_weekday", _("Monthly, on the same weekday")


@dataclass(frozen=True, kw_only=True)
class Rule:
    """``weekdays`` count from Monday, 0; without any it is that of the first day. It ends at whichever comes first."""

    repeat: str = Repeat.NONE
    every_weeks: int = 1
    weekdays: frozenset[int] = frozenset()
    until: dt.date | None = None
    count: int | None = None


@dataclass(frozen=True)
class Date:
    """``is_replaced``: its month has no such day (no 31st, no fifth Friday), so the last one there is stands in."""

    day: dt.date
    is_replaced: bool = False


def dates_of(first: dt.date, rule: Rule) -> list[Date]:
    """The dates in order. One more than MOST_DATES are found of a rule that gives too many."""
    most = min(rule.count or MOST_DATES + 1, MOST_DATES + 1)
    until = rule.until or dt.date.max
    return list(islice(takewhile(lambda date: date.day <= until, _endless(first, rule)), most))


def _endless(first: dt.date, rule: Rule) -> Iterator[Date]:
    match rule.repeat:
        case Repeat.WEEKLY:
            return _weekly(first, rule.weekdays or frozenset({first.weekday()}), every=rule.every_weeks)
        case Repeat.MONTH_DAY:
            return (_same_day(year, month, first.day) for year, month in _months_from(first))
        case Repeat.MONTH_WEEKDAY:
            return (_same_weekday(year, month, first) for year, month in _months_from(first))
    return iter([Date(first)])


def _weekly(first: dt.date, weekdays: frozenset[int], *, every: int) -> Iterator[Date]:
    monday = first - dt.timedelta(days=first.weekday())
    for week in count_from(0, every):
        for weekday in sorted(weekdays):
            day = monday + dt.timedelta(weeks=week, days=weekday)
            if day >= first:
                yield Date(day)


def _months_from(first: dt.date) -> Iterator[tuple[int, int]]:
    for months in count_from(first.month - 1):
        yield first.year + months // 12, months % 12 + 1


def _same_day(year: int, month: int, number: int) -> Date:
    last = calendar.monthrange(year, month)[1]
    return Date(dt.date(year, month, min(number, last)), is_replaced=number > last)


def _same_weekday(year: int, month: int, first: dt.date) -> Date:
    """The second Friday for a second Friday; for a fifth one the last where the month has four."""
    nth = (first.day - 1) // 7 + 1
    start, last = calendar.monthrange(year, month)
    earliest = 1 + (first.weekday() - start) % 7
    number = earliest + 7 * (nth - 1)
    if number > last:
        return Date(dt.date(year, month, number - 7), is_replaced=True)
    return Date(dt.date(year, month, number))
