"""The keys of the figures (design.md, "How things are counted"), their names and units: said here alone."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


@dataclass(frozen=True)
class Metric:
    """What a figure is called, and what it counts: "25 patrols"."""

    key: str
    label: Promise
    unit: Promise


_ALL = (
    Metric("parties", _("Parties"), pgettext_lazy("unit", "parties")),
    Metric("member_communes", _("Member communes"), pgettext_lazy("unit", "units")),
    Metric("joint_patrols", _("Joint patrols"), pgettext_lazy("unit", "patrols")),
    Metric("joint_patrols_confirmed", _("Joint patrols confirmed by all"), pgettext_lazy("unit", "patrols")),
    Metric("participations", _("Participations"), pgettext_lazy("unit", "participations")),
    Metric("people", _("People (named)"), pgettext_lazy("unit", "people")),
    Metric("campaigns", _("Campaigns"), pgettext_lazy("unit", "campaigns")),
    Metric("incidents", _("Incidents"), pgettext_lazy("unit", "incidents")),
    Metric("incidents_resolved", _("Incidents resolved"), pgettext_lazy("unit", "incidents")),
    Metric("incidents_transferred", _("Incidents transferred up"), pgettext_lazy("unit", "incidents")),
    Metric("incidents_found_on_patrol", _("Incidents found on patrol"), pgettext_lazy("unit", "incidents")),
    Metric("incidents_handled_jointly", _("Incidents handled jointly"), pgettext_lazy("unit", "incidents")),
    Metric("persons_involved", _("Persons involved"), pgettext_lazy("unit", "persons")),
    Metric("information_exchanges", _("Information exchanges"), pgettext_lazy("unit", "exchanges")),
    Metric("briefings", _("Briefings"), pgettext_lazy("unit", "briefings")),
    Metric("initiatives", _("Initiatives"), pgettext_lazy("unit", "initiatives")),
    Metric("initiatives_effective", _("Initiatives rated effective"), pgettext_lazy("unit", "initiatives")),
    Metric("outreach_sessions", _("Outreach sessions"), pgettext_lazy("unit", "sessions")),
    Metric("outreach_attendance", _("Outreach attendance"), pgettext_lazy("unit", "participations")),
    Metric("crime_reports", _("Crime reports"), pgettext_lazy("unit", "reports")),
    Metric("crime_reports_valuable", _("Valuable crime reports"), pgettext_lazy("unit", "reports")),
    Metric("awards_collective", _("Collectives awarded"), pgettext_lazy("unit", "collectives")),
    Metric("awards_individual", _("Individuals awarded"), pgettext_lazy("unit", "individuals")),
    Metric("recommendations_open", _("Recommendations still open"), pgettext_lazy("unit", "recommendations")),
    Metric("key_tasks_done", _("Key tasks done"), pgettext_lazy("unit", "tasks")),
)

# In the order of the review's tables.
METRICS: dict[str, Metric] = {metric.key: metric for metric in _ALL}

# What a unit may declare not to have happened in a month (counting rule 5).
MONTHLY = ("incidents", "joint_patrols")

# What may be declared for one category of incidents.
BY_CATEGORY = tuple(key for key in METRICS if key.startswith("incidents") or key == "persons_involved")
