"""Plain functions that make briefings, their patterns and their conclusions for tests."""

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Model
from django.utils import timezone

from cluster.briefing_services import follow_up
from cluster.models import Briefing, BriefingHost, BriefingPattern, Cluster, Conclusion, FollowUp, Party, PoliceUnit
from cluster.tests.factories import TwoPartyCluster, make_unit


def make_briefing(
    *,
    cluster: Cluster,
    level: str = "commune",
    cycle: str = "month",
    number: int | None = None,
    year: int = 2017,
    held_on: dt.date | None = dt.date(2017, 6, 20),
    host_unit: PoliceUnit | None = None,
    host_party: Party | None = None,
    **fields: Any,
) -> Briefing:
    """Of the month in which it was held unless told otherwise; hosted by a unit known within the cluster."""
    day = held_on or fields["planned_on"]
    host = {} if host_party else {"host_unit": host_unit or make_unit(cluster=cluster)}
    return Briefing.objects.create(
        cluster=cluster,
        level=level,
        cycle=cycle,
        number=day.month if number is None else number,
        year=year,
        held_on=held_on,
        host_party=host_party,
        **host,
        **fields,
    )


def make_pattern(
    *,
    cluster: Cluster,
    hosts: Sequence[PoliceUnit | Party] = (),
    date_from: dt.date = dt.date(2017, 1, 1),
    **fields: Any,
) -> BriefingPattern:
    """Monthly at commune level, due by the 25th, unless told otherwise."""
    kind = {"level": "commune", "cycle": "month", "due_day": 25}
    pattern = BriefingPattern.objects.create(cluster=cluster, date_from=date_from, **(kind | fields))
    pattern.write_part("hosts", tuple(hosts))
    return pattern


def make_conclusion(
    *, briefing: Briefing, text: str = "Tăng cường tuần tra tuyến rừng thông", **fields: Any
) -> Conclusion:
    """Of a body in words unless a unit or party is named."""
    owner = {} if {"owner_unit", "owner_party"} & fields.keys() else {"owner_body": "Ban điều hành cụm"}
    return Conclusion.objects.create(
        **({"cluster": briefing.cluster, "briefing": briefing, "text": text} | owner | fields)
    )


def meetings_of(
    where: TwoPartyCluster, unit: PoliceUnit, *, day: dt.date, **record: Any
) -> Iterable[tuple[str, Model]]:
    """A pattern, a briefing with a conclusion, and an earlier one whose conclusion it has to follow up."""
    number = Briefing.objects.filter(cluster=where.cluster).count() // 3 + 1
    earlier = make_briefing(cluster=where.cluster, cycle="quarter", number=number, held_on=day, host_unit=unit)
    carried = make_conclusion(briefing=earlier, due_on=day)
    follow_up(carried, version=1, briefing=None, noted_on=day, state="open", note="Đang làm", by=None)
    briefing = make_briefing(number=number, held_on=day, host_unit=unit, **record)
    briefing.units.set(where.units)
    today = timezone.localdate()
    make_briefing(cluster=where.cluster, cycle="extra", number=0, held_on=None, planned_on=today, host_unit=unit)
    yield "briefing", briefing
    yield "conclusion", make_conclusion(briefing=briefing, owner_unit=unit, **record)
    # A cluster has one pattern of a level at a time: each holds for a day of a year of its own.
    start = dt.date(day.year - number, 1, 1)
    yield "pattern", make_pattern(hosts=where.units, date_from=start, date_to=start, **record)


def grow_the_meetings(rows: dict[str, dict[str, Any]], unit: PoliceUnit, *, cluster: Cluster, number: int) -> None:
    """More briefings, conclusions of and for those that pages show, and places in the order of hosts."""
    shown = rows["briefing"]["recorder"]
    day = shown.held_on
    held = make_briefing(cluster=cluster, number=number % 12 + 1, year=2000 + number, host_unit=unit, held_on=day)
    held.units.add(unit)
    for briefing in (held, shown, *Briefing.objects.filter(cluster=cluster, cycle="quarter")):
        conclusion = make_conclusion(briefing=briefing, owner_unit=unit, due_on=day)
        FollowUp.objects.create(conclusion=conclusion, briefing=held, noted_on=day, state="open")
    shown.units.add(unit)
    BriefingHost.objects.create(pattern=rows["pattern"]["recorder"], position=number + 10, unit=unit)
    planned = timezone.localdate() - dt.timedelta(days=number)
    make_briefing(cluster=cluster, cycle="extra", number=0, held_on=None, planned_on=planned, host_unit=unit)
