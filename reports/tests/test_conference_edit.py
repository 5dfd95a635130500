import pytest

from cluster.tests.factories import make_posting
from incidents.tests.entries import field_text
from reports.models import Conference, Delegation
from reports.tests.conference_entries import conference_entry, row_entry
from reports.tests.conference_factories import make_conference, make_delegation, make_difficulty


@pytest.fixture
def conference(two_party_cluster, coordinator):
    conference = make_conference(cluster=two_party_cluster.cluster, recorded_by=coordinator, name="Tên cũ")
    for body in ("UBND hai huyện", "BCH Công an hai huyện"):
        make_delegation(conference=conference, body=body)
    return conference


@pytest.fixture
def address(conference):
    return f"{conference.get_absolute_url()}edit/"


@pytest.fixture
def entry():
    rows = row_entry("delegations", 0, body="UBND hai huyện", headcount=2)
    return conference_entry(version=1, name="Tên mới", **rows)


def test_conference_edit_shows_what_is_stored(client_of, coordinator, address):
    response = client_of(coordinator).get(address)
    names = ("name", "delegations-1-body", "delegations-2-body", "version")
    assert [field_text(response, name) for name in names] == ["Tên cũ", "BCH Công an hai huyện", "", "1"]


def test_conference_edit_changes_it_and_drops_an_emptied_row(client_of, coordinator, conference, address, entry):
    response = client_of(coordinator).post(address, entry)
    conference.refresh_from_db()
    assert response["Location"] == conference.get_absolute_url()
    assert (conference.name, conference.version) == ("Tên mới", 2)
    assert [row.body for row in conference.delegations.all()] == ["UBND hai huyện"]


def test_conference_edit_writes_no_history_of_rows_that_stay(client_of, coordinator, conference, address, entry):
    before = Delegation.history.count()
    client_of(coordinator).post(address, entry)
    assert [row.history_type for row in Delegation.history.order_by("history_id")[before:]] == ["-"]
    assert Delegation.history.latest("history_id").history_user == coordinator


def test_conference_edit_of_the_work_of_others_needs_a_reason(client_of, two_party_cluster, conference, address, entry):
    client = client_of(make_posting(role="coordinator", cluster=two_party_cluster.cluster).user)
    assert list(client.post(address, entry).context["form"].errors) == ["reason"]
    client.post(address, entry | {"reason": "Ghi nhầm"})
    assert conference.history.first().history_change_reason == "Ghi nhầm"


def test_conference_edit_keeps_the_text_of_who_comes_second(client_of, coordinator, conference, address, entry):
    make_difficulty(conference=conference, text="Thiếu xe")
    client = client_of(coordinator)
    client.post(address, entry | row_entry("difficulties", 0, text="Thiếu xe", state="open"))
    response = client.post(address, entry | {"name": "Tên khác"})
    assert (response.status_code, field_text(response, "name")) == (409, "Tên khác")
    assert [(d.label, d.stored, d.entered) for d in response.context["differences"]] == [
        ("Tên hội nghị", "Tên mới", "Tên khác"),
        ("Khó khăn, vướng mắc", "Thiếu xe · chưa tháo gỡ", "–"),
    ]
    assert Conference.objects.get().name == "Tên mới"


def test_conference_edit_needs_the_version(client_of, coordinator, address, entry):
    assert client_of(coordinator).post(address, entry | {"version": ""}).status_code == 428
    assert Conference.objects.get().name == "Tên cũ"


def test_conference_edit_adds_rows_and_keeps_the_text(client_of, coordinator, address, entry):
    response = client_of(coordinator).post(address, entry | {"more": "1"})
    names = ("name", "delegations-0-body", "delegations-TOTAL_FORMS", "version")
    assert [field_text(response, name) for name in names] == ["Tên mới", "UBND hai huyện", "4", "1"]
    assert Conference.objects.get().version == 1


def test_conference_edit_refuses_and_writes_nothing(client_of, coordinator, conference, address, entry):
    response = client_of(coordinator).post(address, entry | {"delegations-0-headcount": "-1"})
    conference.refresh_from_db()
    assert (response.status_code, conference.name, conference.delegations.count()) == (422, "Tên cũ", 2)


@pytest.mark.parametrize(
    ("reader", "status"), [("recorder", 403), ("leader", 403), ("observer", 403), ("outsider", 404)]
)
def test_conference_edit_is_the_coordinators(request, client_of, address, entry, reader, status):
    assert client_of(request.getfixturevalue(reader)).post(address, entry).status_code == status
    assert Conference.objects.get().name == "Tên cũ"


def test_conference_edit_refuses_other_methods(client_of, coordinator, address):
    assert client_of(coordinator).delete(address).status_code == 405
