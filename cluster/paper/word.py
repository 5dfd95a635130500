"""The Word file of a paper: real styles and tables, one paragraph a line, so that people can go on writing in it."""

import datetime as dt
import io
import zipfile
from collections.abc import Iterable
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.table import WD_CELL_VERTICAL_ALIGNMENT, WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Mm, Pt, RGBColor

from cluster.paper import form
from cluster.paper.document import (
    Appendix,
    Document,
    Line,
    Role,
    Signature,
    Table,
    body,
    numbered,
    plain,
    recipient_lines,
)
from cluster.paper.form import LOOKS, Look
from cluster.paper.measure import balanced_width, width_of
from cluster.paper.word_table import node, table_element

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
    "part": "Phần",
    "part-title": "Tên phần",
    "section": "Heading 1",
    "clause": "Khoản",
    "clause-heading": "Heading 2",
    "point": "Điểm",
    "table-title": "Caption",
    "cell": "Ô trong bảng",
    "dense-cell": "Ô chữ nhỏ",
    "appendix": "Phụ lục",
    "appendix-title": "Tên phụ lục",
    "appendix-reference": "Kèm theo",
    "signer": "Quyền hạn, chức vụ",
    "hint": "Chỗ ký",
    "post": "Chức vụ khác",
    "name": "Họ tên người ký",
    "recipients": "Nơi nhận",
    "recipient": "Liệt kê nơi nhận",
    "drafter": "Ký hiệu người soạn thảo",
    "page-number": "Header",
}
RULE = "Đường kẻ"
_ALIGN = {
    "left": WD_ALIGN_PARAGRAPH.LEFT,
    "center": WD_ALIGN_PARAGRAPH.CENTER,
    "right": WD_ALIGN_PARAGRAPH.RIGHT,
    "justify": WD_ALIGN_PARAGRAPH.JUSTIFY,
}
# What stays with the line that follows it.
_LEADING = (Role.PART, Role.PART_TITLE, Role.SECTION, Role.CLAUSE_HEADING)
# What makes a heading a heading; the rest of its template's look goes.
_KEPT = {qn("w:keepNext"), qn("w:keepLines"), qn("w:outlineLvl")}
# Of a text that the line under it is long: a third to a half.
_SHARE = 0.42
_EPOCH = (1980, 1, 1, 0, 0, 0)


def word_of(document: Document) -> bytes:
    """The .docx, the same bytes for the same document."""
    file = docx.Document()
    _set_up(file, document)
    _head(file, document)
    _body(file, document)
    _end(file, document)
    for place, appendix in enumerate(document.appendices, 1):
        _appendix(file, document, appendix, name=document.appendix_name(place))
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


def _style_id(element: str) -> str:
    """As python-docx makes it of the name."""
    return STYLES[element].replace(" ", "")


def _add(place: Any, element: str, text: str) -> Any:
    """A paragraph at the end of the file or of a cell, in the style of its element; its name is not looked up."""
    paragraph = place.add_paragraph()
    paragraph._p.style = _style_id(element)
    paragraph.add_run(plain(text))
    return paragraph


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
    for key, name in STYLES.items():
        _style(file, name, LOOKS[key])
    _rule_style(file)
    _page(file)


def _compatibility(file: Any) -> None:
    """The template of python-docx is one of Word 2010, which newer ones open in compatibility mode."""
    for setting in file.settings.element.iter(qn("w:compatSetting")):
        if setting.get(qn("w:name")) == "compatibilityMode":
            setting.set(qn("w:val"), "15")


def _defaults(file: Any) -> None:
    defaults = file.styles.element.find(qn("w:docDefaults"))
    run = defaults.find(qn("w:rPrDefault")).find(qn("w:rPr"))
    for old in list(run):
        run.remove(old)
    run.append(node("w:rFonts", **dict.fromkeys(("ascii", "hAnsi", "eastAsia", "cs"), FONT)))
    run.append(node("w:sz", val=str(2 * form.BODY_SIZE)))
    run.append(node("w:lang", val="vi-VN", eastAsia="vi-VN", bidi="ar-SA"))
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
    borders.append(node("w:top", val="single", sz="6", space="1", color="000000"))
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
            run._r.append(node("w:fldChar", fldCharType=kind))
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
    _balance(grid.cell(0, 0).paragraphs[-1], left, "agency")
    _rule(
        grid.cell(0, 0).add_paragraph(),
        left,
        _SHARE * min(left, width_of(document.agency.name.upper(), LOOKS["agency"].size)),
    )
    _fill(grid.cell(0, 1), [("state", form.STATE), ("motto", form.MOTTO)])
    _rule(grid.cell(0, 1).add_paragraph(), right, width_of(form.MOTTO, LOOKS["motto"].size))
    _fill(grid.cell(1, 0), [("number", document.number_line)])
    _fill(grid.cell(1, 1), [("place-date", document.place_and_date)])
    for cell in grid.rows[1].cells:
        cell.paragraphs[0].paragraph_format.space_before = Pt(6)
    if document.framed:
        _mark(_add(file, "mark", document.framed))
    kind = _add(file, "kind", document.kind.upper())
    kind.paragraph_format.space_before = Pt(14)
    _balance(_add(file, "abstract", document.abstract), form.TEXT_WIDTH, "abstract")
    abstract = min(form.TEXT_WIDTH, width_of(document.abstract, LOOKS["abstract"].size))
    _rule(file.add_paragraph(), form.TEXT_WIDTH, _SHARE * abstract, after=10)
    _addressees(file, document)


def _addressees(file: Any, document: Document) -> None:
    """On one line for one addressee, else each on a line of its own behind a dash."""
    if len(document.addressees) == 1:
        lines = [f"{form.ADDRESSEES} {document.addressees[0]}."]
    else:
        texts = [f"- {text}" for text in document.addressees]
        lines = [form.ADDRESSEES, *(f"{t};" for t in texts[:-1]), f"{texts[-1]}."] if texts else []
    for text in lines:
        _add(file, "addressees", text)
    if lines:
        file.paragraphs[-1].paragraph_format.space_after = Pt(10)


def _balance(paragraph: Any, room: float, element: str) -> None:
    """Let a text of several lines break into about equal ones."""
    side = (room - balanced_width(paragraph.text, LOOKS[element].size, room)) / 2
    if side:
        paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = Mm(side)


def _rule(paragraph: Any, room: float, length: float, *, after: int = 0) -> None:
    paragraph.style = RULE
    side = Mm(max(0, (room - length) / 2))
    paragraph.paragraph_format.left_indent = paragraph.paragraph_format.right_indent = side
    paragraph.paragraph_format.space_after = Pt(after)


def _mark(paragraph: Any) -> None:
    side = max(0, (form.TEXT_WIDTH - width_of(paragraph.text, LOOKS["mark"].size) - 8) / 2)
    shape = paragraph.paragraph_format
    shape.left_indent = shape.right_indent = Mm(side)
    shape.space_before = Pt(12)
    borders = OxmlElement("w:pBdr")
    for edge in ("top", "left", "bottom", "right"):
        borders.append(node(f"w:{edge}", val="single", sz="6", space="3", color="000000"))
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
        margins.append(node(f"w:{side}", w=str(Mm(margin).twips), type="dxa"))
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
        paragraph._p.style = _style_id(element)
        paragraph.add_run(plain(text))
        paragraph = None


def _body(file: Any, document: Document) -> None:
    _flow(file, body(document), width=form.TEXT_WIDTH)
    # Who signs never stands alone on a page.
    file.paragraphs[-1].paragraph_format.keep_with_next = True


def _flow(file: Any, lines: Iterable[Line | Table], *, width: float) -> None:
    is_after_table = False
    for block in lines:
        if isinstance(block, Line):
            paragraph = _add(file, block.role, block.text)
            if is_after_table:
                paragraph.paragraph_format.space_before = Pt(form.SPACE_AFTER)
            if block.role in _LEADING:
                paragraph.paragraph_format.keep_with_next = True
                paragraph.paragraph_format.space_after = Pt(form.SPACE_AFTER)
        else:
            _table(file, block, width=width)
        is_after_table = isinstance(block, Table)


def _table(file: Any, block: Table, *, width: float) -> None:
    if block.title:
        title = _add(file, "table-title", block.title)
        title.paragraph_format.keep_with_next = True
        title.paragraph_format.space_before, title.paragraph_format.space_after = Pt(6), Pt(4)
    style = _style_id("dense-cell" if block.is_dense else "cell")
    file.element.body.insert_element_before(table_element(block, width=width, style=style), "w:sectPr")


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
            cell = grid.cell(*divmod(number, 2))
            # One capacity has a line more than the other: the names stand level.
            cell.vertical_alignment = WD_CELL_VERTICAL_ALIGNMENT.BOTTOM
            _sign(cell, signature)
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
    post = [("post", signature.post)] if signature.post else []
    _fill(cell, [*lines, *hint, *post, ("name", signature.name)])
    cell.paragraphs[0].paragraph_format.space_before = Pt(12)
    cell.paragraphs[-1 - len(post)].paragraph_format.space_before = Pt(form.SIGNATURE_SPACE)
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
        _add(place, "recipient", text)
    if document.drafter:
        drafter = _add(place, "drafter", document.drafter)
        drafter.paragraph_format.space_before = Pt(6)


def _appendix(file: Any, document: Document, appendix: Appendix, *, name: str) -> None:
    """On pages of its own, which are counted anew."""
    _end_section(file)
    section = file.sections[-1]
    sides = sorted((section.page_width, section.page_height), reverse=appendix.is_wide)
    section.page_width, section.page_height = sides
    section.orientation = WD_ORIENT.LANDSCAPE if appendix.is_wide else WD_ORIENT.PORTRAIT
    for old in section._sectPr.findall(qn("w:pgNumType")):
        section._sectPr.remove(old)
    section._sectPr.insert_element_before(node("w:pgNumType", start="1"), "w:cols", "w:titlePg", "w:docGrid")
    head = [("appendix", name), ("appendix-title", appendix.title.upper())]
    for element, text in [*head, ("appendix-reference", document.appendix_reference)]:
        _add(file, element, text).paragraph_format.keep_with_next = True
    file.paragraphs[-1].paragraph_format.space_after = Pt(10)
    _flow(file, numbered(appendix.blocks), width=form.WIDE_TEXT_WIDTH if appendix.is_wide else form.TEXT_WIDTH)


def _end_section(file: Any) -> None:
    """Let the last paragraph end the section, a tiny one behind a table; a further one could fall on an empty page."""
    body = file.element.body
    last = file.paragraphs[-1]
    if body[-2] is not last._p:
        last = file.add_paragraph(style=RULE)
        last.paragraph_format.space_before = Pt(0)
        _borderless(last)
    sentinel = body.get_or_add_sectPr()
    last._p.set_sectPr(sentinel.clone())
    # The new section goes on with the headers of the one before.
    for reference in [*sentinel.findall(qn("w:headerReference")), *sentinel.findall(qn("w:footerReference"))]:
        sentinel.remove(reference)


def _borderless(paragraph: Any) -> None:
    borders = OxmlElement("w:pBdr")
    borders.append(node("w:top", val="nil"))
    paragraph._p.get_or_add_pPr().insert_element_before(borders, "w:shd", "w:spacing", "w:ind", "w:jc")
