import pytest

from patrols.tests.entries import value_of
from patrols.tests.factories import make_campaign

ENTRY = {"name": "Tết", "kind": "peak", "date_from": "2017-06-01", "date_to": "2017-06-30", "plan": ""}


@pytest.fixture
def campaign(two_party_cluster):
    return make_campaign(cluster=two_party_cluster.cluster, name="Đợt hè")


@pytest.fixture
def address(campaign):
    return f"/clusters/cum-thu/campaigns/{campaign.pk}/edit/"


def test_campaign_edit_refuses_other_methods(client_of, coordinator, address):
    assert client_of(coordinator).delete(address).status_code == 405


@pytest.mark.parametrize("method", ["get", "post"])
def test_campaign_edit_sends_strangers_to_sign_in(client, address, method):
    assert getattr(client, method)(address)["Location"] == f"/accounts/login/?next={address}"


def test_campaign_edit_does_not_exist_for_outsiders(client_of, outsider, address):
    assert client_of(outsider).post(address, ENTRY).status_code == 404


@pytest.mark.parametrize("persona", ["recorder", "leader", "observer"])
def test_campaign_edit_is_forbidden_to_others(client_of, request, address, campaign, persona):
    assert client_of(request.getfixturevalue(persona)).post(address, ENTRY).status_code == 403
    campaign.refresh_from_db()
    assert campaign.name == "Đợt hè"


def test_campaign_edit_of_another_cluster_does_not_exist(client_of, coordinator, two_party_cluster):
    foreign = make_campaign()
    assert client_of(coordinator).get(f"/clusters/cum-thu/campaigns/{foreign.pk}/edit/").status_code == 404


def test_campaign_edit_opens_with_what_is_stored(client_of, coordinator, address):
    response = client_of(coordinator).get(address)
    assert [value_of(response, name) for name in ("name", "date_from")] == ["Đợt hè", "2017-06-01"]


def test_campaign_edit_changes_and_names_the_user(client_of, coordinator, address, campaign):
    response = client_of(coordinator).post(address, ENTRY)
    campaign.refresh_from_db()
    assert (response.status_code, campaign.name) == (302, "Tết")
    assert campaign.history.first().history_user == coordinator


def test_campaign_edit_refused_changes_nothing(client_of, coordinator, address, campaign):
    response = client_of(coordinator).post(address, ENTRY | {"date_to": "2017-05-01"})
    campaign.refresh_from_db()
    assert (response.status_code, value_of(response, "name"), campaign.name) == (422, "Tết", "Đợt hè")
