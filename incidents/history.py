"""What became of a record, for the people who answer for it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cluster.models import User
from incidents.models import Award, DeclaredFigure, Incident

_SHOWN = {field.name for field in Incident._meta.fields if field.editable}


@dataclass(frozen=True)
class Change:
    """One version of a record: who wrote it, when, why, and which fields it changed."""

    at: dt.datetime
    by: User | None
    reason: str
    fields: tuple[str, ...]
    is_first: bool = False


def changes_of(incident: Incident) -> list[Change]:
    """The versions of an incident, newest first. Its units are saved after it, so a version may have two rows."""
    rows = incident.history.select_related("history_user").order_by("history_id")
    versions = list({row.version: row for row in rows}.values())
    units = _units_of(versions)
    later = [_change(row, _changed(before, row, units)) for before, row in pairwise(versions)]
    first = [_change(row, (), is_first=True) for row in versions[:1]]
    return list(reversed(first + later))


def _change(row: Any, fields: tuple[str, ...], *, is_first: bool = False) -> Change:
    return Change(row.history_date, row.history_user, row.history_change_reason or "", fields, is_first)


def _changed(before: Any, after: Any, units: dict[int, set[int]]) -> tuple[str, ...]:
    kept = [field for field in before._meta.fields if field.name in _SHOWN]
    names = [f.verbose_name for f in kept if getattr(before, f.attname) != getattr(after, f.attname)]
    if units[before.pk] != units[after.pk]:
        names.append(_("cooperating units"))
    return tuple(capfirst(str(name)) for name in names)


def _units_of(rows: list[Any]) -> dict[int, set[int]]:
    """The cooperating units by history entry, read at once: the entries themselves offer no prefetching."""
    ties = Incident.history.model.cooperating_units.model
    units: dict[int, set[int]] = {row.pk: set() for row in rows}
    for entry, unit in ties.objects.filter(history__in=rows).values_list("history", "policeunit"):
        units[entry].add(unit)
    return units


def latest_corrections(model: type[Award] | type[DeclaredFigure], rows: Iterable[Model]) -> dict[int, Any]:
    """By key, the newest history entry with a reason of each of the rows, in one query."""
    entries = model.history.filter(id__in=[row.pk for row in rows]).exclude(history_change_reason=None)
    return {entry.id: entry for entry in entries.select_related("history_user").order_by("history_id")}
