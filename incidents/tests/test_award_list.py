import datetime as dt

import pytest

from incidents.services import AwardData, edit_award
from incidents.tests.entries import queries_of
from incidents.tests.factories import make_award

ADDRESS = "/clusters/cum-thu/awards/"


@pytest.fixture
def listed(client_of, leader):
    """``listed(**filter)``: the awards of the list, and the totals above it."""

    def get(**chosen):
        context = client_of(leader).get(ADDRESS, chosen).context
        return [award for award, _correction in context["rows"]], context["totals"]

    return get


def test_award_list_shows_the_newest_first_and_adds_up(listed, two_party_cluster):
    older = make_award(cluster=two_party_cluster.cluster, decided_on=dt.date(2016, 12, 1))
    newer = make_award(cluster=two_party_cluster.cluster, recipient="individual")
    assert listed() == ([newer, older], {"collectives": 1, "individuals": 1})


@pytest.mark.parametrize(("name", "value"), [("year", 2016), ("recipient", "individual"), ("q", "nguyen bang")])
def test_award_list_narrows_by_each_filter(listed, two_party_cluster, name, value):
    cluster = two_party_cluster.cluster
    wanted = make_award(
        cluster=cluster, decided_on=dt.date(2016, 1, 1), recipient="individual", name="Nguyễn A", form="Bằng khen"
    )
    make_award(cluster=cluster)
    assert listed(**{name: value})[0] == [wanted]


def test_award_list_costs_the_same_for_one_row_and_for_thirty(client_of, coordinator, two_party_cluster):
    client = client_of(coordinator)
    make_award(cluster=two_party_cluster.cluster)
    one = queries_of(client, ADDRESS)
    for _ in range(29):
        make_award(cluster=two_party_cluster.cluster, unit=two_party_cluster.unit)
    assert queries_of(client, ADDRESS) == one


def test_award_list_shows_the_reason_of_a_correction(client_of, leader, coordinator, two_party_cluster):
    award = make_award(cluster=two_party_cluster.cluster)
    edit_award(award, version=1, data=AwardData.of(award), by=coordinator, reason="Sai số quyết định")
    assert "Sai số quyết định" in client_of(leader).get(ADDRESS).content.decode()


def test_award_list_offers_edits_to_coordinators(client_of, coordinator, leader, two_party_cluster):
    edit = f"{ADDRESS}{make_award(cluster=two_party_cluster.cluster).client_id}/edit/"
    assert edit in client_of(coordinator).get(ADDRESS).content.decode()
    assert edit not in client_of(leader).get(ADDRESS).content.decode()


def test_award_list_does_not_change_with_rows_of_another_cluster(client_of, leader, outsider):
    def seen():
        page = client_of(leader).get(ADDRESS).content.decode()
        return page[page.index("<main") :]

    before = seen()
    make_award(cluster=outsider.postings.get().unit.memberships.get().party.cluster)
    assert seen() == before


def test_award_list_needs_a_session(client, two_party_cluster):
    assert client.get(ADDRESS)["Location"].startswith("/accounts/login/")


def test_award_list_does_not_exist_for_an_outsider(client_of, outsider, two_party_cluster):
    assert client_of(outsider).get(ADDRESS).status_code == 404


def test_award_list_is_forbidden_to_an_observer(client_of, observer, two_party_cluster):
    assert client_of(observer).get(ADDRESS).status_code == 403


def test_award_list_refuses_other_methods(client_of, coordinator):
    assert client_of(coordinator).post(ADDRESS).status_code == 405
