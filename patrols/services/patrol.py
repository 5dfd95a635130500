"""The one write path of patrols and their lines."""

import datetime as dt
import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from typing import Any

from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from simple_history.utils import bulk_update_with_history

from cluster.access import Rights
from cluster.fields import fold
from cluster.models import AdministrativeUnit, Cluster, Force, Officer, PoliceUnit, User
from cluster.services import Receipt, claim_version, create_all, create_once, delete_record, save_with_history
from patrols.models import Campaign, Contingent, JointPatrol, TwinLink
from patrols.services.notices import settle_waiting, tell_author_of_all, tell_waiting_units

# Patrols a round of an import: enough to be fast, few enough to be small.
_BATCH = 500


class LineOfOtherUnit(Exception):
    """A unit that has answered for its line is the only one, with the coordinator, to change it."""

    def __init__(self, line: Contingent) -> None:
        super().__init__(str(line))
        self.line = line


class LinkedToTwin(Exception):
    """The record is one of two that are linked: what would leave the patrol uncounted waits until they are not."""

    def __init__(self, link: TwinLink, message: str) -> None:
        super().__init__(message)
        self.link = link


@dataclass(frozen=True, kw_only=True)
class LineData:
    """What is entered for one unit and force; ``headcount`` counts people, named or not.

    ``new_officers`` are names that become officers of the unit as the line is written.
    """

    unit: PoliceUnit
    force: Force
    headcount: int
    officers: tuple[Officer, ...] = ()
    new_officers: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[int, int]:
        return self.unit.pk, self.force.pk

    def content(self) -> dict[str, Any]:
        """People stand by name: at the second copy of a submission those that the first one added are known."""
        names = {fold(name) for name in (*self.new_officers, *(officer.name for officer in self.officers))}
        return {"unit": self.unit, "force": self.force, "headcount": self.headcount, "officers": sorted(names)}


@dataclass(frozen=True, kw_only=True)
class PatrolData:
    """What is entered for a patrol. Times are aware; a scheduled patrol has planned times only."""

    route: str
    lead_unit: PoliceUnit
    starts_at: dt.datetime | None = None
    ends_at: dt.datetime | None = None
    planned_start: dt.datetime | None = None
    planned_end: dt.datetime | None = None
    status: str = JointPatrol.Status.COMPLETED
    status_reason: str = ""
    kind: str = JointPatrol.Kind.JOINT
    code: str = ""
    campaign: Campaign | None = None
    shift_leader: Officer | None = None
    communes: tuple[AdministrativeUnit, ...] = ()
    result: str = ""
    lines: tuple[LineData, ...] = field(default=())

    def content(self) -> dict[str, Any]:
        """Shallow: ``asdict`` would copy the model instances."""
        shallow = {f.name: getattr(self, f.name) for f in fields(self) if f.name != "lines"}
        return shallow | {"lines": [line.content() for line in self.lines]}

    def apply_to(self, patrol: JointPatrol) -> None:
        for name in (f.name for f in fields(self) if f.name not in ("lines", "communes")):
            setattr(patrol, name, getattr(self, name))
        start = self.starts_at or self.planned_start
        if start is None:
            raise ValueError("A patrol needs a start or a planned start.")
        patrol.local_date = timezone.localdate(start)


def log_patrol(
    *,
    cluster: Cluster,
    client_id: uuid.UUID,
    data: PatrolData,
    by: User | None,
    own_units: frozenset[int],
    now: dt.datetime,
    receipt: Receipt = lambda: None,
) -> tuple[JointPatrol, bool]:
    """Write a patrol once; logging confirms the lines of the own units (counting rule 10), planning does not.

    Returns the patrol and whether it is new. Raises ``ContentDiffers`` where the client id has other content.
    """

    def make(digest: str) -> JointPatrol:
        patrol = JointPatrol(cluster=cluster, client_id=client_id, content_hash=digest, recorded_by=by)
        patrol.recorded_at = now
        patrol.recorded_unit = recording_unit(data, own_units=own_units)
        data.apply_to(patrol)
        save_with_history(patrol, by=by)
        if data.communes:
            patrol.communes.set(data.communes)
        vouches_for = frozenset() if patrol.is_plan else own_units
        add_lines([(patrol, line) for line in data.lines], by=by, own_units=vouches_for, now=now)
        tell_waiting_units(patrol, since=now, by=by, now=now)
        return patrol

    content = {"cluster": cluster, **data.content()}
    return create_once(JointPatrol, client_id=client_id, content=content, make=make, receipt=receipt)


def recording_unit(data: PatrolData, *, own_units: frozenset[int]) -> PoliceUnit | None:
    """The unit that the recorder logs for: of the own units the one that leads, else one that took part."""
    candidates = [data.lead_unit, *(line.unit for line in data.lines)]
    own = next((unit for unit in candidates if unit.pk in own_units), None)
    return own or PoliceUnit.objects.filter(pk__in=own_units).first()


@transaction.atomic
def edit_patrol(
    patrol: JointPatrol,
    *,
    version: int,
    data: PatrolData,
    rights: Rights,
    reason: str = "",
    now: dt.datetime,
    receipt: Receipt = lambda: None,
) -> None:
    """Replace what was entered.

    Raises ``StaleVersion``, ``SealedPeriod``, ``LineOfOtherUnit`` and, of two linked, ``LinkedToTwin``.
    """
    claim_version(patrol, version=version)
    _refuse_edit_of_linked(patrol, status=data.status)
    completes = patrol.is_plan and data.status == JointPatrol.Status.COMPLETED
    data.apply_to(patrol)
    if completes and (unit := recording_unit(data, own_units=rights.unit_ids)):
        # From now on it is the record of who wrote down what happened, whoever had planned it.
        patrol.recorded_by, patrol.recorded_unit, patrol.recorded_at = rights.user, unit, now
    save_with_history(patrol, by=rights.user, reason=reason)
    if set(patrol.communes.all()) != set(data.communes):
        patrol.communes.set(data.communes)
    _replace_lines(patrol, data.lines, rights=rights, reason=reason, now=now)
    if completes:
        _vouch_for_own_lines(patrol, rights=rights, now=now)
    settle_waiting(patrol, now=now)
    tell_waiting_units(patrol, since=now, by=rights.user, now=now)
    tell_author_of_all(patrol, since=now, by=rights.user, now=now)
    receipt()


def _refuse_edit_of_linked(patrol: JointPatrol, *, status: str) -> None:
    """An edit of the absorbed record would change nothing; the kept one must go on counting for both."""
    if link := TwinLink.objects.filter(absorbed=patrol).first():
        raise LinkedToTwin(link, gettext("This record does not count: edit the one it is linked with, or unlink them."))
    if status != JointPatrol.Status.COMPLETED and (link := TwinLink.objects.filter(kept=patrol).first()):
        raise LinkedToTwin(link, gettext("This record counts for another one as well: unlink them first."))


def _replace_lines(
    patrol: JointPatrol, lines: tuple[LineData, ...], *, rights: Rights, reason: str, now: dt.datetime
) -> None:
    existing = {(line.unit_id, line.force_id): line for line in patrol.contingents.prefetch_related("officers")}
    wanted = {line.key: line for line in lines}
    for key, line in existing.items():
        if key not in wanted:
            _refuse_unless_own(line, rights=rights)
            line._history_user = rights.user  # type: ignore[attr-defined]
            line._change_reason = reason or None  # type: ignore[attr-defined]
            line.delete()
    for key, data in wanted.items():
        if known := existing.get(key):
            _change_line(patrol, known, data, rights=rights, reason=reason, now=now)
    added = [(patrol, data) for key, data in wanted.items() if key not in existing]
    vouches_for = frozenset() if patrol.is_plan else rights.unit_ids
    add_lines(added, by=rights.user, own_units=vouches_for, now=now)


def add_lines(
    lines: Sequence[tuple[JointPatrol, LineData]],
    *,
    by: User | None,
    own_units: frozenset[int] = frozenset(),
    now: dt.datetime,
) -> None:
    """New lines in a few statements: a patrol of eight lines would take 24 one by one, an import many thousands."""
    rows = [_new_line(patrol, data, by=by, is_own=data.unit.pk in own_units, now=now) for patrol, data in lines]
    create_all(Contingent, rows, by=by, now=now)
    people = ((row.pk, officers_of(data, by=by)) for row, (_patrol, data) in zip(rows, lines, strict=True))
    if named := {key: officers for key, officers in people if officers}:
        name_officers(named)


def _new_line(patrol: JointPatrol, data: LineData, *, by: User | None, is_own: bool, now: dt.datetime) -> Contingent:
    """Logging confirms the line of an own unit; any other waits for the word of its unit (counting rule 10)."""
    line = Contingent(
        patrol=patrol,
        cluster_id=patrol.cluster_id,
        local_date=patrol.local_date,
        unit=data.unit,
        force=data.force,
        headcount=data.headcount,
    )
    if is_own:
        line.state, line.decided_by, line.decided_at = Contingent.State.CONFIRMED, by, now
    return line


def officers_of(data: LineData, *, by: User | None) -> list[Officer]:
    """The named people; who is new is written, unless another line or submission did so by now."""
    officers = list(data.officers)
    for name in data.new_officers:
        officer = Officer.objects.filter(unit=data.unit, name=name).first()
        if officer is None:
            officer = Officer(unit=data.unit, name=name)
            save_with_history(officer, by=by)
        officers.append(officer)
    return list({officer.pk: officer for officer in officers}.values())


def _vouch_for_own_lines(patrol: JointPatrol, *, rights: Rights, now: dt.datetime) -> None:
    """Whoever writes down what happened confirms the lines of the own unit, also those that came as planned."""
    for line in patrol.contingents.filter(unit__in=rights.unit_ids, state=Contingent.State.PENDING):
        line.state, line.decided_by, line.decided_at = Contingent.State.CONFIRMED, rights.user, now
        line.version += 1
        save_with_history(line, by=rights.user)


def _change_line(
    patrol: JointPatrol, line: Contingent, data: LineData, *, rights: Rights, reason: str, now: dt.datetime
) -> None:
    officers_changed = bool(data.new_officers) or set(line.officers.all()) != set(data.officers)
    changed = line.headcount != data.headcount or officers_changed
    moved = line.local_date != patrol.local_date
    if changed:
        _refuse_unless_own(line, rights=rights)
        before, line.headcount = line.headcount, data.headcount
        if line.unit_id in rights.unit_ids:
            if not patrol.is_plan:
                line.state, line.reason, line.corrected_from = Contingent.State.CONFIRMED, "", None
                line.decided_by, line.decided_at = rights.user, now
        elif line.state != Contingent.State.PENDING:
            line.state, line.reason, line.corrected_from = Contingent.State.CORRECTED, reason, before
            line.decided_by, line.decided_at = rights.user, now
            line.acknowledged_at = now if patrol.recorded_unit_id in rights.unit_ids else None
    if changed or moved:
        line.version += 1
        line.local_date = patrol.local_date
        save_with_history(line, by=rights.user, reason=reason)
    if officers_changed:
        line.officers.set(officers_of(data, by=rights.user))


@transaction.atomic
def delete_patrol(patrol: JointPatrol, *, version: int, rights: Rights, reason: str = "", now: dt.datetime) -> None:
    """Hide the patrol. Raises as ``claim_version``, and ``LineOfOtherUnit`` where another unit has vouched for a line.

    Of two linked records neither is hidden: raises ``LinkedToTwin``.
    """
    # Behind the lock that an answer takes as well: none comes between the question and the deletion.
    JointPatrol.objects.select_for_update().filter(pk=patrol.pk).first()
    if link := TwinLink.objects.filter(Q(kept=patrol) | Q(absorbed=patrol)).first():
        raise LinkedToTwin(link, gettext("This record is linked with another of the same patrol: unlink them first."))
    for line in patrol.contingents.filter(state__in=Contingent.CONFIRMED_STATES):
        _refuse_unless_own(line, rights=rights)
    delete_record(patrol, version=version, by=rights.user, reason=reason, now=now)


def _refuse_unless_own(line: Contingent, *, rights: Rights) -> None:
    """A pending line is still the author's proposal; once its unit has answered, it is that unit's."""
    if not (rights.coordinates or line.unit_id in rights.unit_ids or line.state == Contingent.State.PENDING):
        raise LineOfOtherUnit(line)


@transaction.atomic
def import_patrols(
    *,
    cluster: Cluster,
    patrols: Sequence[PatrolData],
    added_lines: Mapping[int, Sequence[LineData]],
    by: User | None,
    now: dt.datetime,
    progress: Callable[[int], None] = lambda done: None,
) -> dict[str, int]:
    """Write many new patrols, and lines that stored patrols, named by their keys, do not have yet.

    Their lines wait for the word of their units. ``progress`` hears how many patrols are written. Returns the keys
    of the new patrols by code.
    """
    keys: dict[str, int] = {}
    for start in range(0, len(patrols), _BATCH):
        batch = patrols[start : start + _BATCH]
        written = create_all(JointPatrol, [_imported(data, cluster, by=by, now=now) for data in batch], by=by, now=now)
        lines = [(patrol, line) for patrol, data in zip(written, batch, strict=True) for line in data.lines]
        add_lines(lines, by=by, now=now)
        keys |= {patrol.code: patrol.pk for patrol in written}
        progress(start + len(batch))
    known = JointPatrol.objects.of(cluster).in_bulk(list(added_lines))
    for patrol in known.values():
        patrol.version += 1
    bulk_update_with_history(known.values(), JointPatrol, ["version"], default_user=by, default_date=now)
    add_lines([(known[pk], line) for pk, lines in added_lines.items() for line in lines], by=by, now=now)
    return keys


def _imported(data: PatrolData, cluster: Cluster, *, by: User | None, now: dt.datetime) -> JointPatrol:
    patrol = JointPatrol(cluster=cluster, recorded_by=by, recorded_at=now)
    data.apply_to(patrol)
    return patrol


def name_officers(named: Mapping[int, Sequence[Officer]]) -> None:
    """Tie officers to new lines and to the one history entry that each has (bulk writes send no signal)."""
    tie = Contingent.officers.through
    ties = [tie(contingent_id=line, officer_id=officer.pk) for line, officers in named.items() for officer in officers]
    tie._default_manager.bulk_create(ties)
    entries = dict(Contingent.history.filter(id__in=list(named)).values_list("id", "history_id"))
    history = Contingent.history.model.officers.model
    history.objects.bulk_create(
        history(history_id=entries[t.contingent_id], id=t.pk, contingent_id=t.contingent_id, officer_id=t.officer_id)
        for t in ties
    )


def lines_that_differ() -> list[int]:
    """The keys of lines whose copy of cluster and date is not their patrol's: must be empty."""
    differing = ~Q(cluster=F("patrol__cluster")) | ~Q(local_date=F("patrol__local_date"))
    return list(Contingent.objects.filter(differing).values_list("pk", flat=True))
