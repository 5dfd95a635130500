"""What a patrol found, entered in place after the patrol was logged."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from cluster.tests.factories import make_posting
from incidents.models import Incident
from incidents.tests.factories import make_category, make_incident
from patrols.tests.entries import input_of, page_of, value_of
from patrols.tests.factories import make_patrol


@pytest.fixture
def category(two_party_cluster):
    return make_category(cluster=two_party_cluster.cluster, name="Trộm cắp tài sản")


@pytest.fixture
def patrol(two_party_cluster, recorder):
    world = two_party_cluster
    return make_patrol(cluster=world.cluster, lead_unit=world.unit, recorded_by=recorder, recorded_unit=world.unit)


@pytest.fixture
def address(patrol):
    return f"/clusters/cum-thu/patrols/{patrol.client_id}/incidents/"


@pytest.fixture
def entry(category, two_party_cluster):
    return {
        "client_id": str(uuid.uuid4()),
        "category": category.pk,
        "occurred_at": "22:15",
        "persons_involved": "2",
        "unit": two_party_cluster.unit.pk,
        "outcome": "resolved",
    }


# Who may


def test_patrol_incidents_refuses_other_methods(client_of, recorder, address):
    assert client_of(recorder).put(address).status_code == 405


@pytest.mark.parametrize("method", ["get", "post"])
def test_patrol_incidents_sends_strangers_to_sign_in(client, address, method):
    assert getattr(client, method)(address)["Location"] == f"/accounts/login/?next={address}"


@pytest.mark.parametrize("method", ["get", "post"])
def test_patrol_incidents_does_not_exist_for_outsiders(client_of, outsider, address, method):
    assert getattr(client_of(outsider), method)(address).status_code == 404


@pytest.mark.parametrize("persona", ["leader", "observer"])
def test_patrol_incidents_is_forbidden_to_readers(client_of, request, address, entry, persona):
    assert client_of(request.getfixturevalue(persona)).post(address, entry).status_code == 403
    assert not Incident.objects.exists()


@pytest.mark.parametrize("change", [{"deleted_at": timezone.now()}, {"status": "cancelled", "status_reason": "Mưa"}])
def test_patrol_incidents_of_no_patrol_does_not_exist(client_of, recorder, patrol, address, change):
    type(patrol).objects.update(**change)
    assert client_of(recorder).get(address).status_code == 404


# Entering


def test_patrol_incidents_logs_one_and_offers_the_next(client_of, recorder, patrol, address, entry, two_party_cluster):
    response = client_of(recorder).post(address, entry)
    incident = Incident.objects.get()
    assert (response.status_code, response["Location"]) == (302, address)
    assert (incident.patrol, incident.unit, incident.persons_involved) == (patrol, two_party_cluster.unit, 2)
    assert (incident.occurred_on, incident.occurred_at) == (dt.date(2017, 6, 1), dt.time(22, 15))
    assert (incident.recorded_by, incident.recorded_unit) == (recorder, two_party_cluster.unit)


@pytest.mark.parametrize(
    ("clock", "day"), [("", 1), ("21:00", 1), ("23:59", 1), ("0h30", 2), ("02:00", 2), ("20:59", 2)]
)
def test_patrol_incidents_dates_the_small_hours_of_a_night_shift(client_of, recorder, address, entry, clock, day):
    client_of(recorder).post(address, entry | {"occurred_at": clock})
    assert Incident.objects.get().occurred_on == dt.date(2017, 6, day)


def test_patrol_incidents_of_a_day_shift_are_of_its_day(client_of, recorder, patrol, address, entry):
    patrol.ends_at = patrol.starts_at + dt.timedelta(hours=1)
    patrol.save()
    client_of(recorder).post(address, entry | {"occurred_at": "20:00"})
    assert Incident.objects.get().occurred_on == patrol.local_date


def test_patrol_incidents_sent_twice_is_stored_once(client_of, recorder, address, entry):
    client = client_of(recorder)
    assert [client.post(address, entry).status_code for _ in range(2)] == [302, 302]
    assert Incident.objects.count() == 1


def test_patrol_incidents_with_the_id_of_other_content_keeps_the_text(client_of, recorder, address, entry):
    client = client_of(recorder)
    client.post(address, entry)
    response = client.post(address, entry | {"summary": "Nội dung khác"})
    assert (response.status_code, Incident.objects.count()) == (409, 1)
    assert value_of(response, "summary") == "Nội dung khác"
    assert value_of(response, "client_id") != entry["client_id"]


def test_patrol_incidents_with_the_id_of_a_deleted_one_says_so(client_of, recorder, address, entry):
    client_of(recorder).post(address, entry)
    Incident.objects.update(deleted_at=timezone.now())
    assert client_of(recorder).post(address, entry).status_code == 410


@pytest.mark.parametrize(
    "change",
    [
        {"category": ""},
        {"category": "77777"},
        {"occurred_at": "25h"},
        {"persons_involved": "-1"},
        {"outcome": "x"},
        {"summary": "CCCD 044090001234"},
        {"client_id": "x"},
    ],
)
def test_patrol_incidents_refused_changes_nothing(client_of, recorder, address, entry, change):
    assert client_of(recorder).post(address, entry | change).status_code == 422
    assert not Incident.objects.exists()


def test_patrol_incidents_refuses_a_category_out_of_use(client_of, recorder, address, entry, category):
    category.valid_to = dt.date(2017, 5, 31)
    category.save()
    assert client_of(recorder).post(address, entry).status_code == 422


def test_patrol_incidents_are_logged_for_the_own_unit_only(client_of, recorder, address, entry, two_party_cluster):
    foreign = {"unit": two_party_cluster.partner_unit.pk}
    assert client_of(recorder).post(address, entry | foreign).status_code == 422


def test_patrol_incidents_asks_for_the_unit_where_there_are_two(client_of, recorder, address, two_party_cluster):
    hidden = input_of(client_of(recorder).get(address), "unit")
    make_posting(role="recorder", user=recorder, unit=two_party_cluster.partner_unit)
    shown = input_of(client_of(recorder).get(address), "unit")
    assert (hidden.name, hidden["value"], shown.name) == ("input", str(two_party_cluster.unit.pk), "select")


# From the form of the patrol


@pytest.mark.parametrize(("then", "suffix"), [({"then": "incidents"}, "incidents/"), ({}, ""), ({"then": "x"}, "")])
def test_patrol_form_leads_to_its_incidents(client_of, recorder, patrol, two_party_cluster, then, suffix):
    world = two_party_cluster
    patrol.contingents.all().delete()
    edit = {"version": "1", "date": "2017-06-01", "start": "21:00", "end": "02:00", "route": "Quốc lộ 1A"}
    line = {"line-0-unit": world.unit.pk, "line-0-force": world.force.pk, "line-0-headcount": "3"}
    entry = edit | line | {"lead_unit": world.unit.pk, "kind": "joint", "status": "completed"} | then
    response = client_of(recorder).post(f"{patrol.get_absolute_url()}edit/", entry)
    assert response["Location"] == patrol.get_absolute_url() + suffix


# Linking


def offered(response):
    """The patrol that each incident would be tied to, "" where the two would part."""
    inputs = page_of(response).select('form[action$="/link/"] [name=patrol]')
    return {str(tag.parent and tag.parent["action"]).split("/")[-3]: str(tag["value"]) for tag in inputs}


def test_patrol_incidents_offers_the_own_of_these_days(client_of, recorder, patrol, address, two_party_cluster):
    cluster, own = two_party_cluster.cluster, {"recorded_unit": two_party_cluster.unit}
    near = [make_incident(cluster=cluster, occurred_on=dt.date(2017, 6, day), **own) for day in (1, 2)]
    near.append(make_incident(cluster=cluster, occurred_on=dt.date(2017, 5, 31), **own))
    make_incident(cluster=cluster, occurred_on=dt.date(2017, 6, 3), **own)
    make_incident(cluster=cluster, patrol=make_patrol(cluster=cluster), **own)
    make_incident(cluster=cluster, deleted_at=timezone.now(), **own)
    make_incident(cluster=cluster, recorded_unit=two_party_cluster.partner_unit)
    make_incident(**own)
    shown = offered(client_of(recorder).get(address))
    assert shown == {str(incident.client_id): str(patrol.client_id) for incident in near}


def test_patrol_incidents_lists_what_was_found_and_offers_to_part_the_own(
    client_of, recorder, patrol, address, two_party_cluster
):
    cluster = two_party_cluster.cluster
    own = make_incident(cluster=cluster, patrol=patrol, recorded_unit=two_party_cluster.unit)
    make_incident(cluster=cluster, patrol=patrol, recorded_unit=two_party_cluster.partner_unit)
    response = client_of(recorder).get(address)
    assert len(page_of(response).select(".found-incidents > li")) == 2
    assert offered(response) == {str(own.client_id): ""}
