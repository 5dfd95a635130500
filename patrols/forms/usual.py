"""The shift as it was the last time: what a new form takes over from a patrol of the own unit ("như ca trước")."""

import datetime as dt
import json
import uuid
from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from cluster.access import Rights
from patrols.forms.choices import PatrolChoices
from patrols.forms.lines import FormLine
from patrols.models import Contingent, JointPatrol, JointPatrolQuerySet

MOST_OFFERED = 3
# Looked through for shifts that differ: mostly one is like the next.
_LOOKED_THROUGH = 10


@dataclass(frozen=True)
class UsualShift:
    """Route, hours, kind, lead unit, communes and lines of a patrol; never its result, nor the names of people.

    What does not exist on the day is left out, and ``left_out`` says it in words.
    """

    client_id: uuid.UUID
    local_date: dt.date
    values: dict[str, Any]
    lines: list[FormLine]
    units: list[str]
    left_out: list[str]

    @property
    def hours(self) -> str:
        return " → ".join(clock for clock in (self.values["start"], self.values["end"]) if clock)

    @property
    def people(self) -> int:
        return sum(line.people or 0 for line in self.lines)

    @property
    def note(self) -> str:
        """What the form says once it is filled in."""
        filled = _("Filled in as on %(date)s.") % {"date": f"{self.local_date:%d/%m/%Y}"}
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


def usual_shifts(rights: Rights, choices: PatrolChoices, day: dt.date) -> list[UsualShift]:
    """Up to three of the last patrols of the own unit, or of one's own making, that are not alike."""
    found: list[UsualShift] = []
    for shift in _shifts(_last_patrols(rights), choices, day):
        if shift.lines and not any(shift._content == other._content for other in found):
            found.append(shift)
    return found[:MOST_OFFERED]


def chosen_shift(text: str, choices: PatrolChoices, day: dt.date) -> UsualShift | None:
    """What ``?like=`` names, if it is a record of the cluster."""
    try:
        client_id = uuid.UUID(text)
    except ValueError:
        return None
    found = _shifts(JointPatrol.objects.of(choices.cluster).filter(client_id=client_id), choices, day)
    return found[0] if found else None


def _last_patrols(rights: Rights) -> JointPatrolQuerySet:
    patrols = JointPatrol.objects.of(rights.cluster).completed().told_once()
    if not rights.unit_ids:
        return patrols.filter(recorded_by=rights.user)[:_LOOKED_THROUGH]
    lines = Contingent.objects.filter(cluster=rights.cluster, unit__in=rights.unit_ids)
    newest = lines.order_by("-local_date", "-patrol").values_list("patrol", flat=True)
    return patrols.filter(pk__in=list(newest[: 2 * _LOOKED_THROUGH]))[:_LOOKED_THROUGH]


_PATROL = ("pk", "client_id", "local_date", "route", "kind", "lead_unit", "lead_unit__name")
_TIMES = ("starts_at", "ends_at", "planned_start", "planned_end")


def _shifts(patrols: JointPatrolQuerySet, choices: PatrolChoices, day: dt.date) -> list[UsualShift]:
    """Three queries and no model instances: every new form asks."""
    rows = list(patrols.values(*_PATROL, *_TIMES))
    keys = [row["pk"] for row in rows]
    lines: dict[int, list[Any]] = defaultdict(list)
    standing = Contingent.objects.filter(patrol__in=keys).exclude(state=Contingent.State.REFUSED).order_by("pk")
    for patrol, *line in standing.values_list("patrol", "unit", "unit__name", "force", "headcount"):
        lines[patrol].append(line)
    places: dict[int, list[int]] = defaultdict(list)
    covered = JointPatrol.communes.through.objects.filter(jointpatrol__in=keys).order_by("pk")
    for patrol, place in covered.values_list("jointpatrol", "administrativeunit"):
        places[patrol].append(place)
    return [_shift(row, lines[row["pk"]], places[row["pk"]], choices, day) for row in rows]


def _shift(
    row: dict[str, Any], stored_lines: list[Any], places: list[int], choices: PatrolChoices, day: dt.date
) -> UsualShift:
    members = {member.unit_id for member in choices.roster.on(day)}
    lines: list[FormLine] = []
    left_out: list[str] = []
    for unit, unit_name, force, headcount in stored_lines:
        if unit in members and choices.forces[force].is_valid_on(day):
            lines.append(FormLine(len(lines), unit=str(unit), force=str(force), headcount=str(headcount)))
        else:
            left_out.append(f"{unit_name} · {choices.forces[force]}")
    values: dict[str, Any] = {
        "start": _clock(row["starts_at"] or row["planned_start"]),
        "end": _clock(row["ends_at"] or row["planned_end"]),
        "route": row["route"],
        "kind": row["kind"],
        "communes": [pk for pk in places if pk in choices.communes and choices.communes[pk].is_valid_on(day)],
    }
    if row["lead_unit"] in members:
        values["lead_unit"] = row["lead_unit"]
    else:
        left_out.append(f"{row['lead_unit__name']} ({_('lead')})")
    units = list(dict.fromkeys(name for _unit, name, _force, _headcount in stored_lines))
    return UsualShift(row["client_id"], row["local_date"], values, lines, units, left_out)


def _clock(moment: dt.datetime | None) -> str:
    return f"{timezone.localtime(moment):%H:%M}" if moment else ""
