"""The sheets of incidents, awards and declared figures."""

import datetime as dt
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from cluster.models import Party, PoliceUnit
from cluster.names import unknown
from incidents.metrics import BY_CATEGORY
from incidents.models import Award, Category, DeclaredFigure, Incident
from reports.workbook.patrols import Patrols, deleted, unit_in
from reports.workbook.people import People
from reports.workbook.plan import Ground, Seen, chunks, differences, report_differences
from reports.workbook.schema import AwardRow, DeclaredRow, IncidentRow, Row
from reports.workbook.units import Found, PartiesAndUnits, Unresolved


class StoredIncident(NamedTuple):
    code: str
    deleted_at: dt.datetime | None
    occurred_on: dt.date
    occurred_at: dt.time | None
    unit: int
    unit__name: str
    category: int
    category__name: str
    persons_involved: int | None
    patrol__code: str | None
    outcome: str


def _stored_incidents(ground: Ground, codes: set[str]) -> dict[str, StoredIncident]:
    stored: dict[str, StoredIncident] = {}
    if ground.cluster.pk:
        for chunk in chunks(sorted(codes)):
            found = Incident.objects.filter(cluster=ground.cluster, code__in=chunk).order_by()
            for values in found.values_list(*StoredIncident._fields):
                incident = StoredIncident(*values)
                stored[incident.code] = incident
    return stored


def plan_incidents(ground: Ground, rows: list[IncidentRow], patrols: Patrols) -> None:
    stored = _stored_incidents(ground, {row.code for row in rows if row.code})
    seen = Seen(ground.problems, "code")
    for row in rows:
        if row.code and seen.again(row, row.code):
            continue
        refusal = patrols.why_unknown(row.patrol) if row.patrol else ""
        if refusal:
            ground.problems.error(row, "patrol", refusal)
        incident = _incident(ground, row)
        if incident and not refusal:
            _plan_incident(ground, row, incident, stored.get(row.code), patrols)


def _incident(ground: Ground, row: IncidentRow) -> Incident | None:
    """The incident of the row, unsaved; None where something in it is wrong."""
    category = category_in(ground, row, row.category) if row.category else None
    known = unit_in(ground, row, "unit", row.unit, row.occurred[0] if row.occurred else None)
    if row.faulty or category is None or known is None:
        return None
    return Incident(
        code=row.code,
        occurred_on=row.occurred[0],
        occurred_at=row.occurred[1],
        unit=known.unit,
        category=category,
        persons_involved=row.persons_involved,
        outcome=row.outcome or Incident.Outcome.RECEIVED,
    )


def category_in(ground: Ground, row: Row, name: str) -> Category | None:
    found = ground.categories.find(name)
    if not found:
        ground.problems.error(row, "category", unknown(name, ground.categories.known))
        return None
    return found[0]


def _plan_incident(
    ground: Ground, row: IncidentRow, incident: Incident, stored: StoredIncident | None, patrols: Patrols
) -> None:
    if stored is None:
        ground.plan.new(row)
        ground.plan.incidents.append(incident)
        if found_on := patrols.stored.get(row.patrol):
            incident.patrol_id = found_on.pk
        elif row.patrol:
            ground.plan.found_on.append((incident, row.patrol))
    elif stored.deleted_at:
        ground.problems.error(row, "code", deleted(stored.deleted_at))
    else:
        _compare_incident(ground, row, incident, stored)


def _compare_incident(ground: Ground, row: IncidentRow, incident: Incident, stored: StoredIncident) -> None:
    outcome = Incident.Outcome(stored.outcome)
    given: list[tuple[str, Any, Any]] = [
        ("occurred", incident.occurred_on, stored.occurred_on),
        ("occurred", incident.occurred_at, stored.occurred_at),
        ("patrol", row.patrol, stored.patrol__code),
        ("outcome", Incident.Outcome(incident.outcome).label, outcome.label),
    ]
    if row.persons_involved != stored.persons_involved:  # 0 is not the same as not known
        given.append(("persons_involved", _number(row.persons_involved), _number(stored.persons_involved)))
    if incident.unit_id != stored.unit:
        given.append(("unit", incident.unit.name, stored.unit__name))
    if incident.category_id != stored.category:
        given.append(("category", incident.category.name, stored.category__name))
    report_differences(ground, row, differences(given))


def _number(value: int | None) -> str:
    return "" if value is None else str(value)


def plan_awards(ground: Ground, rows: list[AwardRow], people: People) -> None:
    stored = _stored_awards(ground)
    seen = Seen(ground.problems, "name")
    for row in rows:
        if row.faulty or seen.again(row, _award_key(row)):
            continue
        known = stored.get(_award_key(row))
        if known is None:
            ground.plan.new(row)
            ground.plan.awards.append(_award(ground, row, people))
        elif known.deleted_at:
            ground.problems.error(row, "name", deleted(known.deleted_at))
        else:
            given = [("form", row.form, known.form), ("achievement", row.achievement, known.achievement)]
            report_differences(ground, row, differences(given))


def _award_key(award: AwardRow | Award) -> tuple[object, ...]:
    return award.decision_number, award.decided_on, award.recipient, award.name


def _stored_awards(ground: Ground) -> dict[tuple[object, ...], Award]:
    """The awards of the cluster by key; one that was deleted stands in only where no other has its key."""
    if ground.cluster.pk is None:
        return {}
    awards = Award.objects.filter(cluster=ground.cluster).order_by("pk")
    return {_award_key(award): award for award in sorted(awards, key=lambda award: award.deleted_at is None)}


def _award(ground: Ground, row: AwardRow, people: People) -> Award:
    """The award, tied to the officer or unit that bears the name, where one does without a doubt."""
    award = Award(
        decision_number=row.decision_number,
        decided_on=row.decided_on,
        form=row.form,
        recipient=row.recipient,
        name=row.name,
        achievement=row.achievement,
    )
    if row.recipient == Award.Recipient.INDIVIDUAL:
        award.officer = people.anywhere(row.name)
        award.unit = award.officer.unit if award.officer else None
    elif len(found := ground.units.inside(row.name)) == 1:
        award.unit = found[0].unit
    return award


class _Figure(NamedTuple):
    """A declared row with what it speaks of."""

    row: DeclaredRow
    party: Party | None
    unit: PoliceUnit | None
    category: Category | None

    @property
    def key(self) -> tuple[object, ...]:
        """As the database has it, for what is stored; an object of its own for what is not."""
        row = self.row
        return row.metric, row.date_from, row.date_to, *(_key_of(x) for x in (self.party, self.unit, self.category))


def _key_of(thing: Party | PoliceUnit | Category | None) -> int | str | None:
    return None if thing is None else thing.pk or f"new {id(thing)}"


def plan_declared(ground: Ground, rows: list[DeclaredRow]) -> None:
    stored = _stored_figures(ground)
    whose = PartiesAndUnits(ground.all_parties(), ground.units)
    seen = Seen(ground.problems, "metric")
    for row in rows:
        figure = _figure(ground, row, whose)
        if figure is None or seen.again(row, figure.key):
            continue
        if known := stored.get(figure.key):
            value = [("value", row.value, known.value)] if row.value != known.value else []
            source = ("source", row.source, known.source)
            qualifier = ("qualifier", _qualifier(row).label, DeclaredFigure.Qualifier(known.qualifier).label)
            report_differences(ground, row, differences([*value, qualifier, source]))
        else:
            ground.plan.new(row)
            ground.plan.declared.append(_declared(figure))


def _figure(ground: Ground, row: DeclaredRow, whose: PartiesAndUnits) -> _Figure | None:
    """What the row speaks of; None where something in it is wrong."""
    category = category_in(ground, row, row.category) if row.category else None
    if row.category and row.metric and row.metric not in BY_CATEGORY:
        ground.problems.error(row, "category", _("This figure is not divided by categories of incidents."))
    if row.date_from is None or row.date_to is None:
        return None
    if row.date_to < row.date_from:
        ground.problems.error(row, "date_to", _("The last day is before the first."))
        return None
    party, unit, resolved = _whose(ground, row, whose)
    complete = resolved and not row.faulty and (category or not row.category)
    return _Figure(row, party, unit, category) if complete else None


def _whose(ground: Ground, row: DeclaredRow, whose: PartiesAndUnits) -> tuple[Party | None, PoliceUnit | None, bool]:
    """The party or the unit, if the row names one, and whether it could be told."""
    if not row.unit:
        return None, None, True
    try:
        found = whose.within(row.unit, row.date_from, row.date_to)
    except Unresolved as error:
        ground.problems.error(row, "unit", str(error))
        return None, None, False
    if not isinstance(found, Found):
        return found, None, True
    if found.warning:
        ground.problems.warn(row, "unit", found.warning)
    return None, found.known.unit, True


def _qualifier(row: DeclaredRow) -> DeclaredFigure.Qualifier:
    return DeclaredFigure.Qualifier(row.qualifier or DeclaredFigure.Qualifier.EXACT)


def _declared(figure: _Figure) -> DeclaredFigure:
    row = figure.row
    return DeclaredFigure(
        metric=row.metric,
        date_from=row.date_from,
        date_to=row.date_to,
        party=figure.party,
        unit=figure.unit,
        category=figure.category,
        value=row.value,
        qualifier=_qualifier(row).value,
        source=row.source,
    )


def _stored_figures(ground: Ground) -> dict[tuple[object, ...], DeclaredFigure]:
    if ground.cluster.pk is None:
        return {}
    return {
        (f.metric, f.date_from, f.date_to, f.party_id, f.unit_id, f.category_id): f
        for f in DeclaredFigure.objects.filter(cluster=ground.cluster)
    }
