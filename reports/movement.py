"""The kinds of records of the cluster's life: exchanges, briefings, models, outreach and crime reports."""

from collections.abc import Iterable
from functools import reduce
from operator import or_

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster.models import Briefing, Cluster, CrimeReport, InformationExchange, Initiative, InitiativeRating, Outreach
from reports.kinds import Kind, Rows, any_of, rows_where
from reports.periods import Period


def _exchanges(cluster: Cluster, periods: Iterable[Period]) -> Rows:
    return InformationExchange.objects.of(cluster).filter(any_of(periods, "exchanged_on"))


def _briefings(cluster: Cluster, periods: Iterable[Period]) -> Rows:
    return Briefing.objects.of(cluster).filter(any_of(periods, "local_date"))


def _sessions(cluster: Cluster, periods: Iterable[Period]) -> Rows:
    return Outreach.objects.of(cluster).filter(any_of(periods, "held_on"))


def _crime_reports(cluster: Cluster, periods: Iterable[Period]) -> Rows:
    return CrimeReport.objects.of(cluster).filter(any_of(periods, "received_on"))


def _kept_up_on_last_day(period: Period, path: str = "") -> Q:
    """The day on which a model ended is the last that counts."""
    goes_on = Q(**{f"{path}ended": None}) | Q(**{f"{path}ended__gte": period.end})
    return goes_on & Q(**{f"{path}founded__lte": period.end})


def _kept_up_in(period: Period) -> Q:
    return (Q(ended=None) | Q(ended__gte=period.start)) & Q(founded__lte=period.end)


def _initiatives(cluster: Cluster, periods: Iterable[Period]) -> Rows:
    return (
        Initiative.objects.of(cluster).filter(reduce(or_, map(_kept_up_on_last_day, periods))).select_related("cluster")
    )


def _initiatives_there(cluster: Cluster, periods: Iterable[Period]) -> Rows:
    return Initiative.objects.of(cluster).filter(reduce(or_, map(_kept_up_in, periods)))


def _rated_in(period: Period) -> Q:
    """A reporting year bears the number of its last day's year (rule 8), and so do the ratings of it."""
    return Q(year=period.end.year) & _kept_up_on_last_day(period, "initiative__")


def _ratings(cluster: Cluster, periods: Iterable[Period]) -> Rows:
    rows = InitiativeRating.objects.of(cluster).filter(initiative__deleted_at=None)
    return rows.filter(reduce(or_, map(_rated_in, periods))).select_related("cluster", "initiative__cluster")


EXCHANGES = Kind(
    "exchanges",
    _exchanges,
    _exchanges,
    _("exchanges of information of the cluster that were not deleted"),
    "exchanged_on",
    "from_unit",
)
BRIEFINGS = Kind(
    "briefings",
    _briefings,
    _briefings,
    _("briefings of the cluster that were not deleted"),
    "local_date",
    "host_unit",
)
OUTREACH = Kind(
    "outreach",
    _sessions,
    _sessions,
    _("outreach sessions of the cluster that were not deleted"),
    "held_on",
    "unit",
    tallies={"with_audience": rows_where(Q(audience__isnull=False))},
)
CRIME_REPORTS = Kind(
    "crime_reports",
    _crime_reports,
    _crime_reports,
    _("crime reports of the register that were not deleted"),
    "received_on",
    "unit",
)
INITIATIVES = Kind(
    "initiatives",
    _initiatives,
    _initiatives_there,
    _("models of the cluster that are kept up on the last day of the period"),
    within=_kept_up_on_last_day,
    known_within=_kept_up_in,
)
RATINGS = Kind(
    "ratings",
    _ratings,
    _ratings,
    _("ratings of these models for the year of the period's last day"),
    within=_rated_in,
)
