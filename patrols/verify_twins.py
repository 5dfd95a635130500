"""The promise on twins, tried on records made by chance: `python -m patrols.verify_twins [--patrols N] [--seeds A,B]`.

Of N records a tenth are second records of a patrol that is there, as the other unit would have written it, and a tenth
only look like one. What is made here knows nothing of how likeness is judged (patrols/likeness.py).
"""

import argparse
import datetime as dt
import os
import sys
import tempfile
import time
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from random import Random
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from cluster.models import Cluster

PROMISED, SEEDS = 2_000, (2017, 2025, 2026)
RECALL, PRECISION = 0.95, 0.90
FIRST_NIGHT = dt.date(2014, 1, 1)
ZONE = dt.timezone(dt.timedelta(hours=7))
SIDES = (
    ("Sen Thủy", "Ngư Thủy Nam", "Thái Thủy", "Kim Thủy", "Hưng Thủy", "Dương Thủy"),
    ("Vĩnh Chấp", "Vĩnh Thái", "Vĩnh Tú", "Vĩnh Khê", "Vĩnh Hà", "Bến Quan"),
)
PLACES = tuple(name for side in SIDES for name in side)
SIDE_OF = {name: number for number, side in enumerate(SIDES) for name in side}
HAMLETS = ("Trầm Kỳ", "Tân Định", "Xóm Phường", "Thanh Sơn", "Khe Giữa", "Cây Tăm", "Tân Thuận", "Thử Luật")
ROADS = ("Quốc lộ 1A, đoạn", "Đường liên xã", "Tuyến", "Tỉnh lộ 569,", "Đường Hồ Chí Minh, đoạn", "Tuyến giáp ranh")
# Hours of the start and length in half hours.
SHIFTS = ((19, 8), (20, 7), (21, 10), (22, 8), (24, 8), (8, 7))
FAMILIES = ("Nguyễn", "Trần", "Lê", "Hoàng", "Võ", "Phan", "Hồ", "Đỗ")
GIVEN = ("An", "Bình", "Cường", "Dũng", "Hải", "Hùng", "Khánh", "Long", "Minh", "Nam", "Phúc", "Quân")


class Line(NamedTuple):
    unit: str
    headcount: int
    names: tuple[str, ...]


@dataclass(frozen=True)
class Made:
    """A record, and the number of the one that it doubles, or only looks like in the way of ``kind``."""

    number: int
    start: dt.datetime
    end: dt.datetime | None
    route: str
    lead: str
    lines: tuple[Line, ...]
    communes: tuple[str, ...]
    kind: str = "patrol"
    origin: int = -1

    @property
    def over(self) -> dt.datetime:
        """The end, or what it would be."""
        return self.end or self.start + dt.timedelta(hours=4)

    @property
    def units(self) -> set[str]:
        return {self.lead, *(line.unit for line in self.lines)}


@dataclass
class Maker:
    """Makes records by one chance; nobody is in two patrols at once, but for those who write one down twice."""

    chance: Random
    nights: int
    made: list[Made] = field(default_factory=list)

    def make(self, count: int) -> list[Made]:
        doubles = count // 10
        while len(self.made) < count - 2 * doubles:
            self._add(self._patrol())
        bases = self.chance.sample(self.made, 2 * doubles)
        for base in bases[:doubles]:
            self.made.append(self._twin(base))
            if self.chance.random() < 0.15:  # each side wrote down itself alone
                own = tuple(line for line in base.lines if line.unit == base.lead)
                self.made[base.number] = replace(base, lines=own, communes=(base.lead,))
        misses = (self._next_night, self._other_shift, self._other_units, self._other_team)
        left = list(bases[doubles:])
        while len(self.made) < count:
            base = left.pop() if left else self.chance.choice(bases[doubles:])
            self._add(misses[len(self.made) % len(misses)](base))
        return self.made

    def _add(self, record: Made) -> None:
        besides = record.origin if record.kind == "other team" else None
        if not any(_collide(record, other) for other in self.made if other.number != besides):
            self.made.append(record)

    def _patrol(self) -> Made:
        chance = self.chance
        hour, length = chance.choice(SHIFTS)
        day = FIRST_NIGHT + dt.timedelta(days=chance.randrange(self.nights))
        start = dt.datetime.combine(day, dt.time(), ZONE) + dt.timedelta(hours=hour, minutes=chance.choice((0, 0, 30)))
        units = self._units()
        return Made(
            number=len(self.made),
            start=start,
            end=start + dt.timedelta(minutes=30 * length),
            route=self._route(units),
            lead=units[0],
            lines=tuple(self._line(unit) for unit in units),
            communes=tuple(units) if chance.random() < 0.7 else (),
        )

    def _units(self) -> list[str]:
        own, other = self.chance.sample(SIDES, 2)
        units = [self.chance.choice(own), self.chance.choice(other)]
        if self.chance.random() < 0.3:
            units.append(self.chance.choice([name for name in PLACES if name not in units]))
        return units

    def _line(self, unit: str) -> Line:
        names = self.chance.sample(names_of(unit), self.chance.choice((0, 0, 1, 2)))
        return Line(unit, self.chance.randint(max(2, len(names)), 5), tuple(names))

    def _route(self, units: Sequence[str]) -> str:
        if self.chance.random() < 0.2:
            one, other = self.chance.sample(HAMLETS, 2)
            return f"Thôn {one} ({units[0]}) – thôn {other} ({units[1]})"
        return f"{self.chance.choice(ROADS)} {' – '.join(units)}"

    # The same patrol, by the other unit

    def _twin(self, base: Made) -> Made:
        chance = self.chance
        others = [line.unit for line in base.lines if line.unit != base.lead]
        lead = chance.choice(others)
        lines = list(base.lines)
        if chance.random() < 0.35:
            lines = [line for line in lines if line.unit == lead]
        if chance.random() < 0.5:
            place = chance.randrange(len(lines))
            changed = max(1, lines[place].headcount + chance.choice((-1, 1)))
            lines[place] = lines[place]._replace(headcount=max(changed, len(lines[place].names)))
        lines = [line._replace(names=line.names[: chance.choice((0, 1, 2))]) for line in lines]
        start, end = (at + dt.timedelta(minutes=5 * chance.randint(-6, 6)) for at in (base.start, base.over))
        return replace(
            base,
            number=len(self.made),
            start=start,
            end=None if chance.random() < 0.05 else end,
            route=self._reworded(base.route),
            lead=lead,
            lines=tuple(lines),
            communes=chance.choice(((), (lead,), base.communes)),
            kind="twin",
            origin=base.number,
        )

    def _reworded(self, route: str) -> str:
        chance = self.chance
        if chance.random() < 0.04:
            return "Tuyến giáp ranh"
        road, places = _taken_apart(route)
        if chance.random() < 0.4:
            places.reverse()
        if len(places) > 1 and chance.random() < 0.15:
            places.pop()
        habit = chance.choice((str, _initial, _initials, lambda name: f"xã {name}", lambda name: f"x.{name}"))
        road = chance.choice((road, _short(road), ""))
        text = f"{road} {chance.choice((' – ', '-', ' đi ', ', ')).join(habit(name) for name in places)}".strip()
        if chance.random() < 0.35:
            text = _unmarked(text)
        return text.lower() if chance.random() < 0.3 else text

    # Another patrol that looks like it

    def _next_night(self, base: Made) -> Made:
        """The same units on the same route at the same hours, a night later."""
        shift = dt.timedelta(days=1, minutes=5 * self.chance.randint(-6, 6))
        return self._again(base, "next night", shift)

    def _other_shift(self, base: Made) -> Made:
        """The same units on the same night, when the first shift is over."""
        gap = dt.timedelta(minutes=self.chance.choice((0, 0, 30, 60, 120)))
        return self._again(base, "other shift", base.over - base.start + gap)

    def _other_units(self, base: Made) -> Made:
        """Others at the same hours, now and then on the very road, now and then with their own line only."""
        units = [self.chance.choice([name for name in side if name not in base.units]) for side in SIDES]
        route = base.route if self.chance.random() < 0.3 else self._route(units)
        shown = units[:1] if self.chance.random() < 0.2 else units
        return self._by(base, units, shown, "other units", route)

    def _other_team(self, base: Made) -> Made:
        """One of the units at the same hours, with another partner, elsewhere."""
        own = self.chance.choice(sorted(base.units))
        others = [name for name in SIDES[1 - SIDE_OF[own]] if name not in base.units]
        units = [own, self.chance.choice(others)]
        return self._by(base, units, units, "other team", self._route(units))

    def _again(self, base: Made, kind: str, later: dt.timedelta) -> Made:
        start, end = base.start + later, base.over + later
        return replace(base, number=len(self.made), start=start, end=end, kind=kind, origin=base.number)

    def _by(self, base: Made, units: list[str], shown: list[str], kind: str, route: str) -> Made:
        again = self._again(base, kind, dt.timedelta(minutes=5 * self.chance.randint(-6, 6)))
        lines = tuple(self._line(unit) for unit in shown)
        return replace(again, route=route, lead=units[0], lines=lines, communes=tuple(shown))


def _collide(one: Made, other: Made) -> bool:
    """Whether a unit would be in two patrols at once."""
    if one.start.date() - other.start.date() not in (dt.timedelta(-1), dt.timedelta(0), dt.timedelta(1)):
        return False
    return one.start < other.over and other.start < one.over and bool(one.units & other.units)


def names_of(unit: str) -> list[str]:
    """The twelve officers of a unit."""
    seed = PLACES.index(unit)
    return [f"{FAMILIES[(seed + number) % len(FAMILIES)]} Văn {name}" for number, name in enumerate(GIVEN)]


def _taken_apart(route: str) -> tuple[str, list[str]]:
    """The road, and the places along it."""
    if route.startswith("Thôn"):
        return "", route.replace("Thôn ", "").replace("thôn ", "").split(" – ")
    first = min((route.find(name) for name in PLACES if name in route), default=0)
    return route[:first].strip(), route[first:].split(" – ")


def _short(road: str) -> str:
    for long, short in (("Quốc lộ ", "QL"), ("Tỉnh lộ ", "TL"), ("Đường Hồ Chí Minh", "Đ. HCM"), (", đoạn", "")):
        road = road.replace(long, short)
    return road


def _initial(name: str) -> str:
    """As "S.Thủy"; of a name with its place in brackets nothing is shortened."""
    first, *rest = name.split()
    return f"{first[0]}.{' '.join(rest)}" if rest and "(" not in name else name


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split()) if "(" not in name else name


def _unmarked(text: str) -> str:
    plain = unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D"))
    return "".join(letter for letter in plain if not unicodedata.combining(letter))


# Into the database, and what is found there


def store(records: Sequence[Made]) -> tuple["Cluster", dict[int, int]]:
    """A new cluster with the records; returns the number of each by its key."""
    from cluster.models import AdministrativeUnit, Cluster, Force, MemberUnit, Officer, Party, PoliceUnit
    from patrols.models import Contingent, JointPatrol

    number = Cluster.objects.count()
    cluster = Cluster.objects.create(slug=f"cum-thu-{number}", name=f"Cụm thử {number}")
    force = Force.objects.get_or_create(name="Công an xã")[0]
    parties = [Party.objects.create(cluster=cluster, name=f"Bên {side}", position=side) for side in (1, 2)]
    places = {
        name: AdministrativeUnit.objects.create(code=f"V{number}-{place}", name=name, kind="commune")
        for place, name in enumerate(PLACES)
    }
    units = {
        name: PoliceUnit.objects.create(name=f"Công an xã {name}", administrative_unit=place)
        for name, place in places.items()
    }
    MemberUnit.objects.bulk_create(MemberUnit(party=parties[SIDE_OF[name]], unit=unit) for name, unit in units.items())
    people = [Officer(unit=unit, name=officer) for name, unit in units.items() for officer in names_of(name)]
    officers = {(officer.unit_id, officer.name): officer for officer in Officer.objects.bulk_create(people)}
    patrols = JointPatrol.objects.bulk_create(
        JointPatrol(
            cluster=cluster,
            starts_at=made.start,
            ends_at=made.end,
            local_date=made.start.date(),
            route=made.route,
            lead_unit=units[made.lead],
        )
        for made in records
    )
    pairs = list(zip(patrols, records, strict=True))
    rows = [(patrol, line) for patrol, made in pairs for line in made.lines]
    lines = Contingent.objects.bulk_create(
        Contingent(
            patrol=patrol,
            cluster=cluster,
            local_date=patrol.local_date,
            unit=units[line.unit],
            force=force,
            headcount=line.headcount,
        )
        for patrol, line in rows
    )
    tie = Contingent.officers.through
    tie._default_manager.bulk_create(
        tie(contingent_id=stored.pk, officer_id=officers[stored.unit_id, name].pk)
        for stored, (_patrol, line) in zip(lines, rows, strict=True)
        for name in line.names
    )
    covered = JointPatrol.communes.through
    covered._default_manager.bulk_create(
        covered(jointpatrol_id=patrol.pk, administrativeunit_id=places[name].pk)
        for patrol, made in pairs
        for name in made.communes
    )
    return cluster, {patrol.pk: made.number for patrol, made in pairs}


Scorer = Callable[["Cluster"], Iterator[tuple[int, int]]]


def by_likeness(cluster: "Cluster") -> Iterator[tuple[int, int]]:
    """The pairs of keys that the application suspects."""
    from patrols.likeness import suspected_pairs

    for pair in suspected_pairs(cluster, FIRST_NIGHT, FIRST_NIGHT.replace(year=FIRST_NIGHT.year + 20)):
        yield pair.first, pair.second


def by_date_alone(cluster: "Cluster") -> Iterator[tuple[int, int]]:
    """The control: every two records of one date."""
    from patrols.models import JointPatrol

    earlier: dict[dt.date, list[int]] = {}
    for key, day in JointPatrol.objects.of(cluster).order_by("pk").values_list("pk", "local_date"):
        yield from ((other, key) for other in earlier.setdefault(day, []))
        earlier[day].append(key)


@dataclass(frozen=True)
class Quality:
    found: int
    missed: list[Made]
    false: Counter[str]
    seconds: float

    @property
    def recall(self) -> float:
        return self.found / (self.found + len(self.missed)) if self.found or self.missed else 1.0

    @property
    def precision(self) -> float:
        wrong = self.false.total()
        return self.found / (self.found + wrong) if self.found or wrong else 1.0

    @property
    def holds(self) -> bool:
        return self.recall >= RECALL and self.precision >= PRECISION


def measure(records: Sequence[Made], scorer: Scorer = by_likeness) -> Quality:
    """Store the records and compare what the scorer finds with what is true."""
    cluster, number_of = store(records)
    began = time.monotonic()
    pairs = {frozenset((number_of[one], number_of[other])) for one, other in scorer(cluster)}
    seconds = time.monotonic() - began
    by_number = {made.number: made for made in records}
    true = {frozenset((made.number, made.origin)): made for made in records if made.kind == "twin"}
    false = Counter(_kind_of([by_number[number] for number in sorted(pair)]) for pair in pairs - set(true))
    return Quality(len(pairs & set(true)), [made for pair, made in true.items() if pair not in pairs], false, seconds)


def _kind_of(pair: Sequence[Made]) -> str:
    """What a pair is that was taken for twins."""
    first, second = pair
    return second.kind if second.origin == first.number else f"chance ({first.kind} and {second.kind})"


def make(count: int, seed: int) -> list[Made]:
    """The records of a seed, as dense as in a busy cluster: about one a night."""
    return Maker(Random(seed), nights=max(30, count * 3 // 4)).make(count)  # noqa: S311


def report(seed: int, records: Sequence[Made], quality: Quality) -> None:
    kinds = Counter(made.kind for made in records)
    print(
        f"seed {seed}: {len(records)} records, {kinds['twin']} twins, {sum(kinds[k] for k in MISSES)} near misses;"
        f" recall {quality.recall:.3f}, precision {quality.precision:.3f}, {quality.seconds:.1f} s"
    )
    print(f"  found {quality.found}, missed {len(quality.missed)}, false {quality.false.total()} {dict(quality.false)}")


MISSES = ("next night", "other shift", "other units", "other team")


def main(count: int, seeds: Sequence[int]) -> bool:
    """Measure each seed, and the control on the first; returns whether all is as promised."""
    qualities = []
    for seed in seeds:
        records = make(count, seed)
        qualities.append(measure(records))
        report(seed, records, qualities[-1])
    control = measure(make(count, seeds[0]), by_date_alone)
    print(f"control, by date alone: recall {control.recall:.3f}, precision {control.precision:.3f}")
    return all(quality.holds for quality in qualities) and not control.holds


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--patrols", type=int, default=PROMISED, metavar="N")
    parser.add_argument("--seeds", default=",".join(map(str, SEEDS)), help="separated by commas")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ |= {"DATABASE_URL": f"sqlite:///{Path(folder) / 'db.sqlite3'}", "SECRET_KEY": "verify-twins-" * 4}
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cluster.settings")
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        is_kept = main(arguments.patrols, [int(seed) for seed in arguments.seeds.split(",")])
    sys.exit(0 if is_kept else "the promise on twins does not hold")
