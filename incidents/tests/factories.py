"""Plain functions that make categories, incidents, declared figures and awards for tests."""

import datetime as dt
from itertools import count
from typing import Any

from cluster.models import Cluster, PoliceUnit
from cluster.tests.factories import make_cluster, make_unit
from incidents.models import Award, Category, DeclaredFigure, Incident

_numbers = count(1)


def make_category(*, cluster: Cluster | None = None, name: str = "", **fields: Any) -> Category:
    return Category.objects.create(
        cluster=cluster or make_cluster(), name=name or f"Loại vụ việc {next(_numbers)}", **fields
    )


def make_incident(
    *,
    cluster: Cluster | None = None,
    occurred_on: dt.date = dt.date(2017, 6, 1),
    category: Category | None = None,
    unit: PoliceUnit | None = None,
    **fields: Any,
) -> Incident:
    """An incident handled by the cluster's first member unit, or by one known within it."""
    cluster = cluster or (category.cluster if category else make_cluster())
    return Incident.objects.create(
        cluster=cluster,
        occurred_on=occurred_on,
        category=category or cluster.categories.first() or make_category(cluster=cluster),
        unit=unit or _a_unit(cluster),
        **fields,
    )


def _a_unit(cluster: Cluster) -> PoliceUnit:
    member = PoliceUnit.objects.filter(memberships__party__cluster=cluster).order_by("memberships__pk").first()
    return member or make_unit(cluster=cluster)


def make_declared(
    *,
    cluster: Cluster | None = None,
    metric: str = "incidents",
    year: int = 2016,
    value: int = 0,
    **fields: Any,
) -> DeclaredFigure:
    """A declared figure of a calendar year, unless ``date_from`` and ``date_to`` say otherwise."""
    dates = {"date_from": dt.date(year, 1, 1), "date_to": dt.date(year, 12, 31)}
    return DeclaredFigure.objects.create(
        cluster=cluster or make_cluster(), metric=metric, value=value, **(dates | fields)
    )


def make_award(
    *,
    cluster: Cluster | None = None,
    decided_on: dt.date = dt.date(2017, 12, 15),
    recipient: str = Award.Recipient.COLLECTIVE,
    **fields: Any,
) -> Award:
    number = next(_numbers)
    texts = {"decision_number": f"{number}/QĐ-KT", "form": "Giấy khen", "name": f"Tập thể {number}"}
    return Award.objects.create(
        cluster=cluster or make_cluster(), decided_on=decided_on, recipient=recipient, **(texts | fields)
    )
