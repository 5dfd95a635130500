import datetime as dt

import pytest
from django.utils import timezone

from cluster.models import Seal
from cluster.tests.factories import make_posting
from incidents.tests.entries import field_text
from reports.models import Recommendation
from reports.tests.conference_entries import answer_entry
from reports.tests.conference_factories import make_recommendation

OPEN = {"state": "open", "answered_on": "", "answer_document": "", "answer": ""}


@pytest.fixture
def recommendation(two_party_cluster, coordinator):
    return make_recommendation(cluster=two_party_cluster.cluster, recorded_by=coordinator)


@pytest.fixture
def address(recommendation):
    return f"{recommendation.get_absolute_url()}answer/"


def sign(recommendation, year):
    days = {"date_from": dt.date(year, 1, 1), "date_to": dt.date(year, 12, 31)}
    Seal.objects.create(cluster=recommendation.cluster, signed_at=timezone.now(), **days)


def test_recommendation_answer_keeps_the_answer(client_of, coordinator, recommendation, address):
    response = client_of(coordinator).post(address, answer_entry())
    recommendation.refresh_from_db()
    assert response["Location"] == recommendation.get_absolute_url()
    assert (recommendation.state, recommendation.answered_on) == ("accepted", dt.date(2018, 3, 5))
    assert (recommendation.answer_document, recommendation.version) == ("45/UBND-NC", 2)


def test_recommendation_answer_asks_no_reason_of_another_coordinator(client_of, two_party_cluster, address):
    client = client_of(make_posting(role="coordinator", cluster=two_party_cluster.cluster).user)
    assert client.post(address, answer_entry()).status_code == 302


def test_recommendation_answer_is_taken_back(client_of, coordinator, recommendation, address):
    client = client_of(coordinator)
    client.post(address, answer_entry())
    client.post(address, OPEN | {"version": 2})
    recommendation.refresh_from_db()
    assert (recommendation.state, recommendation.answered_on, recommendation.answer) == ("open", None, "")


def test_recommendation_answer_may_come_after_signing(client_of, coordinator, recommendation, address):
    sign(recommendation, 2018)
    response = client_of(coordinator).post(address, answer_entry(answered_on="2019-02-01"))
    assert response.status_code == 302
    assert Recommendation.objects.get().was_open_on(dt.date(2018, 12, 31))


def test_recommendation_answer_changes_nothing_that_is_signed(client_of, coordinator, recommendation, address):
    """Neither an answer of a signed day, nor to take one back."""
    sign(recommendation, 2018)
    client = client_of(coordinator)
    assert client.post(address, answer_entry()).status_code == 423
    Recommendation.objects.update(state="accepted", answered_on=dt.date(2018, 3, 5))
    assert client.post(address, OPEN | {"version": 1}).status_code == 423
    assert Recommendation.objects.get().answered_on == dt.date(2018, 3, 5)


def test_recommendation_answer_keeps_the_text_of_who_comes_second(client_of, coordinator, address):
    client = client_of(coordinator)
    client.post(address, answer_entry())
    response = client.post(address, answer_entry(answer="Chưa bố trí được."))
    assert (response.status_code, field_text(response, "answer")) == (409, "Chưa bố trí được.")
    assert Recommendation.objects.get().answer == "Đồng ý bố trí kinh phí."


@pytest.mark.parametrize(
    ("changes", "faulty"),
    [
        ({"state": ""}, ["state"]),
        ({"state": "open"}, ["state"]),
        ({"answered_on": ""}, ["answered_on"]),
        ({"answered_on": "2018-01-11"}, ["answered_on"]),
        ({"answered_on": "2999-01-01"}, ["answered_on"]),
        ({"answer": "Gọi 0912345678"}, ["answer"]),
    ],
)
def test_recommendation_answer_refuses_and_writes_nothing(client_of, coordinator, address, changes, faulty):
    response = client_of(coordinator).post(address, answer_entry(**changes))
    assert (response.status_code, list(response.context["form"].errors)) == (422, faulty)
    assert Recommendation.objects.get().is_open


@pytest.mark.parametrize(
    ("reader", "status"), [("recorder", 403), ("leader", 403), ("observer", 403), ("outsider", 404)]
)
def test_recommendation_answer_is_the_coordinators(request, client_of, address, reader, status):
    assert client_of(request.getfixturevalue(reader)).post(address, answer_entry()).status_code == status
    assert Recommendation.objects.get().is_open


def test_recommendation_answer_refuses_other_methods(client_of, coordinator, address):
    assert client_of(coordinator).delete(address).status_code == 405
