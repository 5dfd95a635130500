"""What is unlikely in a patrol that could be stored: asked of whoever is in front of the form, each thing once.

What is impossible stands at its field instead (patrol.py, lines.py). What nobody could be asked about, as in a queue
that drains by itself, is stored, and the patrol's page says it (``JointPatrol.warnings``).
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Self

from django.http import QueryDict
from django.utils.translation import gettext as _

from cluster.access import Access
from cluster.models import Officer, PoliceUnit
from patrols.models import LONG_SHIFT, JointPatrol, engagements
from patrols.words import duration_in_words, engagement_in_words

if TYPE_CHECKING:
    from patrols.forms.patrol import PatrolForm


@dataclass(frozen=True)
class Question:
    """``key`` is what the box "just so" sends; ``patrol`` is one that the reader may see."""

    key: str
    text: str
    patrol: JointPatrol | None = None
    is_answered: bool = False


@dataclass(frozen=True)
class _Shift:
    """When, and with whom: what can be unlikely about a patrol."""

    start: dt.datetime
    end: dt.datetime | None
    units: frozenset[PoliceUnit]
    officers: frozenset[Officer]

    @classmethod
    def entered(cls, form: "PatrolForm") -> Self | None:
        data = form.patrol_data
        start = data.starts_at or data.planned_start
        if start is None or data.status in JointPatrol.PUT_OFF:
            return None
        officers = {officer for line in data.lines for officer in line.officers}
        return cls(
            start=start,
            end=data.ends_at if data.starts_at else data.planned_end,
            units=frozenset({data.lead_unit, *(line.unit for line in data.lines)}),
            officers=frozenset(officers | ({data.shift_leader} if data.shift_leader else set())),
        )

    @classmethod
    def stored(cls, form: "PatrolForm") -> Self | None:
        """What the edited patrol says so far: nobody is asked again about what is left as it is."""
        patrol, lines = form.patrol, form.choices.stored_lines
        start = (patrol.starts_at or patrol.planned_start) if patrol else None
        if patrol is None or start is None or patrol.status in JointPatrol.PUT_OFF:
            return None
        officers = {officer for line in lines for officer in line.officers.all()}
        return cls(
            start=start,
            end=patrol.ends_at if patrol.starts_at else patrol.planned_end,
            units=frozenset({patrol.lead_unit, *(line.unit for line in lines)}),
            officers=frozenset(officers | ({patrol.shift_leader} if patrol.shift_leader else set())),
        )

    def hours_differ(self, before: Self | None) -> bool:
        return before is None or (self.start, self.end) != (before.start, before.end)


def questions_of(form: "PatrolForm") -> list[Question]:
    """Of a valid form, with those already answered that its ``sure`` boxes name."""
    now, before = _Shift.entered(form), _Shift.stored(form)
    if now is None:
        return []
    sure = set(form.data.getlist("sure")) if isinstance(form.data, QueryDict) else set()
    asked = [*_long(now, before), *_outsiders(form, now, before), *_engaged(form, now, before)]
    return [Question(q.key, q.text, q.patrol, is_answered=q.key in sure) for q in asked]


def is_unchanged(form: "PatrolForm") -> bool:
    """Whether an edit leaves hours, units and officers as they are stored."""
    return _Shift.entered(form) == _Shift.stored(form)


def _long(now: _Shift, before: _Shift | None) -> Iterator[Question]:
    if now.end and now.end - now.start > LONG_SHIFT and now.hours_differ(before):
        length = duration_in_words(now.end - now.start)
        yield Question("long", _("This is %(duration)s from start to end: check the hours.") % {"duration": length})


def _outsiders(form: "PatrolForm", now: _Shift, before: _Shift | None) -> Iterator[Question]:
    known = before.units if before and form.patrol and form.patrol.local_date == form.day else frozenset()
    new = sorted(now.units - known, key=str)
    for unit in form.choices.roster.outsiders(new, form.day):
        yield Question(f"outsider-{unit.pk}", unit.outsider_warning(form.day))


def _engaged(form: "PatrolForm", now: _Shift, before: _Shift | None) -> Iterator[Question]:
    known = frozenset() if before is None or now.hours_differ(before) else before.officers
    new = sorted(now.officers - known, key=str)
    client_id = form.patrol.client_id if form.patrol else form.client_id
    elsewhere = engagements(new, start=now.start, end=now.end, besides=client_id)
    access = Access(form.rights.user) if elsewhere else None
    for officer, patrol in elsewhere.items():
        seen = patrol if access and _may_see(access, patrol) else None
        yield Question(f"busy-{officer.pk}", engagement_in_words(officer, seen, form.choices.cluster), seen)


def _may_see(access: Access, patrol: JointPatrol) -> bool:
    return patrol.cluster in access.clusters and access.rights_in(patrol.cluster).reads_records
