"""The rows behind a number: the same slice that Review counts, asked of the database as rows."""

from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from cluster.models import Cluster, MemberUnit
from cluster.models.clusters import membership_on
from patrols.models import Contingent
from reports.figures import FIGURES, PATROLS, Figure
from reports.kinds import Kind
from reports.lateness import with_lateness
from reports.periods import Period
from reports.slices import Slice

_RELATED = {
    "patrols": ("cluster", "lead_unit", "campaign"),
    "lines": ("patrol__cluster", "unit", "force"),
    "incidents": ("cluster", "category", "unit"),
    "briefings": ("cluster", "host_unit", "host_party"),
    "awards": ("cluster", "unit"),
    "tasks": ("cluster",),
    "exchanges": ("cluster", "from_unit", "to_unit"),
    "outreach": ("cluster", "unit", "commune"),
    "crime_reports": ("cluster", "unit"),
}


def rows_of(figure: Figure, cluster: Cluster, period: Period, at: Slice) -> QuerySet[Any]:
    """The rows that a slice of the figure counts, oldest first. The figure must have records."""
    kind = figure.kind
    if kind is None:
        raise ValueError(f"{figure.key} has no records, only declared rows.")
    rows = figure.lists(with_lateness(kind, figure.rows(cluster, period).filter(_in_slice(kind, at))))
    related = _RELATED.get(kind.name, ())
    return rows.select_related(*related).order_by(kind.date, "pk") if kind.date else rows


def _in_slice(kind: Kind, at: Slice) -> Q:
    condition = Q()
    if at.unit is not None:
        condition &= Q(**{kind.unit: at.unit})
    if at.category is not None:
        condition &= Q(**{kind.category: at.category})
    if at.force is not None:
        condition &= Q(**{kind.force: at.force})
    if at.campaign is not None:
        condition &= Q(**{kind.campaign: at.campaign or None})
    if at.outcome is not None:
        condition &= Q(**{kind.outcome: at.outcome})
    if at.month is not None:
        condition &= at.month.condition(kind.date)
    if at.party is not None:
        memberships = f"{kind.unit}__memberships__"
        condition &= membership_on(F(kind.date), path=memberships) & Q(**{f"{memberships}party": at.party})
    return condition


def rows_of_no_member(figure: Figure, cluster: Cluster, period: Period) -> QuerySet[Any]:
    """The rows whose unit was no member of the cluster on their date: no column of a member holds them."""
    kind = figure.kind
    if kind is None or not kind.unit:
        return MemberUnit.objects.none()
    members = MemberUnit.objects.on(OuterRef(kind.date)).filter(unit=OuterRef(kind.unit), party__cluster=cluster)
    rows = figure.lists(with_lateness(kind, figure.rows(cluster, period).filter(~Exists(members))))
    return rows.select_related(*_RELATED.get(kind.name, ()))


def patrols_with(unit: int, cluster: Cluster, period: Period) -> QuerySet[Any]:
    """The counted patrols in which the unit has a line that is not refused."""
    lines = Contingent.objects.exclude(state=Contingent.State.REFUSED).filter(patrol=OuterRef("pk"), unit=unit)
    rows = FIGURES["joint_patrols"].rows(cluster, period).filter(Exists(lines))
    return with_lateness(PATROLS, rows).select_related(*_RELATED[PATROLS.name]).order_by(PATROLS.date, "pk")
