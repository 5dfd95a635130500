"""What is written of briefings besides the record itself: a year of plans at once, and what became of a conclusion."""

import datetime as dt
import uuid
from typing import NamedTuple

from django.db import transaction

from cluster.briefings import Duty
from cluster.dues import Key, duties_of
from cluster.models import Briefing, BriefingPattern, Cluster, Conclusion, FollowUp, User
from cluster.models.briefings import Host
from cluster.services import claim_version, log_record, save_with_history

_NAMESPACE = uuid.UUID("5b1c7c26-9a43-4a1d-8a54-5f3f0c7f1a09")
_SATURDAY = 5


class Slot(NamedTuple):
    """A period of a year that has its briefing by a pattern: to be planned, unless there is one or nobody is host."""

    key: Key
    words: Briefing
    due_on: dt.date
    day: dt.date
    host: Host | None
    briefing: Briefing | None

    @property
    def is_to_plan(self) -> bool:
        return self.briefing is None and self.host is not None


def client_id_of_plan(cluster: Cluster, key: Key) -> uuid.UUID:
    """The same whoever plans the period and how often."""
    return uuid.uuid5(_NAMESPACE, "/".join(map(str, (cluster.pk, *key))))


def slots_of(cluster: Cluster, year: int) -> list[Slot]:
    """The periods that begin in the year, by their due dates; a plan that was deleted keeps its place."""
    written = {
        Key(row.level, row.cycle, row.year, row.number): row
        for row in Briefing.objects.of(cluster).filter(year=year).select_related("cluster", "host_unit", "host_party")
    }
    slots = [
        _slot(cluster, pattern, duty, written.get(Key(pattern.level, *duty.term)))
        for pattern, duties in duties_of(cluster, until=dt.date(year, 12, 31))
        for duty in duties
        if duty.term.year == year
    ]
    return sorted(slots, key=lambda slot: (slot.due_on, slot.key.level))


def _slot(cluster: Cluster, pattern: BriefingPattern, duty: Duty, briefing: Briefing | None) -> Slot:
    key, day = Key(pattern.level, *duty.term), _working_day(duty.due_on)
    words = briefing or Briefing(cluster=cluster, local_date=day, **key._asdict())
    host: Host | None = briefing.host if briefing else duty.host  # type: ignore[assignment]
    return Slot(key, words, duty.due_on, day, host, briefing)


def _working_day(day: dt.date) -> dt.date:
    """The day itself, or the Friday before it."""
    return day - dt.timedelta(days=max(0, day.weekday() - _SATURDAY + 1))


@transaction.atomic
def plan_year(cluster: Cluster, year: int, *, by: User | None, now: dt.datetime) -> list[Briefing]:
    """Plan what the patterns ask for and nobody has planned yet; again without effect. Returns what is new.

    A plan that somebody deleted stays deleted: its client id is taken for ever.
    """
    slots = [slot for slot in slots_of(cluster, year) if slot.is_to_plan]
    ids = {client_id_of_plan(cluster, slot.key): slot for slot in slots}
    taken = set(Briefing.objects.filter(client_id__in=ids).values_list("client_id", flat=True))
    planned = []
    for client_id, slot in ids.items():
        if client_id not in taken:
            values = slot.key._asdict() | {"host": slot.host, "planned_on": slot.day}
            briefing, _is_new = log_record(
                Briefing(cluster=cluster, client_id=client_id), values, unit=None, by=by, now=now
            )
            planned.append(briefing)
    return planned


@transaction.atomic
def follow_up(
    conclusion: Conclusion,
    *,
    version: int,
    briefing: Briefing | None,
    noted_on: dt.date,
    state: str,
    note: str,
    by: User | None,
) -> FollowUp:
    """Note what became of a conclusion; what a briefing says of it replaces what it said before.

    The conclusion is in the state of the latest note. Raises ``StaleVersion``.
    """
    claim_version(conclusion, version=version)
    found = conclusion.follow_ups.filter(briefing=briefing).first() if briefing else None
    row = found or FollowUp(conclusion=conclusion, briefing=briefing)
    row.noted_on, row.state, row.note = noted_on, state, note
    save_with_history(row, by=by)
    latest = conclusion.follow_ups.order_by("noted_on", "pk").last() or row
    conclusion.state = latest.state
    conclusion.settled_on = None if latest.state == Conclusion.State.OPEN else latest.noted_on
    save_with_history(conclusion, by=by)
    return row
