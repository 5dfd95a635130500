"""Photographs and scans of paper on their way in: written anew, so that nothing but the picture is kept.

security.md 24: JPEG, PNG, WebP and PDF, and nothing else.
"""

import io
import struct
import zlib
from dataclasses import dataclass

from django.utils.translation import gettext as _
from PIL import Image, ImageOps

JPEG, PNG, WEBP, PDF = "image/jpeg", "image/png", "image/webp", "application/pdf"
# How the name of each ends; and named one by one in forms: a phone of Apple's then sends JPEG in place of its own.
ENDINGS = {JPEG: ".jpg", PNG: ".png", WEBP: ".webp", PDF: ".pdf"}
ACCEPTED = ",".join(ENDINGS)

MAX_BYTES = 10 * 2**20
# Of a scan of A4 in 600 dots an inch; unpacked it takes 140 MB, and a bomb says of itself that it takes more.
MAX_PIXELS = 40_000_000
# Enough to read every word of a page of A4, and a third of what a phone takes.
LONG_SIDE = 2_400
_FORMATS = {"JPEG": JPEG, "PNG": PNG, "WEBP": WEBP}
# Many phones put a second, smaller picture into a JPEG; the first is the one that was taken.
_SAME_AS = {"MPO": "JPEG"}
_SAVE: dict[str, dict[str, object]] = {
    "JPEG": {"quality": 85, "optimize": True},
    "PNG": {"optimize": False},
    "WEBP": {"quality": 85},
}
# What Pillow says of files that lie about themselves: it has no one word for them.
_DAMAGED = (
    *(OSError, ValueError, SyntaxError, EOFError, TypeError, KeyError, IndexError, OverflowError, MemoryError),
    *(struct.error, zlib.error, Image.DecompressionBombError, Image.DecompressionBombWarning),
)


class NotTaken(Exception):
    """Why a file is not taken, in words for who sent it."""


@dataclass(frozen=True)
class Scan:
    kind: str
    content: bytes


def scan_of(content: bytes) -> Scan:
    """What is stored of an uploaded file; raises ``NotTaken``. Its name and its declared type say nothing."""
    if len(content) > MAX_BYTES:
        raise NotTaken(_("The file is larger than 10 MB."))
    if content.startswith(b"%PDF-"):
        return Scan(PDF, content)
    try:
        return _written_anew(content)
    except _DAMAGED:
        raise NotTaken(_("The file is no complete JPEG, PNG or WebP picture and no PDF.")) from None


def _written_anew(content: bytes) -> Scan:
    with Image.open(io.BytesIO(content), formats=list(_FORMATS)) as image:
        kind = _SAME_AS.get(str(image.format), str(image.format))
        if image.width * image.height > MAX_PIXELS:
            raise NotTaken(_("The picture has more than 40 million dots: take it again in a smaller size."))
        # A JPEG is unpacked at a half or a quarter where that is still enough.
        image.draft("RGB", (LONG_SIDE, LONG_SIDE))
        image.load()
        picture = _bare(ImageOps.exif_transpose(image))
    picture.thumbnail((LONG_SIDE, LONG_SIDE), Image.Resampling.LANCZOS)
    stream = io.BytesIO()
    picture.save(stream, kind, **_SAVE[kind])
    return Scan(_FORMATS[kind], stream.getvalue())


def _bare(image: Image.Image) -> Image.Image:
    """The dots alone, on white: place, camera, comments and colour profile stay behind with the file that came."""
    if "transparency" in image.info or image.mode in ("RGBA", "LA", "PA"):
        image = image.convert("RGBA")
        bare = Image.new("RGB", image.size, "white")
        bare.paste(image, mask=image.getchannel("A"))
        return bare
    mode = "L" if image.mode in ("1", "L") else "RGB"
    bare = Image.new(mode, image.size)
    bare.paste(image.convert(mode))
    return bare
