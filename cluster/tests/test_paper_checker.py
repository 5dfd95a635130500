"""The checker finds each departure from the form when it is planted, and names the row of the table."""

import io
from collections.abc import Callable
from functools import cache
from typing import Any

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from cluster.paper import Signature, word_of
from cluster.paper.checker import CHECKS, TABLE, faults_of, rules
from cluster.tests.papers import make_full_paper, make_paper, opened

Change = Callable[[Any], None]


@cache
def whole() -> bytes:
    return word_of(make_full_paper(mark="Hỏa tốc", addressees=("Công an tỉnh Quảng Bình", "UBND huyện Lệ Thủy")))


def spoiled(change: Change) -> bytes:
    file = opened(whole())
    change(file)
    stream = io.BytesIO()
    file.save(stream)
    return stream.getvalue()


def line(file, text):
    tables = [p for t in file.tables for r in t.rows for c in r.cells for p in c.paragraphs]
    holding = [p for p in [*tables, *file.paragraphs] if text in p.text]
    return next((p for p in holding if p.text.startswith(text)), holding[0])


def says(old, new):
    def change(file):
        found = line(file, old)
        found.runs[0].text = found.text.replace(old, new)

    return change


def letters(text, **looks):
    """Another size, weight, slant or font of a line."""

    def change(file):
        for run in line(file, text).runs:
            for name, value in looks.items():
                setattr(run.font, name, Pt(value) if name == "size" else value)

    return change


def shape(text, **looks):
    def change(file):
        for name, value in looks.items():
            setattr(line(file, text).paragraph_format, name, value)

    return change


def section(place=0, **sides):
    def change(file):
        for name, value in sides.items():
            setattr(file.sections[place], name, Mm(value))

    return change


def without(text):
    def change(file):
        found = line(file, text)._p
        found.getparent().remove(found)

    return change


def behind(text, target):
    """The line put behind another one."""
    return lambda file: line(file, target)._p.addnext(line(file, text)._p)


def longer_rule(file):
    rules_ = [p for p in file.paragraphs if p.style.name == "Đường kẻ"]
    rules_[0].paragraph_format.left_indent = rules_[0].paragraph_format.right_indent = Mm(0)


def cell_rule(column, indent):
    def change(file):
        found = file.tables[0].cell(0, column).paragraphs[-1].paragraph_format
        found.left_indent = found.right_indent = Mm(indent)

    return change


def red(file):
    line(file, "Không có").runs[0].font.color.rgb = RGBColor(255, 0, 0)


def decomposed(file):
    line(file, "Không có").runs[0].text = "Không co\u0301./."


def number_everywhere(file):
    file.sections[0].different_first_page_header_footer = False


def header(**looks):
    def change(file):
        paragraph = file.sections[0].header.paragraphs[0]
        for name, value in looks.items():
            setattr(paragraph.style.font if name != "alignment" else paragraph, name, value)

    return change


def no_number(file):
    (paragraph,) = file.sections[0].header.paragraphs
    for code in list(paragraph._p.iter(qn("w:instrText"))):
        code.text = "DATE"


def roman_numbers(file):
    counted = file.sections[1]._sectPr.find(qn("w:pgNumType"))
    counted.set(qn("w:fmt"), "upperRoman")


def counted_on(file):
    sectPr = file.sections[1]._sectPr
    sectPr.remove(sectPr.find(qn("w:pgNumType")))


def counted_by_word(text):
    def change(file):
        numbering = OxmlElement("w:numPr")
        line(file, text)._p.get_or_add_pPr().append(numbering)

    return change


def broken_line(file):
    line(file, "Các đơn vị phối hợp").add_run().add_break()


MISTAKES: dict[str, list[Change]] = {
    "Khổ giấy": [section(page_width=216), section(page_width=297, page_height=210)],
    "Lề trên, dưới": [section(top_margin=15), section(bottom_margin=30)],
    "Lề trái": [section(left_margin=25), section(place=1, left_margin=20)],
    "Lề phải": [section(right_margin=10)],
    "Phông": [letters("Không có", name="Arial"), red, decomposed],
    "Số trang": [
        *(number_everywhere, no_number, roman_numbers, section(header_distance=30)),
        *(header(size=Pt(11)), header(bold=True), header(alignment=ALIGN.RIGHT)),
    ],
    "Quốc hiệu (ô 1)": [
        *(letters("CỘNG HÒA", size=14), letters("CỘNG HÒA", bold=False), says("CHỦ NGHĨA", "chủ nghĩa")),
        shape("CỘNG HÒA", alignment=ALIGN.LEFT),
    ],
    "Tiêu ngữ (ô 1)": [
        *(letters("Độc lập", size=12), letters("Độc lập", italic=True), says("Độc lập - ", "Độc lập-")),
        *(shape("Độc lập", line_spacing=1.5), cell_rule(1, 0)),
    ],
    "Tên cơ quan chủ quản (ô 2)": [
        *(letters("CÔNG AN HUYỆN", bold=True), says("CÔNG AN HUYỆN", "Công an huyện")),
        letters("CÔNG AN HUYỆN", size=14),
    ],
    "Tên cơ quan ban hành (ô 2)": [
        *(letters("BAN ĐIỀU HÀNH CỤM", bold=False), letters("BAN ĐIỀU HÀNH CỤM", size=11), cell_rule(0, 0)),
        says("BAN ĐIỀU HÀNH CỤM", "Ban điều hành cụm"),
    ],
    "Số, ký hiệu (ô 3)": [
        *(says("Số: 05", "Số: 5"), says("05/BC", "05-BC"), says("BC-BĐH", "BC - BĐH"), letters("Số: 05", size=14)),
    ],
    "Địa danh, ngày (ô 4)": [
        *(letters("Lệ Thủy, ngày", italic=False), says("ngày 05", "ngày 5"), says("tháng 01", "tháng 1")),
        *(says("tháng 01", "tháng 03"), without("Lệ Thủy, ngày")),
    ],
    "Tên loại (ô 5a)": [letters("BÁO CÁO", size=16), letters("BÁO CÁO", bold=False), says("BÁO CÁO", "Báo cáo")],
    "Trích yếu (ô 5a)": [
        *(letters("Tổng kết", italic=True), says("Tổng kết công tác năm", "TỔNG KẾT CÔNG TÁC NĂM"), longer_rule),
        shape("Tổng kết", alignment=ALIGN.JUSTIFY),
    ],
    "Kính gửi (ô 9a)": [letters("Kính gửi", bold=True), says("UBND huyện Lệ Thủy.", "UBND huyện Lệ Thủy")],
    "Nội dung (ô 6)": [
        *(shape("Không có", alignment=ALIGN.LEFT), shape("Không có", first_line_indent=Mm(5))),
        *(shape("Không có", space_after=Pt(3)), shape("Không có", line_spacing=2.0), letters("Không có", size=12)),
        *(letters("Không có", bold=True), broken_line),
    ],
    "Phần": [letters("Phần II", bold=False), says("Phần II", "Phần III"), says("KIẾN NGHỊ", "Kiến nghị")],
    "Mục": [
        *(letters("I. NHỮNG", bold=False), says("II. SỐ LIỆU", "III. SỐ LIỆU"), says("SỐ LIỆU", "Số liệu")),
        counted_by_word("II. SỐ LIỆU"),
    ],
    "Khoản": [says("2. Trao", "3. Trao"), letters("2. Trao", size=12), counted_by_word("1. Tuần tra")],
    "Điểm": [says("đ) năm", "e) năm"), letters("c) ba", italic=True), says("a) một", "b) một")],
    "Quyền hạn, chức vụ (ô 7a)": [
        *(letters("TM. BAN", bold=False), says("TRƯỞNG BAN", "Trưởng ban"), without("TRƯỞNG BAN")),
    ],
    "Chức vụ khác và họ tên (ô 7b)": [
        *(letters("Nguyễn Văn A", bold=False), letters("Phó Chủ tịch UBND", italic=True)),
        says("Nguyễn Văn A", "NGUYỄN VĂN A"),
    ],
    "Nơi nhận: (ô 9b)": [
        *(letters("Nơi nhận", italic=False), letters("Nơi nhận", size=14), without("Nơi nhận")),
        shape("Nơi nhận", alignment=ALIGN.CENTER),
    ],
    "Liệt kê nơi nhận (ô 9b)": [
        *(says("- Như trên;", "- Như trên"), says("- Lưu: VT.", "- Lưu: VT"), letters("- Như trên", size=12)),
        without("- Lưu: VT"),
    ],
    "Phụ lục": [
        *(letters("Phụ lục II", size=13), letters("THUYẾT MINH", bold=False), says("THUYẾT MINH", "Thuyết minh")),
        *(says("Phụ lục II", "Phụ lục III"), says("số 05/BC", "số 06/BC"), counted_on),
    ],
    "Dấu mức độ khẩn, chỉ dẫn lưu hành": [letters("HỎA TỐC", bold=False), says("HỎA TỐC", "Hỏa tốc")],
    "Ký hiệu người soạn thảo, số bản": [letters("PL.(30)", size=12)],
    "Kết thúc nội dung": [says("Không có./.", "Không có."), says("Trao đổi thông tin thường xuyên", "Trao đổi./.")],
    "Thứ tự": [
        *(behind("Kính gửi", "b) hai"), behind("BÁO CÁO", "Tổng kết")),
        lambda file: file.element.body.insert(0, line(file, "BÁO CÁO")._p),
    ],
}
CASES = [pytest.param(row, change, id=f"{row} {n}") for row, all_ in MISTAKES.items() for n, change in enumerate(all_)]


@pytest.mark.parametrize(
    "paper",
    [
        make_paper(),
        make_full_paper(),
        make_full_paper(number=None, is_draft=True),
        make_paper(signatures=(Signature(lines=("Thư ký",)), Signature(lines=("Chủ tọa",)))),
        make_paper(addressees=(), recipients=("Lưu: VT",)),
    ],
    ids=["plain", "full", "draft", "two sign", "few"],
)
def test_papers_of_ours_have_no_fault(paper):
    assert faults_of(word_of(paper)) == []


def test_every_row_of_the_table_is_checked_and_tried():
    rows = [rule.element for rule in rules()]
    assert set(CHECKS) == set(rows)
    assert {*rows, "Thứ tự"} == set(MISTAKES)


def test_row_without_a_check_is_a_fault(tmp_path):
    table = tmp_path / "table.csv"
    table.write_text(f"{TABLE.read_text(encoding='utf-8')}Chữ ký số,mới,13,đứng,\n", encoding="utf-8")
    assert [fault.element for fault in faults_of(whole(), table=table)] == ["Chữ ký số"]


@pytest.mark.parametrize(("row", "change"), CASES)
def test_mistake_is_found_and_named(row, change):
    found = {fault.element for fault in faults_of(spoiled(change))}
    assert row in found
