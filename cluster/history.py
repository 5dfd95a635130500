"""What became of a record, for the people who answer for it."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst

from cluster.models import User


@dataclass(frozen=True)
class Change:
    """One version of a record: who wrote it, when, why, and which fields it changed."""

    at: dt.datetime
    by: User | None
    reason: str
    fields: tuple[str, ...]
    is_first: bool = False


def changes_of(record: Model) -> list[Change]:
    """The versions of a record, newest first. What it ties is saved after it, so a version may have two rows."""
    rows = record.history.select_related("history_user").order_by("history_id")  # type: ignore[attr-defined]
    versions = list({row.version: row for row in rows}.values())
    ties = _ties_of(type(record), versions)
    later = [_change(row, _changed(record, before, row, ties)) for before, row in pairwise(versions)]
    first = [_change(row, (), is_first=True) for row in versions[:1]]
    return list(reversed(first + later))


def _change(row: Any, fields: tuple[str, ...], *, is_first: bool = False) -> Change:
    return Change(row.history_date, row.history_user, row.history_change_reason or "", fields, is_first)


def _changed(record: Model, before: Any, after: Any, ties: "Ties") -> tuple[str, ...]:
    shown = {field.name for field in record._meta.fields if field.editable}
    kept = [field for field in before._meta.fields if field.name in shown]
    names = [f.verbose_name for f in kept if getattr(before, f.attname) != getattr(after, f.attname)]
    many = {field.name: field for field in record._meta.many_to_many}
    names += [many[name].verbose_name for name, of in ties.items() if of[before.pk] != of[after.pk]]
    return tuple(capfirst(str(name)) for name in names)


# By the name of a many-to-many field and the key of a history entry, the keys of the rows tied then.
Ties = dict[str, dict[int, set[int]]]


def _ties_of(model: type[Model], versions: list[Any]) -> Ties:
    """Read at once: the entries themselves offer no prefetching."""
    ties: Ties = {}
    for field in model._meta.many_to_many:
        table = getattr(model.history.model, field.name).model  # type: ignore[attr-defined]
        pairs = table.objects.filter(history__in=versions)
        of: dict[int, set[int]] = {row.pk: set() for row in versions}
        for entry, row in pairs.values_list("history", field.m2m_reverse_field_name()):
            of[entry].add(row)
        ties[field.name] = of
    return ties


def latest_corrections(model: type[Model], rows: Iterable[Model]) -> dict[int, Any]:
    """By key, the newest history entry with a reason of each of the rows, in one query."""
    entries = model.history.filter(  # type: ignore[attr-defined]
        id__in=[row.pk for row in rows]
    ).exclude(history_change_reason=None)
    return {entry.id: entry for entry in entries.select_related("history_user").order_by("history_id")}
