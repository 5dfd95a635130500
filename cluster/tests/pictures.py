"""Picture files as phones, scanners and attackers make them."""

import io
import struct
import zlib

from PIL import Image

# Tags of EXIF: which side is up, the block of the place, and in it the latitude.
ORIENTATION, GPS, LATITUDE = 0x0112, 0x8825, 2
CAMERA = 0x0110


def picture(kind: str = "JPEG", *, size: tuple[int, int] = (120, 80), mode: str = "RGB", **options) -> bytes:
    """The left half red and the right half blue."""
    image = Image.new(mode, size, "red")
    image.paste(Image.new(mode, (size[0] // 2, size[1]), "blue"), (size[0] - size[0] // 2, 0))
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def photo(kind: str = "JPEG", **options) -> bytes:
    """As a phone takes it: held on its side, with its camera, its place and a comment."""
    exif = Image.Exif()
    exif[ORIENTATION], exif[CAMERA] = 6, "Phone of the patrol"
    exif.get_ifd(GPS)[LATITUDE] = (17.0, 5.0, 12.0)
    comment = {"comment": "Phone of the patrol"} if kind == "JPEG" else {}
    return picture(kind, exif=exif, icc_profile=b"Phone of the patrol", **comment, **options)


def bomb(width: int = 30_000, height: int = 30_000) -> bytes:
    """A PNG of a few hundred bytes that says it is as large as this."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(bytes(1000))) + chunk(b"IEND", b"")
    )


HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
GIF = b"GIF89a" + bytes(20)
PDF = b"%PDF-1.7\n1 0 obj << >> endobj"
