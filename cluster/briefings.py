"""When a cluster's briefings are due, and who is the next to hold one: what follows from its pattern, and no more.

Nothing here knows a database: a host is whatever has a place in the order and a time in which it takes part.
"""

import calendar
import datetime as dt
from collections.abc import Hashable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Self

from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import pgettext, pgettext_lazy

from cluster.paper.document import roman

_DAY = dt.timedelta(days=1)


class Cycle(models.TextChoices):
    """How often; ``EXTRA`` is a briefing that no pattern asks for."""

    MONTH = "month", pgettext_lazy("of a briefing", "monthly")
    QUARTER = "quarter", pgettext_lazy("of a briefing", "quarterly")
    HALF = "half", pgettext_lazy("of a briefing", "half-yearly")
    YEAR = "year", pgettext_lazy("of a briefing", "yearly")
    EXTRA = "extra", pgettext_lazy("of a briefing", "extraordinary")


# The months of one period.
MONTHS = {Cycle.MONTH: 1, Cycle.QUARTER: 3, Cycle.HALF: 6, Cycle.YEAR: 12}


class Term(NamedTuple):
    """A month, quarter, half or whole of a calendar year, counted from 1."""

    cycle: str
    year: int
    number: int

    @classmethod
    def holding(cls, cycle: str, day: dt.date) -> Self:
        return cls(cycle, day.year, (day.month - 1) // MONTHS[Cycle(cycle)] + 1)

    @property
    def start(self) -> dt.date:
        return dt.date(self.year, (self.number - 1) * MONTHS[Cycle(self.cycle)] + 1, 1)

    @property
    def end(self) -> dt.date:
        return self.following.start - _DAY

    @property
    def following(self) -> "Term":
        last = 12 // MONTHS[Cycle(self.cycle)]
        if self.number < last:
            return self._replace(number=self.number + 1)
        return self._replace(year=self.year + 1, number=1)

    def __str__(self) -> str:
        return term_in_words(*self)


def term_in_words(cycle: str, year: int, number: int) -> str:
    """ "tháng 7/2017", "quý III/2017", "6 tháng đầu năm 2017", "năm 2017"."""
    if not (number and year):  # a form half filled in has a page as well
        cycle = Cycle.EXTRA
    match cycle:
        case Cycle.MONTH:
            return pgettext("of a briefing", "month %(number)d/%(year)d") % {"number": number, "year": year}
        case Cycle.QUARTER:
            values = {"number": roman(number), "year": year}
            return pgettext("of a briefing", "quarter %(number)s/%(year)d") % values
        case Cycle.HALF if number == 1:
            return _("the first half of %(year)d") % {"year": year}
        case Cycle.HALF:
            return _("the second half of %(year)d") % {"year": year}
        case Cycle.YEAR:
            return pgettext("of a briefing", "the year %(year)d") % {"year": year}
    return str(Cycle.EXTRA.label)


@dataclass(frozen=True)
class Turn:
    """A host in the order of a pattern; it takes part while it is a member, which is once or several times."""

    host: Hashable
    spells: tuple[tuple[dt.date, dt.date | None], ...]

    def takes_part_on(self, day: dt.date) -> bool:
        return any(start <= day and (end is None or day <= end) for start, end in self.spells)


@dataclass(frozen=True, kw_only=True)
class Rule:
    """A pattern: from ``starts`` to ``ends``, the briefing of each period is due by a day of its last month.

    ``is_due_after``: of the month that follows the period. A day that the month has not is its last one.
    """

    cycle: str
    due_day: int
    is_due_after: bool
    starts: dt.date
    ends: dt.date | None = None
    turns: tuple[Turn, ...] = ()

    def terms(self, *, until: dt.date) -> Iterator[Term]:
        """The periods that begin under the pattern and not after ``until``, oldest first."""
        last = min(until, self.ends) if self.ends else until
        term = Term.holding(self.cycle, self.starts)
        if term.start < self.starts:
            term = term.following
        while term.start <= last:
            yield term
            term = term.following

    def due_on(self, term: Term) -> dt.date:
        month = term.following.start if self.is_due_after else term.end
        return month.replace(day=min(self.due_day, calendar.monthrange(month.year, month.month)[1]))

    def rota(self, *, until: dt.date) -> "list[Duty]":
        """Each period with its due date and its host; the day that counts for a host is the due date.

        The order goes on behind whoever was last: a host that leaves is passed over from then on, one that joins has
        its turn at its place, and nothing changes for the periods that were due before.
        """
        duties, last = [], -1
        for term in self.terms(until=until):
            due_on = self.due_on(term)
            place = _next_place(self.turns, behind=last, on=due_on)
            if place is not None:
                last = place
            duties.append(Duty(term, due_on, None if place is None else self.turns[place].host))
        return duties


class Duty(NamedTuple):
    """That a period has its briefing, by when and whose turn it is; None: nobody takes part then."""

    term: Term
    due_on: dt.date
    host: Hashable | None


def _next_place(turns: Sequence[Turn], *, behind: int, on: dt.date) -> int | None:
    places: Iterable[int] = [*range(behind + 1, len(turns)), *range(behind + 1)]
    return next((place for place in places if turns[place].takes_part_on(on)), None)
