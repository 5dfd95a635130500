"""Which briefings are due or overdue, and whose turn they are: the patterns of a cluster beside what was held."""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.urls import reverse
from django.utils import timezone

from cluster.access import Rights
from cluster.briefings import Cycle, Duty
from cluster.models import Briefing, BriefingPattern, Cluster, MemberUnit, Party, PoliceUnit
from cluster.models.briefings import Host, host_key, spells_of

# What a year has passed over is history: the list of that year tells of it, and nobody is reminded.
LOOK_BACK = dt.timedelta(days=366)
# How far ahead a period of a pattern must end to be told of; each pattern's next one is, however far it is.
LOOK_AHEAD = dt.timedelta(days=31)
_FARTHEST = dt.timedelta(days=800)


class Key(NamedTuple):
    level: str
    cycle: str
    year: int
    number: int


@dataclass(frozen=True, kw_only=True)
class Due:
    """A briefing that is awaited; ``briefing`` is its plan, if there is one. Overdue from the day after ``due_on``."""

    cluster: Cluster
    words: Briefing
    due_on: dt.date
    host: Host | None
    briefing: Briefing | None

    def __str__(self) -> str:
        return self.words.title

    def is_overdue(self, today: dt.date) -> bool:
        return self.due_on < today

    @property
    def address(self) -> str:
        """Of the plan, else of the form for it, filled in as far as the pattern knows."""
        return self.briefing.get_absolute_url() if self.briefing else self.form_address

    @property
    def form_address(self) -> str:
        words = self.words
        known = {name: getattr(words, name) for name in ("level", "cycle", "number", "year")}
        known |= {"planned_on": self.due_on.isoformat()}
        known |= {"host": host_key(self.host)} if self.host else {}
        return f"{reverse('briefing_new', args=[self.cluster.slug])}?{urlencode(known)}"


def awaited_briefings(cluster: Cluster, *, today: dt.date | None = None) -> list[Due]:
    """All that are overdue or come next, the oldest first."""
    today = today or timezone.localdate()
    written = _written(cluster, since=today - LOOK_BACK)
    dues = [*_by_patterns(cluster, written, today), *_by_plans(cluster, written)]
    return sorted(dues, key=lambda due: (due.due_on, due.words.level))


def overdue_briefings(rights: Rights, *, today: dt.date | None = None) -> list[Due]:
    """Those that wait for the user: for a recorder whose unit or party is the host, for the others all."""
    today = today or timezone.localdate()
    overdue = [due for due in awaited_briefings(rights.cluster, today=today) if due.is_overdue(today)]
    if rights.coordinates or rights.leads or not overdue:
        return overdue
    members = MemberUnit.objects.filter(party__cluster=rights.cluster, unit__in=rights.unit_ids)
    parties = set(members.values_list("party", flat=True))
    return [due for due in overdue if _is_of(due.host, rights.unit_ids, parties)]


def _is_of(host: Host | None, units: frozenset[int], parties: set[int]) -> bool:
    return (isinstance(host, PoliceUnit) and host.pk in units) or (isinstance(host, Party) and host.pk in parties)


def _written(cluster: Cluster, *, since: dt.date) -> dict[Key | int, Briefing]:
    """The briefings of the time by their period, an extraordinary one by its key."""
    rows = Briefing.objects.of(cluster).filter(year__gte=since.year - 1).select_related("host_unit", "host_party")
    return {
        row.pk if row.cycle == Cycle.EXTRA else Key(row.level, row.cycle, row.year, row.number): row
        for row in rows.select_related("cluster", "host_unit", "host_party")
    }


def _by_patterns(cluster: Cluster, written: dict[Key | int, Briefing], today: dt.date) -> Iterator[Due]:
    """What the patterns ask for and nobody has held or called off. A plan is taken out of ``written``."""
    for pattern, duties in duties_of(cluster, until=today + _FARTHEST):
        for duty in duties:
            if duty.due_on < today - LOOK_BACK:
                continue
            key = Key(pattern.level, *duty.term)
            plan = written.pop(key, None)
            if plan is None or not (plan.held_on or plan.called_off):
                due = _due(cluster, key, duty, plan)
                yield due
                if due.due_on > today + LOOK_AHEAD:
                    break


def duties_of(cluster: Cluster, *, until: dt.date) -> list[tuple[BriefingPattern, list[Duty]]]:
    """The patterns of the cluster, each with the periods that begin under it by the day."""
    patterns = BriefingPattern.objects.of(cluster).with_hosts().order_by("level", "date_from", "pk")
    if not patterns:
        return []
    spells = spells_of(cluster)
    return [(pattern, pattern.rule(spells).rota(until=until)) for pattern in patterns]


def _due(cluster: Cluster, key: Key, duty: Duty, plan: Briefing | None) -> Due:
    """By the earlier of the two days, for a plan may be for a day before the last one."""
    host: Any = duty.host
    if plan:
        due_on = min(plan.local_date, duty.due_on)
        return Due(cluster=cluster, words=plan, due_on=due_on, host=plan.host, briefing=plan)
    words = Briefing(cluster=cluster, local_date=duty.due_on, **key._asdict())
    return Due(cluster=cluster, words=words, due_on=duty.due_on, host=host, briefing=None)


def _by_plans(cluster: Cluster, rest: dict[Key | int, Briefing]) -> Iterator[Due]:
    """Planned without a pattern that asks for it."""
    for plan in rest.values():
        if not (plan.held_on or plan.called_off):
            yield Due(cluster=cluster, words=plan, due_on=plan.local_date, host=plan.host, briefing=plan)
