"""What the database refuses of briefings, their patterns and their conclusions, past every form."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError
from django.utils import timezone

from cluster.models import Briefing, BriefingHost, FollowUp
from cluster.tests.briefing_factories import make_briefing, make_conclusion, make_pattern
from cluster.tests.constraints import Case, assert_refused, cases_of, copy_of, insert, update
from cluster.tests.factories import make_cluster, make_party, make_unit

pytestmark = pytest.mark.django_db

A_DAY = dt.date(2017, 6, 20)


def briefing(**fields):
    return make_briefing(cluster=make_cluster(), **fields)


def pattern(**fields):
    return make_pattern(cluster=make_cluster(), **fields)


def conclusion(**fields):
    return make_conclusion(briefing=briefing(), **fields)


def host():
    return BriefingHost.objects.create(pattern=pattern(), position=0, unit=make_unit())


def follow_up():
    return FollowUp.objects.create(conclusion=conclusion(), briefing=briefing(), noted_on=A_DAY, state="open")


def second(row, **changes):
    """Another record beside the row, which it resembles in all but its id and the changes."""
    insert(copy_of(row, client_id=uuid.uuid4(), **changes))


OF_BRIEFINGS = [
    Case("pattern_level_and_cycle_known", lambda: update(pattern(), level="province")),
    Case("pattern_level_and_cycle_known", lambda: update(pattern(), cycle="extra")),
    Case("pattern_level_and_cycle_known", lambda: update(pattern(), due_in="before")),
    Case("pattern_due_on_a_day_of_a_month", lambda: update(pattern(), due_day=0)),
    Case("pattern_due_on_a_day_of_a_month", lambda: update(pattern(), due_day=32)),
    Case("pattern_dates_in_order", lambda: update(pattern(), date_to=dt.date(2016, 12, 31))),
    Case("briefing_host_once_a_place", lambda: insert(copy_of(host()))),
    Case("briefing_host_unit_or_party", lambda: update(host(), unit=None)),
    Case("briefing_host_unit_or_party", lambda: update(host(), party=make_party())),
    Case("briefing_level_known", lambda: update(briefing(), level="province")),
    Case("briefing_of_a_period_of_its_year", lambda: update(briefing(), number=13)),
    Case("briefing_of_a_period_of_its_year", lambda: update(briefing(), number=0)),
    Case("briefing_of_a_period_of_its_year", lambda: update(briefing(), cycle="quarter", number=5)),
    Case("briefing_of_a_period_of_its_year", lambda: update(briefing(), cycle="half", number=3)),
    Case("briefing_of_a_period_of_its_year", lambda: update(briefing(), cycle="year", number=2)),
    Case("briefing_of_a_period_of_its_year", lambda: update(briefing(), cycle="extra", number=1)),
    Case("briefing_once_a_period", lambda: second(briefing())),
    Case("briefing_dated_by_what_happened", lambda: update(briefing(), local_date=dt.date(2017, 6, 21))),
    Case("briefing_dated_by_what_happened", lambda: update(briefing(), held_on=None)),
    Case("briefing_has_one_host", lambda: update(briefing(), host_unit=None)),
    Case("briefing_has_one_host", lambda: update(briefing(), host_party=make_party())),
    Case("briefing_times_in_order", lambda: update(briefing(), starts_at=dt.time(9), ends_at=dt.time(9))),
    Case("briefing_times_in_order", lambda: update(briefing(), ends_at=dt.time(9))),
    Case("briefing_held_or_called_off", lambda: update(briefing(), called_off="Mưa lũ")),
    Case("briefing_headcount_from_one", lambda: update(briefing(), headcount=0)),
    Case("conclusion_text_given", lambda: update(conclusion(), text="")),
    Case("conclusion_has_one_owner", lambda: update(conclusion(), owner_body="")),
    Case("conclusion_has_one_owner", lambda: update(conclusion(), owner_unit=make_unit())),
    Case("conclusion_settled_on_a_day", lambda: update(conclusion(), state="done")),
    Case("conclusion_settled_on_a_day", lambda: update(conclusion(), settled_on=A_DAY)),
    Case("follow_up_once_a_briefing", lambda: insert(copy_of(follow_up(), note="Khác"))),
    Case("follow_up_state_known", lambda: update(follow_up(), state="lost")),
]


@cases_of(OF_BRIEFINGS)
def test_database_refuses(case):
    assert_refused(case)


@pytest.mark.parametrize("make", [briefing, pattern, conclusion])
def test_client_id_is_taken_for_ever(make):
    with pytest.raises(IntegrityError):
        insert(copy_of(make(deleted_at=timezone.now()), deleted_at=None))


def test_deleted_briefing_makes_room():
    second(briefing(deleted_at=timezone.now()), deleted_at=None)
    assert Briefing.objects.count() == 2


def test_extraordinary_briefings_are_many():
    second(briefing(cycle="extra", number=0))
    assert Briefing.objects.count() == 2
