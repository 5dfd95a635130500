"""A patrol that one side logged and the other has not answered for yet, and what a browser sends of a line."""

from typing import Any

from patrols.models import Contingent, JointPatrol
from patrols.tests.factories import make_patrol


def logged_for(unit: Any, *, cluster: Any, **fields: Any) -> JointPatrol:
    """A patrol of two units, recorded for one of them: its own line is confirmed, the other waits."""
    patrol = make_patrol(cluster=cluster, lead_unit=unit, recorded_unit=unit, route="Quốc lộ 1A", headcount=5, **fields)
    patrol.contingents.filter(unit=unit).update(state=Contingent.State.CONFIRMED)
    return patrol


def path_of(line: Contingent, verb: str) -> str:
    return f"/clusters/{line.cluster.slug}/patrols/{line.patrol.client_id}/lines/{line.pk}/{verb}/"


def stored(line: Contingent) -> Contingent:
    return Contingent.objects.get(pk=line.pk)


def word_of(line: Contingent) -> tuple[str, int, str]:
    """State, number and reason as they stand."""
    line = stored(line)
    return line.state, line.headcount, line.reason
