from typing import Any

import pytest
from django.utils import translation

from cluster.tests.factories import TwoPartyCluster
from patrols.tests.entries import line_entry, patrol_entry


@pytest.fixture(autouse=True)
def english_texts(settings):
    """The messages are asserted as the code writes them; the catalogue has tests of its own."""
    settings.LANGUAGE_CODE = "en"
    with translation.override("en"):
        yield


@pytest.fixture
def entry(two_party_cluster: TwoPartyCluster) -> dict[str, Any]:
    """Both sides of the cluster on one night, three people each, posted by the first."""
    world = two_party_cluster
    return patrol_entry(
        line_entry(0, unit=world.unit, force=world.force),
        line_entry(1, unit=world.partner_unit, force=world.force),
        lead=world.unit,
    )
