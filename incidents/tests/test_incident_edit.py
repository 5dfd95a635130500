import datetime as dt

import pytest
from django.utils import timezone

from cluster.tests.factories import make_unit
from incidents.models import Incident
from incidents.services import IncidentData, edit_incident
from incidents.tests.entries import field_text, incident_entry
from incidents.tests.factories import make_category, make_incident
from patrols.tests.factories import make_patrol


@pytest.fixture
def incident(two_party_cluster, recorder):
    return make_incident(
        cluster=two_party_cluster.cluster,
        unit=two_party_cluster.unit,
        recorded_unit=two_party_cluster.unit,
        recorded_by=recorder,
        place="Chợ cũ",
    )


@pytest.fixture
def address(incident):
    return f"{incident.get_absolute_url()}edit/"


@pytest.fixture
def entry(incident):
    return incident_entry(unit=incident.unit, category=incident.category, version=1, place="Chợ mới")


def edited_by_another(incident, user):
    other = Incident.objects.get(pk=incident.pk)
    data = IncidentData(**{**IncidentData.of(other).content(), "place": "Bến xe", "persons_involved": 4})
    edit_incident(other, version=other.version, data=data, by=user)


def test_incident_edit_shows_what_is_stored(client_of, recorder, incident, address):
    incident.patrol = make_patrol(cluster=incident.cluster)
    incident.occurred_at = dt.time(9, 5)
    incident.save()
    response = client_of(recorder).get(address)
    shown = [field_text(response, name) for name in ("place", "occurred_on", "occurred_at", "version")]
    assert shown == ["Chợ cũ", "2017-06-01", "09:05", "1"]
    assert str(incident.patrol.client_id) in str(response.context["form"]["patrol"])


def test_incident_edit_changes_the_incident(client_of, recorder, incident, address, entry, two_party_cluster):
    entry |= {"cooperating_units": [two_party_cluster.partner_unit.pk], "persons_involved": "0"}
    response = client_of(recorder).post(address, entry)
    incident.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, incident.get_absolute_url())
    assert (incident.place, incident.persons_involved, incident.version) == ("Chợ mới", 0, 2)
    assert list(incident.cooperating_units.all()) == [two_party_cluster.partner_unit]


def test_incident_edit_needs_no_reason_for_the_own_record(client_of, recorder, address):
    assert "reason" not in client_of(recorder).get(address).context["form"].fields


def test_incident_edit_by_a_coordinator_needs_a_reason(client_of, coordinator, incident, address, entry):
    client = client_of(coordinator)
    refused = client.post(address, entry)
    assert (refused.status_code, list(refused.context["form"].errors)) == (422, ["reason"])
    assert client.post(address, entry | {"reason": "Nhầm chợ"}).status_code == 302
    assert incident.latest_reasons().first().history_change_reason == "Nhầm chợ"


def test_incident_edit_keeps_the_text_of_a_stale_edit(client_of, recorder, coordinator, incident, address, entry):
    edited_by_another(incident, coordinator)
    response = client_of(recorder).post(address, entry)
    incident.refresh_from_db()
    assert (response.status_code, incident.place) == (409, "Bến xe")
    assert (field_text(response, "place"), field_text(response, "version")) == ("Chợ mới", "2")
    shown = [(found.stored, found.entered) for found in response.context["differences"]]
    assert shown == [("Bến xe", "Chợ mới"), ("4", "–")]


def test_incident_edit_replaces_knowingly_after_a_conflict(client_of, recorder, coordinator, incident, address, entry):
    edited_by_another(incident, coordinator)
    client = client_of(recorder)
    version = field_text(client.post(address, entry), "version")
    assert client.post(address, entry | {"version": version}).status_code == 302
    incident.refresh_from_db()
    assert (incident.place, incident.version) == ("Chợ mới", 3)


@pytest.mark.parametrize("version", ["", "x", "-1", "1.0", "9" * 30])
def test_incident_edit_asks_for_the_version(client_of, recorder, incident, address, entry, version):
    response = client_of(recorder).post(address, entry | {"version": version})
    incident.refresh_from_db()
    assert (response.status_code, incident.place) == (428, "Chợ cũ")
    assert field_text(response, "place") == "Chợ mới"


def test_incident_edit_keeps_the_seen_version_of_an_invalid_form(
    client_of, recorder, coordinator, incident, address, entry
):
    edited_by_another(incident, coordinator)
    response = client_of(recorder).post(address, entry | {"occurred_on": ""})
    assert (response.status_code, field_text(response, "version")) == (422, "1")


def test_incident_edit_keeps_the_text_of_a_deleted_record(client_of, recorder, incident, address, entry, monkeypatch):
    def deleted_meanwhile(incident, **rest):
        Incident.objects.update(deleted_at=timezone.now())
        edit_incident(incident, **rest)

    monkeypatch.setattr("incidents.views.incidents.edit_incident", deleted_meanwhile)
    response = client_of(recorder).post(address, entry)
    assert (response.status_code, response.context["is_gone"]) == (409, True)
    assert field_text(response, "place") == "Chợ mới"


def test_incident_edit_refuses_identity_and_keeps_the_text(client_of, recorder, incident, address, entry):
    response = client_of(recorder).post(address, entry | {"summary": "CCCD 044090001234"})
    incident.refresh_from_db()
    assert (response.status_code, incident.place) == (422, "Chợ cũ")
    assert field_text(response, "summary") == "CCCD 044090001234"


def test_incident_edit_keeps_a_category_out_of_use(client_of, recorder, incident, address, entry):
    incident.category.valid_to = dt.date(2016, 1, 1)
    incident.category.save()
    assert client_of(recorder).post(address, entry).status_code == 302


def test_incident_edit_keeps_a_patrol_that_was_deleted(client_of, recorder, incident, address, entry):
    incident.patrol = make_patrol(cluster=incident.cluster, deleted_at=timezone.now())
    incident.save()
    client_of(recorder).post(address, entry | {"patrol": incident.patrol.client_id})
    incident.refresh_from_db()
    assert (incident.place, incident.patrol_id) == ("Chợ mới", incident.patrol.pk)


def test_incident_edit_keeps_the_unit_that_a_coordinator_chose(
    client_of, recorder, incident, address, two_party_cluster
):
    incident.unit = two_party_cluster.partner_unit
    incident.save()
    entry = incident_entry(unit=incident.unit, category=incident.category, version=1)
    assert client_of(recorder).post(address, entry).status_code == 302


def test_incident_edit_takes_nothing_of_another_cluster(client_of, coordinator, incident, address, entry, outsider):
    other = outsider.postings.get().unit
    foreign = {"unit": other.pk, "category": make_category().pk, "cooperating_units": [other.pk]}
    for field, value in foreign.items():
        response = client_of(coordinator).post(address, entry | {"reason": "Thử", field: value})
        assert list(response.context["form"].errors) == [field]


def test_incident_edit_needs_a_session(client, address, entry):
    assert client.post(address, entry)["Location"].startswith("/accounts/login/")


def test_incident_edit_does_not_exist_for_an_outsider(client_of, outsider, address, entry):
    assert client_of(outsider).post(address, entry).status_code == 404


@pytest.mark.parametrize("reader", ["leader", "observer", "partner_recorder"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_incident_edit_is_forbidden_to_others(request, client_of, reader, method, incident, address, entry):
    client = client_of(request.getfixturevalue(reader))
    assert getattr(client, method)(address, entry).status_code == 403
    incident.refresh_from_db()
    assert incident.place == "Chợ cũ"


def test_incident_edit_is_forbidden_once_the_posting_ends(client_of, recorder, incident, address, entry):
    recorder.postings.update(valid_to=timezone.localdate() - dt.timedelta(days=1))
    assert client_of(recorder).post(address, entry).status_code == 404


def test_incident_edit_refuses_other_methods(client_of, recorder, address):
    assert client_of(recorder).delete(address).status_code == 405


def test_incident_edit_stays_with_the_record_of_a_unit_that_left(client_of, coordinator, incident, address, entry):
    incident.unit = make_unit()
    incident.save()
    response = client_of(coordinator).post(address, entry | {"reason": "Đúng đơn vị"})
    assert response.status_code == 302
