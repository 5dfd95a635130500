"""Which stored records are suspected to be the one that is entered, and why."""

import datetime as dt
import uuid
from typing import Any

import pytest
from django.db import connection
from django.utils import timezone

from cluster.tests.factories import make_member, make_officer, make_two_party_cluster
from patrols.likeness import suspected, suspected_of, suspected_pairs
from patrols.models import JointPatrol, NotTwins, TwinLink
from patrols.services import LineData, PatrolData
from patrols.tests.factories import A_NIGHT, make_contingent, make_patrol

HALF_AN_HOUR = dt.timedelta(minutes=30)
A_DAY = dt.timedelta(days=1)
ROUTE = "Quốc lộ 1A, đoạn Sen Thủy – Vĩnh Chấp"
JUNE = dt.date(2017, 6, 1), dt.date(2017, 6, 30)


@pytest.fixture
def world(two_party_cluster):
    return two_party_cluster


@pytest.fixture
def stored(world):
    return make_patrol(cluster=world.cluster, route=ROUTE)


def entered(world, *units, **changes: Any) -> PatrolData:
    lines = tuple(LineData(unit=unit, force=world.force, headcount=4) for unit in units or world.units)
    fields: dict[str, Any] = {
        "route": "QL1A V.Chap - S.Thuy",
        "lead_unit": lines[0].unit,
        "starts_at": A_NIGHT + HALF_AN_HOUR,
        "ends_at": A_NIGHT + HALF_AN_HOUR * 9,
    }
    return PatrolData(**fields | {"lines": lines} | changes)


def found(world, data) -> list[JointPatrol]:
    return [suspicion.patrol for suspicion in suspected(world.cluster, data)]


def test_the_other_sides_record_of_the_night_is_suspected(world, stored):
    [suspicion] = suspected(world.cluster, entered(world))
    assert suspicion.patrol == stored
    assert suspicion.reasons == [
        "Overlapping hours: 21:30 → 01:30 on 02/06",
        f"The same units: {world.unit}, {world.partner_unit}",
        "The routes are alike.",
    ]


def test_the_own_line_alone_is_enough(world, stored):
    assert found(world, entered(world, world.partner_unit)) == [stored]


def test_each_side_with_its_own_line_only_is_suspected_by_the_route(world):
    stored = make_patrol(cluster=world.cluster, units=[world.unit], route=ROUTE)
    [suspicion] = suspected(world.cluster, entered(world, world.partner_unit))
    assert suspicion.patrol == stored
    assert "Each record names one side only." in suspicion.reasons


def test_a_record_across_midnight_on_the_next_date_is_suspected(world, stored):
    early = dt.datetime(2017, 6, 1, 17, 10, tzinfo=dt.UTC)  # 00:10 on the 2nd in Vietnam
    data = entered(world, starts_at=early, ends_at=early + dt.timedelta(hours=2))
    assert found(world, data) == [stored]


@pytest.mark.parametrize("later", [A_DAY, -A_DAY, dt.timedelta(hours=5), -dt.timedelta(hours=5)])
def test_the_same_route_on_another_night_or_shift_is_not(world, stored, later):
    start, end = A_NIGHT + later, A_NIGHT + later + dt.timedelta(hours=5)
    assert found(world, entered(world, route=ROUTE, starts_at=start, ends_at=end)) == []


def test_other_units_at_the_same_hours_are_not(world, stored):
    others = [make_member(party=party).unit for party in world.parties]
    assert found(world, entered(world, *others, route=ROUTE)) == []


def test_two_teams_of_the_same_units_on_other_routes_are_not(world):
    patrol = make_patrol(cluster=world.cluster, units=[world.partner_unit], route="Tuyến ven biển Ngư Thủy Nam")
    make_contingent(patrol=patrol, unit=world.unit, force=world.force, officers=[make_officer(unit=world.unit)])
    ours = LineData(unit=world.unit, force=world.force, headcount=3, officers=(make_officer(unit=world.unit),))
    assert found(world, entered(world, lines=(ours,))) == []


def test_a_common_officer_weighs_more_than_another_route(world):
    officer = make_officer(unit=world.unit, name="Nguyễn Văn A")
    patrol = make_patrol(cluster=world.cluster, units=[world.partner_unit], route="Tuyến ven biển Ngư Thủy Nam")
    make_contingent(patrol=patrol, unit=world.unit, force=world.force, officers=[officer])
    other = make_member(party=world.partner_party).unit
    ours = LineData(unit=world.unit, force=world.force, headcount=3, new_officers=("Nguyen Van A",))
    theirs = LineData(unit=other, force=world.force, headcount=3)
    [suspicion] = suspected(world.cluster, entered(world, lines=(ours, theirs)))
    assert "The same officer: Nguyen Van A" in suspicion.reasons


def test_a_record_without_an_end_is_compared_by_a_usual_shift(world):
    stored = make_patrol(cluster=world.cluster, route=ROUTE, ends_at=None)
    assert found(world, entered(world)) == [stored]
    assert found(world, entered(world, starts_at=A_NIGHT - A_DAY, ends_at=None)) == []


def test_a_plan_that_was_logged_anew_is_suspected_with_its_own_reason(world):
    plan = make_patrol(
        cluster=world.cluster,
        route=ROUTE,
        status="scheduled",
        starts_at=None,
        planned_start=A_NIGHT,
        planned_end=A_NIGHT + dt.timedelta(hours=4),
    )
    [suspicion] = suspected(world.cluster, entered(world))
    assert suspicion.patrol == plan
    assert suspicion.is_planned
    assert (
        suspicion.reasons[-1]
        == "One is planned and one is done: the plan was perhaps logged anew instead of completed."
    )


@pytest.mark.parametrize("change", [{"status": "cancelled"}, {"status": "postponed"}, {"deleted_at": timezone.now()}])
def test_what_did_not_take_place_is_not_suspected(world, change):
    make_patrol(cluster=world.cluster, route=ROUTE, **change)
    assert found(world, entered(world)) == []


def test_a_patrol_like_no_other_costs_two_queries(world, django_assert_num_queries):
    make_patrol(cluster=world.cluster, starts_at=A_NIGHT + 3 * A_DAY)
    with django_assert_num_queries(2):
        assert suspected(world.cluster, entered(world)) == []


def test_a_record_of_another_cluster_is_never_compared(world):
    elsewhere = make_two_party_cluster()
    make_patrol(cluster=elsewhere.cluster, units=world.units, route=ROUTE)
    assert found(world, entered(world)) == []


def test_a_line_that_its_unit_refused_is_left_out(world):
    patrol = make_patrol(cluster=world.cluster, units=[world.unit], route="Tuyến 5")
    make_contingent(patrol=patrol, unit=world.partner_unit, state="refused", reason="Không tham gia")
    other = make_member(party=world.party).unit
    assert found(world, entered(world, other, world.partner_unit, route="Tuyến 5")) == []


def test_the_record_that_is_edited_is_not_its_own_twin(world, stored):
    assert suspected(world.cluster, entered(world), exclude=stored.client_id) == []


def test_a_copy_of_the_text_stored_while_its_twins_are_sought_is_none_of_them(world):
    client_id = uuid.uuid4()
    patrols: list[Any] = []

    def meanwhile(execute: Any, *query: Any) -> Any:
        answer = execute(*query)
        if not patrols:
            patrols.append(None)
            patrols[0] = make_patrol(cluster=world.cluster, client_id=client_id)
        return answer

    with connection.execute_wrapper(meanwhile):
        assert suspected(world.cluster, entered(world), exclude=client_id) == []
    assert found(world, entered(world)) == patrols


def test_a_pair_that_a_person_parted_is_not_suspected_again(world, stored, coordinator):
    other = make_patrol(cluster=world.cluster, route=ROUTE)
    assert [s.patrol for s in suspected_of(stored)] == [other]
    NotTwins.objects.create(first=stored, second=other, decided_by=coordinator, decided_at=timezone.now())
    assert suspected_of(stored) == []
    assert suspected_of(other) == []
    assert suspected(world.cluster, entered(world), exclude=stored.client_id) == []
    assert suspected_pairs(world.cluster, *JUNE) == []


def test_a_linked_pair_is_not_suspected_and_the_kept_record_speaks_for_both(world, stored, coordinator):
    other = make_patrol(cluster=world.cluster, route=ROUTE)
    TwinLink.objects.create(
        cluster=world.cluster, kept=stored, absorbed=other, linked_by=coordinator, linked_at=timezone.now()
    )
    assert [*suspected_of(stored), *suspected_of(other), *suspected_pairs(world.cluster, *JUNE)] == []
    assert found(world, entered(world)) == [stored]


def test_two_records_by_one_person_a_moment_apart_are_suspected(world, recorder):
    units = [world.unit, *(make_member(party=party).unit for party in world.parties)]
    now = timezone.now()
    by = {"cluster": world.cluster, "recorded_by": recorder, "recorded_at": now, "content_hash": "1"}
    one = make_patrol(units=units[:2], route="Tuyến 5", **by)
    other = make_patrol(units=units[::2], route="Tuyến giáp ranh", **by)
    assert [s.patrol for s in suspected_of(one)] == [other]
    JointPatrol.objects.filter(pk=other.pk).update(recorded_at=now + dt.timedelta(hours=1))
    assert suspected_of(one) == []


def test_pairs_are_found_once_each_the_likeliest_first(world, stored):
    sure = make_patrol(cluster=world.cluster, route=ROUTE)
    make_patrol(cluster=world.cluster, route=ROUTE, starts_at=A_NIGHT + A_DAY)
    likely = make_patrol(cluster=world.cluster, units=[world.unit], route="Thôn Trầm Kỳ", starts_at=A_NIGHT + 2 * A_DAY)
    its_twin = make_patrol(cluster=world.cluster, units=world.units, route="QL1A", starts_at=A_NIGHT + 2 * A_DAY)
    pairs = suspected_pairs(world.cluster, *JUNE)
    assert [(pair.first, pair.second) for pair in pairs] == [(stored.pk, sure.pk), (likely.pk, its_twin.pk)]


def test_pairs_across_the_end_of_the_period_are_found(world, stored):
    early = dt.datetime(2017, 6, 1, 17, 10, tzinfo=dt.UTC)
    make_patrol(cluster=world.cluster, route=ROUTE, starts_at=early, ends_at=early + dt.timedelta(hours=2))
    assert len(suspected_pairs(world.cluster, dt.date(2017, 5, 1), dt.date(2017, 6, 1))) == 1
    assert len(suspected_pairs(world.cluster, dt.date(2017, 6, 2), dt.date(2017, 6, 3))) == 1
    assert suspected_pairs(world.cluster, dt.date(2017, 6, 3), dt.date(2017, 6, 30)) == []


def test_the_queries_do_not_grow_with_the_candidates(world, stored, django_assert_max_num_queries):
    for _number in range(12):
        make_patrol(cluster=world.cluster, route=ROUTE)
    with django_assert_max_num_queries(10):
        assert len(suspected(world.cluster, entered(world))) == 13
    with django_assert_max_num_queries(7):
        assert len(suspected_pairs(world.cluster, *JUNE)) == 78
