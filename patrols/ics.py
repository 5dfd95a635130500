"""The schedule as iCalendar (RFC 5545): when somebody is busy, and neither where nor who."""

import datetime as dt
from typing import Any

from django.db.models import OuterRef, Subquery
from django.db.models.functions import Coalesce
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from cluster.models import Cluster
from patrols.models import JointPatrol
from patrols.words import patrol_word

DAYS_BACK, DAYS_AHEAD = 60, 366
_UNKNOWN_LENGTH = dt.timedelta(hours=3)
_STATUSES = {JointPatrol.Status.SCHEDULED: "TENTATIVE", JointPatrol.Status.COMPLETED: "CONFIRMED"}


def calendar_of(cluster: Cluster, *, today: dt.date) -> bytes:
    """The busy times around today; the same bytes for the same schedule, so that a reader may keep its copy."""
    calendar = Calendar()
    calendar.add("prodid", "-//Lien Hoan//NONSGML Lich tuan tra//VI")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", _("Patrol schedule"))
    around = (today - dt.timedelta(days=DAYS_BACK), today + dt.timedelta(days=DAYS_AHEAD))
    entries = JointPatrol.history.filter(id=OuterRef("pk")).order_by("-history_date").values("history_date")
    revised_at = Coalesce(Subquery(entries[:1]), "recorded_at")
    patrols = JointPatrol.objects.of(cluster).told_once().in_period(*around).annotate(revised_at=revised_at)
    summary = _("Busy: %(word)s") % {"word": patrol_word(cluster)}
    for patrol in patrols.order_by("local_date", "pk"):
        calendar.add_component(_event(patrol, summary=capfirst(summary)))
    return calendar.to_ical()


def _event(patrol: Any, *, summary: str) -> Event:
    """A scheduled patrol is tentative, a completed one confirmed; one that was put off or cancelled frees the hours."""
    start, end = patrol.planned_start, patrol.planned_end
    if patrol.starts_at:
        start, end = patrol.starts_at, patrol.ends_at
    event = Event()
    event.add("uid", f"{patrol.client_id}@lien-hoan")
    # Without a METHOD this is when the event was last revised (RFC 5545, 3.8.7.2), not when it was read.
    event.add("dtstamp", patrol.revised_at.astimezone(dt.UTC))
    event.add("dtstart", start.astimezone(dt.UTC))
    event.add("dtend", (end or start + _UNKNOWN_LENGTH).astimezone(dt.UTC))
    event.add("summary", summary)
    event.add("sequence", patrol.version)
    event.add("status", _STATUSES.get(JointPatrol.Status(patrol.status), "CANCELLED"))
    event.add("transp", "OPAQUE" if patrol.status in _STATUSES else "TRANSPARENT")
    return event
