import pytest

from cluster.tests.factories import make_posting
from reports.models import KeyTask
from reports.tests.conference_factories import make_task


@pytest.fixture
def record(two_party_cluster, coordinator):
    return make_task(cluster=two_party_cluster.cluster, recorded_by=coordinator)


@pytest.fixture
def address(record):
    return f"{record.get_absolute_url()}delete/"


def test_task_delete_asks_first(client_of, coordinator, record, address):
    assert str(record) in client_of(coordinator).get(address).content.decode()
    assert KeyTask.objects.of(record.cluster).exists()


def test_task_delete_hides_the_record(client_of, coordinator, record, address):
    response = client_of(coordinator).post(address, {"version": 1})
    assert response["Location"] == "/clusters/cum-thu/tasks/"
    assert not KeyTask.objects.of(record.cluster).exists()
    assert client_of(coordinator).get(record.get_absolute_url()).status_code == 404


def test_task_delete_of_the_work_of_others_needs_a_reason(client_of, two_party_cluster, record, address):
    client = client_of(make_posting(role="coordinator", cluster=two_party_cluster.cluster).user)
    assert client.post(address, {"version": 1}).status_code == 422
    client.post(address, {"version": 1, "reason": "Ghi trùng"})
    assert record.history.first().history_change_reason == "Ghi trùng"


def test_task_delete_deletes_what_was_seen(client_of, coordinator, record, address):
    assert client_of(coordinator).post(address, {"version": 7}).status_code == 409
    assert KeyTask.objects.of(record.cluster).exists()


@pytest.mark.parametrize(
    ("reader", "status"), [("recorder", 403), ("leader", 403), ("observer", 403), ("outsider", 404)]
)
def test_task_delete_is_the_coordinators(request, client_of, record, address, reader, status):
    assert client_of(request.getfixturevalue(reader)).post(address, {"version": 1}).status_code == status
    assert KeyTask.objects.of(record.cluster).exists()


def test_task_delete_refuses_other_methods(client_of, coordinator, address):
    assert client_of(coordinator).put(address).status_code == 405
