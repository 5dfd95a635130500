"""The review of a period: all figures with comparison, the breakdowns, the headline and the warnings."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise

from cluster.models import Cluster, Force, MemberUnit, Party, PoliceUnit
from incidents.models import Category
from patrols.models import Campaign
from reports.breakdowns import (
    CAMPAIGN_COLUMNS,
    FIGURE_OF_COLUMN,
    FIGURE_OF_OUTCOME,
    FORCE_COLUMNS,
    MONTH_COLUMNS,
    NO_CAMPAIGN,
    OUTCOME_COLUMNS,
    OUTCOMES,
    REST,
    TREND_COLUMNS,
    UNIT_COLUMNS,
    CategoryRow,
    IncidentMonths,
    MonthRow,
    Part,
    TrendYear,
    UnitRow,
)
from reports.declared import EXACT, Amount, join_qualifiers
from reports.facts import Facts
from reports.figures import FIGURES, LINES, Figure
from reports.periods import Period
from reports.slices import OUTSIDE, WHOLE_CLUSTER, Slice
from reports.values import DECLARED, MIXED, RECORDS, UNKNOWN, Compared, Value
from reports.wording import Wording

# The years of the trend, the period's own among them.
TREND_YEARS = 5


class Reckoning:
    """All that the review of a cluster and a period says, from the rows of today."""

    def __init__(self, cluster: Cluster, period: Period, comparison: Period | None = None) -> None:
        self.cluster = cluster
        self.period = period
        self.comparison = comparison or period.year_before()
        # The day alone: a page says the same until a row changes. What is signed has its moment.
        self.as_of: dt.date = timezone.localdate()
        self.years = self.period.years_back(TREND_YEARS)
        self.facts = Facts(cluster, [self.period, self.comparison], in_total=self.years)
        self.wording = Wording(cluster, self.period, self.comparison)

    @property
    def slug(self) -> str:
        """The period as addresses write it."""
        return self.period.slug_in(self.cluster)

    @cached_property
    def figures(self) -> dict[str, Compared]:
        return {
            key: Compared(figure, self.value(figure, self.period), self.value(figure, self.comparison))
            for key, figure in FIGURES.items()
        }

    def value(self, figure: Figure, period: Period, at: Slice = WHOLE_CLUSTER) -> Value:
        """A figure, or a slice of it: records where there are any, with what units without records declared.

        Without records, the declared rows of rule 4; what they cannot tell, as a month, has records only.
        """
        ground = self.facts.ground(figure, period)
        if not ground.has_records:
            return (
                UNKNOWN
                if at.is_of_records_only
                else _declared_value(ground.declared.of(at.party, at.unit, at.category))
            )
        recorded = self.facts.amount(figure, period, at)
        absent = set() if at.is_of_records_only else ground.absent
        if at.unit:
            absent = absent & {at.unit}
        elif at.party:
            absent = absent & {unit for unit, party in ground.declared.party_of.items() if party == at.party}
        added = [
            amount for unit in sorted(absent) if (amount := ground.declared.of_unit(unit, at.category)) is not None
        ]
        return _with_records(recorded, added)

    @cached_property
    def headline(self) -> list[tuple[str, str]]:
        """The three sentences of the conference, each with the key of its figure."""
        patrols, people, incidents = (self.figures[key] for key in ("joint_patrols", "participations", "incidents"))
        return [
            (patrols.key, self.wording.patrols(patrols.this.value, patrols.this.qualifier)),
            (people.key, self.wording.participations(people.this.value, people.this.qualifier)),
            (
                incidents.key,
                self.wording.incidents(
                    incidents.this.value,
                    incidents.this.qualifier,
                    change=incidents.change,
                    previous=incidents.before.value,
                ),
            ),
        ]

    @cached_property
    def by_category(self) -> list[CategoryRow]:
        """Incidents and persons by category; what has none known stands in a last row, so that they add up."""
        rows = [self._of_category(category) for category in Category.objects.filter(cluster=self.cluster)]
        rows = [row for row in rows if row.incidents or row.persons or row.previous or row.previous_persons]
        rows.sort(key=lambda row: -(row.incidents or 0))
        incidents, persons = self.figures["incidents"], self.figures["persons_involved"]
        rest = CategoryRow(
            None,
            _rest(incidents.this.value, (row.incidents for row in rows)),
            _rest(persons.this.value, (row.persons for row in rows)),
            _rest(incidents.before.value, (row.previous for row in rows)),
            _rest(persons.before.value, (row.previous_persons for row in rows)),
            None,
            {},
        )
        return [*rows, rest] if rest.incidents or rest.persons or rest.previous or rest.previous_persons else rows

    def _of_category(self, category: Category) -> CategoryRow:
        at = Slice(category=category.pk)
        incidents, persons = (
            Compared(figure, self.value(figure, self.period, at), self.value(figure, self.comparison, at))
            for figure in (FIGURES["incidents"], FIGURES["persons_involved"])
        )
        values = {
            "incidents": incidents.this,
            "persons": persons.this,
            "previous": incidents.before,
            "previous_persons": persons.before,
        }
        return CategoryRow(
            category,
            **{name: value.value for name, value in values.items()},
            change=incidents.change,
            qualifiers=_inexact(values),
        )

    @cached_property
    def by_month(self) -> list[MonthRow]:
        """Records by month; a declared figure has no month and stands in a last row (rule 4)."""
        months = list(self.period.months())
        before: list[Period | None] = list(self.comparison.months())
        before += [None] * (len(months) - len(before))
        rows = [
            MonthRow(month, compared, self._of_month(month, self.period), self._of_month(compared, self.comparison))
            for month, compared in zip(months, before, strict=False)
        ]
        rest = MonthRow(
            None,
            None,
            {key: _rest(self.figures[key].this.value, (row.values[key] for row in rows)) for key in MONTH_COLUMNS},
            {key: _rest(self.figures[key].before.value, (row.before[key] for row in rows)) for key in MONTH_COLUMNS},
        )
        return [*rows, rest] if any(rest.values.values()) or any(rest.before.values()) else rows

    @cached_property
    def by_force(self) -> list[Part]:
        """Participations by force, the lines of each beside them; force and campaign stand in records alone."""
        periods = (self.period, self.comparison)
        found = {cell.force for period in periods for cell in self.facts.cells(LINES, period) if cell.force}
        labels = {force.pk: force.name for force in Force.objects.filter(pk__in=found)} if found else {}
        parts = self._parts("force", labels, FORCE_COLUMNS)
        lines: dict[Any, int] = {of: self.facts.tally(LINES, "lines", self.period, Slice(force=of)) for of in labels}
        rows = [part._replace(values=part.values | {"lines": lines.get(part.of)}) for part in parts]
        return sorted(rows, key=lambda part: (part.of is None, -(part.values["participations"] or 0)))

    @cached_property
    def by_campaign(self) -> list[Part]:
        """Of each campaign of the period, and of what lay outside any; empty where there was no campaign."""
        kinds = (FIGURES[key].kind for key in CAMPAIGN_COLUMNS)
        found = {cell.campaign for kind in kinds if kind for cell in self.facts.cells(kind, self.period)} - {OUTSIDE}
        runs = Q(date_from__lte=self.period.end, date_to__gte=self.period.start)
        campaigns = Campaign.objects.filter(runs | Q(pk__in=found), cluster=self.cluster).order_by("date_from", "pk")
        labels: dict[int, str | Promise] = {campaign.pk: campaign.name for campaign in campaigns}
        if not labels:
            return []
        return self._parts("campaign", labels | {OUTSIDE: NO_CAMPAIGN}, CAMPAIGN_COLUMNS, compared=False)

    @cached_property
    def outcomes(self) -> list[Part]:
        """Incidents by outcome beside the comparison; with a last row for what is not known they add up."""
        return self._parts("outcome", dict(OUTCOMES), OUTCOME_COLUMNS)

    def _parts(
        self, field: str, labels: Mapping[Any, str | Promise], columns: Sequence[str], *, compared: bool = True
    ) -> list[Part]:
        """A line for each value of a field of ``Slice``, and a last one for what no value holds."""

        def values(period: Period, of: Any) -> dict[str, int | None]:
            return {key: self._part(key, period, field, of) for key in columns}

        rows = [
            Part(label, of, values(self.period, of), values(self.comparison, of) if compared else {})
            for of, label in labels.items()
        ]
        figures = {key: self.figures[key] for key in columns}
        this = {key: _rest(f.this.value, (row.values[key] for row in rows)) for key, f in figures.items()}
        before = {
            key: _rest(f.before.value, (row.before[key] for row in rows)) for key, f in figures.items() if compared
        }
        known = any(this.values()) or any(before.values())
        return [*rows, Part(REST[field], None, this, before)] if known else rows

    def _part(self, key: str, period: Period, field: str, of: Any) -> int | None:
        if field == "outcome" and of in FIGURE_OF_OUTCOME:
            compared = self.figures[FIGURE_OF_OUTCOME[of]]
            return (compared.this if period == self.period else compared.before).value
        return self.value(FIGURES[key], period, Slice(**{field: of})).value

    @cached_property
    def trend(self) -> list[TrendYear]:
        """The same dates of the last years; what is known of none of them is a gap."""
        return [
            TrendYear(year, {key: replace(self.value(FIGURES[key], year), declared=()) for key in TREND_COLUMNS})
            for year in self.years
        ]

    @cached_property
    def incident_months(self) -> IncidentMonths | None:
        """None where patrols or incidents are not known by month."""
        rows = [row.values for row in self.by_month if row.month]
        known = [(r["incidents"], r["joint_patrols"]) for r in rows if None not in (r["incidents"], r["joint_patrols"])]
        if not known or any(row.values[key] for row in self.by_month if not row.month for key in MONTH_COLUMNS):
            return None
        patrols = {some: [p or 0 for n, p in known if bool(n) == some] for some in (True, False)}
        return IncidentMonths(len(patrols[True]), sum(patrols[True]), len(patrols[False]), sum(patrols[False]))

    def _of_month(self, month: Period | None, period: Period) -> dict[str, int | None]:
        """Blank, not zero, where the whole period has no record of the kind."""
        if month is None:
            return dict.fromkeys(MONTH_COLUMNS)
        return {key: self.value(FIGURES[key], period, Slice(month=month)).value for key in MONTH_COLUMNS}

    @cached_property
    def by_unit(self) -> list[UnitRow]:
        """Parties with their units, then what no member answers for, so that each column adds up to its total."""
        rows: list[UnitRow] = []
        for party in self._parties:
            rows.append(self._unit_row(party.name, party, None))
            rows += [self._unit_row(unit.name, party, unit) for unit in self._units_of(party)]
        rest: dict[str, int | None] = dict.fromkeys(UNIT_COLUMNS)
        for column, key in FIGURE_OF_COLUMN.items():
            parties = (row.values[column] for row in rows if row.unit is None)
            rest[column] = _rest(self.figures[key].this.value, parties)
        if any(rest.values()):
            rows.append(UnitRow(REST["unit"], None, None, rest, {}))
        return rows

    def _unit_row(self, label: str, party: Party, unit: PoliceUnit | None) -> UnitRow:
        at = Slice(party=party.pk, unit=unit.pk if unit else None)
        values = {column: self.value(FIGURES[key], self.period, at) for column, key in FIGURE_OF_COLUMN.items()}
        numbers = {column: value.value for column, value in values.items()}
        return UnitRow(label, party, unit, numbers | {"took_part": self._took_part(unit)}, _inexact(values))

    def _took_part(self, unit: PoliceUnit | None) -> int | None:
        if unit is None or not self.facts.has_records(FIGURES["participations"], self.period):
            return None
        return sum(n for (pk, day), n in self.facts.took_part.items() if pk == unit.pk and day in self.period)

    @cached_property
    def unit_totals(self) -> dict[str, int | None]:
        """The printed line that reconciles the columns with the cluster's totals (rule 3)."""
        totals: dict[str, int | None] = {c: self.figures[key].this.value for c, key in FIGURE_OF_COLUMN.items()}
        return totals | {"took_part": None}

    @cached_property
    def _parties(self) -> list[Party]:
        parties = {member.party_id: member.party for member in self.facts.members}
        return sorted(parties.values(), key=lambda party: (party.position, party.name))

    def _units_of(self, party: Party) -> list[PoliceUnit]:
        members = (m for m in self.facts.members if m.party_id == party.pk and _in(m, self.period))
        units = {member.unit_id: member.unit for member in members}
        return sorted(units.values(), key=lambda unit: unit.name)

    def rest_of(self, key: str, dimension: str) -> int | None:
        """What a breakdown could not place of a figure of this period; ``dimension`` is a key of ``REST``."""
        if dimension == "unit":
            column = next((column for column, figure in FIGURE_OF_COLUMN.items() if figure == key), None)
            return next((row.values[column] for row in self.by_unit if row.party is None), None) if column else None
        if dimension == "month":
            return next((row.values.get(key) for row in self.by_month if row.month is None), None)
        if dimension == "category":
            rest = next((row for row in self.by_category if row.category is None), None)
            return {"incidents": rest.incidents, "persons_involved": rest.persons}.get(key) if rest else None
        parts = {"force": self.by_force, "campaign": self.by_campaign, "outcome": self.outcomes}[dimension]
        return next((part.values.get(key) for part in parts if part.of is None), None)


def _in(member: MemberUnit, period: Period) -> bool:
    return member.joined <= period.end and (member.left is None or member.left >= period.start)


def _declared_value(amount: Amount | None) -> Value:
    return Value(amount.value, amount.qualifier, DECLARED, amount.rows) if amount else UNKNOWN


def _with_records(recorded: int, added: list[Amount]) -> Value:
    if not added:
        return Value(recorded, EXACT, RECORDS)
    return Value(
        recorded + sum(amount.value for amount in added),
        join_qualifiers(amount.qualifier for amount in added),
        MIXED,
        tuple(row for amount in added for row in amount.rows),
    )


def _inexact(values: Mapping[str, Value]) -> dict[str, str | None]:
    """The word of each value that is not exact, by column."""
    return {column: v.qualifier for column, v in values.items() if v.value is not None and not v.is_exact}


def _rest(total: int | None, parts: Iterable[int | None]) -> int | None:
    """What of a total no part holds; None if the total is not known."""
    return None if total is None else total - sum(part or 0 for part in parts)
