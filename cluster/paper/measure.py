"""How wide a bold text is in Times New Roman: the lines under agency, motto and abstract are parts of it."""

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
