import datetime as dt
from typing import Any

import pytest
from django.utils import timezone, translation

from cluster.models import User
from cluster.tests.factories import TwoPartyCluster
from patrols.models import JointPatrol
from patrols.tests.entries import line_entry, patrol_entry
from patrols.tests.factories import make_patrol
from patrols.tests.lines import logged_for


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


@pytest.fixture
def patrol_of_both(two_party_cluster, recorder):
    """Logged by the recorder; the line of the partner's unit waits."""
    world = two_party_cluster
    return logged_for(world.unit, cluster=world.cluster, recorded_by=recorder)


@pytest.fixture
def waiting_line(patrol_of_both, two_party_cluster):
    return patrol_of_both.contingents.get(unit=two_party_cluster.partner_unit)


@pytest.fixture
def plan(two_party_cluster: TwoPartyCluster, recorder: User) -> JointPatrol:
    """A patrol that the recorder's unit leads in a week, 21:00 to 01:00, with both sides."""
    world = two_party_cluster
    night = timezone.localdate() + dt.timedelta(days=7)
    start = dt.datetime.combine(night, dt.time(21), timezone.get_default_timezone())
    return make_patrol(
        cluster=world.cluster,
        status="scheduled",
        starts_at=None,
        planned_start=start,
        planned_end=start + dt.timedelta(hours=4),
        lead_unit=world.unit,
        force=world.force,
        recorded_by=recorder,
        recorded_unit=world.unit,
    )
