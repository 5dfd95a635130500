"""The check of the import's promise, small, and its own control: it says so when something does not hold."""

import pytest

from reports.verify_imports import MEGABYTES, PROMISED, SECONDS, Run, main, too_much, wrong_counts

# By itself, without the fixtures.
pytestmark = pytest.mark.database


def test_import_of_a_few_patrols_is_exact_and_repeatable():
    assert main(patrols=30) == []


def test_wrong_counts_are_found():
    found = {
        "patrols_jointpatrol": 13,
        "patrols_contingent": 77,
        "patrols_contingent_officers": 78,
        "cluster_officer": 36,
    }
    assert wrong_counts(found, 13) == ["patrols_contingent: 77 rows, not 78"]


def test_too_much_time_or_memory_is_found_at_the_promised_size():
    slow_and_big = Run(seconds=SECONDS + 1, megabytes=MEGABYTES + 1)
    assert len(too_much(slow_and_big, PROMISED)) == 2
    assert too_much(slow_and_big, PROMISED - 1) == []
    assert too_much(Run(seconds=SECONDS, megabytes=MEGABYTES), PROMISED) == []
