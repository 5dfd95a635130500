"""Incidents, awards and declared figures in a period that is signed (security.md 10)."""

import datetime as dt
from functools import partial

import pytest
from django.db import transaction

from cluster.models import Seal
from cluster.services import SealedPeriod, claim_version, hold_seals
from cluster.tests.factories import make_seal
from incidents.models import Award, DeclaredFigure, Incident
from incidents.services import DeclaredData, IncidentData, delete_declared, edit_declared, edit_incident
from incidents.tests.entries import award_entry, declared_entry, field_text, incident_entry
from incidents.tests.factories import make_award, make_category, make_declared, make_incident
from patrols.tests.racing import at_once

HOME = "/clusters/cum-thu"


@pytest.fixture
def seal(two_party_cluster):
    return make_seal(cluster=two_party_cluster.cluster)


@pytest.fixture
def incident(two_party_cluster, recorder):
    world = two_party_cluster
    return make_incident(cluster=world.cluster, unit=world.unit, recorded_unit=world.unit, recorded_by=recorder)


def entry_of(incident, **changes):
    return incident_entry(unit=incident.unit, category=incident.category, version=1, **changes)


def test_signed_incident_is_neither_edited_nor_deleted(client_of, recorder, incident, seal):
    client, page = client_of(recorder), incident.get_absolute_url()
    edited = client.post(f"{page}edit/", entry_of(incident, place="Chợ mới"))
    deleted = client.post(f"{page}delete/", {"version": 1})
    assert (edited.status_code, deleted.status_code) == (423, 423)
    assert field_text(edited, "place") == "Chợ mới"
    assert list(Incident.objects.values_list("place", "version", "deleted_at")) == [("", 1, None)]
    assert incident.history.count() == 1


def test_message_is_that_of_the_labels(client_of, recorder, incident, seal):
    response = client_of(recorder).post(f"{incident.get_absolute_url()}edit/", entry_of(incident))
    message = "Số liệu kỳ năm 2017 đã được ký. Muốn sửa, lãnh đạo mở sửa đổi."
    assert message in response.content.decode()


@pytest.mark.parametrize(("is_open", "status"), [(False, 423), (True, 302)])
def test_incident_leaves_a_signed_period_by_an_amendment_only(client_of, recorder, incident, seal, is_open, status):
    Seal.objects.update(is_open=is_open)
    moved = entry_of(incident, occurred_on="2018-06-01")
    assert client_of(recorder).post(f"{incident.get_absolute_url()}edit/", moved).status_code == status


def test_incident_does_not_move_into_a_signed_period(client_of, recorder, incident):
    make_seal(cluster=incident.cluster, year=2016)
    moved = entry_of(incident, occurred_on="2016-06-01")
    assert client_of(recorder).post(f"{incident.get_absolute_url()}edit/", moved).status_code == 423
    incident.refresh_from_db()
    assert (incident.occurred_on, incident.version) == (dt.date(2017, 6, 1), 1)


def test_incident_is_not_tied_to_a_patrol_once_signed(client_of, recorder, incident, seal):
    response = client_of(recorder).post(f"{incident.get_absolute_url()}link/", {"version": 1, "patrol": ""})
    assert (response.status_code, Incident.objects.get().version) == (423, 1)


def test_each_period_must_be_open_for_itself(incident, recorder, seal):
    """An amendment of the half-year does not open the year."""
    make_seal(cluster=incident.cluster, date_to=dt.date(2017, 6, 30), is_open=True)
    with pytest.raises(SealedPeriod) as refused:
        edit_incident(incident, version=1, data=IncidentData.of(incident), by=recorder)
    assert refused.value.seal == seal


def test_seal_of_another_cluster_is_none_here(client_of, recorder, incident):
    make_seal(cluster=make_category().cluster)
    assert client_of(recorder).post(f"{incident.get_absolute_url()}edit/", entry_of(incident)).status_code == 302


def test_new_incident_of_a_signed_period_is_taken_and_marked(client_of, recorder, incident, seal):
    client = client_of(recorder)
    new = incident_entry(unit=incident.unit, category=incident.category)
    page = client.post(f"{HOME}/incidents/new/", new)["Location"]
    assert "Ghi sau khi ký" in client.get(page).content.decode()
    Incident.objects.filter(pk=incident.pk).update(recorded_at=seal.signed_at)
    assert "Ghi sau khi ký" not in client.get(incident.get_absolute_url()).content.decode()


def test_signed_award_is_neither_edited_nor_deleted(client_of, coordinator, seal):
    award, client = make_award(cluster=seal.cluster, recorded_by=coordinator), client_of(coordinator)
    page = f"{HOME}/awards/{award.client_id}"
    edited = client.post(f"{page}/edit/", award_entry(version=1, name="Khác"))
    assert (edited.status_code, client.post(f"{page}/delete/", {"version": 1}).status_code) == (423, 423)
    assert (Award.objects.get().name, Award.objects.get().version) == (award.name, 1)


def test_declared_figure_is_sealed_by_the_period_that_holds_it(client_of, coordinator, seal):
    figure, client = (
        make_declared(cluster=seal.cluster, year=2017, value=5, recorded_by=coordinator),
        client_of(coordinator),
    )
    year = {"date_from": "2017-01-01", "date_to": "2017-12-31"}
    edited = client.post(f"{HOME}/declared/{figure.pk}/edit/", declared_entry(version=1, value=6, **year))
    deleted = client.post(f"{HOME}/declared/{figure.pk}/delete/", {"version": 1})
    assert (edited.status_code, deleted.status_code, DeclaredFigure.objects.get().value) == (423, 423, 5)


def test_declared_figure_of_more_than_the_period_is_free(coordinator, seal):
    """The total of two years says nothing in the review of one."""
    figure = make_declared(cluster=seal.cluster, date_to=dt.date(2017, 12, 31), date_from=dt.date(2016, 1, 1), value=5)
    data = DeclaredData.of(figure)
    edit_declared(figure, version=1, data=data, by=coordinator)
    into = DeclaredData(**{**data.content(), "date_from": dt.date(2017, 1, 1)})
    with pytest.raises(SealedPeriod):
        edit_declared(figure, version=2, data=into, by=coordinator)
    delete_declared(figure, version=2, by=coordinator)


def test_late_declared_figure_is_marked(client_of, coordinator, seal):
    client = client_of(coordinator)
    year = {"date_from": "2017-01-01", "date_to": "2017-12-31"}
    assert client.post(f"{HOME}/declared/new/", declared_entry(**year)).status_code == 302
    assert "Ghi sau khi ký" in client.get(f"{HOME}/declared/").content.decode()
    assert DeclaredFigure.objects.late().count() == 1


def test_stored_day_decides_not_the_one_the_form_has_read(incident, recorder, seal):
    incident.occurred_on = dt.date(2018, 6, 1)
    with pytest.raises(SealedPeriod):
        claim_version(incident, version=1)


def test_a_view_without_a_form_says_it_on_a_page_of_its_own(client_of, recorder, incident, seal, monkeypatch):
    """The net below every view: 423, and nothing written."""
    monkeypatch.setattr("incidents.views.incidents.SealedPeriod", KeyError)
    response = client_of(recorder).post(f"{incident.get_absolute_url()}edit/", entry_of(incident, place="Chợ mới"))
    assert (response.status_code, response.templates[0].name) == (423, "423.html")
    assert Incident.objects.get().version == 1


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("seed", range(3))
def test_an_edit_at_the_moment_of_signing_is_in_or_refused(incident, recorder, tmp_path, seed):
    """What signing sees is what stays: an edit comes before it, or not at all."""
    data = IncidentData(**{**IncidentData.of(incident).content(), "persons_involved": 7})
    edit = partial(edit_incident, incident, version=1, data=data, by=recorder)
    calls = [edit, partial(sign_and_read, incident)]
    answers, now = at_once(
        calls[:: 1 if seed % 2 else -1], refusals=(SealedPeriod,), then=lambda: persons(incident), folder=tmp_path
    )
    seen = next(answer for answer in answers if isinstance(answer, tuple))
    assert seen == (now,)


def persons(incident):
    return Incident.objects.get(pk=incident.pk).persons_involved


def sign_and_read(incident):
    with transaction.atomic():
        hold_seals(incident.cluster_id, alone=True)
        seen = persons(incident)
        make_seal(cluster=incident.cluster)
    return (seen,)
