"""How far the targets of plans are: the figures of the plan's own days beside what was set."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cluster.models import Cluster
from reports.figures import FIGURES
from reports.models import Target, Workplan
from reports.periods import Period
from reports.reckoning import Reckoning
from reports.slices import WHOLE_CLUSTER, Slice
from reports.tables import Number, Tables

# What grows by what is done in a time. The rest of the figures tells how things stand on a day, or cannot be planned.
PLANNED = (
    *("joint_patrols", "participations", "information_exchanges", "briefings", "outreach_sessions"),
    *("outreach_attendance", "crime_reports", "initiatives", "key_tasks_done"),
)


class Step(NamedTuple):
    """A target and what of it is done. ``percent`` is None while nothing is known; 100 and more is reached."""

    label: str
    scope: str | Promise
    amount: int
    done: Number
    percent: int | None

    @property
    def is_reached(self) -> bool:
        return self.percent is not None and self.percent >= 100

    @property
    def bar(self) -> int:
        """The length of a bar, which ends at 100."""
        return min(self.percent or 0, 100)


@dataclass(frozen=True)
class Progress:
    workplan: Workplan
    steps: list[Step]
    days_gone: int
    """Percent of the plan's days that are over: what a reader compares the steps with."""


def progress_of(workplan: Workplan, *, today: dt.date | None = None) -> Progress:
    """The targets in the order they were set, beside the figures of the plan's own days."""
    gone = _days_gone(workplan.period, today or timezone.localdate())
    targets = list(workplan.targets.select_related("party", "unit"))
    if not targets:
        return Progress(workplan, [], gone)
    reckoning = Reckoning(workplan.cluster, workplan.period)
    tables = Tables(reckoning, linked=True)
    return Progress(workplan, [_step(target, reckoning, tables) for target in targets], gone)


def progress_within(reckoning: Reckoning, tables: Tables, *, today: dt.date) -> list[Progress]:
    """The plans for just these days, by what a review says of them: of the whole cluster, as that is what is signed."""
    return _progress(reckoning, tables, reckoning.period, Q(party=None, unit=None), today)


def own_progress(
    reckoning: Reckoning, tables: Tables, year: Period, *, units: Iterable[int], parties: Iterable[int], today: dt.date
) -> list[Progress]:
    """What the plans of the year want of these units and parties, by what a reckoning of its days so far says."""
    return _progress(reckoning, tables, year, Q(unit__in=units) | Q(party__in=parties), today)


def _progress(reckoning: Reckoning, tables: Tables, period: Period, whose: Q, today: dt.date) -> list[Progress]:
    plans = Workplan.objects.of(reckoning.cluster).filter(date_from=period.start, date_to=period.end)
    targets = Target.objects.filter(whose, workplan__in=plans).order_by("workplan", "pk")
    steps: dict[Workplan, list[Step]] = {}
    for target in targets.select_related("workplan__cluster", "workplan__document", "party", "unit"):
        steps.setdefault(target.workplan, []).append(_step(target, reckoning, tables))
    return [Progress(plan, of_plan, _days_gone(period, today)) for plan, of_plan in steps.items()]


def _step(target: Target, reckoning: Reckoning, tables: Tables) -> Step:
    at = Slice(party=target.party_id, unit=target.unit_id)
    whole = reckoning.figures[target.metric].this
    value = (whole if at == WHOLE_CLUSTER else reckoning.value(FIGURES[target.metric], reckoning.period, at)).value
    narrowed = {name: pk for name, pk in (("party", target.party_id), ("unit", target.unit_id)) if pk}
    return Step(
        target.label,
        str(target.party or target.unit or _("The whole cluster")),
        target.amount,
        tables.number(value, target.metric, reckoning.period, **narrowed),
        None if value is None else value * 100 // target.amount,
    )


def _days_gone(period: Period, today: dt.date) -> int:
    whole = (period.end - period.start).days + 1
    return min(max((today - period.start).days, 0), whole) * 100 // whole


def plans_of(cluster: Cluster, period: Period) -> "QuerySet[Workplan]":
    """The plans with targets whose days lie in the period: what its review measures itself by."""
    plans = Workplan.objects.of(cluster).filter(date_from__gte=period.start, date_to__lte=period.end)
    return (
        plans.filter(targets__isnull=False).select_related("cluster", "document").order_by("date_from", "pk").distinct()
    )
