"""The workbook to fill in: every sheet with its columns, lists of what the cluster has, and a guide with examples.

The examples stand in the guide, so the template as it was downloaded holds nothing to import.
"""

import io
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

from cluster.models import Cluster, Force, MemberUnit
from reports.workbook.cells import Choice, Day, Moment, Occurrence, Whole
from reports.workbook.schema import GUIDE_SHEET, LISTS_SHEET, SHEETS, Column, Row

_ROWS_WITH_LISTS = 5_000
_MAX_WIDTH = 45


def template_of(cluster: Cluster) -> bytes:
    """The .xlsx for this cluster. All texts are typed as text, whatever they begin with."""
    stream = io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        book.set_properties({"title": _("Workbook of the cluster %(name)s") % {"name": cluster.name}})
        formats = _Formats(
            title=book.add_format({"bold": True, "font_size": 14}),
            header=book.add_format({"bold": True, "bg_color": "#E7E9E6", "border": 1, "text_wrap": True}),
            required=book.add_format(
                {"bold": True, "bg_color": "#17492F", "font_color": "#FFFFFF", "border": 1, "text_wrap": True}
            ),
            text=book.add_format({"num_format": "@"}),
            wrapped=book.add_format({"text_wrap": True, "valign": "top"}),
            day=book.add_format({"num_format": "dd/mm/yyyy"}),
            moment=book.add_format({"num_format": "dd/mm/yyyy hh:mm"}),
            number=book.add_format({"num_format": "0"}),
        )
        _write_guide(book.add_worksheet(GUIDE_SHEET), formats, cluster)
        data = [(sheet, book.add_worksheet(sheet.sheet)) for sheet in SHEETS]
        places = _write_lists(book.add_worksheet(LISTS_SHEET), formats, _lists(cluster))
        for sheet, page in data:
            _write_sheet(page, formats, sheet, places)
    return stream.getvalue()


@dataclass(frozen=True)
class _Formats:
    title: Any
    header: Any
    required: Any
    text: Any
    wrapped: Any
    day: Any
    moment: Any
    number: Any

    def of(self, column: Column) -> Any:
        match column.cell:
            case Day():
                return self.day
            case Moment() | Occurrence():
                return self.moment
            case Whole():
                return self.number
        return self.text

    def header_of(self, column: Column) -> Any:
        return self.required if column.required else self.header


def _lists(cluster: Cluster) -> dict[str, list[str]]:
    """The lists by the names that the columns call them."""
    members = MemberUnit.objects.filter(party__cluster=cluster).select_related("unit")
    units = _sorted(member.unit.name for member in members)
    parties = [party.name for party in cluster.parties.all()]
    lists = {
        "parties": parties,
        "units": units,
        "parties_and_units": [*parties, *(unit for unit in units if unit not in parties)],
        "forces": [force.name for force in Force.objects.all()],
        "categories": [category.name for category in cluster.categories.all()],
        "campaigns": [campaign.name for campaign in cluster.campaigns.all()],
    }
    for column in (column for sheet in SHEETS for column in sheet.columns().values()):
        if column.listed and column.listed not in lists:
            lists[column.listed] = list(getattr(column.cell, "listed", ()))
    return {name: words for name, words in lists.items() if words}


def _sorted(names: Iterable[str]) -> list[str]:
    return sorted(set(names))


def _write_lists(page: Any, formats: _Formats, lists: dict[str, list[str]]) -> dict[str, str]:
    """One list a column; returns where each stands, as a validation names it."""
    places = {}
    titles = {column.listed: column.title for sheet in SHEETS for column in sheet.columns().values()}
    for index, (name, words) in enumerate(lists.items()):
        page.write_string(0, index, titles[name], formats.header)
        for row, word in enumerate(words, 1):
            page.write_string(row, index, word, formats.text)
        page.set_column(index, index, _width([titles[name], *words]))
        letter = xlsxwriter.utility.xl_col_to_name(index)
        places[name] = f"='{LISTS_SHEET}'!${letter}$2:${letter}${len(words) + 1}"
    page.freeze_panes(1, 0)
    return places


def _width(texts: Iterable[str]) -> int:
    return min(max(len(text) for text in texts) + 3, _MAX_WIDTH)


def _write_sheet(page: Any, formats: _Formats, sheet: type[Row], places: dict[str, str]) -> None:
    for index, column in enumerate(sheet.columns().values()):
        page.write_string(0, index, column.title, formats.header_of(column))
        page.set_column(index, index, _width([column.title, column.example]), formats.of(column))
        rule = _rule(column, places)
        if rule:
            page.data_validation(1, index, _ROWS_WITH_LISTS, index, rule)
    page.freeze_panes(1, 0)


def _rule(column: Column, places: dict[str, str]) -> dict[str, Any]:
    """The list of a cell and the hint beside it. Only a list that is closed refuses other words."""
    rule: dict[str, Any] = {}
    if place := places.get(column.listed):
        closed = isinstance(column.cell, Choice)
        rule = {"validate": "list", "source": place, "error_type": "stop" if closed else "warning"}
    if column.help:
        rule = {"validate": "any", **rule, "input_title": column.title, "input_message": str(column.help)}
    return rule


def _write_guide(page: Any, formats: _Formats, cluster: Cluster) -> None:
    intro = [
        _("How to fill in the workbook of %(name)s") % {"name": cluster.name},
        _("Write in the sheets behind this one; those that stay empty are left out. Do not rename sheets or columns."),
        _("Write dates as dd/mm/yyyy, with the time as dd/mm/yyyy HH:MM. Dark columns must be filled in."),
        _("This sheet holds only examples: nothing in it is imported."),
    ]
    for number, line in enumerate(intro):
        page.write_string(number, 0, line, *([] if number else [formats.title]))
    row = len(intro) + 1
    for index, title in enumerate((_("Sheet"), _("Column"), _("Required"), _("How to write it"), _("Example"))):
        page.write_string(row, index, title, formats.header)
    for sheet in SHEETS:
        for column in sheet.columns().values():
            row += 1
            required = _("yes") if column.required else ""
            cells = (sheet.sheet, column.title, required, str(column.help), column.example)
            for index, cell in enumerate(cells):
                page.write_string(row, index, cell, formats.wrapped)
    for index, width in enumerate((20, 24, 12, 48, 44)):
        page.set_column(index, index, width)
    page.freeze_panes(len(intro) + 2, 0)
