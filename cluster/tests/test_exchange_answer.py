import datetime as dt

import pytest
from django.utils import timezone

from cluster.tests.entries import field_text
from cluster.tests.factories import make_exchange, make_posting, make_seal

ENTRY = {"answered_on": "2017-06-03", "answered_at": "9h30", "answer": "Đã nắm tình hình", "version": 1}


@pytest.fixture
def exchange(two_party_cluster, recorder):
    own, other = two_party_cluster.units
    record = {"recorded_by": recorder, "recorded_unit": own}
    return make_exchange(cluster=two_party_cluster.cluster, from_unit=own, to_unit=other, note="Hỏi", **record)


@pytest.fixture
def address(exchange):
    return f"{exchange.get_absolute_url()}answer/"


def test_exchange_answer_is_written_by_the_unit_that_was_asked(client_of, partner_recorder, exchange, address):
    response = client_of(partner_recorder).post(address, ENTRY)
    exchange.refresh_from_db()
    assert response["Location"] == exchange.get_absolute_url()
    assert (exchange.answered_on, exchange.answered_at) == (dt.date(2017, 6, 3), dt.time(9, 30))
    assert (exchange.days_to_answer, exchange.history.first().history_user) == (2, partner_recorder)
    assert exchange.note == "Hỏi"


def test_exchange_answer_is_taken_in_a_signed_period(client_of, partner_recorder, exchange, address):
    make_seal(cluster=exchange.cluster)
    client_of(partner_recorder).post(address, ENTRY)
    exchange.refresh_from_db()
    assert exchange.answer == "Đã nắm tình hình"


def test_exchange_answer_opens_with_today(client_of, recorder, address):
    response = client_of(recorder).get(address)
    assert response.status_code == 200
    assert field_text(response, "version") == "1"


def test_exchange_answer_is_written_once(client_of, recorder, partner_recorder, exchange, address):
    client_of(partner_recorder).post(address, ENTRY)
    assert client_of(recorder).post(address, ENTRY | {"answer": "Khác", "version": 2}).status_code == 403
    exchange.refresh_from_db()
    assert exchange.answer == "Đã nắm tình hình"


@pytest.mark.parametrize(
    ("changes", "status"),
    [({"version": ""}, 428), ({"version": 7}, 409), ({"answered_on": "2017-05-01"}, 422), ({"answered_on": ""}, 422)],
)
def test_exchange_answer_that_is_refused_keeps_its_text(changes, status, client_of, recorder, exchange, address):
    response = client_of(recorder).post(address, ENTRY | changes)
    assert (response.status_code, field_text(response, "answer").strip()) == (status, "Đã nắm tình hình")
    exchange.refresh_from_db()
    assert exchange.answered_on is None


def test_exchange_answer_is_for_the_two_units(client_of, leader, outsider, two_party_cluster, exchange, address):
    third = make_exchange(cluster=exchange.cluster)
    assert client_of(leader).post(address, ENTRY).status_code == 403
    assert client_of(outsider).post(address, ENTRY).status_code == 404
    recorder = make_posting(role="recorder", unit=two_party_cluster.unit).user
    assert client_of(recorder).post(f"{third.get_absolute_url()}answer/", ENTRY).status_code == 403
    assert client_of(recorder).delete(address).status_code == 405


def test_register_list_leads_to_what_waits_for_an_answer(client_of, recorder, exchange):
    make_exchange(cluster=exchange.cluster, answered_on=dt.date(2017, 6, 2))
    response = client_of(recorder).get("/clusters/cum-thu/exchanges/?state=waiting")
    assert [row.record for row in response.context["rows"]] == [exchange]


def test_register_new_opens_with_today_and_the_own_unit(client_of, recorder, two_party_cluster):
    form = client_of(recorder).get("/clusters/cum-thu/exchanges/new/").context["form"]
    assert (form["exchanged_on"].value(), form["from_unit"].value()) == (
        timezone.localdate(),
        two_party_cluster.unit.pk,
    )
    assert [field.name for field in form.folded()] == ["answered_on", "answered_at", "answer"]


def test_exchange_answered_on_its_day_is_not_said_to_have_waited(client_of, recorder, exchange, address):
    client_of(recorder).post(address, ENTRY | {"answered_on": "2017-06-01"})
    page = client_of(recorder).get(exchange.get_absolute_url()).content.decode()
    assert "Trả lời trong ngày." in page
    assert "0 ngày" not in page
