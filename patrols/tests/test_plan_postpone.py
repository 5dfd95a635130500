import datetime as dt

import pytest
from django.utils import timezone

from cluster.tests.factories import make_member, make_posting
from patrols.models import JointPatrol
from patrols.tests.entries import error_of, first, page_of, value_of
from patrols.tests.factories import make_patrol

REASON = {"version": "1", "reason": "Mưa lũ"}


@pytest.fixture
def address(plan):
    return f"{plan.get_absolute_url()}postpone/"


def stored():
    return JointPatrol.objects.get()


def test_plan_postpone_refuses_other_methods(client_of, recorder, address):
    assert client_of(recorder).put(address).status_code == 405


@pytest.mark.parametrize("method", ["get", "post"])
def test_plan_postpone_sends_strangers_to_sign_in(client, address, method):
    assert getattr(client, method)(address)["Location"] == f"/accounts/login/?next={address}"


def test_plan_postpone_does_not_exist_for_outsiders(client_of, outsider, address):
    assert client_of(outsider).post(address, REASON).status_code == 404


def test_plan_postpone_is_forbidden_to_who_takes_no_part(client_of, leader, two_party_cluster, address):
    third = make_member(party=two_party_cluster.party).unit
    stranger = make_posting(role="recorder", unit=third).user
    for user in (leader, stranger):
        client = client_of(user)
        assert (client.get(address).status_code, client.post(address, REASON).status_code) == (403, 403)
    assert stored().status == "scheduled"


@pytest.mark.parametrize("persona", ["recorder", "partner_recorder", "coordinator"])
def test_plan_postpone_says_why(client_of, request, address, plan, persona):
    user = request.getfixturevalue(persona)
    response = client_of(user).post(address, REASON)
    newest = plan.history.first()
    assert (response.status_code, response["Location"]) == (302, plan.get_absolute_url())
    assert (stored().status, stored().status_reason, stored().version) == ("postponed", "Mưa lũ", 2)
    assert (newest.history_user, newest.history_change_reason) == (user, "Mưa lũ")


def test_plan_postpone_to_a_new_day_moves_it(client_of, recorder, address, plan):
    day = timezone.localdate() + dt.timedelta(days=9)
    client_of(recorder).post(address, REASON | {"date": day.isoformat(), "start": "22h", "end": "01:30"})
    moved = stored()
    start, end = (timezone.localtime(moment) for moment in (moved.planned_start, moved.planned_end))
    assert (moved.status, moved.local_date, start.date(), start.hour) == ("scheduled", day, day, 22)
    assert end - start == dt.timedelta(hours=3, minutes=30)
    assert set(moved.contingents.values_list("local_date", flat=True)) == {day}


def test_plan_postpone_offers_the_hours_as_planned(client_of, recorder, address):
    response = client_of(recorder).get(address)
    assert [value_of(response, name) for name in ("date", "start", "end")] == ["", "21:00", "01:00"]


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"reason": ""}, "reason"),
        ({"reason": "CCCD 044090001234"}, "reason"),
        ({"date": "2017-06-01", "start": "21:00"}, "date"),
        ({"date": "2999-06-01", "start": "21:00"}, "date"),
        ({"date": "TODAY"}, "start"),
        ({"date": "TODAY", "start": "99"}, "start"),
    ],
)
def test_plan_postpone_refused_changes_nothing(client_of, recorder, address, changes, name):
    changes = {key: timezone.localdate() if value == "TODAY" else value for key, value in changes.items()}
    response = client_of(recorder).post(address, REASON | changes)
    assert (response.status_code, stored().version) == (422, 1)
    assert error_of(response, name)


@pytest.mark.parametrize(("version", "status"), [("", 428), ("x", 428), ("7", 409)])
def test_plan_postpone_needs_the_version_it_saw(client_of, recorder, address, version, status):
    response = client_of(recorder).post(address, REASON | {"version": version})
    assert (response.status_code, stored().status) == (status, "scheduled")
    assert (value_of(response, "version"), value_of(response, "reason")) == ("1", "Mưa lũ")
    assert "has been changed" in first(response, "[role=alert]").get_text()


def test_plan_postpone_is_shown_with_reason_person_and_time(client_of, recorder, address, plan):
    client = client_of(recorder)
    client.post(address, REASON)
    notice = first(client.get(plan.get_absolute_url()), "main .notice-warning").get_text(" ", strip=True)
    assert notice.startswith(f"Postponed: Mưa lũ {recorder} · {timezone.localdate():%d/%m/%Y}")


def test_plan_postpone_of_what_is_over_is_closed(client_of, recorder, two_party_cluster):
    more = {"recorded_by": recorder, "recorded_unit": two_party_cluster.unit}
    over = make_patrol(cluster=two_party_cluster.cluster, **more)
    client, address = client_of(recorder), f"{over.get_absolute_url()}postpone/"
    assert page_of(client.get(address)).select("main button") == []
    assert (client.post(address, REASON).status_code, stored().status, stored().version) == (409, "completed", 1)
