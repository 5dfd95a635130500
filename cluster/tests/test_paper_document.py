import pytest

from cluster.paper import Clause, Column, Paragraph, Part, Points, Section, Table
from cluster.paper.document import POINT_LETTERS, Line, body, plain, recipient_lines
from cluster.paper.download import as_download, disposition
from cluster.tests.papers import make_full_paper, make_paper


@pytest.mark.parametrize(("number", "line"), [(5, "Số: 05/BC-BĐH"), (12, "Số: 12/BC-BĐH"), (None, "Số: ……/BC-BĐH")])
def test_number_has_two_digits_or_room_for_a_pen(number, line):
    assert make_paper(number=number).number_line == line


def texts(*blocks):
    return [line.text for line in body(make_paper(blocks=blocks)) if isinstance(line, Line)]


def test_body_counts_sections_clauses_and_points():
    found = texts(
        Section("Một"), Clause("x"), Clause("y"), Points(("p", "q")), Section("Hai"), Clause("z"), Clause("w")
    )
    assert found == ["I. MỘT", "1. x", "2. y", "a) p", "b) q", "II. HAI", "1. z", "2. w./."]


def test_points_follow_the_vietnamese_alphabet():
    assert "".join(text[0] for text in texts(Points(("x",) * 7))) == "abcdđeg"
    with pytest.raises(ValueError, match="More points than letters"):
        Points(("x",) * (len(POINT_LETTERS) + 1))


@pytest.mark.parametrize("text", ["Hết", "Hết.", "Hết ./."])
def test_body_ends_with_its_mark_once(text):
    assert texts(Paragraph(text)) == ["Hết./."]


def test_body_that_ends_with_a_table_has_a_mark_of_its_own():
    table = Table(title="Bảng", columns=(Column(title="A", width=1),), rows=(("1",),))
    assert body(make_paper(blocks=(table,))) == [table, Line("paragraph", "./.")]


def test_table_refuses_a_row_of_another_width():
    with pytest.raises(ValueError, match="not as many cells"):
        Table(title="Bảng", columns=(Column(title="A", width=1),), rows=(("1", "2"),))


def test_sections_count_anew_in_each_part():
    found = texts(Part("Một"), Section("x"), Section("y"), Part("Hai"), Section("z"), Paragraph("Hết"))
    assert found == ["Phần I", "MỘT", "I. X", "II. Y", "Phần II", "HAI", "I. Z", "Hết./."]


def test_draft_has_room_for_number_and_day_and_says_what_it_is():
    paper = make_paper(number=None, is_draft=True, mark="Hỏa tốc")
    assert paper.number_line == "Số: ……/BC-BĐH"
    assert paper.place_and_date == "Lệ Thủy, ngày …… tháng …… năm 2018"
    assert paper.framed == "DỰ THẢO – HỎA TỐC"


def test_draft_takes_no_number():
    with pytest.raises(ValueError, match="bears no number"):
        make_paper(number=5, is_draft=True)


def test_appendices_are_counted_and_name_the_paper():
    paper = make_full_paper()
    assert [paper.appendix_name(place) for place in (1, 2)] == ["Phụ lục I", "Phụ lục II"]
    assert paper.appendix_reference == (
        "(Kèm theo Báo cáo số 05/BC-BĐH ngày 05 tháng 01 năm 2018 của Ban điều hành cụm)"
    )
    assert make_paper(appendices=paper.appendices[:1]).appendix_name(1) == "Phụ lục"


def test_rows_of_a_table_know_which_are_bold():
    columns = (Column(title="A", width=1),)
    table = Table(title="", columns=columns, rows=(("1",), ("2",)), total=("3",), bold=frozenset({0}))
    assert table.all_rows == [(("1",), True), (("2",), False), (("3",), True)]


def test_recipients_end_with_a_full_stop():
    paper = make_paper(recipients=("Như trên", "Lưu: VT"))
    assert recipient_lines(paper) == ["- Như trên;", "- Lưu: VT."]


def test_plain_text_is_one_line_in_nfc():
    assert plain("Hòa\u0300\x00a\n b\t\x07c") == "Hòàa b c"


def test_download_bears_a_vietnamese_name_and_one_for_old_browsers():
    response = as_download(b"x", name='Biên bản "tuần tra" 05/01.docx', content_type="text/plain")
    assert response["Content-Disposition"] == (
        'attachment; filename="bien-ban--tuan-tra--05-01.docx"; '
        "filename*=UTF-8''Bi%C3%AAn%20b%E1%BA%A3n%20-tu%E1%BA%A7n%20tra-%2005-01.docx"
    )
    assert response["Cache-Control"] == "no-store"


def test_download_name_breaks_no_header():
    assert "\n" not in disposition("a\r\nSet-Cookie: x.pdf")
