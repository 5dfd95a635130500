import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from patrols.tests.entries import first, page_of
from patrols.tests.factories import make_campaign, make_patrol

ADDRESS = "/clusters/cum-thu/campaigns/"


def test_campaign_list_refuses_other_methods(client_of, coordinator):
    assert client_of(coordinator).post(ADDRESS).status_code == 405


def test_campaign_list_sends_strangers_to_sign_in(client, two_party_cluster):
    assert client.get(ADDRESS)["Location"] == f"/accounts/login/?next={ADDRESS}"


def test_campaign_list_does_not_exist_for_outsiders(client_of, outsider, two_party_cluster):
    assert client_of(outsider).get(ADDRESS).status_code == 404


def test_campaign_list_is_forbidden_to_an_observer(client_of, observer, two_party_cluster):
    assert client_of(observer).get(ADDRESS).status_code == 403


@pytest.mark.parametrize(("persona", "edits"), [("coordinator", True), ("recorder", False), ("leader", False)])
def test_campaign_list_is_read_by_members_and_edited_by_the_coordinator(
    client_of, request, two_party_cluster, persona, edits
):
    make_campaign(cluster=two_party_cluster.cluster)
    page = page_of(client_of(request.getfixturevalue(persona)).get(ADDRESS))
    assert bool(page.select('a[href$="/edit/"], a[href$="/campaigns/new/"]')) == edits


def test_campaign_list_counts_the_patrols_of_each(client_of, leader, two_party_cluster):
    cluster = two_party_cluster.cluster
    campaign = make_campaign(cluster=cluster, name="Tết")
    make_patrol(cluster=cluster, campaign=campaign)
    make_patrol(cluster=cluster, campaign=campaign, deleted_at=timezone.now())
    link = first(client_of(leader).get(ADDRESS), "tbody .num a")
    assert (link.get_text(), link["href"]) == ("1", f"/clusters/cum-thu/patrols/?campaign={campaign.pk}")


def test_campaign_list_shows_nothing_of_other_clusters(client_of, coordinator, two_party_cluster):
    foreign = make_campaign(name="Đợt của cụm khác")
    assert foreign.name not in client_of(coordinator).get(ADDRESS).content.decode()


def test_campaign_list_asks_no_more_for_thirty_than_for_one(client_of, coordinator, two_party_cluster):
    client, queries = client_of(coordinator), []
    for rows in (1, 29):
        for _ in range(rows):
            make_campaign(cluster=two_party_cluster.cluster)
        with CaptureQueriesContext(connection) as captured:
            client.get(ADDRESS)
        queries.append(len(captured))
    assert queries[0] == queries[1]
