"""A page asks the database as often for thirty rows as for one, and the review once for each kind of record."""

import datetime as dt
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cluster.models import Officer, PoliceUnit, UnitSuccession
from cluster.services import save_with_history
from cluster.tests.addresses import addresses, own_addresses
from cluster.tests.briefing_factories import grow_the_meetings
from cluster.tests.factories import (
    make_activity,
    make_administrative_unit,
    make_advice,
    make_article,
    make_board_member,
    make_border,
    make_cluster,
    make_crime_report,
    make_document,
    make_exchange,
    make_force,
    make_initiative,
    make_member,
    make_notice,
    make_officer,
    make_outreach,
    make_participant,
    make_party,
    make_posting,
    make_rating,
    make_saved_filter,
    make_term,
    make_user,
)
from incidents.tests.factories import make_award, make_category, make_declared, make_incident
from patrols.tests.factories import A_NIGHT, make_campaign, make_contingent, make_patrol
from reports.tests.conference_factories import (
    make_conference,
    make_contribution,
    make_delegation,
    make_difficulty,
    make_recommendation,
    make_task,
)
from reports.tests.factories import make_workplan
from reports.tests.world import A_DAY, YEAR, World, make_text

ROWS = 30
# One for each kind of record and each list around the figures, whatever the number of rows.
MOST_OF_A_REVIEW = 38
CHANGELISTS = [f"/{address.pattern}" for address in addresses() if address.name.endswith("_changelist")]


def grow(world: World) -> None:
    """Thirty more rows of every kind, in every place where a page of the world shows some."""
    for number in range(ROWS):
        _grow_the_cluster(world, number)
        _grow_the_country(world)


def _grow_the_cluster(world: World, number: int) -> None:
    cluster, recorder = world.cluster.cluster, world.users["recorder"]
    unit = make_member(party=world.cluster.parties[number % 2]).unit
    officer, force = make_officer(unit=unit), make_force()
    campaign, category = make_campaign(cluster=cluster), make_category(cluster=cluster)
    patrol = make_patrol(cluster=cluster, campaign=campaign, recorded_by=recorder, recorded_unit=unit)
    make_contingent(patrol=patrol, unit=unit, force=force, officers=[officer])
    make_exchange(cluster=cluster, from_unit=unit, to_unit=world.cluster.units[number % 2])
    _grow_the_arrangement(world, unit, officer, number)
    make_incident(cluster=cluster, category=category, unit=unit, patrol=patrol, persons_involved=1)
    grow_the_meetings(world.rows, unit, cluster=cluster, number=number)
    _grow_the_movement(world, unit=unit, year=YEAR + 1 + number)
    make_text(world.cluster, by=make_user())
    make_award(cluster=cluster, unit=unit, officer=officer, recipient="individual", decided_on=A_DAY)
    for year in (YEAR - 1, YEAR):
        make_declared(cluster=cluster, year=year, unit=unit, category=category, metric="incidents")
    for status, start in (("scheduled", A_NIGHT), ("scheduled", timezone.now() + dt.timedelta(hours=1))):
        plan = make_patrol(cluster=cluster, starts_at=None, planned_start=start, status=status, lead_unit=unit)
        make_contingent(patrol=plan, unit=unit, force=force)
    make_saved_filter(cluster=cluster, view=["patrols:patrol_list", "exchange_list"][number % 2], is_shared=True)
    for role in ("coordinator", "recorder"):
        make_notice(recipient=world.users[role], cluster=cluster)
    _grow_the_conferences(world)
    # More of what the pages of one record show: lines, incidents, versions.
    own = world.rows["patrol"]["recorder"]
    make_contingent(patrol=own, unit=unit, force=force, officers=[officer])
    incident = make_incident(cluster=cluster, category=category, unit=unit, patrol=own)
    for row in (own, world.rows["incident"]["recorder"], incident):
        row.version += 1  # type: ignore[attr-defined]
        save_with_history(row, by=recorder, reason="Ghi nhầm")


def _grow_the_movement(world: World, *, unit: PoliceUnit, year: int) -> None:
    """More models, sessions and reports, and more of each on the pages of one of them."""
    cluster, rows = world.cluster.cluster, {noun: world.rows[noun]["recorder"] for noun in ("initiative", "outreach")}
    place: Any = unit.administrative_unit
    another = make_initiative(cluster=cluster, unit=unit, communes=[place])
    make_rating(initiative=another)
    make_activity(initiative=another)
    make_rating(initiative=rows["initiative"], year=year)
    make_activity(initiative=rows["initiative"], unit=unit)
    make_outreach(cluster=cluster, unit=unit)
    report = make_crime_report(cluster=cluster, unit=unit, outreach=rows["outreach"], is_valuable=True)
    own = world.rows["crime_report"]["recorder"]
    for came_from in (report, own):
        make_incident(cluster=cluster, unit=unit, crime_report=came_from, from_crime_report=True)


def _grow_the_conferences(world: World) -> None:
    cluster, own = world.cluster.cluster, world.rows["conference"]["recorder"]
    for conference in (own, make_conference(cluster=cluster)):
        for make in (make_delegation, make_contribution, make_difficulty):
            make(conference=conference)
        make_recommendation(cluster=cluster, conference=conference, made_on=A_DAY)
        make_task(cluster=cluster, conference=conference, year=YEAR)
        conference.awards.add(make_award(cluster=cluster, decided_on=A_DAY))  # type: ignore[attr-defined]
    for noun in ("conference", "recommendation", "task"):
        row = world.rows[noun]["recorder"]
        row.version += 1  # type: ignore[attr-defined]
        save_with_history(row, by=world.users["coordinator"], reason="Ghi nhầm")


def _grow_the_arrangement(world: World, unit: PoliceUnit, officer: Officer, number: int) -> None:
    cluster, own = world.cluster.cluster, world.rows["document"]["recorder"]
    make_board_member(cluster=cluster, officer=officer)
    ago = dt.date(1950 + number, 1, 1)
    make_term(cluster=cluster, party=world.cluster.party, unit=unit, date_from=ago, date_to=ago)
    make_participant(cluster=cluster, party=world.cluster.party, unit=unit)
    document = make_document(cluster=cluster, kind="regulation", replaced_by=own)
    article = make_article(cluster=cluster, document=document)
    carried_out = make_article(cluster=cluster, document=own, number=number + 2)
    make_task(cluster=cluster, article=carried_out)
    for model in world.rows["initiative"]["recorder"], make_initiative(cluster=cluster):
        make_activity(initiative=model, article=carried_out)
    make_workplan(cluster=cluster, document=make_document(cluster=cluster), metrics=("joint_patrols",))
    for row in (document, own):
        make_advice(cluster=cluster, unit=unit, document=row, article=article)
    places = [make_member(party=party).unit.administrative_unit for party in world.cluster.parties]
    make_border(one=places[0], other=places[1])


def _grow_the_country(world: World) -> None:
    province = world.cluster.party.administrative_unit
    elsewhere = make_cluster()
    for _ in range(2):
        make_member(party=make_party(cluster=elsewhere, administrative_unit=province))
    make_posting(user=world.users["coordinator"], role="coordinator", cluster=elsewhere)
    make_posting(role="recorder", unit=world.cluster.unit)
    old, new = make_administrative_unit(parent=province, valid_to=A_DAY), make_administrative_unit(parent=province)
    UnitSuccession.objects.create(old=old, new=new, effective_date=A_DAY, kind=UnitSuccession.Kind.RENAME)


def queries_of(world: World, role: str, paths: list[str]) -> dict[str, list[str]]:
    """The statements behind each page that the role may read."""
    client, found = world.client(role), {}
    for path in paths:
        client.get(path)  # the first answer fills caches, as that of content types, and tells what is new
        with CaptureQueriesContext(connection) as queries:
            response = client.get(path)
        if response.status_code == 200:
            found[path] = [query["sql"] for query in queries]
    return found


@pytest.mark.parametrize("role", ["coordinator", "observer", "administrator"])
def test_pages_ask_as_often_for_many_rows(world, role):
    paths = [path for address in own_addresses() for path in world.paths(address).values()] + CHANGELISTS
    # From nothing to something a page may ask more: what stands behind a row that was not there.
    _grow_the_cluster(world, ROWS)
    few = queries_of(world, role, paths)
    grow(world)
    many = queries_of(world, role, paths)
    # Fewer is no fault: off the pages of a cluster, who has several is shown the menu of none.
    risen = {path: f"{len(few[path])} → {len(many[path])}" for path in few if len(few[path]) < len(many[path])}
    assert risen == {}


def test_review_asks_once_for_each_kind(world):
    grow(world)
    path = f"/clusters/{world.cluster.cluster.slug}/review/{YEAR}/"
    (asked,) = queries_of(world, "leader", [path]).values()
    assert len(asked) <= MOST_OF_A_REVIEW
