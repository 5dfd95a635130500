import datetime as dt

import pytest

from incidents.models import Incident
from incidents.tests.entries import queries_of
from incidents.tests.factories import make_category, make_incident
from patrols.tests.factories import make_patrol

ADDRESS = "/clusters/cum-thu/incidents/"


@pytest.fixture
def listed(client_of, leader):
    """``listed(**filter)``: the rows of the list, and the totals above it."""

    def get(**chosen):
        context = client_of(leader).get(ADDRESS, chosen).context
        return list(context["page"]), context["totals"]

    return get


def test_incident_list_shows_the_newest_first(listed, two_party_cluster):
    older, newer = (make_incident(cluster=two_party_cluster.cluster, occurred_on=dt.date(2017, 1, n)) for n in (1, 2))
    rows, _totals = listed()
    assert rows == [newer, older]


def test_incident_list_adds_up_what_is_known(listed, two_party_cluster):
    for persons in (2, 3, None):
        make_incident(cluster=two_party_cluster.cluster, persons_involved=persons)
    _rows, totals = listed()
    assert totals == {"incidents": 3, "persons": 5, "unknown": 1}


def test_incident_list_does_not_take_unknown_for_zero(listed, two_party_cluster):
    make_incident(cluster=two_party_cluster.cluster)
    _rows, totals = listed()
    assert totals["persons"] is None


def test_incident_list_narrows_by_each_filter(listed, two_party_cluster):
    cluster = two_party_cluster.cluster
    category = make_category(cluster=cluster)
    wanted = make_incident(
        cluster=cluster,
        occurred_on=dt.date(2016, 3, 1),
        category=category,
        unit=two_party_cluster.partner_unit,
        outcome="resolved",
        patrol=make_patrol(cluster=cluster),
        summary="Mất trâu ở thôn Thủy Trung",
    )
    make_incident(cluster=cluster, category=make_category(cluster=cluster), unit=two_party_cluster.unit)
    filters = {
        "year": 2016,
        "date_to": "2016-12-31",
        "category": category.pk,
        "unit": two_party_cluster.partner_unit.pk,
        "outcome": "resolved",
        "found": "yes",
        "q": "trau thuỷ",
    }
    for name, value in filters.items():
        rows, totals = listed(**{name: value})
        assert (rows, totals["incidents"]) == ([wanted], 1), name


def test_incident_list_takes_both_days_of_the_filter(listed, two_party_cluster):
    days = [dt.date(2017, 1, day) for day in (1, 2, 3)]
    _before, wanted, _after = [make_incident(cluster=two_party_cluster.cluster, occurred_on=day) for day in days]
    rows, _totals = listed(date_from="02/01/2017", date_to="02/01/2017")
    assert rows == [wanted]


@pytest.mark.parametrize("name", ["year", "date_from", "date_to", "category", "unit", "outcome", "found"])
def test_incident_list_says_what_it_cannot_filter_by(client_of, leader, two_party_cluster, name):
    make_incident(cluster=two_party_cluster.cluster)
    context = client_of(leader).get(ADDRESS, {name: "9" * 30}).context
    assert list(context["form"].errors) == [name]
    assert len(context["page"]) == 1


def test_incident_list_has_thirty_a_page(listed, two_party_cluster):
    category = make_category(cluster=two_party_cluster.cluster)
    for _ in range(31):
        make_incident(category=category)
    rows, totals = listed()
    assert (len(rows), totals["incidents"]) == (30, 31)
    assert len(listed(page=2)[0]) == 1


def test_incident_list_costs_the_same_for_one_row_and_for_thirty(client_of, leader, two_party_cluster):
    client, cluster = client_of(leader), two_party_cluster.cluster
    make_incident(cluster=cluster, patrol=make_patrol(cluster=cluster))
    one = queries_of(client, ADDRESS)
    for _ in range(29):
        make_incident(
            cluster=cluster, category=make_category(cluster=cluster), commune=two_party_cluster.unit.administrative_unit
        )
    assert queries_of(client, ADDRESS) == one


def test_incident_list_hides_what_was_deleted(listed, two_party_cluster):
    make_incident(cluster=two_party_cluster.cluster, deleted_at=dt.datetime(2018, 1, 1, tzinfo=dt.UTC))
    assert listed() == ([], {"incidents": 0, "persons": None, "unknown": 0})


def test_incident_list_does_not_change_with_rows_of_another_cluster(client_of, leader, outsider):
    def seen():
        page = client_of(leader).get(ADDRESS).content.decode()
        return page[page.index("<main") :]

    before = seen()
    foreign = outsider.postings.get().unit.memberships.get().party.cluster
    make_incident(cluster=foreign, summary="Vụ việc của cụm khác", persons_involved=9)
    assert seen() == before


def test_incident_list_offers_to_log_to_those_who_may(client_of, recorder, leader):
    link = 'href="/clusters/cum-thu/incidents/new/"'
    assert link in client_of(recorder).get(ADDRESS).content.decode()
    assert link not in client_of(leader).get(ADDRESS).content.decode()


def test_incident_list_needs_a_session(client, two_party_cluster):
    assert client.get(ADDRESS)["Location"].startswith("/accounts/login/")


def test_incident_list_does_not_exist_for_an_outsider(client_of, outsider, two_party_cluster):
    assert client_of(outsider).get(ADDRESS).status_code == 404


def test_incident_list_is_forbidden_to_an_observer(client_of, observer, two_party_cluster):
    assert client_of(observer).get(ADDRESS).status_code == 403


def test_incident_list_refuses_other_methods(client_of, recorder):
    assert client_of(recorder).post(ADDRESS).status_code == 405
    assert not Incident.objects.exists()
