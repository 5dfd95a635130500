"""All that may wait for a user in a cluster, in the order in which the home page shows it.

Lines, plans and months without a word are not here: they stand on the page with buttons of their own (desk.py).
"""

import datetime as dt

from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster.access import Rights
from cluster.models import InformationExchange
from cluster.waiting import NAMED, Item, Provider, Waiting
from patrols.likeness import suspected_pairs
from reports.models import KeyTask, Recommendation
from reports.periods import current_year

# An exchange that nobody has answered for longer is no longer waited for.
_ANSWERED_WITHIN = dt.timedelta(days=90)
# A key task is told of this long before its day.
_DUE_WITHIN = dt.timedelta(days=30)


def unanswered_exchanges(rights: Rights, today: dt.date) -> Waiting | None:
    """What other units told the user's, without a word in return."""
    if not rights.unit_ids:
        return None
    rows = InformationExchange.objects.of(rights.cluster).filter(
        answered_on=None, to_unit__in=rights.unit_ids, exchanged_on__gte=today - _ANSWERED_WITHIN
    )
    named = [
        Item(f"{row.from_unit} → {row.to_unit}", row.get_absolute_url(), f"{row.exchanged_on:%d/%m/%Y}")
        for row in rows.select_related("cluster", "from_unit", "to_unit").order_by("exchanged_on", "pk")
    ]
    address = reverse("exchange_list", args=[rights.cluster.slug])
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


def _of(items: list[Item], label: str | Promise, address: str) -> Waiting | None:
    return Waiting(label, len(items), address, tuple(items[:NAMED])) if items else None


PROVIDERS: tuple[Provider, ...] = (
    unanswered_exchanges,
    tasks_due,
    open_recommendations,
    twins,
)


def all_waiting(rights: Rights, *, today: dt.date) -> list[Waiting]:
    """What waits for the user in the cluster."""
    return [waiting for provider in PROVIDERS if (waiting := provider(rights, today))]
