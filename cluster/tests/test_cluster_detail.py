import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from cluster.tests.factories import make_member, make_party, make_unit


def page(client, cluster):
    response = client.get(reverse("cluster_detail", args=[cluster.slug]))
    return BeautifulSoup(response.content, "html.parser").select_one("main")


@pytest.mark.parametrize("persona", ["recorder", "partner_recorder", "coordinator", "leader", "observer"])
def test_cluster_detail_opens_for_every_role_in_it(persona, two_party_cluster, client_of, request):
    client = client_of(request.getfixturevalue(persona))
    assert page(client, two_party_cluster.cluster).h1.text == "Cụm thử"


@pytest.mark.parametrize("persona", ["outsider", "administrator"])
def test_cluster_detail_does_not_exist_for_others(persona, two_party_cluster, client_of, request):
    client = client_of(request.getfixturevalue(persona))
    response = client.get(reverse("cluster_detail", args=[two_party_cluster.cluster.slug]))
    assert response.status_code == 404
    assert "Cụm thử" not in response.content.decode()


def test_cluster_detail_sends_a_stranger_to_sign_in(two_party_cluster):
    address = reverse("cluster_detail", args=[two_party_cluster.cluster.slug])
    assert Client().get(address)["Location"] == f"{reverse('accounts:login')}?next={address}"


def test_cluster_detail_is_only_read(two_party_cluster, client_of, coordinator):
    assert client_of(coordinator).post(f"/clusters/{two_party_cluster.cluster.slug}/").status_code == 405


def test_cluster_detail_tells_member_units_of_today_from_earlier_and_later_ones(
    two_party_cluster, client_of, coordinator
):
    today = timezone.localdate()
    party = make_party(cluster=two_party_cluster.cluster, position=3)
    make_member(party=party, unit=make_unit(name="Nay"), joined=dt.date(2009, 5, 12))
    make_member(party=party, unit=make_unit(name="Xưa"), left=today - dt.timedelta(days=1))
    make_member(party=party, unit=make_unit(name="Sau"), joined=today + dt.timedelta(days=1))
    card = page(client_of(coordinator), two_party_cluster.cluster).select("section.card")[-1]
    assert [table.tbody.th.text for table in card.select("table")] == ["Nay", "Sau", "Xưa"]


def test_cluster_detail_shows_an_unknown_start_as_unknown(two_party_cluster, client_of, coordinator):
    dates = page(client_of(coordinator), two_party_cluster.cluster).select("td.num")
    assert {date.text for date in dates} == {"Chưa rõ"}


def test_cluster_detail_writes_the_year_without_a_dot(two_party_cluster, client_of, coordinator):
    two_party_cluster.cluster.founded = 2009
    two_party_cluster.cluster.save()
    assert "2009" in [fact.text for fact in page(client_of(coordinator), two_party_cluster.cluster).select("dd")]


def test_cluster_detail_asks_as_often_for_thirty_members_as_for_one(
    two_party_cluster, client_of, coordinator, django_assert_num_queries
):
    client, cluster = client_of(coordinator), two_party_cluster.cluster
    page(client, cluster)
    for _ in range(30):
        make_member(party=two_party_cluster.party)
    with django_assert_num_queries(6):
        page(client, cluster)
