"""Nothing that a user receives changes when only rows of other clusters change (security.md 13)."""

import datetime as dt
import io
import re
import zipfile
from collections.abc import Iterable

import pytest
from django.http import HttpResponseBase
from django.utils import timezone

from cluster.models import Force, Officer, PoliceUnit
from cluster.services import save_with_history
from cluster.tests.addresses import own_addresses
from cluster.tests.factories import (
    TwoPartyCluster,
    make_cluster,
    make_member,
    make_officer,
    make_party,
    make_posting,
    make_unit,
)
from incidents.metrics import METRICS
from incidents.tests.factories import make_award, make_category, make_declared, make_incident
from patrols.tests.factories import make_campaign, make_contingent, make_patrol
from reports.figures import FIGURES
from reports.tests.conference_factories import (
    make_conference,
    make_contribution,
    make_delegation,
    make_difficulty,
    make_recommendation,
    make_task,
)
from reports.tests.world import A_DAY, YEAR, World, make_text

# In every text of every foreign row. "Tràm Cửu" is a name of nowhere, and no page of its own accord says it.
MARK = "Tràm Cửu"
LISTS = (
    *("patrols/", "schedule/", "incidents/", "awards/", "declared/", "campaigns/"),
    *("conferences/", "recommendations/", "tasks/"),
)
SLICES = ("party={party}", "unit={unit}", f"month={A_DAY}", "rest=unit", "rest=month")
SLICED = ("joint_patrols", "participations", "incidents")


def paths_of(world: World) -> list[str]:
    """Every page, its filters and its slices."""
    top = f"/clusters/{world.cluster.cluster.slug}/"
    whole = [path for address in own_addresses() for path in world.paths(address).values() if "logout" not in path]
    filters = (
        "q=Tuyến",
        f"q={MARK}",
        f"year={YEAR}",
        f"unit={world.cluster.unit.pk}",
        "counts=yes",
        "page=2",
        "view=list",
    )
    lists = [f"{top}{name}?{asked}" for name in LISTS for asked in filters]
    reviews = [f"{top}review/{YEAR}-01-01_{YEAR}-06-30/", f"{top}review/{timezone.localdate().year}/"]
    of_each_kind = {figure.listing: key for key, figure in FIGURES.items()}.values()
    behind = [f"{top}review/{YEAR}/figures/{key}/" for key in of_each_kind]
    for asked in SLICES:
        slice_ = asked.format(party=world.cluster.party.pk, unit=world.cluster.unit.pk)
        behind += [f"{top}review/{YEAR}/figures/{key}/?{slice_}" for key in SLICED]
    twins = f"{top}twins/?date_from={YEAR}-01-01&date_to={timezone.localdate()}"
    return [*whole, *lists, twins, *reviews, *behind]


def received(world: World, role: str, paths: Iterable[str]) -> dict[str, object]:
    """What the role gets from the pages, without what is new at each look."""
    client = world.client(role)
    return {path: told(client.get(path)) for path in paths}


def told(response: HttpResponseBase) -> tuple[int, str, object]:
    content: bytes = getattr(response, "content", b"")
    return response.status_code, response.headers.get("Location", ""), _lasting(content)


def _lasting(content: bytes) -> object:
    if content.startswith(b"PK"):  # a workbook says when it was made
        with zipfile.ZipFile(io.BytesIO(content)) as book:
            return {name: book.read(name) for name in book.namelist() if name != "docProps/core.xml"}
    if content.startswith(b"%PDF-"):
        return content
    new = r'(name="(?:csrfmiddlewaretoken|client_id)" value=)"[^"]*"|("(?:csrf|time)": )[^,]*'
    # A passport says as of when it is.
    new += r"|(<dd>)\d\d:\d\d \d\d/\d\d/\d{4}(?=</dd>)"
    return re.sub(new, r"\1\2\3", content.decode())


def change_all_else(world: World) -> None:
    """Rows of every kind in two other clusters, some of which name our own unit and officer."""
    officer = Officer.objects.filter(unit=world.cluster.unit).earliest("pk")
    today = timezone.localdate()
    last_month = today.replace(day=1) - dt.timedelta(days=1)  # the home page asks what is missing of it
    for there in (world.elsewhere, _new_cluster(world.elsewhere.force)):
        member = make_member(party=make_party(cluster=there.cluster, name=MARK), unit=make_unit(name=MARK)).unit
        make_officer(unit=member, name=MARK)
        make_posting(role="recorder", unit=member)
        for day in (A_DAY, last_month, today):
            _record(there, member, officer, day=day)
        make_text(there, by=world.users["outsider"], route=MARK)
    for noun in ("patrol", "incident", "award"):
        save_with_history(world.rows[noun]["elsewhere"], by=world.users["outsider"], reason=MARK)


def _new_cluster(force: Force) -> TwoPartyCluster:
    """Without a force of its own: their catalogue is everybody's."""
    cluster = make_cluster(name=MARK)
    party, partner_party = (make_party(cluster=cluster, name=f"{MARK} {number}") for number in (1, 2))
    unit, partner_unit = (make_member(party=side, unit=make_unit(name=MARK)).unit for side in (party, partner_party))
    return TwoPartyCluster(cluster, party, partner_party, unit, partner_unit, force)


def _record(there: TwoPartyCluster, member: PoliceUnit, officer: Officer, *, day: dt.date) -> None:
    """What happened elsewhere on the day, by a unit of there and by ours."""
    name = f"{MARK} {day}"
    campaign = make_campaign(cluster=there.cluster, name=name, date_from=day, date_to=day)
    category = make_category(cluster=there.cluster, name=name)
    at = {"starts_at": dt.datetime.combine(day, dt.time(1), dt.UTC), "lead_unit": officer.unit, "route": MARK}
    patrol = make_patrol(cluster=there.cluster, units=there.units, campaign=campaign, code=name, **at)
    plan = {"starts_at": None, "planned_start": at["starts_at"], "lead_unit": officer.unit, "route": MARK}
    make_patrol(cluster=there.cluster, units=[*there.units, officer.unit], status="scheduled", **plan)
    for unit in (officer.unit, member):
        make_contingent(patrol=patrol, unit=unit, force=there.force, officers=[officer])
        incident = {"unit": unit, "category": category, "patrol": patrol, "place": MARK, "persons_involved": 7}
        make_incident(cluster=there.cluster, occurred_on=day, **incident)
        for metric in METRICS:
            declared = {"metric": metric, "date_from": day, "date_to": day, "value": 7, "source": MARK}
            make_declared(cluster=there.cluster, unit=unit, **declared)
    _confer(there, day=day)
    award = {"recipient": "individual", "name": MARK, "officer": officer}
    make_award(cluster=there.cluster, decided_on=day, unit=officer.unit, **award)


def _confer(there: TwoPartyCluster, *, day: dt.date) -> None:
    """A conference of elsewhere with all that comes of it."""
    conference = make_conference(
        cluster=there.cluster, held_on=day, name=MARK, place=MARK, chair=MARK, conclusions=MARK
    )
    make_delegation(conference=conference, body=MARK, names=MARK)
    make_contribution(conference=conference, body=MARK, subject=MARK, text=MARK)
    make_difficulty(conference=conference, text=MARK)
    made_at = {"cluster": there.cluster, "conference": conference, "content": MARK}
    make_recommendation(made_on=day, addressee=MARK, **made_at)
    make_task(date_from=day, date_to=day, owner=MARK, **made_at)


@pytest.mark.parametrize("role", ["observer", "recorder", "leader", "coordinator", "administrator"])
def test_pages_stay_as_they_are_when_only_foreign_rows_change(world, role):
    paths = paths_of(world)
    before = received(world, role, paths)
    change_all_else(world)
    after = received(world, role, paths)
    assert {path for path in before if after[path] != before[path]} == set()
    # Nor did they show anything of the kind all along: the mark is in every foreign text, and typed in one filter.
    assert [path for path, answer in after.items() if MARK in str(answer) and MARK not in path] == []


def test_pages_change_when_own_rows_change(world):
    """The comparison above sees what it is there to see."""
    paths = [f"/clusters/cum-thu/{page}" for page in ("patrols/", f"review/{YEAR}/", f"review/{YEAR}.json")]
    before = received(world, "leader", paths)
    make_patrol(cluster=world.cluster.cluster)
    after = received(world, "leader", paths)
    assert [path for path in paths if after[path] == before[path]] == []
