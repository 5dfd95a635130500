"""The tables of a Word file, written as elements: the cells of python-docx look each other up, cell by cell."""

from typing import Any

from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm

from cluster.paper.document import Align, Table, plain

GRID = "TableGrid"
# Millimetres beside the text of a cell, and twentieths of a point above and below it.
_BESIDE, _ABOVE = 1.5, "40"


def node(tag: str, *children: Any, **attributes: str) -> Any:
    """``node("w:jc", val="center")``; children in their order."""
    made = OxmlElement(tag)
    for name, value in attributes.items():
        made.set(qn(f"w:{name}"), value)
    made.extend(children)
    return made


def table_element(block: Table, *, width: float, style: str) -> Any:
    """A table so many millimetres wide, its cells in the paragraph style of that id."""
    shares = sum(column.width for column in block.columns)
    widths = [str(Mm(width * column.width / shares).twips) for column in block.columns]
    head = tuple(column.title for column in block.columns)
    return node(
        "w:tbl",
        _properties(block),
        node("w:tblGrid", *(node("w:gridCol", w=one) for one in widths)),
        _row(head, widths, [Align.CENTER] * len(widths), style, is_bold=True, is_head=True),
        *(
            _row(texts, widths, [column.align for column in block.columns], style, is_bold=is_bold)
            for texts, is_bold in block.all_rows
        ),
    )


def _properties(block: Table) -> Any:
    sides = (node(f"w:{side}", w=str(Mm(_BESIDE).twips), type="dxa") for side in ("left", "right"))
    look = {"val": "04A0", "firstRow": "1", "lastRow": "0", "firstColumn": "1", "lastColumn": "0", "noHBand": "0"}
    return node(
        "w:tblPr",
        node("w:tblStyle", val=GRID),
        node("w:tblW", type="auto", w="0"),
        node("w:jc", val="center"),
        node("w:tblLayout", type="fixed"),
        node("w:tblCellMar", *sides),
        node("w:tblLook", **look, noVBand="1"),
        *([node("w:tblCaption", val=plain(block.title))] if block.title else []),
    )


def _row(
    texts: tuple[str, ...], widths: list[str], aligns: list[Align], style: str, *, is_bold: bool, is_head: bool = False
) -> Any:
    """Never broken over two pages; the head is repeated on each."""
    properties = node("w:trPr", node("w:cantSplit"), *([node("w:tblHeader")] if is_head else []))
    cells = (
        node(
            "w:tc",
            node("w:tcPr", node("w:tcW", type="dxa", w=width)),
            _paragraph(text, align, style, is_bold=is_bold),
        )
        for text, width, align in zip(texts, widths, aligns, strict=True)
    )
    return node("w:tr", properties, *cells)


def _paragraph(text: str, align: Align, style: str, *, is_bold: bool) -> Any:
    said = node("w:t")
    said.text = plain(text)
    properties = node(
        "w:pPr",
        node("w:pStyle", val=style),
        node("w:spacing", before=_ABOVE, after=_ABOVE),
        node("w:jc", val=str(align)),
    )
    return node("w:p", properties, node("w:r", *([node("w:rPr", node("w:b"))] if is_bold else []), said))
