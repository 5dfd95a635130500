"""A paper with every element of the official form, and how a test reads one back."""

import datetime as dt
import io
from typing import Any

import docx
from docx.oxml.ns import qn
from pypdf import PdfReader

from cluster.paper import (
    Agency,
    Align,
    Appendix,
    Clause,
    Column,
    Document,
    Paragraph,
    Part,
    Points,
    Section,
    Signature,
    Table,
)

# What would be markup, code or a formula elsewhere; it must arrive letter by letter.
HOSTILE = '#eval("1+1") *đậm* _x_ $y$ `z` <a> & = \\ "nháy" https://example.org //x /*y*/ @ref #include'


def make_paper(**changes: Any) -> Document:
    columns = (
        Column(title="TT", width=10, align=Align.CENTER),
        Column(title="Đơn vị", width=50),
        Column(title="Số người", width=20, align=Align.RIGHT),
    )
    fields: dict[str, Any] = {
        "agency": Agency(name="Ban điều hành cụm", superiors=("Công an huyện Lệ Thủy",)),
        "number": 5,
        "symbol": "BC-BĐH",
        "kind": "Báo cáo",
        "abstract": "Tổng kết công tác năm 2017",
        "place": "Lệ Thủy",
        "day": dt.date(2018, 1, 5),
        "addressees": ("Công an tỉnh Quảng Bình",),
        "blocks": (
            Section("Những kết quả"),
            Clause("Tuần tra chung", is_heading=True),
            Paragraph(f"Các đơn vị phối hợp tuần tra. {HOSTILE}"),
            Clause("Trao đổi thông tin thường xuyên"),
            Points(("một", "hai", "ba", "bốn", "năm", "sáu")),
            Section("Số liệu"),
            Table(
                title="Lực lượng tham gia",
                columns=columns,
                rows=(("1", "Công an xã Sen Thủy", "3"), ("2", "=1+1", "12")),
                total=("", "Cộng", "15"),
            ),
            Paragraph("Trên đây là báo cáo."),
        ),
        "signatures": (Signature(lines=("TM. Ban điều hành", "Trưởng ban"), name="Nguyễn Văn A"),),
        "recipients": ("Như trên", "Các đơn vị thành viên", "Lưu: VT"),
    }
    return Document(**(fields | changes))


def make_full_paper(**changes: Any) -> Document:
    """With what few papers have as well: parts, a post in the signer's own agency, appendices, one on its side."""
    columns = tuple(Column(title=f"Cột {number}", width=1, align=Align.RIGHT) for number in range(1, 13))
    wide = Table(title="", columns=columns, rows=(tuple(map(str, range(12))),) * 3, bold=frozenset({0}), is_dense=True)
    notes = (Section("Cách tính"), Clause("Theo ngày xảy ra"), Points(("một", "hai")))
    parts = {
        "blocks": (Part("Kết quả"), *make_paper().blocks[:-1], Part("Kiến nghị"), Paragraph("Không có.")),
        "signatures": (
            Signature(
                lines=("TM. Ban điều hành", "Trưởng ban"), post="Phó Chủ tịch UBND huyện Lệ Thủy", name="Nguyễn Văn A"
            ),
        ),
        "drafter": "PL.(30)",
        "appendices": (
            Appendix(title="Bảng số liệu", blocks=(wide,), is_wide=True),
            Appendix(title="Thuyết minh", blocks=notes),
        ),
    }
    return make_paper(**(parts | changes))


def opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def word_lines(content: bytes) -> list[str]:
    """Every text of the file in its order, cells row by row, without empty paragraphs."""
    body = opened(content).element.body
    texts = ("".join(t.text or "" for t in p.iter(qn("w:t"))) for p in body.iter(qn("w:p")))
    return [text for text in texts if text]


def pdf_reader(content: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(content))


def pdf_words(content: bytes) -> list[str]:
    """Every word of the pages in their order; how lines are broken says nothing."""
    return " ".join(page.extract_text() for page in pdf_reader(content).pages).split()


def pdf_letters(content: bytes) -> str:
    """The pages without blanks and without the number that stands above all but the first; an appendix counts anew."""
    letters, number = "", 0
    for page in pdf_reader(content).pages:
        said = "".join(page.extract_text().split())
        number = 1 if said.startswith("Phụlục") else number + 1
        letters += said.removeprefix(str(number)) if number > 1 else said
    return letters


def assert_same_text(*, word: bytes, pdf: bytes) -> None:
    """Every line of the Word file is in the PDF, and nothing else but the heads of tables, repeated on each page.

    Columns may stand in another order.
    """
    letters, lines = pdf_letters(pdf), ["".join(line.split()) for line in word_lines(word)]
    assert [line for line in lines if line not in letters] == []
    whole = "".join(lines)
    repeated = "".join(head * (letters.count(head) - whole.count(head)) for head in _heads(word))
    assert sorted(letters) == sorted(whole + repeated)


def _heads(word: bytes) -> set[str]:
    """The head of each table as one text."""
    first_rows = (table.rows[0] for table in opened(word).tables)
    marked = (
        row for row in first_rows if row._tr.trPr is not None and row._tr.trPr.find(qn("w:tblHeader")) is not None
    )
    return {"".join("".join(cell.text.split()) for cell in row.cells) for row in marked}
