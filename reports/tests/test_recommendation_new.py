import datetime as dt

import pytest
from django.utils import timezone

from incidents.tests.entries import field_text
from reports.models import Recommendation
from reports.tests.conference_entries import recommendation_entry
from reports.tests.conference_factories import make_conference

ADDRESS = "/clusters/cum-thu/recommendations/new/"


def test_recommendation_new_stores_an_open_one(client_of, coordinator, two_party_cluster):
    response = client_of(coordinator).post(ADDRESS, recommendation_entry())
    recommendation = Recommendation.objects.get()
    assert response["Location"] == recommendation.get_absolute_url()
    assert (recommendation.cluster, recommendation.recorded_by) == (two_party_cluster.cluster, coordinator)
    assert (recommendation.made_on, recommendation.state) == (dt.date(2018, 1, 12), "open")


def test_recommendation_new_opens_with_the_conference_it_comes_from(client_of, coordinator, two_party_cluster):
    conference = make_conference(cluster=two_party_cluster.cluster)
    form = client_of(coordinator).get(ADDRESS, {"conference": conference.client_id}).context["form"]
    assert (form["conference"].value(), form["made_on"].value()) == (conference.pk, conference.held_on)


@pytest.mark.parametrize("asked", ["x", "6bfe9809-533c-44d7-85d1-95dd978a2db2"])
def test_recommendation_new_opens_blank_for_no_conference_of_here(client_of, coordinator, asked):
    assert client_of(coordinator).get(ADDRESS, {"conference": asked}).context["form"]["conference"].value() is None


def test_recommendation_new_takes_no_conference_of_another_cluster(client_of, coordinator, outsider):
    foreign = make_conference(cluster=outsider.postings.get().unit.memberships.get().party.cluster)
    client = client_of(coordinator)
    assert client.get(ADDRESS, {"conference": foreign.client_id}).context["form"]["conference"].value() is None
    response = client.post(ADDRESS, recommendation_entry(conference=foreign.pk))
    assert list(response.context["form"].errors) == ["conference"]


def test_recommendation_new_stores_a_double_submit_once(client_of, coordinator):
    client, entry = client_of(coordinator), recommendation_entry()
    assert [client.post(ADDRESS, entry).status_code for _ in range(2)] == [302, 302]
    assert Recommendation.objects.count() == 1


def test_recommendation_new_says_that_the_record_was_deleted(client_of, coordinator):
    client, entry = client_of(coordinator), recommendation_entry()
    client.post(ADDRESS, entry)
    Recommendation.objects.update(deleted_at=timezone.now())
    assert client.post(ADDRESS, entry).status_code == 410


@pytest.mark.parametrize(
    ("field", "value"),
    [("made_on", "2999-01-01"), ("addressee", ""), ("content", ""), ("content", "Gọi 0912345678"), ("review", "7")],
)
def test_recommendation_new_refuses_and_writes_nothing(client_of, coordinator, field, value):
    response = client_of(coordinator).post(ADDRESS, recommendation_entry(**{field: value}))
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert field_text(response, field) == value or field == "review"
    assert not Recommendation.objects.exists()


def test_recommendation_new_needs_a_session(client, two_party_cluster):
    assert client.post(ADDRESS, recommendation_entry())["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    ("reader", "status"), [("recorder", 403), ("leader", 403), ("observer", 403), ("outsider", 404)]
)
def test_recommendation_new_is_the_coordinators(request, client_of, two_party_cluster, reader, status):
    assert client_of(request.getfixturevalue(reader)).post(ADDRESS, recommendation_entry()).status_code == status
    assert not Recommendation.objects.exists()


def test_recommendation_new_refuses_other_methods(client_of, coordinator):
    assert client_of(coordinator).put(ADDRESS).status_code == 405
