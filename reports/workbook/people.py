"""Officers by their names within a unit; whoever is not there yet becomes one."""

import datetime as dt

from django.utils.translation import gettext as _

from cluster.models import Officer
from cluster.names import Names
from reports.workbook.units import KnownUnit, Units, Unresolved


class People:
    """The officers of the units that the workbook names."""

    def __init__(self, units: Units) -> None:
        self._units = units
        self._of_unit: dict[int, Names[Officer]] = {}
        self._everybody: Names[Officer] | None = None
        self.new: list[Officer] = []

    def find(self, name: str, known: KnownUnit, day: dt.date) -> Officer | None:
        """The officer of the unit, who is in service on the day if several bear the name. Raises ``Unresolved``."""
        found = self._of(known).find_person(name)
        if len(found) > 1:
            found = [officer for officer in found if _serves_on(officer, day)] or found
        if len(found) > 1:
            raise Unresolved(
                _("%(unit)s has %(count)d officers named %(name)s.")
                % {"unit": known.unit.name, "count": len(found), "name": name}
            )
        return found[0] if found else None

    def find_or_add(self, name: str, known: KnownUnit, day: dt.date) -> Officer:
        officer = self.find(name, known, day)
        if officer is None:
            officer = Officer(name=name, unit=known.unit)
            self._of(known).add(name, officer)
            self.new.append(officer)
        return officer

    def anywhere(self, name: str) -> Officer | None:
        """The one officer of this name in the units of the cluster, if it is one."""
        if self._everybody is None:
            self._everybody = Names()
            for officer in [*self._stored(self._units.of_cluster), *self.new]:
                self._everybody.add(officer.name, officer)
        found = self._everybody.find_person(name)
        return found[0] if len(found) == 1 else None

    def _of(self, known: KnownUnit) -> Names[Officer]:
        if not self._of_unit:
            self._load(self._units.of_cluster)
        if id(known) not in self._of_unit:  # a unit outside the cluster, of which there are few
            self._load([known])
        return self._of_unit[id(known)]

    def _load(self, units: list[KnownUnit]) -> None:
        for known in units:
            self._of_unit[id(known)] = Names()
        for officer in self._stored(units):
            self._of_unit[id(self._units.of(officer.unit))].add(officer.name, officer)

    @staticmethod
    def _stored(units: list[KnownUnit]) -> list[Officer]:
        keys = [known.unit.pk for known in units if known.unit.pk is not None]
        return list(Officer.objects.filter(unit__in=keys).select_related("unit").order_by("pk"))


def _serves_on(officer: Officer, day: dt.date) -> bool:
    return officer.active_from <= day and (officer.active_to is None or day <= officer.active_to)
