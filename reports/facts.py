"""What the database says for the figures of some periods, in a number of queries that no row changes."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from django.db.models import Count, F

from cluster.models import Cluster, MemberUnit
from incidents.models import DeclaredFigure
from patrols.models import JointPatrol
from reports.declared import Declarations
from reports.figures import (
    GROUPED,
    INCIDENTS,
    LINES,
    NAMED_LINES,
    PATROLS,
    WHOLE,
    Figure,
    Kind,
    any_of,
    figures_of,
)
from reports.periods import Period


class Cell(NamedTuple):
    """The amounts of all figures of a kind for one date, unit and category."""

    date: dt.date
    unit: int | None
    category: int | None
    amounts: dict[str, int | None]


@dataclass(frozen=True)
class Grouped:
    """All that one query says of a kind of record in all periods together."""

    cells: list[Cell]

    def total(self, key: str, where: Callable[[Cell], bool]) -> int:
        return sum(cell.amounts[key] or 0 for cell in self.cells if where(cell))


class Facts:
    """Records, memberships and declared rows of a cluster in some periods, read once."""

    def __init__(self, cluster: Cluster, periods: Sequence[Period]) -> None:
        self.cluster = cluster
        self.periods = tuple(dict.fromkeys(periods))
        self.members = list(
            MemberUnit.objects.filter(party__cluster=cluster).select_related("party", "unit__administrative_unit")
        )
        self.grouped = {kind: self._group(kind) for kind in GROUPED}
        self.whole = {(kind, period): _aggregate(kind, cluster, period) for kind in WHOLE for period in self.periods}
        self.took_part = self._took_part()
        self._recorded = {kind: self._recorded_units(kind) for kind in GROUPED if kind.counted is not kind.recorded}
        self._declared = self._declared_rows()

    def party_on(self, unit: int | None, day: dt.date) -> int | None:
        """The party of which the unit is a member on the day."""
        memberships = (member for member in self.members if member.unit_id == unit)
        return next((member.party_id for member in memberships if member.holds_on(day)), None)

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
            return {
                cell.unit
                for cell in self.grouped[kind].cells
                if cell.date in period and cell.unit is not None and self._knows(figure, cell)
            }
        return set()

    def has_records(self, figure: Figure, period: Period) -> bool:
        """Whether the period has a record of the kind, counted or not (rule 5)."""
        if figure.kind in WHOLE:
            return bool(self.whole[figure.kind, period]["recorded"])
        if figure.kind in self._recorded:
            return any(day in period for _unit, day in self._recorded[figure.kind])
        if figure.kind is None:
            return False
        return any(cell.date in period and self._knows(figure, cell) for cell in self.grouped[figure.kind].cells)

    def amount(self, figure: Figure, period: Period, where: Callable[[Cell], bool] = lambda cell: True) -> int:
        """The figure's value by records alone."""
        if figure.kind in WHOLE:
            return self.whole[figure.kind, period][figure.key] or 0
        if figure.kind is None:
            return 0
        return self.grouped[figure.kind].total(figure.key, lambda cell: cell.date in period and where(cell))

    def entries(self) -> set[tuple[int, dt.date]]:
        """Each unit and date that any patrol or incident names, counted or not."""
        incidents = {(cell.unit, cell.date) for cell in self.grouped[INCIDENTS].cells if cell.unit is not None}
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

    def _group(self, kind: Kind) -> Grouped:
        dimensions = {
            "cell_date": F(kind.date),
            "cell_unit": F(kind.unit),
            **({"cell_category": F(kind.category)} if kind.category else {}),
        }
        amounts = {f"amount_{figure.key}": figure.expression() for figure in figures_of(kind)}
        rows = kind.counted(self.cluster, self.periods).order_by().values(**dimensions).annotate(**amounts)
        return Grouped([_cell(row, figures_of(kind)) for row in rows])

    def _took_part(self) -> dict[tuple[int, dt.date], int]:
        """How many counted patrols a unit took part in, by date: a column that does not add up (rule 3)."""
        lines = LINES.counted(self.cluster, self.periods).order_by()
        rows = lines.values_list("unit", "local_date").annotate(n=Count("patrol", distinct=True))
        return {(unit, day): n for unit, day, n in rows}

    def _recorded_units(self, kind: Kind) -> set[tuple[int, dt.date]]:
        rows = kind.recorded(self.cluster, self.periods).order_by()
        return set(rows.values_list(kind.unit, kind.date).distinct())

    def _declared_rows(self) -> dict[str, list[DeclaredFigure]]:
        rows = DeclaredFigure.objects.filter(
            any_of(self.periods, "date_from"), any_of(self.periods, "date_to"), cluster=self.cluster
        ).select_related("party", "unit", "category")
        by_metric: dict[str, list[DeclaredFigure]] = defaultdict(list)
        for row in rows.order_by("date_from", "pk"):
            by_metric[row.metric].append(row)
        return by_metric


def _touches(member: MemberUnit, period: Period) -> bool:
    return member.joined <= period.end and (member.left is None or member.left >= period.start)


def _cell(row: dict[str, Any], figures: Iterable[Figure]) -> Cell:
    amounts = {figure.key: row[f"amount_{figure.key}"] for figure in figures}
    return Cell(row["cell_date"], row["cell_unit"], row.get("cell_category"), amounts)


def _aggregate(kind: Kind, cluster: Cluster, period: Period) -> dict[str, int | None]:
    """The figures of a kind that does not add up over dates, and whether there is any record of it."""
    amounts = {figure.key: figure.expression() for figure in figures_of(kind)}
    rows = kind.counted(cluster, [period]).aggregate(**amounts, recorded=Count("*"))
    if kind is NAMED_LINES:
        rows["recorded"] = kind.recorded(cluster, [period]).count()
    return rows
