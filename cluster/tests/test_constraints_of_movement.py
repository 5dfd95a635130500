"""What the database refuses of exchanges' answers, models, outreach and crime reports, past every form."""

import datetime as dt
import uuid

import pytest
from django.db import IntegrityError
from django.utils import timezone

from cluster.models import Initiative, UploadedList
from cluster.tests.constraints import Case, assert_refused, cases_of, copy_of, insert, update
from cluster.tests.factories import (
    make_activity,
    make_cluster,
    make_crime_report,
    make_exchange,
    make_initiative,
    make_outreach,
    make_rating,
    make_user,
)

pytestmark = pytest.mark.django_db

LONG_AGO = dt.date(1999, 1, 1)


def exchange():
    return make_exchange(cluster=make_cluster())


def initiative(**fields):
    return make_initiative(cluster=make_cluster(), **fields)


def activity():
    return make_activity(initiative=initiative())


def rating():
    return make_rating(initiative=initiative())


def session():
    return make_outreach(cluster=make_cluster())


def report(**fields):
    return make_crime_report(cluster=make_cluster(), **fields)


def second(row, **changes):
    insert(copy_of(row, client_id=uuid.uuid4(), **changes))


def waiting():
    return UploadedList.objects.create(cluster=make_cluster(), noun="exchange", uploaded_by=make_user(), content=b"")


CASES = [
    Case("uploaded_list_once_a_user_and_register", lambda: insert(copy_of(waiting(), name="khac.xlsx"))),
    Case("exchange_answer_with_its_date", lambda: update(exchange(), answer="Đã tiếp nhận")),
    Case("exchange_answer_with_its_date", lambda: update(exchange(), answered_at=dt.time(9))),
    Case("initiative_named", lambda: update(initiative(), name="")),
    Case("initiative_named", lambda: update(initiative(), kind="")),
    Case("initiative_once", lambda: second(initiative(), kind="Loại khác")),
    Case("initiative_ended_afterwards", lambda: update(initiative(), ended=LONG_AGO, end_reason="Sáp nhập")),
    Case("initiative_end_with_reason", lambda: update(initiative(), ended=dt.date(2018, 1, 1))),
    Case("initiative_end_with_reason", lambda: update(initiative(), end_reason="Sáp nhập")),
    Case("activity_told", lambda: update(activity(), content="")),
    Case("rating_once_a_year", lambda: second(rating(), rating="weak")),
    Case("rating_known_with_evidence", lambda: update(rating(), rating="superb")),
    Case("rating_known_with_evidence", lambda: update(rating(), evidence="")),
    Case("rating_known_with_evidence", lambda: update(rating(), rated_by="")),
    Case("rating_of_a_year", lambda: update(rating(), year=17)),
    Case("outreach_topic_given", lambda: update(session(), topic="")),
    Case("outreach_form_known", lambda: update(session(), form="rumour")),
    Case("crime_report_channel_known", lambda: update(report(), channel="smoke")),
    Case("crime_report_channel_known", lambda: update(report(), subject="who")),
    Case("crime_report_outcome_known", lambda: update(report(), outcome="lost")),
    Case("crime_report_of_value_has_ground", lambda: update(report(is_valuable=True), outcome="unfounded")),
]


@cases_of(CASES)
def test_database_refuses(case):
    assert_refused(case)


def test_model_and_rating_may_follow_what_was_deleted():
    second(initiative(deleted_at=timezone.now()), deleted_at=None)
    first = rating()
    update(first, deleted_at=timezone.now())
    second(first, rating="weak")
    assert Initiative.objects.count() == 3


@pytest.mark.parametrize("make", [initiative, activity, rating, session, report])
def test_client_id_is_taken_for_ever(make):
    row = make()
    update(row, deleted_at=timezone.now())
    with pytest.raises(IntegrityError):
        insert(copy_of(row, deleted_at=None))
