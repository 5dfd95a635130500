"""The child process that opens a stranger's workbook: `python -m cluster.workbook.reader MAX_ROWS MAX_TOTAL SHEET…`.

The file comes on standard input. Answers on standard output, a JSON text a line: ``{"sheet": title}`` at the start of
each sheet of the file, then, for the sheets that were asked for (names folded, ``*`` for all), its rows that are not
empty as ``[number, [cell, …]]`` (``_plain`` says what a cell looks like), and at the end ``{"end": true}``. A file that
cannot be taken ends with ``{"refused": reason, …}``. Memory, time and files are limited: whatever the file does, it
does it here.
"""

import datetime as dt
import io
import json
import re
import resource
import sys
import warnings
import zipfile
from itertools import repeat
from typing import IO, Any

from openpyxl import load_workbook
from openpyxl.cell.cell import ERROR_CODES

from cluster.fields import fold

MEMORY = 512 * 2**20
CPU_SECONDS = 100
MAX_ENTRIES = 1_000
MAX_UNZIPPED = 160 * 2**20
MAX_SHEETS = 60
MAX_COLUMNS = 60
MAX_TEXT = 40_000  # Excel takes 32,767
EXCEL_ROWS = 1_048_576
ALL_SHEETS = "*"
_FORMULA = re.compile(rb"<(?:\w+:)?f[ />]")
_OLE = bytes.fromhex("D0CF11E0A1B11AE1")  # an old .xls, or an .xlsx behind a password


class Refused(Exception):
    def __init__(self, reason: str, **details: object) -> None:
        super().__init__(reason)
        self.answer = {"refused": reason, **details}


def main(max_rows: int, max_total: int, wanted: set[str]) -> None:
    """openpyxl raises almost anything for a file that is not what it should be: then the process ends in an error."""
    try:
        content = sys.stdin.buffer.read()
        _check_archive(content)
        _send_sheets(content, max_rows=max_rows, max_total=max_total, wanted=wanted)
        _send({"end": True})
    except Refused as refused:
        _send(refused.answer)
    except MemoryError:
        _send({"refused": "too big"})


def limit_resources() -> None:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _check_archive(content: bytes) -> None:
    """Sizes as the archive declares them: zipfile reads no byte beyond them, and refuses a wrong checksum."""
    if content.startswith(_OLE):
        raise Refused("protected")
    try:
        entries = zipfile.ZipFile(io.BytesIO(content)).infolist()
    except zipfile.BadZipFile:
        raise Refused("no workbook") from None
    if any(entry.flag_bits & 1 for entry in entries):
        raise Refused("protected")
    if len(entries) > MAX_ENTRIES or sum(entry.file_size for entry in entries) > MAX_UNZIPPED:
        raise Refused("too big")
    if "[Content_Types].xml" not in {entry.filename for entry in entries}:
        raise Refused("no workbook")


def _send_sheets(content: bytes, *, max_rows: int, max_total: int, wanted: set[str]) -> None:
    def opened(*, values: bool) -> Any:
        return load_workbook(io.BytesIO(content), read_only=True, data_only=values, keep_links=False)

    values = opened(values=True)
    if len(values.worksheets) > MAX_SHEETS:
        raise Refused("too big")
    formulas = opened(values=False) if _has_formulas(content) else None
    total = 0
    for position, sheet in enumerate(values.worksheets):
        _send({"sheet": sheet.title})
        if ALL_SHEETS in wanted or fold(sheet.title) in wanted:
            twin = formulas.worksheets[position] if formulas else None
            total = _send_rows(sheet, twin, total, max_rows=max_rows, max_total=max_total)


def _has_formulas(content: bytes) -> bool:
    """Whether a sheet holds a formula: only then is it read a second time, to find those without a result."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        sheets = [entry for entry in archive.infolist() if entry.filename.startswith("xl/worksheets/")]
        return any(_holds_formula(archive.open(entry)) for entry in sheets)


def _holds_formula(stream: IO[bytes]) -> bool:
    tail = b""
    while block := stream.read(2**20):
        if _FORMULA.search(tail + block):
            return True
        tail = block[-20:]
    return False


def _send_rows(sheet: Any, twin: Any, total: int, *, max_rows: int, max_total: int) -> int:
    """Send the rows; returns the new total, in which the first, the header, does not count."""
    count = -1
    twins = _rows(twin) if twin else repeat(())
    for number, (row, formulas) in enumerate(zip(_rows(sheet), twins, strict=False), 1):
        cells = _cells(row, formulas)
        if not cells:
            continue
        count += 1
        if count > max_rows or number > max_rows + 1_000:
            raise Refused("too many rows", sheet=sheet.title, row=number, limit=max_rows)
        if total + count > max_total:
            raise Refused("too many rows in all", limit=max_total)
        _send([number, cells])
    return total + max(count, 0)


def _rows(sheet: Any) -> Any:
    # The size that the file declares may be wrong; unbounded, a cell at XFD1048576 costs 576 MB.
    sheet.reset_dimensions()
    return sheet.iter_rows(max_row=EXCEL_ROWS, max_col=MAX_COLUMNS, values_only=True)


def _cells(row: tuple[Any, ...], formulas: tuple[Any, ...]) -> list[Any]:
    """The cells without the empty ones at the end; a formula that was never computed is no empty cell."""
    cells: list[Any] = [] if row.count(None) == len(row) else [_plain(value) for value in row]
    if formulas.count(None) != len(formulas):
        cells = cells or [None] * len(formulas)
        cells = [
            {"error": "formula"} if cell is None and _is_formula(formula) else cell
            for cell, formula in zip(cells, formulas, strict=True)
        ]
    while cells and cells[-1] is None:
        cells.pop()
    return cells


def _is_formula(value: Any) -> bool:
    """As openpyxl reads it: a text that starts with "=", or an object of its own for an array or a table."""
    return value.startswith("=") if isinstance(value, str) else hasattr(value, "ref")


def _plain(value: Any) -> Any:
    match value:
        case str():
            return _text(value)
        case None | bool() | int() | float():
            return value
        case dt.datetime():
            return {"at": value.isoformat()}
        case dt.date():
            return {"at": dt.datetime.combine(value, dt.time()).isoformat()}
        case dt.time():
            return {"time": value.isoformat()}
        case _:
            return {"time": str(value)}


def _text(value: str) -> Any:
    if value in ERROR_CODES:
        return {"error": value}
    return value[:MAX_TEXT] if value.strip() else None


def _send(answer: object) -> None:
    sys.stdout.write(json.dumps(answer, ensure_ascii=True) + "\n")


if __name__ == "__main__":
    warnings.simplefilter("ignore")  # what openpyxl does not keep, such as drawings, is not needed
    limit_resources()
    main(int(sys.argv[1]), int(sys.argv[2]), set(sys.argv[3:]))
