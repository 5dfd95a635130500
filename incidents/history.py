"""What became of a record, for the people who answer for it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst

from cluster.models import User
from incidents.models import Award, DeclaredFigure, Incident


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
    rows = incident.history.select_related("history_user").prefetch_related("cooperating_units")
    versions = list({row.version: row for row in rows.order_by("history_id")}.values())
    first = [_change(row, (), is_first=True) for row in versions[:1]]
    later = [_change(row, _changed(before, row)) for before, row in pairwise(versions)]
    return list(reversed(first + later))


def _change(row: Any, fields: tuple[str, ...], *, is_first: bool = False) -> Change:
    return Change(row.history_date, row.history_user, row.history_change_reason or "", fields, is_first)


def _changed(before: Any, after: Any) -> tuple[str, ...]:
    editable = [field for field in Incident._meta.fields if field.editable and not field.primary_key]
    names = [f.verbose_name for f in editable if getattr(before, f.attname, None) != getattr(after, f.attname, None)]
    if _units(before) != _units(after):
        names.append(Incident._meta.get_field("cooperating_units").verbose_name)
    return tuple(capfirst(str(name)) for name in names)


def _units(row: Any) -> set[int]:
    return {unit.policeunit_id for unit in row.cooperating_units.all()}


def latest_corrections(model: type[Award] | type[DeclaredFigure], rows: Iterable[Model]) -> dict[int, Any]:
    """By key, the newest history entry with a reason of each of the rows, in one query."""
    entries = model.history.filter(id__in=[row.pk for row in rows]).exclude(history_change_reason=None)
    return {entry.id: entry for entry in entries.select_related("history_user").order_by("history_id")}
