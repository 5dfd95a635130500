"""Every figure of the review, declared once: what it counts, by which rule, and how it adds up.

The page, the JSON and the rows behind a number all read this. Keys, names and units come from
incidents/metrics.py, since declared figures need them too.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import reduce
from operator import or_

from django.db.models import Aggregate, Case, Count, Exists, F, Min, OuterRef, Q, Sum, When
from django.db.models.functions import Coalesce
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster.models import AdministrativeUnit, Cluster, InitiativeRating, MemberUnit, Officer, Party, PoliceUnit
from incidents.metrics import METRICS, Metric
from incidents.models import Award, Incident
from patrols.models import Campaign, Contingent, JointPatrol
from reports.kinds import Kind, Rows, any_of, rows_where
from reports.models import KeyTask, Recommendation
from reports.models.conferences import still_open
from reports.movement import BRIEFINGS, CRIME_REPORTS, EXCHANGES, INITIATIVES, OUTREACH, RATINGS
from reports.periods import Period


@dataclass(frozen=True)
class Figure:
    """One figure: ``where`` narrows the kind's rows, ``amount`` adds them up.

    ``narrowed`` is ``where`` in words. ``stated`` narrows the records that know the figure at all: an incident with a
    blank number of persons does not make "0 persons". ``lists`` turns the rows into the things that are counted, where
    that is not the rows; ``tally`` names the tally of the kind that counts the rows, where the amount is a sum of them.
    """

    metric: Metric
    rule: Promise
    kind: Kind | None = None
    where: Q = field(default_factory=Q)
    narrowed: Promise | str = ""
    amount: Aggregate = field(default_factory=lambda: Count("*"))
    stated: Q | None = None
    lists: Callable[[Rows], Rows] = lambda rows: rows
    row_amount: str = ""
    tally: str = ""
    listed_as: str = ""

    @property
    def listing(self) -> str:
        """The name of the fragment that lists the rows: of the kind, unless the figure lists other things."""
        return self.listed_as or (self.kind.name if self.kind else "declared")

    @property
    def key(self) -> str:
        return self.metric.key

    def rows(self, cluster: Cluster, period: Period) -> Rows:
        """The rows behind the number: as many as it says, or with ``row_amount`` adding up to it."""
        if self.kind is None:
            raise ValueError(f"{self.key} has no records, only declared rows.")
        return self.kind.counted(cluster, [period]).filter(self.where)

    def expression(self, within: Q | None = None) -> Aggregate:
        """The aggregate for this figure among others of its kind, or of the rows of one period among others."""
        amount, where = self.amount.copy(), self.where
        if self.stated and isinstance(amount, Count):
            # None where no row states it, in place of the zero of a count.
            amount, where = Sum(Case(When(where, then=1), When(self.stated, then=0))), Q()
        where = where & within if within else where
        if where:
            amount.filter = amount.filter & where if amount.filter else where
        return amount


def _patrols(cluster: Cluster, periods: Iterable[Period]) -> Rows:
    return JointPatrol.objects.of(cluster).filter(any_of(periods, "local_date"))


def _counted_patrols(cluster: Cluster, periods: Iterable[Period]) -> Rows:
    return _patrols(cluster, periods).counted().with_confirmation()  # type: ignore[attr-defined]


def _lines(cluster: Cluster, periods: Iterable[Period]) -> Rows:
    return Contingent.objects.filter(any_of(periods, "local_date"), cluster=cluster, patrol__deleted_at=None)


def _counted_lines(cluster: Cluster, periods: Iterable[Period]) -> Rows:
    # The patrols are narrowed to the same cluster and dates: else the database would weigh every patrol there is.
    patrols = _patrols(cluster, periods).counted().values("pk")  # type: ignore[attr-defined]
    standing = Contingent.objects.exclude(state=Contingent.State.REFUSED)
    return standing.filter(any_of(periods, "local_date"), cluster=cluster, patrol__in=patrols)


def _named_lines(cluster: Cluster, periods: Iterable[Period]) -> Rows:
    return _lines(cluster, periods).filter(officers__isnull=False)


def _incidents(cluster: Cluster, periods: Iterable[Period]) -> Rows:
    return Incident.objects.of(cluster).filter(any_of(periods, "occurred_on"))


def _awards(cluster: Cluster, periods: Iterable[Period]) -> Rows:
    return Award.objects.of(cluster).filter(any_of(periods, "decided_on"))


def _runs_in(period: Period) -> Q:
    return Q(date_from__lte=period.end, date_to__gte=period.start)


def _campaigns(cluster: Cluster, periods: Iterable[Period]) -> Rows:
    return Campaign.objects.filter(reduce(or_, map(_runs_in, periods)), cluster=cluster)


def _stands_on_last_day(period: Period) -> Q:
    return Q(pk__in=MemberUnit.objects.on(period.end).values("pk"))


def _made_by_last_day(period: Period) -> Q:
    return Q(made_on__lte=period.end)


def _open_on_last_day(period: Period) -> Q:
    """Later answers change nothing in it."""
    return still_open(period.end)


def _recommendations(cluster: Cluster, periods: Iterable[Period]) -> Rows:
    return Recommendation.objects.of(cluster).filter(reduce(or_, map(_made_by_last_day, periods)))


def _open_recommendations(cluster: Cluster, periods: Iterable[Period]) -> Rows:
    rows = Recommendation.objects.of(cluster).filter(reduce(or_, map(_open_on_last_day, periods)))
    return rows.select_related("cluster")


def _key_tasks(cluster: Cluster, periods: Iterable[Period]) -> Rows:
    return KeyTask.objects.of(cluster).filter(any_of(periods, "date_to"))


def _members(cluster: Cluster, periods: Iterable[Period]) -> Rows:
    return MemberUnit.objects.filter(reduce(or_, map(_stands_on_last_day, periods)), party__cluster=cluster)


PATROLS = Kind(
    "patrols",
    _counted_patrols,
    _patrols,
    _("completed; of two records of one patrol the kept one; lines of at least two parties, refused ones left out"),
    date="local_date",
    unit="lead_unit",
    campaign="campaign",
)
_LINES_COUNTED = _("lines, not refused, of the patrols that count")
LINES = Kind(
    "lines",
    _counted_lines,
    _lines,
    _LINES_COUNTED,
    date="local_date",
    unit="unit",
    force="force",
    campaign="patrol__campaign",
    tallies={
        "lines": Count("*"),
        "confirmed": rows_where(Q(state__in=Contingent.CONFIRMED_STATES)),
        "pending": rows_where(Q(state=Contingent.State.PENDING)),
    },
)
NAMED_LINES = Kind(
    "named lines", _counted_lines, _named_lines, _LINES_COUNTED, within=lambda period: period.condition("local_date")
)
INCIDENTS = Kind(
    "incidents",
    _incidents,
    _incidents,
    _("incidents of the cluster that were not deleted"),
    date="occurred_on",
    unit="unit",
    category="category",
    campaign="patrol__campaign",
    outcome="outcome",
    tallies={"with_persons": rows_where(Q(persons_involved__isnull=False))},
)
AWARDS = Kind("awards", _awards, _awards, _("awards of the cluster that were not deleted"), "decided_on", "unit")
CAMPAIGNS = Kind("campaigns", _campaigns, _campaigns, _("campaigns of the cluster"), within=_runs_in)
MEMBERS = Kind(
    "members", _members, _members, _("member units on the last day of the period"), within=_stands_on_last_day
)
RECOMMENDATIONS = Kind(
    "recommendations",
    _open_recommendations,
    _recommendations,
    _("recommendations of the cluster, made by the last day of the period"),
    within=_open_on_last_day,
    known_within=_made_by_last_day,
)
TASKS = Kind(
    "tasks", _key_tasks, _key_tasks, _("key tasks of the cluster whose own period ends in this one"), "date_to"
)
# The dimensions that a slice may name beside party and month, which come of unit and date.
DIMENSIONS = ("unit", "category", "force", "campaign", "outcome")

_COMMUNE_LEVEL = Q(unit__administrative_unit=None) | Q(
    unit__administrative_unit__kind__in=(
        AdministrativeUnit.Kind.COMMUNE,
        AdministrativeUnit.Kind.TOWNSHIP,
        AdministrativeUnit.Kind.WARD,
    )
)
_COMMUNE = Coalesce(F("unit__administrative_unit"), -F("unit"))
_COOPERATING = Exists(Incident.cooperating_units.through.objects.filter(incident=OuterRef("pk")))


_ALL = (
    Figure(
        METRICS["parties"],
        _("Parties that have a member unit on the last day of the period."),
        MEMBERS,
        amount=Count("party", distinct=True),
        lists=lambda rows: Party.objects.filter(members__in=rows).distinct(),
        listed_as="parties",
    ),
    Figure(
        METRICS["member_communes"],
        _(
            "Commune-level member units on the last day of the period; one without an official code counts as one,"
            " district police as none."
        ),
        MEMBERS,
        where=_COMMUNE_LEVEL,
        narrowed=_("commune level"),
        # Two police units of one commune are one commune; a unit without code stands for itself.
        amount=Count(_COMMUNE, distinct=True),
        lists=lambda rows: PoliceUnit.objects.filter(
            pk__in=rows.values(commune=_COMMUNE).annotate(one=Min("unit")).values("one")
        ),
        listed_as="units",
    ),
    Figure(
        METRICS["joint_patrols"],
        _("Completed patrols by forces of at least two parties, once each, by the local date of the start."),
        PATROLS,
    ),
    Figure(
        METRICS["joint_patrols_confirmed"],
        _("Of these, patrols with no line pending and a confirmed line of at least two parties."),
        PATROLS,
        where=Q(is_confirmed=True),
        narrowed=_("confirmed by all sides"),
    ),
    Figure(
        METRICS["participations"],
        _("The sum of the headcounts of the lines, not refused, of the counted patrols."),
        LINES,
        amount=Sum("headcount"),
        row_amount="headcount",
        tally="lines",
    ),
    Figure(
        METRICS["people"],
        _("Different officers named in these lines; never to be mixed with participations."),
        NAMED_LINES,
        amount=Count("officers", distinct=True),
        lists=lambda rows: Officer.objects.filter(contingents__in=rows).select_related("unit").distinct(),
        listed_as="officers",
    ),
    Figure(METRICS["campaigns"], _("Campaigns of which at least a day lies in the period."), CAMPAIGNS),
    Figure(METRICS["incidents"], _("Incidents by the local date of occurrence."), INCIDENTS),
    Figure(
        METRICS["incidents_resolved"],
        _("Of these, incidents with the outcome “resolved”."),
        INCIDENTS,
        where=Q(outcome=Incident.Outcome.RESOLVED),
        narrowed=_("outcome: resolved"),
    ),
    Figure(
        METRICS["incidents_transferred"],
        _("Of these, incidents with the outcome “transferred up”."),
        INCIDENTS,
        where=Q(outcome=Incident.Outcome.TRANSFERRED),
        narrowed=_("outcome: transferred up"),
    ),
    Figure(
        METRICS["incidents_found_on_patrol"],
        _("Of these, incidents that a joint patrol found."),
        INCIDENTS,
        where=Q(patrol__isnull=False),
        narrowed=_("found on a joint patrol"),
    ),
    Figure(
        METRICS["incidents_handled_jointly"],
        _("Of these, incidents with at least one cooperating unit."),
        INCIDENTS,
        where=Q(_COOPERATING),
        narrowed=_("with a cooperating unit"),
    ),
    Figure(
        METRICS["persons_involved"],
        _("The sum of the persons involved of these incidents, where the number is known."),
        INCIDENTS,
        where=Q(persons_involved__isnull=False),
        narrowed=_("number of persons known"),
        amount=Sum("persons_involved"),
        stated=Q(persons_involved__isnull=False),
        row_amount="persons_involved",
        tally="with_persons",
    ),
    Figure(
        METRICS["information_exchanges"],
        _("Exchanges of information by their date, each counted with the unit that gave the information."),
        EXCHANGES,
    ),
    Figure(
        METRICS["briefings"],
        _("Briefings of both levels that were held, by the day; a unit's column says which ones it was host of."),
        BRIEFINGS,
        where=Q(held_on__isnull=False),
        narrowed=_("held"),
    ),
    Figure(
        METRICS["initiatives"],
        _("Models of the cluster that are kept up on the last day of the period; an ended one counts to its last day."),
        INITIATIVES,
    ),
    Figure(
        METRICS["initiatives_effective"],
        _("Of these, models that were rated effective for the year; known once any of them has been rated."),
        RATINGS,
        where=Q(rating=InitiativeRating.Rating.EFFECTIVE),
        narrowed=_("rated effective"),
    ),
    Figure(METRICS["outreach_sessions"], _("Outreach sessions by their date."), OUTREACH),
    Figure(
        METRICS["outreach_attendance"],
        _("The sum of the people reached in these sessions, where they were counted."),
        OUTREACH,
        where=Q(audience__isnull=False),
        narrowed=_("people counted"),
        amount=Sum("audience"),
        stated=Q(audience__isnull=False),
        row_amount="audience",
        tally="with_audience",
    ),
    Figure(METRICS["crime_reports"], _("Crime reports of the register by the day they were received."), CRIME_REPORTS),
    Figure(
        METRICS["crime_reports_valuable"],
        _("Of these, reports that were assessed as of value; known once any of them has been assessed."),
        CRIME_REPORTS,
        where=Q(is_valuable=True),
        narrowed=pgettext_lazy("of crime reports", "of value"),
        stated=Q(is_valuable__isnull=False),
    ),
    Figure(
        METRICS["awards_collective"],
        _("Awards to collectives by the date of the decision."),
        AWARDS,
        where=Q(recipient=Award.Recipient.COLLECTIVE),
        narrowed=_("to a collective"),
    ),
    Figure(
        METRICS["awards_individual"],
        _("Awards to individuals by the date of the decision."),
        AWARDS,
        where=Q(recipient=Award.Recipient.INDIVIDUAL),
        narrowed=_("to an individual"),
    ),
    Figure(
        METRICS["recommendations_open"],
        _("Recommendations made by the last day of the period and neither answered nor withdrawn by then."),
        RECOMMENDATIONS,
        narrowed=_("not answered or withdrawn by that day"),
    ),
    Figure(
        METRICS["key_tasks_done"],
        _("Key tasks whose own period ends in this one and that were assessed as done, whenever that was said."),
        TASKS,
        where=Q(assessment=KeyTask.Assessment.DONE),
        narrowed=_("assessed as done"),
    ),
)

FIGURES: dict[str, Figure] = {figure.key: figure for figure in _ALL}
GROUPED = (PATROLS, LINES, INCIDENTS, AWARDS, EXCHANGES, BRIEFINGS, OUTREACH, CRIME_REPORTS, TASKS)
WHOLE = (MEMBERS, NAMED_LINES, CAMPAIGNS, INITIATIVES, RATINGS, RECOMMENDATIONS)


def figures_of(kind: Kind) -> list[Figure]:
    """The figures that count rows of this kind."""
    return [figure for figure in FIGURES.values() if figure.kind is kind]
