"""How a row is told from its namesakes: "thị trấn Cửa Tùng" is two units, and both sides have a "Bên A"."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.contrib import admin
from django.db.models import Model
from django.utils.translation import gettext as _

from cluster.models import UNKNOWN_START, AdministrativeUnit, Party, User
from cluster.models.records import span_in_words
from cluster.models.units import Validity


def described(row: Model) -> str:
    """The row as a choice: its name, and the code, cluster or validity that tell it from others of the name."""
    details: list[str] = []
    match row:
        case AdministrativeUnit():
            details = [row.code, span(row)]
        case Validity():
            details = [span(row)]
        case Party():
            details = [str(row.cluster)]
        case User() if row.full_name:
            details = [row.username]
    return " · ".join(filter(None, [str(row), *details]))


def span(row: Validity) -> str:
    """The validity in words; empty where neither end is known."""
    return span_in_words(row.valid_from, row.valid_to)


def day_in_words(day: dt.date | None) -> str | None:
    """The day as dd/mm/yyyy; the start that stands for one not known is said to be so."""
    if day is None:
        return None
    return _("unknown") if day == UNKNOWN_START else f"{day:%d/%m/%Y}"


def day_column(name: str, title: Any) -> Callable[[Model], str | None]:
    """A column of a list with the day in the field ``name``."""

    @admin.display(description=title, ordering=name, empty_value="–")
    def column(row: Model) -> str | None:
        return day_in_words(getattr(row, name))

    column.__name__ = name  # the cell's CSS class
    return column
