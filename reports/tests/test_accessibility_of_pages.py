"""Every page, on the sample: axe finds nothing, nothing is wider than the phone, one heading tells what it is."""

import datetime as dt
from collections.abc import Iterator

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Page

from cluster.models import (
    Briefing,
    BriefingPattern,
    Cluster,
    Conclusion,
    Document,
    InformationExchange,
    Initiative,
    StandingTerm,
    Submission,
    User,
)
from cluster.tests.browser import DESKTOP, PHONE
from cluster.tests.factories import make_notice
from cluster.tests.sending import body_of, hash_of
from cluster.tests.test_accessibility import objections
from incidents.models import Award, DeclaredFigure, Incident
from patrols.models import Campaign, Contingent, JointPatrol
from patrols.tests.entries import line_entry, patrol_entry
from patrols.tests.factories import make_patrol
from reports.models import Workplan
from reports.sample.load import load_sample

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def pages(cluster: Cluster) -> Iterator[str]:
    """One address of each kind that a coordinator opens, and the forms as they answer to nothing filled in."""
    slug = cluster.slug
    for name in ("patrol_list", "patrol_new", "campaign_list", "campaign_new", "twin_list"):
        yield reverse(f"patrols:{name}", args=[slug])
    for name in ("incident_list", "incident_new", "award_list", "award_new", "declared_list", "declared_new"):
        yield reverse(f"incidents:{name}", args=[slug])
    for name in ("schedule", "plan_new", "calendar_feed"):
        yield reverse(f"patrols:{name}", args=[slug])
    yield reverse("patrols:schedule", args=[slug]) + "?view=list"
    plan = make_patrol(
        cluster=cluster, starts_at=None, planned_start=timezone.now() + dt.timedelta(days=1), status="postponed"
    )
    yield reverse("patrols:schedule", args=[slug]) + f"?month={plan.local_date:%Y-%m}"
    for name in ("patrol_detail", "plan_postpone", "plan_cancel", "plan_again"):
        yield reverse(f"patrols:{name}", args=[slug, plan.client_id])
    patrol = JointPatrol.objects.of(cluster).counted().first()
    for name in ("patrol_detail", "patrol_edit", "patrol_delete"):
        yield reverse(f"patrols:{name}", args=[slug, patrol.client_id])
    line = Contingent.objects.waiting().filter(cluster=cluster).first()
    for name in ("line_confirm", "line_correct", "line_refuse"):
        yield reverse(f"patrols:{name}", args=[slug, line.patrol.client_id, line.pk])
    incident = Incident.objects.of(cluster).first()
    for name in ("incident_detail", "incident_edit", "incident_delete"):
        yield reverse(f"incidents:{name}", args=[slug, incident.client_id])
    yield reverse("patrols:campaign_edit", args=[slug, Campaign.objects.filter(cluster=cluster).first().pk])
    yield reverse("incidents:award_edit", args=[slug, Award.objects.of(cluster).first().client_id])
    yield reverse("incidents:declared_edit", args=[slug, DeclaredFigure.objects.filter(cluster=cluster).first().pk])
    yield reverse("reports:review", args=[slug, "2017"])
    for key in ("joint_patrols", "participations", "people", "incidents", "initiatives", "parties", "campaigns"):
        yield reverse("reports:figure_rows", args=[slug, "2017", key])
    yield reverse("reports:workbook_import", args=[slug])
    text = a_text(cluster)
    yield reverse("reports:tray_list", args=[slug])
    for name in ("tray_detail", "tray_put_away"):
        yield reverse(f"reports:{name}", args=[slug, text.pk])
    yield reverse("cluster_detail", args=[slug])
    yield reverse("reports:home")
    yield reverse("accounts:password_change")
    for asked in ({}, {"q": "quoc lo"}, {"q": "quoc lo", "kind": "patrol"}):
        yield reverse("reports:search", args=[slug], query=asked)
    narrowed = reverse("incidents:incident_list", args=[slug], query={"found": "yes"})
    yield narrowed
    yield reverse("reports:filter_new", args=[slug], query={"path": narrowed})
    make_notice(recipient=User.objects.get(username="coordinator"), cluster=cluster)
    yield reverse("notice_list")
    yield reverse("accounts:preferences")


def pages_of_life(cluster: Cluster) -> Iterator[str]:
    """Of the registers the pages that differ from one another, and what is made of their rows."""
    slug = cluster.slug
    for name in (
        "reports:life_index",
        "seat_list",
        "briefing_list",
        "briefing_year",
        "document_new",
        "exchange_import",
    ):
        yield reverse(name, args=[slug])
    yield reverse("reports:life_index", args=[slug])
    for asked in ({"month": "2017-09"}, {"year": "2017"}):
        yield reverse("reports:agenda", args=[slug], query=asked)
    for model, *names in (
        (Briefing, "briefing_detail", "briefing_edit", "briefing_conclude"),
        (BriefingPattern, "pattern_edit"),
        (Conclusion, "conclusion_detail", "conclusion_follow"),
        (Document, "document_detail"),
        (Initiative, "initiative_detail"),
        (StandingTerm, "term_detail", "term_delete"),
        (Workplan, "workplan_detail", "reports:workplan_targets"),
    ):
        record = model.objects.of(cluster).first()
        yield from (reverse(name, args=[slug, record.client_id]) for name in names)
    waiting = InformationExchange.objects.of(cluster).unanswered().first()
    for name in ("exchange_detail", "exchange_answer"):
        yield reverse(name, args=[slug, waiting.client_id])
    yield reverse("reports:campaign_result", args=[slug, Campaign.objects.filter(cluster=cluster).first().pk])


def a_text(cluster: Cluster) -> Submission:
    """The last patrol, sent from a phone with another route."""
    patrol = JointPatrol.objects.of(cluster).counted().first()
    lines = [
        line_entry(number, unit=line.unit, force=line.force, headcount=line.headcount + number)
        for number, line in enumerate(Contingent.objects.filter(patrol=patrol))
    ]
    start = timezone.localtime(patrol.starts_at)
    when = {"date": start.date().isoformat(), "start": f"{start:%H:%M}", "client_id": str(patrol.client_id)}
    entry = patrol_entry(*lines, lead=patrol.lead_unit, **when)
    return Submission.objects.create(
        client_id=patrol.client_id,
        body_hash=hash_of(body_of(entry)),
        body=body_of(entry),
        kind=Submission.Kind.PATROL,
        cluster=cluster,
        user=User.objects.get(username="coordinator"),
        state=Submission.State.IN_TRAY,
        received_at=timezone.now(),
    )


@pytest.mark.parametrize(("viewport", "scheme"), [(PHONE, "light"), (PHONE, "dark"), (DESKTOP, "light")])
def test_pages_are_open_to_all(open_page, viewport, scheme) -> None:
    load_sample(password="mot-mat-khau-dai")
    cluster = Cluster.objects.get(slug="le-thuy-vinh-linh")
    page = open_page("/", user=User.objects.get(username="coordinator"), viewport=viewport, scheme=scheme)
    found = {}
    # These are made of the same parts: once is enough.
    of_life = pages_of_life(cluster) if (viewport, scheme) == (PHONE, "light") else ()
    for path in (*pages(cluster), *of_life):
        page.goto(path)
        if faults := [*objections(page), *unnamed(page)]:
            found[path] = faults
    assert found == {}


def unnamed(page: Page) -> list[str]:
    headings = page.locator("h1").count()
    return (
        [] if headings == 1 and page.title().removesuffix("· Liên Hoàn").strip() else [f"{headings} h1: {page.title()}"]
    )
