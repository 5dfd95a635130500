"""Text as the project stores it: always NFC, and a folded copy to search in.

SQLite compares only ASCII letters without case and FTS5 does not fold đ, so a folded column is stored.
"""

import unicodedata
from typing import Any

from django.db import models


def nfc(text: str) -> str:
    """The text in NFC with blanks trimmed at both ends and folded to one inside a line."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(" ".join(line.split()) for line in lines).strip()


def fold(text: str) -> str:
    """The text for search: no case, no marks, đ as d, so that "thuy" finds "Thủy" and "Thuỷ"."""
    plain = unicodedata.normalize("NFD", text.casefold().replace("đ", "d"))
    return " ".join("".join(c for c in plain if not unicodedata.combining(c)).split())


class _Nfc(models.Field):
    def to_python(self, value: Any) -> Any:
        value = super().to_python(value)
        return nfc(value) if isinstance(value, str) else value

    def get_prep_value(self, value: Any) -> Any:
        value = super().get_prep_value(value)
        return nfc(value) if isinstance(value, str) else value

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001  Django's signature
        value = super().pre_save(model_instance, add)
        if isinstance(value, str):
            value = nfc(value)
            setattr(model_instance, self.attname, value)
        return value


class Line(_Nfc, models.CharField):
    """One line of text in NFC."""


class Paragraphs(_Nfc, models.TextField):
    """Text of several lines in NFC."""


class Folded(models.CharField):
    """The folded copy of other fields of the row, made anew at every write of the row."""

    def __init__(self, *, of: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.of = tuple(of)
        kwargs.update(max_length=1000, editable=False, default="", blank=True)
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for key in ("max_length", "editable", "default", "blank"):
            kwargs.pop(key, None)
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001  Django's signature
        if hasattr(model_instance, "history_id"):  # a copy of the row, which has the fields but no properties
            return str(getattr(model_instance, self.attname))
        value = fold(" ".join(str(getattr(model_instance, name) or "") for name in self.of))[: self.max_length]
        setattr(model_instance, self.attname, value)
        return value


class YearOf(models.PositiveSmallIntegerField):
    """The year of a date of the row, for constraints: the databases do not agree on how to ask a date for it."""

    def __init__(self, *, of: str = "", **kwargs: Any) -> None:
        self.of = of
        kwargs.update(editable=False, default=0)
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for key in ("editable", "default"):
            kwargs.pop(key, None)
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> int:  # noqa: FBT001  Django's signature
        if not hasattr(model_instance, "history_id"):
            setattr(model_instance, self.attname, getattr(model_instance, self.of).year)
        return int(getattr(model_instance, self.attname))
