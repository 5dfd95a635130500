"""What is kept of a photograph, and what is never taken (security.md 24)."""

import io
import random

import pytest
from PIL import Image

from cluster.scans import LONG_SIDE, MAX_BYTES, MAX_PIXELS, NotTaken, scan_of
from cluster.tests.pictures import GIF, HTML, PDF, SVG, bomb, photo, picture


def opened(scan):
    image = Image.open(io.BytesIO(scan.content))
    image.load()
    return image


@pytest.mark.parametrize(("kind", "stored"), [("JPEG", "image/jpeg"), ("PNG", "image/png"), ("WEBP", "image/webp")])
def test_picture_keeps_its_kind_and_nothing_but_its_dots(kind, stored):
    scan = scan_of(photo(kind))
    image = opened(scan)
    assert (scan.kind, image.format) == (stored, kind)
    assert dict(image.getexif()) == {}
    assert not {"exif", "icc_profile", "comment", "xmp", "photoshop"} & image.info.keys()
    assert b"Phone of the patrol" not in scan.content


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_picture_is_stored_upright(kind):
    image = opened(scan_of(photo(kind))).convert("RGB")
    top, bottom = image.getpixel((40, 10)), image.getpixel((40, 110))
    assert image.size == (80, 120)
    assert (top[0] > 200 > top[2], bottom[2] > 200 > bottom[0]) == (True, True)


@pytest.mark.parametrize(
    ("size", "stored"), [((4800, 2400), (2400, 1200)), ((600, 3600), (400, 2400)), ((90, 9), (90, 9))]
)
def test_long_side_is_bounded(size, stored):
    assert opened(scan_of(picture(size=size))).size == stored
    assert max(stored) <= LONG_SIDE


def test_transparent_picture_stands_on_white():
    stream = io.BytesIO()
    Image.new("RGBA", (10, 10), (0, 0, 0, 0)).save(stream, "PNG")
    image = opened(scan_of(stream.getvalue()))
    assert (image.mode, image.getpixel((5, 5))) == ("RGB", (255, 255, 255))


@pytest.mark.parametrize("mode", ["1", "L", "P", "LA", "I;16", "CMYK"])
def test_picture_of_any_mode_is_taken(mode):
    stream = io.BytesIO()
    Image.new(mode, (40, 30), 1).save(stream, "JPEG" if mode == "CMYK" else "PNG")
    assert opened(scan_of(stream.getvalue())).size == (40, 30)


def test_pdf_is_kept_as_it_is():
    assert (scan_of(PDF).kind, scan_of(PDF).content) == ("application/pdf", PDF)


TRUNCATED = photo(size=(400, 300))[:-900]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        HTML,
        SVG,
        GIF,
        b" " + PDF,
        b"\xff\xd8\xff",
        TRUNCATED,
        picture("PNG")[:-40],
        picture("TIFF"),
        picture("BMP"),
    ],
    ids=["empty", "html", "svg", "gif", "pdf-later", "jpeg-start", "jpeg-cut", "png-cut", "tiff", "bmp"],
)
def test_what_is_no_whole_picture_is_not_taken(content):
    with pytest.raises(NotTaken, match="Tệp không phải ảnh JPEG, PNG, WebP hoàn chỉnh và cũng không phải PDF"):
        scan_of(content)


@pytest.mark.parametrize("size", [(30_000, 30_000), (12_000, 12_000), (MAX_PIXELS // 5_000 + 1, 5_000)])
def test_bomb_is_not_unpacked(size):
    with pytest.raises(NotTaken):
        scan_of(bomb(*size))


def test_file_of_more_than_ten_megabytes_is_not_taken():
    with pytest.raises(NotTaken, match="Tệp lớn hơn 10 MB"):
        scan_of(PDF + bytes(MAX_BYTES))


def test_jpeg_with_a_preview_in_it_is_a_jpeg():
    scan = scan_of(picture("MPO", save_all=True, append_images=[Image.new("RGB", (20, 20))]))
    assert (scan.kind, opened(scan).format, opened(scan).size) == ("image/jpeg", "JPEG", (120, 80))


# Pillow warns of a damaged block that it leaves out; the dots are what counts.
@pytest.mark.filterwarnings("ignore::UserWarning:PIL")
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_damaged_picture_is_taken_or_refused_and_nothing_else(kind):
    chance, whole = random.Random(kind), photo(kind)
    for _ in range(60):
        damaged = bytearray(whole)
        for _ in range(chance.randint(1, 12)):
            damaged[chance.randrange(len(damaged))] = chance.randrange(256)
        try:
            assert opened(scan_of(bytes(damaged))).size <= (LONG_SIDE, LONG_SIDE)
        except NotTaken:
            continue
