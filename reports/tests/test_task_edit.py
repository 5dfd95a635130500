import pytest

from cluster.tests.factories import make_posting
from incidents.tests.entries import field_text
from reports.models import KeyTask
from reports.tests.conference_entries import task_entry
from reports.tests.conference_factories import make_task


@pytest.fixture
def task(two_party_cluster, coordinator):
    return make_task(cluster=two_party_cluster.cluster, recorded_by=coordinator, content="Nội dung cũ")


@pytest.fixture
def address(task):
    return f"{task.get_absolute_url()}edit/"


@pytest.fixture
def entry():
    return task_entry(version=1, content="Nội dung mới")


def test_task_edit_changes_the_task(client_of, coordinator, task, address, entry):
    response = client_of(coordinator).post(address, entry)
    task.refresh_from_db()
    assert response["Location"] == task.get_absolute_url()
    assert (task.content, task.version) == ("Nội dung mới", 2)


def test_task_edit_of_the_work_of_others_needs_a_reason(client_of, two_party_cluster, address, entry):
    client = client_of(make_posting(role="coordinator", cluster=two_party_cluster.cluster).user)
    assert list(client.post(address, entry).context["form"].errors) == ["reason"]


def test_task_edit_keeps_the_text_of_who_comes_second(client_of, coordinator, address, entry):
    client = client_of(coordinator)
    client.post(address, entry)
    response = client.post(address, entry | {"owner": "Công an huyện"})
    assert (response.status_code, field_text(response, "owner")) == (409, "Công an huyện")
    assert [difference.entered for difference in response.context["differences"]] == ["Công an huyện"]


@pytest.mark.parametrize(("changes", "faulty"), [({"content": ""}, "content"), ({"date_to": "2017-01-01"}, "date_to")])
def test_task_edit_refuses_and_writes_nothing(client_of, coordinator, address, entry, changes, faulty):
    response = client_of(coordinator).post(address, entry | changes)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [faulty])
    assert KeyTask.objects.get().content == "Nội dung cũ"


@pytest.mark.parametrize(
    ("reader", "status"), [("recorder", 403), ("leader", 403), ("observer", 403), ("outsider", 404)]
)
def test_task_edit_is_the_coordinators(request, client_of, address, entry, reader, status):
    assert client_of(request.getfixturevalue(reader)).post(address, entry).status_code == status
    assert KeyTask.objects.get().content == "Nội dung cũ"


def test_task_edit_refuses_other_methods(client_of, coordinator, address):
    assert client_of(coordinator).delete(address).status_code == 405
