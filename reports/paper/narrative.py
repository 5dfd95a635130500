"""The paragraphs of a section as blocks of a paper: a typed "1." or "a)" is counted anew, by the rules of the form."""

import re
from collections.abc import Iterator, Sequence

from cluster.paper import Clause, Paragraph, Points
from cluster.paper.document import POINT_LETTERS, Block

_CLAUSE = re.compile(r"\d{1,2}[.)]\s+(.+)")
_POINT = re.compile(r"[a-zđ][.)]\s+(.+)")
_DASH = re.compile(r"[-–•+*]\s*(.+)")
# A line of its own with a number, short and without a full stop, heads what follows.
_LONGEST_HEADING = 120


def blocks_of(lines: Sequence[str]) -> list[Block]:
    """Of a section of its own: "1. …" are clauses, "a) …" points below them."""
    return list(_joined(_blocks(lines)))


def points_of(lines: Sequence[str]) -> list[Block]:
    """Of what stands below a clause already: whatever was counted is counted as points, the rest are paragraphs."""
    blocks = (Points((block.text,)) if isinstance(block, Clause) else block for block in _blocks(lines))
    return list(_joined(blocks))


def listed(lines: Sequence[str]) -> list[Block]:
    """Several without a number of their own are clauses, counted; one is a paragraph."""
    blocks = blocks_of(lines)
    if len(blocks) > 1 and all(isinstance(block, Paragraph) for block in blocks):
        return [Clause(block.text.removeprefix("- ")) for block in blocks if isinstance(block, Paragraph)]
    return blocks


def _blocks(lines: Sequence[str]) -> Iterator[Block]:
    for line in lines:
        if found := _CLAUSE.fullmatch(line):
            text = found[1]
            yield Clause(text, is_heading=len(text) <= _LONGEST_HEADING and not text.endswith((".", ";", ":", ",")))
        elif found := _POINT.fullmatch(line):
            yield Points((found[1],))
        elif found := _DASH.fullmatch(line):
            yield Paragraph(f"- {found[1]}")
        else:
            yield Paragraph(line)


def _joined(blocks: Iterator[Block]) -> Iterator[Block]:
    """Points that follow each other are one list, as long as there are letters for them."""
    held: tuple[str, ...] = ()
    for block in blocks:
        if isinstance(block, Points) and len(held) < len(POINT_LETTERS):
            held += block.texts
            continue
        if held:
            yield Points(held)
        held = block.texts if isinstance(block, Points) else ()
        if not held:
            yield block
    if held:
        yield Points(held)
