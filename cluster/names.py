"""Finding things by the names people write: case, blanks and tone placement never matter, marks where they must."""

import difflib
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Generic, TypeVar

from django.utils.translation import gettext as _

from cluster.fields import fold

T = TypeVar("T")

_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")


def spelling(text: str) -> str:
    """The text with all its marks, but no case, and each tone at the end of its word: "Hoà" and "hòa" are one."""
    words = unicodedata.normalize("NFD", text.casefold()).split()
    return " ".join(
        "".join(c for c in word if c not in _TONES) + "".join(c for c in word if c in _TONES) for word in words
    )


class Names(Generic[T]):
    """Things by name. A thing may bear several names, and a name several things."""

    def __init__(self) -> None:
        self._spelt: dict[str, list[T]] = defaultdict(list)
        self._folded: dict[str, list[T]] = defaultdict(list)
        # Each name, and how a message writes it.
        self.known: dict[str, str] = {}

    def add(self, name: str, thing: T, *, shown: str = "") -> None:
        for table, key in ((self._spelt, spelling(name)), (self._folded, fold(name))):
            if not any(thing is other for other in table[key]):
                table[key].append(thing)
        self.known.setdefault(name, shown or name)

    def find(self, name: str) -> list[T]:
        """What bears this name as it is spelt; if nothing does, what bears it without marks."""
        return self._spelt.get(spelling(name)) or self._folded.get(fold(name)) or []

    def find_person(self, name: str) -> list[T]:
        """As ``find``, but Lê Văn Hòa is not Lê Văn Hóa: marks are left out only where the writer left out all."""
        if found := self._spelt.get(spelling(name)):
            return found
        return self._folded.get(fold(name), []) if spelling(name) == fold(name) else []


def nearest(name: str, known: Mapping[str, str] | Iterable[str]) -> str | None:
    """The known name that is most like this one, if one is at all; of a mapping what the name leads to."""
    by_folded = {fold(other): other for other in known}
    found = difflib.get_close_matches(fold(name), by_folded, n=1, cutoff=0.5)
    if not found:
        return None
    return known[by_folded[found[0]]] if isinstance(known, Mapping) else by_folded[found[0]]


def unknown(name: str, known: Mapping[str, str] | Iterable[str]) -> str:
    """The message that a name is not known, with the nearest one that is."""
    if other := nearest(name, known):
        return _("“%(name)s” is not known. The nearest known name is “%(nearest)s”.") % {
            "name": name,
            "nearest": other,
        }
    return _("“%(name)s” is not known.") % {"name": name}
