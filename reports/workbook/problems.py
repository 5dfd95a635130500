"""What is wrong with a workbook (errors) and what is only unlikely (warnings), each with its place."""

from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from reports.workbook.schema import SHEETS, Row


@dataclass(frozen=True, slots=True)
class Problem:
    """``row`` and ``column`` as Excel and its user know them; 0 and empty where the whole sheet or row is meant."""

    sheet: str
    row: int
    column: str
    reason: str

    def __str__(self) -> str:
        place = [self.sheet]
        if self.row:
            place.append(_("row %(row)d") % {"row": self.row})
        if self.column:
            place.append(_("column %(column)s") % {"column": self.column})
        return f"{', '.join(place)}: {self.reason}"


_ORDER = {sheet.sheet: position for position, sheet in enumerate(SHEETS)}


@dataclass
class Problems:
    _errors: list[Problem] = field(default_factory=list)
    _warnings: list[Problem] = field(default_factory=list)

    def copy(self) -> "Problems":
        return Problems(list(self._errors), list(self._warnings))

    @property
    def errors(self) -> list[Problem]:
        return sorted(self._errors, key=_place)

    @property
    def warnings(self) -> list[Problem]:
        return sorted(self._warnings, key=_place)

    def __bool__(self) -> bool:
        """Whether there is an error."""
        return bool(self._errors)

    def error(self, row: Row, field: str, reason: str) -> None:
        self._errors.append(_problem(row, field, reason))

    def warn(self, row: Row, field: str, reason: str) -> None:
        self._warnings.append(_problem(row, field, reason))

    def sheet_error(self, sheet: str, reason: str, *, row: int = 0, column: str = "") -> None:
        self._errors.append(Problem(sheet, row, column, reason))

    def sheet_warning(self, sheet: str, reason: str, *, row: int = 0, column: str = "") -> None:
        self._warnings.append(Problem(sheet, row, column, reason))


def _problem(row: Row, field: str, reason: str) -> Problem:
    return Problem(row.sheet, row.number, row.columns()[field].title if field else "", reason)


def _place(problem: Problem) -> tuple[int, int]:
    return _ORDER.get(problem.sheet, -1), problem.row
