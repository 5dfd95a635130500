import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from cluster.tests.factories import (
    make_administrative_unit,
    make_board_member,
    make_border,
    make_member,
    make_participant,
    make_party,
    make_term,
    make_unit,
)


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
    card = section(client_of(coordinator), two_party_cluster.cluster, "party-3")
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
    with CaptureQueriesContext(connection) as few:
        page(client, cluster)
    for _ in range(30):
        make_member(party=two_party_cluster.party)
    with django_assert_num_queries(len(few)):
        page(client, cluster)


# As of a day


@pytest.fixture
def border(two_party_cluster):
    one, other = (unit.administrative_unit for unit in two_party_cluster.units)
    third = make_member(party=two_party_cluster.party).unit.administrative_unit
    make_border(one=one, other=third, km="99")  # of one party
    make_border(one=one, other=make_administrative_unit(), km="99")  # no member
    make_border(one=third, other=other, km="2.4", valid_to=dt.date(2020, 1, 31))
    return make_border(one=one, other=other, km="0.5", longest_km="1.2")


def section(client, cluster, name, query=""):
    response = client.get(reverse("cluster_detail", args=[cluster.slug]) + query)
    return BeautifulSoup(response.content, "html.parser").select_one(f"section[aria-labelledby={name}]")


def test_cluster_detail_lists_the_pairs_of_the_day_that_touch(border, two_party_cluster, client_of, coordinator):
    client, cluster = client_of(coordinator), two_party_cluster.cluster
    today, before = section(client, cluster, "border"), section(client, cluster, "border", "?on=2017-06-01")
    assert [cell.text for cell in today.select("td.num")] == ["0,5–1,2 km", "0,5–1,2 km"]
    assert sorted(cell.text for cell in before.select("td.num")) == ["0,5–1,2 km", "2,4 km", "2,9–3,6 km"]


def test_cluster_detail_says_that_the_length_is_derived(border, two_party_cluster, client_of, observer):
    found = section(client_of(observer), two_party_cluster.cluster, "border")
    assert "không phải số đo đạc" in found.text


def test_cluster_detail_shows_members_board_and_holder_of_a_day(two_party_cluster, client_of, recorder):
    cluster, client = two_party_cluster.cluster, client_of(recorder)
    make_board_member(cluster=cluster, name="Người cũ", date_to=dt.date(2016, 12, 31))
    make_board_member(cluster=cluster, name="Người mới", date_from=dt.date(2017, 1, 1))
    make_term(cluster=cluster, party=two_party_cluster.party)
    make_participant(cluster=cluster, name="Thôn Trầm Kỳ", date_to=dt.date(2016, 12, 31))
    assert "Người cũ" in section(client, cluster, "board", "?on=2016-12-31").text
    assert "Người mới" not in section(client, cluster, "board", "?on=2016-12-31").text
    assert two_party_cluster.party.name in section(client, cluster, "about", "?on=2017-12-31").text
    assert two_party_cluster.party.name not in section(client, cluster, "about", "?on=2018-01-01").text
    assert "Thôn Trầm Kỳ" in section(client, cluster, "participants", "?on=2016-12-31").text
    assert section(client, cluster, "participants") is None


def test_cluster_detail_names_the_board_as_the_cluster_does(two_party_cluster, client_of, recorder):
    cluster = two_party_cluster.cluster
    cluster.board_word = "ban chỉ đạo"
    cluster.save()
    assert section(client_of(recorder), cluster, "board").h2.text == "Ban chỉ đạo"


def test_cluster_detail_shows_the_observer_no_names(two_party_cluster, client_of, observer):
    make_board_member(cluster=two_party_cluster.cluster, name="Người trong ban")
    assert "Người trong ban" not in page(client_of(observer), two_party_cluster.cluster).text


def test_cluster_detail_of_no_day_says_so_and_shows_today(two_party_cluster, client_of, recorder):
    response = client_of(recorder).get("/clusters/cum-thu/?on=hôm-nay")
    assert (response.status_code, response.context["is_today"]) == (200, True)
    assert "on" in response.context["form"].errors
