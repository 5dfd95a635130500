"""The PDF of a paper: tagged, PDF/A-2a and PDF/UA-1, set by typst from a template of our own.

The texts go in as JSON and come out as strings: typst never reads them as markup or code.
"""

import dataclasses
import datetime as dt
import json
from pathlib import Path
from typing import Any

import typst

from cluster.paper import form
from cluster.paper.document import Document, Line, Table, body, numbered, plain, recipient_lines
from cluster.paper.fonts import WANTED, Serif, serif
from cluster.paper.measure import balanced_width

TEMPLATE = Path(__file__).with_name("paper.typ")
STANDARDS: list[Any] = ["a-2a", "ua-1"]


def pdf_of(document: Document, *, face: Serif | None = None) -> bytes:
    """The .pdf, the same bytes for the same document and face (by default the best that this machine has)."""
    face = face or serif()
    arguments: dict[str, Any] = {
        "sys_inputs": {"data": json.dumps(_data(document, family=face.family), ensure_ascii=False)},
        "font_paths": face.fonts,
        "ignore_system_fonts": True,
        "timestamp": dt.datetime.combine(document.day, dt.time(), dt.UTC),
    }
    try:
        return typst.compile(TEMPLATE, pdf_standards=STANDARDS, **arguments)
    except typst.TypstError:
        # The standards refuse a sign that no font here draws, such as an emoji in a result: still a tagged file.
        return typst.compile(TEMPLATE, **arguments)


def _data(document: Document, *, family: str) -> dict[str, Any]:
    """What the template reads; every text on one line and in NFC."""
    data = {
        "family": family,
        "looks": {name: dataclasses.asdict(look) for name, look in form.LOOKS.items()},
        "form": {name.lower(): getattr(form, name) for name in _MEASURES},
        "title": document.title,
        "agency": document.agency.name.upper(),
        "agency_width": _room(document.agency.name.upper(), "agency", form.HEAD_LEFT, family),
        "abstract_width": _room(document.abstract, "abstract", form.TEXT_WIDTH, family),
        "superiors": [name.upper() for name in document.agency.superiors],
        "number": document.number_line,
        "place_and_date": document.place_and_date,
        "day": [document.day.year, document.day.month, document.day.day],
        "mark": document.framed,
        "kind": document.kind.upper(),
        "abstract": document.abstract,
        "addressees": list(document.addressees),
        "blocks": [_block(block) for block in body(document)],
        "signatures": [
            {"lines": [line.upper() for line in one.lines], "hint": one.hint, "post": one.post, "name": one.name}
            for one in document.signatures
        ],
        "recipients": recipient_lines(document),
        "drafter": document.drafter,
        "appendices": [
            {
                "name": document.appendix_name(place),
                "title": one.title.upper(),
                "is_wide": one.is_wide,
                "blocks": [_block(block) for block in numbered(one.blocks)],
            }
            for place, one in enumerate(document.appendices, 1)
        ],
        "appendix_reference": document.appendix_reference,
    }
    return _plain(data)


def _room(text: str, element: str, room: float, family: str) -> float:
    """In which a name breaks into about equal lines; a font of other widths is given all there is."""
    return balanced_width(plain(text), form.LOOKS[element].size, room) if family in WANTED else room


_MEASURES = (
    *("PAPER", "TOP", "BOTTOM", "LEFT", "RIGHT", "HEAD_LEFT", "PAGE_NUMBER_FROM_TOP", "INDENT", "SPACE_AFTER"),
    *("LINE_SPACING", "SIGNATURE_SPACE", "STATE", "MOTTO", "RECIPIENTS", "ADDRESSEES"),
)


def _block(block: Line | Table) -> dict[str, Any]:
    if isinstance(block, Line):
        return {"role": block.role, "text": block.text}
    return {
        "role": "table",
        "title": block.title,
        "widths": [column.width for column in block.columns],
        "aligns": [column.align for column in block.columns],
        "header": [column.title for column in block.columns],
        "rows": [{"cells": row, "bold": is_bold} for row, is_bold in block.all_rows],
        "dense": block.is_dense,
    }


def _plain(value: Any) -> Any:
    match value:
        case str():
            return plain(value)
        case dict():
            return {key: _plain(part) for key, part in value.items()}
        case list() | tuple():
            return [_plain(part) for part in value]
    return value
