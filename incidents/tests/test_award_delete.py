import pytest

from cluster.tests.factories import make_posting
from incidents.models import Award
from incidents.tests.factories import make_award


@pytest.fixture
def award(two_party_cluster, coordinator):
    return make_award(cluster=two_party_cluster.cluster, recorded_by=coordinator)


@pytest.fixture
def address(award):
    return f"/clusters/cum-thu/awards/{award.client_id}/delete/"


def is_there(award):
    return Award.objects.of(award.cluster).filter(pk=award.pk).exists()


def test_award_delete_asks_first(client_of, coordinator, award, address):
    assert award.name in client_of(coordinator).get(address).content.decode()
    assert is_there(award)


def test_award_delete_hides_the_award(client_of, coordinator, award, address):
    assert client_of(coordinator).post(address, {"version": 1})["Location"] == "/clusters/cum-thu/awards/"
    assert not is_there(award)


def test_award_delete_of_the_work_of_others_needs_a_reason(client_of, award, address):
    client = client_of(make_posting(role="coordinator", cluster=award.cluster).user)
    assert client.post(address, {"version": 1}).status_code == 422
    assert is_there(award)
    assert client.post(address, {"version": 1, "reason": "Trùng"}).status_code == 302


@pytest.mark.parametrize(("version", "status"), [("", 428), ("7", 409)])
def test_award_delete_deletes_only_what_was_seen(client_of, coordinator, award, address, version, status):
    assert client_of(coordinator).post(address, {"version": version}).status_code == status
    assert is_there(award)


def test_award_delete_needs_a_session(client, address, award):
    assert client.post(address, {"version": 1})["Location"].startswith("/accounts/login/")
    assert is_there(award)


def test_award_delete_does_not_exist_for_an_outsider(client_of, outsider, address):
    assert client_of(outsider).post(address, {"version": 1}).status_code == 404


@pytest.mark.parametrize("reader", ["recorder", "leader", "observer"])
def test_award_delete_is_forbidden_to_others(request, client_of, reader, address, award):
    assert client_of(request.getfixturevalue(reader)).post(address, {"version": 1}).status_code == 403
    assert is_there(award)


def test_award_delete_refuses_other_methods(client_of, coordinator, address):
    assert client_of(coordinator).delete(address).status_code == 405
