import datetime as dt

import pytest
from django.utils import timezone

from patrols.models import JointPatrol
from patrols.tests.entries import error_of, first, value_of


@pytest.fixture
def address(plan):
    JointPatrol.objects.update(status="cancelled", status_reason="Trùng hội nghị")
    return f"{plan.get_absolute_url()}schedule/"


@pytest.fixture
def entry():
    day = timezone.localdate() + dt.timedelta(days=20)
    return {"version": "1", "date": day.isoformat(), "start": "20:30"}


def stored():
    return JointPatrol.objects.get()


def test_plan_again_refuses_other_methods(client_of, recorder, address):
    assert client_of(recorder).patch(address).status_code == 405


@pytest.mark.parametrize("method", ["get", "post"])
def test_plan_again_sends_strangers_to_sign_in(client, address, method):
    assert getattr(client, method)(address)["Location"] == f"/accounts/login/?next={address}"


def test_plan_again_does_not_exist_for_outsiders(client_of, outsider, address, entry):
    assert client_of(outsider).post(address, entry).status_code == 404


def test_plan_again_is_forbidden_to_readers(client_of, leader, address, entry):
    client = client_of(leader)
    assert (client.get(address).status_code, client.post(address, entry).status_code) == (403, 403)
    assert stored().status == "cancelled"


def test_plan_again_puts_it_back_into_the_schedule(client_of, partner_recorder, address, entry, plan):
    response = client_of(partner_recorder).post(address, entry)
    again = stored()
    start = timezone.localtime(again.planned_start)
    assert (response.status_code, response["Location"]) == (302, plan.get_absolute_url())
    assert (again.status, again.status_reason, again.planned_end) == ("scheduled", "", None)
    assert (start.date().isoformat(), start.hour, start.minute) == (entry["date"], 20, 30)
    assert again.history.first().history_user == partner_recorder


@pytest.mark.parametrize(("changes", "name"), [({"date": ""}, "date"), ({"start": ""}, "start"), ({"end": "x"}, "end")])
def test_plan_again_needs_a_day(client_of, recorder, address, entry, changes, name):
    response = client_of(recorder).post(address, entry | changes)
    assert (response.status_code, stored().status) == (422, "cancelled")
    assert error_of(response, name)


@pytest.mark.parametrize(("version", "status"), [("", 428), ("7", 409)])
def test_plan_again_needs_the_version_it_saw(client_of, recorder, address, entry, version, status):
    response = client_of(recorder).post(address, entry | {"version": version})
    assert (response.status_code, stored().status) == (status, "cancelled")
    assert value_of(response, "start") == "20:30"


def test_plan_again_of_what_stands_in_the_schedule_is_closed(client_of, recorder, address, entry):
    JointPatrol.objects.update(status="scheduled")
    client = client_of(recorder)
    assert "cannot be done" in first(client.get(address), "main .notice").get_text()
    assert (client.post(address, entry).status_code, stored().version) == (409, 1)
