"""The columns of a register's Excel file: those of its list, what else its form asks, and the code of the record.

What is written by them is read back by them (importing.py).
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.db.models import Model
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cluster.fields import fold
from cluster.models import UNKNOWN_START
from cluster.recordforms import RecordForm
from cluster.registers.register import Register

CODE = _("Record code")
# Where the code of a row stands among what its cells say; no field of a form is called so.
CODE_NAME = "record code"


@dataclass(frozen=True)
class SheetColumn:
    """``name`` is the field of the form that it fills, empty for what is only shown."""

    title: str
    name: str
    value: Callable[[Any], Any]
    width: int = 30


def columns_of(register: Register, form: RecordForm) -> list[SheetColumn]:
    listed = [SheetColumn(str(column.title), column.field, column.value, column.width) for column in register.columns]
    shown = {column.name for column in listed}
    rest = [
        SheetColumn(str(form.fields[name].label), name, partial(_value, name))
        for name in importable(form)
        if name not in shown
    ]
    # What the form asks under the same title is what the file holds.
    asked = {fold(column.title) for column in rest}
    listed = [column for column in listed if column.name or fold(column.title) not in asked]
    return [*listed, *rest, SheetColumn(str(CODE), CODE_NAME, lambda record: str(record.client_id), 38)]


def importable(form: RecordForm) -> list[str]:
    """The fields that a cell can fill: those of the record but files."""
    own = {field.name for field in form._meta.model._meta.get_fields()}
    return [n for n in form.entered_names if n in own and not isinstance(form.fields[n], forms.FileField)]


def names_by_title(register: Register, form: RecordForm) -> dict[str, str]:
    """The fields by the folded titles that a header may have for them, in each language."""
    names: dict[str, str] = {}
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for column in columns_of(register, form):
                if column.name:
                    names.setdefault(fold(column.title), column.name)
            for name in importable(form):
                names.setdefault(fold(str(form.fields[name].label)), name)
    return names


class Ties(NamedTuple):
    """What the rows of a file need beside themselves, by one row and by many, so that no row asks for its own."""

    one: list[str]
    many: list[str]


def reads_with(register: Register) -> Ties:
    names = register.form.base_fields.keys()
    fields = [field for field in register.model._meta.get_fields() if field.name in names]
    many = [field.name for field in fields if field.many_to_many]
    # What the list prefetches already is not asked for twice.
    return Ties(
        [field.name for field in fields if field.many_to_one], [n for n in many if n not in register.prefetched]
    )


def _value(name: str, record: Any) -> Any:
    field, value = record._meta.get_field(name), getattr(record, name)
    if value == UNKNOWN_START:
        return None
    if field.many_to_many:
        return "; ".join(_named(row) for row in value.all())
    if isinstance(value, Model):
        return _named(value)
    if field.choices:
        return capfirst(str(dict(field.flatchoices).get(value, value)))
    return f"{value:%H:%M}" if hasattr(value, "hour") and not hasattr(value, "year") else value


def _named(row: Any) -> str:
    return str(getattr(row, "name", "") or row)
