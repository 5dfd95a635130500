"""Measures of the official form (Nghị định 30/2020/NĐ-CP, Phụ lục I), for both writers."""

from dataclasses import dataclass

# Millimetres.
PAPER = (210, 297)
TOP = BOTTOM = 20
LEFT, RIGHT = 30, 15
TEXT_WIDTH = PAPER[0] - LEFT - RIGHT
# Of a page on its side, whose margins are the same.
WIDE_TEXT_WIDTH = PAPER[1] - LEFT - RIGHT
# The head has two halves, the right one wide enough for "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" on one line.
HEAD_LEFT = 68
PAGE_NUMBER_FROM_TOP = 10
INDENT = 10

# Points.
BODY_SIZE = 14
SPACE_AFTER = 6
LINE_SPACING = 1.15
# Height of the room for a signature and a seal.
SIGNATURE_SPACE = 68

STATE = "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"
MOTTO = "Độc lập - Tự do - Hạnh phúc"
RECIPIENTS = "Nơi nhận:"
ADDRESSEES = "Kính gửi:"


@dataclass(frozen=True)
class Look:
    """How one element looks: points, weight, slant, and where it stands in its line or cell."""

    size: int
    bold: bool = False
    italic: bool = False
    align: str = "center"
    indent: bool = False


LOOKS = {
    "state": Look(12, bold=True),
    "motto": Look(13, bold=True),
    "superior": Look(12),
    "agency": Look(12, bold=True),
    "number": Look(13),
    "place-date": Look(13, italic=True),
    "mark": Look(13, bold=True),
    "kind": Look(14, bold=True),
    "abstract": Look(14, bold=True),
    "addressees": Look(14),
    "paragraph": Look(BODY_SIZE, align="justify", indent=True),
    "part": Look(14, bold=True),
    "part-title": Look(14, bold=True),
    "section": Look(14, bold=True, align="justify", indent=True),
    "clause": Look(BODY_SIZE, align="justify", indent=True),
    "clause-heading": Look(14, bold=True, align="justify", indent=True),
    "point": Look(BODY_SIZE, align="justify", indent=True),
    "table-title": Look(13, bold=True),
    "cell": Look(13, align="left"),
    "dense-cell": Look(11, align="left"),
    "appendix": Look(14, bold=True),
    "appendix-title": Look(14, bold=True),
    "appendix-reference": Look(14, italic=True),
    "signer": Look(14, bold=True),
    "hint": Look(13, italic=True),
    "post": Look(14, bold=True),
    "name": Look(14, bold=True),
    "recipients": Look(12, bold=True, italic=True, align="left"),
    "recipient": Look(11, align="left"),
    "drafter": Look(11, align="left"),
    "page-number": Look(14),
}
