import datetime as dt

import pytest

from cluster.briefing_services import follow_up
from cluster.models import Conclusion, FollowUp
from cluster.tests.briefing_factories import make_briefing, make_conclusion
from cluster.tests.entries import field_text

MAY, JUNE, JULY = (dt.date(2017, month, 20) for month in (5, 6, 7))


@pytest.fixture
def briefings(two_party_cluster):
    return [make_briefing(cluster=two_party_cluster.cluster, held_on=day) for day in (MAY, JUNE, JULY)]


@pytest.fixture
def conclusion(briefings):
    return make_conclusion(briefing=briefings[0], due_on=JUNE)


@pytest.fixture
def address(conclusion):
    return f"{conclusion.get_absolute_url()}follow/"


def carried(client, briefing):
    rows = client.get(briefing.get_absolute_url()).context["carried"]
    return [(row.conclusion, row.here.state if row.here else None) for row in rows]


def note(conclusion, briefing, state="open", **changes):
    conclusion.refresh_from_db()
    fields = {"version": conclusion.version, "noted_on": briefing.held_on, "note": "", "by": None}
    return follow_up(conclusion, briefing=briefing, state=state, **(fields | changes))


def test_conclusion_is_carried_to_later_briefings_of_its_level(client_of, leader, briefings, conclusion):
    may, june, july = briefings
    district = make_briefing(cluster=may.cluster, level="district", cycle="quarter", number=3, held_on=JULY)
    client = client_of(leader)
    assert [carried(client, row) for row in (may, june, july, district)] == [
        [],
        [(conclusion, None)],
        [(conclusion, None)],
        [],
    ]


def test_conclusion_that_is_done_is_carried_no_further(client_of, leader, briefings, conclusion):
    _may, june, july = briefings
    note(conclusion, june, "done")
    assert [carried(client_of(leader), row) for row in (june, july)] == [[(conclusion, "done")], []]


def test_conclusion_of_a_deleted_briefing_is_gone(client_of, leader, briefings, conclusion):
    may, june, _july = briefings
    may.deleted_at = dt.datetime(2017, 8, 1, tzinfo=dt.UTC)
    may.save()
    assert carried(client_of(leader), june) == []
    assert client_of(leader).get(conclusion.get_absolute_url()).status_code == 404


def test_conclusion_follow_notes_it_and_leads_back(client_of, coordinator, briefings, conclusion, address):
    june = briefings[1]
    entry = {"version": 1, "briefing": june.client_id, "noted_on": JUNE, "state": "done", "note": "Đã rà soát"}
    response = client_of(coordinator).post(address, entry)
    conclusion.refresh_from_db()
    assert response["Location"] == f"{june.get_absolute_url()}#carried"
    assert (conclusion.state, conclusion.settled_on, conclusion.version) == ("done", JUNE, 2)
    assert FollowUp.objects.get().history.get().history_user == coordinator


def test_conclusion_follow_between_two_briefings_leads_back_to_it(client_of, coordinator, conclusion, address):
    entry = {"version": 1, "noted_on": "2017-06-01", "state": "open", "note": "Đang làm"}
    assert client_of(coordinator).post(address, entry)["Location"] == conclusion.get_absolute_url()
    assert FollowUp.objects.get().briefing is None


def test_what_a_briefing_found_is_mended_in_its_place(briefings, conclusion):
    june = briefings[1]
    note(conclusion, june, "done")
    note(conclusion, june, "open", note="Ghi nhầm")
    conclusion.refresh_from_db()
    assert (FollowUp.objects.count(), conclusion.state, conclusion.settled_on) == (1, "open", None)


def test_state_is_that_of_the_latest_note(briefings, conclusion):
    _may, june, july = briefings
    note(conclusion, july, "done")
    note(conclusion, june, "open")
    conclusion.refresh_from_db()
    assert (conclusion.state, conclusion.settled_on) == ("done", JULY)


def test_conclusion_follow_keeps_the_text_of_a_stale_note(client_of, coordinator, briefings, conclusion, address):
    note(conclusion, briefings[1])
    entry = {"version": 1, "noted_on": "2017-06-21", "state": "done", "note": "Bản của tôi"}
    response = client_of(coordinator).post(address, entry)
    assert (response.status_code, field_text(response, "note").strip()) == (409, "Bản của tôi")
    assert field_text(response, "version") == "2"
    assert Conclusion.objects.get().state == "open"


def test_conclusion_follow_without_a_version_is_refused(client_of, coordinator, address):
    assert client_of(coordinator).post(address, {"noted_on": "2017-06-21", "state": "done"}).status_code == 428
    assert not FollowUp.objects.exists()


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"noted_on": "2017-05-19"}, "noted_on"),
        ({"noted_on": "2999-01-01"}, "noted_on"),
        ({"state": "lost"}, "state"),
        ({"note": "Biển số 73A-123.45"}, "note"),
        ({"briefing": "không"}, "briefing"),
    ],
)
def test_conclusion_follow_refuses_at_the_field(changes, field, client_of, coordinator, address):
    entry = {"version": 1, "noted_on": "2017-06-20", "state": "done", "note": ""}
    response = client_of(coordinator).post(address, entry | changes)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert not FollowUp.objects.exists()


def test_conclusion_is_not_followed_up_where_it_was_drawn(client_of, coordinator, briefings, address):
    entry = {"version": 1, "noted_on": MAY, "state": "done", "briefing": briefings[0].client_id}
    assert client_of(coordinator).post(address, entry).status_code == 422


def test_conclusion_follow_is_the_coordinators(client_of, recorder, outsider, address):
    assert client_of(recorder).post(address, {"version": 1}).status_code == 403
    assert client_of(outsider).post(address, {"version": 1}).status_code == 404


def test_overdue_is_what_is_open_behind_its_day(conclusion):
    assert [conclusion.is_overdue_on(day) for day in (JUNE, JULY)] == [False, True]
    assert list(Conclusion.objects.overdue(JULY)) == [conclusion]
