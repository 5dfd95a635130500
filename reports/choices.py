"""Where else a reader of a review may go: other periods of the cluster, and other comparisons of the same one."""

from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse

from reports.edition import Edition
from reports.periods import MONTH, Period, current_year, parts_of_year
from reports.wording import Wording, label_of, part_name, period_name


class Choice(NamedTuple):
    label: str
    address: str
    is_current: bool


def year_of(edition: Edition) -> int:
    """The reporting year that the review's period ends in."""
    return current_year(edition.cluster, today=edition.period.end).end.year


def periods_of_year(edition: Edition) -> list[list[Choice]]:
    """The year itself with its halves, quarters and first nine months, then its months."""
    year = year_of(edition)
    whole = Period.of_year(edition.cluster, year)
    parts = parts_of_year(edition.cluster, year)
    longer = [_period(edition, period_name(whole, edition.cluster), whole)]
    longer += [_period(edition, part_name(part), part.period) for part in parts if part.name != MONTH]
    return [longer, [_period(edition, part_name(part), part.period) for part in parts if part.name == MONTH]]


def _period(edition: Edition, label: str, period: Period) -> Choice:
    return Choice(label[:1].upper() + label[1:], address_of(edition, period), period == edition.period)


def comparisons(edition: Edition) -> list[Choice]:
    """The comparison in hand, the same period of the year before and the period just before, each once."""
    this = edition.period
    return [
        Choice(
            Wording(edition.cluster, this, comparison).compared_with(),
            address_of(edition, this, comparison),
            comparison == edition.comparison,
        )
        for comparison in dict.fromkeys((this.year_before(), this.just_before(), edition.comparison))
    ]


def address_of(edition: Edition, period: Period, comparison: Period | None = None) -> str:
    """Without a comparison: the one that the stored review of the period has, else the year before."""
    cluster = edition.cluster
    path = reverse("reports:review", args=[cluster.slug, period.slug_in(cluster)])
    if comparison is None:
        return path
    query = {"compare_from": comparison.start.isoformat(), "compare_to": comparison.end.isoformat()}
    return f"{path}?{urlencode(query)}"


def neighbours(edition: Edition) -> tuple[Choice, Choice]:
    """The period just before and the one just after, by name where they have one."""
    periods = (edition.period.just_before(), edition.period.just_after())
    before, after = (
        Choice(label_of(period, edition.cluster), address_of(edition, period), False) for period in periods
    )
    return before, after
