"""Where a review stands, for its page: draft or signed, by whom, what is asked for, and what has changed since."""

from typing import Any

from django.utils.translation import pgettext

from cluster.access import Rights
from cluster.models import Party, Posting
from reports.edition import Edition
from reports.sections import sections_of
from reports.services import may_countersign
from reports.today import comparison_since, figures_since, told_by


def parties_led(rights: Rights) -> list[Party]:
    """The parties of this cluster that the user leads."""
    return [p.party for p in rights.postings if p.role == Posting.Role.LEADER and p.party]


def state_of(edition: Edition, rights: Rights) -> dict[str, Any]:
    """What the fragments of the review page read."""
    label = pgettext("review", "signed") if edition.is_signed else pgettext("review", "draft")
    led = parties_led(rights)
    return {
        "edition": edition,
        "slug": edition.period.slug_in(edition.cluster),
        "state_label": label,
        "sections": sections_of(edition),
        "since": figures_since(edition) if edition.is_signed else [],
        "comparison_since": [] if edition.is_signed else comparison_since(edition),
        "amendments": amendments_of(edition),
        "may_countersign": bool(led and may_countersign(edition, led)),
    }


def amendments_of(edition: Edition) -> list[tuple[Any, Any]]:
    """Each with the figures that it changed."""
    return [(amendment, told_by(amendment)) for amendment in edition.amendments]
