"""What was entered beside what is stored, for the page of a refused edit."""

from typing import Any

from django.utils import timezone

from cluster.submissions import Difference, differences
from patrols.forms import PatrolForm
from patrols.models import JointPatrol
from patrols.services import LineData

_FIELDS = ("status", "status_reason", "route", "lead_unit", "kind", "campaign", "shift_leader", "code", "result")
_TIMES = ("starts_at", "ends_at", "planned_start", "planned_end")


def differences_from(form: PatrolForm, stored: JointPatrol) -> list[Difference]:
    """Field by field and line by line; none of a form that is not valid, for its errors come first."""
    if not form.is_valid():
        return []
    data = form.patrol_data
    fields = differences(
        JointPatrol,
        stored={name: getattr(stored, name) for name in _FIELDS}
        | {name: _local(getattr(stored, name)) for name in _TIMES}
        | {"communes": sorted(stored.communes.all(), key=str)},
        entered={name: getattr(data, name) for name in _FIELDS}
        | {name: _local(getattr(data, name)) for name in _TIMES}
        | {"communes": sorted(data.communes, key=str)},
    )
    return fields + _of_lines(data.lines, stored)


def _local(moment: Any) -> Any:
    return timezone.localtime(moment) if moment else None


def _of_lines(entered: tuple[LineData, ...], stored: JointPatrol) -> list[Difference]:
    before = {
        f"{line.unit} · {line.force}": _in_words(line.headcount, [o.name for o in line.officers.all()])
        for line in stored.contingents.all()
    }
    after = {
        f"{line.unit} · {line.force}": _in_words(
            line.headcount, [*(officer.name for officer in line.officers), *line.new_officers]
        )
        for line in entered
    }
    return [
        Difference(key, before.get(key, "–"), after.get(key, "–"))
        for key in {**before, **after}
        if before.get(key) != after.get(key)
    ]


def _in_words(headcount: int, names: list[str]) -> str:
    return f"{headcount}: {'; '.join(sorted(names))}" if names else str(headcount)
