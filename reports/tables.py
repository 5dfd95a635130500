"""The tables of the review page: every number beside the address of the rows behind it."""

from collections.abc import Mapping
from typing import NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cluster.numbers import qualifier_word, share
from reports.breakdowns import (
    FIGURE_OF_COLUMN,
    MONTH_COLUMNS,
    REST,
    UNIT_COLUMNS,
    UnitRow,
)
from reports.periods import Period
from reports.reckoning import Reckoning
from reports.values import RECORDS, Compared, Value


class Number(NamedTuple):
    """A number of the page: its text, its exact value and, for who may follow it, the address of its rows."""

    text: str
    value: int | None = None
    address: str = ""


class FigureLine(NamedTuple):
    label: str | Promise
    rule: str | Promise
    this: Number
    before: Number
    change: Number
    reason: str
    basis: str | None


class Line(NamedTuple):
    """A line of a breakdown: its label, whether it is a sum of lines below it, and its numbers."""

    label: str | Promise
    is_group: bool
    numbers: list[Number]


class Tables:
    """The view's words for a review. ``linked`` False leaves numbers plain: an observer reads totals only."""

    def __init__(self, reckoning: Reckoning, *, linked: bool) -> None:
        self.reckoning = reckoning
        self.linked = linked

    def address(self, key: str, period: Period, **slice_: str | int) -> str:
        """The address of the rows behind a figure, or behind a slice of it; empty for who may not read rows."""
        if not self.linked:
            return ""
        cluster = self.reckoning.cluster
        if period == self.reckoning.period and self.reckoning.comparison != period.year_before():
            comparison = self.reckoning.comparison
            slice_ |= {"compare_from": comparison.start.isoformat(), "compare_to": comparison.end.isoformat()}
        path = reverse("reports:figure_rows", args=[cluster.slug, period.slug_in(cluster), key])
        return f"{path}?{urlencode(slice_)}" if slice_ else path

    def number(self, value: int | None, key: str, period: Period, **slice_: str | int) -> Number:
        if value is None or (value == 0 and "rest" in slice_):
            return Number("–")
        return Number(self.reckoning.wording.number(value), value, self.address(key, period, **slice_))

    def headline(self) -> list[tuple[str, str]]:
        """The sentences with the address of their rows."""
        return [(sentence, self.address(key, self.reckoning.period)) for key, sentence in self.reckoning.headline]

    def figures(self) -> list[FigureLine]:
        """The figures of which anything is known."""
        return [self._figure(compared) for compared in self.reckoning.figures.values() if compared.is_known]

    def unknown(self) -> list[str | Promise]:
        return [compared.figure.metric.label for compared in self.reckoning.figures.values() if not compared.is_known]

    def _figure(self, compared: Compared) -> FigureLine:
        words = compared.change_in(self.reckoning.wording)
        return FigureLine(
            compared.figure.metric.label,
            compared.figure.rule,
            self._value(compared.this, compared.key, self.reckoning.period),
            self._value(compared.before, compared.key, self.reckoning.comparison),
            Number(words, compared.change, self.address(compared.key, self.reckoning.period) if words else ""),
            compared.reason,
            compared.this.basis,
        )

    def _value(self, value: Value, key: str, period: Period) -> Number:
        plain = self.number(value.value, key, period)
        return (
            plain._replace(text=f"{qualifier_word(value.qualifier)}{plain.text}") if value.value is not None else plain
        )

    def confirmed(self) -> str:
        """How many of the patrols all sides vouch for; empty unless records say both numbers."""
        confirmed, patrols = (self.reckoning.figures[key].this for key in ("joint_patrols_confirmed", "joint_patrols"))
        if not patrols.value or confirmed.value is None or {confirmed.basis, patrols.basis} != {RECORDS}:
            return ""
        return self.reckoning.wording.confirmed(confirmed.value, patrols=patrols.value)

    def outcomes(self) -> list[tuple[str | Promise, str]]:
        """Resolved and transferred as shares of all incidents: 597/726 (82,23%)."""
        whole = self.reckoning.figures["incidents"].this
        if not whole.value or not whole.is_exact:
            return []
        parts = (self.reckoning.figures[key] for key in ("incidents_resolved", "incidents_transferred"))
        return [
            (part.figure.metric.label, share(part.this.value, whole.value))
            for part in parts
            if part.this.value is not None and part.this.is_exact
        ]

    def by_unit(self) -> list[Line]:
        return [
            Line(row.label, row.unit is None, [self._of_unit(row, column) for column in UNIT_COLUMNS])
            for row in self.reckoning.by_unit
        ]

    def _of_unit(self, row: UnitRow, column: str) -> Number:
        period, value = self.reckoning.period, row.values[column]
        if column == "took_part":
            return self.number(value, "joint_patrols", period, took_part=row.unit.pk if row.unit else "")
        key = FIGURE_OF_COLUMN[column]
        if row.party is None:
            return self.number(value, key, period, rest="unit")
        slice_ = {"party": row.party.pk} | ({"unit": row.unit.pk} if row.unit else {})
        return self.number(value, key, period, **slice_)

    def unit_totals(self) -> list[Number]:
        totals = self.reckoning.unit_totals
        return [
            self.number(totals[column], FIGURE_OF_COLUMN.get(column, ""), self.reckoning.period)
            if column in FIGURE_OF_COLUMN
            else Number(_("not added up"))
            for column in UNIT_COLUMNS
        ]

    def by_month(self) -> list[Line]:
        """For each column this period beside the one compared."""
        lines = []
        for row in self.reckoning.by_month:
            numbers = []
            for key in MONTH_COLUMNS:
                numbers += [
                    self._of_month(row.values[key], key, self.reckoning.period, row.month),
                    self._of_month(row.before[key], key, self.reckoning.comparison, row.before_month),
                ]
            lines.append(Line(month_name(row.month), False, numbers))
        return lines

    def _of_month(self, value: int | None, key: str, period: Period, month: Period | None) -> Number:
        slice_ = {"month": month.start.isoformat()} if month else {"rest": "month"}
        return self.number(value, key, period, **slice_)

    def month_totals(self) -> list[Number]:
        totals: list[Number] = []
        for key in MONTH_COLUMNS:
            compared = self.reckoning.figures[key]
            totals += [
                self.number(compared.this.value, key, self.reckoning.period),
                self.number(compared.before.value, key, self.reckoning.comparison),
            ]
        return totals

    def by_category(self) -> list[Line]:
        lines = []
        this, before = self.reckoning.period, self.reckoning.comparison
        for row in self.reckoning.by_category:
            slice_: Mapping[str, str | int] = {"category": row.category.pk} if row.category else {"rest": "category"}
            numbers = [
                self.number(row.incidents, "incidents", this, **slice_),
                self.number(row.persons, "persons_involved", this, **slice_),
                self.number(row.previous, "incidents", before, **slice_),
            ]
            lines.append(Line(row.category.name if row.category else REST["category"], False, numbers))
        return lines

    def category_totals(self) -> list[Number]:
        incidents, persons = (self.reckoning.figures[key] for key in ("incidents", "persons_involved"))
        return [
            self.number(incidents.this.value, incidents.key, self.reckoning.period),
            self.number(persons.this.value, persons.key, self.reckoning.period),
            self.number(incidents.before.value, incidents.key, self.reckoning.comparison),
        ]


def month_name(month: Period | None) -> str:
    """ "Tháng 3/2017"; for a part of a month or one that starts mid-month, its dates."""
    if month is None:
        return str(REST["month"])
    if month.start.day == 1 and month.start.month == month.end.month:
        return f"{month.end:%m/%Y}"
    return f"{month.start:%d/%m}–{month.end:%d/%m/%Y}"
