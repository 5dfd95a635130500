import datetime as dt

import pytest
from django.utils import timezone

from cluster.models import Seal
from cluster.tests.factories import make_posting
from incidents.tests.entries import field_text
from reports.models import Recommendation
from reports.tests.conference_entries import recommendation_entry
from reports.tests.conference_factories import make_recommendation


@pytest.fixture
def recommendation(two_party_cluster, coordinator):
    return make_recommendation(cluster=two_party_cluster.cluster, recorded_by=coordinator, content="Nội dung cũ")


@pytest.fixture
def address(recommendation):
    return f"{recommendation.get_absolute_url()}edit/"


@pytest.fixture
def entry():
    return recommendation_entry(version=1, content="Nội dung mới")


def test_recommendation_edit_changes_it(client_of, coordinator, recommendation, address, entry):
    response = client_of(coordinator).post(address, entry)
    recommendation.refresh_from_db()
    assert response["Location"] == recommendation.get_absolute_url()
    assert (recommendation.content, recommendation.version) == ("Nội dung mới", 2)


def test_recommendation_edit_of_the_work_of_others_needs_a_reason(client_of, two_party_cluster, address, entry):
    client = client_of(make_posting(role="coordinator", cluster=two_party_cluster.cluster).user)
    assert list(client.post(address, entry).context["form"].errors) == ["reason"]


def test_recommendation_edit_keeps_the_text_of_who_comes_second(client_of, coordinator, address, entry):
    client = client_of(coordinator)
    client.post(address, entry)
    response = client.post(address, entry | {"content": "Nội dung khác"})
    assert (response.status_code, field_text(response, "content")) == (409, "Nội dung khác")
    assert [difference.stored for difference in response.context["differences"]] == ["Nội dung mới"]


def test_recommendation_edit_is_made_before_its_answer(client_of, coordinator, recommendation, address, entry):
    Recommendation.objects.update(state="accepted", answered_on=dt.date(2018, 1, 20))
    response = client_of(coordinator).post(address, entry | {"made_on": "2018-02-01"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["made_on"])


def test_recommendation_edit_of_a_signed_period_is_refused(client_of, coordinator, recommendation, address, entry):
    days = {"date_from": dt.date(2018, 1, 1), "date_to": dt.date(2018, 12, 31)}
    Seal.objects.create(cluster=recommendation.cluster, signed_at=timezone.now(), **days)
    assert client_of(coordinator).post(address, entry).status_code == 423
    assert Recommendation.objects.get().content == "Nội dung cũ"


@pytest.mark.parametrize(("field", "value"), [("made_on", ""), ("addressee", ""), ("content", "CMND 194123456")])
def test_recommendation_edit_refuses_and_writes_nothing(client_of, coordinator, address, entry, field, value):
    response = client_of(coordinator).post(address, entry | {field: value})
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert Recommendation.objects.get().content == "Nội dung cũ"


@pytest.mark.parametrize(
    ("reader", "status"), [("recorder", 403), ("leader", 403), ("observer", 403), ("outsider", 404)]
)
def test_recommendation_edit_is_the_coordinators(request, client_of, address, entry, reader, status):
    assert client_of(request.getfixturevalue(reader)).post(address, entry).status_code == status
    assert Recommendation.objects.get().content == "Nội dung cũ"


def test_recommendation_edit_refuses_other_methods(client_of, coordinator, address):
    assert client_of(coordinator).delete(address).status_code == 405
