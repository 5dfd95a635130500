"""Two records of one real patrol: linked, parted, joined while logging. Every one of it can be taken back."""

import datetime as dt
import uuid
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from cluster.access import Rights
from cluster.models import PoliceUnit, User
from cluster.services import Receipt, claim_version, create_all, save_with_history
from patrols.models import Contingent, JointPatrol, NotTwins, TwinLink
from patrols.services.notices import settle_waiting, tell_author_of_all
from patrols.services.patrol import LineData, add_lines, name_officers, officers_of

State = Contingent.State


class NotLinkable(Exception):
    """The two cannot be linked as asked; the message says why, to the coordinator."""


@transaction.atomic
def link_twins(
    *,
    kept: JointPatrol,
    absorbed: JointPatrol,
    kept_version: int,
    absorbed_version: int,
    reason: str = "",
    by: User,
    now: dt.datetime,
) -> TwinLink:
    """Say that both are one real patrol: ``kept`` counts from now on, with the lines that only ``absorbed`` had.

    Both get a new version, for an edit in an open form must not undo it. Raises ``StaleVersion``, ``NotLinkable``
    and, where one of them is in a signed period, ``SealedPeriod``.
    """
    # In the order of their keys, so that two who link the same records the other way round do not wait in a circle.
    for patrol, version in sorted(((kept, kept_version), (absorbed, absorbed_version)), key=lambda one: one[0].pk):
        claim_version(patrol, version=version)
        patrol.refresh_from_db()
    _refuse_unless_linkable(kept, absorbed)
    for patrol in (kept, absorbed):
        save_with_history(patrol, by=by, reason=reason)
    NotTwins.objects.filter(_pair(kept, absorbed)).delete()
    link = TwinLink(cluster=kept.cluster, kept=kept, absorbed=absorbed, reason=reason, linked_by=by, linked_at=now)
    save_with_history(link, by=by, reason=reason)
    link.added_lines.set(_copy_lines(kept, absorbed, by=by, now=now))
    return link


def _refuse_unless_linkable(kept: JointPatrol, absorbed: JointPatrol) -> None:
    if kept.pk == absorbed.pk or kept.cluster_id != absorbed.cluster_id:
        raise NotLinkable(_("Only two records of one cluster can be linked."))
    if any(patrol.is_deleted or patrol.status != JointPatrol.Status.COMPLETED for patrol in (kept, absorbed)):
        raise NotLinkable(_("Only patrols that are completed can be linked."))
    links = TwinLink.objects.filter(Q(absorbed__in=(kept, absorbed)) | Q(kept=absorbed))
    if (link := links.select_related("kept", "absorbed").first()) is None:
        return
    if link.kept_id == absorbed.pk:
        message = _("%(patrol)s has itself been joined with another record: let that one count, or unlink it first.")
        raise NotLinkable(message % {"patrol": absorbed})
    message = _("%(patrol)s no longer counts, for it is linked with another record: unlink it first.")
    raise NotLinkable(message % {"patrol": link.absorbed})


def _copy_lines(kept: JointPatrol, absorbed: JointPatrol, *, by: User, now: dt.datetime) -> list[Contingent]:
    """The lines of the units and forces that the kept record lacks, with their state and their names.

    A refused line stays where it is: its unit said that it took no part.
    """
    known = set(kept.contingents.values_list("unit", "force"))
    lines = absorbed.contingents.exclude(state=State.REFUSED).prefetch_related("officers")
    missing = [line for line in lines if (line.unit_id, line.force_id) not in known]
    copies = [
        Contingent(
            patrol=kept,
            cluster_id=kept.cluster_id,
            local_date=kept.local_date,
            unit_id=line.unit_id,
            force_id=line.force_id,
            headcount=line.headcount,
            state=line.state,
            decided_by_id=line.decided_by_id,
            decided_at=line.decided_at,
            reason=line.reason,
            corrected_from=line.corrected_from,
            acknowledged_at=line.acknowledged_at,
        )
        for line in missing
    ]
    create_all(Contingent, copies, by=by, now=now)
    named = {copy.pk: list(line.officers.all()) for copy, line in zip(copies, missing, strict=True)}
    name_officers({key: officers for key, officers in named.items() if officers})
    return copies


@transaction.atomic
def unlink_twins(link: TwinLink, *, reason: str = "", by: User) -> list[Contingent]:
    """Let both count again. The lines that linking added go, but for those that somebody has changed since.

    Returns these. Raises ``StaleVersion`` where somebody edits one of the two at this moment, and ``SealedPeriod``.
    """
    patrols = JointPatrol.objects.select_for_update().in_bulk([link.kept_id, link.absorbed_id])
    for _key, patrol in sorted(patrols.items()):
        claim_version(patrol, version=patrol.version)
        save_with_history(patrol, by=by, reason=reason)
    # Every change of a line raises its version, and a copy starts at 1.
    added = list(link.added_lines.select_for_update().select_related("unit", "force"))
    for line in added:
        if line.version == 1:
            line._history_user = by  # type: ignore[attr-defined]
            line._change_reason = reason or None  # type: ignore[attr-defined]
            line.delete()
    link._history_user = by  # type: ignore[attr-defined]
    link._change_reason = reason or None  # type: ignore[attr-defined]
    link.delete()
    return [line for line in added if line.version != 1]


@dataclass(frozen=True)
class Joined:
    """The record that was joined, and the units of the form that it does not name: their lines are not ours to add."""

    patrol: JointPatrol
    unnamed: list[PoliceUnit]


@transaction.atomic
def join_patrol(
    patrol: JointPatrol,
    *,
    client_id: uuid.UUID,
    lines: Sequence[LineData],
    rights: Rights,
    now: dt.datetime,
    receipt: Receipt = lambda: None,
) -> Joined:
    """Put the lines of the own units into the record of the other side, where an author says "the same patrol".

    A line that is missing is added; one that waits, or was refused, gets the word of its unit; one that the unit has
    confirmed stays, so that a second copy of the form changes nothing. Nobody else's line is touched. An absorbed
    record sends on to the one that counts. A period that is signed takes new lines and confirmations; another number
    than the one on record is a correction. Raises ``NotLinkable`` and ``SealedPeriod``.
    """
    if (link := TwinLink.objects.filter(absorbed=patrol).first()) is not None:
        patrol = link.kept
    patrol = JointPatrol.objects.select_for_update().select_related("cluster").get(pk=patrol.pk)
    _refuse_unless_joinable(patrol, client_id=client_id, rights=rights)
    own = [line for line in lines if line.unit.pk in rights.unit_ids]
    if not own:
        raise NotLinkable(_("None of the lines is of your own unit: there is nothing to add."))
    known = {(line.unit_id, line.force_id): line for line in patrol.contingents.all()}
    missing = [line for line in own if line.key not in known]
    open_lines = [
        line for line in own if line.key in known and known[line.key].state not in Contingent.CONFIRMED_STATES
    ]
    if missing or open_lines:
        corrects = any(_corrects(known[line.key], line) for line in open_lines)
        claim_version(patrol, version=patrol.version, adds=not corrects)
        save_with_history(patrol, by=rights.user)
    add_lines([(patrol, line) for line in missing], by=rights.user, own_units=rights.unit_ids, now=now)
    for line in open_lines:
        _speak_for(known[line.key], line, rights=rights, now=now)
    settle_waiting(patrol, now=now)
    tell_author_of_all(patrol, since=now, by=rights.user, now=now)
    receipt()
    named = {unit for unit, _force in known} | rights.unit_ids
    return Joined(patrol, list({line.unit.pk: line.unit for line in lines if line.unit.pk not in named}.values()))


def _refuse_unless_joinable(patrol: JointPatrol, *, client_id: uuid.UUID, rights: Rights) -> None:
    if patrol.cluster_id != rights.cluster.pk or patrol.is_deleted:
        raise NotLinkable(_("This record is no longer there."))
    if patrol.status != JointPatrol.Status.COMPLETED:
        raise NotLinkable(_("This patrol is not completed yet: record its result there instead."))
    if JointPatrol.objects.filter(client_id=client_id).exists():
        raise NotLinkable(_("This form was saved as a record of its own before: the coordinator can link the two."))


def _corrects(line: Contingent, data: LineData) -> bool:
    return line.headcount != data.headcount or line.state == State.REFUSED


def _speak_for(line: Contingent, data: LineData, *, rights: Rights, now: dt.datetime) -> None:
    """The unit confirms the number that the other side wrote down, or corrects it."""
    before, line.headcount = line.headcount, data.headcount
    is_corrected = before != data.headcount
    line.state = State.CORRECTED if is_corrected else State.CONFIRMED
    line.corrected_from = before if is_corrected else None
    line.reason = _("By the unit's own record of this patrol.") if is_corrected else ""
    line.decided_by, line.decided_at, line.acknowledged_at = rights.user, now, None
    line.version += 1
    save_with_history(line, by=rights.user, reason=line.reason)
    if data.officers or data.new_officers:
        line.officers.set(officers_of(data, by=rights.user))


def not_twins(one: JointPatrol, other: JointPatrol, *, by: User, now: dt.datetime) -> NotTwins:
    """Say that the two are two patrols; said twice, it is said once. Raises ``NotLinkable`` for linked ones."""
    if one.pk == other.pk or one.cluster_id != other.cluster_id:
        raise NotLinkable(_("Only two records of one cluster can be told apart."))
    if TwinLink.objects.filter(Q(kept=one, absorbed=other) | Q(kept=other, absorbed=one)).exists():
        raise NotLinkable(_("These two are linked: unlink them first."))
    first, second = sorted((one, other), key=lambda patrol: patrol.pk)
    said = {"decided_by": by, "decided_at": now}
    return NotTwins.objects.get_or_create(first=first, second=second, defaults=said)[0]


def tell_apart(patrol: JointPatrol, client_ids: Iterable[uuid.UUID], *, by: User, now: dt.datetime) -> None:
    """Keep what the author said to the questions of the form: these records are of other patrols."""
    others = JointPatrol.objects.filter(cluster=patrol.cluster_id, client_id__in=list(client_ids), twin_link=None)
    for other in others.exclude(pk=patrol.pk):
        not_twins(patrol, other, by=by, now=now)


def take_back_not_twins(decision: NotTwins) -> None:
    """Let the two be suspected again."""
    decision.delete()


def _pair(one: JointPatrol, other: JointPatrol) -> Q:
    first, second = sorted((one.pk, other.pk))
    return Q(first=first, second=second)
