"""The lines of the breakdowns, plain data, and which figures stand in them."""

from typing import NamedTuple

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cluster.models import Party, PoliceUnit
from incidents.models import Category, Incident
from reports.periods import Period
from reports.values import Value


class UnitRow(NamedTuple):
    """A line of the table by unit: a party, a unit of it, or what no unit answers for.

    ``qualifiers`` names the columns whose value is not exact.
    """

    label: str | Promise
    party: Party | None
    unit: PoliceUnit | None
    values: dict[str, int | None]
    qualifiers: dict[str, str | None]


class MonthRow(NamedTuple):
    """A month of the period, or None for what is known only as a total; ``before`` is the same month compared."""

    month: Period | None
    before_month: Period | None
    values: dict[str, int | None]
    before: dict[str, int | None]


class CategoryRow(NamedTuple):
    """Incidents and persons of a category, or of none known, beside the comparison (``previous``)."""

    category: Category | None
    incidents: int | None
    persons: int | None
    previous: int | None
    previous_persons: int | None
    change: int | None
    qualifiers: dict[str, str | None]


class Part(NamedTuple):
    """A line of a breakdown: ``of`` is the value of its field in ``Slice``, None what is known only as a total."""

    label: str | Promise
    of: int | str | None
    values: dict[str, int | None]
    before: dict[str, int | None]


class TrendYear(NamedTuple):
    """The same dates of one year of several, by what is known of it; without the declared rows themselves."""

    period: Period
    values: dict[str, Value]


class IncidentMonths(NamedTuple):
    """How often was patrolled in the months that had an incident, and in those that had none."""

    months: int
    patrols: int
    months_without: int
    patrols_without: int


# Columns of the table by unit; took_part is the one that does not add up to a total (rule 3).
UNIT_COLUMNS = ("led", "took_part", "participations", "incidents", "persons", "transferred")
FIGURE_OF_COLUMN = {
    "led": "joint_patrols",
    "participations": "participations",
    "incidents": "incidents",
    "persons": "persons_involved",
    "transferred": "incidents_transferred",
}
# What each breakdown calls that which it cannot place.
REST = {
    "unit": _("No member unit"),
    "month": _("Month not known"),
    "category": _("Category not known"),
    "force": _("Force not known"),
    "campaign": _("Campaign not known"),
    "outcome": _("Outcome not known"),
}
NO_CAMPAIGN = _("Outside any campaign")
MONTH_COLUMNS = ("joint_patrols", "participations", "incidents")
TREND_COLUMNS = MONTH_COLUMNS
# The figures of the breakdowns by a field of ``Slice`` alone.
FORCE_COLUMNS = ("participations",)
CAMPAIGN_COLUMNS = ("joint_patrols", "participations", "incidents_found_on_patrol")
OUTCOME_COLUMNS = ("incidents",)
# Those that end a matter first.
OUTCOMES = tuple(
    (outcome.value, outcome.label)
    for outcome in (
        Incident.Outcome.RESOLVED,
        Incident.Outcome.TRANSFERRED,
        Incident.Outcome.VERIFYING,
        Incident.Outcome.RECEIVED,
    )
)
# An outcome that is a figure of its own may be declared as one.
FIGURE_OF_OUTCOME = {"resolved": "incidents_resolved", "transferred": "incidents_transferred"}
