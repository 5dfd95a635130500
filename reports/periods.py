"""Periods of a review: inclusive, from a day to a day (counting rule 8)."""

import calendar
import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from django.db.models import Q
from django.utils import timezone

from cluster.models import Cluster

# Of reviews: what is not known to have begun earlier began in 1900, and nobody plans further ahead.
YEARS = range(1900, 2200)


@dataclass(frozen=True, order=True)
class Period:
    """The days from ``start`` to ``end``, both included. Raises ``ValueError`` if they are not in order."""

    start: dt.date
    end: dt.date

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"The period ends on {self.end}, before it starts on {self.start}.")

    @classmethod
    def of_year(cls, cluster: Cluster, year: int) -> Self:
        """The reporting year of the cluster that bears the year of its last day."""
        return cls(*cluster.reporting_year(year))

    @classmethod
    def parse(cls, cluster: Cluster, text: str) -> Self:
        """The period of an address: ``2017`` or ``2019-07-15_2019-08-14``. Raises ``ValueError``."""
        if len(text) == 4:
            return cls.of_year(cluster, _likely(int(text)))
        first, _, last = text.partition("_")
        return cls.between(first, last)

    @classmethod
    def between(cls, first: str, last: str) -> Self:
        """From one ISO date to another. Raises ``ValueError``, also where the calendar may have no year before."""
        start, end = dt.date.fromisoformat(first), dt.date.fromisoformat(last)
        _likely(start.year), _likely(end.year)
        return cls(start, end)

    def slug_in(self, cluster: Cluster) -> str:
        """The period as an address writes it: the year alone where it is the cluster's reporting year."""
        return str(self.end.year) if self.is_year_of(cluster) else f"{self.start}_{self.end}"

    def is_year_of(self, cluster: Cluster) -> bool:
        return self == Period.of_year(cluster, self.end.year)

    @property
    def is_whole_year(self) -> bool:
        """Twelve months or more, whenever they begin: a tổng kết concludes them, a sơ kết what is shorter."""
        return self.end >= _add_months(self.start, 12) - dt.timedelta(days=1)

    def year_before(self) -> "Period":
        """The same dates one year earlier; 29 February reads as the 28th."""
        return Period(_year_earlier(self.start), _year_earlier(self.end))

    def just_before(self) -> "Period":
        """As long a period that ends the day before ("thời gian liền kề"): as many months, else as many days."""
        months = self._whole_months()
        start = _add_months(self.start, -months) if months else self.start - (self._day_after() - self.start)
        return Period(start, self.start - dt.timedelta(days=1))

    def just_after(self) -> "Period":
        """As long a period that starts the day after."""
        start, months = self._day_after(), self._whole_months()
        following = _add_months(start, months) if months else start + (start - self.start)
        return Period(start, following - dt.timedelta(days=1))

    def _day_after(self) -> dt.date:
        return self.end + dt.timedelta(days=1)

    def _whole_months(self) -> int:
        """How many months the period is long; 0 if it is none or some with days."""
        end = self._day_after()
        months = (end.year - self.start.year) * 12 + end.month - self.start.month
        return months if months and _add_months(self.start, months) == end else 0

    def years_back(self, count: int) -> "list[Period]":
        """The same dates of ``count`` years, the period's own last; fewer where the calendar begins."""
        periods = [self]
        while len(periods) < count and periods[0].start.year > dt.MINYEAR:
            periods.insert(0, periods[0].year_before())
        return periods

    def months(self) -> Iterator["Period"]:
        """The months of the period: calendar months if it starts on a first, else from its own day of the month."""
        start = self.start
        number = 0
        while start <= self.end:
            number += 1
            following = _add_months(self.start, number)
            yield Period(start, min(following - dt.timedelta(days=1), self.end))
            start = following

    def __contains__(self, day: dt.date) -> bool:
        return self.start <= day <= self.end

    def condition(self, field: str) -> Q:
        """The condition that the date ``field`` lies in the period."""
        return Q(**{f"{field}__range": (self.start, self.end)})


def _likely(year: int) -> int:
    if year not in YEARS:
        raise ValueError(f"{year} is no year of a review.")
    return year


class Part(NamedTuple):
    """A part of a reporting year: the first or second half, a quarter, the first nine months, a month (1 to 12)."""

    name: str
    number: int
    period: Period


HALF, QUARTER, NINE_MONTHS, MONTH = "half", "quarter", "nine months", "month"


def parts_of_year(cluster: Cluster, year: int) -> list[Part]:
    """The periods that a cluster reports on within its reporting year, the long ones first.

    A month bears the number of the month of its last day: of a year to 14/12 the first is 15/12–14/01.
    """
    months = list(Period.of_year(cluster, year).months())
    return [
        *(Part(HALF, n + 1, _over(months[n * 6 : n * 6 + 6])) for n in range(2)),
        *(Part(QUARTER, n + 1, _over(months[n * 3 : n * 3 + 3])) for n in range(4)),
        Part(NINE_MONTHS, 1, _over(months[:9])),
        *(Part(MONTH, month.end.month, month) for month in months),
    ]


def _over(periods: Sequence[Period]) -> Period:
    return Period(periods[0].start, periods[-1].end)


def joined(periods: Iterable[Period]) -> list[Period]:
    """The same days in as few periods as can be: years in a row are one range to an index."""
    found: list[Period] = []
    for period in sorted(periods):
        if found and period.start <= found[-1].end + dt.timedelta(days=1):
            found[-1] = Period(found[-1].start, max(found[-1].end, period.end))
        else:
            found.append(period)
    return found


def current_year(cluster: Cluster, *, today: dt.date | None = None) -> Period:
    """The cluster's reporting year that holds today."""
    today = today or timezone.localdate()
    this = Period.of_year(cluster, today.year)
    return this if today in this else Period.of_year(cluster, today.year + 1)


def _year_earlier(day: dt.date) -> dt.date:
    return day.replace(year=day.year - 1, day=min(day.day, calendar.monthrange(day.year - 1, day.month)[1]))


def _add_months(day: dt.date, months: int) -> dt.date:
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))
