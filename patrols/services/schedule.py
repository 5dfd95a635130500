"""The schedule: patrols planned once or in a series, put off, cancelled and planned again."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.utils import timezone

from cluster.models import Cluster, User
from cluster.services import claim_version, create_all, create_once, save_with_history
from patrols.models import JointPatrol
from patrols.services.patrol import PatrolData, add_lines, recording_unit

Status = JointPatrol.Status


class NotPlanned(Exception):
    """The patrol is over, or does not stand where the verb begins (answer 409)."""


@dataclass(frozen=True, kw_only=True)
class Hours:
    """When a patrol is planned for; aware, the end may be open."""

    start: dt.datetime
    end: dt.datetime | None = None


def plan_patrols(
    *,
    cluster: Cluster,
    client_id: uuid.UUID,
    plans: Sequence[PatrolData],
    by: User,
    own_units: frozenset[int],
    now: dt.datetime,
) -> tuple[list[JointPatrol], bool]:
    """Write the patrols of one form, each a record of its own, all or none.

    The first bears the form's client id and stands for the series: its hash is of all dates, so that a second copy
    of the form is known whatever else it holds. Returns the patrols and whether they are new. Raises
    ``ContentDiffers`` where the client id has other content.
    """
    ids = [client_id, *(uuid.uuid5(client_id, _day(plan).isoformat()) for plan in plans[1:])]

    def make(digest: str) -> JointPatrol:
        rows = [_planned(plan, cluster, by=by, own_units=own_units, now=now) for plan in plans]
        for row, row_id in zip(rows, ids, strict=True):
            row.client_id, row.content_hash = row_id, digest
        written = create_all(JointPatrol, rows, by=by, now=now)
        add_lines(
            [(row, line) for row, plan in zip(written, plans, strict=True) for line in plan.lines], by=by, now=now
        )
        return written[0]

    content = {"cluster": cluster, "series": [plan.content() for plan in plans]}
    _first, is_new = create_once(JointPatrol, client_id=client_id, content=content, make=make)
    return list(JointPatrol.objects.filter(client_id__in=ids).order_by("local_date")), is_new


def _day(plan: PatrolData) -> dt.date:
    if plan.planned_start is None:
        raise ValueError("A plan needs a planned start.")
    return timezone.localdate(plan.planned_start)


def _planned(
    plan: PatrolData, cluster: Cluster, *, by: User, own_units: frozenset[int], now: dt.datetime
) -> JointPatrol:
    """For the planner's unit; a coordinator plans for the unit that leads."""
    patrol = JointPatrol(cluster=cluster, recorded_by=by, recorded_at=now)
    patrol.recorded_unit = recording_unit(plan, own_units=own_units) or plan.lead_unit
    plan.apply_to(patrol)
    return patrol


@transaction.atomic
def postpone_patrol(patrol: JointPatrol, *, version: int, reason: str, hours: Hours | None, by: User) -> None:
    """Put a plan off, to new hours or until somebody knows them. Raises ``StaleVersion`` and ``NotPlanned``."""
    _claim(patrol, version=version, among=(Status.SCHEDULED, Status.POSTPONED))
    patrol.status, patrol.status_reason = Status.SCHEDULED if hours else Status.POSTPONED, reason
    _save(patrol, hours, by=by, reason=reason)


@transaction.atomic
def cancel_patrol(patrol: JointPatrol, *, version: int, reason: str, by: User) -> None:
    """Give a plan up; it stays in the schedule, with the reason. Raises ``StaleVersion`` and ``NotPlanned``."""
    _claim(patrol, version=version, among=(Status.SCHEDULED, Status.POSTPONED))
    patrol.status, patrol.status_reason = Status.CANCELLED, reason
    _save(patrol, None, by=by, reason=reason)


@transaction.atomic
def reschedule_patrol(patrol: JointPatrol, *, version: int, reason: str, hours: Hours, by: User) -> None:
    """Plan anew what was put off or cancelled. Raises ``StaleVersion`` and ``NotPlanned``."""
    _claim(patrol, version=version, among=(Status.POSTPONED, Status.CANCELLED))
    patrol.status, patrol.status_reason = Status.SCHEDULED, reason
    _save(patrol, hours, by=by, reason=reason)


def _claim(patrol: JointPatrol, *, version: int, among: Sequence[Status]) -> None:
    """The version first: who saw another state is told of that before anything else."""
    claim_version(patrol, version=version)
    if patrol.status not in among:
        raise NotPlanned


def _save(patrol: JointPatrol, hours: Hours | None, *, by: User, reason: str) -> None:
    if hours:
        patrol.planned_start, patrol.planned_end = hours.start, hours.end
        patrol.local_date = timezone.localdate(hours.start)
    save_with_history(patrol, by=by, reason=reason)
    for line in patrol.contingents.exclude(local_date=patrol.local_date):
        line.local_date = patrol.local_date
        save_with_history(line, by=by, reason=reason)
