"""Rows that were written after a review of their days had been signed: they are marked wherever they are listed."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery

from cluster.models.seals import sealed_after
from patrols.models import Contingent
from reports.figures import AWARDS, INCIDENTS, LINES, PATROLS
from reports.kinds import Kind
from reports.movement import BRIEFINGS, CRIME_REPORTS, EXCHANGES, OUTREACH

_RECORDS = (PATROLS, INCIDENTS, AWARDS, EXCHANGES, BRIEFINGS, OUTREACH, CRIME_REPORTS)
_FIRST_ENTRY = Subquery(
    Contingent.history.filter(id=OuterRef("pk"), history_type="+").order_by("history_id").values("history_date")[:1]
)


def with_lateness(kind: Kind, rows: QuerySet[Any]) -> QuerySet[Any]:
    """The rows of the kind with ``late``; a line is as old as the first entry of its history."""
    if kind in _RECORDS:
        return rows.annotate(late=sealed_after(kind.date, "recorded_at"))
    if kind is LINES:
        return rows.annotate(written_at=_FIRST_ENTRY).annotate(late=sealed_after(kind.date, "written_at"))
    return rows
