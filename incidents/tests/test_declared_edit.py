import pytest

from incidents.models import DeclaredFigure
from incidents.services import DeclaredData, edit_declared
from incidents.tests.entries import declared_entry, field_text
from incidents.tests.factories import make_declared


@pytest.fixture
def figure(two_party_cluster, coordinator):
    return make_declared(cluster=two_party_cluster.cluster, value=60, recorded_by=coordinator)


@pytest.fixture
def address(figure):
    return f"/clusters/cum-thu/declared/{figure.pk}/edit/"


@pytest.fixture
def entry():
    return declared_entry(value="61", version=1)


def test_declared_edit_shows_what_is_stored(client_of, coordinator, figure, address, two_party_cluster):
    figure.unit = two_party_cluster.unit
    figure.save()
    response = client_of(coordinator).get(address)
    assert [field_text(response, name) for name in ("value", "date_from", "version")] == ["60", "2016-01-01", "1"]
    assert response.context["form"]["scope"].value() == f"unit-{figure.unit_id}"


def test_declared_edit_changes_the_figure(client_of, coordinator, figure, address, entry, two_party_cluster):
    response = client_of(coordinator).post(address, entry | {"scope": f"party-{two_party_cluster.party.pk}"})
    figure.refresh_from_db()
    assert response["Location"] == "/clusters/cum-thu/declared/"
    assert (figure.value, figure.party, figure.version) == (61, two_party_cluster.party, 2)


def test_declared_edit_of_the_work_of_others_needs_a_reason(client_of, coordinator, recorder, figure, address, entry):
    DeclaredFigure.objects.update(recorded_by=recorder)
    client = client_of(coordinator)
    assert list(client.post(address, entry).context["form"].errors) == ["reason"]
    assert client.post(address, entry | {"reason": "Theo báo cáo"}).status_code == 302
    assert figure.history.first().history_change_reason == "Theo báo cáo"


def test_declared_edit_keeps_the_text_of_a_stale_edit(client_of, coordinator, figure, address, entry):
    other = DeclaredFigure.objects.get()
    data = DeclaredData(**{**DeclaredData.of(other).content(), "value": 75})
    edit_declared(other, version=1, data=data, by=coordinator)
    response = client_of(coordinator).post(address, entry)
    figure.refresh_from_db()
    assert (response.status_code, figure.value) == (409, 75)
    assert (field_text(response, "value"), field_text(response, "version")) == ("61", "2")
    assert [(d.stored, d.entered) for d in response.context["differences"]] == [("75", "61")]


def test_declared_edit_keeps_the_text_of_a_deleted_figure(client_of, coordinator, address, entry, monkeypatch):
    def deleted_meanwhile(figure, **rest):
        DeclaredFigure.objects.all().delete()
        edit_declared(figure, **rest)

    monkeypatch.setattr("incidents.services.edit_declared", deleted_meanwhile)
    response = client_of(coordinator).post(address, entry)
    assert (response.status_code, response.context["is_gone"]) == (409, True)


def test_declared_edit_asks_for_the_version(client_of, coordinator, figure, address, entry):
    del entry["version"]
    response = client_of(coordinator).post(address, entry)
    figure.refresh_from_db()
    assert (response.status_code, figure.value) == (428, 60)


def test_declared_edit_refuses_and_changes_nothing(client_of, coordinator, figure, address, entry):
    response = client_of(coordinator).post(address, entry | {"source": "Gọi 0912345678"})
    figure.refresh_from_db()
    assert (response.status_code, field_text(response, "source")) == (422, "Gọi 0912345678")
    assert (figure.value, figure.version) == (60, 1)


def test_declared_edit_refuses_to_become_another_figure(client_of, coordinator, figure, address, entry):
    make_declared(cluster=figure.cluster, year=2015)
    clash = {"date_from": "2015-01-01", "date_to": "2015-12-31"}
    assert client_of(coordinator).post(address, entry | clash).status_code == 422


def test_declared_edit_needs_a_session(client, address, entry):
    assert client.post(address, entry)["Location"].startswith("/accounts/login/")


def test_declared_edit_does_not_exist_for_an_outsider(client_of, outsider, address, entry):
    assert client_of(outsider).post(address, entry).status_code == 404


def test_declared_edit_does_not_reach_another_cluster(client_of, coordinator, outsider, entry):
    foreign = make_declared(cluster=outsider.postings.get().unit.memberships.get().party.cluster)
    assert client_of(coordinator).post(f"/clusters/cum-thu/declared/{foreign.pk}/edit/", entry).status_code == 404


@pytest.mark.parametrize("reader", ["recorder", "leader", "observer"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_declared_edit_is_forbidden_to_others(request, client_of, reader, method, figure, address, entry):
    assert getattr(client_of(request.getfixturevalue(reader)), method)(address, entry).status_code == 403
    figure.refresh_from_db()
    assert figure.value == 60


def test_declared_edit_refuses_other_methods(client_of, coordinator, address):
    assert client_of(coordinator).delete(address).status_code == 405
