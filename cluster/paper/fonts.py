"""Which serif a PDF is set in: Times New Roman or its metric twin where installed, else the one that came by pip."""

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from itertools import product
from pathlib import Path

import fontpkg_noto_serif
import typst
from PIL import ImageFont

WANTED = ("Times New Roman", "Liberation Serif", "Tinos")
_TONES = ("", "\N{COMBINING GRAVE ACCENT}", "\u0301", "\u0303", "\u0309", "\u0323")
VIETNAMESE = "đĐ" + "".join(
    unicodedata.normalize("NFC", base + tone) for base, tone in product("aăâeêioôơuưyAĂÂEÊIOÔƠUƯY", _TONES)
)
# No font draws it, so what it looks like is how the font draws a letter it lacks.
_NO_LETTER = "\uffff"


@dataclass(frozen=True)
class Serif:
    family: str
    fonts: typst.Fonts


@cache
def serif() -> Serif:
    """Looked for once a process."""
    return serif_among(typst.Fonts(include_system_fonts=True, include_embedded_fonts=False).fonts())


def serif_among(installed: Iterable[typst.FontInfo]) -> Serif:
    """The best of these fonts, with the serif that came by pip behind it for a rare letter, or that one alone."""
    own = Path(fontpkg_noto_serif.ROOT) / "files"
    by_family: dict[str, set[Path]] = {}
    for font in installed:
        by_family.setdefault(font.family, set()).update([Path(font.path)] if font.path else [])
    for family in WANTED:
        files = by_family.get(family)
        if files and all(has_vietnamese(file) for file in files):
            return Serif(family, _fonts({file.parent for file in files} | {own}))
    return Serif(fontpkg_noto_serif.FAMILY, _fonts({own}))


def _fonts(folders: set[Path]) -> typst.Fonts:
    paths = sorted(str(folder) for folder in folders)
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=paths)


def has_vietnamese(file: Path, *, letters: str = VIETNAMESE) -> bool:
    """fonts-liberation 1.07 of Debian 12 lacks 92 letters; its name is that of the complete one."""
    font = ImageFont.truetype(str(file), 24)
    missing = bytes(font.getmask(_NO_LETTER))
    return all(bytes(font.getmask(letter)) != missing for letter in letters)
