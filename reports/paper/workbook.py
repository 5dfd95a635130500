"""The review as an Excel file: a sheet for each table, numbers and dates typed, charts that Excel draws itself."""

import datetime as dt
import io
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import xlsxwriter
from django.utils import translation
from django.utils.text import capfirst

from cluster.numbers import qualifier_word
from reports.edition import Edition
from reports.paper.material import Material, wall_clock
from reports.paper.sheets import Cell, Column, Count, Kind, Sheet, Sheets
from reports.wording import period_name

# What a cell of Excel holds at most is 32,767.
_LONGEST_TEXT = 32_000
_A4 = 9
# Points; more than 409 Excel does not take.
_LINE_HEIGHT, _HIGHEST = 15, 405
_WIDEST = 60
# This period dark and the one compared light, so that they differ in grey as well.
_THIS, _BEFORE = "#1F5F5B", "#B9CFCB"


@dataclass(frozen=True)
class Chart:
    """Columns of a sheet by their places, drawn against its first one."""

    kind: str
    title: str
    series: tuple[int, ...]
    description: str


def book_of(material: Material) -> bytes:
    """The .xlsx, the same bytes for the same material."""
    with translation.override("vi"):
        return _Book(material.edition, Sheets(material)).content()


@dataclass
class _Book:
    edition: Edition
    sheets: Sheets
    formats: dict[str, Any] = field(default_factory=dict)

    def content(self) -> bytes:
        stream = io.BytesIO()
        options = {"in_memory": True} | dict.fromkeys(
            ("strings_to_formulas", "strings_to_urls", "strings_to_numbers"), False
        )
        with xlsxwriter.Workbook(stream, options) as book:
            self.book, self.formats = book, _formats(book)
            review = self.edition.review
            moment = review.signed_at if review and review.signed_at else self.edition.reckoning.as_of
            # Excel knows no time zones.
            created = wall_clock(moment).replace(tzinfo=None, microsecond=0)
            cluster = self.edition.reckoning.cluster
            book.set_properties(
                {"title": self.title, "subject": cluster.name, "comments": cluster.notice, "created": created}
            )
            for sheet in self.sheets.all():
                self._write(sheet)
        return stream.getvalue()

    @property
    def title(self) -> str:
        period = period_name(self.edition.reckoning.period, self.edition.reckoning.cluster)
        return f"Số liệu báo cáo {period}"

    def _state(self) -> str:
        """That it is a draft, or by which number and hash it was signed."""
        review = self.edition.review
        if review is None or not self.edition.is_signed:
            return "DỰ THẢO"
        number = f"số {review.number:02d} " if review.number else ""
        return f"Báo cáo {number}đã ký; mã kiểm tra (SHA-256): {self.edition.snapshot_hash}"

    def _write(self, sheet: Sheet) -> None:
        """Title, cluster, its notice and the state; then the table, then what is to be said of it."""
        page = self.book.add_worksheet(sheet.name)
        reckoning = self.edition.reckoning
        lines = [f"{sheet.title} – {self.title}", reckoning.cluster.name, *reckoning.cluster.notice.splitlines()]
        for row, text in enumerate([*lines, self._state()]):
            page.write_string(row, 0, text[:_LONGEST_TEXT], self.formats["plain" if row else "title"])
        head = len(lines) + 2
        page.set_row(head, 3 * _LINE_HEIGHT)
        for place, column in enumerate(sheet.columns):
            page.write_string(head, place, column.title, self.formats["header"])
            page.set_column(place, place, _width(column))
        rows = [*sheet.rows, *([sheet.total] if sheet.total else [])]
        for number, cells in enumerate(rows):
            is_bold = number in sheet.groups or number == len(sheet.rows)
            page.set_row(head + 1 + number, _height(sheet.columns, cells))
            for place, (column, cell) in enumerate(zip(sheet.columns, cells, strict=True)):
                self._cell(page, head + 1 + number, place, column, cell, is_bold=is_bold)
        page.freeze_panes(head + 1, 1)
        below = head + len(rows) + 2
        for text in (*sheet.preface, *sheet.notes):
            page.write_string(below, 0, text[:_LONGEST_TEXT], self.formats["plain"])
            below += 1
        self._charts(page, sheet, head=head, below=below + 1)
        _print_setup(page, head)

    def _cell(self, page: Any, row: int, place: int, column: Column, cell: Cell, *, is_bold: bool) -> None:
        """Typed by what it is: a text is never read as a formula, a number or an address."""
        style = self._style(column, cell, is_bold=is_bold)
        match cell:
            case Count(value=None) | "":
                page.write_blank(row, place, None, style)
            case Count():
                page.write_number(row, place, cell.value, style)
            case dt.date():
                page.write_datetime(row, place, cell, style)
            case int():
                page.write_number(row, place, cell, style)
            case _:
                page.write_string(row, place, str(cell)[:_LONGEST_TEXT], style)

    def _style(self, column: Column, cell: Cell, *, is_bold: bool) -> Any:
        """By kind of cell and weight; an inexact number says so in its format and stays a number."""
        word = qualifier_word(cell.qualifier) if isinstance(cell, Count) else ""
        kind = Kind.TEXT if isinstance(cell, str) else column.kind
        key = f"{kind} {word}{is_bold}"
        if key not in self.formats:
            written: dict[str, dict[str, Any]] = {
                Kind.COUNT: {"num_format": f'"{word}"#,##0' if word else "#,##0"},
                Kind.DATE: {"num_format": "dd/mm/yyyy", "align": "left"},
                Kind.ORDER: {"num_format": "0", "align": "center"},
                # Marked as text for whoever edits the cell later, too: "=1+1" stays what it says.
                Kind.TEXT: {"text_wrap": True, "quote_prefix": True},
            }
            self.formats[key] = self.book.add_format(_SHARED | written[kind] | ({"bold": True} if is_bold else {}))
        return self.formats[key]

    def _charts(self, page: Any, sheet: Sheet, *, head: int, below: int) -> None:
        for number, chart in enumerate(charts_of(sheet)):
            drawn = self.book.add_chart({"type": chart.kind})
            last = head + len(sheet.rows)
            for colour, place in zip((_THIS, _BEFORE), chart.series, strict=False):
                drawn.add_series(
                    {
                        "name": [sheet.name, head, place],
                        "categories": [sheet.name, head + 1, 0, last, 0],
                        "values": [sheet.name, head + 1, place, last, place],
                        "fill": {"color": colour},
                        "border": {"color": _THIS},
                        "gap": 60,
                    }
                )
            drawn.set_title({"name": chart.title, "name_font": {"size": 12}})
            drawn.set_legend({"position": "bottom"})
            drawn.set_size({"width": 720, "height": max(300, 28 * len(sheet.rows) if chart.kind == "bar" else 300)})
            if chart.kind == "bar":
                # The first row on top, as in the table.
                drawn.set_y_axis({"reverse": True})
            drawn.set_x_axis({"major_gridlines": {"visible": False}})
            page.insert_chart(below + 18 * number, 0, drawn, {"description": chart.description, "object_position": 2})


def charts_of(sheet: Sheet) -> list[Chart]:
    """What a table shows better as a picture."""
    titles = [column.title for column in sheet.columns]
    match sheet.name:
        case "Theo tháng":
            pairs = [(1, 2), (3, 4), (5, 6)]
            return [
                Chart(
                    "column", f"{_subject(titles[this])} theo tháng", (this, before), _described(titles, this, before)
                )
                for this, before in pairs
                if _has_numbers(sheet, this, before)
            ]
        case "Theo loại":
            return [Chart("bar", "Vụ việc theo loại", (1, 2), _described(titles, 1, 2))]
        case "Các năm":
            return [
                Chart("column", f"{titles[place]} qua các năm", (place,), f"Biểu đồ cột: {titles[place]} qua các năm.")
                for place in (1, 3)
                if _has_numbers(sheet, place)
            ]
    return []


def _subject(title: str) -> str:
    """Without its period: "Lượt người" of "Lượt người 2017" and of "Lượt người kỳ này"."""
    return title.removesuffix(" kỳ này") if title.endswith(" kỳ này") else re.sub(r" \d+$", "", title)


def _described(titles: list[str], this: int, before: int) -> str:
    return f"Biểu đồ: {titles[this]} so với {titles[before]}; số liệu ở bảng phía trên."


def _has_numbers(sheet: Sheet, *places: int) -> bool:
    cells = (row[place] for row in sheet.rows for place in places)
    return any(isinstance(cell, Count) and cell.value for cell in cells)


_SHARED: dict[str, Any] = {"valign": "top", "border": 1, "border_color": "#B8BDB6"}


def _formats(book: Any) -> dict[str, Any]:
    return {
        "title": book.add_format({"bold": True, "font_size": 14, "quote_prefix": True}),
        "plain": book.add_format({"quote_prefix": True}),
        "header": book.add_format(
            _SHARED | {"bold": True, "bg_color": "#E7E9E6", "text_wrap": True, "valign": "vcenter"}
        ),
    }


def _width(column: Column) -> int:
    return min(max(column.width, len(capfirst(column.title)) // 2, 6), _WIDEST)


def _height(columns: Sequence[Column], cells: Sequence[Cell]) -> float:
    """Enough for the longest text: not every program reckons the height of a wrapped row itself."""
    lines = [
        sum(math.ceil(len(line) / max(1, _width(column) - 1)) or 1 for line in cell.splitlines())
        for column, cell in zip(columns, cells, strict=True)
        if isinstance(cell, str)
    ]
    return float(min(_LINE_HEIGHT * max([1, *lines]), _HIGHEST))


def _print_setup(page: Any, head: int) -> None:
    page.set_landscape()
    page.set_paper(_A4)
    page.fit_to_pages(1, 0)
    page.repeat_rows(head)
    page.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.7)
    page.set_footer("&CTrang &P/&N")
