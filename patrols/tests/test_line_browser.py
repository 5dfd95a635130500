"""Both sides on a phone: one logs, the other answers with a tap, with and without JavaScript."""

import pytest
from django.db.models import Q

from cluster.tests.browser import PHONE
from cluster.tests.test_accessibility import objections
from patrols.models import Contingent, JointPatrol
from patrols.tests.lines import path_of, stored, word_of

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

State = Contingent.State


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def phone(request, chromium, site, open_page):
    """``phone(path, user)``: a page on a phone of its own."""
    contexts = []

    def opened(path, user):
        context = chromium.new_context(base_url=site, viewport=PHONE, java_script_enabled=request.param)
        contexts.append(context)
        context.add_cookies(open_page("/", user=user).context.cookies())
        page = context.new_page()
        page.goto(path)
        return page

    yield opened
    for context in contexts:
        context.close()


def log_a_night(page, *, units, force):
    page.fill("[name=date]", "2017-12-31")
    page.fill("[name=start]", "21:00")
    page.fill("[name=end]", "02:00")
    page.fill("[name=route]", "Quốc lộ 1A")
    for number, unit in enumerate(units):
        page.select_option(f"[name=line-{number}-unit]", str(unit.pk))
        page.select_option(f"[name=line-{number}-force]", str(force.pk))
        page.fill(f"[name=line-{number}-headcount]", "3")
    page.locator(".form-actions button[type=submit]").last.click()
    page.wait_for_url("**/patrols/*-*/")


def test_one_side_logs_and_the_other_confirms_with_one_tap(phone, two_party_cluster, recorder, partner_recorder):
    world = two_party_cluster
    log_a_night(phone("/clusters/cum-thu/patrols/new/", recorder), units=world.units, force=world.force)
    page = phone("/", partner_recorder)
    page.locator("[aria-labelledby=waiting] .button-ok").click()
    page.wait_for_selector(".notice-success")
    assert page.locator("[aria-labelledby=waiting] [data-line]").count() == 0
    assert [line.state for line in Contingent.objects.all()] == [State.CONFIRMED] * 2
    assert JointPatrol.objects.with_confirmation().filter(Q(is_confirmed=True)).count() == 1


def test_the_other_side_refuses_and_the_author_takes_note(phone, waiting_line, recorder, partner_recorder):
    page = phone("/", partner_recorder)
    page.locator("[aria-labelledby=waiting] .answers > a").last.click()
    page.fill("[name=reason]", "Trùng lịch trực")
    page.locator(".form-actions button").click()
    page.wait_for_selector(".notice-success")
    assert (page.url.endswith("/#waiting"), word_of(waiting_line)) == (True, (State.REFUSED, 5, "Trùng lịch trực"))
    author = phone("/", recorder)
    answered = author.locator("[aria-labelledby=answered]")
    assert "Trùng lịch trực" in answered.inner_text()
    answered.locator("button").click()
    author.wait_for_selector(".notice-success")
    assert (answered.count(), stored(waiting_line).acknowledged_at is not None) == (0, True)


@pytest.mark.parametrize("verb", ["confirm", "correct", "refuse"])
def test_pages_of_answers_are_accessible(open_page, partner_recorder, waiting_line, verb):
    page = open_page(path_of(waiting_line, verb), user=partner_recorder)
    assert objections(page) == []


def test_the_three_actions_are_in_reach_of_a_thumb(open_page, partner_recorder, waiting_line):
    page = open_page("/", user=partner_recorder)
    boxes = [button.bounding_box() for button in page.locator("[aria-labelledby=waiting] .answers .button").all()]
    assert [box["height"] >= 44 and box["width"] >= 88 for box in boxes] == [True] * 3
    assert boxes[0]["width"] > 250
