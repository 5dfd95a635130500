"""A list as an Excel file: typed numbers and dates, every text a text, frozen headers (security.md 23)."""

import datetime as dt
import io
from collections.abc import Iterable, Sequence
from typing import Any

import xlsxwriter
from django.utils.translation import gettext as _

# What a cell of Excel holds at most is 32,767.
_LONGEST_TEXT = 32_000
OPTIONS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}


def table_book(
    *, title: str, notice: str, columns: Sequence[tuple[str, int]], rows: Iterable[Sequence[Any]], now: dt.datetime
) -> bytes:
    """The .xlsx of one table. ``columns`` gives titles and widths; a cell is a text, number, date, moment or None.

    ``notice`` stands above the table, as that of a sample does.
    """
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, OPTIONS) as book:
        book.set_properties({"title": title, "comments": notice, "created": now.replace(tzinfo=None)})
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        formats = {
            dt.date: book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "align": "left"}),
            dt.datetime: book.add_format({"num_format": "dd/mm/yyyy hh:mm", "valign": "top", "align": "left"}),
            str: book.add_format({"text_wrap": True, "valign": "top"}),
        }
        sheet = book.add_worksheet(sheet_name(title))
        sheet.write_string(0, 0, title, book.add_format({"bold": True, "font_size": 13}))
        sheet.write_string(1, 0, notice)
        for place, (name, width) in enumerate(columns):
            sheet.set_column(place, place, width)
            sheet.write_string(3, place, name, head)
        for line, row in enumerate(rows, 4):
            for place, value in enumerate(row):
                write_cell(sheet, line, place, value, formats)
        sheet.freeze_panes(4, 0)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.repeat_rows(3)
    return stream.getvalue()


def write_cell(sheet: Any, line: int, place: int, value: Any, formats: dict[type, Any]) -> None:
    """A cell of the type of its value; None leaves it blank, for blank is not zero."""
    if value is None or value == "":
        return
    if isinstance(value, bool):
        value = _("yes") if value else _("no")
    if not isinstance(value, int | float | dt.date):
        sheet.write_string(line, place, str(value)[:_LONGEST_TEXT], formats[str])
    elif isinstance(value, dt.date):
        kind = dt.datetime if isinstance(value, dt.datetime) else dt.date
        sheet.write_datetime(line, place, value, formats[kind])
    else:
        sheet.write_number(line, place, value)


def sheet_name(title: str) -> str:
    """Without what Excel refuses in the name of a sheet."""
    return "".join(c for c in title if c not in "[]:*?/\\'")[:31]
