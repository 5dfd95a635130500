"""The import itself: all of a workbook or nothing, in one transaction."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from cluster.models import Cluster, MemberUnit, Officer, Party, PoliceUnit, User
from cluster.official_units import load_official_units
from cluster.services import create_all, save_with_history
from incidents.models import Category
from incidents.services import import_records
from patrols.models import Campaign
from patrols.services import import_patrols
from reports.workbook.patrols import patrols_of, plan_patrols
from reports.workbook.people import People
from reports.workbook.plan import Plan, ground_of
from reports.workbook.read import Book, Progress
from reports.workbook.records import plan_awards, plan_declared, plan_incidents
from reports.workbook.schema import (
    AwardRow,
    CategoryRow,
    ClusterRow,
    DeclaredRow,
    IncidentRow,
    LineRow,
    MemberRow,
    PatrolRow,
)
from reports.workbook.setup import new_cluster, plan_categories, plan_cluster, plan_members


class ImportRefused(Exception):
    """The workbook has errors; nothing was written."""

    def __init__(self, plan: Plan) -> None:
        super().__init__()
        self.plan = plan


def make_plan(book: Book, *, cluster: Cluster | None, slug: str, create: bool = False) -> Plan:
    """Hold the workbook against what the cluster has. Without a cluster its first sheet sets one up."""
    problems = book.problems.copy()
    target = cluster or new_cluster(slug, book.rows(ClusterRow), problems)
    plan = Plan(cluster=target, problems=problems)
    ground = ground_of(plan, create=create)
    plan_cluster(ground, book.rows(ClusterRow))
    plan_members(ground, book.rows(MemberRow))
    plan_categories(ground, book.rows(CategoryRow))
    rows, lines, incidents = book.rows(PatrolRow), book.rows(LineRow), book.rows(IncidentRow)
    codes = {row.code for row in rows} | {row.patrol for row in lines} | {row.patrol for row in incidents}
    patrols, people = patrols_of(ground, codes - {""}, rows), People(ground.units)
    plan_patrols(ground, rows, lines, patrols, people)
    plan_incidents(ground, incidents, patrols)
    plan_awards(ground, book.rows(AwardRow), people)
    plan_declared(ground, book.rows(DeclaredRow))
    plan.officers = people.new
    return plan


@dataclass(frozen=True, kw_only=True)
class Order:
    """What to import where, and who answers for it."""

    slug: str
    by: User | None
    now: dt.datetime
    create: bool = False
    dry_run: bool = False


@transaction.atomic
def import_book(book: Book, order: Order, *, progress: Progress = lambda text: None) -> Plan:
    """Write what is new. Raises ``ImportRefused`` if anything is wrong.

    The plan is made inside the transaction, on the locked cluster: what changed since the preview is seen, and of two
    imports of one file the second finds everything there.
    """
    if order.create:
        load_official_units(by=order.by)
    progress(_("Comparing with what is stored …"))
    cluster = Cluster.objects.select_for_update().filter(slug=order.slug).first()
    plan = make_plan(book, cluster=cluster, slug=order.slug, create=order.create)
    if plan.problems:
        raise ImportRefused(plan)
    if order.dry_run:
        transaction.set_rollback(True)
    else:
        _write(plan, order, progress=progress)
    return plan


def _write(plan: Plan, order: Order, *, progress: Progress) -> None:
    by, now = order.by, order.now
    if plan.cluster.pk is None:
        save_with_history(plan.cluster, by=by)
    create_all(Party, plan.parties, by=by, now=now)
    create_all(PoliceUnit, plan.units, by=by, now=now)
    create_all(MemberUnit, plan.members, by=by, now=now)
    create_all(Category, plan.categories, by=by, now=now)
    create_all(Campaign, plan.campaigns, by=by, now=now)
    create_all(Officer, plan.officers, by=by, now=now)
    keys = import_patrols(
        cluster=plan.cluster,
        patrols=plan.patrols,
        added_lines=plan.added_lines,
        by=by,
        now=now,
        progress=_counter(progress, len(plan.patrols)),
    )
    for incident, code in plan.found_on:
        incident.patrol_id = keys[code]
    import_records(
        cluster=plan.cluster,
        incidents=plan.incidents,
        awards=plan.awards,
        declared=plan.declared,
        by=by,
        now=now,
    )


def _counter(progress: Progress, total: int) -> Callable[[int], None]:
    return lambda done: progress(_("Patrols written: %(done)d of %(total)d") % {"done": done, "total": total})
