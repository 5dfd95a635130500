"""Declared figures: which rows serve a period, and what they add up to (counting rule 4)."""

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from incidents.models import DeclaredFigure
from reports.periods import Period

EXACT = DeclaredFigure.Qualifier.EXACT.value
_AT_LEAST = {DeclaredFigure.Qualifier.MORE.value, DeclaredFigure.Qualifier.OVER.value}


class Scope(NamedTuple):
    """What a declared row speaks of; all three empty: the whole cluster and all categories."""

    party: int | None = None
    unit: int | None = None
    category: int | None = None


@dataclass(frozen=True)
class Amount:
    """A declared value with its exactness and the rows it is made of."""

    value: int
    qualifier: str
    rows: tuple[DeclaredFigure, ...]


def join_qualifiers(qualifiers: Iterable[str]) -> str:
    """How exact a sum is: one inexact word stays, "hơn" with "trên" is "hơn", anything else is "khoảng"."""
    inexact = {qualifier for qualifier in qualifiers if qualifier != EXACT}
    if not inexact:
        return EXACT
    if len(inexact) == 1:
        return inexact.pop()
    return DeclaredFigure.Qualifier.MORE.value if inexact <= _AT_LEAST else DeclaredFigure.Qualifier.ABOUT.value


def add_up(amounts: Sequence[Amount]) -> Amount | None:
    """The sum of amounts that stand on one level; none of them: nothing is known."""
    if not amounts:
        return None
    return Amount(
        sum(amount.value for amount in amounts),
        join_qualifiers(amount.qualifier for amount in amounts),
        tuple(row for amount in amounts for row in amount.rows),
    )


def cover(rows: Iterable[DeclaredFigure], period: Period) -> tuple[DeclaredFigure, ...]:
    """The fewest rows that do not overlap and cover the period exactly; empty if no such rows are there."""
    by_start: dict[dt.date, list[DeclaredFigure]] = defaultdict(list)
    for row in rows:
        if row.date_to <= period.end:
            by_start[row.date_from].append(row)
    day_after = period.end + dt.timedelta(days=1)
    best: dict[dt.date, tuple[DeclaredFigure, ...]] = {day_after: ()}
    for start in sorted(by_start, reverse=True):
        chains = [
            (row, *best[next_day])
            for row in by_start[start]
            if (next_day := row.date_to + dt.timedelta(days=1)) in best
        ]
        if chains:
            best[start] = min(chains, key=len)
    return best.get(period.start, ())


class Declarations:
    """The declared rows of one metric that serve a period."""

    def __init__(self, rows: Iterable[DeclaredFigure], *, period: Period, party_of: dict[int, int]) -> None:
        """``party_of`` maps a unit to its party, so that a party's value may be made of its units' rows."""
        self.party_of = party_of
        by_scope: dict[Scope, list[DeclaredFigure]] = defaultdict(list)
        for row in rows:
            by_scope[Scope(row.party_id, row.unit_id, row.category_id)].append(row)
        self.served: dict[Scope, Amount] = {}
        for scope, scoped in by_scope.items():
            if chosen := cover(scoped, period):
                self.served[scope] = Amount(
                    sum(row.value for row in chosen), join_qualifiers(row.qualifier for row in chosen), chosen
                )

    def of(self, party: int | None, unit: int | None, category: int | None) -> Amount | None:
        """What is declared for a unit, a party or the cluster, of one category or all."""
        if unit is not None:
            return self.of_unit(unit, category)
        return self.of_cluster(category) if party is None else self.of_party(party, category)

    def of_cluster(self, category: int | None = None) -> Amount | None:
        """The widest row; without one, categories add up, else parties, else units, never across levels."""
        if (widest := self.served.get(Scope(category=category))) is not None:
            return widest
        levels: list[list[Amount]] = []
        if category is None:
            levels.append(self._where(party=False, unit=False, category=True))
        levels += [
            self._of_level(party=True, category=category),
            self._of_level(unit=True, category=category),
        ]
        return next((add_up(level) for level in levels if level), None)

    def of_party(self, party: int, category: int | None = None) -> Amount | None:
        """What is declared for a party, else for its categories, else for its units."""
        if (own := self.served.get(Scope(party=party, category=category))) is not None:
            return own
        if category is None and (split := self._split(lambda scope: scope.party == party)):
            return add_up(split)
        units = [self.of_unit(unit, category) for unit, of in self.party_of.items() if of == party]
        return add_up([amount for amount in units if amount is not None])

    def of_unit(self, unit: int, category: int | None = None) -> Amount | None:
        """What is declared for a unit, else for its categories."""
        if (own := self.served.get(Scope(unit=unit, category=category))) is not None:
            return own
        return add_up(self._split(lambda scope: scope.unit == unit)) if category is None else None

    def units(self) -> set[int]:
        """The units that have a row of their own."""
        return {scope.unit for scope in self.served if scope.unit is not None}

    def wider_than_units(self) -> list[tuple[Scope, Amount]]:
        """What is declared for the cluster or a party: beside records it is only compared, never added."""
        return [(scope, amount) for scope, amount in self.served.items() if scope.unit is None]

    def _split(self, belongs: Callable[[Scope], bool]) -> list[Amount]:
        return [a for scope, a in self.served.items() if scope.category is not None and belongs(scope)]

    def _of_level(self, *, category: int | None, party: bool = False, unit: bool = False) -> list[Amount]:
        """The rows of all parties, or of all units; where they give only categories, those."""
        if category is not None:
            return [
                amount
                for scope, amount in self.served.items()
                if scope.category == category and bool(scope.party) == party and bool(scope.unit) == unit
            ]
        return self._where(party=party, unit=unit, category=False) or self._where(party=party, unit=unit, category=True)

    def _where(self, *, party: bool, unit: bool, category: bool) -> list[Amount]:
        return [
            amount
            for scope, amount in self.served.items()
            if (scope.party is not None, scope.unit is not None, scope.category is not None) == (party, unit, category)
        ]
