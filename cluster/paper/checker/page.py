"""Of the page: its size, margins, letters and number."""

import unicodedata
from collections.abc import Iterable, Iterator

from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from cluster.paper.checker.anatomy import Anatomy
from cluster.paper.checker.opened import Line, Run
from cluster.paper.checker.rules import Rule, checks, run_looks, short

FONT = "Times New Roman"


@checks("Khổ giấy")
def _paper(anatomy: Anatomy, rule: Rule) -> Iterator[str]:
    for place, section in enumerate(anatomy.opened.sections):
        sides = [round(side.mm) if side else 0 for side in (section.page_width, section.page_height)]
        if sorted(sides) != [210, 297]:
            yield f"khổ {sides[0]} x {sides[1]} mm, không phải A4"
        is_wide = sides[0] > sides[1]
        if is_wide != (section.orientation == WD_ORIENT.LANDSCAPE):
            yield "chiều giấy không khớp với khổ giấy"
        if is_wide and place == 0:
            yield "văn bản không để giấy dọc"


def _margins(anatomy: Anatomy, names: Iterable[str], low: int, high: int) -> Iterator[str]:
    for section in anatomy.opened.sections:
        for name in names:
            margin = getattr(section, f"{name}_margin").mm
            if not low - 0.1 <= margin <= high + 0.1:
                yield f"lề {margin:.0f} mm, không phải {low}–{high} mm"


@checks("Lề trên, dưới")
def _top_and_bottom(anatomy: Anatomy, rule: Rule) -> Iterator[str]:
    yield from _margins(anatomy, ("top", "bottom"), 20, 25)


@checks("Lề trái")
def _left(anatomy: Anatomy, rule: Rule) -> Iterator[str]:
    yield from _margins(anatomy, ("left",), 30, 35)


@checks("Lề phải")
def _right(anatomy: Anatomy, rule: Rule) -> Iterator[str]:
    yield from _margins(anatomy, ("right",), 15, 20)


@checks("Phông")
def _fonts(anatomy: Anatomy, rule: Rule) -> Iterator[str]:
    for line in anatomy.opened.all_lines():
        for run in line.runs:
            if run.fonts != {FONT}:
                yield f"“{short(run.text)}” phông {', '.join(sorted(str(font) for font in run.fonts))}"
            if run.colour != "000000":
                yield f"“{short(run.text)}” không phải màu đen"
        if not unicodedata.is_normalized("NFC", line.text):
            yield f"“{short(line.text)}” không phải Unicode dựng sẵn"


@checks("Số trang")
def _page_number(anatomy: Anatomy, rule: Rule) -> Iterator[str]:
    for section in anatomy.opened.sections:
        numbers = [
            p for p in section.header.paragraphs if any("PAGE" in (c.text or "") for c in p._p.iter(qn("w:instrText")))
        ]
        if not numbers:
            yield "không có số trang trong lề trên"
        for line in map(Line, numbers):
            style = line.paragraph.style
            size, shape = style.font.size, style.font  # type: ignore[union-attr]
            run = Run(
                "số trang", size.pt if size else None, bool(shape.bold), bool(shape.italic), frozenset(), "000000"
            )
            yield from run_looks(run, rule, bold=rule.bold)
            if line.align != "center":
                yield "số trang không ở giữa"
        if (section.header_distance or 0) >= (section.top_margin or 0):
            yield "số trang không nằm trong lề trên"
        if not section.different_first_page_header_footer or any(p.text for p in section.first_page_header.paragraphs):
            yield "số trang hiện ở trang thứ nhất"
        counted = section._sectPr.find(qn("w:pgNumType"))
        if counted is not None and counted.get(qn("w:fmt"), "decimal") != "decimal":
            yield "số trang không phải chữ số Ả Rập"
