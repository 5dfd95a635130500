import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cluster.tests.factories import make_force, make_member, make_officer, make_posting, make_two_party_cluster
from patrols.models import Contingent, JointPatrol
from patrols.tests.entries import (
    error_of,
    first,
    input_of,
    inputs_of,
    line_entry,
    lines_in,
    page_of,
    patrol_entry,
    value_of,
)
from patrols.tests.factories import make_contingent, make_patrol

State = Contingent.State


@pytest.fixture
def patrol(two_party_cluster, recorder):
    world = two_party_cluster
    patrol = make_patrol(
        cluster=world.cluster,
        lead_unit=world.unit,
        units=[],
        recorded_by=recorder,
        recorded_unit=world.unit,
        route="Quốc lộ 1A",
    )
    make_contingent(patrol=patrol, unit=world.unit, force=world.force, state=State.CONFIRMED)
    make_contingent(patrol=patrol, unit=world.partner_unit, force=world.force)
    return patrol


@pytest.fixture
def address(patrol):
    return f"/clusters/cum-thu/patrols/{patrol.client_id}/edit/"


@pytest.fixture
def edit(entry):
    return entry | {"version": "1"}


def of_partner(patrol, **changes):
    Contingent.objects.filter(patrol=patrol, state=State.PENDING).update(**changes)
    return patrol.contingents.last()


# Who may


def test_patrol_edit_refuses_other_methods(client_of, recorder, address):
    assert client_of(recorder).delete(address).status_code == 405


@pytest.mark.parametrize("method", ["get", "post"])
def test_patrol_edit_sends_strangers_to_sign_in(client, address, method):
    assert getattr(client, method)(address)["Location"] == f"/accounts/login/?next={address}"


@pytest.mark.parametrize("method", ["get", "post"])
def test_patrol_edit_does_not_exist_for_outsiders(client_of, outsider, address, method):
    assert getattr(client_of(outsider), method)(address).status_code == 404


@pytest.mark.parametrize("persona", ["leader", "observer", "partner_recorder"])
def test_patrol_edit_is_forbidden_to_others(client_of, request, address, edit, persona):
    client = client_of(request.getfixturevalue(persona))
    assert client.get(address).status_code == 403
    assert client.post(address, edit | {"route": "Đường khác"}).status_code == 403
    assert JointPatrol.objects.get().route == "Quốc lộ 1A"


def test_patrol_edit_of_another_cluster_does_not_exist(client_of, recorder, two_party_cluster):
    foreign = make_patrol()
    assert client_of(recorder).get(f"/clusters/cum-thu/patrols/{foreign.client_id}/edit/").status_code == 404


def test_patrol_edit_of_a_deleted_one_does_not_exist(client_of, recorder, address):
    JointPatrol.objects.update(deleted_at=timezone.now())
    assert client_of(recorder).get(address).status_code == 404


# What it shows


def test_patrol_edit_opens_with_what_is_stored(client_of, recorder, address, patrol):
    officer = make_officer(unit=patrol.lead_unit, name="Lê Văn An")
    patrol.contingents.first().officers.add(officer)
    response = client_of(recorder).get(address)
    shown = [value_of(response, name) for name in ("date", "start", "end", "route", "version", "line-0-names")]
    assert shown == ["2017-06-01", "21:00", "02:00", "Quốc lộ 1A", "1", "Lê Văn An"]
    assert lines_in(response) == 2


def test_patrol_edit_offers_a_stored_outsider(client_of, recorder, address, patrol):
    outside = make_two_party_cluster().unit
    make_contingent(patrol=patrol, unit=outside)
    assert value_of(client_of(recorder).get(address), "line-2-unit") == str(outside.pk)


@pytest.mark.parametrize("verb", ["get", "post"])
def test_patrol_edit_asks_no_more_for_twelve_lines_than_for_two(client_of, recorder, address, patrol, edit, verb):
    queries = []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            getattr(client_of(recorder), verb)(address, edit | {"start": "x"})
        queries.append([query["sql"] for query in captured if "SESSION" not in query["sql"].upper()])
        for _ in range(10):
            make_contingent(patrol=patrol, unit=patrol.lead_unit)
    assert len(queries[0]) == len(queries[1])


# Editing


def test_patrol_edit_replaces_what_was_entered(client_of, recorder, address, patrol, edit):
    response = client_of(recorder).post(address, edit | {"route": "Đường ven biển", "end": "03:00"})
    patrol.refresh_from_db()
    assert (response.status_code, response["Location"]) == (302, patrol.get_absolute_url())
    assert (patrol.route, patrol.version, timezone.localtime(patrol.ends_at).hour) == ("Đường ven biển", 2, 3)


def test_patrol_edit_moves_the_lines_with_the_date(client_of, recorder, address, patrol, edit):
    client_of(recorder).post(address, edit | {"date": "2017-12-31"})
    assert set(patrol.contingents.values_list("local_date", flat=True)) == {dt.date(2017, 12, 31)}


def test_patrol_edit_adds_changes_and_removes_lines(client_of, recorder, address, patrol, edit, two_party_cluster):
    world, force = two_party_cluster, make_force()
    lines = line_entry(0, unit=world.unit, force=world.force, headcount=5) | line_entry(1, headcount="")
    client_of(recorder).post(address, edit | lines | line_entry(2, unit=world.partner_unit, force=force, headcount=2))
    assert [(line.unit, line.force, line.headcount, line.state) for line in patrol.contingents.all()] == [
        (world.unit, world.force, 5, State.CONFIRMED),
        (world.partner_unit, force, 2, State.PENDING),
    ]


def test_patrol_edit_keeps_officers_who_serve_elsewhere_by_now(client_of, recorder, address, patrol, edit):
    moved = make_officer(name="Lê Văn An")
    patrol.contingents.first().officers.add(moved)
    client_of(recorder).post(address, edit | {"line-0-names": "Lê Văn An"})
    assert list(patrol.contingents.first().officers.all()) == [moved]


def test_patrol_edit_completes_a_planned_patrol_and_keeps_the_plan(client_of, recorder, address, patrol, edit):
    start = patrol.starts_at
    JointPatrol.objects.update(status="scheduled", planned_start=start, starts_at=None, ends_at=None)
    client_of(recorder).post(address, edit | {"start": "22:00"})
    patrol.refresh_from_db()
    assert (patrol.status, patrol.planned_start) == ("completed", start)
    assert patrol.starts_at == start + dt.timedelta(hours=1)


def test_patrol_edit_cancels(client_of, recorder, address, patrol, edit):
    reason = {"status": "cancelled", "status_reason": "Mưa lũ"}
    page = client_of(recorder).post(address, edit | reason, follow=True)
    patrol.refresh_from_db()
    assert (patrol.status, patrol.starts_at, patrol.local_date) == ("cancelled", None, dt.date(2017, 6, 1))
    assert "Cancelled: Mưa lũ" in first(page, ".facts").get_text()


@pytest.mark.parametrize("status", ["postponed", "cancelled"])
def test_patrol_edit_asks_why_it_was_put_off(client_of, recorder, address, patrol, edit, status):
    response = client_of(recorder).post(address, edit | {"status": status})
    message = "Say why it was postponed or cancelled."
    assert (response.status_code, error_of(response, "status_reason")) == (422, message)
    assert JointPatrol.objects.get().status == "completed"


def test_patrol_edit_drops_the_reason_of_a_patrol_that_takes_place(client_of, recorder, address, patrol, edit):
    JointPatrol.objects.update(status="cancelled", status_reason="Mưa lũ")
    client_of(recorder).post(address, edit | {"status_reason": "Mưa lũ"})
    patrol.refresh_from_db()
    assert (patrol.status, patrol.status_reason) == ("completed", "")


def test_patrol_edit_of_an_imported_one_needs_no_lines(client_of, coordinator, address, patrol, edit):
    patrol.contingents.all().delete()
    bare = {name: text for name, text in edit.items() if not name.startswith("line-")}
    response = client_of(coordinator).post(address, bare | {"reason": "Sửa tuyến", "route": "Đường khác"})
    assert (response.status_code, JointPatrol.objects.get().route) == (302, "Đường khác")


def test_patrol_edit_adds_a_line_without_a_script(client_of, recorder, address, edit):
    response = client_of(recorder).post(address, edit | {"add_line": "1", "route": "Đang viết"})
    assert (response.status_code, lines_in(response), value_of(response, "version")) == (200, 3, "1")
    assert (value_of(response, "route"), JointPatrol.objects.get().route) == ("Đang viết", "Quốc lộ 1A")


def test_patrol_edit_refused_changes_nothing(client_of, recorder, address, edit):
    response = client_of(recorder).post(address, edit | {"route": "", "line-0-headcount": "9"})
    assert (response.status_code, value_of(response, "line-0-headcount")) == (422, "9")
    assert JointPatrol.objects.get().version == 1
    assert set(Contingent.objects.values_list("headcount", flat=True)) == {3}


def test_patrol_edit_refuses_the_code_of_another(client_of, recorder, address, patrol, edit):
    make_patrol(cluster=patrol.cluster, code="12")
    response = client_of(recorder).post(address, edit | {"code": "12"})
    assert (response.status_code, bool(error_of(response, "code"))) == (422, True)


# Two editors


def test_patrol_edit_of_a_stale_version_keeps_the_text_and_shows_both(client_of, recorder, address, edit):
    JointPatrol.objects.update(version=2, route="Đường của người khác")
    response = client_of(recorder).post(address, edit | {"route": "Đường của tôi", "line-0-headcount": "4"})
    rows = [row.get_text(" ", strip=True) for row in page_of(response).select(".notice tbody tr")]
    assert (response.status_code, value_of(response, "route")) == (409, "Đường của tôi")
    assert rows[0].endswith("Đường của người khác Đường của tôi")
    assert rows[1].endswith("3 4")
    assert JointPatrol.objects.get().route == "Đường của người khác"


def test_patrol_edit_may_be_saved_again_after_the_comparison(client_of, recorder, address, edit):
    JointPatrol.objects.update(version=2, route="Đường của người khác")
    client = client_of(recorder)
    again = value_of(client.post(address, edit | {"route": "Đường của tôi"}), "version")
    response = client.post(address, edit | {"route": "Đường của tôi", "version": again})
    assert (response.status_code, JointPatrol.objects.get().route) == (302, "Đường của tôi")


@pytest.mark.parametrize("version", [None, "", "x", "-1"])
def test_patrol_edit_without_a_version_is_refused(client_of, recorder, address, edit, version):
    changes = {name: text for name, text in edit.items() if name != "version"} | {"route": "Đường của tôi"}
    response = client_of(recorder).post(address, changes if version is None else changes | {"version": version})
    assert (response.status_code, value_of(response, "route")) == (428, "Đường của tôi")
    assert JointPatrol.objects.get().route == "Quốc lộ 1A"


# Whose line


def test_patrol_edit_shows_a_line_that_its_unit_has_answered_as_closed(client_of, recorder, address, patrol):
    of_partner(patrol, state=State.CONFIRMED)
    response = client_of(recorder).get(address)
    assert input_of(response, "line-1-headcount")["type"] == "hidden"
    assert "Only this unit or the coordinator changes this line." in response.content.decode()


def test_patrol_edit_beside_a_closed_line_works(client_of, recorder, address, patrol, edit):
    line = of_partner(patrol, state=State.CORRECTED, reason="Thiếu một người", corrected_from=4)
    response = client_of(recorder).post(address, edit | {"line-0-headcount": "6"})
    line.refresh_from_db()
    assert (response.status_code, line.state, line.headcount) == (302, State.CORRECTED, 3)


@pytest.mark.parametrize("state", [State.CONFIRMED, State.CORRECTED, State.REFUSED])
@pytest.mark.parametrize(
    "change", [{"line-1-headcount": "9"}, {"line-1-unit": "", "line-1-force": "", "line-1-headcount": ""}]
)
def test_patrol_edit_of_a_closed_line_is_refused(client_of, recorder, address, patrol, edit, state, change):
    line = of_partner(patrol, state=state, reason="Lý do", corrected_from=4)
    response = client_of(recorder).post(address, edit | {"route": "Đường khác"} | change)
    line.refresh_from_db()
    assert (response.status_code, line.headcount, line.state) == (422, 3, state)
    assert "only that unit or the coordinator" in response.content.decode()
    assert JointPatrol.objects.get().route == "Quốc lộ 1A"


@pytest.mark.parametrize("change", [{"line-1-headcount": "9"}, line_entry(1, headcount="")])
@pytest.mark.parametrize("version", [1, 2])
def test_patrol_edit_gives_a_closed_line_back_and_can_be_saved(
    client_of, recorder, address, patrol, edit, change, version
):
    """Be the other unit's word known when the form opened (422) or given since (409)."""
    line = of_partner(patrol, state=State.CONFIRMED)
    JointPatrol.objects.update(version=version)
    client = client_of(recorder)
    refused = client.post(address, edit | {"route": "Đường khác"} | change)
    saved = client.post(address, inputs_of(refused))
    line.refresh_from_db()
    assert (refused.status_code, saved.status_code) == ({1: 422, 2: 409}[version], 302)
    assert (JointPatrol.objects.get().route, line.headcount, line.state) == ("Đường khác", 3, State.CONFIRMED)


def test_patrol_edit_by_a_coordinator_needs_a_reason(client_of, coordinator, address, edit):
    response = client_of(coordinator).post(address, edit | {"route": "Đường khác"})
    assert (response.status_code, error_of(response, "reason")) == (422, "This field is required.")
    assert JointPatrol.objects.get().route == "Quốc lộ 1A"


def test_patrol_edit_by_a_coordinator_shows_who_and_why(client_of, coordinator, address, patrol, edit):
    of_partner(patrol, state=State.CONFIRMED)
    change = {"line-1-headcount": "2", "reason": "Đối chiếu sổ trực"}
    page = client_of(coordinator).post(address, edit | change, follow=True)
    line = patrol.contingents.last()
    assert (line.headcount, line.state, line.reason) == (2, State.CORRECTED, "Đối chiếu sổ trực")
    newest = first(page, ".patrol-history li").get_text(" ", strip=True)
    assert newest.endswith("coordinator Reason: Đối chiếu sổ trực")


def test_patrol_edit_of_an_own_record_asks_a_coordinator_why_where_a_line_was_answered(
    client_of, coordinator, address, patrol, edit
):
    JointPatrol.objects.update(recorded_by=coordinator, recorded_unit=None)
    of_partner(patrol, state=State.CONFIRMED)
    response = client_of(coordinator).post(address, edit | {"line-1-headcount": "2"})
    assert (response.status_code, bool(error_of(response, "reason"))) == (422, True)


def test_patrol_edit_does_not_ask_a_recorder_why(client_of, recorder, address):
    assert not page_of(client_of(recorder).get(address)).select('[name="reason"]')


def test_patrol_edit_by_a_recorder_who_also_coordinates_may_change_all(client_of, recorder, address, patrol, edit):
    make_posting(role="coordinator", user=recorder, cluster=patrol.cluster)
    of_partner(patrol, state=State.CONFIRMED)
    client_of(recorder).post(address, edit | {"line-1-headcount": "2", "reason": "Đối chiếu"})
    assert patrol.contingents.last().headcount == 2


# Nothing but what the form has


def test_patrol_edit_takes_no_other_field(client_of, recorder, address, patrol, edit):
    before = JointPatrol.objects.values("cluster", "client_id", "recorded_by", "recorded_unit", "deleted_at").get()
    foreign = make_two_party_cluster()
    extra = {"cluster": foreign.cluster.pk, "recorded_by": 1, "deleted_at": "2017-06-01", "client_id": uuid.uuid4()}
    client_of(recorder).post(address, edit | extra | {"local_date": "2016-01-01", "line-0-state": "refused"})
    assert JointPatrol.objects.values(*before).get() == before
    assert (patrol.contingents.first().state, JointPatrol.objects.get().local_date) == (
        State.CONFIRMED,
        patrol.local_date,
    )


def test_patrol_edit_keeps_a_past_member_of_the_list(client_of, recorder, address, patrol, edit, two_party_cluster):
    past = make_member(party=two_party_cluster.party, left=dt.date(2016, 1, 1)).unit
    entry = patrol_entry(line_entry(0, unit=past, force=two_party_cluster.force), lead=two_party_cluster.unit)
    client_of(recorder).post(address, entry | {"version": "1", "sure": f"outsider-{past.pk}"})
    assert [line.unit for line in patrol.contingents.all()] == [past]
