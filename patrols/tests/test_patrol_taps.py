"""A usual shift on a phone: under 15 taps, counted in Chromium at 360 pixels."""

import datetime as dt
from dataclasses import dataclass

import pytest
from django.utils import timezone
from playwright.sync_api import Locator, Page, expect

from cluster.tests.factories import make_force, make_officer
from patrols.models import JointPatrol
from patrols.tests.factories import make_contingent, make_patrol

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NEW = "/clusters/cum-thu/patrols/new/"
MOST_TAPS = 15


@dataclass
class Thumb:
    """Counts: a tap on something, and where a text is typed another for the typing."""

    taps: int = 0

    def tap(self, target: Locator) -> None:
        box = target.bounding_box()
        assert box, "nothing to tap on"
        assert box["height"] >= 44, f"{target} is {box['height']} px high"
        target.click()
        self.taps += 1

    def write(self, target: Locator, text: str) -> None:
        self.tap(target)
        target.fill(text)
        self.taps += 1


@pytest.fixture
def last_shift(two_party_cluster):
    """Two nights ago, with regular and part-time forces of both sides."""
    world = two_party_cluster
    start = timezone.localtime().replace(hour=21, minute=0, second=0, microsecond=0) - dt.timedelta(days=2)
    patrol = make_patrol(
        cluster=world.cluster, starts_at=start, lead_unit=world.unit, force=world.force, route="Quốc lộ 1A"
    )
    force = make_force()
    for unit in world.units:
        make_contingent(patrol=patrol, unit=unit, force=force, headcount=2)
    return patrol


def many_officers(unit):
    names = ["Lê Thị Thủy", "Đặng Văn Đức", *(f"Nguyễn Văn {letter}" for letter in "ABCDEFGH")]
    return [make_officer(unit=unit, name=name) for name in names]


def chip(line: Locator, name: str) -> Locator:
    return line.locator(".chip", has_text=name)


def test_usual_shift_takes_few_taps(open_page, recorder, two_party_cluster, last_shift, capsys):
    """From the home page: last night like the time before, an hour and a headcount else, two officers named."""
    for name in ("Lê Văn An", "Trần Thị Bình"):
        make_officer(unit=two_party_cluster.unit, name=name)
    page: Page = open_page("/clusters/cum-thu/patrols/", user=recorder)
    thumb = Thumb()
    thumb.tap(page.get_by_role("link", name="Log a patrol").last)
    thumb.tap(page.locator("[data-like]").first)
    thumb.tap(page.locator(".patrol-quick .chip").first)
    thumb.write(page.locator("[name=end]"), "1h30")
    line = page.locator("[data-line]").first
    thumb.write(line.locator("[data-headcount]"), "4")
    for name in ("Lê Văn An", "Trần Thị Bình"):
        thumb.tap(chip(line, name))
    thumb.tap(page.locator(".form-actions .button-primary"))
    page.wait_for_url("**/patrols/*-*/")
    patrol = JointPatrol.objects.exclude(pk=last_shift.pk).get()
    assert [line.headcount for line in patrol.contingents.all()] == [4, 3, 2, 2]
    assert patrol.starts_at == last_shift.starts_at + dt.timedelta(days=1)
    with capsys.disabled():
        print(f"\na usual shift: {thumb.taps} taps (under {MOST_TAPS})")
    assert thumb.taps < MOST_TAPS


def test_like_is_filled_in_without_asking_the_server(open_page, recorder, last_shift):
    page, asked = open_page(NEW, user=recorder), []
    page.on("request", lambda request: asked.append(request.url))
    page.locator("[data-like]").first.click()
    assert [url for url in asked if "like=" in url] == []
    expect(page.locator("[data-like-note]")).to_contain_text("Filled in as on")
    expect(page.locator("[data-total]")).to_have_text("10")
    expect(page.locator("[data-line]")).to_have_count(4)
    assert page.input_value("[name=route]") == "Quốc lộ 1A"
    assert page.locator("[data-like]").first.get_attribute("aria-current") == "true"


def test_like_makes_room_for_names_of_its_units(open_page, recorder, two_party_cluster, last_shift):
    make_officer(unit=two_party_cluster.partner_unit, name="Lê Văn An")
    page = open_page(NEW, user=recorder)
    page.locator("[data-like]").first.click()
    chip(page.locator("[data-line]").nth(1), "Lê Văn An").click()
    assert page.input_value("[name=line-1-names]") == "Lê Văn An"


@pytest.mark.parametrize(
    ("text", "name"), [("thuy", "Lê Thị Thủy"), ("DUC", "Đặng Văn Đức"), ("đặng v", "Đặng Văn Đức")]
)
def test_officer_is_found_whatever_the_marks(open_page, recorder, two_party_cluster, text, name):
    many_officers(two_party_cluster.unit)
    page = open_page(NEW, user=recorder)
    line = page.locator("[data-line]").first
    expect(line.locator(".chip:visible")).to_have_count(8)
    line.get_by_label("Find an officer").fill(text)
    expect(line.locator(".chip:visible")).to_have_text([name])
    line.get_by_label("Find an officer").press("Enter")
    assert page.input_value("[name=line-0-names]") == name
    assert page.url.endswith(NEW)
    expect(line.locator(".chip:visible")).to_have_count(9)


def test_few_officers_need_no_search(open_page, recorder, two_party_cluster):
    for officer in many_officers(two_party_cluster.unit)[8:]:
        officer.delete()
    page = open_page(NEW, user=recorder)
    expect(page.locator("[data-line]").first.locator(".chip")).to_have_count(8)
    expect(page.get_by_label("Find an officer")).to_have_count(0)


def test_reason_is_asked_for_where_a_patrol_is_put_off(open_page, recorder):
    page = open_page(NEW, user=recorder)
    page.locator(".patrol-more > summary").click()
    reason = page.get_by_label("Reason for postponing or cancelling")
    expect(reason).to_be_hidden()
    for status, is_asked in (("cancelled", True), ("completed", False), ("postponed", True)):
        page.select_option("[name=status]", status)
        assert reason.is_visible() == is_asked
