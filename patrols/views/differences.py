"""What was entered beside what is stored, for the page of a refused edit."""

from typing import Any

from django.utils import timezone

from cluster.submissions import Difference, both_sides, differences
from patrols.forms import PatrolForm
from patrols.models import JointPatrol
from patrols.services import LineData, PatrolData

_FIELDS = ("status", "status_reason", "route", "lead_unit", "kind", "campaign", "shift_leader", "code", "result")
_TIMES = ("starts_at", "ends_at", "planned_start", "planned_end")


def differences_from(form: PatrolForm, stored: JointPatrol) -> list[Difference]:
    """Field by field and line by line; none of a form that is not valid, for its errors come first."""
    if not form.is_valid():
        return []
    data = form.patrol_data
    lines = [side for side in _of_lines(data.lines, stored) if side.stored != side.entered]
    return differences(JointPatrol, stored=_of_patrol(stored), entered=_of_patrol(data)) + lines


def both_sides_of(data: PatrolData, stored: JointPatrol | None) -> list[Difference]:
    """Everything that was entered, beside what is stored of it."""
    known = _of_patrol(stored) if stored else None
    return both_sides(JointPatrol, stored=known, entered=_of_patrol(data)) + _of_lines(data.lines, stored)


def _of_patrol(source: JointPatrol | PatrolData) -> dict[str, Any]:
    communes = source.communes.all() if isinstance(source, JointPatrol) else source.communes
    return (
        {name: getattr(source, name) for name in _FIELDS}
        | {name: _local(getattr(source, name)) for name in _TIMES}
        | {"communes": sorted(communes, key=str)}
    )


def _local(moment: Any) -> Any:
    return timezone.localtime(moment) if moment else None


def _of_lines(entered: tuple[LineData, ...], stored: JointPatrol | None) -> list[Difference]:
    before = {
        f"{line.unit} · {line.force}": _in_words(line.headcount, [o.name for o in line.officers.all()])
        for line in (stored.contingents.all() if stored else ())
    }
    after = {
        f"{line.unit} · {line.force}": _in_words(
            line.headcount, [*(officer.name for officer in line.officers), *line.new_officers]
        )
        for line in entered
    }
    return [Difference(key, before.get(key, "–"), after.get(key, "–")) for key in {**before, **after}]


def _in_words(headcount: int, names: list[str]) -> str:
    return f"{headcount}: {'; '.join(sorted(names))}" if names else str(headcount)
