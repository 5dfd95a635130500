"""What the database refuses of campaigns, patrols and lines, past every form."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError
from django.utils import timezone

from cluster.tests.constraints import Case, assert_refused, cases_of, copy_of, insert, named_constraints, update
from cluster.tests.factories import make_cluster, make_user
from patrols.models import CalendarFeed, JointPatrol, NotTwins, TwinLink
from patrols.tests.factories import A_NIGHT, make_campaign, make_patrol, make_photograph

pytestmark = pytest.mark.django_db

HOUR = dt.timedelta(hours=1)


def line():
    return make_patrol().contingents.first()


def insert_copy(row, **changes):
    insert(copy_of(row, **changes))


def insert_patrol(row, **changes):
    """A second patrol under an id of its own."""
    insert_copy(row, **{"client_id": JointPatrol().client_id} | changes)


def planned(**fields):
    return make_patrol(status="scheduled", starts_at=None, planned_start=A_NIGHT, **fields)


def link_of(kept, absorbed):
    return TwinLink(cluster=kept.cluster, kept=kept, absorbed=absorbed, linked_by=make_user(), linked_at=timezone.now())


def parted():
    pair = {"first": make_patrol(), "second": make_patrol()}
    return NotTwins.objects.create(**pair, decided_by=make_user(), decided_at=timezone.now())


def feed():
    user, cluster = make_user(), make_cluster()
    return CalendarFeed.objects.create(cluster=cluster, user=user, token_hash="a" * 64, created_at=A_NIGHT)


CASES = [
    Case("calendar_feed_once_a_user", lambda: insert_copy(feed(), token_hash="b" * 64)),
    Case("campaign_name_once_a_cluster", lambda: insert_copy(make_campaign(), plan="02/KH")),
    Case("campaign_dates_in_order", lambda: update(make_campaign(), date_to=dt.date(2017, 5, 31))),
    Case("campaign_name_given", lambda: update(make_campaign(), name="")),
    Case("campaign_kind_known", lambda: update(make_campaign(), kind="summer")),
    Case("patrol_code_once_a_cluster", lambda: insert_patrol(make_patrol(code="CA-01"))),
    Case("patrol_ends_after_start", lambda: update(make_patrol(), ends_at=A_NIGHT)),
    Case("patrol_ends_after_start", lambda: update(make_patrol(), ends_at=A_NIGHT - HOUR)),
    Case("patrol_ends_after_start", lambda: update(planned(), ends_at=A_NIGHT)),
    Case("patrol_planned_end_after_start", lambda: update(planned(), planned_end=A_NIGHT)),
    Case("patrol_planned_end_after_start", lambda: update(make_patrol(), planned_end=A_NIGHT)),
    Case("patrol_completed_has_start", lambda: update(planned(), status="completed")),
    Case("patrol_local_date_of_its_start", lambda: update(make_patrol(), local_date=dt.date(2017, 6, 2))),
    Case("patrol_local_date_of_its_start", lambda: update(planned(), local_date=dt.date(2017, 5, 31))),
    Case("patrol_local_date_of_its_start", lambda: update(planned(), planned_start=None)),
    Case("patrol_status_known", lambda: update(make_patrol(), status="done")),
    Case("patrol_put_off_has_reason", lambda: update(planned(), status="postponed")),
    Case("patrol_put_off_has_reason", lambda: update(make_patrol(), status="cancelled")),
    Case("patrol_kind_known", lambda: update(make_patrol(), kind="secret")),
    Case("line_once_a_unit_and_force", lambda: insert_copy(line(), headcount=9)),
    Case("line_headcount_positive", lambda: update(line(), headcount=0)),
    Case("line_state_known", lambda: update(line(), state="maybe")),
    Case("line_change_has_reason", lambda: update(line(), state="corrected", corrected_from=4)),
    Case("line_change_has_reason", lambda: update(line(), state="refused", reason="")),
    Case("line_corrected_from_something", lambda: update(line(), state="corrected", reason="Thiếu một người")),
    Case("twin_link_of_two_records", lambda: insert(link_of(one := make_patrol(), one))),
    Case("not_twins_once_a_pair", lambda: insert_copy(parted())),
    Case("not_twins_lower_key_first", lambda: insert_copy(p := parted(), first_id=p.second_id, second_id=p.first_id)),
    Case("photograph_once_a_patrol", lambda: insert_copy(make_photograph(), client_id=uuid.uuid4())),
    Case("photograph_kind_known", lambda: update(make_photograph(), kind="text/html")),
    Case("photograph_deletion_has_a_name", lambda: update(make_photograph(), deleted_at=A_NIGHT)),
    Case("photograph_deletion_has_a_name", lambda: update(make_photograph(), deleted_by=make_user())),
]


@cases_of(CASES)
def test_database_refuses(case):
    assert_refused(case)


def test_every_constraint_has_a_case():
    assert {case.name for case in CASES} == set(named_constraints("patrols"))


def test_client_id_is_taken_for_ever():
    deleted = make_patrol(deleted_at=A_NIGHT)
    with pytest.raises(IntegrityError):
        insert_copy(deleted, deleted_at=None)


def test_patrols_without_a_code_are_many():
    insert_patrol(make_patrol(code=""))
    assert JointPatrol.objects.count() == 2


@pytest.mark.parametrize(
    ("starts_at", "local_date"),
    [
        (dt.datetime(2025, 12, 31, 16, 59, tzinfo=dt.UTC), dt.date(2025, 12, 31)),
        (dt.datetime(2025, 12, 31, 17, 30, tzinfo=dt.UTC), dt.date(2026, 1, 1)),
        (dt.datetime(2016, 2, 28, 17, 0, tzinfo=dt.UTC), dt.date(2016, 2, 29)),
        (dt.datetime(1976, 1, 1, 16, 59, 59, 999999, tzinfo=dt.UTC), dt.date(1976, 1, 1)),
    ],
)
def test_database_reckons_the_date_in_vietnam(starts_at, local_date):
    patrol = make_patrol(starts_at=starts_at)
    assert patrol.local_date == local_date
    wrong = local_date + dt.timedelta(days=1)
    assert_refused(Case("patrol_local_date_of_its_start", lambda: update(patrol, local_date=wrong)))
