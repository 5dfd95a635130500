import datetime as dt
import uuid

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from cluster.tests.factories import make_administrative_unit, make_member, make_unit
from incidents.models import Incident
from incidents.services import log_incident
from incidents.tests.entries import field_text, incident_entry
from incidents.tests.factories import make_category, make_incident
from patrols.tests.factories import make_patrol

ADDRESS = "/clusters/cum-thu/incidents/new/"


@pytest.fixture
def category(two_party_cluster):
    return make_category(cluster=two_party_cluster.cluster, name="Trộm cắp tài sản")


@pytest.fixture
def entry(two_party_cluster, category):
    return incident_entry(unit=two_party_cluster.unit, category=category)


def test_incident_new_opens_with_today_and_the_own_unit(client_of, recorder, two_party_cluster):
    page = BeautifulSoup(client_of(recorder).get(ADDRESS).content, "html.parser")
    assert page.find("input", {"name": "occurred_on"})["value"] == timezone.localdate().isoformat()
    chosen = page.find("select", {"name": "unit"}).find("option", selected=True)
    assert chosen["value"] == str(two_party_cluster.unit.pk)
    assert page.find("input", {"name": "persons_involved"}).get("value") is None


def test_incident_new_logs_an_incident(client_of, recorder, entry, two_party_cluster, category):
    entry |= {"occurred_at": "21h30", "persons_involved": "3", "outcome": "resolved", "summary": "Mất một xe đạp."}
    response = client_of(recorder).post(ADDRESS, entry)
    incident = Incident.objects.get()
    assert (response.status_code, response["Location"]) == (302, incident.get_absolute_url())
    assert (incident.cluster, incident.unit, incident.category) == (
        two_party_cluster.cluster,
        two_party_cluster.unit,
        category,
    )
    assert (incident.occurred_on, incident.occurred_at) == (dt.date(2017, 6, 1), dt.time(21, 30))
    assert (incident.persons_involved, incident.summary) == (3, "Mất một xe đạp.")


def test_incident_new_says_who_recorded_for_whom(client_of, recorder, entry, two_party_cluster):
    client_of(recorder).post(ADDRESS, entry)
    incident = Incident.objects.get()
    assert (incident.recorded_by, incident.recorded_unit) == (recorder, two_party_cluster.unit)
    assert [row.history_user for row in incident.history.all()] == [recorder]


def test_incident_new_keeps_blank_persons_as_not_known(client_of, recorder, entry):
    client_of(recorder).post(ADDRESS, entry | {"persons_involved": ""})
    assert Incident.objects.get().persons_involved is None


def test_incident_new_stores_a_double_submit_once(client_of, recorder, entry):
    client = client_of(recorder)
    first, second = (client.post(ADDRESS, entry | {"code": "VV-01"}) for _ in range(2))
    assert (first.status_code, second.status_code) == (302, 302)
    assert first["Location"] == second["Location"]
    assert Incident.objects.count() == 1


def test_incident_new_keeps_other_content_of_a_known_form(client_of, recorder, entry):
    client = client_of(recorder)
    client.post(ADDRESS, entry)
    response = client.post(ADDRESS, entry | {"summary": "Một nội dung khác."})
    assert response.status_code == 409
    assert field_text(response, "summary") == "Một nội dung khác."
    assert Incident.objects.get().summary == ""


def test_incident_new_takes_other_content_at_the_second_press(client_of, recorder, entry):
    client = client_of(recorder)
    client.post(ADDRESS, entry)
    refused = client.post(ADDRESS, entry | {"summary": "Một vụ khác."})
    entry |= {"summary": "Một vụ khác.", "client_id": field_text(refused, "client_id")}
    assert client.post(ADDRESS, entry).status_code == 302
    assert Incident.objects.count() == 2


def test_incident_new_says_that_the_record_was_deleted(client_of, recorder, entry):
    client = client_of(recorder)
    client.post(ADDRESS, entry)
    Incident.objects.update(deleted_at=timezone.now())
    assert client.post(ADDRESS, entry).status_code == 410
    assert Incident.objects.count() == 1


@pytest.mark.parametrize("client_id", ["", "not-an-id"])
def test_incident_new_asks_again_without_its_id(client_of, recorder, entry, client_id):
    response = client_of(recorder).post(ADDRESS, entry | {"client_id": client_id})
    assert response.status_code == 422
    assert uuid.UUID(field_text(response, "client_id"))
    assert not Incident.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("occurred_on", "31/02/2017"),
        ("occurred_on", "2999-01-01"),
        ("occurred_on", ""),
        ("occurred_at", "25:00"),
        ("category", ""),
        ("persons_involved", "-1"),
        ("persons_involved", "9" * 30),
        ("unit", "9" * 30),
        ("outcome", "forgotten"),
        ("patrol", "x"),
        ("place", "x" * 201),
        ("summary", "Có chữ \x00 lạ"),
    ],
)
def test_incident_new_refuses_and_writes_nothing(client_of, recorder, entry, field, value):
    response = client_of(recorder).post(ADDRESS, entry | {field: value})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Incident.objects.exists()


@pytest.mark.parametrize("field", ["summary", "place", "seized_items", "code"])
def test_incident_new_refuses_identity_and_keeps_the_text(client_of, recorder, entry, field):
    text = "Gọi số 0912 345 678 để hỏi"
    response = client_of(recorder).post(ADDRESS, entry | {field: text})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert field_text(response, field) == text
    assert not Incident.objects.exists()


def test_incident_new_takes_a_native_date_typed_as_text(client_of, recorder, entry):
    client_of(recorder).post(ADDRESS, entry | {"occurred_on": "05/01/2018"})
    assert Incident.objects.get().occurred_on == dt.date(2018, 1, 5)


def test_incident_new_lets_a_recorder_log_for_the_own_unit_only(client_of, recorder, entry, two_party_cluster):
    response = client_of(recorder).post(ADDRESS, entry | {"unit": two_party_cluster.partner_unit.pk})
    assert response.status_code == 422
    assert list(response.context["form"].errors) == ["unit"]


def test_incident_new_lets_a_coordinator_log_for_any_unit(client_of, coordinator, entry, two_party_cluster):
    client_of(coordinator).post(ADDRESS, entry | {"unit": two_party_cluster.partner_unit.pk})
    assert Incident.objects.get().unit == two_party_cluster.partner_unit


def test_incident_new_names_cooperating_units(client_of, recorder, entry, two_party_cluster):
    client_of(recorder).post(ADDRESS, entry | {"cooperating_units": [two_party_cluster.partner_unit.pk]})
    assert list(Incident.objects.get().cooperating_units.all()) == [two_party_cluster.partner_unit]


def test_incident_new_refuses_a_unit_that_cooperates_with_itself(client_of, recorder, entry, two_party_cluster):
    response = client_of(recorder).post(ADDRESS, entry | {"cooperating_units": [two_party_cluster.unit.pk]})
    assert list(response.context["form"].errors) == ["cooperating_units"]


def test_incident_new_refuses_a_category_out_of_use_on_the_day(client_of, recorder, entry, category):
    category.valid_to = dt.date(2016, 12, 31)
    category.save()
    response = client_of(recorder).post(ADDRESS, entry)
    assert list(response.context["form"].errors) == ["category"]


def test_incident_new_refuses_a_code_twice(client_of, recorder, entry, two_party_cluster):
    make_incident(cluster=two_party_cluster.cluster, code="VV-01")
    response = client_of(recorder).post(ADDRESS, entry | {"code": " VV-01 "})
    assert list(response.context["form"].errors) == ["code"]


def test_incident_new_finds_a_code_taken_at_the_same_moment(client_of, recorder, entry, monkeypatch):
    def overtaken(*, cluster, **rest):
        make_incident(cluster=cluster, code="VV-01")
        return log_incident(cluster=cluster, **rest)

    monkeypatch.setattr("incidents.views.incidents.log_incident", overtaken)
    response = client_of(recorder).post(ADDRESS, entry | {"code": "VV-01"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["code"])
    assert Incident.objects.count() == 1


def test_incident_new_starts_from_the_patrol_it_was_found_on(client_of, recorder, two_party_cluster):
    patrol = make_patrol(cluster=two_party_cluster.cluster)
    page = BeautifulSoup(client_of(recorder).get(ADDRESS, {"patrol": patrol.client_id}).content, "html.parser")
    chosen = page.find("select", {"name": "patrol"}).find("option", selected=True)
    assert chosen["value"] == str(patrol.client_id)
    assert page.find("input", {"name": "occurred_on"})["value"] == patrol.local_date.isoformat()


def test_incident_new_links_the_patrol(client_of, recorder, entry, two_party_cluster):
    patrol = make_patrol(cluster=two_party_cluster.cluster)
    client_of(recorder).post(ADDRESS, entry | {"patrol": patrol.client_id})
    assert Incident.objects.get().patrol == patrol


@pytest.mark.parametrize("patrol", ["x", str(uuid.UUID(int=7))])
def test_incident_new_knows_no_such_patrol(client_of, recorder, patrol):
    assert client_of(recorder).get(ADDRESS, {"patrol": patrol}).status_code == 404


def test_incident_new_takes_nothing_of_another_cluster(client_of, recorder, entry, outsider):
    other = outsider.postings.get().unit
    cluster = other.memberships.get().party.cluster
    foreign = {
        "category": make_category(cluster=cluster).pk,
        "cooperating_units": [other.pk],
        "commune": other.administrative_unit_id,
        "patrol": make_patrol(cluster=cluster).client_id,
        "unit": other.pk,
    }
    for field, value in foreign.items():
        response = client_of(recorder).post(ADDRESS, entry | {field: value})
        assert list(response.context["form"].errors) == [field]
    assert not Incident.objects.exists()


def test_incident_new_offers_nothing_of_another_cluster(client_of, coordinator, two_party_cluster, outsider):
    before = client_of(coordinator).get(ADDRESS).context["form"]
    offered = {name: str(before[name]) for name in ("category", "unit", "cooperating_units", "commune", "patrol")}
    cluster = outsider.postings.get().unit.memberships.get().party.cluster
    make_category(cluster=cluster)
    make_patrol(cluster=cluster, starts_at=timezone.now() - dt.timedelta(hours=5))
    make_member(party=cluster.parties.first(), unit=make_unit(administrative_unit=make_administrative_unit()))
    after = client_of(coordinator).get(ADDRESS).context["form"]
    assert {name: str(after[name]) for name in offered} == offered


def test_incident_new_assigns_nothing_but_its_fields(client_of, recorder, entry, outsider):
    foreign = outsider.postings.get().unit.memberships.get().party.cluster
    extra = {"cluster": foreign.pk, "version": 9, "recorded_by": outsider.pk, "deleted_at": "2017-01-01", "id": 77}
    client_of(recorder).post(ADDRESS, entry | extra)
    incident = Incident.objects.get()
    assert (incident.cluster.slug, incident.version, incident.recorded_by) == ("cum-thu", 1, recorder)
    assert incident.deleted_at is None


def test_incident_new_needs_a_session(client, entry):
    assert client.post(ADDRESS, entry)["Location"].startswith("/accounts/login/")
    assert not Incident.objects.exists()


def test_incident_new_does_not_exist_for_an_outsider(client_of, outsider, entry):
    assert client_of(outsider).post(ADDRESS, entry).status_code == 404


@pytest.mark.parametrize("reader", ["leader", "observer"])
def test_incident_new_is_forbidden_to_readers(request, client_of, reader, entry):
    assert client_of(request.getfixturevalue(reader)).post(ADDRESS, entry).status_code == 403
    assert not Incident.objects.exists()


def test_incident_new_refuses_other_methods(client_of, recorder):
    assert client_of(recorder).put(ADDRESS).status_code == 405


def test_incident_new_that_a_phone_keeps_has_no_menu_and_leaves_messages_to_the_next_page(client_of, recorder, entry):
    client = client_of(recorder)
    client.post(ADDRESS, entry)
    kept, whole = (client.get(ADDRESS, headers=headers) for headers in ({"X-Content-Only": "1"}, {}))
    assert [b"topbar" in page.content for page in (kept, whole)] == [False, True]
    assert [b"notice-success" in page.content for page in (kept, whole)] == [False, True]
    assert b"data-record" in kept.content
