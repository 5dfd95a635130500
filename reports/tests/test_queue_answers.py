"""Answers that are not the application's own keep an entry on the device, with the reason in words."""

import json

import pytest
from playwright.sync_api import Page, Route, expect

from cluster.tests.browser import PHONE
from patrols.models import JointPatrol

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

LOG = "/clusters/cum-thu/patrols/"
PORTAL = "<html><body>Chào mừng đến với Wi-Fi</body></html>"
OTHER_ID = json.dumps({"client_id": "0", "content_hash": "0", "state": "stored", "url": "/"})
ANSWERS = [
    pytest.param({"status": 200, "content_type": "text/html", "body": PORTAL}, id="captive portal"),
    pytest.param({"status": 201, "content_type": "application/json", "body": OTHER_ID}, id="echo of something else"),
    pytest.param({"status": 200, "content_type": "application/json", "body": '{"client_id": "'}, id="cut short"),
    pytest.param({"status": 302, "headers": {"Location": "/accounts/login/"}}, id="redirect to login"),
    *(
        pytest.param({"status": status, "content_type": "application/json", "body": '{"state": "?"}'}, id=str(status))
        for status in (400, 401, 403, 404, 409, 413, 422, 429, 500, 503)
    ),
]


@pytest.fixture
def page(chromium, site, recorder, two_party_cluster):
    """The form, filled, without a service worker: what a test answers in the server's place reaches the page."""
    from cluster.tests.browser import session_of

    context = chromium.new_context(base_url=site, viewport=PHONE, service_workers="block")
    context.add_cookies([{"name": "sessionid", "value": session_of(recorder), "url": site}])
    page = context.new_page()
    page.goto(f"{LOG}new/")
    for name, text in (("date", "2026-01-05"), ("start", "1"), ("end", "2"), ("route", "Rú Lịp")):
        page.fill(f"[name={name}]", text)
    page.fill("[name=line-0-headcount]", "3")
    page.select_option("[name=line-0-force]", str(two_party_cluster.force.pk))
    yield page
    context.close()


def answer_posts(page: Page, answer: dict[str, object]) -> None:
    def handle(route: Route) -> None:
        route.fulfill(**answer) if route.request.method == "POST" else route.fallback()

    page.route("**/patrols/new/", handle)


@pytest.mark.parametrize("answer", ANSWERS)
def test_answer_of_another_keeps_the_entry(page, answer):
    answer_posts(page, answer)
    page.locator(".form-actions button").click()
    expect(page.locator("[data-unsent][data-state=frozen]")).to_have_count(1)
    assert page.locator("[data-unsent] [data-why]").inner_text()
    assert JointPatrol.objects.count() == 0
    page.unroute_all()
    page.locator("[data-send-now]").click()
    expect(page.locator("[data-unsent]")).to_have_count(0)
    assert JointPatrol.objects.count() == 1


def test_answer_lost_after_the_commit_makes_no_second_record(page):
    def lose(route: Route) -> None:
        if route.request.method == "POST":
            route.fetch()
            return route.abort()
        return route.fallback()

    page.route("**/patrols/new/", lose)
    page.locator(".form-actions button").click()
    expect(page.locator("[data-unsent][data-state=frozen]")).to_have_count(1)
    page.unroute_all()
    page.goto(LOG)
    expect(page.locator("[data-unsent-badge]")).to_be_hidden(timeout=15_000)
    assert JointPatrol.objects.count() == 1


def test_entry_that_was_tried_is_not_changed(page):
    answer_posts(page, {"status": 500})
    page.locator(".form-actions button").click()
    expect(page.locator("[data-unsent][data-state=frozen]")).to_have_count(1)
    expect(page.locator("[data-unsent] [data-open]")).to_be_hidden()


def test_refused_form_is_shown_with_its_errors(page):
    page.fill("[name=line-0-headcount]", "0")
    page.locator(".form-actions button").click()
    expect(page.locator("main .notice-danger")).to_be_visible()
    page.locator("[data-add-line]").click()
    assert page.locator("[data-line]").count() == 3
    page.fill("[name=line-0-headcount]", "5")
    page.locator(".form-actions button").click()
    page.wait_for_url("**/patrols/*-*/")
    assert [line.headcount for line in JointPatrol.objects.get().contingents.all()] == [5]
