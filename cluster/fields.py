"""Text as the project stores it: always NFC, and a folded copy to search in.

SQLite compares only ASCII letters without case and FTS5 does not fold đ, so a folded column is stored.
"""

import re
import unicodedata
from collections.abc import Iterator
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


# A number and symbol of a document, as folded: "05/bc-bdh", "30/2020/nd-cp", also with blanks typed in between.
_SYMBOL = re.compile(r"(?<![\w/])0*(\d+) ?/ ?((?:\d{4} ?/ ?)?[a-z]+\d*(?: ?[-–&] ?[a-z]+\d*)*)(?!\w)")


def _symbol(found: "re.Match[str]") -> str:
    """With a sign in front, so that 5/BC is not found in 15/BC."""
    return f"#{found[1]}/{found[2].replace(' ', '').replace('–', '-')}"


def symbols_in(folded: str) -> Iterator[tuple[str, tuple[int, int]]]:
    """Each document symbol of a folded text in its one form, and where it stands."""
    for found in _SYMBOL.finditer(folded):
        yield _symbol(found), found.span()


def foldable(text: str) -> str:
    """What a folded column stores: each document symbol in its one form, "#5/bc-bdh", then the text as folded."""
    folded = fold(text)
    return " ".join([*dict.fromkeys(symbol for symbol, _place in symbols_in(folded)), folded])


def search_words(text: str) -> list[str]:
    """The words to look for in folded columns, a document symbol being one word however it is typed."""
    return list(dict.fromkeys(_SYMBOL.sub(_symbol, fold(text)).split()))


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


# Of a folded column, unless its field says otherwise: what stands behind is not found.
_LENGTH = 1000


class Folded(models.CharField):
    """The folded copy of other fields of the row, made anew at every write of the row."""

    def __init__(self, *, of: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.of = tuple(of)
        kwargs = {"max_length": _LENGTH} | kwargs | {"editable": False, "default": "", "blank": True}
        super().__init__(**kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        for key in ("editable", "default", "blank"):
            kwargs.pop(key, None)
        if self.max_length == _LENGTH:
            del kwargs["max_length"]
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> str:  # noqa: FBT001  Django's signature
        if hasattr(model_instance, "history_id"):  # a copy of the row, which has the fields but no properties
            return str(getattr(model_instance, self.attname))
        value = foldable(" ".join(str(getattr(model_instance, name) or "") for name in self.of))[: self.max_length]
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


class FirstGiven(models.DateField):
    """The first of other days of the row that is given, written anew at every write of the row."""

    def __init__(self, *args: Any, of: tuple[str, ...] = (), **kwargs: Any) -> None:
        self.of = tuple(of)
        super().__init__(*args, **{**kwargs, "editable": False})

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("editable", None)
        return name, path, args, {**kwargs, "of": self.of}

    def pre_save(self, model_instance: models.Model, add: bool) -> Any:  # noqa: FBT001  Django's signature
        day = next((day for name in self.of if (day := getattr(model_instance, name))), None)
        setattr(model_instance, self.attname, day)
        return day
