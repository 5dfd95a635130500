"""The promise of the import, tried by the real command: `python -m reports.verify_imports [--patrols N]`.

A workbook of N patrols with six lines each goes into a fresh SQLite database, twice. At any N the counts must be exact
and the second run must change nothing; from 10,000 patrols on, the first must also keep to its time and memory.
"""

import argparse
import datetime as dt
import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import xlsxwriter

SMALL, PROMISED = 300, 10_000
SECONDS, MEGABYTES = 120, 300
SLUG = "cum-thu"
TOP = Path(__file__).resolve().parent.parent
UNITS = tuple((f"Huyện {side}", f"Công an xã {side} {number}") for side in ("Đông", "Tây") for number in (1, 2, 3))
# Twelve years of a busy cluster: every other line names two of twelve officers of its unit.
FIRST_NIGHT = dt.datetime(2012, 1, 1, 21)  # noqa: DTZ001  Excel knows no zone
HEADCOUNT, NAMES = 4, 12
TABLES = ("patrols_jointpatrol", "patrols_contingent", "patrols_contingent_officers", "cluster_officer")
HISTORY = tuple(
    f"{app}_historical{model}"
    for app, model in (
        ("patrols", "jointpatrol"),
        ("patrols", "contingent"),
        ("patrols", "contingent_officers"),
        ("cluster", "officer"),
        ("cluster", "policeunit"),
    )
)


@dataclass(frozen=True)
class Run:
    seconds: float
    megabytes: float


def main(patrols: int) -> list[str]:
    """Run it and say what was measured; returns what does not hold."""
    with tempfile.TemporaryDirectory() as folder:
        file, database = Path(folder) / "workbook.xlsx", Path(folder) / "db.sqlite3"
        write_workbook(file, patrols)
        manage(database, "migrate", "--verbosity", "0")
        first = manage(database, "import_workbook", str(file), "--cluster", SLUG, "--create")
        rows, history = counts(database, TABLES), counts(database, HISTORY)
        second = manage(database, "import_workbook", str(file), "--cluster", SLUG)
        print(f"{patrols} patrols with {patrols * len(UNITS)} lines")
        for name, run in (("first", first), ("again", second)):
            speed = patrols * (len(UNITS) + 1) / run.seconds
            print(f"{name}: {run.seconds:.1f} s, {run.megabytes:.0f} MB at most, {speed:.0f} rows a second")
        failures = [*wrong_counts(rows, patrols), *too_much(first, patrols)]
        if (counts(database, TABLES), counts(database, HISTORY)) != (rows, history):
            failures.append("the second run changed something")
    return failures


def write_workbook(file: Path, patrols: int) -> None:
    with xlsxwriter.Workbook(file, {"constant_memory": True, "default_date_format": "dd/mm/yyyy hh:mm"}) as book:
        sheets: dict[str, Iterable[tuple[object, ...]]] = {
            "Cụm": [("Tên cụm",), ("Cụm thử",)],
            "Đơn vị thành viên": [("Bên", "Đơn vị"), *UNITS],
            "Ca tuần tra": _patrols(patrols),
            "Lực lượng": _lines(patrols),
        }
        for title, rows in sheets.items():
            page = book.add_worksheet(title)
            for number, row in enumerate(rows):
                page.write_row(number, 0, row)


def _patrols(count: int) -> Iterator[tuple[object, ...]]:
    yield "Mã ca", "Bắt đầu", "Kết thúc", "Tuyến", "Đơn vị chủ trì", "Kết quả"
    for number in range(count):
        start = FIRST_NIGHT + dt.timedelta(hours=10 * number)
        unit = UNITS[number % len(UNITS)][1]
        yield f"TT-{number:05}", start, start + dt.timedelta(hours=5), f"Tuyến {number % 40}", unit, "An toàn"


def _lines(count: int) -> Iterator[tuple[object, ...]]:
    yield "Mã ca", "Đơn vị", "Lực lượng", "Số người", "Họ tên"
    for number in range(count):
        for position, (_party, unit) in enumerate(UNITS):
            names = f"Lê Văn A{number % NAMES}; Lê Văn A{(number + 1) % NAMES}" if position % 2 else ""
            yield f"TT-{number:05}", unit, "Công an xã", HEADCOUNT, names


def manage(database: Path, *command: str) -> Run:
    """Run ``manage.py`` to its end. The memory is that of the whole process tree, looked at while it runs."""
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{database}", "SECRET_KEY": "verify-imports-" * 3}
    started, most = time.monotonic(), 0.0
    arguments = [sys.executable, "manage.py", *command]
    with subprocess.Popen(arguments, cwd=TOP, env=environment, stdout=subprocess.DEVNULL) as child:  # noqa: S603
        while child.poll() is None:
            most = max(most, _tree_megabytes(child.pid))
            time.sleep(0.05)
    if child.returncode:
        raise SystemExit(f"{' '.join(command)} ended with {child.returncode}")
    return Run(time.monotonic() - started, most)


def _tree_megabytes(pid: int) -> float:
    """The resident memory of the process and its children now; pages they share count for each."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (OSError, IndexError):  # it has just ended
        return 0.0
    own = pages * os.sysconf("SC_PAGE_SIZE") / 2**20
    return own + sum(_tree_megabytes(int(child)) for child in children)


def counts(database: Path, tables: tuple[str, ...]) -> dict[str, int]:
    with closing(sqlite3.connect(database)) as connection:
        return {name: connection.execute(f"SELECT count(*) FROM {name}").fetchone()[0] for name in tables}  # noqa: S608


def wrong_counts(found: dict[str, int], patrols: int) -> list[str]:
    named = len(UNITS) // 2
    officers = min(NAMES, patrols + 1) * named if patrols else 0
    wanted = dict(zip(TABLES, (patrols, patrols * len(UNITS), patrols * named * 2, officers), strict=True))
    return [f"{name}: {found[name]} rows, not {wanted[name]}" for name in TABLES if found[name] != wanted[name]]


def too_much(run: Run, patrols: int) -> list[str]:
    if patrols < PROMISED:
        return []
    failures = [f"it took more than {SECONDS} s"] if run.seconds > SECONDS else []
    return failures + ([f"it took more than {MEGABYTES} MB"] if run.megabytes > MEGABYTES else [])


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--patrols", type=int, default=SMALL, metavar="N")
    found = main(parser.parse_args().patrols)
    sys.exit("\n".join(f"FAILED: {line}" for line in found) or 0)
