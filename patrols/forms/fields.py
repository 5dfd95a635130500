"""A choice among objects already in hand, drawn without a template an option.

Django's select renders a template for each option: 60 units in 8 lines and 200 officers cost more than the rest of
the form together.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from functools import reduce
from operator import add
from typing import Any, NamedTuple, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.forms.utils import flatatt
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from cluster.fields import nfc
from cluster.formfields import ClockTimeField

T = TypeVar("T")


class Group(NamedTuple):
    """Options under a label; without one they stand outside any optgroup. ``key``: for a script to find them by."""

    label: str
    options: Sequence[tuple[object, str]]
    key: str = ""


class Options:
    """The options of a select as HTML, made once and used for each line of the form."""

    def __init__(self, groups: Iterable[Group], *, empty: str = "") -> None:
        self._parts = [format_html('<option value="">{}</option>', empty)]
        self._places: dict[str, tuple[int, str]] = {}
        for label, options, key in groups:
            if label:
                self._parts.append(format_html('<optgroup label="{}" data-key="{}">', label, key))
            for value, text in options:
                self._places[str(value)] = len(self._parts), text
                self._parts.append(format_html('<option value="{}">{}</option>', value, text))
            if label:
                self._parts.append(format_html("</optgroup>{}", ""))

    def chosen(self, value: object) -> str:
        """The options as safe HTML, with the one of this value selected. Safe text plus safe text is safe."""
        parts = self._parts.copy()
        if place := self._places.get(str(value)):
            parts[place[0]] = format_html('<option value="{}" selected>{}</option>', value, place[1])
        return reduce(add, parts)


class PickSelect(forms.Widget):
    """A select whose options are given as ``Options``."""

    options = Options(())

    def use_required_attribute(self, initial: Any) -> bool:
        """The browser does not know of the name that may be written in place of a choice."""
        return False

    def render(self, name: str, value: Any, attrs: Mapping[str, Any] | None = None, renderer: Any = None) -> Any:
        drawn = flatatt(self.build_attrs(self.attrs, {**(attrs or {}), "name": name}))
        return format_html("<select{}>{}</select>", drawn, self.options.chosen(value))


class PickField(forms.Field):
    """One of the objects it is offered, by key; no query to check it."""

    widget = PickSelect
    default_error_messages = {"invalid_choice": _("Choose one of the list.")}
    offered: Mapping[int, Model] = {}

    def offer(self, objects: Mapping[int, Model], options: Options) -> None:
        self.offered = objects
        self.widget.options = options

    def to_python(self, value: Any) -> Model | None:
        if value in self.empty_values:
            return None
        chosen = picked(self.offered, value)
        if chosen is None:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return chosen

    def has_changed(self, initial: Any, data: Any) -> bool:
        return str(initial or "") != str(data or "")


def picked(objects: Mapping[int, T], key: object) -> T | None:
    """The object of a posted key, None for any other text."""
    return objects.get(int(str(key))) if re.fullmatch(r"[0-9]{1,18}", str(key), re.ASCII) else None


class PickManyField(forms.MultipleChoiceField):
    """Some of the objects it is offered, as boxes that a template draws."""

    default_error_messages = {"invalid_choice": _("Choose one of the list.")}
    offered: Mapping[int, Model] = {}

    def to_python(self, value: Any) -> list[Any]:
        chosen = [picked(self.offered, key) for key in super().to_python(value)]
        if None in chosen:
            raise ValidationError(self.error_messages["invalid_choice"], code="invalid_choice")
        return chosen

    def validate(self, value: Any) -> None:
        """Each was checked when it was read."""


class EndTimeField(ClockTimeField):
    """A time of day that also takes 24:00, as duty rosters write the end of a day."""

    def to_python(self, value: Any) -> Any:
        midnight = re.sub(r"^\s*24(?=\D|00|$)", "00", str(value)) if value else value
        return super().to_python(midnight)


class NfcField(forms.CharField):
    """Text as the project stores it: NFC, blanks folded."""

    def to_python(self, value: Any) -> str:
        return nfc(super().to_python(value) or "")
