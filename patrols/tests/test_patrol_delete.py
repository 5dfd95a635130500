import pytest

from patrols.models import Contingent, JointPatrol
from patrols.tests.entries import error_of, first, page_of, value_of
from patrols.tests.factories import make_patrol

State = Contingent.State


@pytest.fixture
def patrol(two_party_cluster, recorder):
    world = two_party_cluster
    more = {"recorded_by": recorder, "recorded_unit": world.unit}
    return make_patrol(cluster=world.cluster, lead_unit=world.unit, **more)


@pytest.fixture
def address(patrol):
    return f"/clusters/cum-thu/patrols/{patrol.client_id}/delete/"


def remaining():
    return JointPatrol.objects.filter(deleted_at=None).count()


def test_patrol_delete_refuses_other_methods(client_of, recorder, address):
    assert client_of(recorder).delete(address).status_code == 405


@pytest.mark.parametrize("method", ["get", "post"])
def test_patrol_delete_sends_strangers_to_sign_in(client, address, method):
    assert getattr(client, method)(address)["Location"] == f"/accounts/login/?next={address}"


@pytest.mark.parametrize("method", ["get", "post"])
def test_patrol_delete_does_not_exist_for_outsiders(client_of, outsider, address, method):
    assert getattr(client_of(outsider), method)(address, {"version": "1"}).status_code == 404


@pytest.mark.parametrize("persona", ["leader", "observer", "partner_recorder"])
def test_patrol_delete_is_forbidden_to_others(client_of, request, address, persona):
    client = client_of(request.getfixturevalue(persona))
    assert client.get(address).status_code == 403
    assert client.post(address, {"version": "1", "reason": "Trùng"}).status_code == 403
    assert remaining() == 1


def test_patrol_delete_asks_first(client_of, recorder, address):
    response = client_of(recorder).get(address)
    assert (response.status_code, value_of(response, "version"), remaining()) == (200, "1", 1)
    assert first(response, "h1").get_text() == "Delete this patrol?"


def test_patrol_delete_hides_the_patrol_and_keeps_its_history(client_of, recorder, address, patrol):
    response = client_of(recorder).post(address, {"version": "1"})
    newest = patrol.history.first()
    assert (response.status_code, response["Location"], remaining()) == (302, "/clusters/cum-thu/patrols/", 0)
    assert (newest.history_user, newest.deleted_at is None, patrol.contingents.count()) == (recorder, False, 2)


def test_patrol_delete_by_a_coordinator_needs_a_reason(client_of, coordinator, address, patrol):
    client = client_of(coordinator)
    response = client.post(address, {"version": "1", "reason": " "})
    assert (response.status_code, error_of(response, "reason"), remaining()) == (422, "This field is required.", 1)
    client.post(address, {"version": "1", "reason": "Ghi trùng"})
    assert (patrol.history.first().history_change_reason, remaining()) == ("Ghi trùng", 0)


@pytest.mark.parametrize("state", [State.CONFIRMED, State.CORRECTED])
def test_patrol_delete_leaves_what_another_unit_vouched_for(client_of, recorder, address, patrol, state):
    patrol.contingents.exclude(unit=patrol.lead_unit).update(state=state, reason="Lý do", corrected_from=4)
    response = client_of(recorder).post(address, {"version": "1"})
    assert (response.status_code, remaining()) == (422, 1)
    assert "only the coordinator deletes this record" in first(response, "main .notice-danger").get_text()


@pytest.mark.parametrize(("data", "status"), [({}, 428), ({"version": "x"}, 428), ({"version": "7"}, 409)])
def test_patrol_delete_needs_the_version_it_saw(client_of, recorder, address, data, status):
    response = client_of(recorder).post(address, data)
    assert (response.status_code, value_of(response, "version"), remaining()) == (status, "1", 1)
    assert page_of(response).select("main .notice-warning")


def test_patrol_delete_twice_does_not_exist(client_of, recorder, address):
    client = client_of(recorder)
    client.post(address, {"version": "1"})
    assert client.post(address, {"version": "1"}).status_code == 404
