"""The verbs of the schedule: planned once, put off, cancelled, planned again, completed by whoever took part."""

import datetime as dt
import uuid
from dataclasses import replace

import pytest
from django.db import IntegrityError
from django.utils import timezone

from cluster.access import Access
from cluster.services import ContentDiffers, StaleVersion
from patrols.models import Contingent, JointPatrol
from patrols.plans import may_change
from patrols.services import (
    Hours,
    LineData,
    NotPlanned,
    PatrolData,
    cancel_patrol,
    edit_patrol,
    lines_that_differ,
    plan_patrols,
    postpone_patrol,
    reschedule_patrol,
)
from patrols.tests.factories import make_patrol

ZONE = timezone.get_default_timezone()
NOW = dt.datetime(2026, 11, 23, 8, tzinfo=ZONE)
FIRST = dt.datetime(2026, 12, 4, 21, tzinfo=ZONE)
WEEK = dt.timedelta(weeks=1)
FORM = uuid.UUID("0d9f1a5e-4a0e-4a51-9b59-0d8e3a1f2b11")
Status, State = JointPatrol.Status, Contingent.State


@pytest.fixture
def plan(two_party_cluster):
    world = two_party_cluster
    lines = tuple(LineData(unit=unit, force=world.force, headcount=3) for unit in world.units)
    return PatrolData(
        route="Quốc lộ 1A",
        lead_unit=world.unit,
        status=Status.SCHEDULED,
        planned_start=FIRST,
        planned_end=FIRST + dt.timedelta(hours=4),
        lines=lines,
    )


def series(plan, number):
    return [
        replace(plan, planned_start=plan.planned_start + week * WEEK, planned_end=plan.planned_end + week * WEEK)
        for week in range(number)
    ]


def written(plans, *, cluster, by, own_units=frozenset(), client_id=FORM):
    return plan_patrols(cluster=cluster, client_id=client_id, plans=plans, by=by, own_units=own_units, now=NOW)


@pytest.fixture
def planned(plan, two_party_cluster, recorder):
    """A patrol of the recorder's unit with the partner."""
    own = frozenset({two_party_cluster.unit.pk})
    (patrol,), _is_new = written([plan], cluster=two_party_cluster.cluster, by=recorder, own_units=own)
    return patrol


def test_series_is_a_record_for_each_date(plan, two_party_cluster, coordinator):
    patrols, is_new = written(series(plan, 4), cluster=two_party_cluster.cluster, by=coordinator)
    assert (is_new, [patrol.planned_start for patrol in patrols]) == (True, [FIRST + n * WEEK for n in range(4)])
    assert {patrol.contingents.count() for patrol in patrols} == {2}
    assert {patrol.history.get().history_user for patrol in patrols} == {coordinator}
    assert {patrol.recorded_unit for patrol in patrols} == {two_party_cluster.unit}, "that of the unit that leads"
    assert lines_that_differ() == []


def test_series_sent_twice_is_written_once(plan, two_party_cluster, coordinator):
    first, _is_new = written(series(plan, 4), cluster=two_party_cluster.cluster, by=coordinator)
    again, is_new = written(series(plan, 4), cluster=two_party_cluster.cluster, by=coordinator)
    assert (again, is_new, JointPatrol.objects.count()) == (first, False, 4)


@pytest.mark.parametrize("number", [1, 3, 5])
def test_other_dates_under_the_same_id_are_refused(plan, two_party_cluster, coordinator, number):
    written(series(plan, 4), cluster=two_party_cluster.cluster, by=coordinator)
    with pytest.raises(ContentDiffers):
        written(series(plan, number), cluster=two_party_cluster.cluster, by=coordinator)
    assert JointPatrol.objects.count() == 4


def test_series_that_cannot_be_written_leaves_nothing(plan, two_party_cluster, coordinator):
    spoilt = series(plan, 3)
    spoilt[2] = replace(spoilt[2], planned_end=spoilt[2].planned_start)
    with pytest.raises(IntegrityError):
        written(spoilt, cluster=two_party_cluster.cluster, by=coordinator)
    assert (JointPatrol.objects.count(), JointPatrol.history.count(), Contingent.objects.count()) == (0, 0, 0)


def test_planned_lines_wait_even_of_the_own_unit(planned, two_party_cluster):
    assert planned.recorded_unit == two_party_cluster.unit
    assert {line.state for line in planned.contingents.all()} == {State.PENDING}


def test_postponed_without_a_day_says_why(planned, recorder):
    postpone_patrol(planned, version=1, reason="Mưa lũ", hours=None, by=recorder)
    planned.refresh_from_db()
    newest = planned.history.first()
    assert (planned.status, planned.status_reason, planned.version) == (Status.POSTPONED, "Mưa lũ", 2)
    assert (newest.history_user, newest.history_change_reason, planned.planned_start) == (recorder, "Mưa lũ", FIRST)


def test_postponed_to_new_hours_stays_scheduled_and_takes_its_lines_along(planned, recorder):
    later = Hours(start=FIRST + WEEK)
    postpone_patrol(planned, version=1, reason="Mưa lũ", hours=later, by=recorder)
    planned.refresh_from_db()
    assert (planned.status, planned.planned_start, planned.planned_end) == (Status.SCHEDULED, FIRST + WEEK, None)
    assert (planned.local_date, planned.history.first().history_change_reason) == (dt.date(2026, 12, 11), "Mưa lũ")
    assert (planned.contingents.count(), lines_that_differ()) == (2, [])


def test_cancelled_can_be_planned_again(planned, recorder):
    cancel_patrol(planned, version=1, reason="Trùng", by=recorder)
    assert (planned.status, planned.status_reason) == (Status.CANCELLED, "Trùng")
    reschedule_patrol(planned, version=2, reason="", hours=Hours(start=FIRST + WEEK), by=recorder)
    planned.refresh_from_db()
    assert (planned.status, planned.status_reason, planned.planned_start) == (Status.SCHEDULED, "", FIRST + WEEK)


def test_stale_version_puts_nothing_off(planned, recorder):
    with pytest.raises(StaleVersion):
        cancel_patrol(planned, version=7, reason="Trùng", by=recorder)
    assert JointPatrol.objects.get().status == Status.SCHEDULED


def test_what_is_over_is_not_put_off(two_party_cluster, recorder):
    patrol = make_patrol(cluster=two_party_cluster.cluster)
    verbs = (
        lambda: postpone_patrol(patrol, version=1, reason="Mưa", hours=None, by=recorder),
        lambda: cancel_patrol(patrol, version=1, reason="Mưa", by=recorder),
        lambda: reschedule_patrol(patrol, version=1, reason="", hours=Hours(start=FIRST), by=recorder),
    )
    for verb in verbs:
        with pytest.raises(NotPlanned):
            verb()
    assert JointPatrol.objects.get().version == 1


def test_scheduled_is_not_planned_again(planned, recorder):
    with pytest.raises(NotPlanned):
        reschedule_patrol(planned, version=1, reason="", hours=Hours(start=FIRST), by=recorder)


def completed(plan):
    return replace(
        plan, status=Status.COMPLETED, starts_at=plan.planned_start, ends_at=plan.planned_end, result="Ổn định"
    )


def test_whoever_completes_a_plan_vouches_for_the_own_line(planned, plan, two_party_cluster, partner_recorder):
    rights = Access(partner_recorder).rights_in(two_party_cluster.cluster)
    edit_patrol(planned, version=1, data=completed(plan), rights=rights, now=NOW)
    states = {line.unit: line.state for line in planned.contingents.all()}
    assert states == {two_party_cluster.unit: State.PENDING, two_party_cluster.partner_unit: State.CONFIRMED}
    planned.refresh_from_db()
    assert (planned.recorded_by, planned.recorded_unit) == (partner_recorder, two_party_cluster.partner_unit)


def test_edited_plan_leaves_its_lines_waiting(planned, plan, two_party_cluster, recorder):
    rights = Access(recorder).rights_in(two_party_cluster.cluster)
    lines = tuple(replace(line, headcount=5) for line in plan.lines)
    edit_patrol(planned, version=1, data=replace(plan, lines=lines), rights=rights, now=NOW)
    assert {(line.state, line.headcount) for line in planned.contingents.all()} == {(State.PENDING, 5)}


def test_plan_belongs_to_who_takes_part_and_a_record_to_its_author(planned, two_party_cluster, partner_recorder):
    rights = Access(partner_recorder).rights_in(two_party_cluster.cluster)
    assert may_change(rights, planned)
    planned.status = Status.COMPLETED
    assert not may_change(rights, planned)
    planned.status = Status.SCHEDULED
    planned.contingents.filter(unit=two_party_cluster.partner_unit).delete()
    assert not may_change(rights, planned)


def test_reader_changes_no_plan(planned, two_party_cluster, leader):
    assert not may_change(Access(leader).rights_in(two_party_cluster.cluster), planned)
