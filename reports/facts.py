"""What the database says for the figures of some periods, in a number of queries that no row changes."""

import datetime as dt
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Any, NamedTuple

from django.db.models import Aggregate, BigIntegerField, Case, Count, DateField, F, Q, Value, When
from django.db.models.functions import Cast

from cluster.models import Cluster, MemberUnit
from incidents.models import DeclaredFigure
from patrols.models import JointPatrol
from reports.declared import Declarations
from reports.figures import (
    DIMENSIONS,
    GROUPED,
    INCIDENTS,
    LINES,
    PATROLS,
    WHOLE,
    Figure,
    figures_of,
)
from reports.kinds import Kind, any_of, rows_where
from reports.periods import Period
from reports.slices import OUTSIDE, WHOLE_CLUSTER, Slice

# With its type said: PostgreSQL takes two columns of plain NULLs for text, which a third of numbers does not match.
_NOTHING = Cast(Value(None), BigIntegerField())


class Cell(NamedTuple):
    """The amounts of all figures and tallies of a kind for one date, unit, category and so on."""

    date: dt.date
    unit: int | None
    category: int | None
    force: int | None
    campaign: int
    outcome: str | None
    amounts: dict[str, int | None]


class Ground(NamedTuple):
    """What a figure stands on in a period: whether there are records, and who declared without any (rule 4)."""

    has_records: bool
    declared: Declarations
    absent: set[int]


class Facts:
    """Records, memberships and declared rows of a cluster in some periods, read once.

    Of the periods ``in_total`` only whole figures are known, not their months or the party of a unit: their days are
    drawn together in the same queries, so that years of a trend cost a few cells and no query.
    """

    def __init__(self, cluster: Cluster, periods: Sequence[Period], *, in_total: Sequence[Period] = ()) -> None:
        self.cluster = cluster
        self.periods = tuple(dict.fromkeys(periods))
        self._all_periods = tuple(dict.fromkeys((*periods, *in_total)))
        self.members = list(
            MemberUnit.objects.filter(party__cluster=cluster).select_related("party", "unit__administrative_unit")
        )
        self.grouped = {kind: list(self._group(kind)) for kind in GROUPED if not kind.is_small}
        self.grouped |= self._group_together([kind for kind in GROUPED if kind.is_small])
        self.whole = {(kind, period): found for kind in WHOLE for period, found in self._aggregate(kind).items()}
        self.took_part = self._took_part()
        self._recorded = {kind: self._recorded_units(kind) for kind in GROUPED if kind.counted is not kind.recorded}
        self._declared = self._declared_rows()
        self._memberships: dict[int, list[MemberUnit]] = defaultdict(list)
        for member in self.members:
            self._memberships[member.unit_id].append(member)
        self._parts: dict[tuple[Kind, Period, str], dict[Hashable, list[Cell]]] = {}
        self._grounds: dict[tuple[str, Period], Ground] = {}

    def party_on(self, unit: int | None, day: dt.date) -> int | None:
        """The party of which the unit is a member on the day."""
        memberships = self._memberships.get(unit, ()) if unit is not None else ()
        return next((member.party_id for member in memberships if member.holds_on(day)), None)

    def ground(self, figure: Figure, period: Period) -> Ground:
        found = self._grounds.get((figure.key, period))
        if found is None:
            declared = self.declarations(figure.key, period)
            absent = declared.units() - self.units_recorded(figure, period)
            found = self._grounds[figure.key, period] = Ground(self.has_records(figure, period), declared, absent)
        return found

    def declarations(self, key: str, period: Period) -> Declarations:
        party_of = {member.unit_id: member.party_id for member in self.members if _touches(member, period)}
        return Declarations(self._declared[key], period=period, party_of=party_of)

    def units_recorded(self, figure: Figure, period: Period) -> set[int]:
        """The units that have a record of the figure's kind in the period, counted or not (rule 4)."""
        kind = figure.kind
        if kind in (PATROLS, LINES):
            # A unit that only took part has a record of the patrol as well as the one that led it.
            both = self._recorded[PATROLS] | self._recorded[LINES]
            return {unit for unit, day in both if day in period}
        if kind in self.grouped:
            cells = self.cells(kind, period)
            return {cell.unit for cell in cells if cell.unit is not None and self._knows(figure, cell)}
        return set()

    def has_records(self, figure: Figure, period: Period) -> bool:
        """Whether the period has a record of the kind, counted or not (rule 5)."""
        if figure.kind in WHOLE:
            return bool(self.whole[figure.kind, period]["recorded"])
        if figure.kind in self._recorded:
            return any(day in period for _unit, day in self._recorded[figure.kind])
        if figure.kind is None:
            return False
        return any(self._knows(figure, cell) for cell in self.cells(figure.kind, period))

    def amount(self, figure: Figure, period: Period, at: Slice = WHOLE_CLUSTER) -> int:
        """The figure's value by records alone."""
        if figure.kind in WHOLE:
            return self.whole[figure.kind, period][figure.key] or 0
        return self.tally(figure.kind, figure.key, period, at) if figure.kind else 0

    def row_count(self, figure: Figure, period: Period, at: Slice = WHOLE_CLUSTER) -> int:
        """How many rows the figure's value is made of."""
        if figure.kind and figure.tally:
            return self.tally(figure.kind, figure.tally, period, at)
        return self.amount(figure, period, at)

    def tally(self, kind: Kind, key: str, period: Period, at: Slice = WHOLE_CLUSTER) -> int:
        """The sum of an amount, of a figure's or a tally's key, over the cells of a slice."""
        return sum(cell.amounts[key] or 0 for cell in self.cells(kind, period, at))

    def cells(self, kind: Kind, period: Period, at: Slice = WHOLE_CLUSTER) -> list[Cell]:
        """The cells of a slice; the last field that it names is looked up, the others narrow what is found there."""
        asked = [(name, wanted) for name, wanted in at._asdict().items() if wanted is not None]
        if not asked:
            return self._parts_by(kind, period, "").get("", [])
        *others, (name, wanted) = asked
        found = self._parts_by(kind, period, name).get(wanted, [])
        for name, wanted in others:
            place = self._place(name, period)
            found = [cell for cell in found if place(cell) == wanted]
        return found

    def _parts_by(self, kind: Kind, period: Period, name: str) -> dict[Hashable, list[Cell]]:
        """The kind's cells in the period by a field of ``Slice``, or all together under an empty name."""
        parts = self._parts.get((kind, period, name))
        if parts is None:
            parts = self._parts[kind, period, name] = defaultdict(list)
            place = self._place(name, period)
            cells = self._parts_by(kind, period, "").get("", []) if name else self.grouped[kind]
            for cell in cells:
                if name or cell.date in period:
                    parts[place(cell)].append(cell)
        return parts

    def _place(self, name: str, period: Period) -> Callable[[Cell], Hashable]:
        if name == "party":
            return lambda cell: self.party_on(cell.unit, cell.date)
        if name == "month":
            months = list(period.months())
            starts = [month.start for month in months]
            return lambda cell: months[bisect_right(starts, cell.date) - 1]
        return (lambda cell: getattr(cell, name)) if name else (lambda cell: "")

    def entries(self) -> set[tuple[int, dt.date]]:
        """Each unit and date that any patrol or incident names, counted or not."""
        incidents = {(cell.unit, cell.date) for cell in self.grouped[INCIDENTS] if cell.unit is not None}
        return self._recorded[PATROLS] | self._recorded[LINES] | incidents

    def declaring_units(self, period: Period) -> set[int]:
        """The units that declared anything for the period or a part of it, a zero included."""
        rows = (row for rows in self._declared.values() for row in rows)
        return {row.unit_id for row in rows if row.unit_id and row.date_from in period and row.date_to in period}

    def one_party_patrols(self, period: Period) -> int:
        """Completed patrols that do not count because forces of fewer than two parties took part (rule 1)."""
        patrols = JointPatrol.objects.of(self.cluster).in_period(period.start, period.end)
        return patrols.of_one_party().count()

    @staticmethod
    def _knows(figure: Figure, cell: Cell) -> bool:
        return figure.stated is None or cell.amounts[figure.key] is not None

    def _day(self, field: str) -> Case | F:
        """The day of a row; of a stretch that only whole figures are asked of, its first day for all its days."""
        stretches = list(_stretches(self.periods, self._all_periods))
        if not stretches:
            return F(field)
        firsts = (When(stretch.condition(field), then=Value(stretch.start)) for stretch in stretches)
        return Case(*firsts, default=F(field), output_field=DateField())

    def _group(self, kind: Kind) -> Iterator[Cell]:
        lookups = {f"cell_{name}": F(lookup) for name in DIMENSIONS if (lookup := getattr(kind, name))}
        amounts = _amounts(kind)
        named = {f"amount_{key}": amount for key, amount in amounts.items()}
        rows = kind.counted(self.cluster, self._all_periods).order_by()
        for row in rows.values(cell_date=self._day(kind.date), **lookups).annotate(**named):
            yield _cell(row, amounts)

    def _group_together(self, kinds: Sequence[Kind]) -> dict[Kind, list[Cell]]:
        """The cells of small kinds in one statement: one each would add up to more than a page may ask."""
        most = max(len(_amounts(kind)) for kind in kinds)
        parts = []
        for place, kind in enumerate(kinds):
            amounts = [*_amounts(kind).values(), *[_NOTHING] * most]
            named = {f"amount_{n}": amount for n, amount in enumerate(amounts[:most])}
            day, unit = Cast(self._day(kind.date), DateField()), F(kind.unit) if kind.unit else _NOTHING
            rows = kind.counted(self.cluster, self._all_periods).order_by()
            parts.append(rows.values(cell_kind=Value(place), cell_date=day, cell_unit=unit).annotate(**named))
        cells: dict[Kind, list[Cell]] = {kind: [] for kind in kinds}
        for row in parts[0].union(*parts[1:], all=True):
            kind = kinds[row["cell_kind"]]
            named = {f"amount_{key}": row[f"amount_{n}"] for n, key in enumerate(_amounts(kind))}
            cells[kind].append(_cell(row | named, _amounts(kind)))
        return cells

    def _aggregate(self, kind: Kind) -> dict[Period, dict[str, int]]:
        """The figures of a kind that does not add up over dates, and how many records of it there are."""
        keys = [figure.key for figure in figures_of(kind)]
        amounts: dict[str, Aggregate] = {}
        records: dict[str, Aggregate] = {}
        for n, period in enumerate(self.periods):
            within = kind.within(period) if kind.within else Q()
            amounts |= {f"{figure.key}_{n}": figure.expression(within) for figure in figures_of(kind)}
            records[f"recorded_{n}"] = rows_where(kind.known_within(period) if kind.known_within else within)
        rows = kind.counted(self.cluster, self.periods)
        if kind.counted is kind.recorded:
            found = rows.aggregate(**amounts, **records)
        elif kind.known_within:  # what counts is told from the other records by ``within`` alone
            found = kind.recorded(self.cluster, self.periods).aggregate(**amounts, **records)
        else:
            found = rows.aggregate(**amounts) | kind.recorded(self.cluster, self.periods).aggregate(**records)
        return {
            period: {key: found[f"{key}_{n}"] for key in (*keys, "recorded")} for n, period in enumerate(self.periods)
        }

    def _took_part(self) -> dict[tuple[int, dt.date], int]:
        """How many counted patrols a unit took part in, by date: a column that does not add up (rule 3)."""
        lines = LINES.counted(self.cluster, self.periods).order_by()
        rows = lines.values_list("unit", "local_date").annotate(n=Count("patrol", distinct=True))
        return {(unit, day): n for unit, day, n in rows}

    def _recorded_units(self, kind: Kind) -> set[tuple[int, dt.date]]:
        rows = kind.recorded(self.cluster, self._all_periods).order_by()
        return set(rows.values_list(kind.unit, self._day(kind.date)).distinct())

    def _declared_rows(self) -> dict[str, list[DeclaredFigure]]:
        rows = DeclaredFigure.objects.filter(
            any_of(self._all_periods, "date_from"), any_of(self._all_periods, "date_to"), cluster=self.cluster
        ).select_related("party", "unit", "category")
        by_metric: dict[str, list[DeclaredFigure]] = defaultdict(list)
        for row in rows.order_by("date_from", "pk"):
            by_metric[row.metric].append(row)
        return by_metric


def _touches(member: MemberUnit, period: Period) -> bool:
    return member.joined <= period.end and (member.left is None or member.left >= period.start)


def _stretches(periods: Sequence[Period], all_periods: Sequence[Period]) -> Iterator[Period]:
    """Where no start or end of any period lies between two days, and none of ``periods`` holds them."""
    day = dt.timedelta(days=1)
    edges = sorted({period.start for period in all_periods} | {period.end + day for period in all_periods})
    for first, following in pairwise(edges):
        if any(first in period for period in all_periods) and not any(first in period for period in periods):
            yield Period(first, following - day)


def _amounts(kind: Kind) -> dict[str, Aggregate]:
    """What is added up of the kind's rows: its figures and tallies."""
    return {figure.key: figure.expression() for figure in figures_of(kind)} | dict(kind.tallies)


def _cell(row: dict[str, Any], keys: Iterable[str]) -> Cell:
    return Cell(
        row["cell_date"],
        row.get("cell_unit"),
        row.get("cell_category"),
        row.get("cell_force"),
        row.get("cell_campaign") or OUTSIDE,
        row.get("cell_outcome"),
        {key: row[f"amount_{key}"] for key in keys},
    )
