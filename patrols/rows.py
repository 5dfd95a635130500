"""A patrol as the log and its own page show it, from rows in hand: no query a patrol."""

from dataclasses import dataclass
from functools import cached_property
from typing import Self

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster.access import Rights
from cluster.models import PoliceUnit
from patrols.models import Contingent, JointPatrol
from patrols.roster import Roster
from patrols.services import may_acknowledge, may_answer
from patrols.words import duration_in_words, hours_in_words

State = Contingent.State


@dataclass(frozen=True)
class Badge:
    kind: str
    label: str | Promise


LINE_BADGES = {
    State.PENDING: Badge("wait", State.PENDING.label),
    State.CONFIRMED: Badge("ok", State.CONFIRMED.label),
    State.CORRECTED: Badge("ok", State.CORRECTED.label),
    State.REFUSED: Badge("danger", State.REFUSED.label),
}
EXPECTED = Badge("muted", gettext_lazy("expected"))


def badge_of(line: Contingent) -> Badge:
    """What its unit says of the line; of one that is only planned nobody asks it yet. It comes with its patrol."""
    if line.patrol.is_plan and line.state == State.PENDING:
        return EXPECTED
    return LINE_BADGES[State(line.state)]


@dataclass(frozen=True)
class LineRow:
    """A line with what the user may say of it. ``is_own``: the user speaks for its unit."""

    line: Contingent
    is_own: bool = False
    may_answer: bool = False
    may_acknowledge: bool = False

    @classmethod
    def of(cls, line: Contingent, rights: Rights, *, is_answerable: bool = True) -> Self:
        """``is_answerable``: the patrol took place and counts, as ``ContingentQuerySet.answerable`` has it."""
        return cls(
            line,
            is_own=line.unit_id in rights.unit_ids,
            may_answer=is_answerable and may_answer(line, rights),
            may_acknowledge=is_answerable and cls(line).is_unread and may_acknowledge(line, rights),
        )

    @property
    def badge(self) -> Badge:
        return badge_of(self.line)

    @property
    def is_pending(self) -> bool:
        return self.line.state == State.PENDING

    @property
    def is_refused(self) -> bool:
        return self.line.state == State.REFUSED

    @property
    def may_confirm(self) -> bool:
        """Whether there is something to confirm: a corrected line counts as confirmed (rule 10)."""
        return self.is_pending or self.is_refused

    @property
    def is_unread(self) -> bool:
        """Corrected or refused, and the author has not taken note."""
        return self.line.state in Contingent.CHANGED_STATES and self.line.acknowledged_at is None


CONFIRMED = Badge("ok", gettext_lazy("confirmed by both sides"))
WAITING = Badge("wait", gettext_lazy("waiting for confirmation"))
ONE_PARTY = Badge("warn", gettext_lazy("one party only"))
ABSORBED = Badge("muted", gettext_lazy("counts in its twin"))


@dataclass(frozen=True)
class PatrolRow:
    """``patrol`` comes with its lead unit and its twin link, and its lines with their units."""

    patrol: JointPatrol
    roster: Roster

    @cached_property
    def lines(self) -> list[Contingent]:
        return list(self.patrol.contingents.all())

    @property
    def standing(self) -> list[Contingent]:
        return [line for line in self.lines if line.state != State.REFUSED]

    @property
    def has_refusals(self) -> bool:
        return len(self.standing) < len(self.lines)

    @property
    def headcount(self) -> int:
        """The people of the lines that are not refused."""
        return sum(line.headcount for line in self.standing)

    @property
    def units(self) -> list[PoliceUnit]:
        """Who took part, each unit once."""
        return list({line.unit_id: line.unit for line in self.standing}.values())

    @property
    def other_units(self) -> list[PoliceUnit]:
        """Who took part beside the lead unit."""
        return [unit for unit in self.units if unit.pk != self.patrol.lead_unit_id]

    @property
    def is_completed(self) -> bool:
        return self.patrol.status == JointPatrol.Status.COMPLETED

    @cached_property
    def _party_count(self) -> int:
        return self._parties_of(self.standing)

    def _parties_of(self, lines: list[Contingent]) -> int:
        return len(self.roster.party_ids((line.unit_id for line in lines), self.patrol.local_date))

    @property
    def counts(self) -> bool:
        """Counting rule 1."""
        return self.is_completed and self._party_count >= 2 and not self.is_absorbed

    @property
    def is_absorbed(self) -> bool:
        """Whether the record is one of two of a patrol, and the other one counts."""
        return hasattr(self.patrol, "twin_link")

    @property
    def badge(self) -> Badge:
        """Counting rule 10 for a completed patrol, the status for any other."""
        if not self.is_completed:
            return Badge("muted", self.patrol.get_status_display())
        if self.is_absorbed:
            return ABSORBED
        if not self.counts:
            return ONE_PARTY
        confirmed = [line for line in self.lines if line.state in Contingent.CONFIRMED_STATES]
        is_waiting = any(line.state == State.PENDING for line in self.lines)
        return WAITING if is_waiting or self._parties_of(confirmed) < 2 else CONFIRMED

    @property
    def flags(self) -> list[str]:
        """What is unlikely, in few words; the patrol's page says more."""
        outsiders = self.roster.outsiders([*self.units, self.patrol.lead_unit], self.patrol.local_date)
        return [_("outside the cluster: %(unit)s") % {"unit": unit} for unit in outsiders]

    @property
    def hours(self) -> str:
        start, end = self.patrol.starts_at or self.patrol.planned_start, self.patrol.ends_at
        if start is None:
            return ""
        return hours_in_words(start, end if self.patrol.starts_at else self.patrol.planned_end)

    @property
    def duration(self) -> str:
        return duration_in_words(self.patrol.duration) if self.patrol.duration else ""
