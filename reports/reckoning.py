"""The review of a period: all figures with comparison, the breakdowns, the headline and the warnings."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy as _lazy

from cluster.models import Cluster, MemberUnit, Party, PoliceUnit
from incidents.models import Category, DeclaredFigure
from reports.declared import EXACT, Amount, join_qualifiers
from reports.facts import Facts
from reports.figures import FIGURES, Figure
from reports.periods import Period
from reports.slices import WHOLE_CLUSTER, Slice
from reports.wording import Wording

RECORDS, DECLARED, MIXED = "records", "declared", "mixed"
# The years of the trend, the period's own among them.
TREND_YEARS = 5


@dataclass(frozen=True)
class Value:
    """What a figure is in one period. ``value`` None: nothing is known (rule 5); ``basis`` says where it is from."""

    value: int | None
    qualifier: str | None = None
    basis: str | None = None
    declared: tuple[DeclaredFigure, ...] = ()

    @property
    def is_exact(self) -> bool:
        return self.qualifier == EXACT


UNKNOWN = Value(None)


@dataclass(frozen=True)
class Compared:
    """A figure beside its value in the comparison period (rule 6)."""

    figure: Figure
    this: Value
    before: Value

    @property
    def key(self) -> str:
        return self.figure.key

    @property
    def is_known(self) -> bool:
        return self.this.value is not None or self.before.value is not None

    @property
    def change(self) -> int | None:
        if self.this.value is None or self.before.value is None or not (self.this.is_exact and self.before.is_exact):
            return None
        return self.this.value - self.before.value

    @property
    def percent(self) -> float | None:
        return self.change / self.before.value * 100 if self.change is not None and self.before.value else None

    def change_in(self, wording: Wording) -> str:
        """The change in words: "giảm 78 vụ (26,53%)", empty where none is known."""
        noun = wording.counted_in(self.figure.metric)
        return wording.change_with_percent(self.change, self.before.value, noun=noun)

    @property
    def reason(self) -> str:
        """Why there is no change or percent; empty where there are both."""
        if self.this.value is None:
            return _("There are no figures of this period.")
        if self.before.value is None:
            return _("There are no figures of the comparison period yet, so no change can be given.")
        if self.change is None:
            return _("One of the two figures is not exact, so no change is given.")
        return (
            _("There were none in the comparison period, so there is no percentage.") if not self.before.value else ""
        )


class UnitRow(NamedTuple):
    """A line of the table by unit: a party, a unit of it, or what no unit answers for."""

    label: str | Promise
    party: Party | None
    unit: PoliceUnit | None
    values: dict[str, int | None]


class MonthRow(NamedTuple):
    """A month of the period, or None for what is known only as a total; ``before`` is the same month compared."""

    month: Period | None
    before_month: Period | None
    values: dict[str, int | None]
    before: dict[str, int | None]


class CategoryRow(NamedTuple):
    category: Category | None
    incidents: int | None
    persons: int | None
    previous: int | None


# Columns of the table by unit; took_part is the one that does not add up to a total (rule 3).
UNIT_COLUMNS = ("led", "took_part", "participations", "incidents", "persons", "transferred")
FIGURE_OF_COLUMN = {
    "led": "joint_patrols",
    "participations": "participations",
    "incidents": "incidents",
    "persons": "persons_involved",
    "transferred": "incidents_transferred",
}
# What each breakdown calls that which it cannot place.
REST = {
    "unit": _lazy("No member unit"),
    "month": _lazy("Month not known"),
    "category": _lazy("Category not known"),
    "force": _lazy("Force not known"),
    "campaign": _lazy("Campaign not known"),
    "outcome": _lazy("Outcome not known"),
}
NO_CAMPAIGN = _lazy("Outside any campaign")
MONTH_COLUMNS = ("joint_patrols", "participations", "incidents")


class Reckoning:
    """All that the review of a cluster and a period says, from the rows of today."""

    def __init__(self, cluster: Cluster, period: Period, comparison: Period | None = None) -> None:
        self.cluster = cluster
        self.period = period
        self.comparison = comparison or period.year_before()
        self.as_of = timezone.now()
        self.years = self.period.years_back(TREND_YEARS)
        self.facts = Facts(cluster, [self.period, self.comparison], in_total=self.years)
        self.wording = Wording(cluster, self.period, self.comparison)

    @property
    def slug(self) -> str:
        """The period as addresses write it."""
        return self.period.slug_in(self.cluster)

    @cached_property
    def figures(self) -> dict[str, Compared]:
        return {
            key: Compared(figure, self.value(figure, self.period), self.value(figure, self.comparison))
            for key, figure in FIGURES.items()
        }

    def value(self, figure: Figure, period: Period, at: Slice = WHOLE_CLUSTER) -> Value:
        """A figure, or a slice of it: records where there are any, with what units without records declared.

        Without records, the declared rows of rule 4; what they cannot tell, as a month, has records only.
        """
        ground = self.facts.ground(figure, period)
        if not ground.has_records:
            return (
                UNKNOWN
                if at.is_of_records_only
                else _declared_value(ground.declared.of(at.party, at.unit, at.category))
            )
        recorded = self.facts.amount(figure, period, at)
        absent = set() if at.is_of_records_only else ground.absent
        if at.unit:
            absent = absent & {at.unit}
        elif at.party:
            absent = absent & {unit for unit, party in ground.declared.party_of.items() if party == at.party}
        added = [
            amount for unit in sorted(absent) if (amount := ground.declared.of_unit(unit, at.category)) is not None
        ]
        return _with_records(recorded, added)

    @cached_property
    def headline(self) -> list[tuple[str, str]]:
        """The three sentences of the conference, each with the key of its figure."""
        patrols, people, incidents = (self.figures[key] for key in ("joint_patrols", "participations", "incidents"))
        return [
            (patrols.key, self.wording.patrols(patrols.this.value, patrols.this.qualifier)),
            (people.key, self.wording.participations(people.this.value, people.this.qualifier)),
            (
                incidents.key,
                self.wording.incidents(
                    incidents.this.value,
                    incidents.this.qualifier,
                    change=incidents.change,
                    previous=incidents.before.value,
                ),
            ),
        ]

    @cached_property
    def by_category(self) -> list[CategoryRow]:
        """Incidents and persons by category; what has none known stands in a last row, so that they add up."""
        incidents, persons = FIGURES["incidents"], FIGURES["persons_involved"]
        categories = Category.objects.filter(cluster=self.cluster)
        rows = [
            CategoryRow(
                category,
                self.value(incidents, self.period, Slice(category=category.pk)).value,
                self.value(persons, self.period, Slice(category=category.pk)).value,
                self.value(incidents, self.comparison, Slice(category=category.pk)).value,
            )
            for category in categories
        ]
        rows = [row for row in rows if row.incidents or row.persons or row.previous]
        rows.sort(key=lambda row: -(row.incidents or 0))
        rest = CategoryRow(
            None,
            _rest(self.figures["incidents"].this.value, (row.incidents for row in rows)),
            _rest(self.figures["persons_involved"].this.value, (row.persons for row in rows)),
            _rest(self.figures["incidents"].before.value, (row.previous for row in rows)),
        )
        return [*rows, rest] if rest.incidents or rest.persons or rest.previous else rows

    @cached_property
    def by_month(self) -> list[MonthRow]:
        """Records by month; a declared figure has no month and stands in a last row (rule 4)."""
        months = list(self.period.months())
        before: list[Period | None] = list(self.comparison.months())
        before += [None] * (len(months) - len(before))
        rows = [
            MonthRow(month, compared, self._of_month(month, self.period), self._of_month(compared, self.comparison))
            for month, compared in zip(months, before, strict=False)
        ]
        rest = MonthRow(
            None,
            None,
            {key: _rest(self.figures[key].this.value, (row.values[key] for row in rows)) for key in MONTH_COLUMNS},
            {key: _rest(self.figures[key].before.value, (row.before[key] for row in rows)) for key in MONTH_COLUMNS},
        )
        return [*rows, rest] if any(rest.values.values()) or any(rest.before.values()) else rows

    def _of_month(self, month: Period | None, period: Period) -> dict[str, int | None]:
        """Blank, not zero, where the whole period has no record of the kind."""
        if month is None:
            return dict.fromkeys(MONTH_COLUMNS)
        return {key: self.value(FIGURES[key], period, Slice(month=month)).value for key in MONTH_COLUMNS}

    @cached_property
    def by_unit(self) -> list[UnitRow]:
        """Parties with their units, then what no member answers for, so that each column adds up to its total."""
        rows: list[UnitRow] = []
        for party in self._parties:
            rows.append(UnitRow(party.name, party, None, self._of_party(party)))
            rows += [UnitRow(unit.name, party, unit, self._of_unit(unit, party)) for unit in self._units_of(party)]
        rest: dict[str, int | None] = dict.fromkeys(UNIT_COLUMNS)
        for column, key in FIGURE_OF_COLUMN.items():
            parties = (row.values[column] for row in rows if row.unit is None)
            rest[column] = _rest(self.figures[key].this.value, parties)
        if any(rest.values()):
            rows.append(UnitRow(REST["unit"], None, None, rest))
        return rows

    @cached_property
    def unit_totals(self) -> dict[str, int | None]:
        """The printed line that reconciles the columns with the cluster's totals (rule 3)."""
        totals: dict[str, int | None] = {c: self.figures[key].this.value for c, key in FIGURE_OF_COLUMN.items()}
        return totals | {"took_part": None}

    @cached_property
    def _parties(self) -> list[Party]:
        parties = {member.party_id: member.party for member in self.facts.members}
        return sorted(parties.values(), key=lambda party: (party.position, party.name))

    def _units_of(self, party: Party) -> list[PoliceUnit]:
        members = (m for m in self.facts.members if m.party_id == party.pk and _in(m, self.period))
        units = {member.unit_id: member.unit for member in members}
        return sorted(units.values(), key=lambda unit: unit.name)

    def _of_party(self, party: Party) -> dict[str, int | None]:
        return self._row_values(Slice(party=party.pk)) | {"took_part": None}

    def _of_unit(self, unit: PoliceUnit, party: Party) -> dict[str, int | None]:
        values = self._row_values(Slice(party=party.pk, unit=unit.pk))
        patrols = sum(n for (pk, day), n in self.facts.took_part.items() if pk == unit.pk and day in self.period)
        return values | {
            "took_part": patrols if self.facts.has_records(FIGURES["participations"], self.period) else None
        }

    def _row_values(self, at: Slice) -> dict[str, int | None]:
        return {column: self.value(FIGURES[key], self.period, at).value for column, key in FIGURE_OF_COLUMN.items()}

    def rest_of(self, key: str, dimension: str) -> int | None:
        """What the breakdown by ``unit``, ``month`` or ``category`` could not place of a figure of this period."""
        if dimension == "unit":
            columns = [column for column, figure in FIGURE_OF_COLUMN.items() if figure == key]
            return (
                next((row.values[columns[0]] for row in self.by_unit if row.party is None), None) if columns else None
            )
        if dimension == "month":
            return next((row.values.get(key) for row in self.by_month if row.month is None), None)
        rest = next((row for row in self.by_category if row.category is None), None)
        return {"incidents": rest.incidents, "persons_involved": rest.persons}.get(key) if rest else None


def _in(member: MemberUnit, period: Period) -> bool:
    return member.joined <= period.end and (member.left is None or member.left >= period.start)


def _declared_value(amount: Amount | None) -> Value:
    return Value(amount.value, amount.qualifier, DECLARED, amount.rows) if amount else UNKNOWN


def _with_records(recorded: int, added: list[Amount]) -> Value:
    if not added:
        return Value(recorded, EXACT, RECORDS)
    return Value(
        recorded + sum(amount.value for amount in added),
        join_qualifiers(amount.qualifier for amount in added),
        MIXED,
        tuple(row for amount in added for row in amount.rows),
    )


def _rest(total: int | None, parts: Iterable[int | None]) -> int | None:
    """What of a total no part holds; None if the total is not known."""
    return None if total is None else total - sum(part or 0 for part in parts)
