"""What the papers of a review are made of: its edition, and what was written below it since it was signed."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone

from reports.edition import Edition
from reports.models import Amendment, Countersignature


@dataclass(frozen=True)
class Material:
    """``amendments`` are the closed ones; of a draft there are neither amendments nor countersignatures."""

    edition: Edition
    amendments: tuple[Amendment, ...] = ()
    countersignatures: tuple[Countersignature, ...] = ()


def material_of(edition: Edition, *, as_signed: bool = False) -> Material:
    """In Vietnamese; ``as_signed`` leaves out what was written below since.

    Ask within ``translation.override("vi")``: an edition keeps what it has said, in whatever language that was.
    """
    fresh = Edition(edition.cluster, edition.period, edition.comparison, tells_draft=edition.tells_draft)
    review = fresh.review if fresh.is_signed else None
    if review is None or as_signed:
        return Material(fresh)
    return Material(
        fresh,
        tuple(one for one in fresh.amendments if one.closed_at),
        tuple(review.countersignatures.select_related("party")),
    )


def wall_clock(as_of: dt.date) -> dt.datetime:
    """The local time of a moment; of a day, as the figures of a draft are dated, its beginning."""
    if isinstance(as_of, dt.datetime):
        return timezone.localtime(as_of)
    return timezone.make_aware(dt.datetime.combine(as_of, dt.time()))
