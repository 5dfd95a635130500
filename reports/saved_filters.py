"""Lists as somebody narrowed them: which addresses may be kept, and what of them."""

from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from django.db.models import QuerySet
from django.urls import NoReverseMatch, Resolver404, resolve, reverse

from cluster.access import Rights
from cluster.models import Cluster, SavedFilter
from reports.registers import REGISTERS

# Only these are kept: none of them changes anything, whoever opens it.
LISTS = frozenset(
    {
        *("reports:search", "patrols:patrol_list", "incidents:incident_list", "incidents:award_list"),
        *("incidents:declared_list", "reports:conference_list", "reports:recommendation_list", "reports:task_list"),
        *(f"{register.noun}_list" for register in REGISTERS),
    }
)
# Says where in the list somebody stood, not what it was narrowed to.
_OF_THE_MOMENT = ("page",)
_LONGEST = 1000


def kept_of(path: str, cluster: Cluster) -> tuple[str, str] | None:
    """The name of the list and its filters, of an address of the cluster's own; None if it is no such list."""
    try:
        parts = urlsplit(path)
        match = resolve(parts.path)
    except (ValueError, Resolver404):
        return None
    is_ours = not parts.scheme and not parts.netloc and match.kwargs.get("slug") == cluster.slug
    pairs = parse_qsl(parts.query, max_num_fields=100) if parts.query.count("&") < 100 else []
    query = urlencode([(name, value) for name, value in pairs if name not in _OF_THE_MOMENT])
    if not is_ours or match.view_name not in LISTS or not 0 < len(query) <= _LONGEST:
        return None
    return match.view_name, query


def address_of(saved: SavedFilter) -> str:
    """Where it leads today; the front page, should its list no longer be there."""
    if saved.view not in LISTS:
        return "/"
    try:
        return f"{reverse(saved.view, args=[saved.cluster.slug])}?{saved.query}"
    except NoReverseMatch:
        return "/"


def seen_by(rights: Rights, **narrowed: Any) -> QuerySet[SavedFilter]:
    """The user's own in the cluster and those that are shared there, for who reads its records."""
    rows = SavedFilter.objects.seen_by(rights.user.pk, rights.cluster).select_related("cluster", "owner")
    return rows.filter(view__in=LISTS) if rights.reads_records else rows.none()
