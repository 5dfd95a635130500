import datetime as dt
import io
import zipfile
from typing import Any

import openpyxl
import pytest

from cluster.workbook.answers import MAX_BYTES, UnreadableWorkbook
from reports.tests.workbooks import NIGHT, line, patrol, places, saved, workbook
from reports.workbook.read import read_book
from reports.workbook.schema import ClusterRow, DeclaredRow, LineRow, PatrolRow


def sheet_of(*rows: list[Any], title: str = "Lực lượng") -> openpyxl.Workbook:
    book = openpyxl.Workbook()
    page = book.worksheets[0]
    page.title = title
    for row in rows:
        page.append(row)
    return book


HEADER = ["Mã ca", "Đơn vị", "Lực lượng", "Số người", "Họ tên"]


def test_rows_are_typed_and_numbered_as_in_excel():
    book = read_book(workbook({"Lực lượng": [line(), {}, line("TT-02", **{"Số người": "4", "Đơn vị": "Sen Thủy"})]}))
    first, second = book.rows(LineRow)
    assert (first.number, second.number) == (2, 4)
    assert (second.patrol, second.unit, second.headcount, second.names) == ("TT-02", "Sen Thủy", 4, ())


def test_excel_dates_and_written_ones_are_the_same():
    book = read_book(workbook({"Ca tuần tra": [patrol(), patrol(**{"Bắt đầu": "01/06/2017 21:00"})]}))
    assert {row.starts_at for row in book.rows(PatrolRow)} == {NIGHT.replace(tzinfo=dt.timezone(dt.timedelta(hours=7)))}


def test_columns_are_found_by_name_in_any_order():
    content = saved(sheet_of(["so nguoi", " LỰC LƯỢNG *", "đơn vị", "mã ca"], [3, "Dân quân", "Sen Thủy", "TT-01"]))
    (row,) = read_book(content).rows(LineRow)
    assert (row.patrol, row.unit, row.force, row.headcount) == ("TT-01", "Sen Thủy", "Dân quân", 3)


def test_header_may_stand_below_empty_rows():
    assert len(read_book(saved(sheet_of([], [], HEADER, ["TT-01", "Sen Thủy", "Dân quân", 3]))).rows(LineRow)) == 1


def test_sheet_without_rows_is_skipped_whatever_its_header():
    book = read_book(saved(sheet_of(["Cột lạ"])))
    assert book.is_empty
    assert (book.problems.errors, book.problems.warnings) == ([], [])


def test_missing_column_is_an_error():
    book = read_book(saved(sheet_of(["Mã ca", "Đơn vị", "Số người"], ["TT-01", "Sen Thủy", 3])))
    assert places(book.problems.errors) == [("Lực lượng", 1, "Lực lượng")]
    assert book.rows(LineRow)[0].faulty


def test_column_twice_is_an_error():
    book = read_book(saved(sheet_of([*HEADER, "Số người"], ["TT-01", "Sen Thủy", "Dân quân", 3])))
    assert places(book.problems.errors) == [("Lực lượng", 1, "Số người")]


def test_unknown_column_is_a_warning_that_names_the_nearest():
    book = read_book(saved(sheet_of([*HEADER, "Họ và tên"], ["TT-01", "Sen Thủy", "Dân quân", 3, None, "An"])))
    assert not book.problems
    assert places(book.problems.warnings) == [("Lực lượng", 1, "Họ và tên")]
    assert "“Họ tên”" in book.problems.warnings[0].reason


def test_unknown_sheet_is_a_warning_that_names_the_nearest():
    book = read_book(workbook({"Ca tuần": [{"Mã ca": 1}], "Hướng dẫn": [{"A": 1}]}))
    assert places(book.problems.warnings) == [("Ca tuần", 0, "")]
    assert "“Ca tuần tra”" in book.problems.warnings[0].reason


def test_every_cell_that_is_wrong_is_told():
    rows = [line() | {"Đơn vị": "Sen Thủy", "Số người": 0}, line("") | {"Đơn vị": "Sen Thủy", "Số người": "ba"}]
    assert places(read_book(workbook({"Lực lượng": rows})).problems.errors) == [
        ("Lực lượng", 2, "Số người"),
        ("Lực lượng", 3, "Mã ca"),
        ("Lực lượng", 3, "Số người"),
    ]


def test_error_cell_is_told():
    book = read_book(saved(sheet_of(HEADER, ["TT-01", "#REF!", "Dân quân", 3])))
    assert places(book.problems.errors) == [("Lực lượng", 2, "Đơn vị")]
    assert "#REF!" in book.problems.errors[0].reason


def test_formula_that_was_never_computed_is_told():
    content = saved(
        sheet_of(HEADER, ["TT-01", "Sen Thủy", "Dân quân", 3, "=A2"], ["TT-02", "Sen Thủy", "Dân quân", "=1+2"])
    )
    assert places(read_book(content).problems.errors) == [("Lực lượng", 2, "Họ tên"), ("Lực lượng", 3, "Số người")]


def test_formula_is_read_by_its_value():
    archive = io.BytesIO(saved(sheet_of(HEADER, ["TT-01", "Sen Thủy", "Dân quân", "=1+2"])))
    with zipfile.ZipFile(archive) as old:
        parts = {name: old.read(name) for name in old.namelist()}
    parts["xl/worksheets/sheet1.xml"] = (
        parts["xl/worksheets/sheet1.xml"].replace(b"<v></v>", b"<v>3</v>").replace(b"<v />", b"<v>3</v>")
    )
    (row,) = read_book(zipped(parts)).rows(LineRow)
    assert row.headcount == 3


def test_figures_are_known_by_key_and_by_label():
    from django.utils import translation

    from incidents.metrics import METRICS

    with translation.override("vi"):
        label = str(METRICS["joint_patrols"].label)
    dates = {"Từ ngày": "01/01/2016", "Đến ngày": "31/12/2016", "Giá trị": 1}
    rows = [{"Chỉ tiêu": name, **dates} for name in ("joint_patrols", label.upper(), "joint_patrol")]
    book = read_book(workbook({"Số liệu kê khai": rows}))
    assert [row.metric for row in book.rows(DeclaredRow)] == ["joint_patrols", "joint_patrols", None]
    assert "joint_patrols" in book.problems.errors[0].reason


def zipped(parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return stream.getvalue()


def parts_of(content):
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


GOOD = workbook({"Cụm": [{"Tên cụm": "Cụm thử"}]})
SHEET = "xl/worksheets/sheet1.xml"
BILLION_LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>'
    b'<row r="1"><c r="A1" t="inlineStr"><is><t>&b;</t></is></c></row></sheetData></worksheet>'
)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"not a workbook",
        bytes.fromhex("D0CF11E0A1B11AE1") + b"\0" * 600,
        GOOD[: len(GOOD) // 2],
        zipped({"a.txt": b"x"}),
        zipped(parts_of(GOOD) | {"xl/workbook.xml": b"<workbook"}),
        zipped(parts_of(GOOD) | {SHEET: b"\xff\xfe no xml"}),
        zipped(parts_of(GOOD) | {SHEET: BILLION_LAUGHS}),
        zipped(parts_of(GOOD) | {f"x/{number}": b"" for number in range(1_100)}),
        zipped(parts_of(GOOD) | {"x/zeros": b"\0" * (170 * 2**20)}),
        b"\0" * (MAX_BYTES + 1),
    ],
    ids=range(11),
)
def test_file_that_is_no_sound_workbook_is_one_clear_error(content):
    with pytest.raises(UnreadableWorkbook) as error:
        read_book(content)
    assert str(error.value).endswith(".")


def test_file_that_needs_more_memory_than_allowed_is_refused():
    """The archive is small, and so is what it says it holds; what the reader makes of it is not."""
    page = b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><dimension ref="A1"/>'
    page += b'<a b="1"/>' * 3_000_000
    content = zipped(parts_of(GOOD) | {SHEET: page + b"</worksheet>"})
    assert len(content) < MAX_BYTES
    with pytest.raises(UnreadableWorkbook):
        read_book(content)


@pytest.mark.parametrize("cell", ["XFD1048576", "XFD2"])
def test_far_cell_outside_the_columns_costs_nothing(cell):
    book = sheet_of(["Tên cụm"], ["Cụm thử"], title="Cụm")
    book.worksheets[0][cell] = "x"
    assert [row.name for row in read_book(saved(book)).rows(ClusterRow)] == ["Cụm thử"]


def test_far_row_is_refused():
    book = sheet_of(["Tên cụm"], ["Cụm thử"], title="Cụm")
    book.worksheets[0]["A1048576"] = "x"
    with pytest.raises(UnreadableWorkbook, match="1048576"):
        read_book(saved(book))


@pytest.mark.parametrize("limits", [{"max_rows": 2}, {"max_total": 2}])
def test_more_rows_than_allowed_are_refused(limits):
    content = workbook({"Lực lượng": [line(**{"Đơn vị": "Sen Thủy"})] * 3})
    assert len(read_book(content).rows(LineRow)) == 3
    with pytest.raises(UnreadableWorkbook):
        read_book(content, **limits)
