import pytest

from incidents.models import Incident
from incidents.tests.factories import make_incident


@pytest.fixture
def incident(two_party_cluster, recorder):
    return make_incident(cluster=two_party_cluster.cluster, recorded_unit=two_party_cluster.unit, recorded_by=recorder)


@pytest.fixture
def address(incident):
    return f"{incident.get_absolute_url()}delete/"


def is_there(incident):
    return Incident.objects.of(incident.cluster).filter(pk=incident.pk).exists()


def test_incident_delete_asks_first(client_of, recorder, incident, address):
    assert client_of(recorder).get(address).status_code == 200
    assert is_there(incident)


def test_incident_delete_hides_the_incident(client_of, recorder, incident, address):
    response = client_of(recorder).post(address, {"version": 1})
    assert response["Location"] == "/clusters/cum-thu/incidents/"
    assert not is_there(incident)
    assert incident.history.first().history_user == recorder


def test_incident_delete_by_a_coordinator_needs_a_reason(client_of, coordinator, incident, address):
    client = client_of(coordinator)
    assert client.post(address, {"version": 1}).status_code == 422
    assert is_there(incident)
    client.post(address, {"version": 1, "reason": "Trùng"})
    assert not is_there(incident)
    assert incident.history.first().history_change_reason == "Trùng"


def test_incident_delete_refuses_identity_in_the_reason(client_of, recorder, incident, address):
    assert client_of(recorder).post(address, {"version": 1, "reason": "Gọi 0912345678"}).status_code == 422
    assert is_there(incident)


@pytest.mark.parametrize(("version", "status"), [("", 428), ("x", 428), ("7", 409)])
def test_incident_delete_deletes_only_what_was_seen(client_of, recorder, incident, address, version, status):
    assert client_of(recorder).post(address, {"version": version}).status_code == status
    assert is_there(incident)


def test_incident_delete_twice_does_not_exist(client_of, recorder, address):
    client = client_of(recorder)
    assert [client.post(address, {"version": 1}).status_code for _ in range(2)] == [302, 404]


def test_incident_delete_needs_a_session(client, address, incident):
    assert client.post(address, {"version": 1})["Location"].startswith("/accounts/login/")
    assert is_there(incident)


def test_incident_delete_does_not_exist_for_an_outsider(client_of, outsider, address, incident):
    assert client_of(outsider).post(address, {"version": 1}).status_code == 404
    assert is_there(incident)


@pytest.mark.parametrize("reader", ["leader", "observer", "partner_recorder"])
def test_incident_delete_is_forbidden_to_others(request, client_of, reader, address, incident):
    assert client_of(request.getfixturevalue(reader)).post(address, {"version": 1}).status_code == 403
    assert is_there(incident)


def test_incident_delete_refuses_other_methods(client_of, recorder, address):
    assert client_of(recorder).delete(address).status_code == 405
