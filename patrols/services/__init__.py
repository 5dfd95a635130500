"""The verbs that write patrols, and what hangs on them."""

from patrols.services.patrol import (
    LineData,
    LineOfOtherUnit,
    PatrolData,
    delete_patrol,
    edit_patrol,
    import_patrols,
    lines_that_differ,
    log_patrol,
)
from patrols.services.schedule import (
    Hours,
    NotPlanned,
    cancel_patrol,
    plan_patrols,
    postpone_patrol,
    reschedule_patrol,
)

__all__ = [
    "Hours",
    "LineData",
    "LineOfOtherUnit",
    "NotPlanned",
    "PatrolData",
    "cancel_patrol",
    "delete_patrol",
    "edit_patrol",
    "import_patrols",
    "lines_that_differ",
    "log_patrol",
    "plan_patrols",
    "postpone_patrol",
    "reschedule_patrol",
]
