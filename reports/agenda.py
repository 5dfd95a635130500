"""The calendar of everything: what stands on the days of a month, from each source that has days."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster.access import Rights
from cluster.dues import awaited_briefings
from cluster.models import Conclusion
from cluster.models.records import DatedRecord
from cluster.registers import Register
from patrols.models import Campaign, JointPatrol
from patrols.rows import Badge
from patrols.schedule import Entry, Month
from reports.models import Conference, KeyTask
from reports.registers import REGISTERS

_PLAIN = "plain"


class Item(NamedTuple):
    """One thing on one day. ``hours`` stands before its title where it has any."""

    day: dt.date
    title: str
    address: str
    badge: Badge
    hours: str = ""


@dataclass(frozen=True)
class Source:
    """``key`` names it in addresses; ``items`` gives what it has from a day to a day, in one query or two."""

    key: str
    label: str | Promise
    items: Callable[[Rights, dt.date, dt.date], Iterable[Item]]


def sources() -> list[Source]:
    """In the order of the boxes above the calendar. A term of office is no event, so such registers are left out.

    What a briefing concluded stands on its page; in the calendar it is what it asks for, on the day it asks it for.
    """
    left_out = (DatedRecord, Conclusion)
    registers = [register for register in REGISTERS if not issubclass(register.model, left_out)]
    return [
        Source("patrol", pgettext_lazy("in the calendar", "Patrols"), _patrols),
        Source("campaign", _("Campaigns"), _campaigns),
        Source("conference", _("Conferences"), _conferences),
        Source("key_task", _("Key tasks due"), _key_tasks),
        Source("briefing_due", _("Briefings due"), _briefings_due),
        Source("conclusion", _("Conclusions due"), _conclusions),
        *(Source(register.noun, register.title, _of_register(register)) for register in registers),
    ]


def items_of(rights: Rights, start: dt.date, end: dt.date, *, keys: Iterable[str] = ()) -> list[Item]:
    """What stands on these days, by day and hour; of the sources named by ``keys``, or of all."""
    chosen = set(keys)
    found = [
        item for source in sources() if not chosen or source.key in chosen for item in source.items(rights, start, end)
    ]
    return sorted(found, key=lambda item: (item.day, item.hours or "~", item.title))


class FullMonth(NamedTuple):
    """A month of a year, and of each source that has something in it how much."""

    month: Month
    counts: list[tuple[str | Promise, int]]


def months_of(rights: Rights, year: int, *, keys: Iterable[str] = ()) -> list[FullMonth]:
    """The twelve months of a year, of the sources named by ``keys`` or of all."""
    chosen, first, last = set(keys), dt.date(year, 1, 1), dt.date(year, 12, 31)
    by_source = [
        (source.label, Counter(item.day.month for item in source.items(rights, first, last)))
        for source in sources()
        if not chosen or source.key in chosen
    ]
    return [
        FullMonth(Month(first.replace(month=number)), [(label, n[number]) for label, n in by_source if n[number]])
        for number in range(1, 13)
    ]


def _patrols(rights: Rights, start: dt.date, end: dt.date) -> Iterator[Item]:
    now = timezone.now()
    patrols = JointPatrol.objects.of(rights.cluster).told_once().in_period(start, end).select_related("cluster")
    for patrol in patrols:
        entry = Entry(patrol, now)
        hour = f"{timezone.localtime(entry.start):%H:%M}" if entry.start else ""
        yield Item(entry.day, patrol.route, patrol.get_absolute_url(), entry.badge, hour)


def _campaigns(rights: Rights, start: dt.date, end: dt.date) -> Iterator[Item]:
    """A campaign stands on its first and on its last day."""
    running = Campaign.objects.filter(cluster=rights.cluster, date_from__lte=end, date_to__gte=start)
    for campaign in running:
        address = reverse("reports:campaign_result", args=[rights.cluster.slug, campaign.pk])
        for day, word in (
            (campaign.date_from, pgettext_lazy("a campaign", "begins")),
            (campaign.date_to, pgettext_lazy("a campaign", "ends")),
        ):
            if start <= day <= end:
                yield Item(day, campaign.name, address, Badge(_PLAIN, word))


def _conferences(rights: Rights, start: dt.date, end: dt.date) -> Iterator[Item]:
    held = Conference.objects.of(rights.cluster).filter(held_on__range=(start, end)).select_related("cluster")
    for conference in held:
        hours = f"{conference.starts_at:%H:%M}" if conference.starts_at else ""
        badge = Badge(_PLAIN, Conference.Kind(conference.kind).label)
        yield Item(conference.held_on, conference.name, conference.get_absolute_url(), badge, hours)


def _key_tasks(rights: Rights, start: dt.date, end: dt.date) -> Iterator[Item]:
    tasks = KeyTask.objects.of(rights.cluster).due_within(start, end)
    for task in tasks.select_related("cluster"):
        badge = Badge(_PLAIN, KeyTask.Assessment(task.assessment).label) if task.is_assessed else _due(task.is_overdue)
        yield Item(task.deadline, str(task), task.get_absolute_url(), badge)


def _briefings_due(rights: Rights, start: dt.date, end: dt.date) -> Iterator[Item]:
    """What a pattern asks for and nobody has planned yet; what is planned stands there by itself."""
    for due in awaited_briefings(rights.cluster):
        if due.briefing is None and start <= due.due_on <= end:
            # The form of a briefing is the coordinator's.
            address = due.address if rights.coordinates else reverse("briefing_list", args=[rights.cluster.slug])
            yield Item(due.due_on, str(due), address, _due(due.is_overdue(timezone.localdate())))


def _conclusions(rights: Rights, start: dt.date, end: dt.date) -> Iterator[Item]:
    rows = Conclusion.objects.of(rights.cluster).filter(due_on__range=(start, end)).select_related("cluster")
    for row in rows:
        is_open = row.state == Conclusion.State.OPEN
        badge = _due(row.is_overdue) if is_open else Badge(_PLAIN, Conclusion.State(row.state).label)
        if row.due_on:
            yield Item(row.due_on, str(row), row.get_absolute_url(), badge)


def _due(is_overdue: bool) -> Badge:  # noqa: FBT001  a question's answer
    return Badge("warn", _("overdue")) if is_overdue else Badge("wait", _("due"))


def _of_register(register: Register) -> Callable[[Rights, dt.date, dt.date], Iterator[Item]]:
    def items(rights: Rights, start: dt.date, end: dt.date) -> Iterator[Item]:
        for record in register.rows(rights).in_period(start, end):
            # The calendar says the day already.
            title = str(record).removeprefix(f"{record.day:%d/%m/%Y} · ")
            yield Item(record.day, title, record.get_absolute_url(), Badge(_PLAIN, register.title))

    return items
