"""The Word file keeps every row of the form's table (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

import io
import re
import zipfile

import pytest
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.oxml.ns import qn

from cluster.paper import Signature, word_of
from cluster.paper.word import STYLES
from cluster.tests.papers import HOSTILE, make_full_paper, make_paper, opened, word_lines

LANDSCAPE, PORTRAIT = WD_ORIENT.LANDSCAPE, WD_ORIENT.PORTRAIT


@pytest.fixture(scope="module")
def content():
    return word_of(make_paper(mark="Hỏa tốc"))


@pytest.fixture(scope="module")
def file(content):
    return opened(content)


def paragraph(file, text):
    paragraphs = [*file.paragraphs, *(p for t in file.tables for r in t.rows for c in r.cells for p in c.paragraphs)]
    return next(p for p in paragraphs if p.text == text)


def test_page_is_a4_with_the_margins_of_the_form(file):
    section = file.sections[0]
    sides = (section.page_width, section.page_height)
    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(side.mm) for side in sides] == [210, 297]
    assert [round(margin.mm) for margin in margins] == [20, 20, 30, 15]


def test_page_number_stands_centred_above_all_pages_but_the_first(file):
    section = file.sections[0]
    (number,) = section.header.paragraphs
    assert [code.text for code in number._p.iter(qn("w:instrText"))] == ["PAGE"]
    assert (number.style.paragraph_format.alignment, number.style.font.size.pt) == (ALIGN.CENTER, 14)
    assert section.different_first_page_header_footer
    assert [p.text for p in section.first_page_header.paragraphs] == [""]
    assert section.header_distance < section.top_margin


@pytest.mark.parametrize(
    ("text", "size", "bold", "italic", "align"),
    [
        ("CÔNG AN HUYỆN LỆ THỦY", 12, False, False, ALIGN.CENTER),
        ("BAN ĐIỀU HÀNH CỤM", 12, True, False, ALIGN.CENTER),
        ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, True, False, ALIGN.CENTER),
        ("Độc lập - Tự do - Hạnh phúc", 13, True, False, ALIGN.CENTER),
        ("Số: 05/BC-BĐH", 13, False, False, ALIGN.CENTER),
        ("Lệ Thủy, ngày 05 tháng 01 năm 2018", 13, False, True, ALIGN.CENTER),
        ("HỎA TỐC", 13, True, False, ALIGN.CENTER),
        ("BÁO CÁO", 14, True, False, ALIGN.CENTER),
        ("Tổng kết công tác năm 2017", 14, True, False, ALIGN.CENTER),
        ("Kính gửi: Công an tỉnh Quảng Bình.", 14, False, False, ALIGN.CENTER),
        ("I. NHỮNG KẾT QUẢ", 14, True, False, ALIGN.JUSTIFY),
        ("1. Tuần tra chung", 14, True, False, ALIGN.JUSTIFY),
        (f"Các đơn vị phối hợp tuần tra. {HOSTILE}", 14, False, False, ALIGN.JUSTIFY),
        ("2. Trao đổi thông tin thường xuyên", 14, False, False, ALIGN.JUSTIFY),
        ("đ) năm", 14, False, False, ALIGN.JUSTIFY),
        ("Trên đây là báo cáo./.", 14, False, False, ALIGN.JUSTIFY),
        ("TM. BAN ĐIỀU HÀNH", 14, True, False, ALIGN.CENTER),
        ("TRƯỞNG BAN", 14, True, False, ALIGN.CENTER),
        ("Nguyễn Văn A", 14, True, False, ALIGN.CENTER),
        ("Nơi nhận:", 12, True, True, ALIGN.LEFT),
        ("- Như trên;", 11, False, False, ALIGN.LEFT),
        ("- Lưu: VT.", 11, False, False, ALIGN.LEFT),
    ],
)
def test_element_looks_as_the_form_says(file, text, size, bold, italic, align):
    style = paragraph(file, text).style
    found = (style.font.size.pt, style.font.bold, style.font.italic, style.paragraph_format.alignment)
    assert found == (size, bold, italic, align)


def test_body_is_indented_and_spaced(file):
    shape = paragraph(file, "2. Trao đổi thông tin thường xuyên").style.paragraph_format
    assert (round(shape.first_line_indent.mm), shape.space_after.pt) == (10, 6)
    assert 1 <= shape.line_spacing <= 1.5


def test_every_font_is_times_new_roman_in_black(file):
    named = {fonts.get(qn(f"w:{part}")) for fonts in file.element.iter(qn("w:rFonts")) for part in ("ascii", "hAnsi")}
    styles = [file.styles[name] for name in STYLES.values()]
    fonts = {style.element.rPr.rFonts.get(qn(f"w:{part}")) for style in styles for part in ("ascii", "hAnsi", "cs")}
    assert fonts | named == {"Times New Roman"}
    assert {str(style.font.color.rgb) for style in styles} == {"000000"}


def test_head_stands_in_two_columns_with_number_and_date_on_one_line(file):
    head = file.tables[0]
    cells = [[[p.text for p in cell.paragraphs if p.text] for cell in row.cells] for row in head.rows]
    assert cells == [
        [
            ["CÔNG AN HUYỆN LỆ THỦY", "BAN ĐIỀU HÀNH CỤM"],
            ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc"],
        ],
        [["Số: 05/BC-BĐH"], ["Lệ Thủy, ngày 05 tháng 01 năm 2018"]],
    ]


def rule_length(file, paragraph, room):
    return room - paragraph.paragraph_format.left_indent.mm - paragraph.paragraph_format.right_indent.mm


def test_lines_stand_under_agency_motto_and_abstract(file):
    agency, motto = (cell.paragraphs[-1] for cell in file.tables[0].rows[0].cells)
    abstract = next(p for p in file.paragraphs if p.style.name == "Đường kẻ")
    assert {p.style.name for p in (agency, motto)} == {"Đường kẻ"}
    assert file.styles["Đường kẻ"].element.pPr.find(qn("w:pBdr")).find(qn("w:top")).get(qn("w:val")) == "single"
    # As long as the motto in Times New Roman (56 mm); a third to a half of the agency (48 mm) and abstract (64 mm).
    assert round(rule_length(file, motto, 97)) == 56
    assert 48 / 3 <= rule_length(file, agency, 68) <= 48 / 2
    assert 64 / 3 <= rule_length(file, abstract, 165) <= 64 / 2


def test_mark_stands_in_a_frame(file):
    borders = paragraph(file, "HỎA TỐC")._p.pPr.find(qn("w:pBdr"))
    assert [edge.tag for edge in borders] == [qn(f"w:{edge}") for edge in ("top", "left", "bottom", "right")]


def test_table_repeats_its_header_and_keeps_rows_whole(file):
    table = file.tables[1]
    rows = [row._tr.trPr for row in table.rows]
    assert [row.find(qn("w:tblHeader")) is not None for row in rows] == [True, False, False, False]
    assert all(row.find(qn("w:cantSplit")) is not None for row in rows)
    aligned = [cell.paragraphs[0].alignment for cell in table.rows[1].cells]
    assert aligned == [ALIGN.CENTER, ALIGN.LEFT, ALIGN.RIGHT]
    assert [cell.text for cell in table.rows[3].cells] == ["", "Cộng", "15"]
    assert table.style.name == "Table Grid"


def test_headings_show_in_the_outline(file):
    headings = [(p.style.name, p.text) for p in file.paragraphs if p.style.name.startswith("Heading")]
    assert headings == [
        ("Heading 1", "I. NHỮNG KẾT QUẢ"),
        ("Heading 2", "1. Tuần tra chung"),
        ("Heading 1", "II. SỐ LIỆU"),
    ]


def test_recipients_stand_level_with_who_signs(file):
    left, right = file.tables[2].rows[0].cells
    assert (left.paragraphs[0].text, right.paragraphs[0].text) == ("Nơi nhận:", "TM. BAN ĐIỀU HÀNH")
    spaces = {cell.paragraphs[0].paragraph_format.space_before.pt for cell in (left, right)}
    assert spaces == {12}


def test_sides_sign_two_by_two():
    file = opened(word_of(make_paper(signatures=tuple(Signature(lines=(f"Bên {n}",)) for n in (1, 2, 3)))))
    grid = file.tables[-1]
    assert [[cell.paragraphs[0].text for cell in row.cells] for row in grid.rows] == [["BÊN 1", "BÊN 2"], ["BÊN 3", ""]]
    # However many lines a capacity has, the names stand level.
    assert {cell.vertical_alignment for cell in grid.rows[0].cells} == {WD_CELL_VERTICAL_ALIGNMENT.BOTTOM}


def test_each_line_is_a_paragraph(content):
    body = zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml")
    assert b"<w:br" not in body
    assert b"<w:tab/>" not in body


def test_file_names_its_language_title_and_author(file, content):
    properties = file.core_properties
    named = (properties.title, properties.author, properties.language, properties.comments)
    assert named == ("Báo cáo Tổng kết công tác năm 2017", "Ban điều hành cụm", "vi-VN", "")
    assert f"{properties.created:%Y-%m-%d}" == f"{properties.modified:%Y-%m-%d}" == "2018-01-05"
    assert b'w:lang w:val="vi-VN"' in zipfile.ZipFile(io.BytesIO(content)).read("word/styles.xml")


def test_same_paper_gives_the_same_bytes(content):
    archive = zipfile.ZipFile(io.BytesIO(content))
    assert word_of(make_paper(mark="Hỏa tốc")) == content
    assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    assert not [name for name in archive.namelist() if "thumbnail" in name]


def test_appendices_are_sections_of_their_own():
    paper, first, second = opened(word_of(make_full_paper())).sections
    assert [section.orientation for section in (paper, first, second)] == [PORTRAIT, LANDSCAPE, PORTRAIT]
    assert [(round(section.page_width.mm), round(section.page_height.mm)) for section in (paper, first)] == [
        (210, 297),
        (297, 210),
    ]
    assert [counted.get(qn("w:start")) for counted in first._sectPr.findall(qn("w:pgNumType"))] == ["1"]
    assert paper._sectPr.find(qn("w:pgNumType")) is None
    assert all(section.different_first_page_header_footer for section in (first, second))
    assert first.header.is_linked_to_previous


def test_bold_rows_and_dense_letters_of_a_table():
    table = opened(word_of(make_full_paper())).tables[-1]
    cells = [row.cells[0].paragraphs[0] for row in table.rows]
    assert [cell.runs[0].bold for cell in cells] == [True, True, None, None]
    assert {cell.style.font.size.pt for cell in cells} == {11}


def test_post_stands_between_the_room_and_the_name():
    foot = opened(word_of(make_full_paper())).tables[-2]
    below = foot.cell(0, 1).paragraphs[-2:]
    assert [p.text for p in below] == ["Phó Chủ tịch UBND huyện Lệ Thủy", "Nguyễn Văn A"]
    assert (below[0].paragraph_format.space_before.pt, below[1].paragraph_format.space_before) == (68, None)


def test_order_of_the_elements(content):
    lines = word_lines(content)
    wanted = ["CÔNG AN HUYỆN LỆ THỦY", "Số: 05/BC-BĐH", "BÁO CÁO", "Kính gửi: Công an tỉnh Quảng Bình."]
    wanted += ["I. NHỮNG KẾT QUẢ", "Lực lượng tham gia", "Trên đây là báo cáo./.", "Nơi nhận:", "TM. BAN ĐIỀU HÀNH"]
    assert sorted(wanted, key=lines.index) == wanted


def test_word_opens_it_as_a_file_of_today(content):
    settings = zipfile.ZipFile(io.BytesIO(content)).read("word/settings.xml").decode()
    assert re.findall(r'w:name="compatibilityMode"[^>]*w:val="(\d+)"', settings) == ["15"]
