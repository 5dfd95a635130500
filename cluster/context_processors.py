"""What every page needs for its head: the demo banner, the user's clusters, the rights in the present one."""

from functools import partial
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from cluster.access import Rights, access_of
from cluster.models import Notice
from cluster.queue import device_id


def site(request: HttpRequest) -> dict[str, Any]:
    rights = SimpleLazyObject(lambda: _present_rights(request))
    return {
        "is_demo": bool(settings.DEMO_PASSWORD),
        "device_user": _device_user(request),
        # A phone keeps the forms for times without a signal; bars, menus and news are of the moment.
        "is_content_only": request.headers.get("X-Content-Only") == "1",
        "access": access_of(request) if hasattr(request, "user") else None,
        "rights": rights,
        # Asked where the bar is shown, and only there.
        "unread_notices": partial(_unread_notices, request),
        "cluster": SimpleLazyObject(lambda: rights.cluster if rights else None),
    }


def _unread_notices(request: HttpRequest) -> int:
    clusters = access_of(request).record_cluster_ids
    return Notice.objects.of(request.user.pk or 0, clusters).unread().count() if clusters else 0


def _device_user(request: HttpRequest) -> str:
    """By which the queue of a phone knows whose entries it may send from this page."""
    user = getattr(request, "user", None)
    return device_id(user) if user and user.is_authenticated else ""


def _present_rights(request: HttpRequest) -> Rights | None:
    """The rights in the cluster of the page; off its pages, in the user's only one: its menu is always at hand."""
    if hasattr(request, "rights"):
        return request.rights
    clusters = access_of(request).clusters if hasattr(request, "user") else []
    return access_of(request).rights_in(clusters[0]) if len(clusters) == 1 else None
