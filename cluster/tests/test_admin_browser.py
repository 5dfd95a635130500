"""The administrator's pages in Chromium under the content security policy: no word in the console, nothing cut off."""

import pytest
from playwright.sync_api import expect

from cluster.models import PoliceUnit
from cluster.tests.admin_pages import address, models_with_a_page
from cluster.tests.browser import DESKTOP, PHONE
from cluster.tests.factories import make_administrative_unit, make_force, make_officer

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def page_addresses():
    for model in models_with_a_page("cluster"):
        yield address(model, "changelist")
        yield address(model, "add")
        if row := model._default_manager.first():
            yield address(model, "change", row.pk)
            yield address(model, "history", row.pk)


@pytest.mark.parametrize("viewport", [PHONE, DESKTOP])
def test_every_admin_page_is_silent_and_fits(open_page, administrator, two_party_cluster, viewport):
    make_officer(unit=two_party_cluster.unit)
    page = open_page("/admin/", user=administrator, viewport=viewport)
    for path in page_addresses():
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, path


def test_police_unit_is_added_with_the_mouse_and_keyboard(open_page, administrator, two_party_cluster):
    """The scripts of Django admin do their work: searching choices, the calendar, one more row."""
    place = make_administrative_unit(name="Sen Thủy", code="19312")
    page = open_page(address(PoliceUnit, "add"), user=administrator, viewport=DESKTOP)
    page.get_by_role("textbox").first.fill("Công an xã Sen Thủy")
    page.locator(".field-administrative_unit .select2-selection").click()
    page.locator(".select2-search__field").fill("sen thuy")
    page.locator(".select2-results__option--highlighted", has_text="19312").click()
    page.locator(".field-valid_from .datetimeshortcuts a").first.click()
    page.locator("#memberships-group .add-row a").click()
    page.locator("[name=_save]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert PoliceUnit.objects.get(name="Công an xã Sen Thủy").administrative_unit == place


def test_action_closes_a_row(open_page, administrator):
    force = make_force()
    page = open_page(address(type(force), "changelist"), user=administrator)
    page.locator(".action-select").first.check()
    page.locator("[name=action]").select_option("close_today")
    page.locator(".actions button").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    force.refresh_from_db()
    assert force.valid_to
