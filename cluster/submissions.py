"""What a posted form of a record carries besides its text (security.md 3 and 5).

A new record comes under a client id made when the form opened, an edit with the version it saw.
"""

import datetime as dt
import re
import uuid
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Any

from django.db.models import Field, Model
from django.db.models.fields.files import FieldFile
from django.http import HttpRequest
from django.utils.formats import date_format, time_format
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cluster.models import UNKNOWN_START


def is_from_queue(request: HttpRequest) -> bool:
    """Whether the queue of a phone sends it, which reads JSON; no page of another site can set this header."""
    return "X-Content-Hash" in request.headers


def client_id_of(request: HttpRequest) -> uuid.UUID | None:
    """The posted client id, None where it is missing or malformed."""
    try:
        return uuid.UUID(request.POST.get("client_id", ""))
    except ValueError:
        return None


def version_of(request: HttpRequest) -> int | None:
    """The posted version, None where it is missing or malformed (answer 428)."""
    text = request.POST.get("version", "")
    return int(text) if re.fullmatch(r"[0-9]{1,9}", text) else None


@dataclass(frozen=True)
class Difference:
    """A field in which the editor's text is not what is stored now, both in words."""

    label: str
    stored: str
    entered: str


def differences(model: type[Model], *, stored: Mapping[str, Any], entered: Mapping[str, Any]) -> list[Difference]:
    """Where the two differ, field by field, for the page of a refused edit."""
    changed = {name: value for name, value in entered.items() if stored[name] != value}
    return both_sides(model, stored=stored, entered=changed)


def both_sides(model: type[Model], *, stored: Mapping[str, Any] | None, entered: Mapping[str, Any]) -> list[Difference]:
    """Every field that was entered, beside what is stored of it; None: nothing is."""
    sides = []
    for name, value in entered.items():
        labels = getattr(model, "labels", {})
        field = None if name in labels else model._meta.get_field(name)
        label = capfirst(str(labels.get(name) or getattr(field, "verbose_name", name)))
        sides.append(Difference(label, in_words(field, stored[name]) if stored else "–", in_words(field, value)))
    return sides


def in_words(field: Any, value: Any) -> str:
    """The value as a page shows it."""
    if isinstance(value, bool):
        return _("yes") if value else _("no")
    if value is None or value == "":
        return "–"
    if isinstance(value, FieldFile):
        return PurePath(value.name).suffix.removeprefix(".").upper() if value.name else "–"
    if value == UNKNOWN_START:
        return _("unknown")
    if isinstance(value, dt.datetime | dt.date):
        return date_format(value, "d/m/Y H:i" if isinstance(value, dt.datetime) else "d/m/Y")
    if isinstance(value, dt.time):
        return time_format(value, "H:i")
    if isinstance(field, Field) and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, Iterable) and not isinstance(value, str | Promise):
        return ", ".join(str(item) for item in value) or "–"
    return str(value)
