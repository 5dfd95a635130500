"""What the pages of conferences, recommendations and key tasks have in common."""

import uuid

from django.http import HttpRequest

from cluster.access import Rights
from reports.models import Conference, Review
from reports.wording import review_name


def name_of_review(review: Review | None) -> str:
    """By its period, as everywhere."""
    return review_name(review.period, review.cluster) if review else ""


def conference_asked(request: HttpRequest, rights: Rights) -> Conference | None:
    """``?conference=<client id>``: the page of a conference leads here for what came of it; of no other cluster."""
    try:
        client_id = uuid.UUID(request.GET.get("conference", ""))
    except ValueError:
        return None
    return Conference.objects.of(rights.cluster).select_related("review").filter(client_id=client_id).first()
