import pytest

from cluster.tests.factories import make_posting
from incidents.models import Award
from incidents.services import AwardData, edit_award
from incidents.tests.entries import award_entry, field_text
from incidents.tests.factories import make_award


@pytest.fixture
def award(two_party_cluster, coordinator):
    return make_award(cluster=two_party_cluster.cluster, recorded_by=coordinator, name="Tập thể cũ")


@pytest.fixture
def address(award):
    return award.get_absolute_url()


@pytest.fixture
def entry():
    return award_entry(name="Tập thể mới", version=1)


@pytest.fixture
def second_coordinator(two_party_cluster):
    return make_posting(role="coordinator", cluster=two_party_cluster.cluster).user


def test_award_edit_shows_what_is_stored(client_of, coordinator, address):
    response = client_of(coordinator).get(address)
    assert [field_text(response, name) for name in ("name", "decided_on", "version")] == [
        "Tập thể cũ",
        "2017-12-15",
        "1",
    ]


def test_award_edit_changes_the_award(client_of, coordinator, award, address, entry):
    response = client_of(coordinator).post(address, entry)
    award.refresh_from_db()
    assert response["Location"] == "/clusters/cum-thu/awards/"
    assert (award.name, award.version) == ("Tập thể mới", 2)


def test_award_edit_of_the_work_of_others_needs_a_reason(client_of, second_coordinator, award, address, entry):
    client = client_of(second_coordinator)
    assert list(client.post(address, entry).context["form"].errors) == ["reason"]
    assert client.post(address, entry | {"reason": "Sai tên"}).status_code == 302
    assert award.latest_reasons().get().history_user == second_coordinator


def test_award_edit_keeps_the_text_of_a_stale_edit(client_of, coordinator, award, address, entry):
    other = Award.objects.get(pk=award.pk)
    edit_award(other, version=1, data=AwardData.of(other), by=coordinator)
    response = client_of(coordinator).post(address, entry)
    award.refresh_from_db()
    assert (response.status_code, award.name) == (409, "Tập thể cũ")
    assert (field_text(response, "name"), field_text(response, "version")) == ("Tập thể mới", "2")
    assert ("Tập thể cũ", "Tập thể mới") in [(d.stored, d.entered) for d in response.context["differences"]]


def test_award_edit_asks_for_the_version(client_of, coordinator, award, address, entry):
    del entry["version"]
    response = client_of(coordinator).post(address, entry)
    award.refresh_from_db()
    assert (response.status_code, award.name) == (428, "Tập thể cũ")


def test_award_edit_refuses_and_changes_nothing(client_of, coordinator, award, address, entry):
    response = client_of(coordinator).post(address, entry | {"achievement": "Gọi 0912345678"})
    award.refresh_from_db()
    assert (response.status_code, award.name, award.version) == (422, "Tập thể cũ", 1)
    assert field_text(response, "achievement") == "Gọi 0912345678"


def test_award_edit_refuses_to_become_another_award(client_of, coordinator, award, address, entry):
    make_award(cluster=award.cluster, decision_number=entry["decision_number"], name=entry["name"])
    assert client_of(coordinator).post(address, entry).status_code == 422


def test_award_edit_finds_an_award_entered_at_the_same_moment(
    client_of, coordinator, award, address, entry, monkeypatch
):
    def overtaken(award, **rest):
        make_award(cluster=award.cluster, decision_number=entry["decision_number"], name=entry["name"])
        edit_award(award, **rest)

    monkeypatch.setattr("incidents.views.awards.edit_award", overtaken)
    response = client_of(coordinator).post(address, entry)
    award.refresh_from_db()
    assert (response.status_code, award.name, award.version) == (422, "Tập thể cũ", 1)


def test_award_edit_needs_a_session(client, address, entry):
    assert client.post(address, entry)["Location"].startswith("/accounts/login/")


def test_award_edit_does_not_exist_for_an_outsider(client_of, outsider, address, entry):
    assert client_of(outsider).post(address, entry).status_code == 404


def test_award_edit_does_not_reach_another_cluster(client_of, coordinator, outsider, entry):
    foreign = make_award(cluster=outsider.postings.get().unit.memberships.get().party.cluster)
    address = f"/clusters/cum-thu/awards/{foreign.client_id}/edit/"
    assert client_of(coordinator).post(address, entry).status_code == 404


@pytest.mark.parametrize("reader", ["recorder", "leader", "observer"])
@pytest.mark.parametrize("method", ["get", "post"])
def test_award_edit_is_forbidden_to_others(request, client_of, reader, method, award, address, entry):
    assert getattr(client_of(request.getfixturevalue(reader)), method)(address, entry).status_code == 403
    award.refresh_from_db()
    assert award.name == "Tập thể cũ"


def test_award_edit_refuses_other_methods(client_of, coordinator, address):
    assert client_of(coordinator).delete(address).status_code == 405
