"""All that may wait for a user in a cluster, in the order in which the home page shows it.

Lines, plans and months without a word are not here: they stand on the page with buttons of their own (desk.py).
"""

import datetime as dt
from typing import Any

from django.db.models import Q
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster.access import Rights
from cluster.dues import overdue_briefings
from cluster.models import Conclusion, InformationExchange
from cluster.waiting import NAMED, Item, Provider, Waiting
from patrols.likeness import suspected_pairs
from reports.models import KeyTask, Recommendation, Return, Review, Section
from reports.periods import current_year
from reports.wording import period_name

# An exchange that nobody has answered for longer is no longer waited for.
_ANSWERED_WITHIN = dt.timedelta(days=90)
# What has a last day is shown from so many days before it.
_AHEAD = dt.timedelta(days=14)
# A key task is told of this long before its day.
_DUE_WITHIN = dt.timedelta(days=30)


def unanswered_exchanges(rights: Rights, today: dt.date) -> Waiting | None:
    """What other units told the user's, without a word in return."""
    if not rights.unit_ids:
        return None
    rows = (
        InformationExchange.objects.of(rights.cluster)
        .unanswered()
        .filter(to_unit__in=rights.unit_ids, exchanged_on__gte=today - _ANSWERED_WITHIN)
    )
    named = [
        Item(f"{row.from_unit} → {row.to_unit}", row.get_absolute_url(), f"{row.exchanged_on:%d/%m/%Y}")
        for row in rows.select_related("cluster", "from_unit", "to_unit").order_by("exchanged_on", "pk")
    ]
    address = reverse("exchange_list", args=[rights.cluster.slug], query={"state": "waiting"})
    return _of(named, gettext_lazy("Exchanges of information without an answer"), address)


def twins(rights: Rights, today: dt.date) -> Waiting | None:
    """Pairs of this year's records that look like one patrol, for the coordinator."""
    if not rights.coordinates:
        return None
    year = current_year(rights.cluster, today=today)
    count = len(suspected_pairs(rights.cluster, year.start, year.end))
    address = reverse("patrols:twin_list", args=[rights.cluster.slug])
    return Waiting(_("Pairs of records that look like one patrol"), count, address) if count else None


def tasks_due(rights: Rights, today: dt.date) -> Waiting | None:
    """Key tasks that nobody assessed, due or nearly so, for those who answer for the year."""
    if not _answers_for_the_year(rights):
        return None
    due = KeyTask.objects.of(rights.cluster).due_by(today + _DUE_WITHIN).select_related("cluster")
    named = [
        Item(str(task), task.get_absolute_url(), f"{task.owner}, {task.deadline:%d/%m/%Y}", task.deadline < today)
        for task in due
    ]
    address = reverse("reports:task_list", args=[rights.cluster.slug])
    return _of(named, gettext_lazy("Key tasks due"), f"{address}?state=none")


def open_recommendations(rights: Rights, today: dt.date) -> Waiting | None:
    """What was asked of those above and is not answered, the oldest first."""
    if not _answers_for_the_year(rights):
        return None
    asked = Recommendation.objects.of(rights.cluster).open_on(today).select_related("cluster")
    named = [
        Item(str(row), row.get_absolute_url(), f"{row.addressee}, {row.made_on:%d/%m/%Y}")
        for row in asked.order_by("made_on", "pk")
    ]
    address = reverse("reports:recommendation_list", args=[rights.cluster.slug])
    return _of(named, gettext_lazy("Recommendations without an answer"), f"{address}?state=open")


def _answers_for_the_year(rights: Rights) -> bool:
    return rights.coordinates or rights.leads


def briefings(rights: Rights, today: dt.date) -> Waiting | None:
    """What was due and nobody has held: for a recorder the own unit's turn, for the others all."""
    if not rights.reads_records:
        return None
    named = [
        Item(str(due), due.address, f"{due.due_on:%d/%m/%Y}", is_late=True)
        for due in overdue_briefings(rights, today=today)
    ]
    return _of(named, gettext_lazy("Overdue briefings"), reverse("briefing_list", args=[rights.cluster.slug]))


def conclusions(rights: Rights, today: dt.date) -> Waiting | None:
    """Conclusions of briefings whose day is near or past: for a recorder those of the own units and their parties."""
    if not rights.reads_records:
        return None
    rows = Conclusion.objects.of(rights.cluster).unsettled().filter(due_on__lte=today + _AHEAD)
    if not (rights.coordinates or rights.leads):
        rows = rows.filter(
            Q(owner_unit__in=rights.unit_ids) | Q(owner_party__members__unit__in=rights.unit_ids)
        ).distinct()
    named = [_due(row, row.due_on or today, today) for row in rows.select_related("cluster").order_by("due_on", "pk")]
    return _of(named, gettext_lazy("Conclusions that are due"), reverse("conclusion_list", args=[rights.cluster.slug]))


def reviews_to_sign(rights: Rights, today: dt.date) -> Waiting | None:
    """Drafts of periods that are over, for a leader who wrote none of their text; what was returned is not ready."""
    if not rights.leads:
        return None
    returned = Return.objects.filter(settled_at=None).values("review")
    own = Section.objects.filter(written_by=rights.user).values("review")
    rows = Review.objects.filter(cluster=rights.cluster, state=Review.State.DRAFT, date_to__lt=today)
    rows = rows.filter(pk__in=Section.objects.values("review")).exclude(pk__in=returned).exclude(pk__in=own)
    named = [
        Item(period_name(row.period, rights.cluster), row.get_absolute_url()) for row in rows.select_related("cluster")
    ]
    address = reverse("reports:review_index", args=[rights.cluster.slug])
    return _of(named, gettext_lazy("Reviews to sign or give back"), address)


def _due(row: Any, day: dt.date, today: dt.date) -> Item:
    return Item(str(row), row.get_absolute_url(), f"{day:%d/%m/%Y}", is_late=day < today)


def _of(items: list[Item], label: str | Promise, address: str) -> Waiting | None:
    return Waiting(label, len(items), address, tuple(items[:NAMED])) if items else None


PROVIDERS: tuple[Provider, ...] = (
    reviews_to_sign,
    briefings,
    conclusions,
    tasks_due,
    open_recommendations,
    unanswered_exchanges,
    twins,
)


def all_waiting(rights: Rights, *, today: dt.date) -> list[Waiting]:
    """What waits for the user in the cluster."""
    return [waiting for provider in PROVIDERS if (waiting := provider(rights, today))]
