"""The Word file of a paper: real styles and tables, one paragraph a line, so that people can go on writing in it."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterable
from typing import Any

import docx
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from cluster.paper import form
from cluster.paper.document import Document, Line, Role, Signature, Table, body, plain, recipient_lines
from cluster.paper.form import LOOKS, Look

FONT = "Times New Roman"
# What Word calls each element; those of its own names show in its outline and its contents.
STYLES = {
    "state": "Quốc hiệu",
    "motto": "Tiêu ngữ",
    "superior": "Cơ quan chủ quản",
    "agency": "Cơ quan ban hành",
    "number": "Số, ký hiệu",
    "place-date": "Địa danh, ngày tháng",
    "mark": "Dấu trong khung",
    "kind": "Title",
    "abstract": "Subtitle",
    "addressees": "Kính gửi",
    "paragraph": "Normal",
    "section": "Heading 1",
    "clause": "Khoản",
    "clause-heading": "Heading 2",
    "point": "Điểm",
    "table-title": "Caption",
    "cell": "Ô trong bảng",
    "signer": "Quyền hạn, chức vụ",
    "hint": "Chỗ ký",
    "name": "Họ tên người ký",
    "recipients": "Nơi nhận",
    "recipient": "Liệt kê nơi nhận",
    "page-number": "Header",
}
RULE = "Đường kẻ"
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
# What makes a heading a heading; the rest of its template's look goes.
_KEPT = {qn("w:keepNext"), qn("w:keepLines"), qn("w:outlineLvl")}
# Millimetres a point of size, on average, of bold Times New Roman.
_CAPITAL, _SMALL = 0.242, 0.172
_MOTTO_WIDTH = 56
_EPOCH = (1980, 1, 1, 0, 0, 0)


def word_of(document: Document) -> bytes:
    """The .docx, the same bytes for the same document."""
    file = docx.Document()
    _set_up(file, document)
    _head(file, document)
    _body(file, document)
    _end(file, document)
    stream = io.BytesIO()
    file.save(stream)
    return _without_clock(stream.getvalue())


def _without_clock(content: bytes) -> bytes:
    """The same archive, its entries dated alike: they bear the moment of writing."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            new.writestr(entry, old.read(name))
    return stream.getvalue()


def _set_up(file: Any, document: Document) -> None:
    package = file.part.package
    for key in [key for key, rel in package.rels.items() if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        del package.rels[key]
    properties, moment = file.core_properties, dt.datetime.combine(document.day, dt.time(), dt.UTC)
    properties.title, properties.subject = document.title, plain(document.abstract)
    properties.author = properties.last_modified_by = plain(document.agency.name)
    properties.created = properties.modified = moment
    properties.language, properties.comments = "vi-VN", ""
    _compatibility(file)
    _defaults(file)
    for element, name in STYLES.items():
        _style(file, name, LOOKS[element])
    _rule_style(file)
    _page(file)


def _compatibility(file: Any) -> None:
    """The template of python-docx is one of Word 2010, which newer ones open in compatibility mode."""
    for setting in file.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _element(tag: str, attributes: dict[str, str]) -> Any:
    element = OxmlElement(tag)
    for name, value in attributes.items():
        element.set(qn(f"w:{name}"), value)
    return element


def _defaults(file: Any) -> None:
    defaults = file.styles.element.find(qn("w:docDefaults"))
    run = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in list(run):
        run.remove(old)
    run.append(_element("w:rFonts", dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), FONT)))
    run.append(_element("w:sz", {"val": str(2 * form.BODY_SIZE)}))
    run.append(_element("w:lang", {"val": "vi-VN", "eastAsia": "vi-VN", "bidi": "ar-SA"}))
    paragraph = defaults.find(qn("w:pPrDefault"))
    for old in list(paragraph):
        paragraph.remove(old)


def _style(file: Any, name: str, look: Look) -> None:
    styles = file.styles
    style = styles[name] if name in styles else styles.add_style(name, 1)
    own = style.element
    for old in [*(own.rPr if own.rPr is not None else ())]:
        own.rPr.remove(old)
    for old in [child for child in (own.pPr if own.pPr is not None else ()) if child.tag not in _KEPT]:
        own.pPr.remove(old)
    if name != "Normal":
        style.base_style = styles["Normal"]
    style.quick_style = True
    style.font.name, style.font.size = FONT, Pt(look.size)
    own.rPr.rFonts.set(qn("w:eastAsia"), FONT)
    own.rPr.rFonts.set(qn("w:cs"), FONT)
    style.font.bold, style.font.italic = look.bold, look.italic
    style.font.color.rgb = RGBColor(0, 0, 0)
    shape = style.paragraph_format
    shape.alignment = _ALIGN[look.align]
    shape.first_line_indent = Mm(form.INDENT) if look.indent else Mm(0)
    shape.space_before = Pt(0)
    shape.space_after = Pt(form.SPACE_AFTER if look.indent else 0)
    shape.line_spacing = form.LINE_SPACING if look.indent else 1.0
    shape.widow_control = True


def _rule_style(file: Any) -> None:
    """A paragraph that is nothing but the line on its top; the indents of each make it long or short."""
    _style(file, RULE, Look(size=4))
    style = file.styles[RULE]
    style.paragraph_format.line_spacing_rule = WD_LINE_SPACING.EXACTLY
    style.paragraph_format.line_spacing = Pt(4)
    style.paragraph_format.space_before = Pt(2)
    borders = OxmlElement("w:pBdr")
    borders.append(_element("w:top", {"val": "single", "sz": "6", "space": "1", "color": "000000"}))
    style.element.get_or_add_pPr().insert_element_before(
        borders, "w:shd", "w:tabs", "w:suppressAutoHyphens", "w:spacing", "w:ind", "w:jc"
    )


def _page(file: Any) -> None:
    section = file.sections[0]
    section.page_width, section.page_height = (Mm(side) for side in form.PAPER)
    section.top_margin, section.bottom_margin = Mm(form.TOP), Mm(form.BOTTOM)
    section.left_margin, section.right_margin = Mm(form.LEFT), Mm(form.RIGHT)
    section.header_distance = Mm(form.PAGE_NUMBER_FROM_TOP)
    section.footer_distance = Mm(form.PAGE_NUMBER_FROM_TOP)
    section.different_first_page_header_footer = True
    section.first_page_header.is_linked_to_previous = False
    run = section.header.paragraphs[0].add_run()
    for kind in ("begin", None, "end"):
        if kind:
            run._r.append(_element("w:fldChar", {"fldCharType": kind}))
        else:
            code = OxmlElement("w:instrText")
            code.text = "PAGE"
            run._r.append(code)


def _head(file: Any, document: Document) -> None:
    left, right = form.HEAD_LEFT, form.TEXT_WIDTH - form.HEAD_LEFT
    grid = _grid(file, rows=2, widths=(left, right))
    agency = [("superior", name.upper()) for name in document.agency.superiors]
    agency.append(("agency", document.agency.name.upper()))
    _fill(grid.cell(0, 0), agency)
    _rule(grid.cell(0, 0).add_paragraph(), left, 0.42 * min(left, _width(document.agency.name.upper(), 12)))
    _fill(grid.cell(0, 1), [("state", form.STATE), ("motto", form.MOTTO)])
    _rule(grid.cell(0, 1).add_paragraph(), right, _MOTTO_WIDTH)
    _fill(grid.cell(1, 0), [("number", document.number_line)])
    _fill(grid.cell(1, 1), [("place-date", document.place_and_date)])
    for cell in grid.rows[1].cells:
        cell.paragraphs[0].paragraph_format.space_before = Pt(6)
    if document.mark:
        _mark(file.add_paragraph(plain(document.mark.upper()), STYLES["mark"]))
    kind = file.add_paragraph(plain(document.kind.upper()), STYLES["kind"])
    kind.paragraph_format.space_before = Pt(14)
    file.add_paragraph(plain(document.abstract), STYLES["abstract"])
    _rule(file.add_paragraph(), form.TEXT_WIDTH, 0.42 * min(120, _width(document.abstract, 14)), after=10)
    _addressees(file, document)


def _addressees(file: Any, document: Document) -> None:
    """On one line for one addressee, else each on a line of its own behind a dash."""
    if len(document.addressees) == 1:
        lines = [f"{form.ADDRESSEES} {document.addressees[0]}."]
    else:
        texts = [f"- {text}" for text in document.addressees]
        lines = [form.ADDRESSEES, *(f"{t};" for t in texts[:-1]), f"{texts[-1]}."] if texts else []
    for text in lines:
        file.add_paragraph(plain(text), STYLES["addressees"])
    if lines:
        file.paragraphs[-1].paragraph_format.space_after = Pt(10)


def _width(text: str, size: int) -> float:
    """Millimetres, roughly: the line under a text is a third to a half of it."""
    return size * sum(_CAPITAL if c.isupper() else _SMALL for c in text)


def _rule(paragraph: Any, room: float, length: float, *, after: int = 0) -> None:
    paragraph.style = RULE
    side = Mm(max(0, (room - length) / 2))
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    paragraph.paragraph_format.space_after = Pt(after)


def _mark(paragraph: Any) -> None:
    side = max(0, (form.TEXT_WIDTH - _width(paragraph.text, 13) - 8) / 2)
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Mm(side)
    shape.space_before = Pt(12)
    borders = OxmlElement("w:pBdr")
    for edge in ("top", "left", "bottom", "right"):
        borders.append(_element(f"w:{edge}", {"val": "single", "sz": "6", "space": "3", "color": "000000"}))
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc")


def _grid(file: Any, *, rows: int, widths: tuple[float, ...]) -> Any:
    """A table without lines, for what stands side by side."""
    grid = file.add_table(rows=rows, cols=len(widths))
    _lay_out(grid, widths, margin=0)
    return grid


def _lay_out(table: Any, widths: Iterable[float], *, margin: float) -> None:
    table.alignment, table.autofit = WD_TABLE_ALIGNMENT.CENTER, False
    margins = OxmlElement("w:tblCellMar")
    for side in ("left", "right"):
        margins.append(_element(f"w:{side}", {"w": str(Mm(margin).twips), "type": "dxa"}))
    table._tbl.tblPr.insert_element_before(margins, "w:tblLook", "w:tblCaption", "w:tblDescription")
    for column, width in zip(table.columns, widths, strict=True):
        column.width = Mm(width)
        for cell in column.cells:
            cell.width = Mm(width)


def _fill(cell: Any, lines: Iterable[tuple[str, str]]) -> None:
    """Each text in a paragraph of its own; a cell is born with an empty one."""
    paragraph = cell.paragraphs[0]
    for element, text in lines:
        paragraph = paragraph or cell.add_paragraph()
        paragraph.style = STYLES[element]
        paragraph.add_run(plain(text))
        paragraph = None


def _body(file: Any, document: Document) -> None:
    is_after_table = False
    for block in body(document):
        if isinstance(block, Line):
            paragraph = file.add_paragraph(plain(block.text), STYLES[block.role])
            if is_after_table:
                paragraph.paragraph_format.space_before = Pt(form.SPACE_AFTER)
            if block.role in (Role.SECTION, Role.CLAUSE_HEADING):
                paragraph.paragraph_format.keep_with_next = True
        else:
            _table(file, block)
        is_after_table = isinstance(block, Table)
    # Who signs never stands alone on a page.
    file.paragraphs[-1].paragraph_format.keep_with_next = True


def _table(file: Any, block: Table) -> None:
    title = file.add_paragraph(plain(block.title), STYLES["table-title"])
    title.paragraph_format.keep_with_next = True
    title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(6), Pt(4)
    rows = [tuple(column.title for column in block.columns), *block.rows, *filter(None, [block.total])]
    table = file.add_table(rows=len(rows), cols=len(block.columns), style="Table Grid")
    shares = sum(column.width for column in block.columns)
    _lay_out(table, [form.TEXT_WIDTH * column.width / shares for column in block.columns], margin=1.5)
    table._tbl.tblPr.append(_element("w:tblCaption", {"val": plain(block.title)}))
    for number, (row, texts) in enumerate(zip(table.rows, rows, strict=True)):
        is_head, is_total = number == 0, bool(block.total) and number == len(rows) - 1
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
        if is_head:
            row._tr.trPr.append(OxmlElement("w:tblHeader"))
        for cell, column, text in zip(row.cells, block.columns, texts, strict=True):
            _fill(cell, [("cell", text)])
            paragraph = cell.paragraphs[0]
            paragraph.alignment = _ALIGN["center" if is_head else column.align]
            paragraph.paragraph_format.space_before = paragraph.paragraph_format.space_after = Pt(2)
            if is_head or is_total:
                paragraph.runs[0].bold = True


def _end(file: Any, document: Document) -> None:
    """Who signs, two side by side; one alone stands at the right of the recipients."""
    half, signatures = form.TEXT_WIDTH / 2, document.signatures
    if len(signatures) == 1:
        grid = _grid(file, rows=1, widths=(half, half))
        _recipients(grid.cell(0, 0), document)
        _sign(grid.cell(0, 1), signatures[0])
    elif signatures:
        grid = _grid(file, rows=-(-len(signatures) // 2), widths=(half, half))
        for number, signature in enumerate(signatures):
            _sign(grid.cell(*divmod(number, 2)), signature)
    if signatures:
        for row in grid.rows:
            row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))
    # Word wants a paragraph behind the last table.
    last = file.add_paragraph(style=STYLES["recipients"])
    if len(signatures) != 1:
        _recipients(file, document, first=last)


def _sign(cell: Any, signature: Signature) -> None:
    lines = [("signer", line.upper()) for line in signature.lines]
    hint = [("hint", signature.hint)] if signature.hint else []
    _fill(cell, [*lines, *hint, ("name", signature.name)])
    cell.paragraphs[0].paragraph_format.space_before = Pt(12)
    cell.paragraphs[-1].paragraph_format.space_before = Pt(form.SIGNATURE_SPACE)
    for paragraph in cell.paragraphs[:-1]:
        paragraph.paragraph_format.keep_with_next = True


def _recipients(place: Any, document: Document, *, first: Any = None) -> None:
    """``place`` is a cell, which is born with its first paragraph, or the file."""
    if not document.recipients:
        return
    first = first or place.paragraphs[0]
    first.style = STYLES["recipients"]
    first.paragraph_format.space_before = Pt(12)
    first.add_run(form.RECIPIENTS)
    for text in recipient_lines(document):
        place.add_paragraph(plain(text), STYLES["recipient"])
