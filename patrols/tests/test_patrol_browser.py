"""The pages of patrols in a browser: what the script adds, on a phone, and nothing for axe to object to."""

import datetime as dt

import pytest
from django.utils import timezone

from cluster.tests.browser import DESKTOP, PHONE
from cluster.tests.factories import make_officer
from cluster.tests.test_accessibility import LOOKS, objections
from patrols.models import Contingent, JointPatrol
from patrols.tests.factories import make_contingent, make_patrol

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NEW = "/clusters/cum-thu/patrols/new/"


@pytest.fixture
def patrol(two_party_cluster, recorder):
    world = two_party_cluster
    patrol = make_patrol(cluster=world.cluster, lead_unit=world.unit, recorded_by=recorder, recorded_unit=world.unit)
    Contingent.objects.filter(unit=world.partner_unit).update(state=Contingent.State.CONFIRMED)
    make_contingent(patrol=patrol, unit=world.partner_unit)
    return patrol


def pages(patrol):
    here = f"/clusters/cum-thu/patrols/{patrol.client_id}/"
    return {"list": "/clusters/cum-thu/patrols/?year=2017", "new": NEW, "detail": here, "edit": f"{here}edit/"}


@LOOKS
@pytest.mark.parametrize("name", ["list", "new", "detail", "edit"])
def test_pages_of_patrols_are_accessible(open_page, recorder, patrol, name, viewport, scheme):
    page = open_page(pages(patrol)[name], user=recorder, viewport=viewport, scheme=scheme)
    for fold in page.locator("main details > summary:visible").all():
        fold.click()
    assert objections(page) == []


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP])
def test_patrol_is_logged_on_a_phone_with_a_line_more(open_page, recorder, two_party_cluster, viewport):
    world = two_party_cluster
    page = open_page(NEW, user=recorder, viewport=viewport)
    page.fill("[name=date]", "2017-12-31")
    page.fill("[name=start]", "21h30")
    page.fill("[name=end]", "2 giờ")
    page.fill("[name=route]", "Quốc lộ 1A")
    page.locator("[data-add-line]").click()
    for number, (unit, people) in enumerate([(world.unit, "3"), (world.partner_unit, "4")]):
        line = f"line-{number * 2}"
        page.select_option(f"[name={line}-unit]", str(unit.pk))
        page.select_option(f"[name={line}-force]", str(world.force.pk))
        page.fill(f"[name={line}-headcount]", people)
    assert page.locator("[data-total]").inner_text() == "7"
    page.locator("[data-remove-line]").nth(1).click()
    page.locator(".form-actions button").click()
    page.wait_for_url("**/patrols/*-*/")
    patrol = JointPatrol.objects.get()
    assert [line.headcount for line in patrol.contingents.all()] == [3, 4]
    assert timezone.localtime(patrol.ends_at).isoformat() == "2018-01-01T02:00:00+07:00"


@pytest.mark.parametrize(
    ("start", "end", "words"),
    [
        ("21:00", "02:00", "21:00 → 02:00 on 01/01 · 5 h"),
        ("21h30", "23 giờ 15", "21:30 → 23:15 · 1 h 45 min"),
        ("2130", "24:00", "21:30 → 00:00 on 01/01 · 2 h 30 min"),
        ("9:05", "9:05", "09:05 → 09:05 on 01/01 · 24 h"),
    ],
)
def test_patrol_form_says_the_hours_as_they_are_typed(open_page, recorder, start, end, words):
    page = open_page(NEW, user=recorder)
    hint = page.locator("[data-span]").inner_text()
    for name, text in (("date", "2017-12-31"), ("start", start), ("end", end)):
        page.fill(f"[name={name}]", text)
    assert page.locator("[data-span]").inner_text() == words
    page.fill("[name=end]", "?")
    assert page.locator("[data-span]").inner_text() == hint


def test_patrol_form_takes_yesterday_by_a_tap(open_page, recorder):
    page = open_page(NEW, user=recorder)
    page.locator(".patrol-quick .chip").first.click()
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    assert page.input_value("[name=date]") == yesterday.isoformat()


def test_patrol_form_names_officers_by_a_tap(open_page, recorder, two_party_cluster):
    for name in ("Lê Văn An", "Trần Thị Bình"):
        make_officer(unit=two_party_cluster.unit, name=name)
    page = open_page(NEW, user=recorder)
    chips = page.locator("[data-line]").first.locator(".chip")
    for number in (0, 1, 0):
        chips.nth(number).click()
    assert page.input_value("[name=line-0-names]") == "Trần Thị Bình"
    assert [chip.get_attribute("aria-pressed") for chip in chips.all()] == ["false", "true"]


def test_patrol_form_keeps_one_unit_a_line(open_page, recorder, two_party_cluster):
    page = open_page(NEW, user=recorder)
    page.locator("[data-line]").first.locator("summary").click()
    page.fill("[name=line-0-other]", "Vĩnh Ninh")
    assert page.input_value("[name=line-0-unit]") == ""
    page.select_option("[name=line-0-unit]", str(two_party_cluster.unit.pk))
    assert page.input_value("[name=line-0-other]") == ""


def test_patrol_form_is_saved_by_the_enter_key(open_page, recorder, two_party_cluster):
    """Not lengthened by a line, though that button comes first on the page."""
    page = open_page(NEW, user=recorder)
    for name, text in (("date", "2017-12-31"), ("start", "21"), ("line-0-headcount", "3"), ("route", "Quốc lộ 1A")):
        page.fill(f"[name={name}]", text)
    page.select_option("[name=line-0-force]", str(two_party_cluster.force.pk))
    page.locator("[name=route]").press("Enter")
    page.wait_for_url("**/patrols/*-*/")
    assert JointPatrol.objects.get().route == "Quốc lộ 1A"


def test_patrol_form_without_the_script_has_no_dead_button(chromium, site, open_page, recorder):
    cookies = open_page(NEW, user=recorder).context.cookies()
    context = chromium.new_context(base_url=site, java_script_enabled=False)
    context.add_cookies(cookies)
    page = context.new_page()
    page.goto(NEW)
    shown = [button.inner_text() for button in page.locator("[data-patrol-form] button:visible").all()]
    context.close()
    assert shown == ["Add a line", "Save and log incidents", "Save"]
