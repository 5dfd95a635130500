"""The verbs that write patrols, and what hangs on them."""

from patrols.services.patrol import (
    LineData,
    LineOfOtherUnit,
    LinkedToTwin,
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
from patrols.services.twins import (
    Joined,
    NotLinkable,
    join_patrol,
    link_twins,
    not_twins,
    take_back_not_twins,
    tell_apart,
    unlink_twins,
)

__all__ = [
    "Hours",
    "Joined",
    "LineData",
    "LineOfOtherUnit",
    "LinkedToTwin",
    "NotLinkable",
    "NotPlanned",
    "PatrolData",
    "cancel_patrol",
    "delete_patrol",
    "edit_patrol",
    "import_patrols",
    "join_patrol",
    "lines_that_differ",
    "link_twins",
    "log_patrol",
    "not_twins",
    "plan_patrols",
    "postpone_patrol",
    "reschedule_patrol",
    "take_back_not_twins",
    "tell_apart",
    "unlink_twins",
]
