"""The rows of the official form's table, and what checks of them have in common."""

import csv
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from cluster.paper.checker.anatomy import Anatomy
from cluster.paper.checker.opened import Line, Run

TABLE = Path(__file__).parents[2] / "data" / "nd30_format.csv"


@dataclass(frozen=True)
class Fault:
    """Where a file departs from a row of the table."""

    element: str
    text: str

    def __str__(self) -> str:
        return f"{self.element}: {self.text}"


@dataclass(frozen=True)
class Rule:
    """What a row says that needs no words: sizes in points, weight and slant; None where it says nothing."""

    element: str
    sizes: tuple[float, float] | None
    bold: bool | None
    italic: bool | None


Check = Callable[[Anatomy, Rule], Iterator[str]]
CHECKS: dict[str, Check] = {}


def rules(table: Path = TABLE) -> list[Rule]:
    with table.open(encoding="utf-8", newline="") as lines:
        return [_rule(row) for row in csv.DictReader(lines)]


def _rule(row: dict[str, str]) -> Rule:
    low, _dash, high = row["size_pt"].partition("-")
    style = row["style"]
    return Rule(
        row["element"],
        (float(low), float(high or low)) if low else None,
        ("đậm" in style and "không đậm" not in style) if style else None,
        "nghiêng" in style if style else None,
    )


def checks(element: str) -> Callable[[Check], Check]:
    """The function is the check of this row of the table."""

    def register(check: Check) -> Check:
        CHECKS[element] = check
        return check

    return register


def looks(line: Line, rule: Rule, *, align: str = "", bold: bool | None = None) -> Iterator[str]:
    """What of the row's size, weight and slant a line has not, and where it stands."""
    for run in line.runs:
        yield from run_looks(run, rule, bold=rule.bold if bold is None else bold)
    if align and line.align != align:
        yield f"“{short(line.text)}” không canh {_ALIGNED[align]}"


_ALIGNED = {"center": "giữa", "left": "lề trái", "justify": "đều hai lề"}


def run_looks(run: Run, rule: Rule, *, bold: bool | None) -> Iterator[str]:
    said = short(run.text)
    if rule.sizes and (run.size is None or not rule.sizes[0] <= run.size <= rule.sizes[1]):
        yield f"“{said}” cỡ {run.size or '?'}, không phải {rule.sizes[0]:g}–{rule.sizes[1]:g}"
    if bold is not None and run.bold != bold:
        yield f"“{said}” {'chữ đậm' if run.bold else 'không đậm'}"
    if rule.italic is not None and run.italic != rule.italic:
        yield f"“{said}” {'chữ nghiêng' if run.italic else 'không nghiêng'}"


def short(text: str) -> str:
    return text if len(text) <= 40 else f"{text[:39]}…"


def capitals(line: Line) -> Iterator[str]:
    if line.text != line.text.upper():
        yield f"“{short(line.text)}” không in hoa"


def listed(texts: list[str]) -> Iterator[str]:
    """Each behind a dash and with a semicolon, the last with a full stop."""
    for place, text in enumerate(texts):
        end = "." if place == len(texts) - 1 else ";"
        if not text.startswith("- ") or not text.endswith(end):
            yield f"“{short(text)}” không gạch đầu dòng hoặc không kết thúc bằng “{end}”"
