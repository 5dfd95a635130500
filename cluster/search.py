"""Search in the folded columns: each kind of row that can be found is declared once, as a ``Source``."""

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import Any, NamedTuple

from django.db.models import Field, Q, QuerySet
from django.utils.functional import Promise
from django.utils.text import capfirst

from cluster.access import Right, Rights
from cluster.fields import Folded, fold, search_words, symbols_in
from cluster.registers import Register
from cluster.submissions import in_words

# Letters of a text around the first word that was found in it.
_BEFORE, _LENGTH = 60, 200


class Part(NamedTuple):
    """A piece of a text; ``is_hit``: one of the words was found in it."""

    text: str
    is_hit: bool


@dataclass(frozen=True, kw_only=True)
class Source:
    """A kind of row that can be found. ``rows`` is its one door: scoped to the rights, newest first, with what the
    result shows of a row: its ``name``, a ``line`` that places it, and the longer ``text`` it may be found by.

    ``columns`` are the folded columns looked into, its own and those of rows it belongs to, ``kinds`` the fields that
    hold a word of a list; ``dated_by`` is the date by whose year it is narrowed.
    """

    key: str
    title: str | Promise
    rows: Callable[[Rights], QuerySet]
    dated_by: str
    columns: tuple[str, ...] = ("search",)
    kinds: tuple[Field, ...] = ()
    name: Callable[[Any], str] = str
    line: Callable[[Any], str] = lambda row: ""
    text: Callable[[Any], str] = lambda row: ""
    address: Callable[[Any, Rights], str] = lambda row, rights: row.get_absolute_url()
    right: Right = Right.READ_RECORDS

    def found(self, rights: Rights, words: list[str], *, year: int | None = None) -> QuerySet:
        """The rows that hold every word, in whichever of the columns; of nothing asked nothing is found."""
        rows = self.rows(rights)
        if not words or not rights.may(self.right):
            return rows.none()
        for word in self._besides_its_name(words):
            rows = rows.filter(
                reduce(or_, [Q((f"{column}__contains", word)) for column in self.columns], self._of(word))
            )
        if year:
            rows = rows.filter((f"{self.dated_by}__range", (dt.date(year, 1, 1), dt.date(year, 12, 31))))
        return rows

    def _of(self, word: str) -> Q:
        """Those of a kind in whose name a word begins so, as its reader reads it."""
        meant = Q()
        for field in self.kinds:
            labels = ((value, _words_of(str(label))) for value, label in field.flatchoices)
            values = [value for value, words in labels if any(one.startswith(word) for one in words)]
            meant |= Q((f"{field.name}__in", values)) if values else Q()
        return meant

    def _besides_its_name(self, words: list[str]) -> list[str]:
        """Who types "tuan tra sen thuy" looks for patrols at Sen Thủy, and with "tuan tra" for all patrols."""
        name = set(_words_of(str(self.title)))
        named = name.intersection(words)
        return [word for word in words if word not in named] if named == name or len(named) > 1 else words


def source_of(register: Register) -> Source:
    """A register is found by what is written in it and by the names that its list shows."""
    model: Any = register.model
    return Source(
        key=register.noun,
        title=register.title,
        rows=register.rows,
        dated_by=model.dated_by,
        columns=("search", *_columns_of_related(register)),
        kinds=tuple(field for name in register.filters if (field := model._meta.get_field(name)).choices),
        line=lambda row: _line_of(register, row),
        text=lambda row: texts_of(row),
    )


def _words_of(text: str) -> list[str]:
    return re.findall(r"\w+", fold(text))


def texts_of(row: Any) -> str:
    """What the folded column of a row is made of."""
    return "\n".join(filter(None, (str(getattr(row, name) or "") for name in row._meta.get_field("search").of)))


def _columns_of_related(register: Register) -> Iterator[str]:
    for path in register.related:
        if "__" not in path:
            related: Any = register.model._meta.get_field(path).related_model
            if any(isinstance(field, Folded) for field in related._meta.fields):
                yield f"{path}__search"


def _line_of(register: Register, row: Any) -> str:
    """The columns of the list but the first, which mostly says what the name says."""
    cells = (in_words(None, column.value(row)) for column in register.columns[1:4])
    return " · ".join(capfirst(cell) for cell in cells if cell and cell != "–")


def highlighted(text: str, words: list[str]) -> list[Part]:
    """The text in parts, those that a word matches marked: a template need trust nothing that somebody typed."""
    spans = _hits(text, words)
    parts, end = [], 0
    for start, stop in spans:
        if start > end:
            parts.append(Part(text[end:start], is_hit=False))
        parts.append(Part(text[start:stop], is_hit=True))
        end = stop
    return [*parts, Part(text[end:], is_hit=False)] if end < len(text) else parts


def excerpt(text: str, words: list[str]) -> list[Part]:
    """What stands around the first hit, on one line; nothing where there is none."""
    text = " ".join(text.split())
    hits = _hits(text, words)
    if not hits:
        return []
    start = max(0, hits[0][0] - _BEFORE)
    if start:  # from the beginning of a word
        start = text.find(" ", start, hits[0][0]) + 1 or start
    cut = text[start : start + _LENGTH]
    if start + _LENGTH < len(text):
        cut = f"{cut.rpartition(' ')[0] or cut} …"
    return highlighted(f"… {cut}" if start else cut, words)


def _hits(text: str, words: list[str]) -> list[tuple[int, int]]:
    """Where in the text the words are found, in order and without overlaps."""
    plain, places = _folded_with_places(text)
    found = [span for word in words for span in _places_of(word, plain)]
    spans: list[tuple[int, int]] = []
    for start, stop in sorted(found):
        begin, end = places[start], places[stop - 1] + 1
        if spans and begin <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((begin, end))
    return spans


def _places_of(word: str, plain: str) -> Iterator[tuple[int, int]]:
    if word.startswith("#"):
        yield from (span for symbol, span in symbols_in(plain) if symbol.startswith(word))
        return
    # "tra" means "tra", and "trật" only where nothing else was found.
    whole = [found.span() for found in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", plain)]
    yield from whole or (found.span() for found in re.finditer(re.escape(word), plain))


def _folded_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text, and of each of its letters the place in the text that it comes from."""
    plain, places = [], []
    for place, letter in enumerate(text):
        for folded in " " if letter.isspace() else fold(letter):
            plain.append(folded)
            places.append(place)
    return "".join(plain), places


__all__ = ["Part", "Source", "excerpt", "highlighted", "search_words", "source_of", "texts_of"]
