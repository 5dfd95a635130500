"""A plan is completed by the form of a patrol, opened from the schedule."""

import datetime as dt

import pytest
from django.utils import timezone

from patrols.models import Contingent, JointPatrol
from patrols.tests.entries import first, inputs_of, page_of, value_of

State = Contingent.State


@pytest.fixture
def address(plan):
    """The plan of last night."""
    start = plan.planned_start - dt.timedelta(days=8)
    end = plan.planned_end - dt.timedelta(days=8)
    day = timezone.localdate(start)
    JointPatrol.objects.update(planned_start=start, planned_end=end, local_date=day)
    Contingent.objects.update(local_date=day)
    return f"{plan.get_absolute_url()}edit/?complete=1"


def test_plan_complete_opens_as_completed_with_hours_and_lines_of_the_plan(client_of, recorder, address):
    response = client_of(recorder).get(address)
    assert [value_of(response, name) for name in ("status", "start", "end")] == ["completed", "21:00", "01:00"]
    assert value_of(response, "date") == (timezone.localdate() - dt.timedelta(days=1)).isoformat()
    assert [value_of(response, f"line-{number}-headcount") for number in range(2)] == ["3", "3"]
    assert first(response, "h1").get_text() == "Record the result"


def test_plan_complete_without_the_question_stays_a_plan(client_of, recorder, address):
    assert value_of(client_of(recorder).get(address.partition("?")[0]), "status") == "scheduled"


def test_plan_complete_saved_as_it_opened_is_a_patrol(client_of, recorder, address, plan):
    client = client_of(recorder)
    response = client.post(address, inputs_of(client.get(address)))
    patrol = JointPatrol.objects.get()
    states = {line.unit: line.state for line in patrol.contingents.select_related("unit")}
    assert (response.status_code, patrol.status, patrol.version) == (302, "completed", 2)
    assert (patrol.starts_at, patrol.ends_at) == (patrol.planned_start, patrol.planned_end)
    assert sorted(states.values()) == [State.CONFIRMED, State.PENDING]
    assert states[patrol.lead_unit] == State.CONFIRMED


def test_plan_complete_by_the_partner_is_the_partners_record(client_of, partner_recorder, address, plan):
    client = client_of(partner_recorder)
    page = client.get(plan.get_absolute_url())
    assert f"{plan.get_absolute_url()}edit/?complete=1" in [link["href"] for link in page_of(page).select("main a")]
    assert client.post(address, inputs_of(client.get(address))).status_code == 302
    patrol = JointPatrol.objects.get()
    assert (patrol.status, patrol.recorded_by) == ("completed", partner_recorder)
    assert client.get(address).status_code == 200, "and theirs to correct"


def test_plan_complete_is_not_for_readers(client_of, leader, address):
    assert client_of(leader).get(address).status_code == 403


def test_plan_complete_asks_no_unit_before_it_has_happened(client_of, recorder, address, plan):
    badges = page_of(client_of(recorder).get(plan.get_absolute_url())).select("tbody .badge")
    assert [badge.get_text() for badge in badges] == ["Expected", "Expected"]
