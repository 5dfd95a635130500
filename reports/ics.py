"""The calendar of everything as iCalendar: patrols, briefings, conferences and campaigns, and what is due.

Of each the feed says the kind and the time: whoever has its address reads it without signing in.
"""

import datetime as dt
from collections.abc import Callable, Iterator
from typing import Any

from django.db.models import Count, OuterRef, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Event

from cluster.models import Briefing, Cluster, Conclusion
from patrols.ics import (
    CANCELLED,
    CONFIRMED,
    TENTATIVE,
    UNKNOWN_LENGTH,
    Days,
    calendar,
    days_around,
    event,
    last_revision,
    patrol_events,
)
from patrols.models import Campaign
from reports.models import Conference, KeyTask


def calendar_of(cluster: Cluster, *, today: dt.date) -> bytes:
    """What stands around today, in one query a kind."""
    days = days_around(today)
    events = (found for events_of in _SOURCES for found in events_of(cluster, days))
    return calendar(events, name=_("Calendar of the cluster"))


def _briefings(cluster: Cluster, days: Days) -> Iterator[Event]:
    for briefing in _revised(Briefing, Briefing.objects.of(cluster).in_period(days.first, days.last)):
        status = CANCELLED if briefing.called_off else CONFIRMED if briefing.held_on else TENTATIVE
        yield _meeting(briefing, day=briefing.local_date, summary=briefing.title, status=status)


def _conferences(cluster: Cluster, days: Days) -> Iterator[Event]:
    for conference in _revised(Conference, Conference.objects.of(cluster).filter(held_on__range=days)):
        yield _meeting(conference, day=conference.held_on, summary=conference.get_kind_display())


def _meeting(record: Any, *, day: dt.date, summary: str, **rest: Any) -> Event:
    """By the hour where it has one, else on its day."""
    start, end = day, day
    if record.starts_at:
        zone = timezone.get_default_timezone()
        start = dt.datetime.combine(day, record.starts_at, zone)
        end = dt.datetime.combine(day, record.ends_at, zone) if record.ends_at else start + UNKNOWN_LENGTH
    uid, version = str(record.client_id), record.version
    return event(record, uid=uid, version=version, start=start, end=end, summary=summary, **rest)


def _campaigns(cluster: Cluster, days: Days) -> Iterator[Event]:
    """A campaign bears neither client id nor version; its history counts its versions."""
    entries = Campaign.history.filter(id=OuterRef("pk")).order_by().values("id")
    campaigns = Campaign.objects.filter(cluster=cluster).in_period(days.first, days.last)
    campaigns = campaigns.annotate(version=Subquery(entries.annotate(n=Count("history_id")).values("n")))
    for campaign in _revised(Campaign, campaigns):
        yield event(
            campaign,
            uid=f"campaign-{campaign.pk}",
            version=campaign.version or 0,
            start=campaign.date_from,
            end=campaign.date_to,
            summary=campaign.get_kind_display(),
        )


def _tasks_due(cluster: Cluster, days: Days) -> Iterator[Event]:
    tasks = KeyTask.objects.of(cluster).unassessed().due_within(days.first, days.last)
    return _dues(_revised(KeyTask, tasks), lambda task: task.deadline, summary=_("Due: key task"))


def _conclusions_due(cluster: Cluster, days: Days) -> Iterator[Event]:
    rows = Conclusion.objects.of(cluster).unsettled().filter(due_on__range=days)
    return _dues(_revised(Conclusion, rows), lambda row: row.due_on, summary=_("Due: conclusion of a briefing"))


def _dues(rows: Any, day_of: Callable[[Any], dt.date], *, summary: str) -> Iterator[Event]:
    for row in rows:
        day, uid = day_of(row), str(row.client_id)
        yield event(row, uid=uid, version=row.version, start=day, end=day, summary=summary)


def _revised(model: Any, rows: Any) -> Any:
    return rows.annotate(revised_at=last_revision(model)).order_by("pk")


_SOURCES = (patrol_events, _briefings, _conferences, _campaigns, _tasks_due, _conclusions_due)
