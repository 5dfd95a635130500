"""What the sample accounts find on their desks: news since an earlier visit, and a filter that they share."""

import datetime as dt

from django.utils import timezone

from cluster.models import Cluster, SavedFilter, Visit
from reports.sample.accounts import Accounts

_AWAY = dt.timedelta(days=20)
_SHARED = ("Vụ việc tìm thấy trên ca tuần tra", "incidents:incident_list", "found=yes")


def load_desks(accounts: Accounts, clusters: dict[str, Cluster]) -> None:
    """Only for clusters that nobody of the sample has looked into yet: later visits and filters are the users' own."""
    now = timezone.now()
    for cluster in clusters.values():
        if Visit.objects.filter(cluster=cluster).exists():
            continue
        Visit.objects.bulk_create(
            Visit(user=user, cluster=cluster, last_at=now - _AWAY) for user in accounts.values() if user.is_active
        )
        if owner := accounts.get("coordinator"):
            name, view, query = _SHARED
            SavedFilter.objects.get_or_create(
                cluster=cluster, owner=owner, name=name, defaults={"view": view, "query": query, "is_shared": True}
            )
