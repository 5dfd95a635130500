"""What every page needs for its head: the demo banner, the user's clusters, the rights in the present one."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from cluster.access import access_of


def site(request: HttpRequest) -> dict[str, Any]:
    rights = getattr(request, "rights", None)
    return {
        "is_demo": bool(settings.DEMO_PASSWORD),
        "access": access_of(request) if hasattr(request, "user") else None,
        "rights": rights,
        "cluster": rights.cluster if rights else None,
    }
