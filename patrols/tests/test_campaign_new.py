import datetime as dt

import pytest

from patrols.models import Campaign
from patrols.tests.entries import error_of, value_of
from patrols.tests.factories import make_campaign

ADDRESS = "/clusters/cum-thu/campaigns/new/"
ENTRY = {
    "name": "Bảo vệ Tết 2018",
    "kind": "holiday",
    "date_from": "2018-02-01",
    "date_to": "20/02/2018",
    "plan": "12/KH",
}


def test_campaign_new_refuses_other_methods(client_of, coordinator):
    assert client_of(coordinator).put(ADDRESS).status_code == 405


@pytest.mark.parametrize("method", ["get", "post"])
def test_campaign_new_sends_strangers_to_sign_in(client, two_party_cluster, method):
    assert getattr(client, method)(ADDRESS)["Location"] == f"/accounts/login/?next={ADDRESS}"


def test_campaign_new_does_not_exist_for_outsiders(client_of, outsider, two_party_cluster):
    assert client_of(outsider).post(ADDRESS, ENTRY).status_code == 404


@pytest.mark.parametrize("persona", ["recorder", "leader", "observer"])
def test_campaign_new_is_forbidden_to_others(client_of, request, two_party_cluster, persona):
    client = client_of(request.getfixturevalue(persona))
    assert (client.get(ADDRESS).status_code, client.post(ADDRESS, ENTRY).status_code) == (403, 403)
    assert not Campaign.objects.exists()


def test_campaign_new_plans_a_campaign(client_of, coordinator, two_party_cluster):
    response = client_of(coordinator).post(ADDRESS, ENTRY)
    campaign = Campaign.objects.get()
    assert (response.status_code, response["Location"]) == (302, "/clusters/cum-thu/campaigns/")
    assert (campaign.cluster, campaign.name, campaign.kind) == (two_party_cluster.cluster, ENTRY["name"], "holiday")
    assert (campaign.date_from, campaign.date_to) == (dt.date(2018, 2, 1), dt.date(2018, 2, 20))
    assert [row.history_user for row in campaign.history.all()] == [coordinator]


@pytest.mark.parametrize(
    ("changes", "name"),
    [
        ({"name": ""}, "name"),
        ({"kind": "war"}, "kind"),
        ({"date_from": "x"}, "date_from"),
        ({"name": "CCCD 044090001234"}, "name"),
    ],
)
def test_campaign_new_refused_keeps_the_text(client_of, coordinator, two_party_cluster, changes, name):
    response = client_of(coordinator).post(ADDRESS, ENTRY | changes)
    assert (response.status_code, value_of(response, "plan")) == (422, "12/KH")
    assert error_of(response, name)
    assert not Campaign.objects.exists()


def test_campaign_new_must_not_end_before_it_begins(client_of, coordinator, two_party_cluster):
    response = client_of(coordinator).post(ADDRESS, ENTRY | {"date_to": "2018-01-31"})
    assert response.status_code == 422
    assert "The last day is before the first." in response.content.decode()


def test_campaign_new_must_have_a_name_of_its_own_in_the_cluster(client_of, coordinator, two_party_cluster):
    make_campaign(name=ENTRY["name"])
    client = client_of(coordinator)
    assert [client.post(ADDRESS, ENTRY).status_code for _ in range(2)] == [302, 422]
    assert two_party_cluster.cluster.campaigns.count() == 1
