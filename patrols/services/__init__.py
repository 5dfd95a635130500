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

__all__ = [
    "LineData",
    "LineOfOtherUnit",
    "PatrolData",
    "delete_patrol",
    "edit_patrol",
    "import_patrols",
    "lines_that_differ",
    "log_patrol",
]
