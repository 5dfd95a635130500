"""What a patrol form offers, each list read once however many lines the form has."""

import datetime as dt
from collections.abc import Iterable
from functools import cached_property

from django.utils.translation import gettext as _

from cluster.models import UNKNOWN_START, AdministrativeUnit, Cluster, Force, Officer, PoliceUnit
from patrols.forms.fields import Group, Options
from patrols.forms.names import OfficerBook
from patrols.models import Campaign, Contingent, JointPatrol
from patrols.roster import Roster


class PatrolChoices:
    """The lists of a cluster; with a patrol, also what it holds already, be it out of the lists by now."""

    def __init__(self, cluster: Cluster, *, patrol: JointPatrol | None = None) -> None:
        self.cluster, self.patrol = cluster, patrol

    @cached_property
    def stored_lines(self) -> list[Contingent]:
        return list(self.patrol.contingents.all()) if self.patrol else []

    @cached_property
    def roster(self) -> Roster:
        return Roster.of(self.cluster)

    @cached_property
    def units(self) -> dict[int, PoliceUnit]:
        stored = [line.unit for line in self.stored_lines] + ([self.patrol.lead_unit] if self.patrol else [])
        return {unit.pk: unit for unit in stored} | self.roster.units

    @cached_property
    def communes(self) -> dict[int, AdministrativeUnit]:
        stored = self.patrol.communes.all() if self.patrol else ()
        places = {place.pk: place for place in stored} | self.roster.communes
        return dict(sorted(places.items(), key=lambda item: (item[1].name, item[1].valid_from)))

    @cached_property
    def forces(self) -> dict[int, Force]:
        return {force.pk: force for force in Force.objects.all()}

    @cached_property
    def campaigns(self) -> dict[int, Campaign]:
        return {campaign.pk: campaign for campaign in self.cluster.campaigns.all()}

    @cached_property
    def officers(self) -> dict[int, Officer]:
        """The officers of the units above, and those whom the patrol names though they serve elsewhere by now."""
        found = {officer.pk: officer for officer in Officer.objects.filter(unit__in=self.units)}
        kept = [officer for line in self.stored_lines for officer in line.officers.all()]
        if self.patrol and self.patrol.shift_leader:
            kept.append(self.patrol.shift_leader)
        return {officer.pk: officer for officer in kept} | found

    @cached_property
    def book(self) -> OfficerBook:
        return OfficerBook(self.officers.values())

    def book_with(self, units: Iterable[PoliceUnit]) -> OfficerBook:
        """The officers, with those of units that no list has."""
        outside = {unit.pk for unit in units} - set(self.units)
        if not outside:
            return self.book
        return OfficerBook([*self.officers.values(), *Officer.objects.filter(unit__in=outside)])

    def kept_officers(self, unit: PoliceUnit) -> list[Officer]:
        """Whom the stored lines of the unit name."""
        return [o for line in self.stored_lines if line.unit_id == unit.pk for o in line.officers.all()]

    def why_not(self, unit: PoliceUnit, day: dt.date) -> str:
        """Why the unit cannot have taken part: it was not there yet. Empty of a member and of what the patrol holds.

        A unit that had ended is a question only (questions.py): people go by old names for years.
        """
        place = unit.administrative_unit
        if max(unit.valid_from, place.valid_from if place else unit.valid_from) <= day:
            return ""
        kept = {line.unit_id for line in self.stored_lines} | ({self.patrol.lead_unit_id} if self.patrol else set())
        is_known = unit.pk in kept or not self.roster.outsiders([unit], day)
        return "" if is_known else unit.absence_warning(day)

    def unit_options(self, day: dt.date) -> Options:
        """The members of the day by party; then those of other times, and what the patrol holds from outside."""
        groups: dict[str, list[tuple[object, str]]] = {}
        inside = set()
        for member in self.roster.on(day):
            groups.setdefault(member.party.name, []).append((member.unit_id, member.unit.name))
            inside.add(member.unit_id)
        other_times = {
            member.unit_id: f"{member.unit.name} ({dates_in_words(member.joined, member.left)})"
            for member in self.roster.members
            if member.unit_id not in inside
        }
        outside = [(pk, unit.name) for pk, unit in self.units.items() if pk not in self.roster.units]
        return Options(
            _without_empty(
                *(Group(party, units) for party, units in groups.items()),
                Group(_("No members on this date"), list(other_times.items())),
                Group(_("Outside the cluster"), outside),
            ),
            empty=_("Choose the unit"),
        )

    def force_options(self, day: dt.date) -> Options:
        now = [(pk, force.name) for pk, force in self.forces.items() if force.is_valid_on(day)]
        other_times = [
            (pk, f"{force.name} ({dates_in_words(force.valid_from, force.valid_to)})")
            for pk, force in self.forces.items()
            if not force.is_valid_on(day)
        ]
        groups = _without_empty(Group("", now), Group(_("Not on this date"), other_times))
        return Options(groups, empty=_("Choose the force"))

    def campaign_options(self, day: dt.date) -> Options:
        """Those that the day falls into, then the others with their dates."""
        now, others = [], []
        for pk, campaign in self.campaigns.items():
            if campaign.date_from <= day <= campaign.date_to:
                now.append((pk, campaign.name))
            else:
                others.append((pk, f"{campaign.name} ({dates_in_words(campaign.date_from, campaign.date_to)})"))
        return Options(_without_empty(Group("", now), Group(_("Not on this date"), others)), empty=_("None"))

    def leader_options(self, day: dt.date) -> Options:
        """The officers by unit; the script offers them for the names of a line as well."""
        by_unit: dict[int, list[tuple[object, str]]] = {}
        others: list[tuple[object, str]] = []
        for officer in self.officers.values():
            option = (officer.pk, self.book.label(officer))
            serves = officer.unit_id in self.units and (officer.active_to is None or officer.active_to >= day)
            (by_unit.setdefault(officer.unit_id, []) if serves else others).append(option)
        groups = [Group(unit.name, by_unit[pk], str(pk)) for pk, unit in self.units.items() if pk in by_unit]
        return Options(_without_empty(*groups, Group(_("Not on this date"), others)), empty=_("None"))


def _without_empty(*groups: Group) -> list[Group]:
    return [group for group in groups if group.options]


def dates_in_words(start: dt.date, end: dt.date | None) -> str:
    """When something holds, in words; a start that nobody knows is left out (counting rule 9)."""
    since = "" if start == UNKNOWN_START else _("from %(date)s") % {"date": f"{start:%d/%m/%Y}"}
    until = _("until %(date)s") % {"date": f"{end:%d/%m/%Y}"} if end else ""
    return " ".join(part for part in (since, until) if part) or _("always")
