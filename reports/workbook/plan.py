"""What an import would write: the rows compared with what the cluster has, nothing written yet."""

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, TypeVar

from django.utils import timezone
from django.utils.translation import gettext as _

from cluster.models import Cluster, Force, MemberUnit, Officer, Party, PoliceUnit
from cluster.names import Names
from incidents.models import Award, Category, DeclaredFigure, Incident
from patrols.models import Campaign
from patrols.services import LineData, PatrolData
from reports.workbook.problems import Problems
from reports.workbook.schema import SHEETS, Row
from reports.workbook.units import Units

T = TypeVar("T")
_CHUNK = 500  # keys a query; SQLite takes 999 parameters


@dataclass
class Count:
    """The rows of a sheet that are new and that are there already."""

    new: int = 0
    same: int = 0


@dataclass
class Plan:
    """What is to be written, unsaved, in the order in which it can be."""

    cluster: Cluster
    problems: Problems
    counts: dict[str, Count] = field(default_factory=lambda: {sheet.sheet: Count() for sheet in SHEETS})
    parties: list[Party] = field(default_factory=list)
    units: list[PoliceUnit] = field(default_factory=list)
    members: list[MemberUnit] = field(default_factory=list)
    categories: list[Category] = field(default_factory=list)
    campaigns: list[Campaign] = field(default_factory=list)
    officers: list[Officer] = field(default_factory=list)
    patrols: list[PatrolData] = field(default_factory=list)
    # Lines that a stored patrol, named by its key, does not have yet.
    added_lines: dict[int, list[LineData]] = field(default_factory=dict)
    incidents: list[Incident] = field(default_factory=list)
    # The code of the patrol that found an incident, for the incidents of patrols that are new themselves.
    found_on: list[tuple[Incident, str]] = field(default_factory=list)
    awards: list[Award] = field(default_factory=list)
    declared: list[DeclaredFigure] = field(default_factory=list)

    @property
    def changes_anything(self) -> bool:
        return self.cluster.pk is None or any(count.new for count in self.counts.values())

    def new(self, row: Row) -> None:
        self.counts[row.sheet].new += 1

    def same(self, row: Row) -> None:
        self.counts[row.sheet].same += 1


@dataclass
class Ground:
    """What the rows are held against: what the cluster has, and what the workbook itself sets up."""

    plan: Plan
    create: bool
    units: Units
    parties: Names[Party]
    categories: Names[Category]
    forces: Names[Force]
    campaigns: Names[Campaign]

    @property
    def cluster(self) -> Cluster:
        return self.plan.cluster

    @property
    def problems(self) -> Problems:
        return self.plan.problems

    def all_parties(self) -> list[Party]:
        return [party for name in self.parties.known for party in self.parties.find(name)]


def ground_of(plan: Plan, *, create: bool) -> Ground:
    """The ground of a plan whose cluster may not be stored yet."""
    cluster = plan.cluster
    stored = cluster.pk is not None
    return Ground(
        plan=plan,
        create=create,
        units=Units(cluster),
        parties=_named(cluster.parties.all() if stored else ()),
        categories=_named(cluster.categories.all() if stored else ()),
        forces=_named(Force.objects.all()),
        campaigns=_named(cluster.campaigns.all() if stored else ()),
    )


def _named(things: Iterable[Any]) -> Names[Any]:
    names: Names[Any] = Names()
    for thing in things:
        names.add(thing.name, thing)
    return names


def chunks(keys: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(keys)
    while chunk := list(islice(rest, _CHUNK)):
        yield chunk


@dataclass(frozen=True)
class Difference:
    """A column in which the file and the stored record are not the same."""

    field: str
    file: Any
    stored: Any


def report_differences(ground: Ground, row: Row, differences: list[Difference]) -> None:
    """An error at the first column that differs, which lists them all; without any the row is there already."""
    if not differences:
        ground.plan.same(row)
        return
    columns = row.columns()
    listed = "; ".join(
        _("%(column)s: “%(file)s” in the file, “%(stored)s” stored")
        % {"column": columns[d.field].title, "file": in_words(d.file), "stored": in_words(d.stored)}
        for d in differences
    )
    reason = _("This row is stored with other content. %(differences)s.") % {"differences": listed}
    ground.problems.error(row, differences[0].field, reason)


def differences(pairs: Iterable[tuple[str, Any, Any]]) -> list[Difference]:
    """The differing ones of (field, value in the file, stored value); None and empty text are the same."""
    return [Difference(*pair) for pair in pairs if (pair[1] or None) != (pair[2] or None)]


def in_words(value: Any) -> str:
    match value:
        case None | "":
            return _("(empty)")
        case dt.datetime():
            return f"{timezone.localtime(value):%d/%m/%Y %H:%M}"
        case dt.date():
            return f"{value:%d/%m/%Y}"
        case dt.time():
            return f"{value:%H:%M}"
        case _:
            return str(value)


class Seen:
    """The keys of the rows of a sheet, each of which may stand there once."""

    def __init__(self, problems: Problems, field: str) -> None:
        self._problems, self._field = problems, field
        self._rows: dict[object, int] = {}

    def again(self, row: Row, key: object) -> bool:
        """Whether a row before this one has the key; it is then an error of this one."""
        first = self._rows.setdefault(key, row.number)
        if first == row.number:
            return False
        self._problems.error(row, self._field, _("Row %(row)d is about the same already.") % {"row": first})
        return True
