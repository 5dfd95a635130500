"""System checks that refuse an engine mode which can lose or corrupt records (security.md 1)."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

# WAL is safe only where SQLite's race in it is mended.
_WAL_IS_SAFE_FROM = (3, 51, 3)
_WAL_IS_SAFE_IN = ((3, 44, 6), (3, 50, 7))
_FULL, _EXTRA = 2, 3


@register(Tags.database)
def sqlite_engine_mode(databases: Sequence[str] | None = None, **kwargs: Any) -> list[CheckMessage]:
    """Read the pragmas back on a live connection; run by ``migrate`` and ``check --database default``."""
    return [
        message
        for alias in databases or ()
        if connections[alias].vendor == "sqlite"
        for message in _sqlite_errors(connections[alias])
    ]


def _sqlite_errors(connection: Any) -> list[CheckMessage]:
    with connection.cursor() as cursor:
        mode, synchronous, foreign_keys = (
            cursor.execute(f"PRAGMA {name}").fetchone()[0] for name in ("journal_mode", "synchronous", "foreign_keys")
        )
    return sqlite_errors(
        version=connection.Database.sqlite_version_info,
        journal_mode=mode,
        synchronous=synchronous,
        foreign_keys=bool(foreign_keys),
        transaction_mode=connection.settings_dict["OPTIONS"].get("transaction_mode"),
        in_memory=connection.is_in_memory_db(),
    )


def sqlite_errors(
    *,
    version: tuple[int, int, int],
    journal_mode: str,
    synchronous: int,
    foreign_keys: bool,
    transaction_mode: str | None,
    in_memory: bool = False,
) -> list[CheckMessage]:
    """The reasons, if any, why SQLite in this mode must not hold records.

    A test database in memory keeps its journal there too; a file with such a journal is lost with the process.
    """
    errors: list[CheckMessage] = []
    if transaction_mode != "IMMEDIATE":
        errors.append(
            Error(
                "SQLite transactions are not IMMEDIATE: writers that meet lose records.",
                hint="Set OPTIONS['transaction_mode'] = 'IMMEDIATE' in cluster/settings.py.",
                id="cluster.E001",
            )
        )
    if journal_mode == "wal" and not (version >= _WAL_IS_SAFE_FROM or version in _WAL_IS_SAFE_IN):
        errors.append(
            Error(
                f"SQLite {'.'.join(map(str, version))} can corrupt the file in WAL mode.",
                hint="Use journal_mode=DELETE with synchronous=EXTRA.",
                id="cluster.E002",
            )
        )
    if (journal_mode == "wal" and synchronous < _FULL) or (journal_mode == "delete" and synchronous < _EXTRA):
        errors.append(
            Error(
                f"SQLite with journal_mode={journal_mode} and synchronous={synchronous} can lose answered writes.",
                hint="Use DELETE with EXTRA, or WAL with FULL.",
                id="cluster.E003",
            )
        )
    if journal_mode not in ("wal", "delete") and not (in_memory and journal_mode == "memory"):
        errors.append(
            Error(f"SQLite journal_mode={journal_mode} is not allowed.", hint="Use DELETE.", id="cluster.E004")
        )
    if not foreign_keys:
        errors.append(
            Error("SQLite does not enforce foreign keys.", hint="Set PRAGMA foreign_keys=ON.", id="cluster.E005")
        )
    return errors
