"""The tables of the review page: every number beside the address of the rows behind it."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from cluster.numbers import EXACT, qualifier_word, share
from reports.breakdowns import (
    CAMPAIGN_COLUMNS,
    FIGURE_OF_COLUMN,
    FIGURE_OF_OUTCOME,
    MONTH_COLUMNS,
    REST,
    TREND_COLUMNS,
    UNIT_COLUMNS,
    Part,
    TrendYear,
    UnitRow,
)
from reports.passports import Passport
from reports.periods import Period
from reports.reckoning import Reckoning
from reports.values import RECORDS, Compared, Value
from reports.wording import short_name


class Number(NamedTuple):
    """A number of the page: its text, its exact value and, for who may follow it, the address of its rows."""

    text: str
    value: int | None = None
    address: str = ""


class FigureLine(NamedTuple):
    label: str | Promise
    passport: Passport | None
    this: Number
    before: Number
    change: Number
    reason: str
    basis: str | None


UNKNOWN = Number("–")


class Line(NamedTuple):
    """A line of a breakdown: its label, whether it is a sum of lines below it, and its numbers."""

    label: str | Promise
    is_group: bool
    numbers: list[Number]


class TrendLine(NamedTuple):
    """A year of the trend: each number, and whether it is declared."""

    label: str
    numbers: list[tuple[Number, bool]]


class Tables:
    """The view's words for a review. ``linked`` False leaves numbers plain: an observer reads totals only.

    ``passports`` are those of the edition in hand: a signed reckoning has none of its own.
    """

    def __init__(self, reckoning: Reckoning, *, linked: bool, passports: Iterable[Passport] = ()) -> None:
        self.reckoning = reckoning
        self.linked = linked
        self.passports = {passport.key: passport for passport in passports}

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
            return UNKNOWN
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
            self.passports.get(compared.key),
            self._value(compared.this, compared.key, self.reckoning.period),
            self._value(compared.before, compared.key, self.reckoning.comparison),
            Number(words, compared.change, self.address(compared.key, self.reckoning.period) if words else ""),
            compared.reason,
            compared.this.basis,
        )

    def _value(self, value: Value, key: str, period: Period) -> Number:
        return _qualified(self.number(value.value, key, period), value.qualifier)

    def confirmed(self) -> str:
        """How many of the patrols all sides vouch for; empty unless records say both numbers."""
        confirmed, patrols = (self.reckoning.figures[key].this for key in ("joint_patrols_confirmed", "joint_patrols"))
        if not patrols.value or confirmed.value is None or {confirmed.basis, patrols.basis} != {RECORDS}:
            return ""
        return self.reckoning.wording.confirmed(confirmed.value, patrols=patrols.value)

    def outcomes(self) -> list[Line]:
        """Incidents by outcome, each as a share of all, 597/726 (82,23%), beside the comparison; empty without any."""
        whole = self.reckoning.figures["incidents"].this
        if not whole.value:
            return []
        return [
            Line(part.label, False, [*self._of_outcome(part, whole)])
            for part in self.reckoning.outcomes
            if part.values["incidents"] or part.before["incidents"]
        ]

    def _of_outcome(self, part: Part, whole: Value) -> Iterator[Number]:
        count = part.values["incidents"]
        own = FIGURE_OF_OUTCOME.get(str(part.of), "incidents")
        slice_: dict[str, Any] = {}
        if own == "incidents":
            slice_ = {"rest": "outcome"} if part.of is None else {"outcome": part.of}
        inexact = self.reckoning.figures[own].this.qualifier if own != "incidents" else None
        yield _qualified(self.number(count, own, self.reckoning.period, **slice_), inexact)
        is_exact = whole.is_exact and inexact in (None, EXACT)
        yield Number(share(count, whole.value)) if count is not None and whole.value and is_exact else UNKNOWN
        yield self.number(part.before["incidents"], own, self.reckoning.comparison, **slice_)

    def outcome_totals(self) -> list[Number]:
        incidents = self.reckoning.figures["incidents"]
        return [
            self._value(incidents.this, incidents.key, self.reckoning.period),
            Number(""),
            self._value(incidents.before, incidents.key, self.reckoning.comparison),
        ]

    def by_force(self) -> list[Line]:
        """Participations of both periods and the lines of this one."""
        return [Line(part.label, False, [*self._of_force(part)]) for part in self.reckoning.by_force]

    def _of_force(self, part: Part) -> Iterator[Number]:
        this, before, slice_ = self.reckoning.period, self.reckoning.comparison, _slice_of("force", part)
        yield self.number(part.values["participations"], "participations", this, **slice_)
        yield self.number(part.before["participations"], "participations", before, **slice_)
        yield self.number(part.values["lines"], "participations", this, rows=1, **slice_)

    def force_totals(self) -> list[Number]:
        compared, period = self.reckoning.figures["participations"], self.reckoning.period
        rows = sum(part.values["lines"] or 0 for part in self.reckoning.by_force)
        return [
            self._value(compared.this, compared.key, period),
            self._value(compared.before, compared.key, self.reckoning.comparison),
            self.number(rows, compared.key, period, rows=1),
        ]

    def by_campaign(self) -> list[Line]:
        period = self.reckoning.period
        return [
            Line(
                part.label,
                False,
                [self.number(part.values[key], key, period, **_slice_of("campaign", part)) for key in CAMPAIGN_COLUMNS],
            )
            for part in self.reckoning.by_campaign
        ]

    def campaign_totals(self) -> list[Number]:
        figures = (self.reckoning.figures[key] for key in CAMPAIGN_COLUMNS)
        return [self._value(compared.this, compared.key, self.reckoning.period) for compared in figures]

    def trend(self) -> list[TrendLine]:
        """The years of which anything is known, and the gaps between; empty where it is one year alone."""
        return [
            TrendLine(
                short_name(year.period, self.reckoning.cluster),
                [
                    (self._value(year.values[key], key, year.period), year.values[key].basis not in (None, RECORDS))
                    for key in TREND_COLUMNS
                ],
            )
            for year in known_years(self.reckoning.trend)
        ]

    def incident_months(self) -> str:
        """How patrols and incidents fell together by month; empty where that is not known."""
        months = self.reckoning.incident_months
        return self.reckoning.wording.incident_months(months) if months else ""

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
        return _qualified(self.number(value, key, period, **slice_), row.qualifiers.get(column))

    def unit_totals(self) -> list[Number]:
        return [
            self._value(self.reckoning.figures[key].this, key, self.reckoning.period)
            if (key := FIGURE_OF_COLUMN.get(column, ""))
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
            change = self._change(row.values["incidents"], row.before["incidents"]) if row.month else ""
            lines.append(Line(month_name(row.month), False, [*numbers, Number(change)]))
        return lines

    def _change(self, now: int | None, before: int | None) -> str:
        return "" if now is None or before is None else self.reckoning.wording.change(now - before)

    def _of_month(self, value: int | None, key: str, period: Period, month: Period | None) -> Number:
        slice_ = {"month": month.start.isoformat()} if month else {"rest": "month"}
        return self.number(value, key, period, **slice_)

    def month_totals(self) -> list[Number]:
        totals: list[Number] = []
        for key in MONTH_COLUMNS:
            totals += self._pair(key)
        return [*totals, Number(self.reckoning.wording.change(self.reckoning.figures["incidents"].change))]

    def by_category(self) -> list[Line]:
        lines = []
        this, before = self.reckoning.period, self.reckoning.comparison
        for row in self.reckoning.by_category:
            slice_: Mapping[str, str | int] = {"category": row.category.pk} if row.category else {"rest": "category"}
            words = self.reckoning.wording.change_with_percent(row.change, row.previous)
            values = {
                "incidents": self.number(row.incidents, "incidents", this, **slice_),
                "previous": self.number(row.previous, "incidents", before, **slice_),
                "persons": self.number(row.persons, "persons_involved", this, **slice_),
                "previous_persons": self.number(row.previous_persons, "persons_involved", before, **slice_),
            }
            numbers = [_qualified(value, row.qualifiers.get(name)) for name, value in values.items()]
            numbers.insert(2, Number(words))
            lines.append(Line(row.category.name if row.category else REST["category"], False, numbers))
        return lines

    def category_totals(self) -> list[Number]:
        incidents, persons = (self._pair(key) for key in ("incidents", "persons_involved"))
        compared = self.reckoning.figures["incidents"]
        words = self.reckoning.wording.change_with_percent(compared.change, compared.before.value)
        return [*incidents, Number(words), *persons]

    def _pair(self, key: str) -> list[Number]:
        compared = self.reckoning.figures[key]
        return [
            self._value(compared.this, key, self.reckoning.period),
            self._value(compared.before, key, self.reckoning.comparison),
        ]


def _qualified(plain: Number, qualifier: str | None) -> Number:
    """The number behind its word: "hơn 150"."""
    return plain if plain.value is None else plain._replace(text=f"{qualifier_word(qualifier)}{plain.text}")


def _slice_of(field: str, part: Part) -> dict[str, Any]:
    return {"rest": field} if part.of is None else {field: part.of}


def month_name(month: Period | None) -> str:
    """ "Tháng 3/2017"; for a part of a month or one that starts mid-month, its dates."""
    if month is None:
        return str(REST["month"])
    if month.start.day == 1 and month.start.month == month.end.month:
        return f"{month.end:%m/%Y}"
    return f"{month.start:%d/%m}–{month.end:%d/%m/%Y}"


def known_years(years: list[TrendYear]) -> list[TrendYear]:
    """From the first year of which anything is known, gaps included; none where there would be one year alone."""
    known = [any(value.value is not None for value in year.values.values()) for year in years]
    if known.count(True) < 2:
        return []
    return years[known.index(True) :]
