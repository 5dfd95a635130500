"""The schedule in a person's own calendar: addresses are made, shown once, and end."""

import datetime as dt
import hashlib
import secrets

from django.db import transaction
from django.db.models import Q

from cluster.access import Access, Right
from cluster.models import Cluster, User
from patrols.models import CalendarFeed

# Calendars ask several times an hour; when one asked last matters to the hour only.
_HOW_OFTEN_NOTED = dt.timedelta(hours=1)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


@transaction.atomic
def make_feed(*, cluster: Cluster, by: User, now: dt.datetime) -> str:
    """A new secret of the user for the cluster, in place of any before. Nobody can read it again."""
    # One at a time for each user, where the database can (SQLite writes one at a time anyway).
    User.objects.select_for_update().get(pk=by.pk)
    revoke_feed(cluster=cluster, by=by, now=now)
    token = secrets.token_urlsafe(32)
    CalendarFeed.objects.create(cluster=cluster, user=by, token_hash=_hash(token), created_at=now)
    return token


def revoke_feed(*, cluster: Cluster, by: User, now: dt.datetime) -> None:
    """From now on the user's address shows nothing."""
    CalendarFeed.objects.filter(cluster=cluster, user=by, revoked_at=None).update(revoked_at=now)


def opened_feed(token: str, *, now: dt.datetime) -> CalendarFeed | None:
    """The feed of this secret, if it holds and its user may still read; that it was read is noted.

    It is looked up by its hash, so how long that takes says nothing about a secret that is nearly right.
    """
    feeds = CalendarFeed.objects.filter(token_hash=_hash(token), revoked_at=None, user__is_active=True)
    feed = feeds.select_related("cluster", "user").first()
    if feed is None or not _may_read(feed):
        return None
    unnoted = Q(last_read_at=None) | Q(last_read_at__lt=now - _HOW_OFTEN_NOTED)
    CalendarFeed.objects.filter(unnoted, pk=feed.pk).update(last_read_at=now)
    return feed


def _may_read(feed: CalendarFeed) -> bool:
    access = Access(feed.user)
    return feed.cluster in access.clusters and access.rights_in(feed.cluster).may(Right.READ_RECORDS)
