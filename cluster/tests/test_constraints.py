"""What the database refuses of units, clusters and people, past every form."""

import datetime as dt
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError

from cluster.models import MemberUnit, NoticeChoice, PaperNumber, Party, Posting, Submission, UnitSuccession, Visit
from cluster.tests.constraints import Case, assert_refused, cases_of, copy_of, insert, named_constraints, update
from cluster.tests.factories import (
    make_administrative_unit,
    make_cluster,
    make_force,
    make_member,
    make_notice,
    make_officer,
    make_paper_settings,
    make_party,
    make_posting,
    make_saved_filter,
    make_unit,
    make_user,
)
from cluster.tests.house import APPS
from cluster.tests.test_constraints_of_briefings import OF_BRIEFINGS
from cluster.tests.test_constraints_of_life import CASES as OF_LIFE
from cluster.tests.test_constraints_of_movement import CASES as OF_MOVEMENT

pytestmark = pytest.mark.django_db

BEFORE_ALL = dt.date(1899, 12, 31)
LATER = dt.date(2025, 7, 1)
NOW = dt.datetime(2025, 7, 1, tzinfo=dt.UTC)


def succession():
    return UnitSuccession.objects.create(
        old=make_administrative_unit(), new=make_administrative_unit(), effective_date=LATER, kind="merge"
    )


def member():
    return make_member(party=make_party())


def paper_number():
    return PaperNumber.objects.create(cluster=make_cluster(), kind="BC", year=2018, number=5, taken_at=NOW)


def submission():
    return Submission.objects.create(
        client_id=uuid.uuid4(),
        body_hash="0" * 64,
        kind="patrol",
        cluster=make_cluster(),
        user=make_user(),
        state="stored",
        received_at=NOW,
    )


def notice_choice():
    return NoticeChoice.objects.create(user=make_user(), kind="line_waits", delivery="daily")


def visit():
    return Visit.objects.create(user=make_user(), cluster=make_cluster(), last_at=NOW)


def posting_at(role, *places):
    """A posting of the role at all these places at once."""
    held_at: dict[str, Callable[[], Any]] = {
        "unit": make_unit,
        "party": make_party,
        "cluster": make_cluster,
        "province": make_administrative_unit,
    }
    where = {place: held_at[place]() for place in places}
    return lambda: insert(Posting(user=make_user(), role=role, **where))


def insert_copy(row, **changes):
    insert(copy_of(row, **changes))


CASES = [
    Case("administrative_unit_code_once_a_start", lambda: insert_copy(make_administrative_unit(), name="Khác")),
    Case("administrative_unit_kind_known", lambda: update(make_administrative_unit(), kind="hamlet")),
    Case("administrative_unit_code_and_name", lambda: update(make_administrative_unit(), code="")),
    Case("administrative_unit_code_and_name", lambda: update(make_administrative_unit(), name="")),
    Case("administrative_unit_validity_in_order", lambda: update(make_administrative_unit(), valid_to=BEFORE_ALL)),
    Case("unit_succession_once", lambda: insert_copy(succession(), kind="split", effective_date=BEFORE_ALL)),
    Case("unit_succession_of_two_units", lambda: update((row := succession()), old=row.new)),
    Case("unit_succession_kind_known", lambda: update(succession(), kind="swap")),
    Case("force_name_once", lambda: insert_copy(make_force(), valid_from=LATER)),
    Case("force_name_given", lambda: update(make_force(), name="")),
    Case("force_validity_in_order", lambda: update(make_force(), valid_to=BEFORE_ALL)),
    Case("police_unit_once_a_start", lambda: insert_copy(make_unit())),
    Case("police_unit_name_once_a_cluster", lambda: insert_copy(make_unit(cluster=make_cluster()), valid_from=LATER)),
    Case("police_unit_of_unit_or_cluster", lambda: update(make_unit(), cluster=make_cluster())),
    Case("police_unit_of_unit_or_cluster", lambda: update(make_unit(), administrative_unit=None)),
    Case("police_unit_name_given", lambda: update(make_unit(), name="")),
    Case("police_unit_validity_in_order", lambda: update(make_unit(), valid_to=BEFORE_ALL)),
    Case("officer_name_given", lambda: update(make_officer(), name="")),
    Case("officer_activity_in_order", lambda: update(make_officer(), active_to=BEFORE_ALL)),
    Case("cluster_name_and_address_given", lambda: update(make_cluster(), name="")),
    Case("cluster_name_and_address_given", lambda: update(make_cluster(), slug="")),
    Case("cluster_patrol_word_known", lambda: update(make_cluster(), patrol_word="lầm")),
    Case("cluster_board_word_known", lambda: update(make_cluster(), board_word="hội đồng")),
    Case("cluster_period_preset_known", lambda: update(make_cluster(), period_preset="06-30")),
    Case("party_name_once_a_cluster", lambda: insert_copy(make_party(), position=2)),
    Case("party_name_given", lambda: update(make_party(), name="")),
    Case("paper_settings_issuer_given", lambda: update(make_paper_settings(), issuer="")),
    Case("paper_number_once_a_series", lambda: insert_copy(paper_number(), abstract="Khác")),
    Case("paper_number_from_one", lambda: update(paper_number(), number=0)),
    Case("member_unit_joins_once_a_day", lambda: insert_copy(member(), left=LATER)),
    Case("member_unit_one_open_membership", lambda: insert_copy(member(), joined=LATER)),
    Case("member_unit_dates_in_order", lambda: update(member(), left=BEFORE_ALL)),
    Case("user_username_given", lambda: update(make_user(), username="")),
    Case("user_language_known", lambda: update(make_user(), language="fr")),
    Case("notice_once_an_event", lambda: insert_copy(make_notice(), kind="other")),
    Case("notice_kind_and_event_given", lambda: update(make_notice(), kind="")),
    Case("notice_kind_and_event_given", lambda: update(make_notice(), event="")),
    Case("notice_choice_once_a_kind", lambda: insert_copy(notice_choice(), delivery="none")),
    Case("notice_choice_delivery_known", lambda: update(notice_choice(), delivery="by pigeon")),
    Case("visit_once_a_user_and_cluster", lambda: insert_copy(visit(), last_at=NOW + dt.timedelta(days=1))),
    Case("visit_moments_in_order", lambda: update(visit(), before_at=NOW + dt.timedelta(seconds=1))),
    Case("saved_filter_name_once_an_owner", lambda: insert_copy(make_saved_filter(), query="year=2018")),
    Case("saved_filter_name_given", lambda: update(make_saved_filter(), name="")),
    Case("saved_filter_name_given", lambda: update(make_saved_filter(), view="")),
    Case("submission_once_a_text", lambda: insert_copy(submission())),
    Case("submission_kind_known", lambda: update(submission(), kind="award")),
    Case("submission_state_known", lambda: update(submission(), state="lost")),
    Case("submission_in_tray_has_text", lambda: update(submission(), state="in_tray")),
    Case("submission_settled_by_somebody", lambda: update(submission(), state="settled", settled_at=NOW)),
    Case("submission_settled_by_somebody", lambda: update((row := submission()), settled_by=row.user)),
    Case("posting_validity_in_order", lambda: update(make_posting(role="observer"), valid_to=BEFORE_ALL)),
]
PLACED = [
    *(("recorder", "unit"), ("leader", "party"), ("coordinator", "cluster")),
    *(("observer", "province"), ("observer",), ("administrator",)),
]
MISPLACED = [
    *(("recorder",), ("leader",), ("coordinator",), ("chief",), ("recorder", "party"), ("leader", "unit")),
    *(("recorder", "unit", "cluster"), ("recorder", "unit", "province"), ("leader", "party", "unit")),
    *(("coordinator", "cluster", "province"), ("observer", "cluster"), ("observer", "province", "unit")),
    *(("administrator", "unit"), ("administrator", "party"), ("administrator", "province")),
]


@cases_of(CASES)
def test_database_refuses(case):
    assert_refused(case)


@pytest.mark.parametrize("places", MISPLACED, ids="-".join)
def test_database_refuses_a_role_in_the_wrong_place(places):
    assert_refused(Case("posting_place_fits_role", posting_at(*places)))


@pytest.mark.parametrize("places", PLACED, ids="-".join)
def test_database_takes_a_role_in_its_place(places):
    posting_at(*places)()
    assert Posting.objects.count() == 1


def test_every_constraint_has_a_case():
    proven = {case.name for case in (*CASES, *OF_LIFE, *OF_MOVEMENT, *OF_BRIEFINGS)} | {"posting_place_fits_role"}
    assert proven == set(named_constraints("cluster"))


@pytest.mark.parametrize("app", APPS)
def test_every_app_with_constraints_proves_them(app):
    file = Path(settings.BASE_DIR, app, "tests", "test_constraints.py")
    assert file.exists() or not named_constraints(app)


def test_unit_rejoins_after_it_has_left():
    first = member()
    update(first, left=dt.date(2020, 1, 1))
    insert_copy(first, joined=LATER, left=None)
    assert MemberUnit.objects.count() == 2


def test_namesakes_live_in_different_clusters():
    insert_copy(make_party(), cluster_id=make_cluster().pk)
    assert Party.objects.count() == 2


@pytest.mark.parametrize("make", [make_cluster, make_user])
def test_address_and_username_are_taken_once(make):
    with pytest.raises(IntegrityError):
        insert_copy(make())
