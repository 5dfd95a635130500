import datetime as dt
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cluster.models import Officer
from cluster.tests.factories import make_member, make_officer, make_posting, make_two_party_cluster, make_unit
from patrols.models import Contingent, JointPatrol
from patrols.tests.entries import error_of, first, input_of, line_entry, lines_in, page_of, patrol_entry, value_of
from patrols.tests.factories import make_campaign, make_patrol

ADDRESS = "/clusters/cum-thu/patrols/new/"
State = Contingent.State


def local(text):
    return timezone.make_aware(dt.datetime.fromisoformat(text))


# Who may


def test_patrol_new_refuses_other_methods(client_of, recorder):
    assert client_of(recorder).put(ADDRESS).status_code == 405


@pytest.mark.parametrize("method", ["get", "post"])
def test_patrol_new_sends_strangers_to_sign_in(client, two_party_cluster, method):
    response = getattr(client, method)(ADDRESS)
    assert (response.status_code, response["Location"]) == (302, f"/accounts/login/?next={ADDRESS}")


@pytest.mark.parametrize("method", ["get", "post"])
def test_patrol_new_does_not_exist_for_outsiders(client_of, outsider, two_party_cluster, method):
    assert getattr(client_of(outsider), method)(ADDRESS).status_code == 404


@pytest.mark.parametrize("persona", ["leader", "observer"])
def test_patrol_new_is_forbidden_to_readers(client_of, request, entry, persona):
    user = request.getfixturevalue(persona)
    assert client_of(user).get(ADDRESS).status_code == 403
    assert client_of(user).post(ADDRESS, entry).status_code == 403
    assert not JointPatrol.objects.exists()


# What the form opens with


def test_patrol_new_opens_with_today_the_own_unit_and_two_lines(client_of, recorder, two_party_cluster):
    response = client_of(recorder).get(ADDRESS)
    own = str(two_party_cluster.unit.pk)
    assert value_of(response, "date") == timezone.localdate().isoformat()
    assert [value_of(response, name) for name in ("lead_unit", "line-0-unit", "line-1-unit")] == [own, own, ""]
    assert lines_in(response) == 2
    assert uuid.UUID(value_of(response, "client_id"))


def test_patrol_new_offers_members_by_party_and_past_ones_with_dates(client_of, coordinator, two_party_cluster):
    past = make_unit(name="Công an xã cũ")
    make_member(party=two_party_cluster.party, unit=past, left=dt.date(2019, 12, 31))
    groups = input_of(client_of(coordinator).get(ADDRESS), "lead_unit").find_all("optgroup")
    labels = [group["label"] for group in groups]
    assert labels == [party.name for party in two_party_cluster.parties] + ["No members on this date"]
    assert groups[2].get_text() == "Công an xã cũ (until 31/12/2019)"


def test_patrol_new_offers_nothing_of_other_clusters(client_of, recorder):
    other = make_two_party_cluster()
    own_unit = make_unit(name="Đội tuần tra Bến Hải", cluster=other.cluster)
    make_member(party=other.party, unit=own_unit)
    officer = make_officer(unit=other.unit)
    campaign = make_campaign(cluster=other.cluster)
    text = client_of(recorder).get(ADDRESS).content.decode()
    hidden = [other.unit.name, own_unit.name, officer.name, campaign.name, other.cluster.name]
    assert [name for name in hidden if name in text] == []


# Logging


def test_patrol_new_logs_both_sides(client_of, recorder, entry, two_party_cluster):
    response = client_of(recorder).post(ADDRESS, entry | {"result": "Không phát hiện vụ việc.", "code": "01"})
    patrol = JointPatrol.objects.get()
    assert (response.status_code, response["Location"]) == (302, patrol.get_absolute_url())
    assert (str(patrol.client_id), patrol.cluster) == (entry["client_id"], two_party_cluster.cluster)
    assert (patrol.starts_at, patrol.ends_at) == (local("2017-06-01 21:00"), local("2017-06-02 02:00"))
    assert (patrol.route, patrol.result, patrol.code) == ("Quốc lộ 1A", "Không phát hiện vụ việc.", "01")
    assert (patrol.recorded_by, patrol.recorded_unit) == (recorder, two_party_cluster.unit)


def test_patrol_new_confirms_the_own_line_only(client_of, recorder, entry, two_party_cluster):
    client_of(recorder).post(ADDRESS, entry)
    own, other = JointPatrol.objects.get().contingents.all()
    assert (own.unit, own.state, own.decided_by) == (two_party_cluster.unit, State.CONFIRMED, recorder)
    assert (other.unit, other.state, other.decided_by) == (two_party_cluster.partner_unit, State.PENDING, None)


def test_patrol_new_by_a_coordinator_confirms_nothing(client_of, coordinator, entry):
    client_of(coordinator).post(ADDRESS, entry)
    assert [line.state for line in Contingent.objects.all()] == [State.PENDING, State.PENDING]


def test_patrol_new_names_the_user_in_the_history(client_of, recorder, entry):
    client_of(recorder).post(ADDRESS, entry)
    rows = [*JointPatrol.history.all(), *Contingent.history.all()]
    assert {row.history_user for row in rows} == {recorder}


@pytest.mark.parametrize(
    ("date", "start", "end", "ends_at"),
    [
        ("2017-06-01", "19:00", "23:00", "2017-06-01 23:00"),
        ("2017-06-01", "21:00", "02:00", "2017-06-02 02:00"),
        ("2017-06-30", "22h", "1h30", "2017-07-01 01:30"),
        ("2017-12-31", "2130", "130", "2018-01-01 01:30"),
        ("2020-02-28", "23:59", "00:00", "2020-02-29 00:00"),
        ("2017-06-01", "20 giờ 30", "24:00", "2017-06-02 00:00"),
        ("2017-06-01", "21:00", "21:00", "2017-06-02 21:00"),
    ],
)
def test_patrol_new_derives_the_date_of_the_end(client_of, recorder, entry, date, start, end, ends_at):
    times = {"date": date, "start": start, "end": end}
    client_of(recorder).post(ADDRESS, entry | times | {"sure": "long"})
    patrol = JointPatrol.objects.get()
    assert (patrol.local_date.isoformat(), patrol.ends_at) == (date, local(ends_at))


def test_patrol_new_counts_new_years_night_in_the_old_year(client_of, recorder, entry):
    client_of(recorder).post(ADDRESS, entry | {"date": "31/12/2017", "start": "23:30", "end": "04:00"})
    assert JointPatrol.objects.get().local_date == dt.date(2017, 12, 31)
    assert set(Contingent.objects.values_list("local_date", flat=True)) == {dt.date(2017, 12, 31)}


def test_patrol_new_stores_an_unknown_end_as_unknown(client_of, recorder, entry):
    client_of(recorder).post(ADDRESS, entry | {"end": ""})
    assert JointPatrol.objects.get().ends_at is None


def test_patrol_new_schedules_without_forces(client_of, recorder, entry, two_party_cluster):
    night = timezone.localdate() + dt.timedelta(days=7)
    plan = {name: text for name, text in entry.items() if not name.startswith("line-")}
    preset = {"line-0-unit": two_party_cluster.unit.pk}
    client_of(recorder).post(ADDRESS, plan | preset | {"status": "scheduled", "date": night.isoformat()})
    patrol = JointPatrol.objects.get()
    assert (patrol.starts_at, patrol.local_date, patrol.contingents.count()) == (None, night, 0)
    assert timezone.localtime(patrol.planned_start).time() == dt.time(21)


def test_patrol_new_keeps_campaign_leader_and_communes(client_of, recorder, entry, two_party_cluster):
    campaign = make_campaign(cluster=two_party_cluster.cluster)
    officer = make_officer(unit=two_party_cluster.partner_unit)
    commune = two_party_cluster.unit.administrative_unit
    more = {"campaign": campaign.pk, "shift_leader": officer.pk, "communes": [commune.pk], "kind": "armed"}
    client_of(recorder).post(ADDRESS, entry | more)
    patrol = JointPatrol.objects.get()
    assert (patrol.campaign, patrol.shift_leader, patrol.kind) == (campaign, officer, "armed")
    assert list(patrol.communes.all()) == [commune]


# Once


def test_patrol_new_sent_twice_is_stored_once(client_of, recorder, entry):
    client = client_of(recorder)
    first, second = client.post(ADDRESS, entry), client.post(ADDRESS, entry)
    assert JointPatrol.objects.count() == 1
    assert (second.status_code, second["Location"]) == (302, first["Location"])


def test_patrol_new_sent_twice_adds_an_officer_once(client_of, recorder, entry):
    names = {"line-0-names": "Trần Văn Mới", "line-0-adds": "1", "code": "07"}
    for _ in range(2):
        response = client_of(recorder).post(ADDRESS, entry | names)
        assert response.status_code == 302
    assert (JointPatrol.objects.count(), Officer.objects.count()) == (1, 1)


def test_patrol_new_with_the_id_of_other_content_offers_to_edit_that(client_of, recorder, entry):
    client = client_of(recorder)
    client.post(ADDRESS, entry)
    response = client.post(ADDRESS, entry | {"route": "Đường ven biển"})
    patrol = JointPatrol.objects.get()
    form = first(response, "[data-patrol-form]")
    assert (response.status_code, patrol.route) == (409, "Quốc lộ 1A")
    assert form["action"] == f"/clusters/cum-thu/patrols/{patrol.client_id}/edit/"
    assert (value_of(response, "route"), value_of(response, "version")) == ("Đường ven biển", "1")


def test_patrol_new_with_the_id_of_a_deleted_patrol_keeps_the_text(client_of, recorder, entry):
    client = client_of(recorder)
    client.post(ADDRESS, entry)
    JointPatrol.objects.update(deleted_at=timezone.now())
    response = client.post(ADDRESS, entry)
    assert (response.status_code, value_of(response, "route")) == (409, "Quốc lộ 1A")
    assert value_of(response, "client_id") != entry["client_id"]


def test_patrol_new_with_the_id_of_another_cluster_tells_nothing(client_of, recorder, entry):
    foreign = make_patrol(route="Tuyến của cụm khác")
    response = client_of(recorder).post(ADDRESS, entry | {"client_id": str(foreign.client_id)})
    assert response.status_code == 409
    assert foreign.route not in response.content.decode()
    assert JointPatrol.objects.count() == 1


def test_patrol_new_without_an_id_gets_one(client_of, recorder, entry):
    response = client_of(recorder).post(ADDRESS, entry | {"client_id": "x"})
    assert (response.status_code, JointPatrol.objects.count()) == (302, 1)


def test_patrol_new_refuses_a_code_in_use(client_of, recorder, entry, two_party_cluster):
    make_patrol(cluster=two_party_cluster.cluster, code="12", deleted_at=timezone.now())
    response = client_of(recorder).post(ADDRESS, entry | {"code": "12"})
    assert response.status_code == 422
    assert error_of(response, "code") == "The cluster already has a patrol of this code."


def test_patrol_new_tells_of_a_code_taken_in_the_same_moment(client_of, recorder, entry, two_party_cluster):
    def be_faster(execute, sql, params, many, context):
        """Another's patrol comes between the check of the form and the transaction."""
        if sql.startswith("SAVEPOINT") and not JointPatrol.objects.exists():
            make_patrol(cluster=two_party_cluster.cluster, code="12", units=[], lead_unit=two_party_cluster.unit)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(be_faster):
        response = client_of(recorder).post(ADDRESS, entry | {"code": "12"})
    assert (response.status_code, JointPatrol.objects.count()) == (422, 1)
    assert error_of(response, "code") == "The cluster already has a patrol of this code."


# What it refuses, with the text kept and nothing written


@pytest.mark.parametrize(
    ("changes", "name", "message"),
    [
        ({"date": "31/02/2017"}, "date", "The date must have the form day/month/year (for example 05/01/2018)."),
        ({"date": ""}, "date", "This field is required."),
        ({"date": "1975-04-30"}, "date", "Check the year of the date."),
        ({"date": "2117-06-01"}, "date", "Check the year of the date."),
        ({"start": "tối"}, "start", "Write the time on the 24-hour clock, for example 21:30."),
        ({"start": "24:00"}, "start", "Write the time on the 24-hour clock, for example 21:30."),
        ({"end": "25h"}, "end", "Write the time on the 24-hour clock, for example 21:30."),
        ({"route": " "}, "route", "This field is required."),
        ({"lead_unit": ""}, "lead_unit", "Choose the unit."),
        ({"lead_unit": "0"}, "lead_unit", "Choose one of the list."),
        ({"campaign": "77777"}, "campaign", "Choose one of the list."),
        ({"communes": ["77777"]}, "communes", "Choose one of the list."),
        ({"line-0-headcount": "0"}, "line-0-headcount", "The number of people must be a whole number above 0."),
        ({"line-0-headcount": "-2"}, "line-0-headcount", "The number of people must be a whole number above 0."),
        ({"line-0-headcount": "9" * 5000}, "line-0-headcount", "The number of people must be a whole number above 0."),
        ({"line-0-headcount": "501"}, "line-0-headcount", "More than 500 people: check the number."),
        ({"line-0-force": ""}, "line-0-force", "Choose the force."),
        ({"line-1-unit": ""}, "line-1-unit", "Choose the unit."),
        ({"line-1-unit": "x"}, "line-1-unit", "Choose one of the list."),
    ],
)
def test_patrol_new_refuses_at_the_field(client_of, recorder, entry, changes, name, message):
    response = client_of(recorder).post(ADDRESS, entry | changes)
    assert (response.status_code, error_of(response, name)) == (422, message)
    assert not JointPatrol.objects.exists()


@pytest.mark.parametrize("text", ["Gặp đối tượng, CCCD 044090001234", "Xe biển số 73-B1 123.45", "Tài liệu MẬT"])
@pytest.mark.parametrize("name", ["route", "result"])
def test_patrol_new_refuses_identities_and_keeps_the_text(client_of, recorder, entry, name, text):
    response = client_of(recorder).post(ADDRESS, entry | {name: text})
    assert (response.status_code, value_of(response, name)) == (422, text)
    assert error_of(response, name)


def test_patrol_new_lists_every_error_with_a_link_to_its_field(client_of, recorder, entry):
    response = client_of(recorder).post(ADDRESS, entry | {"start": "x", "line-1-headcount": "0"})
    page = page_of(response)
    targets = [link["href"] for link in page.select(".notice-danger a")]
    assert targets == ["#id_start", "#id_line-1-headcount"]
    assert all(page.find(id=target[1:]) for target in targets)


def test_patrol_new_refuses_a_result_from_the_future(client_of, recorder, entry):
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    response = client_of(recorder).post(ADDRESS, entry | {"date": tomorrow.isoformat()})
    message = "The date of the patrol must not be after today once its result is recorded."
    assert (response.status_code, error_of(response, "date")) == (422, message)


def test_patrol_new_asks_whether_tonight_was_last_night(client_of, recorder, entry, monkeypatch):
    monkeypatch.setattr(timezone, "now", lambda: local("2018-03-06 02:30"))
    response = client_of(recorder).post(ADDRESS, entry | {"date": "2018-03-06"})
    message = "21:00 today is still to come. Did the patrol begin on 05/03/2018?"
    assert (response.status_code, error_of(response, "date")) == (422, message)


def test_patrol_new_needs_a_line(client_of, recorder, entry):
    bare = {name: text for name, text in entry.items() if not name.startswith("line-")}
    response = client_of(recorder).post(ADDRESS, bare)
    assert response.status_code == 422
    assert "Enter at least one line" in first(response, "main .notice-danger").get_text()


def test_patrol_new_of_other_units_only_is_refused_to_a_recorder(client_of, recorder, entry, two_party_cluster):
    others = {"lead_unit": str(two_party_cluster.partner_unit.pk)} | line_entry(0, headcount="")
    response = client_of(recorder).post(ADDRESS, entry | others)
    assert response.status_code == 422
    assert error_of(response, "lead_unit").startswith("Log for your own unit")


def test_patrol_new_of_other_units_only_is_open_to_a_coordinator(client_of, coordinator, entry, two_party_cluster):
    others = {"lead_unit": str(two_party_cluster.partner_unit.pk)} | line_entry(0, headcount="")
    assert client_of(coordinator).post(ADDRESS, entry | others).status_code == 302


def test_patrol_new_refuses_what_belongs_to_another_cluster(client_of, recorder, entry):
    other = make_two_party_cluster()
    officer, campaign = make_officer(unit=other.unit), make_campaign(cluster=other.cluster)
    foreign = {"campaign": campaign.pk, "shift_leader": officer.pk, "communes": [other.unit.administrative_unit_id]}
    response = client_of(recorder).post(ADDRESS, entry | foreign | {"line-1-unit": other.unit.pk})
    assert response.status_code == 422
    assert {name for name in (*foreign, "line-1-unit") if error_of(response, name)} == {*foreign, "line-1-unit"}


# One party only


def test_patrol_new_of_one_party_is_stored_with_a_warning(client_of, recorder, entry):
    response = client_of(recorder).post(ADDRESS, entry | line_entry(1, headcount=""), follow=True)
    message = "This patrol has forces of one party only, so it does not count as a joint patrol."
    assert first(response, "main .notice-warning").get_text(strip=True) == message
    assert not JointPatrol.objects.counted().exists()


# More lines


def test_patrol_new_adds_a_line_without_a_script(client_of, recorder, entry):
    response = client_of(recorder).post(ADDRESS, entry | {"route": "", "start": "tối", "add_line": "1"})
    assert (response.status_code, lines_in(response)) == (200, 3)
    assert (value_of(response, "start"), value_of(response, "line-1-headcount")) == ("tối", "3")
    assert value_of(response, "client_id") == entry["client_id"]
    assert not page_of(response).select("main .errorlist, main .notice-danger")
    assert not JointPatrol.objects.exists()


def test_patrol_new_reads_lines_with_gaps(client_of, recorder, entry, two_party_cluster):
    moved = {name.replace("line-1-", "line-7-"): text for name, text in entry.items()}
    client_of(recorder).post(ADDRESS, moved)
    assert [line.unit for line in Contingent.objects.all()] == list(two_party_cluster.units)


def test_patrol_new_refuses_more_lines_than_a_patrol_has(client_of, recorder, entry):
    many = {f"line-{number}-headcount": "1" for number in range(2, 45)}
    response = client_of(recorder).post(ADDRESS, entry | many)
    assert "A patrol has at most 40 lines." in response.content.decode()


@pytest.mark.parametrize("persona", ["recorder", "coordinator"])
def test_patrol_new_asks_no_more_for_twelve_lines_than_for_two(client_of, request, two_party_cluster, persona):
    client, world = client_of(request.getfixturevalue(persona)), two_party_cluster
    queries = []
    for lines in (2, 12):
        entries = [line_entry(n, unit=world.unit, other="Không đâu cả", headcount="x") for n in range(lines)]
        with CaptureQueriesContext(
            connection,
        ) as captured:
            assert client.post(ADDRESS, patrol_entry(*entries, lead=world.unit)).status_code == 422
        queries.append(len(captured))
    assert queries[0] == queries[1]


def test_patrol_new_logs_for_the_unit_of_a_second_posting(client_of, recorder, entry, two_party_cluster):
    make_posting(role="recorder", user=recorder, unit=two_party_cluster.partner_unit)
    client_of(recorder).post(ADDRESS, entry)
    assert [line.state for line in Contingent.objects.all()] == [State.CONFIRMED, State.CONFIRMED]
