"""How alike two wordings of a route are: one officer writes "Quốc lộ 1A, đoạn Sen Thủy – Vĩnh Chấp", the other
"QL1A V.Chap - S.Thuy".
"""

import re
from collections.abc import Iterator
from itertools import pairwise

from cluster.fields import fold, nfc

Part = tuple[str, ...]
Route = tuple[Part, ...]

# Numbered roads, in their long and short forms; the 1 and the 1A are one road.
_ROADS = (
    (re.compile(r"\b(?:quoc lo|ql)\W*(\d+) ?([a-d]?)\b"), "ql"),
    (re.compile(r"\b(?:tinh lo|duong tinh|tl|dt)\W*(\d+) ?([a-d]?)\b"), "dt"),
    (re.compile(r"\b(?:huyen lo|duong huyen|hl|dh)\W*(\d+) ?([a-d]?)\b"), "dh"),
)
# What stands before a name and is left out as often as not. Phrases first, for their words mean other things alone.
_PHRASES = re.compile(
    r"\b(?:thi tran|to dan pho|khu dan cu|khu pho|khu vuc|dia ban|dia phan|giap ranh|lien (?:xa|thon|huyen|tinh)"
    r"|khep kin|tuan tra)\b"
)
_FILLERS = frozenset(
    (
        *("thon", "ban", "xom", "xa", "phuong", "huyen", "tinh", "tt", "tdp", "kdc", "x", "t", "h", "p", "d"),
        *("duong", "tuyen", "doan", "cac", "vung", "truc"),
    )
)
# With their marks: without, "từ" would be the second half of Vĩnh Tú.
_BETWEEN = re.compile(r"\b(?:từ|đến|đi|qua|và|ra|vào|về|sang|tới)\b")
_ENDS_OF_PART = re.compile(r"[^a-z0-9. ]+")
_WORD = re.compile(r"[a-z0-9]+")


def read_route(text: str) -> Route:
    """The words of the route without marks and fillers, cut where one place ends and another begins."""
    plain = fold(_BETWEEN.sub(",", nfc(text).casefold()))
    for pattern, name in _ROADS:
        plain = pattern.sub(lambda road, name=name: f", {_road(name, road[1], road[2])}, ", plain)  # type: ignore[misc]
    plain = _PHRASES.sub(" ", plain)
    return tuple(part for piece in _ENDS_OF_PART.split(plain) if (part := tuple(_WORD.findall(piece))))


def _road(name: str, number: str, letter: str) -> str:
    return f"{name}{int(number)}{letter or ('a' if (name, int(number)) == ('ql', 1) else '')}"


def route_likeness(one: Route, other: Route) -> float | None:
    """From 0, nothing in common, to 1, the same; None where either says nothing."""
    first, second = _features(one, other), _features(other, one)
    if not first or not second:
        return None
    common, least = _weight(first & second), min(_weight(first), _weight(second))
    # The shorter wording may leave much out; what it does say must be in the longer one.
    return (2 * common / (_weight(first) + _weight(second)) + common / least) / 2


def _weight(features: set[Part]) -> int:
    """A pair of neighbours weighs twice what a word does: half the names of a district end in "Thủy"."""
    return sum(map(len, features))


def _features(route: Route, other: Route) -> set[Part]:
    """The words and the pairs of neighbours, abbreviations spelt out by the other wording."""
    found: set[Part] = set()
    for part in route:
        words = [word for word in _spelt_out(part, other) if word not in _FILLERS]
        found.update((word,) for word in words)
        found.update(pairwise(words))
    return found


def _spelt_out(part: Part, other: Route) -> Iterator[str]:
    known = {word for place in other for word in place}
    rest = list(part)
    while rest:
        word = rest.pop(0)
        if word in known:
            yield word
        elif len(word) == 1 and rest and (first := _name_with_initial(word, rest[0], other)):
            yield first
        else:
            yield from _name_behind(word, other) or (word,)


def _name_with_initial(initial: str, second: str, other: Route) -> str:
    """Of "s thuy" the "sen" that stands before "thuy" in the other wording."""
    pairs = (pair for place in other for pair in pairwise(place))
    return next((first for first, word in pairs if word == second and first.startswith(initial)), "")


def _name_behind(word: str, other: Route) -> Part:
    """Of "st", "sthuy" or "senthuy" the "sen thuy" of the other wording."""
    for place in other:
        for size in (2, 3, 4):
            for start in range(len(place) - size + 1):
                name = place[start : start + size]
                if word in ("".join(w[0] for w in name), "".join(w[0] for w in name[:-1]) + name[-1], "".join(name)):
                    return name
    return ()
