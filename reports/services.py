"""The verbs of a review: prepare, return, sign, countersign, amend; and of a plan. What is signed stays as it was."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import translation

from cluster.models import Cluster, Notice, Party, Posting, Seal, User
from cluster.notices import holders, settle, tell
from cluster.services import StaleVersion, claim_version, hold_seals, save_with_history, take_number
from reports.edition import Edition
from reports.freezing import canonical, sha256
from reports.models import Amendment, Countersignature, Return, Review, Section, Target, Workplan
from reports.notices import REVIEW_RETURNED
from reports.periods import Period
from reports.snapshot import figures_of, rows_behind, snapshot_of
from reports.today import differences_in_rows, rows_stated
from reports.wording import period_name, review_name

# The kind of paper that a review is: báo cáo (Nghị định 30/2020/NĐ-CP, Phụ lục III).
REPORT = "BC"


class NotADraft(Exception):
    """The review is signed: its text, its comparison and its figures stay as they are (answer 409)."""


class NotSigned(Exception):
    """Only a signed review is countersigned or amended (answer 409)."""


class OwnText(Exception):
    """Nobody signs what they have written (design.md, "Roles")."""


class AmendmentOpen(Exception):
    """One amendment at a time (answer 409)."""


@transaction.atomic
def prepare_review(*, cluster: Cluster, period: Period, by: User) -> Review:
    """The review of the period, made as a draft if there is none; of two who begin at once, one makes it."""
    comparison = period.year_before()
    # One row a period, by its constraint; the lock keeps the second from running into it.
    hold_seals(cluster.pk, alone=True)
    dates = {"date_from": period.start, "date_to": period.end}
    if review := Review.objects.filter(cluster=cluster, **dates).first():
        return review
    review = Review(cluster=cluster, compare_from=comparison.start, compare_to=comparison.end, **dates)
    save_with_history(review, by=by)
    return review


def _draft(review: Review) -> Review:
    """The review as it stands, nobody else writing it. Raises ``NotADraft``."""
    current = Review.objects.select_for_update().select_related(None).get(pk=review.pk)
    if current.is_signed:
        raise NotADraft
    return current


def _touch(review: Review, *, by: User) -> None:
    """A new version: who is about to sign has not seen what was just written."""
    review.version += 1
    save_with_history(review, by=by)


@transaction.atomic
def set_comparison(review: Review, *, version: int, comparison: Period, by: User) -> None:
    """Compare with another period. Raises ``NotADraft`` and ``StaleVersion``."""
    current = _draft(review)
    if current.version != version:
        raise StaleVersion
    current.compare_from, current.compare_to = comparison.start, comparison.end
    _touch(current, by=by)


@transaction.atomic
def write_section(
    review: Review, kind: str, *, text: str, proposal: str, version: int, by: User, now: dt.datetime
) -> None:
    """Put a text in place of what is proposed; ``version`` 0 where nobody had written it.

    What a leader returned is settled with it. Raises ``NotADraft`` and ``StaleVersion``.
    """
    current = _draft(review)
    section = current.sections.filter(kind=kind).first() or Section(review=current, kind=kind, version=0)
    if section.version != version:
        raise StaleVersion
    section.text, section.proposal, section.written_by = text, proposal, by
    section.version = version + 1
    save_with_history(section, by=by)
    _touch(current, by=by)
    settle_returns(current, by=by, now=now)


@transaction.atomic
def follow_figures(review: Review, kind: str, *, version: int, by: User) -> None:
    """Give the section back to the figures; what was written stays in its history. Raises as ``write_section``."""
    current = _draft(review)
    section = current.sections.filter(kind=kind, version=version).first()
    if section is None:
        raise StaleVersion
    section._history_user = by  # type: ignore[attr-defined]
    section.delete()
    _touch(current, by=by)


@transaction.atomic
def return_review(review: Review, *, reason: str, by: User, now: dt.datetime) -> Return:
    """Give the draft back to the coordinators, who are told in the page and by mail. Raises ``NotADraft``."""
    current = _draft(review)
    returned = Return.objects.create(review=current, reason=reason, returned_by=by, returned_at=now)
    slug = current.period.slug_in(current.cluster)
    tell(
        REVIEW_RETURNED,
        holders(Posting.objects.filter(role=Posting.Role.COORDINATOR, cluster=current.cluster_id), but=by),
        cluster=current.cluster,
        event=_event(returned),
        address=reverse("reports:review_write", args=[current.cluster.slug, slug]),
        params={"period": _period_in_vietnamese(current), "leader": str(by), "reason": reason},
        now=now,
    )
    return returned


def _event(returned: Return) -> str:
    return f"return {returned.pk}"


def _period_in_vietnamese(review: Review) -> str:
    with translation.override("vi"):
        return period_name(review.period, review.cluster)


def settle_returns(review: Review, *, by: User, now: dt.datetime) -> int:
    """What was asked for is done; of two who say so the first is named. Returns how many were open."""
    waiting = review.returns.filter(settled_at=None)
    notices = Notice.objects.filter(kind=REVIEW_RETURNED.key, event__in=[_event(returned) for returned in waiting])
    settle(notices, now=now)
    return waiting.update(settled_by=by, settled_at=now)


def wrote_of(review: Review, user: User) -> bool:
    """Whether the user has written any of its text, what was changed again since included."""
    return Section.history.filter(review_id=review.pk, history_user=user).exists()


@dataclass(frozen=True, kw_only=True)
class Signature:
    """Who signs for which party, in which capacity, and what the paper bears; without a number it takes the next."""

    party: Party
    capacity: str
    name: str
    issued_on: dt.date
    place: str
    number: int | None = None


def digest_of(edition: Edition) -> str:
    """What a leader has in front: signing takes it back, so that nothing else is signed."""
    with translation.override("vi"):
        return sha256(canonical([figures_of(edition.today), edition.texts_as_they_stand()]))


@transaction.atomic
def sign_review(review: Review, *, seen: str, signature: Signature, by: User, now: dt.datetime) -> Review:
    """Freeze all figures, the rows behind them and the text, and seal the period (security.md 10).

    The snapshot and the seal are of one moment: nobody edits a row in between. Raises ``NotADraft``, ``OwnText``,
    ``StaleVersion`` where the review says something else than what was ``seen``, and ``NumberTaken``.
    """
    hold_seals(review.cluster_id, alone=True)
    current = _draft(review)
    if wrote_of(current, by):
        raise OwnText
    edition = Edition.of(current)
    if digest_of(edition) != seen:
        raise StaleVersion
    current.number = take_number(
        cluster=review.cluster,
        kind=REPORT,
        year=signature.issued_on.year,
        abstract=_abstract(current),
        by=by,
        now=now,
        number=signature.number,
    )
    current.issued_on, current.place = signature.issued_on, signature.place
    current.signed_by, current.signed_for, current.signed_at = by, signature.party, now
    current.signed_as, current.signed_name = signature.capacity, signature.name
    content = snapshot_of(
        current.cluster, current.period, current.comparison, sections=edition.texts_as_they_stand(), now=now
    )
    current.snapshot = canonical(content)
    current.snapshot_hash = sha256(current.snapshot)
    current.state = Review.State.SIGNED
    _touch(current, by=by)
    settle_returns(current, by=by, now=now)
    Seal.objects.create(
        cluster_id=current.cluster_id, date_from=current.date_from, date_to=current.date_to, signed_at=now
    )
    return current


def _abstract(review: Review) -> str:
    """In Vietnamese, as the register of papers is."""
    with translation.override("vi"):
        return review_name(review.period, review.cluster)


@transaction.atomic
def countersign(
    review: Review, *, party: Party, capacity: str, name: str, by: User, now: dt.datetime
) -> Countersignature:
    """Sign below the first, for another party, once. Raises ``NotSigned``, ``OwnText`` and ``IntegrityError``."""
    current = _signed(review)
    if wrote_of(current, by):
        raise OwnText
    return Countersignature.objects.create(
        review=current, party=party, signed_by=by, signed_as=capacity, signed_name=name, signed_at=now
    )


def may_countersign(edition: Edition, parties: Sequence[Party]) -> Party | None:
    """The first of the parties that has not signed yet."""
    if edition.review is None or not edition.is_signed:
        return None
    signed = {edition.review.signed_for_id, *(signature.party_id for signature in edition.signatures)}
    return next((party for party in parties if party.pk not in signed), None)


def _signed(review: Review) -> Review:
    current = Review.objects.select_for_update().select_related(None).get(pk=review.pk)
    if not current.is_signed:
        raise NotSigned
    return current


def _seal_of(review: Review) -> Seal:
    return Seal.objects.get(cluster=review.cluster_id, date_from=review.date_from, date_to=review.date_to)


@transaction.atomic
def open_amendment(review: Review, *, reason: str, by: User, now: dt.datetime) -> Amendment:
    """Let the rows of the period be corrected until it is closed. Raises ``NotSigned`` and ``AmendmentOpen``."""
    hold_seals(review.cluster_id, alone=True)
    current = _signed(review)
    if current.amendments.filter(closed_at=None).exists():
        raise AmendmentOpen
    number = Amendment.next_number(current)
    amendment = Amendment.objects.create(review=current, number=number, reason=reason, opened_by=by, opened_at=now)
    Seal.objects.filter(pk=_seal_of(current).pk).update(is_open=True)
    return amendment


@transaction.atomic
def close_amendment(amendment: Amendment, *, by: User, now: dt.datetime) -> Amendment:
    """Keep what every figure and row said before and says now, and seal the period again. Raises ``StaleVersion``.

    Its hash covers the one before it, of the snapshot or of the last amendment: a chain that no link leaves unseen.
    """
    hold_seals(amendment.review.cluster_id, alone=True)
    review = _signed(amendment.review)
    current = review.amendments.select_for_update().filter(pk=amendment.pk, closed_at=None).first()
    if current is None:
        raise StaleVersion
    edition = Edition.of(review)
    earlier = [one for one in edition.amendments if not one.is_open]
    stated = earlier[-1].figures_after if earlier else edition.said["figures"]
    with translation.override("vi"):
        today = figures_of(edition.today)
    rows = differences_in_rows(rows_stated(edition.said, earlier), rows_behind(edition.today))
    content = {
        "follows": earlier[-1].changes_hash if earlier else review.snapshot_hash,
        "number": current.number,
        "reason": current.reason,
        "opened_at": current.opened_at.isoformat(),
        "closed_at": now.isoformat(),
        "figures": {key: {"before": stated.get(key), "after": figure} for key, figure in today.items()},
        "rows": rows,
    }
    current.closed_by, current.closed_at = by, now
    current.changes = canonical(content)
    current.changes_hash = sha256(current.changes)
    current.save()
    Seal.objects.filter(pk=_seal_of(review).pk).update(is_open=False)
    return current


@transaction.atomic
def set_targets(workplan: Workplan, targets: Iterable[Target], *, version: int, by: User) -> None:
    """Replace the targets of a plan by these, unsaved so far; one that is set already keeps its row and history.

    The plan's version covers its targets. Raises ``StaleVersion``; two targets of one figure and scope are an
    ``IntegrityError``.
    """
    claim_version(workplan, version=version)
    save_with_history(workplan, by=by)
    there = {target.scope: target for target in workplan.targets.all()}
    for target in targets:
        stored = there.pop(target.scope, None)
        if stored is None:
            target.workplan = workplan
            save_with_history(target, by=by)
        elif stored.amount != target.amount:
            stored.amount = target.amount
            save_with_history(stored, by=by)
    for gone in there.values():
        gone._history_user = by  # type: ignore[attr-defined]
        gone.delete()
