import datetime as dt

import pytest

from reports.conference_services import answer_recommendation
from reports.tests.conference_factories import make_conference, make_recommendation


@pytest.fixture
def recommendation(two_party_cluster):
    conference = make_conference(cluster=two_party_cluster.cluster, name="Tổng kết mẫu")
    return make_recommendation(cluster=two_party_cluster.cluster, conference=conference)


def test_recommendation_detail_shows_where_it_was_made(client_of, recorder, recommendation):
    page = client_of(recorder).get(recommendation.get_absolute_url()).content.decode()
    assert recommendation.content in page
    assert recommendation.conference.get_absolute_url() in page


def test_recommendation_detail_shows_the_answer_and_who_entered_it(client_of, coordinator, recommendation):
    values = {"state": "accepted", "answered_on": dt.date(2018, 3, 5), "answer": "Đồng ý", "answer_document": "45/UBND"}
    answer_recommendation(recommendation, values, version=1, by=coordinator)
    response = client_of(coordinator).get(recommendation.get_absolute_url())
    assert [text for text in ("Đồng ý", "45/UBND", "05/03/2018") if text not in response.content.decode()] == []
    change, _made = response.context["changes"]
    assert change.by == coordinator


@pytest.mark.parametrize(
    ("reader", "status"), [("recorder", 200), ("leader", 200), ("observer", 403), ("outsider", 404)]
)
def test_recommendation_detail_is_open_to_those_who_read_records(request, client_of, recommendation, reader, status):
    client = client_of(request.getfixturevalue(reader))
    assert client.get(recommendation.get_absolute_url()).status_code == status
