"""A month of the patrol log as an Excel file: the patrols and their lines, counted as the log's page counts them."""

import calendar
import datetime as dt
import io
import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import xlsxwriter
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from cluster.models import Cluster
from patrols.models import Contingent, JointPatrol
from patrols.roster import Roster
from patrols.rows import ONE_PARTY, PatrolRow
from patrols.words import patrol_word

# What a cell of Excel holds at most is 32,767.
_LONGEST_TEXT = 32_000
_A4 = 9
# Points; more than 409 Excel does not take.
_LINE_HEIGHT, _HIGHEST = 15, 405


@dataclass(frozen=True)
class Column:
    """``format`` names how its cells are written: text, wrapped, date, time, hours or number."""

    title: str
    width: int
    format: str = "text"


def why_not(row: PatrolRow) -> str:
    """Why a completed patrol counts in no figure."""
    if row.counts or not row.is_completed:
        return ""
    return _("Twin of another record, which counts") if row.is_absorbed else capfirst(str(ONE_PARTY.label))


def month_of(day: dt.date) -> tuple[dt.date, dt.date]:
    """Its first and last day."""
    return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])


def month_book(cluster: Cluster, month: dt.date) -> bytes:
    """The .xlsx of this month, the earliest patrol first."""
    rows, stream = _rows(cluster, month), io.BytesIO()
    options = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(stream, options) as book:
        title = _("Patrol log, %(month)s") % {"month": f"{month:%m/%Y}"}
        created = dt.datetime.combine(month, dt.time())
        book.set_properties({"title": title, "subject": cluster.name, "comments": cluster.notice, "created": created})
        sheets, totals = _Sheets(book, _formats(book), cluster, title), _totals(rows)
        patrols = [_patrol_cells(number, row) for number, row in enumerate(rows, 1)]
        sheets.write(capfirst(patrol_word(cluster, 2)), _patrol_columns(), patrols, totals)
        sheets.write(_("Lines"), _line_columns(), [cells for row in rows for cells in _line_cells(row)], totals)
    return stream.getvalue()


def _rows(cluster: Cluster, month: dt.date) -> list[PatrolRow]:
    patrols = JointPatrol.objects.of(cluster).in_period(*month_of(month))
    shown = patrols.select_related("cluster", "lead_unit", "campaign", "shift_leader", "twin_link").prefetch_related(
        "contingents__unit", "contingents__force"
    )
    roster = Roster.of(cluster)
    ordered = shown.order_by("local_date", "starts_at", "planned_start", "pk")
    return [PatrolRow(patrol, roster) for patrol in ordered]


def _totals(rows: Sequence[PatrolRow]) -> list[tuple[str, int]]:
    """As on the page of the log (counting rules 1 and 2)."""
    return [
        (_("Patrols on record"), len(rows)),
        (_("Patrols that count"), sum(row.counts for row in rows)),
        (_("Participations that count"), sum(row.headcount for row in rows if row.counts)),
    ]


def _patrol_columns() -> list[Column]:
    return [
        Column(_("No."), 4, "number"),
        Column(_("Date"), 11, "date"),
        Column(_("Start"), 9, "time"),
        Column(_("End"), 15, "moment"),
        Column(_("Hours"), 7, "hours"),
        Column(_("Place, route"), 26, "wrapped"),
        Column(_("Lead unit"), 16, "wrapped"),
        Column(_("Other units"), 18, "wrapped"),
        Column(_("Shift leader"), 14, "wrapped"),
        Column(_("Status"), 11, "wrapped"),
        Column(_("People"), 8, "number"),
        Column(_("Counts"), 7, "number"),
        Column(_("Participations"), 10, "number"),
        Column(_("Why it does not count"), 14, "wrapped"),
        Column(_("Confirmation"), 13, "wrapped"),
        Column(_("Result"), 32, "wrapped"),
    ]


def _patrol_cells(place: int, row: PatrolRow) -> list[Any]:
    patrol = row.patrol
    start, end = patrol.starts_at or patrol.planned_start, patrol.ends_at or patrol.planned_end
    return [
        place,
        patrol.local_date,
        _local(start),
        _local(end),
        patrol.duration.total_seconds() / 3600 if patrol.duration else None,
        patrol.route,
        patrol.lead_unit.name,
        "; ".join(unit.name for unit in row.other_units),
        patrol.shift_leader.name if patrol.shift_leader else "",
        str(capfirst(patrol.get_status_display())),
        row.headcount,
        int(row.counts),
        row.headcount if row.counts else 0,
        why_not(row),
        capfirst(str(row.badge.label)) if row.counts else "",
        patrol.result,
    ]


def _line_columns() -> list[Column]:
    return [
        Column(_("Date"), 11, "date"),
        Column(_("Place, route"), 36, "wrapped"),
        Column(_("Unit"), 22, "wrapped"),
        Column(_("Force"), 26, "wrapped"),
        Column(_("People"), 9, "number"),
        Column(_("Participations"), 10, "number"),
        Column(_("State"), 14, "wrapped"),
        Column(_("Before the correction"), 11, "number"),
        Column(_("Reason"), 30, "wrapped"),
    ]


def _line_cells(row: PatrolRow) -> list[list[Any]]:
    patrol = row.patrol
    return [
        [
            patrol.local_date,
            patrol.route,
            line.unit.name,
            line.force.name,
            line.headcount,
            line.headcount if row.counts and line.state != Contingent.State.REFUSED else 0,
            str(capfirst(line.get_state_display())),
            line.corrected_from if line.state == Contingent.State.CORRECTED else None,
            line.reason,
        ]
        for line in row.lines
    ]


def _local(moment: dt.datetime | None) -> dt.datetime | None:
    """Excel knows no time zones: the clock on the wall of the unit."""
    return timezone.localtime(moment).replace(tzinfo=None) if moment else None


def _formats(book: Any) -> dict[str, Any]:
    shared = {"valign": "top", "border": 1, "border_color": "#B8BDB6"}
    # Marked as text for whoever edits the cell later, too: "=1+1" stays what it says.
    text = shared | {"quote_prefix": True}
    return {
        "title": book.add_format({"bold": True, "font_size": 14, "quote_prefix": True}),
        "plain": book.add_format({"quote_prefix": True}),
        "label": book.add_format({"bold": True, "quote_prefix": True}),
        "total": book.add_format({"bold": True, "num_format": "#,##0", "align": "left"}),
        "header": book.add_format(shared | {"bold": True, "bg_color": "#E7E9E6", "text_wrap": True}),
        "text": book.add_format(text),
        "wrapped": book.add_format(text | {"text_wrap": True}),
        "date": book.add_format(shared | {"num_format": "dd/mm/yyyy", "align": "left"}),
        "time": book.add_format(shared | {"num_format": "hh:mm", "align": "left"}),
        "moment": book.add_format(shared | {"num_format": "dd/mm/yyyy hh:mm", "align": "left"}),
        "hours": book.add_format(shared | {"num_format": "0.0"}),
        "number": book.add_format(shared | {"num_format": "#,##0"}),
    }


@dataclass(frozen=True)
class _Sheets:
    book: Any
    formats: dict[str, Any]
    cluster: Cluster
    title: str

    def write(self, name: str, columns: list[Column], rows: list[list[Any]], totals: Sequence[tuple[str, int]]) -> None:
        """Title, cluster, its notice and the totals; then the table, ready to be filtered and printed."""
        page = self.book.add_worksheet(name)
        page.write_string(0, 0, self.title, self.formats["title"])
        page.write_string(1, 0, self.cluster.name, self.formats["plain"])
        head = 2
        for line in self.cluster.notice.splitlines():
            page.write_string(head, 0, line[:_LONGEST_TEXT], self.formats["plain"])
            head += 1
        for label, value in totals:
            page.write_string(head, 0, label, self.formats["label"])
            page.write_number(head, 3, value, self.formats["total"])
            head += 1
        head += 1
        page.set_row(head, 3 * _LINE_HEIGHT)
        for index, column in enumerate(columns):
            page.write_string(head, index, column.title, self.formats["header"])
            page.set_column(index, index, column.width)
        for number, cells in enumerate(rows, head + 1):
            page.set_row(number, _height(columns, cells))
            for index, (column, value) in enumerate(zip(columns, cells, strict=True)):
                self._cell(page, number, index, value, self.formats[column.format])
        page.autofilter(head, 0, head + max(len(rows), 1), len(columns) - 1)
        page.freeze_panes(head + 1, 0)
        self._print_setup(page, head)

    def _cell(self, page: Any, row: int, column: int, value: Any, style: Any) -> None:
        """Typed by what it is: a text is never read as a formula, a number or an address."""
        match value:
            case None | "":
                page.write_blank(row, column, None, style)
            case str():
                page.write_string(row, column, value[:_LONGEST_TEXT], style)
            case dt.date():
                page.write_datetime(row, column, value, style)
            case _:
                page.write_number(row, column, value, style)

    def _print_setup(self, page: Any, head: int) -> None:
        page.set_landscape()
        page.set_paper(_A4)
        page.fit_to_pages(1, 0)
        page.repeat_rows(head)
        page.set_margins(left=0.6, right=0.4, top=0.6, bottom=0.7)
        page.set_footer(f"&C{_('Page')} &P/&N")


def _height(columns: list[Column], cells: list[Any]) -> float:
    """Enough for the longest text: not every program reckons the height of a wrapped row itself."""
    lines = [
        sum(math.ceil(len(line) / (column.width - 1)) or 1 for line in value.splitlines())
        for column, value in zip(columns, cells, strict=True)
        if isinstance(value, str)
    ]
    return float(min(_LINE_HEIGHT * max([1, *lines]), _HIGHEST))


def file_name(cluster: Cluster, month: dt.date) -> str:
    """As "Sổ tuần tra 2017-06 le-thuy-vinh-linh.xlsx"."""
    return f"{_('Patrol log')} {month:%Y-%m} {cluster.slug}.xlsx"
