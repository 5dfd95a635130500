"""Which records look like one real patrol, and why: plain features, one table of points, reasons in words.

Records are compared only if their hours overlap: a unit walks the same route on many nights, and one shift follows
another. What then speaks for one patrol adds points, what speaks against it takes some away.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from itertools import chain
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cluster.fields import fold
from cluster.models import Cluster, Officer
from patrols.models import Contingent, JointPatrol, JointPatrolQuerySet, NotTwins
from patrols.roster import Roster
from patrols.routes import Route, read_route, route_likeness
from patrols.services import PatrolData
from patrols.words import hours_in_words

Status = JointPatrol.Status
# A person with the unit and the name without marks: one side's officer is often entered twice by the other.
Person = tuple[int, str]
DAY = dt.timedelta(days=1)

# Facts.md 1.5: shifts of four to five hours; stands in where the end was not written down.
USUAL_SHIFT = dt.timedelta(hours=4)
LEAST_OVERLAP, GOOD_OVERLAP = 1 / 3, 0.6
SAME_ROUTE, LIKE_ROUTE, OTHER_ROUTE = 0.75, 0.4, 0.25
A_MOMENT = dt.timedelta(minutes=5)
# Two records of the same units at the same hours reach it, whatever they call the route.
ENOUGH = 4.0
MOST = 10.0


@dataclass(frozen=True)
class Suspicion:
    """A stored patrol that may be the same one; ``score`` orders them, from 0 to 1."""

    patrol: JointPatrol
    score: float
    reasons: list[str]

    @property
    def is_planned(self) -> bool:
        return self.patrol.status == Status.SCHEDULED

    @property
    def hours(self) -> str:
        start, end = (self.patrol.starts_at, self.patrol.ends_at)
        if start is None:
            start, end = self.patrol.planned_start, self.patrol.planned_end
        return hours_in_words(start, end) if start else ""


@dataclass(frozen=True)
class Pair:
    """Two stored patrols, the earlier key first."""

    first: int
    second: int
    score: float
    reasons: list[str]


@dataclass(frozen=True)
class Features:
    """What is compared of a record. The names are for the reasons; refused lines are left out."""

    key: int | None
    start: dt.datetime
    end: dt.datetime
    route: Route
    status: str
    units: Mapping[int, str]
    parties: frozenset[int]
    officers: Mapping[Person, str]
    communes: Mapping[int, str] = field(default_factory=dict)
    author: int | None = None
    recorded_at: dt.datetime | None = None

    @cached_property
    def officers_by_unit(self) -> dict[int, set[str]]:
        by_unit: dict[int, set[str]] = defaultdict(set)
        for unit, name in self.officers:
            by_unit[unit].add(name)
        return by_unit


@dataclass(frozen=True)
class Evidence:
    """What one look at two records says; without a reason it speaks against, or says nothing."""

    points: float
    reason: str = ""


def compare(one: Features, other: Features) -> tuple[float, list[str]] | None:
    """The score and the reasons, or None where they are not suspected to be one patrol."""
    if (hours := _hours(one, other)) is None:
        return None
    found = [hours, *(look(one, other) for look in (_units, _officers, _routes, _communes, _author, _plan))]
    points = sum(evidence.points for evidence in found)
    if points < ENOUGH:
        return None
    return min(1.0, points / MOST), [evidence.reason for evidence in found if evidence.reason]


def _hours(one: Features, other: Features) -> Evidence | None:
    start, end = max(one.start, other.start), min(one.end, other.end)
    share = (end - start) / min(one.end - one.start, other.end - other.start)
    if share < LEAST_OVERLAP:
        return None
    return Evidence(3 if share >= GOOD_OVERLAP else 2, _("Overlapping hours: %s") % hours_in_words(start, end))


def _units(one: Features, other: Features) -> Evidence:
    if common := _common(one.units, other.units):
        is_whole = len(common) == min(len(one.units), len(other.units))
        reason = ngettext("The same unit: %s", "The same units: %s", len(common)) % ", ".join(common)
        # Each names somebody whom the other does not: mostly a second team, with another partner.
        return Evidence(2 if is_whole else -1, reason)
    if len(one.parties) == len(other.parties) == 1 and one.parties != other.parties:
        return Evidence(0, _("Each record names one side only."))
    return Evidence(-2)


def _officers(one: Features, other: Features) -> Evidence:
    """Nobody is in two places at once; and a unit that names quite other people sent another team."""
    if common := _common(one.officers, other.officers):
        return Evidence(3, ngettext("The same officer: %s", "The same officers: %s", len(common)) % ", ".join(common))
    return Evidence(-1 if one.officers_by_unit.keys() & other.officers_by_unit.keys() else 0)


def _routes(one: Features, other: Features) -> Evidence:
    likeness = route_likeness(one.route, other.route)
    if likeness is None:
        return Evidence(0)
    if likeness >= LIKE_ROUTE:
        return Evidence(2 if likeness >= SAME_ROUTE else 1, _("The routes are alike."))
    return Evidence(-1 if likeness < OTHER_ROUTE else 0)


def _communes(one: Features, other: Features) -> Evidence:
    if common := _common(one.communes, other.communes):
        return Evidence(0.5, ngettext("The same commune: %s", "The same communes: %s", len(common)) % ", ".join(common))
    return Evidence(-0.5 if one.communes and other.communes else 0)


def _author(one: Features, other: Features) -> Evidence:
    if one.author is None or one.author != other.author or one.recorded_at is None or other.recorded_at is None:
        return Evidence(0)
    if abs(one.recorded_at - other.recorded_at) > A_MOMENT:
        return Evidence(0)
    return Evidence(2, _("Recorded by the same person, a moment apart."))


def _plan(one: Features, other: Features) -> Evidence:
    if {one.status, other.status} != {Status.SCHEDULED, Status.COMPLETED}:
        return Evidence(0)
    return Evidence(0, _("One is planned and one is done: the plan was perhaps logged anew instead of completed."))


def _common(one: Mapping[Any, str], other: Mapping[Any, str]) -> list[str]:
    return [name for key, name in one.items() if key in other]


# Who is compared with whom


def suspected(cluster: Cluster, data: PatrolData, *, exclude: uuid.UUID | None = None) -> list[Suspicion]:
    """The stored patrols that look like the one being entered, the likeliest first, each with its lines.

    ``exclude`` is its own client id: a stored record under it is neither compared nor asked about again.
    """
    start = data.starts_at or data.planned_start
    if start is None or data.status not in (Status.SCHEDULED, Status.COMPLETED):
        return []
    own = JointPatrol.objects.filter(client_id=exclude).values_list("pk", flat=True).first() if exclude else None
    roster = Roster.of(cluster)
    entered = _entered(data, start, roster, key=own)
    near = _near(cluster, entered.start, entered.end)
    # By its id and in the same query: a copy of the text may store the record just now.
    others = _features_of(near.exclude(client_id=exclude) if exclude else near, roster)
    return _suspicions(entered, others, "contingents__unit", "contingents__force")


def suspected_of(patrol: JointPatrol, *, roster: Roster | None = None) -> list[Suspicion]:
    """The other records of the cluster that look like this one, the likeliest first."""
    start, end = patrol.starts_at or patrol.planned_start, patrol.ends_at or patrol.planned_end
    if start is None:
        return []
    near = _near(patrol.cluster, start, end or start + USUAL_SHIFT)
    records = _features_of(near, roster or Roster.of(patrol.cluster), least=2)
    itself = next((features for features in records if features.key == patrol.pk), None)
    return _suspicions(itself, records) if itself else []


def suspected_pairs(cluster: Cluster, start: dt.date, end: dt.date) -> list[Pair]:
    """Every suspected pair with a date in the period, the likeliest first; as many queries for any number of rows."""
    patrols = _comparable(cluster).in_period(start - DAY, end + DAY)
    records = sorted(_features_of(patrols, Roster.of(cluster), least=0), key=lambda features: features.start)
    inside = set(patrols.in_period(start, end).values_list("pk", flat=True))
    parted = set(NotTwins.objects.filter(first__cluster=cluster).values_list("first", "second"))
    pairs = [
        Pair(*keys, score=found[0], reasons=found[1])
        for one, other in _overlapping(records)
        if (keys := _in_order(one.key, other.key)) not in parted
        and inside & set(keys)
        and (found := compare(one, other))
    ]
    return sorted(pairs, key=lambda pair: (-pair.score, -pair.first, -pair.second))


def _overlapping(records: Sequence[Features]) -> Iterator[tuple[Features, Features]]:
    """The records, sorted by start, two by two where one starts before the other ends."""
    for place, one in enumerate(records):
        for other in records[place + 1 :]:
            if other.start >= one.end:
                break
            yield one, other


def _in_order(one: int | None, other: int | None) -> tuple[int, int]:
    first, second = sorted((one or 0, other or 0))
    return first, second


def _near(cluster: Cluster, start: dt.datetime, end: dt.datetime) -> JointPatrolQuerySet:
    """Those of which the hours may overlap; nothing on record lasts longer than a day."""
    day = timezone.localdate(start)
    near: JointPatrolQuerySet = _comparable(cluster).in_period(day - DAY, timezone.localdate(end) + DAY)
    return near.filter(
        Q(starts_at__lt=end, starts_at__gt=start - DAY)
        | Q(starts_at=None, planned_start__lt=end, planned_start__gt=start - DAY)
    )


def _suspicions(features: Features, others: Iterable[Features], *lookups: str) -> list[Suspicion]:
    found = {
        other.key: verdict
        for other in others
        if other.key and other.key != features.key and (verdict := compare(features, other)) is not None
    }
    if found and features.key:
        parted = NotTwins.objects.filter(Q(first=features.key) | Q(second=features.key))
        for key in chain.from_iterable(parted.values_list("first", "second")):
            found.pop(key, None)
    if not found:
        return []
    records = JointPatrol.objects.select_related("cluster", "lead_unit", "recorded_unit").prefetch_related(*lookups)
    stored = records.in_bulk(list(found))
    suspicions = [Suspicion(stored[key], *verdict) for key, verdict in found.items()]
    return sorted(suspicions, key=lambda suspicion: (-suspicion.score, suspicion.patrol.pk))


def _comparable(cluster: Cluster) -> JointPatrolQuerySet:
    """Planned or done, and not known to be another's twin: for that one its kept record speaks."""
    patrols: JointPatrolQuerySet = JointPatrol.objects.of(cluster).filter(twin_link=None)
    return patrols.filter(status__in=(Status.SCHEDULED, Status.COMPLETED))


# Features of what is entered, and of what is stored


def _entered(data: PatrolData, start: dt.datetime, roster: Roster, *, key: int | None) -> Features:
    units = {unit.pk: unit.name for unit in (data.lead_unit, *(line.unit for line in data.lines))}
    people = _people(data.shift_leader, *(officer for line in data.lines for officer in line.officers))
    for line in data.lines:
        people |= {(line.unit.pk, fold(name)): name for name in line.new_officers}
    end = data.ends_at if data.starts_at else data.planned_end
    return Features(
        key=key,
        start=start,
        end=end or start + USUAL_SHIFT,
        route=read_route(data.route),
        status=data.status,
        units=units,
        parties=frozenset(_parties(units, start, roster)),
        officers=people,
        communes={place.pk: place.name for place in data.communes},
    )


def _people(*officers: Officer | None) -> dict[Person, str]:
    return {(officer.unit_id, fold(officer.name)): officer.name for officer in officers if officer}


def _parties(units: Iterable[int], start: dt.datetime, roster: Roster) -> set[int]:
    return roster.party_ids(units, timezone.localdate(start))


def _features_of(patrols: JointPatrolQuerySet, roster: Roster, *, least: int = 1) -> list[Features]:
    """Four queries however many patrols, and no model instances: a year of a busy cluster is read at once.

    One query for fewer than ``least``, of which there is nothing to compare.
    """
    rows = list(patrols.order_by().values(*_COLUMNS))
    if len(rows) < least:
        return []
    keys = patrols.order_by().values("pk")
    lines = Contingent.objects.filter(patrol__in=keys).exclude(state=Contingent.State.REFUSED).order_by("pk")
    units: dict[int, dict[int, str]] = defaultdict(dict)
    for patrol, unit, name in lines.values_list("patrol", "unit", "unit__name"):
        units[patrol][unit] = name
    officers: dict[int, dict[Person, str]] = defaultdict(dict)
    named = lines.filter(officers__isnull=False)
    for patrol, unit, name in named.values_list("patrol", "officers__unit", "officers__name"):
        officers[patrol][unit, fold(name)] = name
    communes: dict[int, dict[int, str]] = defaultdict(dict)
    covered = JointPatrol.communes.through.objects.filter(jointpatrol__in=keys)
    for patrol, place, name in covered.values_list(
        "jointpatrol", "administrativeunit", "administrativeunit__name"
    ).order_by("administrativeunit__name"):
        communes[patrol][place] = name
    return [
        _stored(row, roster, units=units[row["pk"]], officers=officers[row["pk"]], communes=communes[row["pk"]])
        for row in rows
    ]


_COLUMNS = (
    *("pk", "starts_at", "ends_at", "planned_start", "planned_end", "local_date", "route", "status", "content_hash"),
    *("lead_unit", "lead_unit__name", "shift_leader__unit", "shift_leader__name", "recorded_by", "recorded_at"),
)


def _stored(
    row: Mapping[str, Any],
    roster: Roster,
    *,
    units: dict[int, str],
    officers: dict[Person, str],
    communes: dict[int, str],
) -> Features:
    start = row["starts_at"] or row["planned_start"]
    end = row["ends_at"] if row["starts_at"] else row["planned_end"]
    units = {row["lead_unit"]: row["lead_unit__name"]} | units
    if row["shift_leader__name"]:
        officers |= {(row["shift_leader__unit"], fold(row["shift_leader__name"])): row["shift_leader__name"]}
    return Features(
        key=row["pk"],
        start=start,
        end=end or start + USUAL_SHIFT,
        route=read_route(row["route"]),
        status=row["status"],
        units=units,
        parties=frozenset(roster.party_ids(units, row["local_date"])),
        officers=officers,
        communes=communes,
        # An import writes many in one moment, and without a hash of what was submitted.
        author=row["recorded_by"] if row["content_hash"] else None,
        recorded_at=row["recorded_at"],
    )
