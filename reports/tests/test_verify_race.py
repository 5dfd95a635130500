"""The race at the test run's size, on the database of this run, and its own control: it says so when it is lost."""

from collections import Counter

import pytest
from django.db import connection

from reports.faults.race import Outcome
from reports.verify_race import SMALL, control, main, on_postgres, promised

# By itself, without the fixtures.
pytestmark = pytest.mark.database


def test_race_is_won():
    if connection.vendor == "sqlite":
        assert main(SMALL) == []
    else:
        assert on_postgres(SMALL) == 0


def test_broken_promise_is_said(capsys):
    outcome = Outcome("SQLite: 2 × 4", wanted=2, stored=1, lost=1, answers=Counter({302: 4, 500: 4}))
    outcome.demand("every record is stored", holds=not outcome.lost)
    outcome.demand("no record is stored twice", holds=not outcome.duplicated)
    assert promised(outcome) == ["SQLite: 2 × 4: broken: every record is stored"]
    assert "302×4 500×4" in capsys.readouterr().out
    assert outcome.errors == 4


def test_control_that_shows_nothing_is_said():
    outcome = Outcome("  control", wanted=1)
    assert control(outcome, shows=lambda outcome: outcome.lost > 0) == [
        "control: the mistake did not show; the try above proves nothing"
    ]
