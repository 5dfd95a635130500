"""Several writers at once, each with a connection of its own, on both databases.

The tests' SQLite lives in memory, where a second writer is refused rather than made to wait, so the writers get a copy
in a file, as an installation has it.
"""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Barrier
from typing import Any

from django.db import connection, connections

Call = Callable[[], Any]


def at_once(calls: Sequence[Call], *, refusals: tuple[type[Exception], ...], then: Call, folder: Path) -> Any:
    """What each call answered, or the kind of its refusal, and what ``then`` finds afterwards."""
    file = None
    if connection.vendor == "sqlite":
        file = folder / "race.sqlite3"
        with connection.cursor() as cursor:
            cursor.execute("VACUUM INTO %s", [str(file)])
    start = Barrier(len(calls))

    def run(call: Call) -> Any:
        start.wait(timeout=30)
        try:
            return call()
        except refusals as refusal:
            return type(refusal)

    with ThreadPoolExecutor(len(calls)) as pool:
        answers = list(pool.map(lambda call: _alone(lambda: run(call), file), calls))
    with ThreadPoolExecutor(1) as pool:
        return answers, pool.submit(_alone, then, file).result()


def _alone(call: Call, file: Path | None) -> Any:
    """Run in this thread, over a connection that ends with it."""
    if file:
        own = connections.create_connection("default")
        own.settings_dict = {**own.settings_dict, "NAME": str(file)}
        connections["default"] = own
    try:
        return call()
    finally:
        connections["default"].close()
