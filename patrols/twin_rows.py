"""Two suspected records as the coordinator sees them, side by side, from rows in hand: no query a pair."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from django.db.models import Q
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from patrols.likeness import Pair, Suspicion, suspected_of
from patrols.models import Contingent, JointPatrol, TwinLink
from patrols.roster import Roster
from patrols.words import hours_in_words

SUSPICIONS_SHOWN = 5


class Compared(NamedTuple):
    """A field of both records in words; of a line, which unit's and force's it is."""

    label: str
    one: str
    other: str
    is_content: bool = True

    @property
    def is_same(self) -> bool:
        return self.one == self.other

    @property
    def differs(self) -> bool:
        """Whether it is worth a mark: who wrote a record, and when, is always another."""
        return self.is_content and not self.is_same


@dataclass(frozen=True)
class TwinNotice:
    """What the page of a record says of its twins: which one counts for it, which it counts for, which look like it."""

    patrol: JointPatrol
    roster: Roster

    @cached_property
    def _links(self) -> list[TwinLink]:
        links = TwinLink.objects.filter(Q(kept=self.patrol) | Q(absorbed=self.patrol))
        return list(links.select_related("kept__cluster", "absorbed__cluster", "linked_by", "absorbed__recorded_unit"))

    @property
    def link(self) -> TwinLink | None:
        """By which the record does not count."""
        return next((link for link in self._links if link.absorbed_id == self.patrol.pk), None)

    @property
    def absorbed(self) -> list[TwinLink]:
        """By which it counts for others as well."""
        return [link for link in self._links if link.kept_id == self.patrol.pk]

    @cached_property
    def suspicions(self) -> list[Suspicion]:
        return [] if self.link else suspected_of(self.patrol, roster=self.roster)[:SUSPICIONS_SHOWN]


@dataclass(frozen=True)
class SideBySide:
    """The pair's records come with their units, leaders, communes, campaign and lines."""

    pair: Pair
    one: JointPatrol
    other: JointPatrol

    @property
    def both(self) -> tuple[JointPatrol, JointPatrol]:
        return self.one, self.other

    @property
    def is_planned(self) -> bool:
        """Whether one of them, or both, has not taken place on record: nothing is linked then."""
        return any(patrol.status != JointPatrol.Status.COMPLETED for patrol in self.both)

    @property
    def planned(self) -> list[JointPatrol]:
        return [patrol for patrol in self.both if patrol.status != JointPatrol.Status.COMPLETED]

    @cached_property
    def likely_kept(self) -> JointPatrol:
        """The one with more confirmed lines, then with more lines, then the older record."""
        return max(self.both, key=lambda patrol: (confirmed_lines(patrol), len(patrol.contingents.all()), -patrol.pk))

    @property
    def choices(self) -> list[tuple[JointPatrol, int, bool]]:
        """Each with the number of its confirmed lines and whether it is proposed to count."""
        return [(patrol, confirmed_lines(patrol), patrol is self.likely_kept) for patrol in self.both]

    @cached_property
    def rows(self) -> list[Compared]:
        return [row for row in (*_fields(self.one, self.other), *_lines(self.one, self.other)) if row.one or row.other]


def confirmed_lines(patrol: JointPatrol) -> int:
    return sum(line.state in Contingent.CONFIRMED_STATES for line in patrol.contingents.all())


def side_by_side(pairs: Iterable[Pair]) -> list[SideBySide]:
    """As many queries for thirty pairs as for one."""
    pairs = list(pairs)
    records = JointPatrol.objects.select_related(
        "cluster", "lead_unit", "shift_leader", "campaign", "recorded_unit", "recorded_by"
    ).prefetch_related("communes", "contingents__unit", "contingents__force", "contingents__officers")
    found = records.in_bulk([key for pair in pairs for key in (pair.first, pair.second)]) if pairs else {}
    return [SideBySide(pair, found[pair.first], found[pair.second]) for pair in pairs]


def _fields(one: JointPatrol, other: JointPatrol) -> Iterator[Compared]:
    yield Compared(_("Recorded for"), _written(one), _written(other), is_content=False)
    for label, text in (
        (_("Date"), lambda patrol: date_format(patrol.local_date, "d/m/Y")),
        (_("Hours"), hours_of),
        (_("Place, route"), lambda patrol: patrol.route),
        (_("Lead unit"), lambda patrol: str(patrol.lead_unit)),
        (_("Shift leader"), lambda patrol: str(patrol.shift_leader or "")),
        (_("Communes covered"), lambda patrol: ", ".join(sorted(str(place) for place in patrol.communes.all()))),
        (_("Campaign"), lambda patrol: str(patrol.campaign or "")),
        (_("Status"), lambda patrol: patrol.get_status_display()),
        (_("Result"), lambda patrol: patrol.result),
    ):
        yield Compared(label, text(one), text(other))


def _written(patrol: JointPatrol) -> str:
    when = date_format(timezone.localtime(patrol.recorded_at), "d/m/Y H:i")
    unit = str(patrol.recorded_unit or _("the cluster"))
    return f"{unit} · {when}"


def _lines(one: JointPatrol, other: JointPatrol) -> Iterator[Compared]:
    first, second = (
        {(line.unit_id, line.force_id): line for line in patrol.contingents.all()} for patrol in (one, other)
    )
    for key, line in (second | first).items():
        yield Compared(f"{line.unit} · {line.force}", _line_in_words(first.get(key)), _line_in_words(second.get(key)))


def _by_key(patrol: JointPatrol) -> dict[tuple[int, int], Contingent]:
    return {(line.unit_id, line.force_id): line for line in patrol.contingents.all()}


def _line_in_words(line: Contingent | None) -> str:
    if line is None:
        return "–"
    names = "; ".join(sorted(officer.name for officer in line.officers.all()))
    return " · ".join(part for part in (str(line.headcount), names, str(line.get_state_display())) if part)


def hours_of(patrol: JointPatrol) -> str:
    """Of what happened, or of the plan."""
    if patrol.starts_at:
        return hours_in_words(patrol.starts_at, patrol.ends_at)
    return hours_in_words(patrol.planned_start, patrol.planned_end) if patrol.planned_start else ""
