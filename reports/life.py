"""All that a cluster keeps besides patrols and incidents, on one page: each register with what it holds of the year."""

import datetime as dt
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db.models import Count, Max, Q, QuerySet
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cluster.access import Right, Rights
from cluster.models.records import DatedRecord
from cluster.registers import Group
from incidents.models import Award, DeclaredFigure
from patrols.models import Campaign
from reports.models import Conference, KeyTask, Recommendation
from reports.periods import Period
from reports.registers import REGISTERS


class Kept(NamedTuple):
    """A list of the cluster: how many of its rows are of the year, and the day of the last one up to today."""

    title: str | Promise
    address: str
    in_year: int | None = None
    last: dt.date | None = None


class Chapter(NamedTuple):
    title: str | Promise
    kept: list[Kept]


def life_of(rights: Rights, *, year: Period, today: dt.date) -> list[Chapter]:
    """The chapters with the lists that the user may open."""
    slug = rights.cluster.slug
    chapters = [
        Chapter(
            group.value,
            [
                _kept(
                    register.title,
                    reverse(f"{register.noun}_list", args=[slug]),
                    rows,
                    register.model.dated_by,
                    year,
                    today,
                )
                for register in REGISTERS
                if register.group is group
                for rows in [register.model._default_manager.of(rights.cluster)]  # type: ignore[attr-defined]
            ],
        )
        for group in Group
    ]
    chapters.append(Chapter(_("Plans, awards and reviews"), list(_of_the_year(rights, year, today))))
    chapters.append(Chapter(_("Tools"), list(_tools(rights))))
    return [chapter for chapter in chapters if chapter.kept]


def _of_the_year(rights: Rights, year: Period, today: dt.date) -> Iterator[Kept]:
    cluster, slug = rights.cluster, rights.cluster.slug
    campaigns = Campaign.objects.filter(cluster=cluster)
    yield _kept(_("Campaigns"), reverse("patrols:campaign_list", args=[slug]), campaigns, "date_from", year, today)
    awards = Award.objects.of(cluster)
    yield _kept(_("Awards"), reverse("incidents:award_list", args=[slug]), awards, "decided_on", year, today)
    conferences = Conference.objects.of(cluster)
    yield _kept(_("Conferences"), reverse("reports:conference_list", args=[slug]), conferences, "held_on", year, today)
    asked = Recommendation.objects.of(cluster)
    yield _kept(
        _("Recommendations"), reverse("reports:recommendation_list", args=[slug]), asked, "made_on", year, today
    )
    tasks = KeyTask.objects.of(cluster)
    yield _kept(_("Key tasks"), reverse("reports:task_list", args=[slug]), tasks, "date_to", year, today)
    declared = DeclaredFigure.objects.filter(cluster=cluster)
    yield _kept(
        _("Declared figures"), reverse("incidents:declared_list", args=[slug]), declared, "date_to", year, today
    )


def _tools(rights: Rights) -> Iterator[Kept]:
    slug = rights.cluster.slug
    tools = (
        (Right.COORDINATE, _("Import from an Excel file"), "reports:workbook_import"),
        (Right.COORDINATE, _("What the papers say alike"), "paper_settings"),
        (Right.COORDINATE, _("Patrols written down twice"), "patrols:twin_list"),
        (Right.LOG, _("Texts that wait for a person"), "reports:tray_list"),
        (Right.READ_RECORDS, _("The calendar of everything"), "reports:agenda"),
        (Right.READ_RECORDS, _("The cluster's calendar in yours"), "patrols:calendar_feed"),
    )
    for right, title, name in tools:
        if rights.may(right):
            yield Kept(title, reverse(name, args=[slug]))


def _kept(
    title: str | Promise, address: str, rows: "QuerySet[Any]", dated_by: str, year: Period, today: dt.date
) -> Kept:
    """One query a list, however many rows. Of what holds from day to day the day it began says nothing of the year."""
    if issubclass(rows.model, DatedRecord):
        return Kept(title, address)
    told = rows.order_by().aggregate(
        in_year=Count("pk", filter=year.condition(dated_by)),
        last=Max(dated_by, filter=Q((f"{dated_by}__lte", today))),
    )
    return Kept(title, address, told["in_year"], told["last"])
