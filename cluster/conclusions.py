"""What the page and the minutes of a briefing say of conclusions: its own, and those it has to follow up."""

from dataclasses import dataclass

from django.db.models import QuerySet

from cluster.models import Briefing, Conclusion, FollowUp


@dataclass(frozen=True)
class Carried:
    """A conclusion of an earlier briefing, and what this one has found of it, if anything yet."""

    conclusion: Conclusion
    here: FollowUp | None

    @property
    def is_overdue(self) -> bool:
        return self.conclusion.is_overdue


def conclusions_of(briefing: Briefing) -> list[Conclusion]:
    """In the order in which they were drawn."""
    rows = Conclusion.objects.of(briefing.cluster).filter(briefing=briefing).order_by("pk")
    return list(
        rows.select_related("cluster", "briefing__cluster", "owner_unit", "owner_party").prefetch_related("follow_ups")
    )


def carried_to(briefing: Briefing) -> list[Carried]:
    """What earlier briefings of the level left open, the oldest first."""
    rows = Conclusion.objects.all().carried_to(briefing).order_by("briefing__local_date", "pk")
    rows = rows.select_related("cluster", "briefing__cluster", "owner_unit", "owner_party").prefetch_related(
        "follow_ups"
    )
    return [
        Carried(row, next((found for found in row.follow_ups.all() if found.briefing_id == briefing.pk), None))
        for row in _told(rows)
    ]


def _told(rows: QuerySet[Conclusion]) -> QuerySet[Conclusion]:
    """With all that a page or a paper says of each."""
    return rows.select_related("cluster", "briefing__cluster", "owner_unit", "owner_party").prefetch_related(
        "follow_ups"
    )
