"""Workbooks for tests, written with openpyxl as a user's Excel would write them."""

import datetime as dt
import io
from collections.abc import Iterator, Mapping, Sequence
from io import StringIO
from pathlib import Path
from typing import Any

import openpyxl
from django.core.management import call_command
from django.utils import timezone

from cluster.models import Cluster, User
from reports.workbook.importing import Order, import_book, make_plan
from reports.workbook.plan import Plan
from reports.workbook.problems import Problem
from reports.workbook.read import Book, book_of

Rows = Sequence[Mapping[str, Any]]
NIGHT = dt.datetime(2017, 6, 1, 21, 0)  # noqa: DTZ001  Excel knows no zone


def workbook(sheets: Mapping[str, Rows]) -> bytes:
    """A workbook whose sheets have the columns that their rows name."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        page = book.create_sheet(title)
        columns = list(dict.fromkeys(column for row in rows for column in row))
        page.append(columns)
        for row in rows:
            page.append([row.get(column) for column in columns])
    return saved(book)


def saved(book: openpyxl.Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def book(sheets: Mapping[str, Rows]) -> Book:
    """The rows of these sheets without the child process, which takes half a second."""
    return book_of(_answers(sheets))


def _answers(sheets: Mapping[str, Rows]) -> Iterator[object]:
    for title, rows in sheets.items():
        yield {"sheet": title}
        columns = list(dict.fromkeys(column for row in rows for column in row))
        yield [1, columns]
        for number, row in enumerate(rows, 2):
            yield [number, [_sent(row.get(column)) for column in columns]]


def _sent(value: Any) -> Any:
    return {"at": value.isoformat()} if isinstance(value, dt.datetime) else value


def planned(sheets: Mapping[str, Rows], *, cluster: Cluster | None = None, create: bool = False) -> Plan:
    """What the import of these sheets would write."""
    return make_plan(book(sheets), cluster=cluster, slug="cum-moi", create=create)


def imported(
    sheets: Mapping[str, Rows], *, cluster: Cluster | None = None, create: bool = False, by: User | None = None
) -> Plan:
    slug = cluster.slug if cluster else "cum-moi"
    order = Order(slug=slug, by=by, now=timezone.now(), create=create)
    return import_book(book(sheets), order)


def places(problems: Sequence[Problem]) -> list[tuple[str, int, str]]:
    """Where the problems are."""
    return [(problem.sheet, problem.row, problem.column) for problem in problems]


def run_command(folder: Path, content: bytes, *arguments: str) -> str:
    """What ``import_workbook`` prints; its progress goes where nobody looks."""
    file = folder / "so-lieu.xlsx"
    file.write_bytes(content)
    out = StringIO()
    call_command("import_workbook", str(file), *arguments, stdout=out, stderr=StringIO())
    return out.getvalue()


def patrol(code: str = "TT-01", **cells: Any) -> dict[str, Any]:
    """A row of the sheet Ca tuần tra."""
    return {"Mã ca": code, "Bắt đầu": NIGHT, "Kết thúc": None, "Tuyến": "Tuyến 1", "Đơn vị chủ trì": None} | cells


def line(code: str = "TT-01", **cells: Any) -> dict[str, Any]:
    """A row of the sheet Lực lượng."""
    return {"Mã ca": code, "Đơn vị": None, "Lực lượng": "Công an xã", "Số người": 3, "Họ tên": None} | cells


def set_up(*parties: tuple[str, Sequence[str]], name: str = "Cụm mới") -> dict[str, Rows]:
    """The first two sheets: a cluster of these parties with their units, none of which has a code."""
    members = [{"Bên": party, "Đơn vị": unit} for party, units in parties for unit in units]
    return {"Cụm": [{"Tên cụm": name}], "Đơn vị thành viên": members}
