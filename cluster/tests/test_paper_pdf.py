import re
from pathlib import Path
from typing import Any

import fontpkg_noto_serif
import pytest

from cluster.paper import Appendix, Column, Document, Paragraph, Table, fonts, pdf_of, word_of
from cluster.tests.papers import HOSTILE, assert_same_text, make_full_paper, make_paper, pdf_reader, pdf_words

NOTO = Path(fontpkg_noto_serif.ROOT) / "files"


def long_paper() -> Document:
    rows = tuple((str(number), "Công an xã Sen Thủy") for number in range(1, 91))
    columns = (Column(title="TT", width=1), Column(title="Đơn vị nào", width=5))
    return make_paper(blocks=(Table(title="Bảng", columns=columns, rows=rows),))


@pytest.fixture(scope="module")
def content():
    return pdf_of(make_paper())


def test_page_is_a4_and_the_text_keeps_the_margins(content):
    (page,) = pdf_reader(content).pages
    assert [round(float(side) / 72 * 25.4) for side in page.mediabox[2:]] == [210, 297]
    starts = []
    page.extract_text(visitor_text=lambda text, cm, *_: starts.append(cm[4]) if text.strip() else None)
    assert min(round(start / 72 * 25.4) for start in starts) == 30


def test_file_is_tagged_archivable_and_in_vietnamese(content):
    reader = pdf_reader(content)
    root: Any = reader.trailer["/Root"]
    assert (root["/Lang"], root["/MarkInfo"]["/Marked"], "/StructTreeRoot" in root) == ("vi-VN", True, True)
    assert reader.metadata.title == "Báo cáo Tổng kết công tác năm 2017"
    assert reader.metadata.author == "BAN ĐIỀU HÀNH CỤM"
    about = root["/Metadata"].get_data().decode()
    assert re.search(r"pdfaid:part>2<.*pdfaid:conformance>A<", about, re.DOTALL)
    assert re.search(r"pdfuaid:part>1<", about)


def test_text_is_that_of_the_word_file(content):
    assert_same_text(word=word_of(make_paper()), pdf=content)


def test_text_of_many_pages_is_that_of_the_word_file():
    paper = make_paper(blocks=(Paragraph("Vùng giáp ranh Lệ Thủy – Vĩnh Linh, khuỷu đường ngoằn ngoèo. " * 150),))
    assert_same_text(word=word_of(paper), pdf=pdf_of(paper))


def test_text_of_a_paper_with_appendices_is_that_of_the_word_file():
    assert_same_text(word=word_of(make_full_paper()), pdf=pdf_of(make_full_paper()))


def test_pages_of_an_appendix_are_counted_anew_and_wide_ones_lie_on_their_side():
    rows = tuple((str(number), "Công an xã Sen Thủy") for number in range(1, 61))
    columns = (Column(title="TT", width=1), Column(title="Đơn vị", width=5))
    long = Appendix(title="Bảng", blocks=(Table(title="", columns=columns, rows=rows),), is_wide=True)
    paper = make_paper(appendices=(long, Appendix(title="Hết", blocks=(Paragraph("Hết"),))))
    pages = pdf_reader(pdf_of(paper)).pages
    assert [page.extract_text().split()[0] for page in pages] == ["CÔNG", "Phụ", "2", "3", "Phụ"]
    assert [page.mediabox.width > page.mediabox.height for page in pages] == [False, True, True, True, False]


def test_texts_are_data_and_never_code(content):
    assert HOSTILE in " ".join(pdf_words(content))


def test_page_number_stands_on_all_pages_but_the_first():
    pages = [page.extract_text().split() for page in pdf_reader(pdf_of(long_paper())).pages]
    assert len(pages) == 3
    assert [page[0] for page in pages] == ["CÔNG", "2", "3"]


def test_header_of_a_table_is_repeated():
    assert [page.extract_text().count("Đơn vị nào") for page in pdf_reader(pdf_of(long_paper())).pages] == [1, 1, 1]


def test_same_paper_gives_the_same_bytes(content):
    assert pdf_of(make_paper()) == content


def test_sign_that_no_font_draws_costs_the_standard_but_not_the_paper():
    content = pdf_of(make_paper(blocks=(Paragraph("Bình thường 😀"),)))
    assert "Bình thường" in " ".join(pdf_words(content))
    assert pdf_reader(content).trailer["/Root"]["/MarkInfo"]["/Marked"]


def test_paper_needs_no_installed_font(content):
    without = pdf_of(make_paper(), face=fonts.serif_among(()))
    embedded = {str(font) for font in re.findall(rb"/BaseFont ?/\w{6}\+([\w-]+)", without)}
    assert pdf_words(without) == pdf_words(content)
    assert embedded == {"b'NotoSerif-Regular'", "b'NotoSerif-Italic'"}


def test_serif_with_a_letter_missing_is_not_taken():
    serif = NOTO / "NotoSerif[wdth,wght].ttf"
    assert fonts.has_vietnamese(serif)
    assert not fonts.has_vietnamese(serif, letters="ễ中")
    assert len(fonts.VIETNAMESE) == 146
