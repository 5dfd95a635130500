"""How wide a bold text is in Times New Roman: for the lines under agency, motto and abstract, and how these break."""

import unicodedata

# Thousandths of the size. A mark above or below a letter does not widen it.
_WIDTHS = {
    **dict(zip("ABCDEFGHIJKLM", (722, 667, 722, 722, 667, 611, 778, 778, 389, 500, 778, 667, 944), strict=True)),
    **dict(zip("NOPQRSTUVWXYZ", (722, 778, 611, 778, 722, 556, 667, 722, 722, 1000, 722, 722, 667), strict=True)),
    **dict(zip("abcdefghijklm", (500, 556, 444, 556, 444, 333, 500, 556, 278, 333, 556, 278, 833), strict=True)),
    **dict(zip("nopqrstuvwxyz", (556, 500, 556, 556, 444, 389, 333, 556, 500, 722, 500, 500, 444), strict=True)),
    **dict.fromkeys(" .,", 250),
    **dict.fromkeys("-():;", 333),
    "/": 278,
    "Đ": 722,
    "đ": 556,
}
_OTHER = 500
_MM_A_POINT = 25.4 / 72


def width_of(text: str, size: float) -> float:
    """Millimetres, on one line."""
    letters = (unicodedata.normalize("NFD", letter)[0] for letter in text)
    return sum(_WIDTHS.get(letter, _OTHER) for letter in letters) / 1000 * size * _MM_A_POINT


def balanced_width(text: str, size: float, room: float) -> float:
    """The least room in which the text needs no more lines than in this one: a name is not broken before its last word.

    Millimetres; ``room`` itself for a single line.
    """
    lines, narrow, wide = _lines(text, size, room), 0.0, room
    if lines == 1:
        return room
    while wide - narrow > 0.5:
        middle = (narrow + wide) / 2
        narrow, wide = (narrow, middle) if _lines(text, size, middle) <= lines else (middle, wide)
    # What the letters of another program or font may be wider.
    return min(room, wide + 1)


def _lines(text: str, size: float, room: float) -> int:
    lines, used = 1, 0.0
    for word in text.split():
        width = width_of(word, size)
        if width > room:
            return len(text)
        needed = used + width_of(" ", size) + width if used else width
        lines, used = (lines, needed) if needed <= room else (lines + 1, width)
    return lines
