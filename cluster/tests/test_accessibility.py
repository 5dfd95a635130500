"""axe finds nothing to object to, and nothing is wider than the phone, in both themes."""

import datetime as dt

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.urls import reverse

from cluster.models import Cluster
from cluster.tests.briefing_factories import make_briefing
from cluster.tests.browser import DESKTOP, PHONE
from cluster.tests.factories import make_posting, make_term, make_two_party_cluster

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOOKS = pytest.mark.parametrize(
    ("viewport", "scheme"), [(PHONE, "light"), (PHONE, "dark"), (DESKTOP, "light"), (DESKTOP, "dark")]
)


def objections(page):
    found = [(rule["id"], node["html"]) for rule in Axe().run(page).response["violations"] for node in rule["nodes"]]
    width = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return found + ([("wider than the window", width)] if width > 0 else [])


@LOOKS
def test_login_is_accessible(open_page, viewport, scheme):
    assert objections(open_page(reverse("accounts:login"), viewport=viewport, scheme=scheme)) == []


@LOOKS
def test_cluster_is_accessible(open_page, coordinator, viewport, scheme):
    assert objections(open_page("/clusters/cum-thu/", user=coordinator, viewport=viewport, scheme=scheme)) == []


def test_menu_of_a_phone_opens_and_closes(open_page, coordinator):
    page = open_page("/clusters/cum-thu/", user=coordinator, viewport=PHONE)
    page.get_by_role("button", name="Menu").click()
    assert page.locator("#menu").is_visible()
    assert objections(page) == []
    page.keyboard.press("Escape")
    assert not page.locator("#menu").is_visible()


def test_bar_of_a_phone_holds_the_standing_role_in_two_lines(open_page, coordinator, two_party_cluster):
    party = two_party_cluster.party
    Cluster.objects.update(name="Cụm giáp ranh các xã Sen Ngư, Tân Mỹ, Kim Ngân, Vĩnh Hoàng, Vĩnh Linh, Bến Quan")
    make_posting(user=coordinator, role="recorder", unit=make_two_party_cluster(slug="cum-khac").unit)
    make_term(cluster=party.cluster, party=party, date_from=dt.date(2017, 1, 1), date_to=None)
    bar = open_page("/clusters/cum-thu/", user=coordinator, viewport=PHONE).locator(".topbar")
    assert bar.locator(".here-standing").inner_text() == f"Thường trực: {party.name}"
    assert bar.bounding_box()["height"] <= 72
    for control in bar.locator(".topbar-line > :is(a, button), summary").all():
        box = control.bounding_box()
        assert box is None or box["height"] >= 44, control.inner_html()


def test_only_the_own_form_of_a_page_takes_the_foot_of_a_phone(open_page, coordinator, two_party_cluster):
    briefing = make_briefing(cluster=two_party_cluster.cluster, host_unit=two_party_cluster.unit)
    page = open_page(briefing.get_absolute_url(), user=coordinator, viewport=PHONE)
    position = "box => getComputedStyle(box).position"
    assert page.locator(".card .form-actions").first.evaluate(position) == "static"
    assert page.locator(".bottom-bar").is_visible()
    page.goto(f"{briefing.get_absolute_url()}edit/")
    assert page.locator(".form-actions").evaluate(position) == "sticky"
    assert not page.locator(".bottom-bar").is_visible()


def test_form_with_errors_is_accessible_and_shows_them_first(open_page, coordinator):
    page = open_page(reverse("accounts:password_change"), user=coordinator)
    page.locator("main form").evaluate("form => { form.noValidate = true; form.requestSubmit() }")
    page.locator("[role=alert]").wait_for()
    assert page.locator("[role=alert]").evaluate("summary => summary === document.activeElement")
    assert objections(page) == []


def test_list_of_clusters_closes_when_the_reader_goes_elsewhere(open_page, coordinator, outsider):
    make_posting(user=coordinator, role="observer")
    page = open_page("/clusters/cum-thu/", user=coordinator, viewport=DESKTOP)
    for leave in (lambda: page.keyboard.press("Escape"), lambda: page.locator("h1").click()):
        page.locator(".here summary").click()
        assert page.locator(".here-list").is_visible()
        leave()
        assert not page.locator(".here-list").is_visible()


def test_form_is_sent_once_however_often_it_is_tapped(open_page):
    page = open_page(reverse("accounts:login"))
    sent = []
    page.route("**/accounts/login/", lambda route: sent.append(route.request.method))
    twice = "form => { form.noValidate = true; for (const ms of [0, 200]) setTimeout(() => form.requestSubmit(), ms) }"
    page.locator("main form").evaluate(twice)
    page.wait_for_timeout(600)
    assert sent == ["POST"]
