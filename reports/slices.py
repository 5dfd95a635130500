"""A part of a figure, as a breakdown names it and as the rows behind it are narrowed."""

from typing import NamedTuple

from reports.periods import Period

# What no declared row tells: only records are sliced by it.
RECORDS_ONLY = ("month", "force", "campaign", "outcome")
# As a campaign: of no campaign. No row has this key.
OUTSIDE = 0


class Slice(NamedTuple):
    """Of a party, a unit, a category, a month, a force, a campaign, an outcome; empty fields do not narrow it."""

    party: int | None = None
    unit: int | None = None
    category: int | None = None
    month: Period | None = None
    force: int | None = None
    campaign: int | None = None
    outcome: str | None = None

    @property
    def is_of_records_only(self) -> bool:
        return any(getattr(self, name) is not None for name in RECORDS_ONLY)


WHOLE_CLUSTER = Slice()
