"""The queue of a phone with the form of an incident; test_patrol_queue.py has the protocol in full."""

import uuid

import pytest

from cluster.models import Submission
from cluster.tests.sending import body_of, hash_of, may_leave_the_queue, send
from incidents.models import Incident
from incidents.tests.entries import incident_entry
from incidents.tests.factories import make_category

ADDRESS = "/clusters/cum-thu/incidents/new/"


@pytest.fixture
def entry(two_party_cluster):
    category = make_category(cluster=two_party_cluster.cluster)
    return incident_entry(unit=two_party_cluster.unit, category=category)


@pytest.fixture
def phone(client_of, recorder):
    client = client_of(recorder)
    return lambda entry, **headers: send(client, ADDRESS, entry, **headers)


def test_queue_stores_an_incident_once(phone, entry):
    first, second = phone(entry), phone(entry)
    assert (first.status_code, second.status_code) == (201, 200)
    assert first.json() | {"deleted": False} == second.json()
    assert (Incident.objects.count(), Submission.objects.get().kind) == (1, "incident")


def test_queue_answers_a_second_copy_though_the_category_has_ended(phone, entry, two_party_cluster):
    phone(entry)
    two_party_cluster.cluster.categories.update(valid_to="2010-12-31")
    assert phone(entry | {"client_id": str(uuid.uuid4())}).status_code == 422
    assert phone(entry).status_code == 200


def test_queue_opens_a_refused_incident_again(phone, entry):
    wrong = entry | {"occurred_on": "", "summary": "CCCD 044090001234"}
    said = phone(wrong).json()
    assert (said["state"], [error["field"] for error in said["errors"]]) == ("refused", ["occurred_on", "summary"])
    assert (said["client_id"], said["content_hash"]) == (entry["client_id"], hash_of(body_of(wrong)))
    assert f'value="{entry["client_id"]}"' in said["page"]


def test_queue_keeps_other_content_of_an_incident_in_the_tray(phone, entry):
    phone(entry)
    other = entry | {"place": "Bến đò"}
    response = phone(other)
    assert (response.status_code, may_leave_the_queue(response, other)) == (409, True)
    assert Submission.objects.in_tray().get().body == body_of(other)


def test_queue_tells_patrols_from_incidents_of_one_id(phone, entry, client_of, recorder):
    """One id, two kinds: each is its own record."""
    phone(entry)
    response = send(client_of(recorder), "/clusters/cum-thu/patrols/new/", entry)
    assert (response.status_code, Submission.objects.count()) == (422, 1)


def test_queue_of_an_incident_notes_a_clock_that_is_off(phone, entry, client_of, recorder):
    url = phone(entry, X_Sent_At="1000").json()["url"]
    assert "chạy chậm" in client_of(recorder).get(url).content.decode()
