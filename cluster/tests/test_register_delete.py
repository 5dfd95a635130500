import pytest

from cluster.models import InformationExchange
from cluster.tests.factories import make_exchange


@pytest.fixture
def exchange(two_party_cluster, recorder):
    record = {"recorded_by": recorder, "recorded_unit": two_party_cluster.unit}
    return make_exchange(cluster=two_party_cluster.cluster, **record)


@pytest.fixture
def address(exchange):
    return f"{exchange.get_absolute_url()}delete/"


def test_register_delete_asks_first(client_of, recorder, exchange, address):
    assert client_of(recorder).get(address).status_code == 200
    assert InformationExchange.objects.of(exchange.cluster).get() == exchange


def test_register_delete_hides_the_record_and_keeps_its_history(client_of, recorder, exchange, address):
    response = client_of(recorder).post(address, {"version": 1})
    assert response["Location"] == "/clusters/cum-thu/exchanges/"
    assert not InformationExchange.objects.of(exchange.cluster).exists()
    assert exchange.history.count() == 2


def test_register_delete_of_another_version_is_refused(client_of, recorder, exchange, address):
    assert client_of(recorder).post(address, {"version": 2}).status_code == 409
    assert client_of(recorder).post(address, {}).status_code == 428
    assert InformationExchange.objects.of(exchange.cluster).exists()


def test_register_delete_of_the_work_of_others_needs_a_reason(client_of, coordinator, exchange, address):
    assert client_of(coordinator).post(address, {"version": 1}).status_code == 422
    client_of(coordinator).post(address, {"version": 1, "reason": "Ghi hai lần"})
    assert not InformationExchange.objects.of(exchange.cluster).exists()


def test_register_delete_is_not_for_the_other_side(client_of, partner_recorder, exchange, address):
    assert client_of(partner_recorder).post(address, {"version": 1}).status_code == 403
    assert InformationExchange.objects.of(exchange.cluster).exists()
