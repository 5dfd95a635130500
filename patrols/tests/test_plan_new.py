import datetime as dt
import uuid

import pytest
from django.utils import timezone

from cluster.tests.factories import make_force
from patrols.models import JointPatrol
from patrols.recurrence import MOST_DATES
from patrols.tests.entries import error_of, first, line_entry, page_of, plan_entry, value_of
from patrols.tests.factories import make_patrol

ADDRESS = "/clusters/cum-thu/schedule/new/"


def ahead(days):
    return timezone.localdate() + dt.timedelta(days=days)


@pytest.fixture
def entry(two_party_cluster):
    return plan_entry(lead=two_party_cluster.unit)


@pytest.fixture
def weekly(entry):
    return entry | {"repeat": "weekly", "count": "4"}


@pytest.fixture
def post(client_of, recorder, two_party_cluster):
    client = client_of(recorder)
    return lambda entry: client.post(ADDRESS, entry)


def days():
    return list(JointPatrol.objects.order_by("local_date").values_list("local_date", flat=True))


def test_plan_new_refuses_other_methods(client_of, recorder, two_party_cluster):
    assert client_of(recorder).put(ADDRESS).status_code == 405


@pytest.mark.parametrize("method", ["get", "post"])
def test_plan_new_sends_strangers_to_sign_in(client, two_party_cluster, method):
    assert getattr(client, method)(ADDRESS)["Location"] == f"/accounts/login/?next={ADDRESS}"


def test_plan_new_does_not_exist_for_outsiders(client_of, outsider, entry):
    assert client_of(outsider).post(ADDRESS, entry).status_code == 404


@pytest.mark.parametrize("persona", ["leader", "partner_leader"])
def test_plan_new_is_forbidden_to_readers(client_of, request, entry, persona):
    client = client_of(request.getfixturevalue(persona))
    assert (client.get(ADDRESS).status_code, client.post(ADDRESS, entry).status_code) == (403, 403)
    assert days() == []


def test_plan_new_offers_the_own_unit_as_lead(client_of, recorder, two_party_cluster):
    response = client_of(recorder).get(ADDRESS, {"date": "2099-01-01"})
    assert value_of(response, "lead_unit") == str(two_party_cluster.unit.pk)
    assert value_of(response, "date") == "2099-01-01"


def test_plan_new_plans_one_patrol(post, entry, recorder, two_party_cluster):
    response = post(entry)
    patrol = JointPatrol.objects.get()
    start, end = timezone.localtime(patrol.planned_start), timezone.localtime(patrol.planned_end)
    assert (response.status_code, response["Location"]) == (302, f"/clusters/cum-thu/schedule/?month={ahead(7):%Y-%m}")
    assert (patrol.status, patrol.lead_unit, patrol.recorded_by) == ("scheduled", two_party_cluster.unit, recorder)
    assert (start.date(), start.hour, end.date(), end.hour) == (ahead(7), 21, ahead(8), 2)
    assert (patrol.client_id, patrol.starts_at) == (uuid.UUID(entry["client_id"]), None)


def test_plan_new_plans_a_series(post, weekly):
    assert post(weekly).status_code == 302
    assert days() == [ahead(7 + 7 * week) for week in range(4)]


def test_plan_new_takes_days_of_the_week_every_other_week_until_a_date(post, entry):
    monday = ahead(7 - timezone.localdate().weekday())
    chosen = {"date": monday, "repeat": "weekly", "weekdays": ["1", "5"], "every_weeks": "2"}
    post(entry | chosen | {"until": (monday + dt.timedelta(days=20)).isoformat()})
    assert [(day - monday).days for day in days()] == [1, 5, 15, 19]


def test_plan_new_takes_units_with_the_people_expected(post, entry, two_party_cluster):
    lines = line_entry(0, unit=two_party_cluster.unit, force=two_party_cluster.force, headcount=3)
    lines |= line_entry(1, unit=two_party_cluster.partner_unit, force=two_party_cluster.force, headcount=2)
    post(entry | lines)
    found = JointPatrol.objects.get().contingents
    assert [(line.unit, line.headcount, line.state) for line in found.all()] == [
        (two_party_cluster.unit, 3, "pending"),
        (two_party_cluster.partner_unit, 2, "pending"),
    ]


def test_plan_new_shows_the_dates_before_it_saves(post, entry):
    last = dt.date(timezone.localdate().year + 1, 1, 31)
    response = post(entry | {"date": last, "repeat": "month_day", "count": "3", "preview": "1"})
    shown = page_of(response).select("#dates li")
    assert (response.status_code, days()) == (200, [])
    assert [item.time["datetime"][5:7] for item in shown] == ["01", "02", "03"]
    assert [bool(item.select(".patrol-flag")) for item in shown] == [False, True, False]
    assert "no day 31" in shown[1].get_text()
    assert value_of(response, "client_id") == entry["client_id"], "saved next it is the same form"


def test_plan_new_tells_what_the_units_do_that_day_already(post, weekly, two_party_cluster):
    busy = dt.datetime.combine(ahead(14), dt.time(20), timezone.get_default_timezone())
    make_patrol(
        cluster=two_party_cluster.cluster, starts_at=None, planned_start=busy, status="scheduled", route="Đường khác"
    )
    shown = page_of(post(weekly | {"preview": "1"})).select("#dates li")
    assert ["Đường khác" in item.get_text() for item in shown] == [False, True, False, False]


def test_plan_new_sent_twice_is_planned_once(post, weekly):
    first_answer, second_answer = post(weekly), post(weekly)
    assert (second_answer.status_code, second_answer["Location"]) == (302, first_answer["Location"])
    assert len(days()) == 4


@pytest.mark.parametrize("change", [{"count": "5"}, {"route": "Đường khác"}, {"start": "20:00"}])
def test_plan_new_with_other_content_under_its_id_keeps_the_text(post, weekly, change):
    post(weekly)
    response = post(weekly | change)
    assert (response.status_code, len(days())) == (409, 4)
    assert value_of(response, "client_id") != weekly["client_id"]
    assert "saved before, with other content" in first(response, "[role=alert]").get_text()


def test_plan_new_of_a_deleted_patrol_makes_no_second(post, entry):
    post(entry)
    JointPatrol.objects.update(deleted_at=timezone.now())
    assert (post(entry).status_code, JointPatrol.objects.filter(deleted_at=None).count()) == (409, 0)


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"date": ""}, "date"),
        ({"date": "2017-06-01"}, "date"),
        ({"date": "9999-06-01"}, "date"),
        ({"start": "25:00"}, "start"),
        ({"route": ""}, "route"),
        ({"route": "CCCD 044090001234"}, "route"),
        ({"lead_unit": ""}, "lead_unit"),
        ({"lead_unit": "999999"}, "lead_unit"),
        ({"repeat": "yearly"}, "repeat"),
        ({"repeat": "weekly"}, "until"),
        ({"repeat": "weekly", "until": "2017-06-01"}, "until"),
        ({"repeat": "weekly", "weekdays": ["0", "1", "2", "3", "4", "5", "6"], "until": "AHEAD"}, "until"),
        ({"repeat": "month_day", "count": "30"}, "until"),
        ({"repeat": "weekly", "count": "61"}, "count"),
        ({"repeat": "weekly", "count": "3", "every_weeks": "0"}, "every_weeks"),
        ({"repeat": "weekly", "count": "3", "weekdays": ["9"]}, "weekdays"),
    ],
)
def test_plan_new_refused_changes_nothing(post, entry, changes, name):
    changes = {key: ahead(7 + MOST_DATES) if value == "AHEAD" else value for key, value in changes.items()}
    response = post(entry | changes)
    assert (response.status_code, days()) == (422, [])
    assert error_of(response, name)


def test_plan_new_takes_the_most_there_may_be(post, entry):
    every_day = {"repeat": "weekly", "weekdays": list("0123456"), "until": ahead(6 + MOST_DATES)}
    assert (post(entry | every_day).status_code, len(days())) == (302, MOST_DATES)


def test_plan_new_is_for_the_own_unit(post, entry, two_party_cluster, coordinator, client_of):
    foreign = entry | {"lead_unit": two_party_cluster.partner_unit.pk}
    response = post(foreign)
    assert (response.status_code, days()) == (422, [])
    assert "own unit" in error_of(response, "lead_unit")
    assert client_of(coordinator).post(ADDRESS, foreign).status_code == 302
    assert JointPatrol.objects.get().recorded_unit == two_party_cluster.partner_unit


def test_plan_new_refuses_a_force_that_ends_before_the_series(post, weekly, two_party_cluster):
    force = make_force(valid_to=ahead(20))
    lines = line_entry(0, unit=two_party_cluster.unit, force=force)
    response = post(weekly | lines)
    assert (response.status_code, days()) == (422, [])
    assert "exists only" in error_of(response, "line-0-force")


def test_plan_new_adds_a_line_and_keeps_the_text(post, weekly):
    response = post(weekly | {"weekdays": ["2"], "line-0-headcount": "7", "line-1-headcount": "", "add_line": "1"})
    page = page_of(response)
    assert (response.status_code, len(page.select("fieldset.patrol-line"))) == (200, 3)
    assert (value_of(response, "route"), value_of(response, "line-0-headcount")) == ("Quốc lộ 1A", "7")
    assert [box["value"] for box in page.select("[name=weekdays][checked]")] == ["2"]
    assert value_of(response, "client_id") == weekly["client_id"]
