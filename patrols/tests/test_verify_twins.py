"""A small size of `make verify-twins`, and the control that it must tell from the real thing."""

from collections import Counter

import pytest

from patrols.verify_twins import MISSES, by_date_alone, make, measure

pytestmark = pytest.mark.django_db
COUNT = 300


@pytest.mark.parametrize("seed", [1, 2])
def test_twins_are_found_and_near_misses_left_alone(seed):
    quality = measure(make(COUNT, seed))
    assert quality.holds, f"recall {quality.recall:.3f}, precision {quality.precision:.3f}, {quality.false}"


def test_a_scorer_by_date_alone_fails():
    assert not measure(make(COUNT, 1), by_date_alone).holds


def test_a_seed_makes_the_same_records_and_as_many_as_promised():
    records = make(COUNT, 1)
    kinds = Counter(made.kind for made in records)
    assert records == make(COUNT, 1)
    assert (len(records), kinds["twin"], sum(kinds[kind] for kind in MISSES)) == (COUNT, 30, 30)
    assert all(kinds[kind] for kind in MISSES)
