"""Which unit or party a name means on a day.

People write "Công an xã Sen Thủy", "xã Sen Thủy" or "Sen Thủy" for the same unit. The longest form decides first; of
several units that bear a name, the one that belongs to the cluster at that time.
"""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from cluster.fields import fold
from cluster.models import Cluster, MemberUnit, Party, PoliceUnit
from cluster.names import Names, unknown

_POLICE_WORDS = (("ban", "chi", "huy", "cong", "an"), ("ban", "cong", "an"), ("cong", "an"))
_KIND_WORDS = (
    ("thi", "tran"),
    ("thi", "xa"),
    ("thanh", "pho"),
    ("dac", "khu"),
    ("xa",),
    ("phuong",),
    ("huyen",),
    ("quan",),
    ("tinh",),
)


class Unresolved(Exception):
    """Why no unit or party can be told from a name, in the reader's language."""


def place_of(name: str) -> str:
    """The name without the word for the police: "xã Sen Thủy"."""
    return _without(_POLICE_WORDS, name)


def bare_name(name: str) -> str:
    """The place without its kind: "Sen Thủy"."""
    return _without(_KIND_WORDS, place_of(name))


def _without(openings: Iterable[tuple[str, ...]], name: str) -> str:
    words, folded = name.split(), fold(name).split()
    for opening in openings:
        if tuple(folded[: len(opening)]) == opening and len(words) > len(opening):
            return " ".join(words[len(opening) :])
    return name


@dataclass(eq=False, slots=True)
class KnownUnit:
    """A unit, stored or about to be, with its memberships in the cluster; one object for each unit."""

    unit: PoliceUnit
    memberships: list[MemberUnit] = field(default_factory=list)

    @property
    def is_stored(self) -> bool:
        return self.unit.pk is not None

    def party_on(self, day: dt.date) -> Party | None:
        return next((member.party for member in self.memberships if member.holds_on(day)), None)

    def is_member_in(self, start: dt.date, end: dt.date) -> bool:
        return any(m.joined <= end and (m.left is None or start <= m.left) for m in self.memberships)

    def is_valid_in(self, start: dt.date, end: dt.date) -> bool:
        return self.unit.valid_from <= end and (self.unit.valid_to is None or start <= self.unit.valid_to)

    def __str__(self) -> str:
        unit = self.unit
        if unit.valid_to:
            return _("%(unit)s (until %(date)s)") % {"unit": unit.name, "date": f"{unit.valid_to:%d/%m/%Y}"}
        return unit.name


class _UnitNames:
    """Units by their three forms of name."""

    def __init__(self) -> None:
        self._full: Names[KnownUnit] = Names()
        self._places: Names[KnownUnit] = Names()
        self._bare: Names[KnownUnit] = Names()

    def add(self, known: KnownUnit) -> None:
        name, place = known.unit.name, known.unit.administrative_unit
        self._full.add(name, known)
        self._places.add(place_of(name), known, shown=name)
        self._bare.add(bare_name(name), known, shown=name)
        if place:
            self._places.add(place.full_name, known, shown=name)
            self._bare.add(place.name, known, shown=name)

    def add_name(self, name: str, known: KnownUnit) -> None:
        self._full.add(name, known, shown=known.unit.name)

    def find(self, name: str) -> list[KnownUnit]:
        place = place_of(name)
        found = self._full.find(name) or self._places.find(place)
        # "xã Lệ Thủy" is not "huyện Lệ Thủy"; only a name without its kind may mean either.
        return found or (self._bare.find(place) if bare_name(place) == place else [])

    @property
    def known(self) -> dict[str, str]:
        """Every form of a name, and the full name."""
        return self._bare.known | self._places.known | self._full.known


@dataclass(frozen=True)
class Found:
    """The unit, and why it is unlikely, if it is."""

    known: KnownUnit
    warning: str = ""


class Units:
    """The units of one cluster by name; the official ones outside it where no name inside fits."""

    def __init__(self, cluster: Cluster | None) -> None:
        self._inside = _UnitNames()
        self._outside: _UnitNames | None = None
        self._by_key: dict[int, KnownUnit] = {}
        self._of_cluster: dict[int, KnownUnit] = {}
        self._answers: dict[tuple[str, dt.date, dt.date], Found | Unresolved] = {}
        if cluster and cluster.pk:
            self._load(cluster)

    def _load(self, cluster: Cluster) -> None:
        members = MemberUnit.objects.filter(party__cluster=cluster)
        for member in members.select_related("party", "unit__administrative_unit"):
            self.of(member.unit).memberships.append(member)
        for unit in PoliceUnit.objects.filter(cluster=cluster).select_related("administrative_unit"):
            self.of(unit)
        for known in self._by_key.values():
            self.take_in(known)

    def of(self, unit: PoliceUnit) -> KnownUnit:
        """The one object of a stored unit."""
        return self._by_key.setdefault(unit.pk, KnownUnit(unit))

    def take_in(self, known: KnownUnit) -> None:
        """From now on the unit is one of the cluster's."""
        self._answers.clear()
        self._inside.add(known)
        self._of_cluster[id(known)] = known

    def call(self, known: KnownUnit, name: str) -> None:
        """The workbook calls the unit by a name of its own; where that is another unit's, it stays that one's."""
        if not self.exists(name):
            self._answers.clear()
            self._inside.add_name(name, known)

    def exists(self, name: str) -> bool:
        """Whether the name is one at all, on whatever day."""
        return bool(self._inside.find(name) or self._outsiders().find(name))

    @property
    def of_cluster(self) -> list[KnownUnit]:
        return list(self._of_cluster.values())

    def inside(self, name: str) -> list[KnownUnit]:
        return self._inside.find(name)

    @property
    def known(self) -> dict[str, str]:
        return self._inside.known

    def on(self, name: str, day: dt.date) -> Found:
        return self.within(name, day, day)

    def within(self, name: str, start: dt.date, end: dt.date) -> Found:
        """The unit that bears the name in the time. Raises ``Unresolved``."""
        key = name, start, end
        if key not in self._answers:
            try:
                self._answers[key] = self._resolve(name, start, end)
            except Unresolved as error:
                self._answers[key] = error
        answer = self._answers[key]
        if isinstance(answer, Unresolved):
            raise answer
        return answer

    def _resolve(self, name: str, start: dt.date, end: dt.date) -> Found:
        """The cluster's own before the official ones outside it, those of the time before those of another."""
        inside = self._inside.find(name)
        if members := [known for known in inside if known.is_member_in(start, end)]:
            return Found(_only_one(name, members))
        if not (valid := [known for known in inside if known.is_valid_in(start, end)]):
            outside = self._outsiders().find(name)
            valid = [known for known in outside if known.is_valid_in(start, end)] or inside or outside
        if not valid:
            raise Unresolved(unknown(name, self.known))
        known = _only_one(name, valid)
        return Found(known, _not_a_member(known, end))

    def _outsiders(self) -> _UnitNames:
        """The official units; what other clusters call their own stays with them. Read once, if at all."""
        if self._outside is None:
            self._outside = _UnitNames()
            official = PoliceUnit.objects.filter(administrative_unit__isnull=False)
            for unit in official.select_related("administrative_unit"):
                self._outside.add(self.of(unit))
        return self._outside


def _only_one(name: str, candidates: list[KnownUnit]) -> KnownUnit:
    if len(candidates) > 1:
        raise Unresolved(
            _("“%(name)s” may mean %(units)s: write the full name.")
            % {"name": name, "units": ", ".join(str(known) for known in candidates[:4])}
        )
    return candidates[0]


def _not_a_member(known: KnownUnit, day: dt.date) -> str:
    return _("The unit %(name)s does not belong to the cluster on %(date)s.") % {
        "name": known.unit.name,
        "date": f"{day:%d/%m/%Y}",
    }


class PartiesAndUnits:
    """Who a declared figure speaks of: a party where the name is a party's, else a unit."""

    def __init__(self, parties: Iterable[Party], units: Units) -> None:
        self._units = units
        self._full: Names[Party] = Names()
        self._bare: Names[Party] = Names()
        for party in parties:
            self._full.add(party.name, party)
            self._bare.add(bare_name(party.name), party)

    def within(self, name: str, start: dt.date, end: dt.date) -> Party | Found:
        """The party or the unit. Raises ``Unresolved``, also where a short name may mean either."""
        if named := self._full.find(name):
            return _only_party(name, named)
        shortened = self._bare.find(name) if bare_name(name) == name else []
        try:
            unit = self._units.within(name, start, end)
        except Unresolved:
            if not shortened:
                raise Unresolved(unknown(name, self._units.known | self._full.known)) from None
            return _only_party(name, shortened)
        return self._party_or_unit(name, _only_party(name, shortened), unit) if shortened else unit

    def _party_or_unit(self, name: str, party: Party, unit: Found) -> Party:
        """Where a commune is a party of its own, its name means the party; else it may mean either."""
        own = [known for known in self._units.of_cluster if any(m.party == party for m in known.memberships)]
        if unit.warning or own == [unit.known]:
            return party
        raise Unresolved(
            _("“%(name)s” may mean %(units)s: write the full name.")
            % {"name": name, "units": f"{party.name}, {unit.known.unit.name}"}
        )


def _only_party(name: str, parties: list[Party]) -> Party:
    if len(parties) > 1:
        names = ", ".join(party.name for party in parties)
        raise Unresolved(_("“%(name)s” may mean %(units)s: write the full name.") % {"name": name, "units": names})
    return parties[0]
