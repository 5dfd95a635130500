"""The shift as it was the last time: what a new form takes over from a patrol of the own unit ("như ca trước")."""

import datetime as dt
import json
import uuid
from dataclasses import dataclass
from typing import Any, Self

from django.db.models import Prefetch
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster.access import Rights
from patrols.forms.choices import PatrolChoices
from patrols.forms.lines import FormLine
from patrols.models import Contingent, JointPatrol, JointPatrolQuerySet

State = Contingent.State
MOST_OFFERED = 3
# Looked through for shifts that differ: mostly one is like the next.
_LOOKED_THROUGH = 10


@dataclass(frozen=True)
class UsualShift:
    """Route, hours, kind, lead unit, communes and lines of a patrol; never its result, nor the names of people.

    What does not exist on the day is left out, and ``left_out`` says it in words.
    """

    patrol: JointPatrol
    values: dict[str, Any]
    lines: list[FormLine]
    left_out: list[str]

    @classmethod
    def of(cls, patrol: JointPatrol, choices: PatrolChoices, day: dt.date) -> Self:
        members = {member.unit_id for member in choices.roster.on(day)}
        lines: list[FormLine] = []
        left_out: list[str] = []
        for line in patrol.contingents.all():
            force = choices.forces[line.force_id]
            if line.unit_id in members and force.is_valid_on(day):
                number = str(line.headcount)
                lines.append(FormLine(len(lines), unit=str(line.unit_id), force=str(force.pk), headcount=number))
            else:
                left_out.append(f"{line.unit} · {force}")
        communes = [place for place in patrol.communes.all() if place.pk in choices.communes]
        start, end = patrol.starts_at or patrol.planned_start, patrol.ends_at or patrol.planned_end
        values: dict[str, Any] = {
            "start": _clock(start),
            "end": _clock(end),
            "route": patrol.route,
            "kind": patrol.kind,
            "communes": [place.pk for place in communes if place.is_valid_on(day)],
        }
        if patrol.lead_unit_id in members:
            values["lead_unit"] = patrol.lead_unit_id
        else:
            left_out.append(f"{patrol.lead_unit} ({_('lead')})")
        return cls(patrol, values, lines, left_out)

    @property
    def hours(self) -> str:
        return " → ".join(clock for clock in (self.values["start"], self.values["end"]) if clock)

    @property
    def units(self) -> list[str]:
        return list(dict.fromkeys(str(line.unit) for line in self.patrol.contingents.all()))

    @property
    def people(self) -> int:
        return sum(line.people or 0 for line in self.lines)

    @property
    def note(self) -> str:
        """What the form says once it is filled in."""
        filled = _("Filled in as on %(date)s.") % {"date": f"{self.patrol.local_date:%d/%m/%Y}"}
        if not self.left_out:
            return filled
        missing = _("Left out, for it is not there on this date: %(what)s.") % {"what": "; ".join(self.left_out)}
        return f"{filled} {missing}"

    @property
    def as_json(self) -> str:
        """For the script, which fills the form in where there is no network to ask."""
        lines = [[line.unit, line.force, line.headcount] for line in self.lines]
        return json.dumps(self.values | {"lines": lines, "note": self.note}, ensure_ascii=False)

    @property
    def _content(self) -> object:
        return self.values, [line.entered for line in self.lines]


def _clock(moment: dt.datetime | None) -> str:
    return f"{timezone.localtime(moment):%H:%M}" if moment else ""


def usual_shifts(rights: Rights, choices: PatrolChoices, day: dt.date) -> list[UsualShift]:
    """Up to three of the last patrols of the own unit, or of one's own making, that are not alike."""
    found: list[UsualShift] = []
    for shift in (UsualShift.of(patrol, choices, day) for patrol in _last_patrols(rights)):
        if shift.lines and not any(shift._content == other._content for other in found):
            found.append(shift)
    return found[:MOST_OFFERED]


def chosen_shift(text: str, choices: PatrolChoices, day: dt.date) -> UsualShift | None:
    """What ``?like=`` names, if it is a record of the cluster."""
    try:
        client_id = uuid.UUID(text)
    except ValueError:
        return None
    patrol = _whole(JointPatrol.objects.of(choices.cluster)).filter(client_id=client_id).first()
    return UsualShift.of(patrol, choices, day) if patrol else None


def _last_patrols(rights: Rights) -> JointPatrolQuerySet:
    patrols = JointPatrol.objects.of(rights.cluster).completed().told_once()
    if not rights.unit_ids:
        return _whole(patrols.filter(recorded_by=rights.user))[:_LOOKED_THROUGH]
    lines = Contingent.objects.filter(cluster=rights.cluster, unit__in=rights.unit_ids)
    newest = lines.order_by("-local_date", "-patrol").values_list("patrol", flat=True)
    return _whole(patrols.filter(pk__in=list(newest[: 2 * _LOOKED_THROUGH])))[:_LOOKED_THROUGH]


def _whole(patrols: JointPatrolQuerySet) -> JointPatrolQuerySet:
    lines = Prefetch("contingents", Contingent.objects.exclude(state=State.REFUSED).select_related("unit", "force"))
    return patrols.select_related("lead_unit").prefetch_related(lines, "communes")
