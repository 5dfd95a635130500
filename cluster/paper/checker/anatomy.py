"""Which line of an opened Word file is what, told by its place and its words and not by how it looks."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from docx.table import Table, _Cell

from cluster.paper import form
from cluster.paper.checker.opened import Block, Line, Opened, is_grid

SECTION = re.compile(r"([IVXL]+)\.\s")
CLAUSE = re.compile(r"(\d+)\.\s")
POINT = re.compile(r"(\w)\)\s")
PART = re.compile(r"Phần ([IVX]+)")
DRAFTER = re.compile(r"[A-ZĐ]+\.?\(\d+\)")
# Points above a name or post: the room for a signature.
_ROOM = 40


@dataclass
class Side:
    """One who signs: the lines above the signature and those below it."""

    above: list[Line] = field(default_factory=list)
    below: list[Line] = field(default_factory=list)


class Anatomy:
    """The elements of the form, each in the order in which it was found; what is missing is empty."""

    def __init__(self, opened: Opened) -> None:
        self.opened = opened
        main = opened.parts[0]
        grids = [place for place, block in enumerate(main) if is_grid(block)]
        self.head = main[grids[0]] if grids else None
        self.head_place = grids[0] if grids else None
        self.foot_place = grids[-1] if len(grids) > 1 else len(main)
        foot = main[self.foot_place] if self.foot_place < len(main) else None
        self.foot = foot if isinstance(foot, Table) else None
        after_head = 0 if self.head_place is None else self.head_place + 1
        self._title([(place, b) for place, b in enumerate(main) if after_head <= place < self.foot_place])
        self.after_foot = _texts(main[self.foot_place + 1 :])

    def _title(self, numbered: Sequence[tuple[int, Block]]) -> None:
        """The frame, the kind of paper, its abstract and addressees; what is left is the body."""
        lines = [(place, block) for place, block in numbered if isinstance(block, Line)]
        self.frames = [line for _place, line in lines if line.is_framed]
        told = [(place, line) for place, line in lines if line.text and not line.is_framed]
        self.kind = told[0][1] if told else None
        self.abstract = told[1][1] if len(told) > 1 else None
        rules = [line for _place, line in lines if line.is_rule]
        self.title_rule = rules[0] if rules else None
        rest = told[2:]
        self.addressees: list[Line] = []
        if rest and rest[0][1].text.startswith(form.ADDRESSEES):
            self.addressees = [
                rest[0][1],
                *(line for _p, line in takewhile(lambda one: one[1].text[:2] == "- ", rest[1:])),
            ]
        first = rest[len(self.addressees)][0] if len(rest) > len(self.addressees) else self.foot_place
        self.body_place = first
        self.body = [block for place, block in numbered if place >= first]

    @property
    def texts(self) -> list[Line]:
        """The lines of the body."""
        return _texts(self.body)

    @property
    def left(self) -> list[Line]:
        return _cell(self.head, 0, 0)

    @property
    def right(self) -> list[Line]:
        return _cell(self.head, 0, 1)

    @property
    def number(self) -> list[Line]:
        return _told(_cell(self.head, 1, 0))

    @property
    def place_and_date(self) -> list[Line]:
        return _told(_cell(self.head, 1, 1))

    @property
    def sides(self) -> list[Side]:
        """Who signs, in the cells of the foot that do not hold the recipients."""
        cells = [cell for row in self.foot.rows for cell in row.cells] if self.foot else []
        found = [_told([Line(p) for p in cell.paragraphs]) for cell in cells]
        return [_side(lines) for lines in found if lines and lines[0].text != form.RECIPIENTS]

    @property
    def recipients(self) -> list[Line]:
        """From "Nơi nhận:" on: in the foot, level with who signs, or behind it."""
        beside = _told(_cell(self.foot, 0, 0))
        lines = beside if beside and beside[0].text == form.RECIPIENTS else self.after_foot
        start = next((place for place, line in enumerate(lines) if line.text == form.RECIPIENTS), len(lines))
        return lines[start:]


def _side(lines: list[Line]) -> Side:
    """The first line with room above it is the first one below the signature."""
    split = next((place for place, line in enumerate(lines) if line.space_before >= _ROOM), len(lines))
    return Side(lines[:split], lines[split:])


def _texts(blocks: Sequence[Block]) -> list[Line]:
    return [block for block in blocks if isinstance(block, Line) and block.text]


def _told(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.text]


def _cell(table: Block | None, row: int, column: int) -> list[Line]:
    if not isinstance(table, Table) or row >= len(table.rows) or column >= len(table.columns):
        return []
    cell: _Cell = table.cell(row, column)
    return [Line(paragraph) for paragraph in cell.paragraphs]
