"""The test run's size of `make verify-figures`, and its controls: mistakes on purpose that it must find."""

import pytest

from reports.faults.signed import world
from reports.verify_figures import SMALL, tried, with_a_snapshot_made_anew, without_seals

pytestmark = pytest.mark.django_db


def test_no_order_of_steps_changes_what_was_signed():
    assert tried(world(), SMALL) == ""


@pytest.mark.parametrize("mistake", [without_seals, with_a_snapshot_made_anew])
def test_mistake_is_found(mistake):
    made = world()
    with mistake():
        assert tried(made, SMALL) != ""
