"""Plain functions that make what the reports app keeps."""

import datetime as dt
from itertools import count
from typing import Any

from cluster.models import Cluster
from reports.models import Workplan

_numbers = count(1)


def make_workplan(*, cluster: Cluster, year: int = 2017, metrics: tuple[str, ...] = (), **fields: Any) -> Workplan:
    """A plan for a calendar year that sets 10 of each of the metrics."""
    dates = {"date_from": dt.date(year, 1, 1), "date_to": dt.date(year, 12, 31)}
    plan = Workplan.objects.create(cluster=cluster, **({"name": f"Kế hoạch {next(_numbers)}"} | dates | fields))
    for metric in metrics:
        plan.targets.create(metric=metric, amount=10)
    return plan
