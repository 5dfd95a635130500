"""Counting rule 4, clause by clause, on rows that need no database."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from incidents.models import DeclaredFigure
from reports.declared import Declarations, cover, join_qualifiers
from reports.periods import Period

YEAR = Period(dt.date(2017, 1, 1), dt.date(2017, 12, 31))
NORTH, SOUTH = 1, 2
THEFT, GAMBLING = 11, 12
PARTY_OF = {101: NORTH, 102: NORTH, 201: SOUTH}


def row(
    value: int,
    *,
    months: tuple[int, int] = (1, 12),
    party: int | None = None,
    unit: int | None = None,
    category: int | None = None,
    qualifier: str = "exact",
) -> DeclaredFigure:
    start, end = dt.date(2017, months[0], 1), Period(dt.date(2017, months[1], 1), dt.date(2017, 12, 31))
    last = next(iter(end.months())).end
    return DeclaredFigure(
        metric="incidents",
        date_from=start,
        date_to=last,
        party_id=party,
        unit_id=unit,
        category_id=category,
        value=value,
        qualifier=qualifier,
    )


def declared(*rows: DeclaredFigure) -> Declarations:
    return Declarations(rows, period=YEAR, party_of=PARTY_OF)


def value_of(*rows: DeclaredFigure) -> int | None:
    amount = declared(*rows).of_cluster()
    return amount.value if amount else None


def test_a_row_of_equal_dates_serves() -> None:
    assert value_of(row(39)) == 39


def test_rows_that_cover_the_period_exactly_add_up() -> None:
    assert value_of(row(20, months=(1, 6)), row(19, months=(7, 12))) == 39


def test_rows_that_leave_a_gap_serve_nothing() -> None:
    assert value_of(row(20, months=(1, 6)), row(19, months=(8, 12))) is None


def test_rows_that_overlap_serve_nothing() -> None:
    assert value_of(row(20, months=(1, 7)), row(19, months=(7, 12))) is None


def test_the_row_of_the_whole_period_wins_over_its_parts() -> None:
    assert value_of(row(20, months=(1, 6)), row(20, months=(7, 12)), row(39)) == 39


def test_the_widest_row_is_the_value_and_narrower_ones_its_parts() -> None:
    rows = declared(row(112), row(13, party=NORTH), row(5, category=THEFT))
    assert rows.of_cluster().value == 112
    assert rows.of_party(NORTH).value == 13
    assert rows.of_cluster(THEFT).value == 5


def test_without_a_widest_row_categories_add_up_first() -> None:
    assert value_of(row(5, category=THEFT), row(6, category=GAMBLING), row(40, party=NORTH)) == 11


def test_without_categories_parties_add_up_and_units_do_not_join_them() -> None:
    assert value_of(row(7, party=NORTH), row(8, party=SOUTH), row(100, unit=101)) == 15


def test_without_parties_units_add_up() -> None:
    assert value_of(row(3, unit=101), row(4, unit=201)) == 7


def test_a_party_without_a_row_is_the_sum_of_its_units() -> None:
    rows = declared(row(3, unit=101), row(4, unit=102), row(9, unit=201))
    assert rows.of_party(NORTH).value == 7


def test_a_unit_that_declares_by_category_is_their_sum() -> None:
    rows = declared(row(3, unit=101, category=THEFT), row(4, unit=101, category=GAMBLING))
    assert rows.of_unit(101).value == 7


def test_nothing_declared_is_nothing_known() -> None:
    assert value_of() is None
    assert value_of(row(0)) == 0


@pytest.mark.parametrize(
    ("parts", "whole"),
    [
        (["exact", "exact"], "exact"),
        (["exact", "hơn"], "hơn"),
        (["hơn", "trên"], "hơn"),
        (["gần", "gần"], "gần"),
        (["hơn", "gần"], "khoảng"),
        (["exact", "khoảng"], "khoảng"),
    ],
)
def test_a_sum_is_as_exact_as_its_parts(parts: list[str], whole: str) -> None:
    assert join_qualifiers(parts) == whole


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)).map(sorted), max_size=12))
def test_cover_is_a_partition_of_the_period_or_empty(spans: list[list[int]]) -> None:
    chosen = cover([row(1, months=(first, last)) for first, last in spans], YEAR)
    days = [day for r in chosen for day in range(r.date_from.toordinal(), r.date_to.toordinal() + 1)]
    assert days in ([], list(range(YEAR.start.toordinal(), YEAR.end.toordinal() + 1)))


@given(st.permutations([(1, 3), (4, 6), (7, 9), (10, 12), (1, 6), (2, 5), (7, 8)]))
def test_cover_takes_the_fewest_rows_in_any_order(spans: list[tuple[int, int]]) -> None:
    chosen = cover([row(1, months=span) for span in spans], YEAR)
    assert [(r.date_from.month, r.date_to.month) for r in chosen] == [(1, 6), (7, 9), (10, 12)]
