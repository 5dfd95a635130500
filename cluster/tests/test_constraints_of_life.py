"""What the database refuses of the life of a cluster, past every form: its board, its papers, its registers."""

import datetime as dt
import uuid
from decimal import Decimal

import pytest
from django.db import IntegrityError
from django.utils import timezone

from cluster.models import Document
from cluster.tests.constraints import Case, assert_refused, cases_of, copy_of, insert, update
from cluster.tests.factories import (
    make_administrative_unit,
    make_advice,
    make_article,
    make_board_member,
    make_border,
    make_cluster,
    make_document,
    make_exchange,
    make_participant,
    make_seal,
    make_term,
)

pytestmark = pytest.mark.django_db

LONG_AGO = dt.date(1950, 1, 1)
LATER = dt.date(2018, 1, 1)


def board_member(**fields):
    return make_board_member(cluster=make_cluster(), **fields)


def term(**fields):
    return make_term(cluster=make_cluster(), **fields)


def participant():
    return make_participant(cluster=make_cluster(), date_from=LATER)


def document(**fields):
    return make_document(cluster=make_cluster(), **fields)


def advice(**fields):
    return make_advice(cluster=make_cluster(), **fields)


def border():
    return make_border(one=make_administrative_unit(), other=make_administrative_unit())


def second(row, **changes):
    """Another record beside the row, which it resembles in all but its id and the changes."""
    insert(copy_of(row, client_id=uuid.uuid4(), **changes))


def exchange():
    return make_exchange(cluster=make_cluster())


def seal():
    return make_seal(cluster=make_cluster())


CASES = [
    Case("exchange_between_two_units", lambda: update((row := exchange()), to_unit=row.from_unit)),
    Case("exchange_answered_afterwards", lambda: update(exchange(), answered_on=LONG_AGO)),
    Case("exchange_channel_and_subject_known", lambda: update(exchange(), channel="smoke")),
    Case("exchange_channel_and_subject_known", lambda: update(exchange(), subject="who")),
    Case("seal_once_a_period", lambda: insert(copy_of(seal(), is_open=True))),
    Case("seal_dates_in_order", lambda: update(seal(), date_to=LONG_AGO)),
    Case("board_member_dates_in_order", lambda: update(board_member(), date_to=LONG_AGO)),
    Case("board_member_seat_known", lambda: update(board_member(), seat=6)),
    Case("board_member_person_and_post_given", lambda: update(board_member(), post="")),
    Case("board_member_person_and_post_given", lambda: update(board_member(), name="")),
    Case("board_has_one_head", lambda: second(board_member(seat=1), date_from=LATER)),
    Case("standing_term_dates_in_order", lambda: update(term(), date_to=LONG_AGO)),
    Case("standing_term_starts_once_a_day", lambda: second(term(), date_to=LATER)),
    Case("standing_term_one_open", lambda: second(term(date_to=None), date_from=LATER)),
    Case("standing_term_handed_over_by_another", lambda: update((row := term()), handed_over_by=row.party)),
    Case("participant_dates_in_order", lambda: update(participant(), date_to=LONG_AGO)),
    Case("participant_kind_and_name_given", lambda: update(participant(), kind="person")),
    Case("participant_kind_and_name_given", lambda: update(participant(), name="")),
    Case("document_number_once_a_year", lambda: second(document(), abstract="Khác", issued_on=dt.date(2017, 3, 1))),
    Case("document_kind_and_abstract_given", lambda: update(document(), kind="letter")),
    Case("document_kind_and_abstract_given", lambda: update(document(), abstract="")),
    Case("document_directive_has_an_issuer", lambda: update(document(issuer=""), kind="directive")),
    Case("document_validity_in_order", lambda: update(document(), valid_to=LONG_AGO)),
    Case("document_validity_in_order", lambda: update(document(valid_from=LATER), valid_to=dt.date(2017, 6, 1))),
    Case("document_articles_of_a_regulation", lambda: update(document(), articles_text="Điều 1. Phạm vi")),
    Case("article_number_once_a_regulation", lambda: insert(copy_of(make_article(cluster=make_cluster())))),
    Case("advice_addressee_and_subject", lambda: update(advice(), addressee="")),
    Case("advice_addressee_and_subject", lambda: update(advice(), subject="")),
    Case("advice_outcome_with_its_date", lambda: update(advice(), outcome="accepted")),
    Case("advice_outcome_with_its_date", lambda: update(advice(), outcome_on=LATER)),
    Case("advice_outcome_with_its_date", lambda: update(advice(), outcome="accepted", outcome_on=LONG_AGO)),
    Case("advice_outcome_with_its_date", lambda: update(advice(), outcome="lost", outcome_on=LATER)),
    Case("border_pair_once_a_start", lambda: insert(copy_of(border(), note="Góc"))),
    Case("border_pair_of_two_units", lambda: update((row := border()), other=row.one)),
    Case("border_pair_lengths_in_order", lambda: update(border(), longest_km=Decimal("0.1"))),
    Case("border_pair_confidence_known", lambda: update(border(), confidence="cao")),
    Case("border_pair_validity_in_order", lambda: update(border(), valid_to=dt.date(1899, 12, 31))),
]


@cases_of(CASES)
def test_database_refuses(case):
    assert_refused(case)


@pytest.mark.parametrize(
    "changes", [{"year": 2018, "issued_on": LATER}, {"issuer": "Công an tỉnh"}, {"number_symbol": ""}]
)
def test_number_is_free_again_in_another_year_and_of_another_issuer(changes):
    first = document()
    assert_refused(Case("document_number_once_a_year", lambda: second(first)))
    second(first, **changes)
    assert Document.objects.of(first.cluster).count() == 2


@pytest.mark.parametrize(
    ("make", "constraint"),
    [
        (lambda **fields: board_member(seat=1, **fields), "board_has_one_head"),
        (lambda **fields: term(date_to=None, **fields), "standing_term_one_open"),
    ],
)
def test_head_and_open_term_may_follow_what_was_deleted(make, constraint):
    deleted = make(deleted_at=timezone.now())
    second(deleted, deleted_at=None)
    follower = type(deleted).objects.of(deleted.cluster).get()
    assert_refused(Case(constraint, lambda: second(follower, date_from=LATER)))


@pytest.mark.parametrize("make", [board_member, term, document, advice])
def test_client_id_is_taken_for_ever(make):
    with pytest.raises(IntegrityError):
        insert(copy_of(make(deleted_at=timezone.now()), deleted_at=None))
