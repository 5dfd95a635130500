"""Of the head: who issues the paper, its number, date, kind and abstract, and to whom it goes."""

import re
from collections.abc import Iterator

from cluster.paper import form
from cluster.paper.checker.anatomy import Anatomy
from cluster.paper.checker.opened import Line
from cluster.paper.checker.rules import Rule, capitals, checks, listed, looks, short
from cluster.paper.document import BLANK
from cluster.paper.measure import width_of

# Millimetres that a length may differ by what Word rounds.
_ROUNDING = 0.6
_NUMBER = re.compile(rf"Số: (?:0[1-9]|[1-9]\d+|{BLANK})/[^\s/]+")
_DATE = re.compile(rf".+, ngày (?P<day>\d+|{BLANK}) tháng (?P<month>\d+|{BLANK}) năm (?P<year>\d{{4}})")


@checks("Quốc hiệu (ô 1)")
def _state(anatomy: Anatomy, rule: Rule) -> Iterator[str]:
    lines = anatomy.right
    if not lines or lines[0].text != form.STATE:
        yield f"không có “{form.STATE}” ở trên cùng bên phải"
    else:
        yield from looks(lines[0], rule, align="center")


@checks("Tiêu ngữ (ô 1)")
def _motto(anatomy: Anatomy, rule: Rule) -> Iterator[str]:
    lines = anatomy.right
    if len(lines) < 2 or lines[1].text != form.MOTTO:
        yield f"không có “{form.MOTTO}” dưới Quốc hiệu"
        return
    motto = lines[1]
    yield from looks(motto, rule, align="center")
    if motto.spacing != 1:
        yield "tiêu ngữ không cách dòng đơn"
    size = motto.runs[0].size or 0
    below = lines[2] if len(lines) > 2 else None
    room = anatomy.head.columns[1].width.mm  # type: ignore[union-attr]
    yield from _part_of_text(below, motto.text, size=size, room=room, share=(0.95, 1.05))


@checks("Tên cơ quan chủ quản (ô 2)")
def _superiors(anatomy: Anatomy, rule: Rule) -> Iterator[str]:
    for line in [line for line in anatomy.left if line.text][:-1]:
        yield from looks(line, rule, align="center")
        yield from capitals(line)


@checks("Tên cơ quan ban hành (ô 2)")
def _issuer(anatomy: Anatomy, rule: Rule) -> Iterator[str]:
    lines = [line for line in anatomy.left if line.text]
    if not lines:
        yield "không có tên cơ quan ban hành"
        return
    yield from looks(lines[-1], rule, align="center")
    yield from capitals(lines[-1])
    room = anatomy.head.columns[0].width.mm  # type: ignore[union-attr]
    size = lines[-1].runs[0].size or 0
    yield from _part_of_text(anatomy.left[-1], lines[-1].text, size=size, room=room, share=(1 / 3, 1 / 2))


@checks("Số, ký hiệu (ô 3)")
def _number(anatomy: Anatomy, rule: Rule) -> Iterator[str]:
    if len(anatomy.number) != 1 or not _NUMBER.fullmatch(anatomy.number[0].text):
        yield f"“{' '.join(line.text for line in anatomy.number)}” không có dạng “Số: 05/BC-BĐH”"
    for line in anatomy.number:
        yield from looks(line, rule, align="center")


@checks("Địa danh, ngày (ô 4)")
def _place_and_date(anatomy: Anatomy, rule: Rule) -> Iterator[str]:
    if len(anatomy.place_and_date) != 1:
        yield "không có địa danh và ngày cùng dòng với số, ký hiệu"
    for line in anatomy.place_and_date:
        yield from looks(line, rule, align="center")
        found = _DATE.fullmatch(line.text)
        if not found:
            yield f"“{line.text}” không có dạng “Lệ Thủy, ngày 05 tháng 01 năm 2018”"
            continue
        if found["day"] != BLANK and len(found["day"]) != 2:
            yield f"ngày “{found['day']}” không có hai chữ số"
        if found["month"] != BLANK and found["month"] not in ("01", "02", *map(str, range(3, 13))):
            yield f"tháng “{found['month']}” không đúng cách ghi"


@checks("Tên loại (ô 5a)")
def _kind(anatomy: Anatomy, rule: Rule) -> Iterator[str]:
    if anatomy.kind is None:
        yield "không có tên loại văn bản"
        return
    yield from looks(anatomy.kind, rule, align="center")
    yield from capitals(anatomy.kind)


@checks("Trích yếu (ô 5a)")
def _abstract(anatomy: Anatomy, rule: Rule) -> Iterator[str]:
    line = anatomy.abstract
    if line is None:
        yield "không có trích yếu"
        return
    yield from looks(line, rule, align="center")
    if line.text.isupper():
        yield "trích yếu in hoa"
    size = line.runs[0].size or 0
    yield from _part_of_text(anatomy.title_rule, line.text, size=size, room=form.TEXT_WIDTH, share=(1 / 3, 1 / 2))


@checks("Kính gửi (ô 9a)")
def _addressees(anatomy: Anatomy, rule: Rule) -> Iterator[str]:
    for line in anatomy.addressees:
        yield from looks(line, rule)
    yield from listed([line.text for line in anatomy.addressees[1:]])


@checks("Dấu mức độ khẩn, chỉ dẫn lưu hành")
def _frames(anatomy: Anatomy, rule: Rule) -> Iterator[str]:
    for line in anatomy.frames:
        yield from looks(line, rule, align="center")
        yield from capitals(line)


def _part_of_text(
    rule_line: Line | None, text: str, *, size: float, room: float, share: tuple[float, float]
) -> Iterator[str]:
    """The line under a text is so long a part of it."""
    if rule_line is None or not rule_line.is_rule:
        yield f"không có đường kẻ dưới “{short(text)}”"
        return
    whole, length = min(width_of(text, size), room), rule_line.rule_length(room)
    if not share[0] * whole - _ROUNDING <= length <= share[1] * whole + _ROUNDING:
        yield f"đường kẻ dài {length:.0f} mm dưới dòng chữ dài {whole:.0f} mm"
