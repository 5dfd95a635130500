"""From the bytes of a workbook to its typed rows. The file itself is opened in a child process (cluster/workbook)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from django.utils.translation import gettext as _

from cluster.fields import fold
from cluster.names import nearest
from cluster.workbook.answers import answers_of
from reports.workbook.cells import CellError, Raw
from reports.workbook.problems import Problems
from reports.workbook.schema import GUIDE_SHEET, LISTS_SHEET, SHEETS, Column, Row

MAX_ROWS = 100_000

R = TypeVar("R", bound=Row)
Progress = Callable[[str], None]


@dataclass
class Book:
    """The rows of a workbook by sheet, and what was wrong with their cells."""

    problems: Problems = field(default_factory=Problems)
    _rows: dict[type[Row], list[Any]] = field(default_factory=dict)

    def rows(self, sheet: type[R]) -> list[R]:
        return self._rows.setdefault(sheet, [])

    @property
    def is_empty(self) -> bool:
        return not any(self._rows.values())


def read_book(
    content: bytes,
    *,
    max_rows: int = MAX_ROWS,
    max_total: int = len(SHEETS) * MAX_ROWS,
    progress: Progress = lambda text: None,
) -> Book:
    """Read the known sheets. Raises ``UnreadableWorkbook``; what is wrong with single cells stands in the book."""
    known = [fold(sheet.sheet) for sheet in SHEETS]
    return book_of(answers_of(content, max_rows=max_rows, max_total=max_total, wanted=known), progress=progress)


def book_of(answers: Iterable[Any], *, progress: Progress = lambda text: None) -> Book:
    """The typed rows of what reader.py answers."""
    book = Book()
    parser: _SheetParser | None = None
    for answer in answers:
        if isinstance(answer, dict):
            parser = _parser_of(answer["sheet"], book)
            if parser:
                progress(_("Reading the sheet %(sheet)s …") % {"sheet": parser.sheet.sheet})
        elif parser:
            parser.take(*answer)
    return book


def _parser_of(title: str, book: Book) -> "_SheetParser | None":
    sheet = next((sheet for sheet in SHEETS if fold(sheet.sheet) == fold(title)), None)
    if sheet is None:
        if fold(title) not in (fold(GUIDE_SHEET), fold(LISTS_SHEET)):
            book.problems.sheet_warning(title, _not_a_sheet(title))
        return None
    if sheet in book._rows:
        book.problems.sheet_error(title, _("The workbook has this sheet twice."))
    return _SheetParser(sheet, book)


def _not_a_sheet(title: str) -> str:
    reason = _("The workbook knows no sheet of this name, so it is left out.")
    return _with_nearest(reason, nearest(title, (sheet.sheet for sheet in SHEETS)))


def _with_nearest(reason: str, other: str | None) -> str:
    # Not inside an f-string, where the strings to translate are not looked for.
    question = _("Is “%(nearest)s” meant?") % {"nearest": other}
    return f"{reason} {question}" if other else reason


class _SheetParser:
    """Takes the rows of one sheet: the first is the header, the others become typed rows."""

    def __init__(self, sheet: type[Row], book: Book) -> None:
        self.sheet = sheet
        self.problems = book.problems
        self.rows: list[Any] = book.rows(sheet)
        self.header: tuple[int, list[Raw | None]] | None = None
        self.columns: dict[int, Column] | None = None
        self.faulty = False
        # The same names stand in thousands of rows.
        self.texts: dict[str, str] = {}

    def take(self, number: int, cells: list[Raw | None]) -> None:
        if self.header is None:
            self.header = number, cells
            return
        if self.columns is None:  # a sheet without rows is skipped, so its header is read with the first of them
            self.columns = self._columns_of(*self.header)
        if row := self._row_of(number, cells, self.columns):
            self.rows.append(row)

    def _columns_of(self, number: int, cells: list[Raw | None]) -> dict[int, Column]:
        known = {fold(column.title): column for column in self.sheet.columns().values()}
        found: dict[int, Column] = {}
        for index, cell in enumerate(cells):
            title = str(cell or "").rstrip(" *")
            if column := known.get(fold(title)):
                if column in found.values():
                    self._header_error(number, column, _("The sheet has this column twice."))
                else:
                    found[index] = column
            elif title:
                self._warn_of_column(number, title, known)
        for column in known.values():
            if column.required and column not in found.values():
                self._header_error(number, column, _("The sheet lacks this column."))
        return found

    def _header_error(self, number: int, column: Column, reason: str) -> None:
        self.faulty = True
        self.problems.sheet_error(self.sheet.sheet, reason, row=number, column=column.title)

    def _warn_of_column(self, number: int, title: str, known: dict[str, Column]) -> None:
        reason = _("The sheet knows no column of this name, so it is left out.")
        reason = _with_nearest(reason, nearest(title, (column.title for column in known.values())))
        self.problems.sheet_warning(self.sheet.sheet, reason, row=number, column=title)

    def _row_of(self, number: int, cells: list[Raw | None], columns: dict[int, Column]) -> Row | None:
        """The typed row; None where all known columns are empty."""
        row = self.sheet(number=number, faulty=self.faulty)
        given = [(cells[index] if index < len(cells) else None, column) for index, column in columns.items()]
        if all(raw is None for raw, _column in given):
            return None
        for raw, column in given:
            if raw is not None:
                self._fill(row, column, raw)
            elif column.required:
                self._refuse(row, column, _("This cell must not be empty."))
        return row

    def _fill(self, row: Row, column: Column, raw: Raw) -> None:
        try:
            value = column.cell.read(raw)
        except CellError as error:
            self._refuse(row, column, str(error))
        else:
            setattr(row, column.field, self.texts.setdefault(value, value) if isinstance(value, str) else value)

    def _refuse(self, row: Row, column: Column, reason: str) -> None:
        self.problems.error(row, column.field, reason)
        row.faulty = True
