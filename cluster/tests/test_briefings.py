"""The pattern of briefings: every period has one due date, and the order of hosts holds when one leaves or joins."""

import calendar
import datetime as dt
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster.briefings import MONTHS, Cycle, Rule, Term, Turn

ALWAYS = ((dt.date(1900, 1, 1), None),)
UNTIL = dt.date(2021, 12, 31)
DAYS = st.dates(dt.date(2015, 1, 1), dt.date(2020, 12, 31))
CYCLES = st.sampled_from(sorted(MONTHS))
HOSTS = st.lists(st.sampled_from("ABCDEFG"), unique=True, min_size=1).map(tuple)


def rule_of(hosts="AB", *, cycle="month", spells=None, **changes):
    turns = tuple(Turn(host, (spells or {}).get(host, ALWAYS)) for host in hosts)
    fields = {"cycle": cycle, "due_day": 25, "is_due_after": False, "starts": dt.date(2017, 1, 1), "turns": turns}
    return Rule(**(fields | changes))


RULES = st.builds(rule_of, HOSTS, cycle=CYCLES, due_day=st.integers(1, 31), is_due_after=st.booleans(), starts=DAYS)


@given(CYCLES, DAYS)
def test_term_holds_its_day_and_joins_the_next(cycle, day):
    term = Term.holding(cycle, day)
    assert term.start <= day <= term.end
    assert term.following.start == term.end + dt.timedelta(days=1)


@given(RULES)
def test_every_period_has_one_due_date(rule):
    duties = rule.rota(until=UNTIL)
    assert [duty.term for duty in duties] == list(rule.terms(until=UNTIL))
    assert all(one.following == other for one, other in pairwise(duty.term for duty in duties))
    assert all(one.due_on < other.due_on for one, other in pairwise(duties))


@given(RULES)
def test_due_date_is_the_day_or_the_last_of_its_month(rule):
    for duty in rule.rota(until=UNTIL):
        month = duty.term.following.start if rule.is_due_after else duty.term.end
        last = calendar.monthrange(month.year, month.month)[1]
        assert duty.due_on == dt.date(month.year, month.month, min(rule.due_day, last))


@given(RULES)
def test_hosts_take_turns_in_their_order(rule):
    hosts = [duty.host for duty in rule.rota(until=UNTIL)]
    order = [turn.host for turn in rule.turns]
    assert hosts == [order[number % len(order)] for number in range(len(hosts))]


@given(HOSTS, CYCLES, DAYS, st.data())
def test_rotation_is_stable_when_a_host_leaves(hosts, cycle, day, data):
    leaver = data.draw(st.sampled_from(hosts))
    before = rule_of(hosts, cycle=cycle).rota(until=UNTIL)
    after = rule_of(hosts, cycle=cycle, spells={leaver: ((dt.date(1900, 1, 1), day),)}).rota(until=UNTIL)
    assert [d for d in after if d.due_on <= day] == [d for d in before if d.due_on <= day]
    assert in_turn([d.host for d in after], hosts, absent={leaver}, since=sum(d.due_on <= day for d in after))


@given(HOSTS, CYCLES, DAYS, st.data())
def test_rotation_is_stable_when_a_host_joins(hosts, cycle, day, data):
    joiner = data.draw(st.sampled_from(hosts))
    without = tuple(host for host in hosts if host != joiner)
    before = rule_of(without, cycle=cycle).rota(until=UNTIL)
    after = rule_of(hosts, cycle=cycle, spells={joiner: ((day, None),)}).rota(until=UNTIL)
    assert [d for d in after if d.due_on < day] == [d for d in before if d.due_on < day]
    assert in_turn([d.host for d in after], hosts, absent=set(), since=sum(d.due_on < day for d in after))


def in_turn(held, order, *, absent, since):
    """Whether from then on each is followed by the next in the order who takes part, the first by who was last."""
    present = [host for host in order if host not in absent]
    if not present:
        return set(held[since:]) <= {None}
    pairs = [(one, other) for one, other in pairwise(held[max(0, since - 1) :]) if one is not None]
    return all(_next(order, one, absent) == other for one, other in pairs)


def _next(order, host, absent):
    place = order.index(host)
    return next(other for other in (*order[place + 1 :], *order[: place + 1]) if other not in absent)


def test_pattern_begins_with_the_first_whole_period_and_ends_with_the_last_that_begins():
    rule = rule_of(cycle="quarter", starts=dt.date(2017, 2, 1), ends=dt.date(2017, 10, 1))
    assert [duty.term.number for duty in rule.rota(until=UNTIL)] == [2, 3, 4]


def test_nobody_is_host_while_nobody_takes_part():
    gone = {"A": ((dt.date(2010, 1, 1), dt.date(2017, 2, 28)),)}
    assert [d.host for d in rule_of("A", spells=gone).rota(until=dt.date(2017, 4, 1))] == ["A", "A", None, None]


@pytest.mark.parametrize(
    ("term", "said"),
    [
        (Term("month", 2017, 7), "month 7/2017"),
        (Term("quarter", 2018, 3), "quarter III/2018"),
        (Term("half", 2017, 1), "the first half of 2017"),
        (Term("half", 2017, 2), "the second half of 2017"),
        (Term("year", 2017, 1), "the year 2017"),
    ],
)
def test_term_in_words(term, said):
    from django.utils.translation import override

    with override("en"):
        assert str(term) == said


def test_extraordinary_briefings_have_no_period():
    assert Cycle.EXTRA not in MONTHS
