"""Of the foot: who signs, who receives it, and the appendices behind it."""

import re
from collections.abc import Iterator

from docx.oxml.ns import qn

from cluster.paper import form
from cluster.paper.checker.anatomy import DRAFTER, Anatomy
from cluster.paper.checker.opened import Line
from cluster.paper.checker.rules import Rule, capitals, checks, listed, looks, short
from cluster.paper.document import roman


@checks("Quyền hạn, chức vụ (ô 7a)")
def _capacity(anatomy: Anatomy, rule: Rule) -> Iterator[str]:
    if not anatomy.sides:
        yield "không có quyền hạn, chức vụ của người ký"
    for side in anatomy.sides:
        told = [line for line in side.above if not line.text.startswith("(")]
        if not told:
            yield "không có quyền hạn, chức vụ của người ký"
        elif told[0].text.startswith(("TM.", "KT.", "TL.", "TUQ.")) and len(told) < 2:
            yield f"dưới “{told[0].text}” không có chức vụ"
        for line in told:
            yield from looks(line, rule, align="center")
            yield from capitals(line)


@checks("Chức vụ khác và họ tên (ô 7b)")
def _names(anatomy: Anatomy, rule: Rule) -> Iterator[str]:
    for line in (line for side in anatomy.sides for line in side.below):
        yield from looks(line, rule, align="center")
        if line.text.isupper():
            yield f"“{line.text}” in hoa"


@checks("Nơi nhận: (ô 9b)")
def _recipients_heading(anatomy: Anatomy, rule: Rule) -> Iterator[str]:
    if not anatomy.recipients:
        yield f"không có “{form.RECIPIENTS}”, hoặc không ngang hàng với quyền hạn của người ký"
    for line in anatomy.recipients[:1]:
        yield from looks(line, rule, align="left")


@checks("Liệt kê nơi nhận (ô 9b)")
def _recipients(anatomy: Anatomy, rule: Rule) -> Iterator[str]:
    lines = [line for line in anatomy.recipients[1:] if not DRAFTER.fullmatch(line.text)]
    yield from listed([line.text for line in lines])
    if lines and not lines[-1].text.startswith("- Lưu: "):
        yield "dòng cuối không phải “- Lưu: …”"
    for line in lines:
        yield from looks(line, rule, align="left")


@checks("Phụ lục")
def _appendices(anatomy: Anatomy, rule: Rule) -> Iterator[str]:
    parts = list(zip(anatomy.opened.parts[1:], anatomy.opened.sections[1:], strict=False))
    for place, (blocks, section) in enumerate(parts, 1):
        lines = [block for block in blocks if isinstance(block, Line) and block.text][:3]
        name = f"Phụ lục {roman(place)}" if len(parts) > 1 else "Phụ lục"
        if len(lines) < 3 or lines[0].text != name:
            yield f"không mở đầu bằng “{name}”, tiêu đề và dòng kèm theo"
            continue
        yield from looks(lines[0], rule, align="center")
        title = Rule(rule.element, (13, 14), bold=True, italic=False)
        yield from looks(lines[1], title, align="center")
        yield from capitals(lines[1])
        yield from looks(lines[2], Rule(rule.element, (13, 14), bold=False, italic=True), align="center")
        number = anatomy.number[0].text.removeprefix("Số: ") if anatomy.number else ""
        kind = anatomy.kind.text.capitalize() if anatomy.kind else ""
        if not re.fullmatch(rf"\(Kèm theo {kind} số {re.escape(number)} ngày .+ năm \d{{4}} của .+\)", lines[2].text):
            yield f"“{short(lines[2].text)}” không dẫn đúng số của văn bản"
        counted = section._sectPr.find(qn("w:pgNumType"))
        if counted is None or counted.get(qn("w:start")) != "1":
            yield f"{name} không đánh số trang riêng"


@checks("Ký hiệu người soạn thảo, số bản")
def _drafter(anatomy: Anatomy, rule: Rule) -> Iterator[str]:
    for line in anatomy.recipients:
        if DRAFTER.fullmatch(line.text):
            yield from looks(line, rule, align="left")
