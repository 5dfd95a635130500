"""An incident is tied to the patrol that found it by one tap, and parted from it."""

import pytest

from incidents.models import Incident
from incidents.tests.factories import make_incident
from patrols.tests.factories import make_patrol


@pytest.fixture
def patrol(two_party_cluster):
    return make_patrol(cluster=two_party_cluster.cluster)


@pytest.fixture
def incident(two_party_cluster, recorder):
    world = two_party_cluster
    return make_incident(cluster=world.cluster, recorded_by=recorder, recorded_unit=world.unit, unit=world.unit)


@pytest.fixture
def address(incident):
    return f"/clusters/cum-thu/incidents/{incident.client_id}/link/"


@pytest.fixture
def link(patrol):
    return {"patrol": str(patrol.client_id), "version": "1"}


def stored():
    return Incident.objects.get()


def test_incident_link_ties_the_two(client_of, recorder, address, link, patrol):
    response = client_of(recorder).post(address, link)
    assert response["Location"] == f"/clusters/cum-thu/patrols/{patrol.client_id}/incidents/"
    assert (stored().patrol, stored().version) == (patrol, 2)
    assert stored().history.first().history_user == recorder


def test_incident_link_parts_the_two(client_of, recorder, address, link, patrol):
    Incident.objects.update(patrol=patrol)
    response = client_of(recorder).post(address, link | {"patrol": ""})
    assert response["Location"] == f"/clusters/cum-thu/patrols/{patrol.client_id}/incidents/"
    assert stored().patrol is None


def test_incident_link_leaves_the_rest_as_it_is(client_of, recorder, address, link):
    fields = [f.attname for f in Incident._meta.concrete_fields if f.name not in ("patrol", "version")]
    before = Incident.objects.values(*fields).get()
    client_of(recorder).post(address, link)
    assert Incident.objects.values(*fields).get() == before


@pytest.mark.parametrize(("version", "status"), [("2", 409), ("", 428), ("x", 428)])
def test_incident_link_of_another_version_changes_nothing(client_of, recorder, address, link, version, status):
    assert client_of(recorder).post(address, link | {"version": version}).status_code == status
    assert stored().patrol is None


def test_incident_link_is_no_page(client_of, recorder, address):
    assert client_of(recorder).get(address).status_code == 405


def test_incident_link_sends_strangers_to_sign_in(client, address, link):
    assert client.post(address, link)["Location"] == f"/accounts/login/?next={address}"


@pytest.mark.parametrize(
    ("persona", "status"),
    [("outsider", 404), ("leader", 403), ("observer", 403), ("partner_recorder", 403), ("coordinator", 403)],
)
def test_incident_link_of_others_is_refused(client_of, request, address, link, persona, status):
    assert client_of(request.getfixturevalue(persona)).post(address, link).status_code == status
    assert stored().patrol is None


@pytest.mark.parametrize("text", ["x", "9d004277-2cf3-4ec8-a933-d712ad10c2d2"])
def test_incident_link_to_no_patrol_does_not_exist(client_of, recorder, address, link, text):
    assert client_of(recorder).post(address, link | {"patrol": text}).status_code == 404


def test_incident_link_to_a_patrol_of_another_cluster_does_not_exist(client_of, recorder, address, link):
    foreign = make_patrol()
    assert client_of(recorder).post(address, link | {"patrol": str(foreign.client_id)}).status_code == 404
    assert stored().patrol is None
