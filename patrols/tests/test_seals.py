"""Patrols and their lines in a period that is signed (security.md 10)."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from cluster.tests.factories import make_seal
from cluster.tests.sending import send
from patrols.models import Campaign, Contingent, JointPatrol, TwinLink
from patrols.tests.entries import inputs_of, line_entry, page_of, patrol_entry, plan_entry, value_of
from patrols.tests.factories import make_campaign, make_patrol
from patrols.tests.lines import path_of, word_of
from patrols.tests.twins import link, make_twins

WORDS: dict[str, tuple[dict[str, Any], int, tuple[str, int, str]]] = {
    "confirm": ({}, 302, ("confirmed", 5, "")),
    "correct": ({"headcount": 4, "reason": "Đếm lại"}, 423, ("pending", 5, "")),
    "refuse": ({"reason": "Không đi"}, 423, ("pending", 5, "")),
}


@pytest.fixture
def seal(two_party_cluster):
    return make_seal(cluster=two_party_cluster.cluster)


@pytest.mark.parametrize("verb", WORDS)
def test_line_in_a_signed_period_is_only_confirmed(client_of, partner_recorder, waiting_line, seal, verb):
    words, status, said = WORDS[verb]
    response = client_of(partner_recorder).post(path_of(waiting_line, verb), words | {"version": 1})
    assert (response.status_code, word_of(waiting_line)) == (status, said)


def test_refused_words_are_kept_with_the_reason(client_of, partner_recorder, waiting_line, seal):
    words = {"headcount": 4, "reason": "Đếm lại", "version": 1}
    response = client_of(partner_recorder).post(path_of(waiting_line, "correct"), words)
    assert value_of(response, "reason") == "Đếm lại"
    said = page_of(response).select_one(".notice-danger").get_text(" ", strip=True)
    assert "The figures of the year 2017 are signed. To correct them, a leader opens an amendment." in said


@pytest.mark.parametrize("verb", ["correct", "refuse"])
def test_open_amendment_lets_lines_be_corrected(client_of, partner_recorder, waiting_line, seal, verb):
    type(seal).objects.update(is_open=True)
    words, _status, _said = WORDS[verb]
    assert client_of(partner_recorder).post(path_of(waiting_line, verb), words | {"version": 1}).status_code == 302


def test_refused_line_may_not_count_again(client_of, partner_recorder, waiting_line, seal):
    Contingent.objects.filter(pk=waiting_line.pk).update(state="refused", reason="Không đi")
    words = {"version": 1, "reason": "Có đi"}
    assert client_of(partner_recorder).post(path_of(waiting_line, "confirm"), words).status_code == 423
    assert word_of(waiting_line) == ("refused", 5, "Không đi")


def test_signed_patrol_is_neither_edited_nor_deleted(client_of, recorder, patrol_of_both, seal):
    client, page = client_of(recorder), patrol_of_both.get_absolute_url()
    edited = inputs_of(client.get(f"{page}edit/")) | {"route": "Tuyến khác"}
    response = client.post(f"{page}edit/", edited)
    deleted = client.post(f"{page}delete/", {"version": 1})
    patrol_of_both.refresh_from_db()
    assert (response.status_code, value_of(response, "route")) == (423, "Tuyến khác")
    assert (deleted.status_code, patrol_of_both.version, patrol_of_both.is_deleted) == (423, 1, False)
    assert patrol_of_both.route == "Quốc lộ 1A"


def test_patrol_of_another_year_does_not_move_into_a_signed_one(client_of, recorder, patrol_of_both, seal):
    type(seal).objects.update(date_from="2018-01-01", date_to="2018-12-31")
    client, page = client_of(recorder), patrol_of_both.get_absolute_url()
    moved = inputs_of(client.get(f"{page}edit/")) | {"date": "2018-06-01"}
    assert client.post(f"{page}edit/", moved).status_code == 423
    patrol_of_both.refresh_from_db()
    assert (patrol_of_both.local_date, patrol_of_both.version) == (dt.date(2017, 6, 1), 1)
    assert set(patrol_of_both.contingents.values_list("local_date", flat=True)) == {dt.date(2017, 6, 1)}


def test_new_patrol_of_a_signed_period_is_taken_and_marked(client_of, recorder, entry, seal):
    client = client_of(recorder)
    page = client.post("/clusters/cum-thu/patrols/new/", entry)["Location"]
    assert page_of(client.get(page)).find(string="Recorded after signing")
    earlier = make_patrol(cluster=seal.cluster, recorded_at=seal.signed_at - dt.timedelta(days=1))
    assert not page_of(client.get(earlier.get_absolute_url())).find(string="Recorded after signing")


def test_plan_of_a_signed_period_is_completed_as_a_late_row(client_of, recorder, two_party_cluster, seal):
    start = dt.datetime(2017, 12, 30, 14, tzinfo=dt.UTC)
    before = seal.signed_at - dt.timedelta(days=40)
    fields = {"cluster": seal.cluster, "recorded_at": before, "recorded_unit": two_party_cluster.unit}
    plan = make_patrol(starts_at=None, planned_start=start, status="scheduled", **fields)
    client, page = client_of(recorder), plan.get_absolute_url()
    assert client.post(f"{page}postpone/", {"version": 1, "reason": "Mưa", "when": "later"}).status_code != 423
    completed = inputs_of(client.get(f"{page}edit/?complete=1")) | {"start": "21:00", "end": "23:00"}
    assert client.post(f"{page}edit/", completed).status_code == 302
    plan.refresh_from_db()
    assert (plan.status, plan.is_late()) == ("completed", True)
    assert client.post(f"{page}edit/", inputs_of(client.get(f"{page}edit/"))).status_code == 423


def test_twins_of_a_signed_period_are_neither_linked_nor_parted(client_of, coordinator, two_party_cluster):
    linked, open_pair = make_twins(two_party_cluster), make_twins(two_party_cluster)
    tie = link(linked.ours, linked.theirs, by=coordinator)
    make_seal(cluster=two_party_cluster.cluster)
    client, (ours, theirs) = client_of(coordinator), open_pair
    versions = [f"{patrol.client_id}:{patrol.version}" for patrol in open_pair]
    pair = {"one": ours.client_id, "other": theirs.client_id, "kept": ours.client_id, "version": versions}
    assert client.post("/clusters/cum-thu/twins/link/", pair).status_code == 423
    assert client.post(f"/clusters/cum-thu/twins/{tie.pk}/unlink/").status_code == 423
    assert list(TwinLink.objects.values_list("pk", flat=True)) == [tie.pk]


def joining(world, patrol, *, headcount):
    lines = [line_entry(0, unit=world.partner_unit, force=world.force, headcount=headcount)]
    return patrol_entry(*lines, lead=world.partner_unit, join=str(patrol.client_id))


@pytest.mark.parametrize(("headcount", "status", "state"), [(5, 201, "confirmed"), (4, 422, "pending")])
def test_queue_joins_what_agrees_and_keeps_what_would_correct(
    client_of, partner_recorder, two_party_cluster, waiting_line, seal, headcount, status, state
):
    """The entry that can never succeed so waits on the phone for a person, with the reason."""
    Contingent.objects.update(force=two_party_cluster.force)
    sent = joining(two_party_cluster, waiting_line.patrol, headcount=headcount)
    response = send(client_of(partner_recorder), "/clusters/cum-thu/patrols/new/", sent)
    assert (response.status_code, word_of(waiting_line)[:2]) == (status, (state, 5))
    said = [error["message"] for error in response.json().get("errors", [])]
    assert [text.startswith("The figures of the year 2017 are signed.") for text in said] == [True] * (status == 422)
    assert JointPatrol.objects.count() == 1


def test_campaign_of_a_signed_period_is_not_edited(client_of, coordinator, seal):
    campaign = make_campaign(cluster=seal.cluster, name="Tết")
    dates = {"date_from": "2017-06-01", "date_to": "2017-06-30", "kind": "peak"}
    address = f"/clusters/cum-thu/campaigns/{campaign.pk}/edit/"
    assert client_of(coordinator).post(address, dates | {"name": "Hè"}).status_code == 423
    assert Campaign.objects.get().name == "Tết"
    new = client_of(coordinator).post("/clusters/cum-thu/campaigns/new/", dates | {"name": "Hè"})
    assert new.status_code == 302


def test_plans_of_today_are_made_whatever_is_signed(client_of, coordinator, two_party_cluster):
    make_seal(cluster=two_party_cluster.cluster, year=timezone.localdate().year)
    lines = [line_entry(0, unit=two_party_cluster.unit, force=two_party_cluster.force)]
    plan = plan_entry(*lines, lead=two_party_cluster.unit)
    assert client_of(coordinator).post("/clusters/cum-thu/schedule/new/", plan).status_code == 302
