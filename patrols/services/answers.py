"""What a unit says to its own line of a patrol, and that the author took note; none of it blocks logging or counting.

Each verb reads the line again behind a lock on its patrol, which edits and deletions hold as well, and then compares
and sets the version of the line: of two words at once one wins, and the other is told. In a period that is signed a
line may still be confirmed; any other word changes what was signed and raises ``SealedPeriod`` (security.md 10).
"""

import datetime as dt
from collections.abc import Iterable

from django.db import transaction
from django.db.models import F

from cluster.access import Rights
from cluster.models import Officer, Span
from cluster.services import StaleVersion, claim_version, hold_seals, refuse_sealed, save_with_history
from patrols.models import Contingent, JointPatrol
from patrols.services.notices import settle_answer, settle_waiting, tell_author
from patrols.services.patrol import LineData, officers_of

State = Contingent.State


class NotYourLine(Exception):
    """Each unit answers for its own line only, and the coordinator for any."""


class ReasonMissing(Exception):
    """Whoever speaks for another unit, or takes back a word, says why."""


class NothingCorrected(Exception):
    """The correction says what the line says already: that would be a confirmation."""


def may_answer(line: Contingent, rights: Rights) -> bool:
    """Whether the user speaks for the line's unit, or coordinates its cluster."""
    is_own = line.unit_id in rights.unit_ids or rights.coordinates
    return line.cluster_id == rights.cluster.pk and rights.logs and is_own


def may_acknowledge(line: Contingent, rights: Rights) -> bool:
    """Whether the patrol was recorded for a unit of the user, or for none by the coordinators."""
    author = line.patrol.recorded_unit_id
    is_author = rights.coordinates if author is None else author in rights.unit_ids
    return line.cluster_id == rights.cluster.pk and rights.logs and is_author


def confirming_needs_reason(line: Contingent, rights: Rights) -> bool:
    """A first word of the own unit goes without; a coordinator's, and one against an earlier word, does not."""
    return line.unit_id not in rights.unit_ids or line.state in Contingent.CHANGED_STATES


@transaction.atomic
def confirm_line(line: Contingent, *, version: int, rights: Rights, reason: str = "", now: dt.datetime) -> bool:
    """Say that the line is right as it stands. Returns whether that is news; a corrected line is confirmed already.

    Raises ``StaleVersion``, ``NotYourLine`` and ``ReasonMissing``.
    """
    current = _locked(line, rights=rights)
    if current.state == State.CONFIRMED and _headcount_seen(current, version) == current.headcount:
        return False
    if current.state == State.CORRECTED and current.version == version:
        return False
    if current.state == State.REFUSED:  # the line would count again
        _refuse_sealed(current)
    _claim(current, version=version)
    if not reason and confirming_needs_reason(current, rights):
        raise ReasonMissing
    current.corrected_from = None
    _decide(current, State.CONFIRMED, reason=reason, rights=rights, now=now)
    return True


@transaction.atomic
def correct_line(
    line: Contingent,
    *,
    version: int,
    rights: Rights,
    headcount: int,
    officers: Iterable[Officer] | None = None,
    new_officers: Iterable[str] = (),
    reason: str,
    now: dt.datetime,
) -> bool:
    """Put the right number in place of the one on record, and with ``officers`` the right names; returns as above.

    The patrol gets a new version as well, for its form shows what is corrected here. Raises ``NothingCorrected``, and
    as above.
    """
    current = _locked(line, rights=rights)
    named = tuple(current.officers.all() if officers is None else officers)
    data = LineData(
        unit=current.unit, force=current.force, headcount=headcount, officers=named, new_officers=tuple(new_officers)
    )
    says_the_same = current.headcount == headcount and not new_officers and set(named) == set(current.officers.all())
    if says_the_same and current.state == State.CORRECTED and current.reason == reason:
        return False
    _refuse_sealed(current)
    _claim(current, version=version)
    if not reason:
        raise ReasonMissing
    if not says_the_same:
        current.corrected_from, current.headcount = current.headcount, headcount
    elif current.state != State.CORRECTED:  # else another reason for the same correction
        raise NothingCorrected
    _decide(current, State.CORRECTED, reason=reason, rights=rights, now=now)
    if not says_the_same:
        current.officers.set(officers_of(data, by=rights.user))
        claim_version(current.patrol, version=current.patrol.version)
        save_with_history(current.patrol, by=rights.user, reason=reason)
    return True


@transaction.atomic
def refuse_line(line: Contingent, *, version: int, rights: Rights, reason: str, now: dt.datetime) -> bool:
    """Say that the unit took no part: the line leaves every count (rules 1 and 2). Returns and raises as above."""
    current = _locked(line, rights=rights)
    if current.state == State.REFUSED and current.reason == reason:
        return False
    _refuse_sealed(current)
    _claim(current, version=version)
    if not reason:
        raise ReasonMissing
    current.corrected_from = None
    _decide(current, State.REFUSED, reason=reason, rights=rights, now=now)
    return True


@transaction.atomic
def acknowledge_line(line: Contingent, *, version: int, rights: Rights, now: dt.datetime) -> bool:
    """The author's unit takes note of a correction or refusal. Returns whether there was something to note.

    It is no change of the line, so the version stays. Raises ``StaleVersion`` where the line says something newer
    than what was noted, and ``NotYourLine``.
    """
    current = _current(line)
    if not may_acknowledge(current, rights):
        raise NotYourLine
    if current.state not in Contingent.CHANGED_STATES or current.acknowledged_at:
        return False
    if current.version != version:
        raise StaleVersion
    current.acknowledged_at = now
    current._history_date = now  # type: ignore[attr-defined]
    save_with_history(current, by=rights.user)
    settle_answer(current, now=now)
    return True


def _locked(line: Contingent, *, rights: Rights) -> Contingent:
    current = _current(line)
    if not may_answer(current, rights):
        raise NotYourLine
    return current


def _current(line: Contingent) -> Contingent:
    """The line as it stands, nobody else writing it. SQLite locks nothing: there a transaction writes alone."""
    JointPatrol.objects.select_for_update().filter(pk=line.patrol_id).first()
    lines = Contingent.objects.answerable().select_related("patrol__cluster", "unit", "force")
    current = lines.filter(pk=line.pk).first()
    if current is None:
        raise StaleVersion
    return current


def _refuse_sealed(line: Contingent) -> None:
    hold_seals(line.cluster_id)
    refuse_sealed(line.cluster_id, Span.of_day(line.local_date))


def _claim(line: Contingent, *, version: int) -> None:
    rows = Contingent.objects.filter(pk=line.pk, version=version)
    if not rows.update(version=F("version") + 1):
        raise StaleVersion
    line.version = version + 1


def _headcount_seen(line: Contingent, version: int) -> int | None:
    """What the line said in that version; None if it never had it."""
    seen = line.history.filter(version=version).order_by("history_id")
    return seen.values_list("headcount", flat=True).first()


def _decide(line: Contingent, state: str, *, reason: str, rights: Rights, now: dt.datetime) -> None:
    """An author who changes the own record has nothing to take note of."""
    is_author = line.patrol.recorded_unit_id in rights.unit_ids
    line.state, line.reason = state, reason
    line.decided_by, line.decided_at = rights.user, now
    line.acknowledged_at = now if is_author and state in Contingent.CHANGED_STATES else None
    line._history_date = now  # type: ignore[attr-defined]
    save_with_history(line, by=rights.user, reason=reason)
    settle_waiting(line.patrol, now=now)
    tell_author(line, by=rights.user, now=now)
