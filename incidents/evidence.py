"""What speaks for an award: counts of a unit's or an officer's own records, and the rows behind them.

No score and no order of merit: a decision about people is made by people (design.md).
"""

import datetime as dt
from collections import defaultdict
from dataclasses import dataclass
from typing import Any, NamedTuple
from urllib.parse import urlencode

from django.db.models import Count, F, Q, QuerySet, Sum
from django.utils import translation
from django.utils.translation import gettext as _

from cluster.models import Cluster, Officer, PoliceUnit
from cluster.numbers import number
from incidents.models import Award, Incident
from patrols.models import Contingent, JointPatrol


class Evidence(NamedTuple):
    """Confirmed participations, patrols led, and incidents found on patrols that the unit or officer took part in."""

    participations: int = 0
    led: int = 0
    found: int = 0


@dataclass(frozen=True)
class Candidate:
    """A unit or an officer with what speaks for it, and the awards of the period that it already has."""

    who: PoliceUnit | Officer
    evidence: Evidence
    awards: tuple[Award, ...]

    @property
    def name(self) -> str:
        return self.who.name


class Rows(NamedTuple):
    """The rows behind the three numbers."""

    lines: "QuerySet[Contingent]"
    patrols: "QuerySet[JointPatrol]"
    incidents: "QuerySet[Incident]"


@dataclass(frozen=True)
class Ground:
    """A cluster and the days, both included, in which evidence is looked for."""

    cluster: Cluster
    start: dt.date
    end: dt.date

    @property
    def days_asked(self) -> str:
        """The days as the query string of an address names them."""
        return urlencode({"date_from": self.start.isoformat(), "date_to": self.end.isoformat()})

    @property
    def patrols(self) -> "QuerySet[JointPatrol]":
        return JointPatrol.objects.of(self.cluster).in_period(self.start, self.end).counted()

    @property
    def lines(self) -> "QuerySet[Contingent]":
        """Of counted patrols, the lines that their units vouch for."""
        lines = Contingent.objects.filter(cluster=self.cluster, local_date__range=(self.start, self.end))
        return lines.filter(state__in=Contingent.CONFIRMED_STATES, patrol__in=self.patrols.values("pk"))

    @property
    def incidents(self) -> "QuerySet[Incident]":
        found = Incident.objects.of(self.cluster).in_period(self.start, self.end)
        return found.filter(patrol__in=self.patrols.values("pk"))

    def rows_of(self, who: PoliceUnit | Officer) -> Rows:
        if isinstance(who, PoliceUnit):
            lines, led = self.lines.filter(unit=who), self.patrols.filter(lead_unit=who)
        else:
            lines, led = self.lines.filter(officers=who), self.patrols.filter(shift_leader=who)
        incidents = self.incidents.filter(patrol__in=lines.values("patrol"))
        return Rows(
            lines.select_related("patrol__cluster", "unit", "force").order_by("local_date", "pk"),
            led.select_related("cluster", "lead_unit", "campaign").order_by("local_date", "pk"),
            incidents.select_related("cluster", "category", "unit").order_by("occurred_on", "pk"),
        )

    def evidence_of(self, who: PoliceUnit | Officer) -> Evidence:
        rows = self.rows_of(who)
        if isinstance(who, PoliceUnit):
            people = rows.lines.aggregate(people=Sum("headcount"))["people"] or 0
        else:
            people = rows.lines.order_by().values("patrol").distinct().count()
        return Evidence(people, rows.patrols.count(), rows.incidents.count())

    def units(self) -> list[Candidate]:
        """The units of which there is any evidence, by name."""
        people = dict(self.lines.order_by().values_list("unit").annotate(n=Sum("headcount")))
        led = dict(self.patrols.order_by().values_list("lead_unit").annotate(n=Count("pk")))
        found = self._found_by("patrol__contingents__unit")
        awards = self._awards("unit", Award.Recipient.COLLECTIVE)
        keys = (people.keys() | led.keys() | found.keys()) - {None}
        return [
            Candidate(
                unit, Evidence(people.get(unit.pk, 0), led.get(unit.pk, 0), found.get(unit.pk, 0)), awards[unit.pk]
            )
            for unit in PoliceUnit.objects.filter(pk__in=keys).order_by("name", "pk")
        ]

    def officers(self) -> list[Candidate]:
        """The officers who are named in a confirmed line or led a patrol, by name."""
        named = self.lines.filter(officers__isnull=False).order_by()
        people = dict(named.values_list("officers").annotate(n=Count("patrol", distinct=True)))
        led = dict(self.patrols.order_by().values_list("shift_leader").annotate(n=Count("pk")))
        found = self._found_by("patrol__contingents__officers")
        awards = self._awards("officer", Award.Recipient.INDIVIDUAL)
        keys = (people.keys() | led.keys()) - {None}
        officers = Officer.objects.filter(pk__in=keys).select_related("unit").order_by("name", "pk")
        return [
            Candidate(who, Evidence(people.get(who.pk, 0), led.get(who.pk, 0), found.get(who.pk, 0)), awards[who.pk])
            for who in officers
        ]

    def _found_by(self, path: str) -> dict[int, int]:
        lines = Q(patrol__contingents__state__in=Contingent.CONFIRMED_STATES)
        rows = self.incidents.filter(lines).order_by().annotate(who=F(path)).exclude(who=None)
        return dict(rows.values_list("who").annotate(n=Count("pk", distinct=True)))

    def _awards(self, field: str, recipient: str) -> dict[int, tuple[Award, ...]]:
        found: dict[int, tuple[Award, ...]] = defaultdict(tuple)
        awards = Award.objects.of(self.cluster).in_period(self.start, self.end).filter(recipient=recipient)
        for award in awards.order_by("decided_on", "pk"):
            if key := getattr(award, f"{field}_id"):
                found[key] += (award,)
        return found

    def preset(self, who: PoliceUnit | Officer) -> dict[str, Any]:
        """What the form of an award opens with."""
        told = {"name": who.name, "achievement": self.sentence(self.evidence_of(who))}
        if isinstance(who, PoliceUnit):
            return told | {"recipient": Award.Recipient.COLLECTIVE, "unit": who.pk}
        return told | {"recipient": Award.Recipient.INDIVIDUAL, "unit": who.unit_id}

    def sentence(self, evidence: Evidence) -> str:
        """The achievement in words, always Vietnamese: the decision quotes it. What there is none of is not said."""
        with translation.override("vi"):
            parts = []
            if evidence.participations:
                parts.append(
                    _("took part in joint patrols (%(n)s participations confirmed)")
                    % {"n": number(evidence.participations)}
                )
            if evidence.led:
                words = {"n": number(evidence.led), "word": self.cluster.patrol_word}
                parts.append(_("led %(n)s joint patrols (%(word)s)") % words)
            if evidence.found:
                parts.append(_("helped to find %(n)s incidents on patrol") % {"n": number(evidence.found)})
            if not parts:
                return ""
            days = {"start": f"{self.start:%d/%m/%Y}", "end": f"{self.end:%d/%m/%Y}", "what": ", ".join(parts)}
            return _("From %(start)s to %(end)s: %(what)s.") % days
