"""What the form asks about a likely twin, and what becomes of each answer."""

import uuid

import pytest
from django.contrib.messages import get_messages

from patrols.models import JointPatrol, NotTwins
from patrols.tests.entries import line_entry, page_of, patrol_entry
from patrols.tests.factories import A_NIGHT, make_patrol
from patrols.tests.twins import lines_of, link, make_twins

NEW = "/clusters/cum-thu/patrols/new/"


@pytest.fixture
def stored(two_party_cluster):
    """The record of the other side, in which our line waits."""
    return make_patrol(cluster=two_party_cluster.cluster, route="Quốc lộ 1A", force=two_party_cluster.force)


@pytest.fixture
def page(client_of, partner_recorder):
    return client_of(partner_recorder)


@pytest.fixture
def entry(two_party_cluster):
    """The partner's own line, four people instead of three."""
    world = two_party_cluster
    return patrol_entry(
        line_entry(0, unit=world.partner_unit, force=world.force, headcount=4), lead=world.partner_unit, route="QL1A"
    )


def own_line(patrol, world):
    return patrol.contingents.get(unit=world.partner_unit)


def asked(response) -> list[str]:
    return [str(box["data-question"]) for box in page_of(response).select(".twin-question")]


def test_twin_join_is_asked_before_anything_is_saved(page, stored, entry):
    response = page.post(NEW, entry)
    assert response.status_code == 422
    assert asked(response) == [f"twin-{stored.client_id}"]
    assert page_of(response).select_one("button[name=join]")["value"] == str(stored.client_id)
    assert page_of(response).select_one("[name=route]")["value"] == "QL1A"
    assert JointPatrol.objects.count() == 1


def test_twin_join_writes_the_own_line_into_the_record(page, stored, entry, two_party_cluster):
    response = page.post(NEW, entry | {"join": str(stored.client_id)})
    assert (response.status_code, response.headers["Location"]) == (302, stored.get_absolute_url())
    assert JointPatrol.objects.count() == 1
    line = own_line(stored, two_party_cluster)
    assert (line.headcount, line.state, line.corrected_from) == (4, "corrected", 3)


def test_twin_join_twice_is_written_once(page, stored, entry, two_party_cluster):
    answers = {page.post(NEW, entry | {"join": str(stored.client_id)}).headers["Location"] for _ in range(2)}
    assert answers == {stored.get_absolute_url()}
    assert own_line(stored, two_party_cluster).version == 2


def test_twin_join_refuses_what_is_not_there_and_keeps_the_text(page, stored, entry):
    before = lines_of(stored)
    for join in ("x", str(uuid.uuid4())):
        response = page.post(NEW, entry | {"join": join})
        assert response.status_code == 422
        assert "This record is no longer there." in response.content.decode()
        assert page_of(response).select_one("[name=route]")["value"] == "QL1A"
    assert lines_of(stored) == before


def test_twin_join_names_the_units_it_could_not_take_along(page, stored, entry, two_party_cluster, outsider):
    from cluster.tests.factories import make_member

    third = make_member(party=two_party_cluster.party).unit
    more = line_entry(1, unit=third, force=two_party_cluster.force)
    response = page.post(NEW, entry | more | {"join": str(stored.client_id)})
    assert str(third) in str(list(get_messages(response.wsgi_request))[1])
    assert not stored.contingents.filter(unit=third).exists()


def test_another_patrol_is_saved_and_not_asked_about_again(page, stored, entry):
    assert page.post(NEW, entry | {"sure": [f"twin-{stored.client_id}"]}).status_code == 302
    made = JointPatrol.objects.get(client_id=entry["client_id"])
    assert [(pair.first, pair.second) for pair in NotTwins.objects.all()] == [(stored, made)]
    assert "looks like the same patrol" not in page.get(made.get_absolute_url()).content.decode()


def test_a_queue_with_nobody_in_front_is_not_asked(page, stored, entry):
    assert page.post(NEW, entry, headers={"X-Unattended": "1"}).status_code == 302
    made = JointPatrol.objects.get(client_id=entry["client_id"])
    assert not NotTwins.objects.exists()
    assert "looks like the same patrol" in page.get(made.get_absolute_url()).content.decode()


def test_a_plan_is_offered_to_be_completed(page, two_party_cluster, entry):
    plan = make_patrol(
        cluster=two_party_cluster.cluster,
        route="Quốc lộ 1A",
        status="scheduled",
        starts_at=None,
        planned_start=A_NIGHT,
        ends_at=None,
    )
    found = page_of(page.post(NEW, entry))
    assert found.select_one(".twin-question a.button")["href"] == f"{plan.get_absolute_url()}edit/?complete=1"
    assert found.select("button[name=join]") == []


def test_an_edit_that_leaves_the_shift_as_it_is_asks_nothing(client_of, recorder, two_party_cluster):
    twins = make_twins(two_party_cluster)
    client = client_of(recorder)
    form = page_of(client.get(f"{twins.ours.get_absolute_url()}edit/")).select_one("[data-patrol-form]")
    assert form
    entry = patrol_entry(
        line_entry(0, unit=two_party_cluster.unit, force=two_party_cluster.force),
        line_entry(1, unit=two_party_cluster.partner_unit, force=two_party_cluster.force),
        lead=two_party_cluster.unit,
        route=twins.ours.route,
        result="An toàn",
        version=twins.ours.version,
    )
    assert client.post(f"{twins.ours.get_absolute_url()}edit/", entry).status_code == 302
    twins.ours.refresh_from_db()
    assert twins.ours.result == "An toàn"


def test_an_absorbed_record_is_not_edited_and_the_page_says_why(client_of, recorder, coordinator, two_party_cluster):
    twins = make_twins(two_party_cluster)
    link(twins.theirs, twins.ours, by=coordinator)
    twins.ours.refresh_from_db()
    entry = patrol_entry(
        line_entry(0, unit=two_party_cluster.unit, force=two_party_cluster.force),
        line_entry(1, unit=two_party_cluster.partner_unit, force=two_party_cluster.force),
        lead=two_party_cluster.unit,
        route="Tuyến khác",
        version=twins.ours.version,
    )
    response = client_of(recorder).post(f"{twins.ours.get_absolute_url()}edit/", entry)
    assert response.status_code == 422
    assert "This record does not count: edit the one it is linked with" in response.content.decode()
    twins.ours.refresh_from_db()
    assert twins.ours.route != "Tuyến khác"
