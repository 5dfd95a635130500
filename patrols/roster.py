"""The memberships of a cluster, read once a request, so that no row of a page asks the database."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Self

from cluster.models import AdministrativeUnit, Cluster, MemberUnit, PoliceUnit


@dataclass(frozen=True)
class Roster:
    """Who was a member when, by party; the units come with their administrative unit."""

    members: tuple[MemberUnit, ...]

    @classmethod
    def of(cls, cluster: Cluster) -> Self:
        members = MemberUnit.objects.filter(party__cluster=cluster)
        return cls(
            tuple(
                members.select_related("party", "unit__administrative_unit").order_by(
                    "party__position", "party__name", "unit__name", "joined"
                )
            )
        )

    @cached_property
    def units(self) -> dict[int, PoliceUnit]:
        """Every unit that is or ever was a member, by key."""
        return {member.unit_id: member.unit for member in self.members}

    @cached_property
    def communes(self) -> dict[int, AdministrativeUnit]:
        """The communes and townships of those units, by key."""
        places = (unit.administrative_unit for unit in self.units.values())
        return {place.pk: place for place in places if place and place.is_commune_level}

    def on(self, day: dt.date) -> list[MemberUnit]:
        return [member for member in self.members if member.holds_on(day)]

    def party_ids(self, unit_ids: Iterable[int], day: dt.date) -> set[int]:
        """The parties that these units stood for on the day, as counting rule 1 counts them."""
        wanted = set(unit_ids)
        return {member.party_id for member in self.on(day) if member.unit_id in wanted}

    def outsiders(self, units: Iterable[PoliceUnit], day: dt.date) -> list[PoliceUnit]:
        """Those of the units that were no members on the day, each once."""
        inside = {member.unit_id for member in self.on(day)}
        return [unit for pk, unit in {unit.pk: unit for unit in units}.items() if pk not in inside]
