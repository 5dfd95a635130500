"""Geometry of the review's charts; the SVG itself is written by templates, with the table always beside it.

Coordinates are strings with a decimal point: a template would write a Vietnamese comma.
"""

from collections.abc import Sequence
from typing import NamedTuple

from cluster.numbers import number, qualified
from reports.reckoning import Reckoning
from reports.tables import known_years
from reports.values import RECORDS


class Bar(NamedTuple):
    x: str
    y: str
    width: str
    height: str
    value: str


class Group(NamedTuple):
    """This period's bar and the compared one's at one label; a bar is None where nothing is known."""

    label: str
    label_x: str
    label_y: str
    this: Bar | None
    before: Bar | None
    value_x: str
    value_y: str


class TrendBar(NamedTuple):
    """A year's bar, None where nothing is known of it."""

    label: str
    middle: str
    bar: Bar | None
    is_declared: bool
    value_y: str


class TrendChart(NamedTuple):
    width: int
    height: int
    bars: list[TrendBar]
    base: str
    label_y: str


class Chart(NamedTuple):
    width: int
    height: int
    groups: list[Group]
    base: str
    """The x (bars) or y (columns) of the axis."""


# In the units of the SVG's own view box; on a phone of 360 px one unit is a little less than a pixel.
_WIDTH, _TOP, _BOTTOM, _COLUMNS = 400, 22, 24, 150
_BAR, _GAP, _ROW = 12, 2, 48
_TREND_WIDTH, _TREND_COLUMNS = 300, 110


def month_columns(reckoning: Reckoning, key: str) -> Chart | None:
    """Columns of a figure by month beside the same months of the comparison; None if no month knows it."""
    rows = [row for row in reckoning.by_month if row.month]
    highest = _highest([row.values[key] for row in rows] + [row.before[key] for row in rows])
    if not highest:
        return None
    step = _WIDTH / len(rows)
    bar = min(step * 0.36, 24)
    base = _TOP + _COLUMNS

    def column(value: int | None, left: float) -> Bar | None:
        if value is None:
            return None
        height = value / highest * _COLUMNS
        return Bar(_c(left), _c(base - height), _c(bar), _c(height), number(value))

    # A period that begins within a month may end two of its months in one: then the first days tell them apart.
    labels = [f"{row.month.end.month}" for row in rows if row.month]
    if len(set(labels)) < len(labels):
        labels = [f"{row.month.start.day}/{row.month.start.month}" for row in rows if row.month]
    groups = []
    for index, row in enumerate(rows):
        middle = step * (index + 0.5)
        this, before = column(row.values[key], middle), column(row.before[key], middle - bar)
        top = float(this.y) if this else base
        groups.append(Group(labels[index], _c(middle), _c(base + 17), this, before, _c(middle + bar / 2), _c(top - 5)))
    return Chart(_WIDTH, base + _BOTTOM, groups, _c(base))


def category_bars(reckoning: Reckoning) -> Chart | None:
    """Bars of incidents by category beside the comparison, the label above each pair; None without any."""
    rows = reckoning.by_category
    highest = _highest([row.incidents for row in rows] + [row.previous for row in rows])
    if not highest:
        return None
    room = _WIDTH - 44

    def bar(value: int | None, top: float) -> Bar | None:
        if value is None:
            return None
        return Bar("0", _c(top), _c(value / highest * room), _c(_BAR), number(value))

    groups = []
    for index, row in enumerate(rows):
        top = index * _ROW
        this, before = bar(row.incidents, top + 18), bar(row.previous, top + 18 + _BAR + _GAP)
        end = float(this.width) if this else 0
        label = row.category.name if row.category else "…"
        groups.append(Group(label, "0", _c(top + 13), this, before, _c(end + 6), _c(top + 18 + _BAR - 1)))
    return Chart(_WIDTH, len(rows) * _ROW, groups, "0")


def trend_columns(reckoning: Reckoning, key: str) -> TrendChart | None:
    """A column a year; an unknown year is a gap and never a zero. None with fewer than two known years."""
    years = known_years(reckoning.trend)
    values = [year.values[key] for year in years]
    highest = _highest([value.value for value in values])
    if not highest or sum(value.value is not None for value in values) < 2:
        return None
    step = _TREND_WIDTH / len(years)
    width, base = step * 0.5, _TOP + _TREND_COLUMNS
    bars = []
    for index, (year, value) in enumerate(zip(years, values, strict=True)):
        middle = step * (index + 0.5)
        height = (value.value or 0) / highest * _TREND_COLUMNS
        bar = Bar(
            _c(middle - width / 2), _c(base - height), _c(width), _c(height), qualified(value.value, value.qualifier)
        )
        is_declared = value.basis not in (None, RECORDS)
        known = bar if value.value is not None else None
        bars.append(TrendBar(str(year.period.end.year), _c(middle), known, is_declared, _c(base - height - 5)))
    return TrendChart(_TREND_WIDTH, base + _BOTTOM, bars, _c(base), _c(base + 17))


def _highest(values: Sequence[int | None]) -> int:
    return max((value for value in values if value is not None), default=0)


def _c(coordinate: float) -> str:
    return f"{coordinate:.1f}"
