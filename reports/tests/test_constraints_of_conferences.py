"""What the database refuses of conferences, recommendations and key tasks, past every form."""

import datetime as dt

import pytest
from django.db import IntegrityError
from django.utils import timezone

from cluster.tests.constraints import Case, assert_refused, cases_of, copy_of, insert, update
from cluster.tests.factories import make_party
from reports.models import Conference, Contribution, Delegation, Difficulty, KeyTask, Recommendation
from reports.tests.conference_factories import (
    make_conference,
    make_contribution,
    make_delegation,
    make_difficulty,
    make_recommendation,
    make_task,
)

pytestmark = pytest.mark.django_db

MODELS = (Conference, Delegation, Contribution, Difficulty, Recommendation, KeyTask)
LONG_AGO = dt.date(2001, 1, 1)


def to_itself():
    conference = make_conference()
    party = make_party(cluster=conference.cluster)
    update(conference, handover_from=party, handover_to=party)


CASES = [
    Case("conference_kind_known", lambda: update(make_conference(), kind="other")),
    Case("conference_name_and_place_given", lambda: update(make_conference(), name="")),
    Case("conference_name_and_place_given", lambda: update(make_conference(), place="")),
    Case("conference_minutes_number_from_one", lambda: update(make_conference(), minutes_number=0)),
    Case("conference_times_in_order", lambda: update(make_conference(), starts_at=dt.time(9), ends_at=dt.time(8))),
    Case("conference_times_in_order", lambda: update(make_conference(), ends_at=dt.time(8))),
    Case("conference_hands_over_to_another", to_itself),
    Case("conference_hands_over_to_another", lambda: update(make_conference(), handover_to=make_party())),
    Case("delegation_once_a_place", lambda: insert(copy_of(make_delegation()))),
    Case("delegation_body_and_people", lambda: update(make_delegation(), headcount=0)),
    Case("delegation_body_and_people", lambda: update(make_delegation(), body="")),
    Case("contribution_once_a_place", lambda: insert(copy_of(make_contribution()))),
    Case("contribution_body_and_subject", lambda: update(make_contribution(), subject="")),
    Case("difficulty_once_a_place", lambda: insert(copy_of(make_difficulty()))),
    Case("difficulty_text_given", lambda: update(make_difficulty(), text="")),
    Case("difficulty_state_known", lambda: update(make_difficulty(), state="lost")),
    Case("recommendation_texts_given", lambda: update(make_recommendation(), addressee="")),
    Case("recommendation_answered_after_it_is_made", lambda: update(make_recommendation(), state="answered")),
    Case("recommendation_answered_after_it_is_made", lambda: update(make_recommendation(), answer="Đồng ý")),
    Case(
        "recommendation_answered_after_it_is_made",
        lambda: update(make_recommendation(), state="answered", answered_on=LONG_AGO),
    ),
    Case("key_task_texts_given", lambda: update(make_task(), owner="")),
    Case("key_task_dates_in_order", lambda: update(make_task(), date_to=LONG_AGO)),
    Case("key_task_due_in_its_period", lambda: update(make_task(), due_on=LONG_AGO)),
    Case("key_task_assessed_since_it_began", lambda: update(make_task(), assessment="done")),
    Case("key_task_assessed_since_it_began", lambda: update(make_task(), assessment="done", assessed_on=LONG_AGO)),
]


@cases_of(CASES)
def test_database_refuses(case):
    assert_refused(case)


def test_every_constraint_has_a_case():
    named = {constraint.name for model in MODELS for constraint in model._meta.constraints}
    assert {case.name for case in CASES} == named


@pytest.mark.parametrize("make", [make_conference, make_recommendation, make_task])
def test_client_id_is_taken_for_ever(make):
    with pytest.raises(IntegrityError):
        insert(copy_of(make(deleted_at=timezone.now()), deleted_at=None))
