"""What a cell may hold, and how it is read: every reader returns the stored value or raises ``CellError``.

A raw cell comes from cluster/workbook/reader.py: text, a number, a truth value, or a dict of one entry: ``at`` (an
Excel date, ISO), ``time`` (an Excel time) or ``error`` (an error cell such as #REF!, or ``formula``: one that was
never computed).
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Protocol

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster.fields import fold, nfc
from cluster.formfields import parsed_clock
from cluster.validators import no_identity

Raw = str | int | float | bool | dict[str, str]

EARLIEST_DAY = dt.date(1900, 1, 1)
LATEST_DAY = dt.date(2100, 12, 31)
# Vietnam has stood at UTC+7 since 1975, and the database's local dates count on it.
EARLIEST_MOMENT = dt.date(1976, 1, 1)
_DATE_FORMATS = ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d")
# "14.520" or "14 520" as text: the Vietnamese thousands.
_WHOLE = re.compile(r"\d+|\d{1,3}(?:[. ]\d{3})+", re.ASCII)


class CellError(Exception):
    """Why a cell cannot be taken, in the reader's language."""


class Cell(Protocol):
    def read(self, raw: Raw) -> Any: ...


def shown(raw: Raw) -> str:
    """The raw cell as the reader of a message knows it, shortened."""
    text = _written(raw)
    return text if len(text) <= 60 else f"{text[:59]}…"


def _written(raw: Raw) -> str:
    if isinstance(raw, dict):
        return next(iter(raw.values()))
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return str(raw)


def _refuse_broken(raw: Raw) -> None:
    if not isinstance(raw, dict) or "error" not in raw:
        return
    if raw["error"] == "formula":
        raise CellError(_("The formula has no result yet: open the file in Excel, save it and import it again."))
    raise CellError(_("The cell holds the error %(error)s.") % {"error": raw["error"]})


@dataclass(frozen=True)
class Text:
    """One line of text, or with ``lines`` several; ``free`` text must hold no identity of anybody."""

    max_length: int
    free: bool = False
    lines: bool = False

    def read(self, raw: Raw) -> str:
        _refuse_broken(raw)
        if isinstance(raw, bool | dict):
            raise CellError(
                _("Excel reads this as %(value)s: set the cell to Text and write it again.") % {"value": shown(raw)}
            )
        text = nfc(_written(raw)).replace("\t", " ")
        if any(unicodedata.category(c) == "Cc" and c != "\n" for c in text):
            raise CellError(_("The text holds control characters: write it again."))
        if not self.lines:
            text = " ".join(text.split())
        if len(text) > self.max_length:
            raise CellError(
                _("The text has %(length)d characters; at most %(limit)d are possible.")
                % {"length": len(text), "limit": self.max_length}
            )
        if self.free:
            _refuse_identity(text)
        return text


def _refuse_identity(text: str) -> None:
    try:
        no_identity(text)
    except ValidationError as error:
        raise CellError(error.messages[0]) from None


@dataclass(frozen=True)
class PersonNames:
    """Names separated by semicolons, each once."""

    max_length: int

    def read(self, raw: Raw) -> tuple[str, ...]:
        one = Text(self.max_length, free=True)
        names = [one.read(part) for part in Text(32_767).read(raw).split(";") if part.strip()]
        if doubled := [name for name in names if names.count(name) > 1]:
            raise CellError(_("“%(name)s” is named twice.") % {"name": doubled[0]})
        return tuple(names)


@dataclass(frozen=True)
class Day:
    """A day; ``past``: not after today."""

    past: bool = False

    def read(self, raw: Raw) -> dt.date:
        return _moment(raw, earliest=EARLIEST_DAY, past=self.past)[0]


@dataclass(frozen=True)
class Occurrence:
    """A day of the past, with the time where it is known."""

    def read(self, raw: Raw) -> tuple[dt.date, dt.time | None]:
        return _moment(raw, earliest=EARLIEST_DAY, past=True)


@dataclass(frozen=True)
class Moment:
    """A moment as an aware datetime, local time; a day alone is its midnight."""

    past: bool = False

    def read(self, raw: Raw) -> dt.datetime:
        day, time = _moment(raw, earliest=EARLIEST_MOMENT, past=self.past)
        return timezone.make_aware(dt.datetime.combine(day, time or dt.time()))


def _moment(raw: Raw, *, earliest: dt.date, past: bool) -> tuple[dt.date, dt.time | None]:
    _refuse_broken(raw)
    found = _excel_moment(raw) or (_typed_moment(nfc(raw)) if isinstance(raw, str) else None)
    if found is None:
        raise CellError(
            _("“%(value)s” is no date: write it as dd/mm/yyyy or dd/mm/yyyy HH:MM, for example 05/01/2018 21:30.")
            % {"value": shown(raw)}
        )
    if not earliest <= found[0] <= LATEST_DAY:
        raise CellError(_("The year %(year)d cannot be right.") % {"year": found[0].year})
    if past and found[0] > timezone.localdate():
        raise CellError(_("The date must not be after today."))
    return found


def _excel_moment(raw: Raw) -> tuple[dt.date, dt.time | None] | None:
    """Excel counts in parts of a day, so a full minute may be off by a fraction of a second."""
    if not isinstance(raw, dict) or "at" not in raw:
        return None
    at = (dt.datetime.fromisoformat(raw["at"]) + dt.timedelta(milliseconds=500)).replace(microsecond=0)
    return at.date(), at.time() if at.time() > dt.time() else None


def _typed_moment(text: str) -> tuple[dt.date, dt.time | None] | None:
    day_text, _blank, clock = text.partition(" ")
    day = _typed_day(day_text)
    if day is None or not clock:
        return (day, None) if day else None
    time = parsed_clock(clock)
    return (day, time) if time is not None else None


def _typed_day(text: str) -> dt.date | None:
    for form in _DATE_FORMATS:
        try:
            return dt.datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    return None


@dataclass(frozen=True)
class Whole:
    """A whole number within limits, both included."""

    minimum: int
    maximum: int

    def read(self, raw: Raw) -> int:
        _refuse_broken(raw)
        number = _whole(raw)
        if number is None or not self.minimum <= number <= self.maximum:
            raise CellError(
                _("“%(value)s” is no whole number from %(minimum)d to %(maximum)d.")
                % {"value": shown(raw), "minimum": self.minimum, "maximum": self.maximum}
            )
        return number


def _whole(raw: Raw) -> int | None:
    if isinstance(raw, bool | dict):
        return None
    if isinstance(raw, float):
        return int(raw) if raw.is_integer() else None
    if isinstance(raw, int):
        return raw
    text = nfc(raw)
    return int(re.sub(r"[. ]", "", text)) if _WHOLE.fullmatch(text) else None


@dataclass(frozen=True)
class Choice:
    """One word of a list. ``words`` leads from each word that is taken to the stored value."""

    words: Mapping[str, str]

    def read(self, raw: Raw) -> str:
        _refuse_broken(raw)
        wanted = fold(_written(raw))
        for word, value in self.words.items():
            if fold(word) == wanted:
                return value
        raise CellError(
            _("“%(value)s” is not one of: %(words)s.") % {"value": shown(raw), "words": ", ".join(self.listed)}
        )

    @property
    def listed(self) -> list[str]:
        """One word for each value: the first."""
        first: dict[str, str] = {}
        for word, value in self.words.items():
            first.setdefault(value, word)
        return list(first.values())
