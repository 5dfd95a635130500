import pytest

from incidents.models import DeclaredFigure
from incidents.tests.factories import make_declared


@pytest.fixture
def figure(two_party_cluster, coordinator):
    return make_declared(cluster=two_party_cluster.cluster, recorded_by=coordinator)


@pytest.fixture
def address(figure):
    return f"/clusters/cum-thu/declared/{figure.pk}/delete/"


def test_declared_delete_asks_first(client_of, coordinator, address):
    assert client_of(coordinator).get(address).status_code == 200
    assert DeclaredFigure.objects.exists()


def test_declared_delete_withdraws_the_figure_and_keeps_its_history(client_of, coordinator, address):
    assert client_of(coordinator).post(address, {"version": 1})["Location"] == "/clusters/cum-thu/declared/"
    assert not DeclaredFigure.objects.exists()
    last = DeclaredFigure.history.first()
    assert (last.history_type, last.history_user) == ("-", coordinator)


def test_declared_delete_of_the_work_of_others_needs_a_reason(client_of, coordinator, recorder, address):
    DeclaredFigure.objects.update(recorded_by=recorder)
    client = client_of(coordinator)
    assert client.post(address, {"version": 1}).status_code == 422
    assert DeclaredFigure.objects.exists()
    client.post(address, {"version": 1, "reason": "Kê khai nhầm"})
    assert DeclaredFigure.history.first().history_change_reason == "Kê khai nhầm"


@pytest.mark.parametrize(("version", "status"), [("", 428), ("7", 409)])
def test_declared_delete_deletes_only_what_was_seen(client_of, coordinator, address, version, status):
    assert client_of(coordinator).post(address, {"version": version}).status_code == status
    assert DeclaredFigure.objects.exists()


def test_declared_delete_needs_a_session(client, address):
    assert client.post(address, {"version": 1})["Location"].startswith("/accounts/login/")
    assert DeclaredFigure.objects.exists()


def test_declared_delete_does_not_exist_for_an_outsider(client_of, outsider, address):
    assert client_of(outsider).post(address, {"version": 1}).status_code == 404


@pytest.mark.parametrize("reader", ["recorder", "leader", "observer"])
def test_declared_delete_is_forbidden_to_others(request, client_of, reader, address):
    assert client_of(request.getfixturevalue(reader)).post(address, {"version": 1}).status_code == 403
    assert DeclaredFigure.objects.exists()


def test_declared_delete_refuses_other_methods(client_of, coordinator, address):
    assert client_of(coordinator).delete(address).status_code == 405
