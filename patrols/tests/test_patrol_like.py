"""A new form filled in as an earlier patrol was."""

import datetime as dt
import json
import uuid

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cluster.models import MemberUnit
from cluster.tests.factories import make_force, make_officer
from patrols.models import Contingent, JointPatrol
from patrols.tests.entries import first, inputs_of, lines_in, page_of, value_of
from patrols.tests.factories import make_contingent, make_patrol

ADDRESS = "/clusters/cum-thu/patrols/new/"


def night(days_ago=1, hour=21):
    day = timezone.localdate() - dt.timedelta(days=days_ago)
    return timezone.make_aware(dt.datetime.combine(day, dt.time(hour)))


@pytest.fixture
def patrol(two_party_cluster):
    """Last night, of both sides, with everything that a form can hold."""
    world = two_party_cluster
    patrol = make_patrol(
        cluster=world.cluster,
        starts_at=night(),
        lead_unit=world.partner_unit,
        force=world.force,
        route="Quốc lộ 1A",
        kind="armed",
        result="Không có vụ việc",
        code="17",
        shift_leader=make_officer(unit=world.unit, name="Lê Văn An"),
    )
    patrol.communes.set([world.unit.administrative_unit])
    patrol.contingents.first().officers.add(patrol.shift_leader)
    return patrol


def offered(response):
    return [str(link["href"]) for link in page_of(response).select("[data-like]")]


def like(patrol):
    return f"?like={patrol.client_id}"


# What is offered


def test_like_offers_the_last_patrols_of_the_own_unit_that_differ(client_of, recorder, patrol, two_party_cluster):
    world = two_party_cluster
    more = {"cluster": world.cluster, "force": world.force, "lead_unit": world.unit}
    older = [make_patrol(starts_at=night(ago), route=f"Tuyến {ago}", **more) for ago in (2, 3, 4)]
    make_patrol(starts_at=night(2, hour=20), route="Của bên kia", units=[world.partner_unit], **more)
    for ago in (5, 6):
        make_patrol(starts_at=night(ago), route=older[0].route, **more)
    assert offered(client_of(recorder).get(ADDRESS)) == [like(patrol), like(older[0]), like(older[1])]


def test_like_is_offered_to_a_coordinator_for_what_they_wrote(client_of, coordinator, patrol, two_party_cluster):
    own = make_patrol(cluster=two_party_cluster.cluster, recorded_by=coordinator)
    assert offered(client_of(coordinator).get(ADDRESS)) == [like(own)]


@pytest.mark.parametrize(
    "change",
    [{"deleted_at": timezone.now()}, {"status": "cancelled", "status_reason": "Mưa"}, {"status": "scheduled"}],
)
def test_like_offers_only_what_took_place(client_of, recorder, patrol, change):
    JointPatrol.objects.update(planned_start=patrol.starts_at, **change)
    assert offered(client_of(recorder).get(ADDRESS)) == []


def test_like_asks_no_more_for_ten_patrols_than_for_one(client_of, recorder, patrol, two_party_cluster):
    client, queries = client_of(recorder), []
    for _ in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get(ADDRESS)
        queries.append(len(captured))
        for ago in range(2, 12):
            make_patrol(cluster=two_party_cluster.cluster, starts_at=night(ago), force=two_party_cluster.force)
    assert queries[0] == queries[1]


# What it fills in


def test_like_fills_in_route_hours_lead_and_lines(client_of, recorder, patrol, two_party_cluster):
    world = two_party_cluster
    inputs = inputs_of(client_of(recorder).get(ADDRESS + like(patrol)))
    names = ("route", "start", "end", "lead_unit", "kind")
    assert [inputs[name] for name in names] == ["Quốc lộ 1A", "21:00", "02:00", str(world.partner_unit.pk), "armed"]
    assert [[inputs[f"line-{n}-{name}"] for name in ("unit", "force", "headcount")] for n in (0, 1)] == [
        [str(unit.pk), str(world.force.pk), "3"] for unit in world.units
    ]


def test_like_fills_in_neither_result_nor_names(client_of, recorder, patrol):
    response = client_of(recorder).get(ADDRESS + like(patrol))
    names = ("result", "code", "shift_leader", "line-0-names", "status")
    assert [value_of(response, name) for name in names] == ["", "", "", "", "completed"]
    assert value_of(response, "date") == timezone.localdate().isoformat()
    assert uuid.UUID(value_of(response, "client_id")) != patrol.client_id


def test_like_ticks_the_communes(client_of, recorder, patrol, two_party_cluster):
    response = client_of(recorder).get(ADDRESS + like(patrol))
    ticked = [str(box["value"]) for box in page_of(response).select("[name=communes][checked]")]
    assert ticked == [str(two_party_cluster.unit.administrative_unit_id)]


def test_like_leaves_out_what_is_there_no_more_and_says_so(client_of, recorder, patrol, two_party_cluster):
    world, old_force = two_party_cluster, make_force(name="Công an xã bán chuyên trách", valid_to=patrol.local_date)
    make_contingent(patrol=patrol, unit=world.unit, force=old_force)
    MemberUnit.objects.filter(unit=world.partner_unit).update(left=patrol.local_date)
    response = client_of(recorder).get(ADDRESS + like(patrol))
    note = first(response, "[data-like-note]").get_text()
    assert (lines_in(response), value_of(response, "lead_unit")) == (1, str(world.unit.pk))
    assert [name in note for name in (f"{world.partner_unit} · {world.force}", str(old_force))] == [True, True]


def test_like_leaves_refused_lines_out(client_of, recorder, patrol, two_party_cluster):
    Contingent.objects.filter(unit=two_party_cluster.partner_unit).update(state="refused", reason="Không đi")
    assert lines_in(client_of(recorder).get(ADDRESS + like(patrol))) == 1


def test_like_gives_the_script_what_the_page_would_fill_in(client_of, recorder, patrol, two_party_cluster):
    """So that it works from a stored page, without a network."""
    world, client = two_party_cluster, client_of(recorder)
    data = json.loads(str(first(client.get(ADDRESS), "[data-like]")["data-like"]))
    filled = inputs_of(client.get(ADDRESS + like(patrol)))
    assert {name: str(data[name]) for name in ("route", "start", "end", "lead_unit", "kind")}.items() <= filled.items()
    assert data["lines"] == [[str(unit.pk), str(world.force.pk), "3"] for unit in world.units]
    assert data["communes"] == [world.unit.administrative_unit_id]


def test_like_can_be_saved_as_it_stands(client_of, recorder, patrol):
    client = client_of(recorder)
    night_before = (timezone.localdate() - dt.timedelta(days=2)).isoformat()
    response = client.post(ADDRESS, inputs_of(client.get(ADDRESS + like(patrol))) | {"date": night_before})
    new = JointPatrol.objects.exclude(pk=patrol.pk).get()
    assert (response.status_code, new.route, new.contingents.count()) == (302, patrol.route, 2)


@pytest.mark.parametrize("text", ["", "x", "9d004277-2cf3-4ec8-a933-d712ad10c2d2"])
def test_like_something_unknown_does_not_exist(client_of, recorder, patrol, text):
    assert client_of(recorder).get(f"{ADDRESS}?like={text}").status_code == 404


def test_like_a_patrol_of_another_cluster_does_not_exist(client_of, recorder, patrol):
    assert client_of(recorder).get(ADDRESS + like(make_patrol())).status_code == 404


def test_like_is_not_asked_for_by_an_edit(client_of, coordinator, patrol):
    assert offered(client_of(coordinator).get(f"{patrol.get_absolute_url()}edit/")) == []
