"""What a kind of record is to the figures: which rows count, by which date and whose they are."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import reduce
from operator import or_
from typing import Any

from django.db.models import Aggregate, Count, Q, QuerySet
from django.utils.functional import Promise

from cluster.models import Cluster
from reports.periods import Period, joined

Rows = QuerySet[Any]


@dataclass(frozen=True)
class Kind:
    """A kind of record.

    ``counted`` gives the rows of a cluster in some periods that count, ``recorded`` those that are there at all
    (rule 5). A kind with a ``date`` is grouped by date and its other dimensions in one query for all its figures; one
    without does not add up over dates: ``within`` is its condition for one period among others of the same query,
    ``known_within`` that of its records, where these are others than the rows that count.
    ``unit`` to ``outcome`` are the lookups of those dimensions. ``tallies`` are counted beside the figures, for what a
    passport or a breakdown says of them. ``filters`` is ``counted`` in words.
    """

    name: str
    counted: Callable[[Cluster, Iterable[Period]], Rows]
    recorded: Callable[[Cluster, Iterable[Period]], Rows]
    # Another text in another language, so no part of what a kind is looked up by.
    filters: Promise = field(hash=False, compare=False)
    date: str = ""
    unit: str = ""
    category: str = ""
    force: str = ""
    campaign: str = ""
    outcome: str = ""
    within: Callable[[Period], Q] | None = None
    known_within: Callable[[Period], Q] | None = None
    tallies: Mapping[str, Aggregate] = field(default_factory=dict, hash=False)

    @property
    def is_small(self) -> bool:
        """Whether its cells have a date and at most a unit: then they are read with those of the others of the sort."""
        others = (self.category, self.force, self.campaign, self.outcome)
        return bool(self.date) and not any(others) and self.counted is self.recorded


def any_of(periods: Iterable[Period], field_name: str) -> Q:
    """The condition that the date lies in one of the periods: one query serves year and comparison."""
    return reduce(or_, (period.condition(field_name) for period in joined(periods)))


def rows_where(condition: Q) -> Aggregate:
    """Django takes a filter for ``Count("*")`` only once it is made, and ``Count("id")`` defeats index-only scans."""
    rows = Count("*")
    rows.filter = condition
    return rows
