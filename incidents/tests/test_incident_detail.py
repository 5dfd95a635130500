import datetime as dt
import uuid

import pytest
from django.utils import translation

from cluster.tests.factories import make_administrative_unit, make_unit
from incidents.services import IncidentData, edit_incident
from incidents.tests.entries import queries_of
from incidents.tests.factories import make_category, make_incident
from patrols.tests.factories import make_patrol


@pytest.fixture
def incident(two_party_cluster):
    return make_incident(
        cluster=two_party_cluster.cluster, unit=two_party_cluster.unit, recorded_unit=two_party_cluster.unit
    )


def shown(client, incident):
    response = client.get(incident.get_absolute_url())
    assert response.status_code == 200
    return response.content.decode()


def test_incident_detail_tells_what_is_known(client_of, leader, incident):
    incident.place, incident.persons_involved, incident.summary = "Chợ Sen Thủy", 2, "Mất một xe đạp."
    incident.save()
    page = shown(client_of(leader), incident)
    for text in ("Chợ Sen Thủy", "Mất một xe đạp.", "<dd>2</dd>", str(incident.unit), "01/06/2017"):
        assert text in page


def test_incident_detail_escapes_what_was_typed(client_of, leader, incident):
    incident.summary = "<script>alert(1)</script>"
    incident.save()
    assert "<script>alert" not in shown(client_of(leader), incident)


def test_incident_detail_leads_to_the_patrol(client_of, leader, incident):
    incident.patrol = make_patrol(cluster=incident.cluster)
    incident.save()
    assert f'href="{incident.patrol.get_absolute_url()}"' in shown(client_of(leader), incident)


def test_incident_detail_warns_of_a_unit_that_was_no_member(incident):
    incident.unit = make_unit(name="Công an xã A")
    with translation.override("en"):
        assert incident.warnings() == ["The unit Công an xã A does not belong to the cluster on 01/06/2017."]


def test_incident_detail_warns_of_a_commune_that_had_ended(incident):
    incident.commune = make_administrative_unit(name="Vĩnh Trung", valid_to=dt.date(2016, 12, 31))
    with translation.override("en"):
        (warning,) = incident.warnings()
    assert warning.startswith("The administrative unit xã Vĩnh Trung ended before 01/01/2017")


def test_incident_detail_warns_of_a_patrol_of_another_time(incident):
    incident.patrol = make_patrol(cluster=incident.cluster, starts_at=dt.datetime(2017, 6, 9, 14, tzinfo=dt.UTC))
    with translation.override("en"):
        assert incident.warnings() == ["The patrol that found the incident took place on 09/06/2017."]


def test_incident_detail_has_nothing_to_warn_of(incident):
    incident.patrol = make_patrol(cluster=incident.cluster)
    assert incident.warnings() == []


def test_incident_detail_shows_a_likely_twin(client_of, leader, incident):
    twin = make_incident(category=incident.category, occurred_on=incident.occurred_on)
    make_incident(category=make_category(cluster=incident.cluster), occurred_on=incident.occurred_on)
    response = client_of(leader).get(incident.get_absolute_url())
    assert list(response.context["twins"]) == [twin]


def test_incident_detail_shows_who_corrected_it_and_why(client_of, leader, coordinator, incident):
    data = IncidentData.of(incident)
    incident.history.update(history_user=None)
    new = IncidentData(**{**data.content(), "place": "Chợ", "cooperating_units": (incident.unit,)})
    edit_incident(incident, version=1, data=new, by=coordinator, reason="Sai địa điểm")
    changes = client_of(leader).get(incident.get_absolute_url()).context["changes"]
    assert [(change.by, change.reason, change.is_first) for change in changes] == [
        (coordinator, "Sai địa điểm", False),
        (None, "", True),
    ]
    assert len(changes[0].fields) == 2


def test_incident_detail_offers_edits_to_those_who_may(client_of, recorder, partner_recorder, leader, incident):
    edit = f"{incident.get_absolute_url()}edit/"
    offered = [edit in shown(client_of(user), incident) for user in (recorder, partner_recorder, leader)]
    assert offered == [True, False, False]


def test_incident_detail_costs_the_same_however_long_the_history(client_of, leader, coordinator, incident):
    client = client_of(leader)
    before = queries_of(client, incident.get_absolute_url())
    for version in range(1, 6):
        edit_incident(incident, version=version, data=IncidentData.of(incident), by=coordinator)
    assert queries_of(client, incident.get_absolute_url()) == before


def test_incident_detail_needs_a_session(client, incident):
    assert client.get(incident.get_absolute_url())["Location"].startswith("/accounts/login/")


def test_incident_detail_does_not_exist_for_an_outsider(client_of, outsider, incident):
    assert client_of(outsider).get(incident.get_absolute_url()).status_code == 404


def test_incident_detail_does_not_open_by_way_of_another_cluster(client_of, outsider, incident):
    assert client_of(outsider).get(f"/clusters/cum-khac/incidents/{incident.client_id}/").status_code == 404


def test_incident_detail_is_forbidden_to_an_observer(client_of, observer, incident):
    assert client_of(observer).get(incident.get_absolute_url()).status_code == 403


def test_incident_detail_does_not_exist_once_deleted(client_of, leader, incident):
    incident.deleted_at = dt.datetime(2018, 1, 1, tzinfo=dt.UTC)
    incident.save()
    assert client_of(leader).get(incident.get_absolute_url()).status_code == 404


def test_incident_detail_does_not_exist_under_an_unknown_id(client_of, leader):
    assert client_of(leader).get(f"/clusters/cum-thu/incidents/{uuid.uuid4()}/").status_code == 404


def test_incident_detail_refuses_other_methods(client_of, recorder, incident):
    assert client_of(recorder).post(incident.get_absolute_url()).status_code == 405
