"""Writes a row of the sample once for ever, however often the sample is loaded.

History remembers a row that somebody renamed or removed since, so that loading again neither doubles nor revives it.
"""

from typing import Any, TypeVar

from django.db import models

from cluster.models import User
from cluster.services import save_with_history

M = TypeVar("M", bound=models.Model)


def once(model: type[M], *, by: User | None, fields: dict[str, Any] | None = None, **key: Any) -> M | None:
    """The row that was the first to bear the key, None if it was removed since; made if there has never been one."""
    past = model.history.filter(**key).order_by("history_id").values_list("id", flat=True)  # type: ignore[attr-defined]
    if (pk := past.first()) is not None:
        return model._default_manager.filter(pk=pk).first()
    row = model(**key, **(fields or {}))
    save_with_history(row, by=by)
    return row


def by_name(model: type[M], **scope: Any) -> dict[str, M]:
    """The rows by each name they bear or once bore; of several rows, the first to bear a name has it."""
    past = model.history.filter(**scope).order_by("-history_id").values_list("name", "id")  # type: ignore[attr-defined]
    keys = dict(past)
    rows = model._default_manager.in_bulk(list(keys.values()))
    return {name: rows[pk] for name, pk in keys.items() if pk in rows}
