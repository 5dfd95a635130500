"""A Word file as a reader meets it: its lines in order, each with the look that its styles and runs add up to."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import docx
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml.ns import qn
from docx.table import Table
from docx.text.paragraph import Paragraph


@dataclass(frozen=True)
class Run:
    """What one stretch of letters looks like."""

    text: str
    size: float | None
    bold: bool
    italic: bool
    fonts: frozenset[str | None]
    colour: str


class Line:
    """A paragraph, asked for what Word would show."""

    def __init__(self, paragraph: Paragraph) -> None:
        self.paragraph = paragraph
        self.text = paragraph.text.strip()

    @cached_property
    def _styles(self) -> list[Any]:
        """Of the paragraph: the nearest first."""
        chain, style = [], self.paragraph.style
        while style is not None:
            chain.append(style)
            style = style.base_style
        return chain

    def _shape(self, name: str) -> Any:
        formats = [self.paragraph.paragraph_format, *(style.paragraph_format for style in self._styles)]
        return next((value for one in formats if (value := getattr(one, name)) is not None), None)

    @cached_property
    def runs(self) -> list[Run]:
        return [self._run(run) for run in self.paragraph.runs if run.text.strip()]

    def _run(self, run: Any) -> Run:
        properties = [run._r.rPr, *(style.element.rPr for style in self._styles), self._defaults]
        fonts = [run.font, *(style.font for style in self._styles)]

        def first(name: str) -> Any:
            return next((value for font in fonts if (value := getattr(font, name)) is not None), None)

        size = first("size")
        colour = next((str(f.color.rgb) for f in fonts if f.color is not None and f.color.rgb is not None), "000000")
        named = {_font(properties, part) for part in ("ascii", "hAnsi", "cs")}
        return Run(
            run.text, size.pt if size else None, bool(first("bold")), bool(first("italic")), frozenset(named), colour
        )

    @property
    def _defaults(self) -> Any:
        defaults = self.paragraph.part.document.styles.element.find(qn("w:docDefaults"))  # type: ignore[attr-defined]
        return defaults.find(qn("w:rPrDefault")).find(qn("w:rPr")) if defaults is not None else None

    @property
    def align(self) -> str:
        found = self._shape("alignment")
        names = {
            WD_ALIGN_PARAGRAPH.CENTER: "center",
            WD_ALIGN_PARAGRAPH.RIGHT: "right",
            WD_ALIGN_PARAGRAPH.JUSTIFY: "justify",
        }
        return names.get(found, "left")

    @property
    def indent(self) -> float:
        """Of the first line, in millimetres."""
        found = self._shape("first_line_indent")
        return float(found.mm) if found is not None else 0.0

    @property
    def space_before(self) -> float:
        found = self._shape("space_before")
        return float(found.pt) if found is not None else 0.0

    @property
    def space_after(self) -> float:
        found = self._shape("space_after")
        return float(found.pt) if found is not None else 0.0

    @property
    def spacing(self) -> float | None:
        """How many lines a line is high; None where the height is fixed in points."""
        found = self._shape("line_spacing")
        return found if isinstance(found, float) else None

    @property
    def is_counted_by_word(self) -> bool:
        """A number that Word makes itself goes lost in a copy."""
        return any(element.find(qn("w:numPr")) is not None for element in self._properties)

    @property
    def has_break(self) -> bool:
        return next(self.paragraph._p.iter(qn("w:br"), qn("w:tab")), None) is not None

    @property
    def edges(self) -> frozenset[str]:
        """On which sides it has a border line."""
        for element in self._properties:
            borders = element.find(qn("w:pBdr"))
            if borders is not None:
                drawn = (edge for edge in borders if edge.get(qn("w:val")) not in ("nil", "none"))
                return frozenset(edge.tag.rpartition("}")[2] for edge in drawn)
        return frozenset()

    @property
    def is_framed(self) -> bool:
        return self.edges >= {"top", "left", "bottom", "right"}

    @property
    def is_rule(self) -> bool:
        """Nothing but a line."""
        return not self.text and bool(self.edges & {"top", "bottom"}) and not self.is_framed

    def rule_length(self, room: float) -> float:
        """Millimetres, of the room that the paragraph stands in."""
        sides = (self._shape("left_indent"), self._shape("right_indent"))
        return room - sum(side.mm for side in sides if side is not None)

    @property
    def _properties(self) -> list[Any]:
        found = [self.paragraph._p.pPr, *(style.element.pPr for style in self._styles)]
        return [element for element in found if element is not None]


def _font(properties: list[Any], part: str) -> str | None:
    for element in properties:
        fonts = element.find(qn("w:rFonts")) if element is not None else None
        if fonts is not None and fonts.get(qn(f"w:{part}")):
            return str(fonts.get(qn(f"w:{part}")))
    return None


Block = Line | Table


class Opened:
    """The file: its sections, and the blocks of each."""

    def __init__(self, content: bytes) -> None:
        self.file = docx.Document(io.BytesIO(content))
        self.sections = list(self.file.sections)
        self.parts = self._parts()

    def _parts(self) -> list[list[Block]]:
        """The blocks by section: the paper itself, then each appendix."""
        parts: list[list[Block]] = [[]]
        for item in self.file.iter_inner_content():
            if isinstance(item, Table):
                parts[-1].append(item)
                continue
            parts[-1].append(Line(item))
            if item._p.pPr is not None and item._p.pPr.find(qn("w:sectPr")) is not None:
                parts.append([])
        return parts

    def all_lines(self) -> Iterator[Line]:
        """Every line of the file, those of tables and of the page's head among them."""
        for block in (block for part in self.parts for block in part):
            yield from (block,) if isinstance(block, Line) else lines_of(block)
        for section in self.sections:
            yield from (Line(paragraph) for paragraph in section.header.paragraphs)


def lines_of(table: Table) -> Iterator[Line]:
    for row in table.rows:
        for cell in row.cells:
            yield from (Line(paragraph) for paragraph in cell.paragraphs)


def is_grid(block: Block) -> bool:
    """A table without lines, for what stands side by side."""
    return isinstance(block, Table) and (block.style is None or block.style.name != "Table Grid")
