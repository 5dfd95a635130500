"""The first three sheets: the cluster, its parties and units, its categories of incidents.

With ``create`` they set up what does not exist yet; a row equal to what exists is skipped in any case, and one that
contradicts it is an error. An empty cell that may be empty says nothing.
"""

import datetime as dt
from collections import defaultdict
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cluster.models import UNKNOWN_START, AdministrativeUnit, Cluster, MemberUnit, Party, PoliceUnit
from cluster.names import Names, spelling, unknown
from incidents.models import Category
from reports.workbook.plan import Ground, chunks, differences, report_differences
from reports.workbook.problems import Problems
from reports.workbook.schema import CategoryRow, ClusterRow, MemberRow
from reports.workbook.units import KnownUnit, bare_name, place_of


def new_cluster(slug: str, rows: list[ClusterRow], problems: Problems) -> Cluster:
    """The cluster that the first sheet names, unsaved."""
    named = [row for row in rows if row.name]
    if not named:
        problems.sheet_error(ClusterRow.sheet, _("The cluster does not exist yet, so this sheet must name it."))
        return Cluster(slug=slug, name=slug)
    row = named[0]
    word = row.patrol_word or Cluster.PatrolWord.CA
    return Cluster(slug=slug, name=row.name, founded=row.founded, patrol_word=word)


def plan_cluster(ground: Ground, rows: list[ClusterRow]) -> None:
    cluster = ground.cluster
    for row in rows[1:]:
        ground.problems.error(row, "name", _("One workbook is about one cluster."))
    for row in (row for row in rows[:1] if not row.faulty):
        if cluster.pk is None:
            ground.plan.new(row)
            continue
        given: list[tuple[str, Any, Any]] = [("name", row.name, cluster.name)]
        given += [("founded", row.founded, cluster.founded)] if row.founded else []
        given += [("patrol_word", row.patrol_word, cluster.patrol_word)] if row.patrol_word else []
        report_differences(ground, row, differences(given))


def plan_categories(ground: Ground, rows: list[CategoryRow]) -> None:
    for row in rows:
        if not row.name:
            continue
        found = ground.categories.find(row.name)
        if found:
            given = [("group", row.group, found[0].group)] if row.group else []
            report_differences(ground, row, differences(given))
        elif ground.create:
            category = Category(cluster=ground.cluster, name=row.name, group=row.group)
            ground.categories.add(category.name, category)
            ground.plan.categories.append(category)
            ground.plan.new(row)
        else:
            ground.problems.error(row, "name", unknown(row.name, ground.categories.known))


def plan_members(ground: Ground, rows: list[MemberRow]) -> None:
    """Parties, units and memberships. A faulty row still makes its unit known, lest each line of it is an error."""
    official = _Official(rows)
    for row in rows:
        party = _party_of(ground, row) if row.party else None
        known = _unit_of(ground, row, official) if row.unit else None
        if party and known:
            _plan_membership(ground, row, party, known)
    for party in ground.plan.parties:
        party.administrative_unit = _place_of_party(party, ground.plan.members)


def _party_of(ground: Ground, row: MemberRow) -> Party | None:
    if found := ground.parties.find(row.party):
        return found[0]
    if not ground.create:
        ground.problems.error(row, "party", unknown(row.party, ground.parties.known))
        return None
    position = len(ground.parties.known) + 1
    party = Party(cluster=ground.cluster, name=row.party, position=position)
    ground.parties.add(party.name, party)
    ground.plan.parties.append(party)
    return party


class _Official:
    """The administrative units of the codes of the sheet and their police units, each read at once."""

    def __init__(self, rows: list[MemberRow]) -> None:
        self._by_code: dict[str, list[AdministrativeUnit]] = defaultdict(list)
        self._police: dict[int, list[PoliceUnit]] = defaultdict(list)
        written = {row.code for row in rows if row.code}
        for chunk in chunks(sorted(written | {code.zfill(n) for code in written for n in (2, 3, 5)})):
            for unit in AdministrativeUnit.objects.filter(code__in=chunk).select_related("parent"):
                self._by_code[unit.code].append(unit)
        places = [unit.pk for units in self._by_code.values() for unit in units]
        for keys in chunks(places):
            police = PoliceUnit.objects.filter(administrative_unit__in=keys)
            for police_unit in police.select_related("administrative_unit__parent").order_by("valid_from", "pk"):
                self._police[police_unit.administrative_unit_id or 0].append(police_unit)

    def of_code(self, code: str) -> list[AdministrativeUnit]:
        """The units that bear or bore the code. Excel drops the zeros in front of a number: 4 may be 00004."""
        if code in self._by_code:
            return self._by_code[code]
        padded = [self._by_code[code.zfill(n)] for n in (2, 3, 5) if code.zfill(n) in self._by_code]
        return padded[0] if len(padded) == 1 else []

    def police_of(self, place: AdministrativeUnit, *, name: str, day: dt.date) -> PoliceUnit | None:
        """The police unit of this name, else the one of that day, else the first."""
        units = self._police[place.pk]
        named = [unit for unit in units if _is_called(unit, name)]
        of_day = [unit for unit in units if unit.is_valid_on(day)]
        return next(iter(named or of_day or units), None)

    def add(self, unit: PoliceUnit, place: AdministrativeUnit) -> None:
        self._police[place.pk].append(unit)


def _is_called(unit: PoliceUnit, name: str) -> bool:
    """Whether the written name is one of the forms of the unit's."""
    names = {unit.name, place_of(unit.name), bare_name(unit.name)}
    if unit.administrative_unit:
        names |= {unit.administrative_unit.full_name, unit.administrative_unit.name}
    return bool({spelling(name), spelling(place_of(name))} & {spelling(known) for known in names})


def _unit_of(ground: Ground, row: MemberRow, official: _Official) -> KnownUnit | None:
    return _unit_with_code(ground, row, official) if row.code else _unit_without_code(ground, row)


def _unit_without_code(ground: Ground, row: MemberRow) -> KnownUnit | None:
    """A unit known by its name within the cluster."""
    day = row.joined or UNKNOWN_START
    found = ground.units.inside(row.unit)
    if found := [known for known in found if known.unit.is_valid_on(day)] or found:
        if len(found) == 1:
            return found[0]
        names = ", ".join(map(str, found))
        reason = _("“%(name)s” may mean %(units)s: write the full name.") % {"name": row.unit, "units": names}
        ground.problems.error(row, "unit", reason)
        return None
    return _new_unit(ground, row, PoliceUnit(name=row.unit, cluster=ground.cluster))


def _new_unit(ground: Ground, row: MemberRow, unit: PoliceUnit) -> KnownUnit | None:
    if not ground.create:
        ground.problems.error(row, "unit", unknown(row.unit, ground.units.known))
        return None
    ground.plan.units.append(unit)
    known = KnownUnit(unit)
    ground.units.take_in(known)
    return known


def _unit_with_code(ground: Ground, row: MemberRow, official: _Official) -> KnownUnit | None:
    place = _place_of_code(ground, row, official.of_code(row.code))
    if place is None:
        return None
    unit = official.police_of(place, name=row.unit, day=row.joined or place.valid_from)
    if unit is None:
        name = row.unit if place_of(row.unit) != row.unit else f"Công an {place.full_name}"
        unit = PoliceUnit(name=name, administrative_unit=place, valid_from=place.valid_from, valid_to=place.valid_to)
        official.add(unit, place)
        known = _new_unit(ground, row, unit)
    else:
        known = _known(ground, unit)
    if not _is_called(unit, row.unit):
        reason = _("The code %(code)s belongs to %(official)s.") % {"code": row.code, "official": unit.name}
        ground.problems.warn(row, "unit", reason)
        if known:
            ground.units.call(known, row.unit)
    return known


def _known(ground: Ground, unit: PoliceUnit) -> KnownUnit:
    """The one object of a stored unit or of one that this workbook adds."""
    if unit.pk is None:
        return next(known for known in ground.units.of_cluster if known.unit is unit)
    known = ground.units.of(unit)
    ground.units.take_in(known)
    return known


def _place_of_code(ground: Ground, row: MemberRow, units: list[AdministrativeUnit]) -> AdministrativeUnit | None:
    """The unit that bore the code on the first day; where that day is not known, the earliest that bore it."""
    if not units:
        reason = _("The official list has no unit of the code %(code)s.") % {"code": row.code}
        ground.problems.error(row, "code", reason)
        return None
    if row.joined is None:
        return min(units, key=lambda unit: unit.valid_from)
    if found := [unit for unit in units if unit.is_valid_on(row.joined)]:
        return found[0]
    reason = _("The code %(code)s is not valid on %(date)s. Its units: %(units)s.") % {
        "code": row.code,
        "date": f"{row.joined:%d/%m/%Y}",
        "units": ", ".join(_with_validity(unit) for unit in units),
    }
    ground.problems.error(row, "joined", reason)
    return None


def _with_validity(unit: AdministrativeUnit) -> str:
    start = "…" if unit.valid_from == UNKNOWN_START else f"{unit.valid_from:%d/%m/%Y}"
    end = f"{unit.valid_to:%d/%m/%Y}" if unit.valid_to else "…"
    return f"{unit.full_name} ({start} – {end})"


def _plan_membership(ground: Ground, row: MemberRow, party: Party, known: KnownUnit) -> None:
    member = MemberUnit(party=party, unit=known.unit, joined=row.joined or UNKNOWN_START, left=row.left)
    if row.joined and row.left and row.left < row.joined:
        ground.problems.error(row, "left", _("The last day is before the first."))
    elif overlapping := [other for other in known.memberships if _overlap(member, other)]:
        _compare(ground, row, member, overlapping[0])
    elif ground.create:
        known.memberships.append(member)
        ground.plan.members.append(member)
        ground.plan.new(row)
        _warn_of_end(ground, row, known.unit)
    else:
        ground.problems.error(row, "unit", unknown(row.unit, ground.units.known))


def _overlap(one: MemberUnit, other: MemberUnit) -> bool:
    return (other.left is None or one.joined <= other.left) and (one.left is None or other.joined <= one.left)


def _compare(ground: Ground, row: MemberRow, member: MemberUnit, stored: MemberUnit) -> None:
    """A unit is a member once at a time."""
    if row.faulty:
        return
    given: list[tuple[str, Any, Any]] = []
    if member.party != stored.party:
        given.append(("party", member.party.name, stored.party.name))
    given += [("joined", row.joined, stored.joined)] if row.joined else []
    given += [("left", row.left, stored.left)] if row.left else []
    report_differences(ground, row, differences(given))


def _warn_of_end(ground: Ground, row: MemberRow, unit: PoliceUnit) -> None:
    """A membership that outlives its unit is most likely the one of the unit's successor."""
    ends = unit.valid_to
    if ends and ends < (row.left or timezone.localdate()):
        reason = _("%(unit)s exists until %(date)s only.") % {"unit": unit.name, "date": f"{ends:%d/%m/%Y}"}
        ground.problems.warn(row, "left", reason)


def _place_of_party(party: Party, members: list[MemberUnit]) -> AdministrativeUnit | None:
    """The district or commune that bears the party's name, found among its units' places and what they belong to."""
    places: dict[int, AdministrativeUnit] = {}
    for member in members:
        place = member.unit.administrative_unit if member.party is party else None
        for candidate in (place, place.parent if place else None):
            if candidate:
                places[candidate.pk] = candidate
    named: Names[AdministrativeUnit] = Names()
    for candidate in places.values():
        named.add(candidate.full_name, candidate)
        named.add(candidate.name, candidate)
    found = named.find(party.name)
    return found[0] if len(found) == 1 else None
