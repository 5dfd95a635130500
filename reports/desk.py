"""What the home page lays on one user's desk: what waits, what is missing, how the year stands."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise

from cluster.access import Access, Rights
from cluster.models import Cluster, MemberUnit, PoliceUnit, Posting, SavedFilter
from cluster.waiting import Waiting
from incidents.metrics import METRICS, MONTHLY, Metric
from incidents.models import DeclaredFigure, Incident
from patrols.models import Contingent, JointPatrol, JointPatrolQuerySet
from patrols.roster import Roster
from patrols.rows import LineRow, PatrolRow
from reports.models import Return, Target
from reports.news import News, news_since, visit_of
from reports.periods import Period, current_year
from reports.plausibility import warnings_of
from reports.progress import Progress, own_progress, plans_of
from reports.reckoning import Reckoning
from reports.saved_filters import seen_by
from reports.tables import Tables
from reports.values import Compared
from reports.waiting import all_waiting
from reports.wording import review_name

LISTED = 10
RECENT = 5
YEAR_FIGURES = ("joint_patrols", "participations", "incidents")

Role = Posting.Role


class Listed(NamedTuple):
    """A cluster the user may see, and whether it is alive today."""

    cluster: Cluster
    is_active: bool


class Silence(NamedTuple):
    """A unit without a record of a kind in a month: nothing happened, or nobody wrote it down."""

    unit: PoliceUnit
    metric: Metric
    month: dt.date


class Tile(NamedTuple):
    """A figure of the year so far, with its change against the same dates a year earlier, and what the plan wants."""

    label: str | Promise
    value: str
    change: str
    address: str
    target: str
    percent: int | None


def clusters_by_relevance(access: Access) -> list[Listed]:
    """Those alive today first, of these the user's own before those only observed, then by name."""
    if not access.clusters:
        return []
    alive = set(
        Cluster.objects.active_on(access.today)
        .filter(pk__in=[c.pk for c in access.clusters])
        .values_list("pk", flat=True)
    )
    listed = [Listed(cluster, cluster.pk in alive) for cluster in access.clusters]
    return sorted(listed, key=lambda row: (not row.is_active, row.cluster.pk not in access.record_cluster_ids))


def own_units(access: Access) -> set[int]:
    """The units for which the user records, whatever the cluster."""
    return {posting.unit_id for posting in access.postings if posting.role == Role.RECORDER and posting.unit_id}


def coordinated_clusters(access: Access) -> set[int]:
    return {p.cluster_id for p in access.postings if p.role == Role.COORDINATOR and p.cluster_id}


def waiting_lines(access: Access) -> "QuerySet[Contingent]":
    """Lines of the user's units, and of the clusters the user coordinates, that no unit has answered, newest first."""
    whose = Q(unit__in=own_units(access)) | Q(cluster__in=coordinated_clusters(access))
    return _newest_first(Contingent.objects.waiting().filter(whose, cluster__in=access.clusters))


def answered_lines(access: Access) -> "QuerySet[Contingent]":
    """Lines that others corrected or refused in what was recorded for the user's units, until taken note of.

    What was recorded for no unit, as by a coordinator or an import, is the coordinators'.
    """
    whose = Q(patrol__recorded_unit__in=own_units(access)) | Q(
        patrol__recorded_unit=None, cluster__in=coordinated_clusters(access)
    )
    return _newest_first(Contingent.objects.unread().filter(whose, cluster__in=access.clusters))


def _newest_first(lines: "QuerySet[Contingent]") -> "QuerySet[Contingent]":
    patrol = ("patrol__cluster", "patrol__recorded_by", "patrol__recorded_unit")
    return lines.select_related(*patrol, "unit", "force", "decided_by").order_by("-local_date", "-patrol_id", "pk")


def recent_patrols(rights: Rights, *, today: dt.date) -> list[PatrolRow]:
    """The last patrols that the user's units led or took part in; a coordinator's are those of the cluster."""
    patrols = JointPatrol.objects.of(rights.cluster).filter(local_date__lte=today)
    if not rights.coordinates:
        patrols = patrols.filter(_of_units(rights.unit_ids))
    roster = Roster.of(rights.cluster)
    shown = patrols.select_related("lead_unit", "cluster", "twin_link").prefetch_related("contingents__unit")
    return [PatrolRow(patrol, roster) for patrol in shown[:RECENT]]


def overdue_patrols(rights: Rights, *, now: dt.datetime) -> JointPatrolQuerySet:
    """Begun by the schedule without a word of what happened, of the units that lead; a coordinator's are all."""
    patrols = JointPatrol.objects.of(rights.cluster).told_once().overdue(now)
    if not rights.coordinates:
        patrols = patrols.filter(lead_unit__in=rights.unit_ids)
    return patrols.select_related("cluster").order_by("planned_start", "pk")


def _of_units(units: Iterable[int]) -> Q:
    lines = Contingent.objects.exclude(state=Contingent.State.REFUSED).filter(unit__in=units)
    return Q(lead_unit__in=units) | Q(pk__in=lines.values("patrol"))


def silences(rights: Rights, *, today: dt.date) -> list[Silence]:
    """What the user's units neither recorded nor declared of the month before this (counting rule 5)."""
    month = _month_before(today)
    spoken = _declared(rights, month) | _recorded(rights, month)
    members = MemberUnit.objects.filter(
        Q(left=None) | Q(left__gte=month.start),
        joined__lte=month.end,
        party__cluster=rights.cluster,
        unit__in=rights.unit_ids,
    )
    units = {member.unit_id: member.unit for member in members.select_related("unit")}
    return [
        Silence(unit, METRICS[kind], month.start)
        for unit in units.values()
        for kind in MONTHLY
        if (unit.pk, kind) not in spoken
    ]


def _month_before(today: dt.date) -> Period:
    end = today.replace(day=1) - dt.timedelta(days=1)
    return Period(end.replace(day=1), end)


def _declared(rights: Rights, month: Period) -> set[tuple[int | None, str]]:
    rows = DeclaredFigure.objects.filter(
        cluster=rights.cluster, unit__in=rights.unit_ids, date_from=month.start, date_to=month.end, category=None
    )
    return set(rows.values_list("unit", "metric"))


def _recorded(rights: Rights, month: Period) -> set[tuple[int | None, str]]:
    """The same records that ``declare_none`` looks for."""
    incidents = Incident.objects.of(rights.cluster).in_period(month.start, month.end)
    patrols = JointPatrol.objects.of(rights.cluster).completed().in_period(month.start, month.end)
    lines = Contingent.objects.exclude(state=Contingent.State.REFUSED).filter(patrol__in=patrols)
    return {
        *((unit, "incidents") for unit in incidents.values_list("unit", flat=True)),
        *((unit, "joint_patrols") for unit in patrols.values_list("lead_unit", flat=True)),
        *((unit, "joint_patrols") for unit in lines.values_list("unit", flat=True)),
    }


@dataclass(frozen=True)
class Desk:
    """The desk of one user in one cluster. What the user has no right to is empty, not hidden."""

    access: Access
    rights: Rights

    @property
    def cluster(self) -> Cluster:
        return self.rights.cluster

    @cached_property
    def waiting(self) -> list[LineRow]:
        if not self.rights.logs:
            return []
        own = own_units(self.access)
        lines = waiting_lines(self.access)[:LISTED]
        return [LineRow(line, is_own=(is_own := line.unit_id in own), may_answer=is_own) for line in lines]

    @cached_property
    def answered(self) -> list[LineRow]:
        lines = answered_lines(self.access)[:LISTED] if self.rights.logs else []
        return [LineRow(line, may_acknowledge=True) for line in lines]

    @cached_property
    def waiting_total(self) -> int:
        return waiting_lines(self.access).count() if self.rights.logs else 0

    @cached_property
    def recent(self) -> list[PatrolRow]:
        return recent_patrols(self.rights, today=self.access.today) if self.rights.logs else []

    @cached_property
    def overdue(self) -> list[JointPatrol]:
        return list(overdue_patrols(self.rights, now=timezone.now())[:LISTED]) if self.rights.logs else []

    @cached_property
    def silences(self) -> list[Silence]:
        return silences(self.rights, today=self.access.today) if self.rights.logs else []

    @cached_property
    def year(self) -> Period:
        return current_year(self.cluster, today=self.access.today)

    @cached_property
    def returned(self) -> list[tuple[str, Return]]:
        """What leaders gave back of any review that the user prepares, by its name, newest first."""
        clusters = coordinated_clusters(self.access)
        if not clusters:
            return []
        asked = Return.objects.filter(review__cluster__in=clusters, settled_at=None)
        rows = asked.select_related("review__cluster", "returned_by").defer("review__snapshot")[:LISTED]
        return [(review_name(row.review.period, row.review.cluster), row) for row in rows]

    @cached_property
    def warning_count(self) -> int:
        """Of this year's review; 0 for those who do not prepare it."""
        if not self.rights.coordinates:
            return 0
        return len(warnings_of(Reckoning(self.cluster, self.year), today=self.access.today))

    @cached_property
    def other_waiting(self) -> list[Waiting]:
        """What else waits for the user, by kind (waiting.py)."""
        return all_waiting(self.rights, today=self.access.today)

    @cached_property
    def so_far(self) -> Reckoning:
        """The figures of the year up to today."""
        return Reckoning(self.cluster, Period(self.year.start, self.access.today))

    @cached_property
    def own_targets(self) -> list[Progress]:
        """What the plan of the year wants of the user's units and of the sides they belong to or the user leads."""
        units, parties = self.rights.unit_ids, {p.party_id for p in self.rights.postings if p.party_id}
        if not (units or parties):
            return []
        members = MemberUnit.objects.filter(party__cluster=self.cluster, unit__in=units)
        parties |= set(members.values_list("party", flat=True))
        tables = Tables(self.so_far, linked=self.rights.reads_records)
        return own_progress(self.so_far, tables, self.year, units=units, parties=parties, today=self.access.today)

    @cached_property
    def tiles(self) -> list[Tile]:
        """The year so far, against the same days of last year and against the plan of the year."""
        reckoning = self.so_far
        # Of several plans the latest says what is wanted of the whole cluster.
        whole = Target.objects.filter(workplan__in=plans_of(self.cluster, self.year), party=None, unit=None)
        targets = dict(whole.order_by("workplan__date_from", "pk").values_list("metric", "amount"))
        view = "reports:figure_rows" if self.rights.reads_records else ""
        return [_tile(reckoning, reckoning.figures[key], targets.get(key), view) for key in YEAR_FIGURES]

    @cached_property
    def filters(self) -> list[SavedFilter]:
        return list(seen_by(self.rights)[:LISTED])

    @cached_property
    def since(self) -> dt.datetime | None:
        """When the user was here the time before; to ask for it is to be here."""
        return visit_of(self.rights, now=timezone.now()).before_at

    @cached_property
    def news(self) -> list[News]:
        return news_since(self.rights, self.since)


def _tile(reckoning: Reckoning, figure: Compared, target: int | None, view: str) -> Tile:
    """Who reads no rows is led to the review of the same days."""
    value, wording, place = figure.this.value, reckoning.wording, [reckoning.cluster.slug, reckoning.slug]
    percent = value * 100 // target if target and value is not None else None
    return Tile(
        label=figure.figure.metric.label,
        value="–" if value is None else wording.number(value),
        change=wording.change(figure.change),
        address=reverse(view, args=[*place, figure.key]) if view else reverse("reports:review", args=place),
        target=wording.number(target) if target else "",
        percent=percent,
    )
