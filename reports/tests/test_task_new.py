import datetime as dt

import pytest
from django.utils import timezone

from cluster.tests.factories import make_article, make_cluster
from reports.models import KeyTask, Review
from reports.tests.conference_entries import task_entry
from reports.tests.conference_factories import make_conference

ADDRESS = "/clusters/cum-thu/tasks/new/"


def test_task_new_stores_a_task(client_of, coordinator, two_party_cluster):
    response = client_of(coordinator).post(ADDRESS, task_entry(due_on="2018-06-30"))
    task = KeyTask.objects.get()
    assert response["Location"] == task.get_absolute_url()
    assert (task.cluster, task.recorded_by, task.assessment) == (two_party_cluster.cluster, coordinator, "")
    assert (task.date_to, task.deadline) == (dt.date(2018, 12, 31), dt.date(2018, 6, 30))


def test_task_new_suggests_the_parties_and_their_units(client_of, coordinator, two_party_cluster):
    bodies = client_of(coordinator).get(ADDRESS).context["bodies"]
    named = {row.name for row in (*two_party_cluster.parties, *two_party_cluster.units)}
    assert set(bodies) == named


def test_task_new_is_for_the_year_after_the_one_that_is_concluded(client_of, coordinator, two_party_cluster):
    year = {"date_from": dt.date(2017, 1, 1), "date_to": dt.date(2017, 12, 31)}
    before = {"compare_from": dt.date(2016, 1, 1), "compare_to": dt.date(2016, 12, 31)}
    review = Review.objects.create(cluster=two_party_cluster.cluster, **year, **before)
    # Late in December already, as some conferences are.
    conference = make_conference(cluster=two_party_cluster.cluster, review=review, held_on=dt.date(2017, 12, 28))
    form = client_of(coordinator).get(ADDRESS, {"conference": conference.client_id}).context["form"]
    assert (form["date_from"].value(), form["date_to"].value()) == (dt.date(2018, 1, 1), dt.date(2018, 12, 31))
    assert (form["conference"].value(), form["review"].value()) == (conference.pk, review.pk)


def test_task_new_is_for_the_present_year(client_of, coordinator):
    form = client_of(coordinator).get(ADDRESS).context["form"]
    assert form["date_to"].value() == dt.date(timezone.localdate().year, 12, 31)


def test_task_new_stores_a_double_submit_once(client_of, coordinator):
    client, entry = client_of(coordinator), task_entry()
    assert [client.post(ADDRESS, entry).status_code for _ in range(2)] == [302, 302]
    assert KeyTask.objects.count() == 1


def test_task_new_says_that_the_record_was_deleted(client_of, coordinator):
    client, entry = client_of(coordinator), task_entry()
    client.post(ADDRESS, entry)
    KeyTask.objects.update(deleted_at=timezone.now())
    assert client.post(ADDRESS, entry).status_code == 410


@pytest.mark.parametrize(
    ("field", "value", "faulty"),
    [
        ("content", "", "content"),
        ("owner", "", "owner"),
        ("owner", "Ông A, 0912345678", "owner"),
        ("date_from", "", "date_from"),
        ("date_to", "2017-12-31", "date_to"),
        ("due_on", "2019-01-01", "due_on"),
        ("conference", "7", "conference"),
    ],
)
def test_task_new_refuses_and_writes_nothing(client_of, coordinator, field, value, faulty):
    response = client_of(coordinator).post(ADDRESS, task_entry(**{field: value}))
    assert (response.status_code, list(response.context["form"].errors)) == (422, [faulty])
    assert not KeyTask.objects.exists()


def test_task_new_needs_a_session(client, two_party_cluster):
    assert client.post(ADDRESS, task_entry())["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    ("reader", "status"), [("recorder", 403), ("leader", 403), ("observer", 403), ("outsider", 404)]
)
def test_task_new_is_the_coordinators(request, client_of, two_party_cluster, reader, status):
    assert client_of(request.getfixturevalue(reader)).post(ADDRESS, task_entry()).status_code == status
    assert not KeyTask.objects.exists()


def test_task_new_refuses_other_methods(client_of, coordinator):
    assert client_of(coordinator).put(ADDRESS).status_code == 405


def test_task_new_offers_the_articles_of_the_own_regulation(client_of, coordinator, two_party_cluster):
    own, foreign = make_article(cluster=two_party_cluster.cluster), make_article(cluster=make_cluster())
    client = client_of(coordinator)
    assert client.post(ADDRESS, task_entry(article=foreign.pk)).context["form"].errors.keys() == {"article"}
    client.post(ADDRESS, task_entry(article=own.pk))
    assert KeyTask.objects.get().article == own
