import pytest

from patrols.models import JointPatrol
from patrols.tests.entries import error_of, first, value_of

REASON = {"version": "1", "reason": "Trùng hội nghị"}


@pytest.fixture
def address(plan):
    return f"{plan.get_absolute_url()}cancel/"


def stored():
    return JointPatrol.objects.get()


def test_plan_cancel_refuses_other_methods(client_of, recorder, address):
    assert client_of(recorder).delete(address).status_code == 405


@pytest.mark.parametrize("method", ["get", "post"])
def test_plan_cancel_sends_strangers_to_sign_in(client, address, method):
    assert getattr(client, method)(address)["Location"] == f"/accounts/login/?next={address}"


def test_plan_cancel_does_not_exist_for_outsiders(client_of, outsider, address):
    assert client_of(outsider).post(address, REASON).status_code == 404


def test_plan_cancel_is_forbidden_to_readers(client_of, leader, address):
    client = client_of(leader)
    assert (client.get(address).status_code, client.post(address, REASON).status_code) == (403, 403)
    assert stored().status == "scheduled"


def test_plan_cancel_asks_first(client_of, recorder, address):
    response = client_of(recorder).get(address)
    assert (response.status_code, stored().status) == (200, "scheduled")
    assert first(response, "h1").get_text() == "Cancel this patrol"


def test_plan_cancel_says_why_and_keeps_the_plan(client_of, recorder, address, plan):
    response = client_of(recorder).post(address, REASON)
    newest = plan.history.first()
    assert (response.status_code, response["Location"]) == (302, plan.get_absolute_url())
    assert (stored().status, stored().status_reason) == ("cancelled", "Trùng hội nghị")
    assert (stored().planned_start, newest.history_user) == (plan.planned_start, recorder)


@pytest.mark.parametrize("reason", ["", "  ", "CCCD 044090001234"])
def test_plan_cancel_without_a_reason_changes_nothing(client_of, recorder, address, reason):
    response = client_of(recorder).post(address, REASON | {"reason": reason})
    assert (response.status_code, stored().version) == (422, 1)
    assert error_of(response, "reason")


@pytest.mark.parametrize(("version", "status"), [("", 428), ("7", 409)])
def test_plan_cancel_needs_the_version_it_saw(client_of, recorder, address, version, status):
    response = client_of(recorder).post(address, REASON | {"version": version})
    assert (response.status_code, stored().status) == (status, "scheduled")
    assert (value_of(response, "version"), value_of(response, "reason")) == ("1", "Trùng hội nghị")


def test_plan_cancel_twice_is_refused(client_of, recorder, address):
    client = client_of(recorder)
    client.post(address, REASON)
    assert client.post(address, REASON | {"version": "2"}).status_code == 409
    assert stored().version == 2
