"""What the patrol form weighs on the wire, and how soon it can be used on a thin line: `make verify-weight`."""

import json
import urllib.request

import pytest
from playwright.sync_api import Browser, Page, expect

from cluster.models import User
from cluster.tests.browser import PHONE, session_of
from reports.sample.load import load_sample
from reports.tests.gate import Gate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NEW = "/clusters/le-thuy-vinh-linh/patrols/new/"
FIRST_LOAD, LATER_LOAD = 45_000, 10_000  # bytes, with the head of every answer
USABLE_MS = 5_000
# 400 kbit/s and 400 ms there and back.
THIN_LINE = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
BLOCKING = (
    """() => performance.getEntriesByType("resource").filter((one) => one.renderBlockingStatus === "blocking").length"""
)


@pytest.fixture
def gate(site: str):
    with Gate(int(site.rsplit(":", 1)[1])) as gate:
        yield gate


@pytest.fixture
def page(chromium: Browser, gate: Gate):
    load_sample(password="mot-mat-khau-dai")
    recorder = User.objects.get(username="recorder-lethuy")
    context = chromium.new_context(base_url=gate.address, viewport=PHONE)
    context.add_cookies([{"name": "sessionid", "value": session_of(recorder), "url": gate.address}])
    page = context.new_page()
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    session.send("Network.emulateNetworkConditions", THIN_LINE)
    yield page
    context.close()


def load_whole(page: Page) -> float:
    """Until the form can be used, in ms; and then until nothing more comes."""
    page.goto(NEW)
    expect(page.locator("[data-add-line][type=button]")).to_be_visible()
    usable = page.evaluate("performance.now()")
    expect(page.locator("html[data-offline=ready]")).to_be_attached(timeout=30_000)
    page.wait_for_timeout(1_000)
    return usable


def install_as_a_phone_does(address: str) -> None:
    """Chromium without a window asks for neither manifest nor icon."""
    with urllib.request.urlopen(f"{address}/manifest.webmanifest") as answer:  # noqa: S310  our own live server
        icon = json.load(answer)["icons"][0]["src"]
    with urllib.request.urlopen(address + icon) as answer:  # noqa: S310  our own live server
        answer.read()


def test_patrol_form_is_light_and_soon_there(page, gate):
    usable = load_whole(page)
    blocking = 1 + page.evaluate(BLOCKING)
    install_as_a_phone_does(gate.address)
    first, gate.received = gate.received, 0
    load_whole(page)
    later = gate.received
    print(
        f"\nPatrol form, first load with all that is kept for later: {first:,} of {FIRST_LOAD:,} bytes"
        f"\nlater load: {later:,} of {LATER_LOAD:,} bytes; usable at 400 kbit/s and 400 ms after {usable:,.0f} ms"
        f"\nrequests that the first paint waits for: {blocking}"
    )
    assert first <= FIRST_LOAD
    assert later <= LATER_LOAD
    assert usable <= USABLE_MS
    assert blocking <= 3
