"""The dates of a series: in order, within their bounds, on the right weekday, and what becomes of month ends."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from patrols.recurrence import MOST_DATES, Repeat, Rule, dates_of

MONTHLY = (Repeat.MONTH_DAY, Repeat.MONTH_WEEKDAY)
days = st.dates(dt.date(1976, 1, 1), dt.date(2100, 12, 31))
ends = st.fixed_dictionaries(
    {}, optional={"count": st.integers(1, MOST_DATES), "until": days, "every_weeks": st.integers(1, 12)}
)
rules = st.builds(
    lambda repeat, weekdays, ends: Rule(repeat=repeat, weekdays=weekdays, **ends),
    st.sampled_from(Repeat.values),
    st.frozensets(st.integers(0, 6)),
    ends,
)


def days_of(first, **rule):
    return [date.day for date in dates_of(first, Rule(**rule))]


@given(days, rules)
def test_dates_ascend_within_their_bounds(first, rule):
    found = [date.day for date in dates_of(first, rule)]
    assert found == sorted(set(found))
    assert all(first <= day <= (rule.until or dt.date.max) for day in found)
    assert len(found) <= min(rule.count or MOST_DATES + 1, MOST_DATES + 1)


@given(days, rules)
def test_series_without_a_last_day_has_all_its_dates(first, rule):
    expected = 1 if rule.repeat == Repeat.NONE else rule.count or MOST_DATES + 1
    if rule.until is None:
        assert len(dates_of(first, rule)) == expected


@given(days, st.frozensets(st.integers(0, 6), min_size=1), st.integers(1, 12))
def test_weekly_dates_fall_on_the_chosen_days_of_every_nth_week(first, weekdays, every):
    found = days_of(first, repeat=Repeat.WEEKLY, weekdays=weekdays, every_weeks=every, count=20)
    mondays = [day - dt.timedelta(days=day.weekday()) for day in [first, *found]]
    assert {day.weekday() for day in found} <= weekdays
    assert {(monday - mondays[0]).days % (7 * every) for monday in mondays} == {0}
    assert len(found) == 20


@given(days, st.sampled_from(MONTHLY))
def test_monthly_dates_are_one_in_each_month(first, repeat):
    found = days_of(first, repeat=repeat, count=30)
    months = [day.year * 12 + day.month for day in found]
    assert months == list(range(months[0], months[0] + 30))


@given(days)
def test_monthly_weekday_stays_the_nth_or_is_said_to_be_the_last(first):
    for date in dates_of(first, Rule(repeat=Repeat.MONTH_WEEKDAY, count=30)):
        nth = (date.day.day - 1) // 7
        assert date.day.weekday() == first.weekday()
        assert nth == (3 if date.is_replaced else (first.day - 1) // 7)
        assert not date.is_replaced or (date.day + dt.timedelta(weeks=1)).month != date.day.month


@given(days)
def test_monthly_day_stays_the_same_or_is_said_to_be_the_last(first):
    for date in dates_of(first, Rule(repeat=Repeat.MONTH_DAY, count=30)):
        is_last = (date.day + dt.timedelta(days=1)).day == 1
        assert (is_last and date.day.day < first.day) if date.is_replaced else date.day.day == first.day


@pytest.mark.parametrize(
    ("first", "expected"),
    [
        ("2026-10-31", ["2026-10-31", "2026-11-30", "2026-12-31", "2027-01-31", "2027-02-28", "2027-03-31"]),
        ("2027-12-29", ["2027-12-29", "2028-01-29", "2028-02-29", "2028-03-29", "2028-04-29", "2028-05-29"]),
        ("2028-02-29", ["2028-02-29", "2028-03-29", "2028-04-29", "2028-05-29", "2028-06-29", "2028-07-29"]),
    ],
)
def test_month_without_such_a_day_takes_its_last(first, expected):
    found = days_of(dt.date.fromisoformat(first), repeat=Repeat.MONTH_DAY, count=6)
    assert [day.isoformat() for day in found] == expected


def test_fifth_friday_is_the_last_one_where_there_are_four():
    dates = dates_of(dt.date(2027, 1, 29), Rule(repeat=Repeat.MONTH_WEEKDAY, count=4))
    assert [(date.day.isoformat(), date.is_replaced) for date in dates] == [
        ("2027-01-29", False),
        ("2027-02-26", True),
        ("2027-03-26", True),
        ("2027-04-30", False),
    ]


def test_weekly_without_a_day_ticked_keeps_that_of_the_first():
    assert days_of(dt.date(2026, 12, 4), repeat=Repeat.WEEKLY, until=dt.date(2026, 12, 18)) == [
        dt.date(2026, 12, 4),
        dt.date(2026, 12, 11),
        dt.date(2026, 12, 18),
    ]


def test_weekly_days_before_the_first_date_are_left_out():
    friday = dt.date(2026, 12, 4)
    found = days_of(friday, repeat=Repeat.WEEKLY, weekdays=frozenset({1, 4}), every_weeks=2, count=3)
    assert found == [friday, dt.date(2026, 12, 15), dt.date(2026, 12, 18)]


def test_none_is_one_date_and_may_be_after_the_end():
    friday = dt.date(2026, 12, 4)
    assert (days_of(friday), days_of(friday, until=dt.date(2026, 12, 3))) == ([friday], [])
