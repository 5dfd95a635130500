"""The engine gate: SQLite only in a mode that loses nothing (security.md 1, stack.md)."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core import checks
from django.db.utils import ConnectionHandler

from cluster.checks import sqlite_engine_mode, sqlite_errors

# By itself, without the fixtures.
pytestmark = pytest.mark.database

SAFE = {
    "version": (3, 40, 1),
    "journal_mode": "delete",
    "synchronous": 3,
    "foreign_keys": True,
    "transaction_mode": "IMMEDIATE",
}
SAFE_WAL = SAFE | {"version": (3, 51, 3), "journal_mode": "wal", "synchronous": 2}


def ids_of(mode):
    return [message.id for message in sqlite_errors(**mode)]


@pytest.mark.parametrize(
    "mode",
    [
        SAFE,
        SAFE_WAL,
        SAFE_WAL | {"synchronous": 3},
        SAFE_WAL | {"version": (3, 52, 0)},
        SAFE_WAL | {"version": (3, 50, 7)},
        SAFE_WAL | {"version": (3, 44, 6)},
        SAFE | {"journal_mode": "memory", "in_memory": True},
    ],
)
def test_safe_mode_passes(mode):
    assert ids_of(mode) == []


@pytest.mark.parametrize("transaction_mode", ["DEFERRED", "EXCLUSIVE", "immediate", None])
def test_transactions_that_are_not_immediate_are_refused(transaction_mode):
    assert ids_of(SAFE | {"transaction_mode": transaction_mode}) == ["cluster.E001"]


@pytest.mark.parametrize(
    "version", [(3, 7, 0), (3, 40, 1), (3, 44, 5), (3, 44, 7), (3, 50, 6), (3, 50, 8), (3, 51, 0), (3, 51, 2)]
)
def test_wal_with_the_race_is_refused(version):
    assert ids_of(SAFE_WAL | {"version": version}) == ["cluster.E002"]


@pytest.mark.parametrize(
    "mode",
    [
        SAFE | {"synchronous": 2},
        SAFE | {"synchronous": 1},
        SAFE | {"synchronous": 0},
        SAFE_WAL | {"synchronous": 1},
        SAFE_WAL | {"synchronous": 0},
    ],
)
def test_weak_synchronous_is_refused(mode):
    assert ids_of(mode) == ["cluster.E003"]


@pytest.mark.parametrize("journal_mode", ["off", "truncate", "persist", "memory"])
def test_unknown_journal_mode_is_refused(journal_mode):
    assert ids_of(SAFE | {"journal_mode": journal_mode}) == ["cluster.E004"]


def test_missing_foreign_keys_are_refused():
    assert ids_of(SAFE | {"foreign_keys": False}) == ["cluster.E005"]


def test_every_fault_is_named_with_a_hint():
    worst = {"version": (3, 40, 1), "journal_mode": "wal", "synchronous": 0}
    messages = sqlite_errors(**worst, foreign_keys=False, transaction_mode=None)
    assert [message.id for message in messages] == ["cluster.E001", "cluster.E002", "cluster.E003", "cluster.E005"]
    assert all(message.hint and message.level == checks.ERROR for message in messages)


@pytest.mark.django_db
def test_the_database_of_the_tests_passes():
    assert sqlite_engine_mode(databases=["default"]) == []


def test_no_database_is_touched_unasked():
    assert sqlite_engine_mode(databases=None) == []


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("pragmas", "errors"),
    [
        ("PRAGMA journal_mode=DELETE; PRAGMA synchronous=EXTRA", []),
        ("PRAGMA journal_mode=DELETE; PRAGMA synchronous=FULL", ["cluster.E003"]),
        ("PRAGMA journal_mode=TRUNCATE; PRAGMA synchronous=EXTRA", ["cluster.E004"]),
        ("PRAGMA journal_mode=MEMORY; PRAGMA synchronous=EXTRA", ["cluster.E004"]),
        ("PRAGMA synchronous=EXTRA; PRAGMA foreign_keys=OFF", ["cluster.E005"]),
    ],
)
def test_pragmas_are_read_back_from_the_live_connection(tmp_path, monkeypatch, pragmas, errors):
    """A setting says what somebody meant; the connection says what holds."""
    options = {"transaction_mode": "IMMEDIATE", "init_command": pragmas}
    engine = {"ENGINE": "django.db.backends.sqlite3", "NAME": tmp_path / "db.sqlite3", "OPTIONS": options}
    handler = ConnectionHandler({"default": engine})
    monkeypatch.setattr("cluster.checks.connections", handler)
    found = sqlite_engine_mode(databases=["default"])
    handler.close_all()
    assert [message.id for message in found] == errors


def test_settings_give_a_file_a_safe_mode(tmp_path):
    environment = os.environ | {"DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}"}
    command = [sys.executable, "manage.py", "check", "--database", "default"]
    done = subprocess.run(command, cwd=settings.BASE_DIR, env=environment, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
