"""Busy times as iCalendar (RFC 5545): when somebody is wanted, and neither where nor who."""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.db.models import OuterRef, Subquery
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from cluster.models import Cluster
from patrols.models import JointPatrol
from patrols.words import patrol_word

UNKNOWN_LENGTH = dt.timedelta(hours=3)
TENTATIVE, CONFIRMED, CANCELLED = "TENTATIVE", "CONFIRMED", "CANCELLED"
_DAYS_BACK, _DAYS_AHEAD = dt.timedelta(days=60), dt.timedelta(days=366)
_STATUSES = {JointPatrol.Status.SCHEDULED: TENTATIVE, JointPatrol.Status.COMPLETED: CONFIRMED}


class Days(NamedTuple):
    """Both included."""

    first: dt.date
    last: dt.date


def days_around(today: dt.date) -> Days:
    """What a feed holds."""
    return Days(today - _DAYS_BACK, today + _DAYS_AHEAD)


def calendar(events: Iterable[Event], *, name: str) -> bytes:
    """The same bytes for the same events, so that a reader may keep its copy."""
    found = Calendar()
    found.add("prodid", "-//Lien Hoan//NONSGML Lich cum lien hoan//VI")
    found.add("version", "2.0")
    found.add("x-wr-calname", name)
    for one in events:
        found.add_component(one)
    return found.to_ical()


def last_revision(model: Any) -> Subquery:
    """When each row was last written, as its history has it."""
    entries = model.history.filter(id=OuterRef("pk")).order_by("-history_date", "-history_id")
    return Subquery(entries.values("history_date")[:1])


def event(
    record: Any, *, uid: str, version: int, start: dt.date, end: dt.date, summary: str, status: str = CONFIRMED
) -> Event:
    """Of a record with its ``last_revision`` as ``revised_at``; from moment to moment, or from day to day.

    A day is no time in which somebody is busy, and what was cancelled frees its hours.
    """
    has_hours = isinstance(start, dt.datetime)
    # Without a METHOD this is when the event was last revised (RFC 5545, 3.8.7.2), not when it was read.
    revised_at = record.revised_at or getattr(record, "recorded_at", _NEVER)
    found = Event()
    found.add("uid", f"{uid}@lien-hoan")
    found.add("dtstamp", revised_at.astimezone(dt.UTC))
    found.add("dtstart", _written(start))
    # The last day of what lasts for days is not in it any more (3.6.1).
    found.add("dtend", _written(end if has_hours else end + dt.timedelta(days=1)))
    found.add("summary", capfirst(summary))
    found.add("sequence", version)
    found.add("status", status)
    found.add("transp", "OPAQUE" if has_hours and status != CANCELLED else "TRANSPARENT")
    return found


_NEVER = dt.datetime(2000, 1, 1, tzinfo=dt.UTC)


def _written(when: dt.date) -> dt.date:
    return when.astimezone(dt.UTC) if isinstance(when, dt.datetime) else when


def patrol_events(cluster: Cluster, days: Days) -> Iterator[Event]:
    """A scheduled patrol is tentative, a completed one confirmed; one that was put off or cancelled frees the hours."""
    summary = _("Busy: %(word)s") % {"word": patrol_word(cluster)}
    patrols: Any = JointPatrol.objects.of(cluster).told_once().in_period(days.first, days.last)
    for patrol in patrols.annotate(revised_at=last_revision(JointPatrol)).order_by("local_date", "pk"):
        start, end = patrol.planned_start, patrol.planned_end
        if patrol.starts_at:
            start, end = patrol.starts_at, patrol.ends_at
        yield event(
            patrol,
            uid=str(patrol.client_id),
            version=patrol.version,
            start=start,
            end=end or start + UNKNOWN_LENGTH,
            summary=summary,
            status=_STATUSES.get(JointPatrol.Status(patrol.status), CANCELLED),
        )
