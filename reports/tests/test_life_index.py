import datetime as dt

from cluster.tests.factories import make_exchange
from incidents.tests.factories import make_award

ADDRESS = "/clusters/cum-thu/life/"


def kept(response):
    return {str(one.title): one for chapter in response.context["chapters"] for one in chapter.kept}


def test_life_index_tells_what_each_register_holds_of_the_year(client_of, recorder, two_party_cluster):
    cluster = two_party_cluster.cluster
    for day in (dt.date(2016, 12, 31), dt.date(2017, 1, 1), dt.date(2017, 6, 1)):
        make_exchange(cluster=cluster, exchanged_on=day)
    make_award(cluster=cluster, decided_on=dt.date(2017, 12, 15))
    two_party_cluster.cluster.declared_figures.create(
        metric="incidents", date_from=dt.date(2017, 1, 1), date_to=dt.date(2017, 12, 31), value=3
    )
    lists = kept(client_of(recorder).get(ADDRESS))
    exchanges = next(one for one in lists.values() if one.address.endswith("/exchanges/"))
    assert (exchanges.in_year, exchanges.last) == (2, dt.date(2017, 6, 1))


def test_life_index_counts_nothing_that_is_deleted(client_of, recorder, two_party_cluster):
    make_exchange(cluster=two_party_cluster.cluster, deleted_at=dt.datetime(2017, 7, 1, tzinfo=dt.UTC))
    lists = kept(client_of(recorder).get(ADDRESS))
    exchanges = next(one for one in lists.values() if one.address.endswith("/exchanges/"))
    assert (exchanges.in_year, exchanges.last) == (0, None)


def test_life_index_offers_only_what_one_may_open(client_of, recorder, coordinator, leader, two_party_cluster):
    for user in (recorder, coordinator, leader):
        client = client_of(user)
        addresses = [one.address for one in kept(client.get(ADDRESS)).values()]
        assert {client.get(address).status_code for address in addresses} == {200}


def test_life_index_is_not_for_observers(client_of, observer, outsider, two_party_cluster):
    assert client_of(observer).get(ADDRESS).status_code == 403
    assert client_of(outsider).get(ADDRESS).status_code == 404
