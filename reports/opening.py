"""What a review opens with: the tasks that were set for its period, and what is still asked of those above."""

from collections import Counter
from dataclasses import dataclass

from cluster.models import Cluster
from reports.models import Conference, KeyTask, Recommendation
from reports.periods import Period


@dataclass(frozen=True)
class Opening:
    """The rows as they stand today; ``recommendations`` are those that were open on the last day of the period."""

    tasks: list[KeyTask]
    recommendations: list[Recommendation]

    def __bool__(self) -> bool:
        return bool(self.tasks or self.recommendations)

    @property
    def assessments(self) -> list[tuple[str, int]]:
        """How many tasks there are of each assessment, by its label; what nobody assessed yet stands last."""
        counted = Counter(task.assessment for task in self.tasks)
        known = [(str(one.label), counted[one.value]) for one in KeyTask.Assessment if counted[one.value]]
        return [*known, ("", counted[""])] if counted[""] else known


def opening_of(cluster: Cluster, period: Period) -> Opening:
    """In two queries, oldest first."""
    tasks = KeyTask.objects.of(cluster).in_period(period.start, period.end).order_by("date_to", "due_on", "pk")
    still_open = Recommendation.objects.of(cluster).open_on(period.end).order_by("made_on", "pk")
    return Opening(list(tasks.select_related("cluster")), list(still_open.select_related("cluster")))


def conferences_of(cluster: Cluster, period: Period) -> list[Conference]:
    """The conferences that conclude the review of exactly this period, with what a page says of each."""
    concluding = Conference.objects.of(cluster).filter(review__date_from=period.start, review__date_to=period.end)
    rows = concluding.select_related("cluster", "handover_from", "handover_to")
    return list(rows.prefetch_related("delegations", "contributions", "difficulties").order_by("held_on", "pk"))
