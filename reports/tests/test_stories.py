"""The three stories of the main job in Chromium, on the sample, each with and without JavaScript.

Whoever walks them signs in with a password and goes by what the pages offer, never by an address.
"""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from cluster.models import PoliceUnit
from cluster.tests.browser import DESKTOP, PHONE
from reports.sample.load import load_sample

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PASSWORD = "mot-mat-khau-dai"
Enter = Callable[..., Page]


@pytest.fixture(params=[True, False], ids=["with JavaScript", "without JavaScript"])
def enter(request: pytest.FixtureRequest, chromium: Browser, site: str) -> Iterator[Enter]:
    """``enter("coordinator", PHONE)``: the home page of somebody who just signed in; errors in the console fail."""
    load_sample(password=PASSWORD)
    contexts, errors = [], []

    def entered(username: str, viewport: dict[str, int]) -> Page:
        context = chromium.new_context(base_url=site, viewport=viewport, java_script_enabled=request.param)
        contexts.append(context)
        page = context.new_page()
        # Chromium also tells the console of each answer to a form that is not complete yet: 422.
        page.on("console", lambda m: errors.append(m.text) if m.type == "error" and "422" not in m.text else None)
        page.goto("/")
        page.get_by_label("Tên đăng nhập").fill(username)
        page.get_by_label("Mật khẩu").fill(PASSWORD)
        page.get_by_role("button", name="Đăng nhập").click()
        expect(page.get_by_role("heading", level=1)).to_have_text("Tổng quan")
        return page

    yield entered
    for context in contexts:
        context.close()
    assert errors == []


def fill_shift(page: Page, *, route: str) -> None:
    """A night from 21:00 to 02:00 that began yesterday or before: today's has not ended yet."""
    page.get_by_label("Ngày").first.fill("2026-10-30")
    page.get_by_label("Thời gian bắt đầu").fill("21h")
    page.get_by_label("Thời gian kết thúc").fill("02:00")
    page.get_by_label("Địa điểm, tuyến tuần tra").fill(route)


def fill_line(page: Page, number: int, *, headcount: str, unit: str = "", other: str = "", force: str = "") -> None:
    line = page.locator("[data-lines] > fieldset").nth(number)
    if unit:
        line.locator("[name$=-unit]").select_option(label=unit)
    if other:
        line.locator("details summary").click()
        line.locator("[name$=-other]").fill(other)
    line.locator("[name$=-force]").select_option(label=force or "Công an xã chính quy")
    line.locator("[name$=-headcount]").fill(headcount)


def number_of_patrols(page: Page) -> int:
    """What the review of the present year says, by the menu at the foot of the phone's page."""
    page.get_by_role("link", name="Báo cáo", exact=True).last.click()
    text = page.locator("#headline li").first.inner_text()
    return int(re.match(r"\d+", text)[0])


def test_officer_logs_a_night_shift_on_a_phone(enter: Enter) -> None:
    page = enter("recorder-lethuy", PHONE)
    before = number_of_patrols(page)
    page.get_by_role("link", name="Tổng quan").last.click()
    page.get_by_role("link", name="Ghi ca tuần tra").first.click()
    fill_shift(page, route="Quốc lộ 1A, đoạn Sen Ngư – Vĩnh Linh")
    fill_line(page, 0, headcount="3")
    fill_line(page, 1, headcount="4", unit="Công an xã Vĩnh Linh")
    page.get_by_role("button", name="Thêm dòng").click()
    expect(page.locator("[data-lines] > fieldset")).to_have_count(3)
    fill_line(page, 2, headcount="2", force="Dân quân", unit="Công an xã Vĩnh Linh")
    page.get_by_role("button", name="Lưu", exact=True).click()
    head = page.locator(".page-head")
    expect(head).to_contain_text("30/10/2026")
    expect(head).to_contain_text("31/10")
    expect(head).to_contain_text("5 giờ")
    expect(page.locator("main")).to_contain_text("Đã xác nhận")
    expect(page.locator("main")).to_contain_text("Chờ đơn vị xác nhận")
    assert number_of_patrols(page) == before + 1


@pytest.mark.parametrize("stranger", ["Vĩnh Ninh", "Quảng Ninh"])
def test_officer_is_told_of_a_unit_that_is_no_member(enter: Enter, stranger: str) -> None:
    page = enter("recorder-lethuy", PHONE)
    page.get_by_role("link", name="Ghi ca tuần tra").first.click()
    fill_shift(page, route="Tuyến giáp ranh")
    fill_line(page, 0, headcount="3")
    fill_line(page, 1, headcount="4", other=stranger)
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator("[data-question]")).to_contain_text(stranger)
    page.get_by_label("Đúng như vậy").check()
    page.get_by_role("button", name="Lưu", exact=True).click()
    warnings = page.locator("main .notice-warning")
    expect(warnings.filter(has_text=stranger)).to_have_count(1)
    expect(warnings.filter(has_text="lực lượng của một bên")).to_have_count(1)


def test_officer_s_half_filled_line_is_kept_and_questioned_at_the_field(enter: Enter) -> None:
    page = enter("recorder-lethuy", PHONE)
    page.get_by_role("link", name="Ghi ca tuần tra").first.click()
    fill_shift(page, route="Tuyến giáp ranh")
    page.locator("[data-lines] > fieldset").nth(1).locator("[name$=-headcount]").fill("4")
    page.get_by_role("button", name="Lưu", exact=True).click()
    wrong = page.locator("[data-lines] > fieldset").nth(1).locator("[aria-invalid=true]")
    expect(wrong.first).to_be_visible()
    expect(page.get_by_label("Địa điểm, tuyến tuần tra")).to_have_value("Tuyến giáp ranh")


def test_officer_logs_the_incident_that_the_patrol_found(enter: Enter) -> None:
    page = enter("recorder-lethuy", PHONE)
    page.get_by_role("link", name="Sổ tuần tra").last.click()
    rows = page.locator("main tr").filter(has_text="/2026").filter(has_not_text=re.compile("Đã lên lịch|Hoãn|Đã hủy"))
    rows.locator("th a").first.click()
    page.get_by_role("link", name="Ghi vụ việc").click()
    page.locator("[name=category]").select_option(index=1)
    page.get_by_role("button", name="Lưu", exact=True).click()
    expect(page.locator("main")).to_contain_text("Đã lưu thành công")


def test_leader_reads_the_review_of_2017_and_follows_its_numbers(enter: Enter) -> None:
    page = enter("leader-lethuy", DESKTOP)
    page.locator("main").get_by_role("link", name=re.compile("^Cụm “Liên hoàn")).click()
    page.get_by_role("link", name="Báo cáo", exact=True).first.click()
    statements = page.locator("#headline li")
    expect(statements).to_have_text(
        ["25 ca tuần tra chung", "hơn 150 lượt người tham gia", "giảm 13 vụ việc so với năm 2016"]
    )
    assert [rows_behind(page, number) for number in range(3)] == [(25, 25), (154, 154), (41, 41)]


def rows_behind(page: Page, statement: int) -> tuple[int, int]:
    """The number at the head of the page behind a statement, and what its rows add up to."""
    page.locator("#headline a").nth(statement).click()
    total = int(page.locator("[data-total]").get_attribute("data-total"))
    amounts = page.locator("section:has(#rows) [data-amount]")
    added = sum(int(amount) for amount in amounts.evaluate_all("rows => rows.map(row => row.dataset.amount)"))
    page.go_back()
    return total, added


def test_leader_finds_both_years_behind_the_change(enter: Enter) -> None:
    page = enter("leader-vinhlinh", DESKTOP)
    page.locator("main").get_by_role("link", name=re.compile("^Cụm “Liên hoàn")).click()
    page.get_by_role("link", name="Báo cáo", exact=True).first.click()
    page.get_by_role("link", name="giảm 13 vụ việc so với năm 2016").click()
    expect(page.locator("section:has(#rows) [data-amount]")).to_have_count(41)
    expect(page.locator("section:has(#rows-before) [data-amount]")).to_have_count(54)


@pytest.mark.parametrize("enter", [True], indirect=True, ids=["with JavaScript"])
def test_administrator_adds_a_unit_that_the_next_patrol_names(enter: Enter) -> None:
    """With JavaScript alone: the search in Django admin's long lists needs it."""
    page = enter("admin", DESKTOP)
    page.goto("/admin/cluster/policeunit/add/")
    page.locator("[name=name]").fill("Đồn Biên phòng Ngư Thủy")
    choose(page, ".field-administrative_unit", "sen ngu", "xã Sen Ngư")
    page.locator("#memberships-group .add-row a").click()
    choose(page, "#memberships-0 .field-party", "sen ngu", "xã Sen Ngư")
    page.locator("[name=memberships-0-joined]").fill("01/01/2026")
    page.locator("[name=_save]").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert PoliceUnit.objects.get(name="Đồn Biên phòng Ngư Thủy").memberships.get().party.name == "xã Sen Ngư"
    officer = enter("recorder-lethuy", PHONE)
    officer.get_by_role("link", name="Ghi ca tuần tra").first.click()
    fill_shift(officer, route="Tuyến ven biển Sen Ngư – Vĩnh Hoàng")
    fill_line(officer, 0, headcount="3", unit="Đồn Biên phòng Ngư Thủy", force="Bộ đội biên phòng")
    fill_line(officer, 1, headcount="4", unit="Công an xã Vĩnh Hoàng")
    officer.get_by_role("button", name="Lưu", exact=True).click()
    expect(officer.locator("main")).to_contain_text("Đồn Biên phòng Ngư Thủy")


def choose(page: Page, field: str, search: str, wanted: str) -> None:
    """Search a long list of Django admin without marks and take the one that is meant."""
    page.locator(f"{field} .select2-selection").click()
    page.locator(".select2-search__field").fill(search)
    page.locator(".select2-results__option", has_text=re.compile(rf"^\W*{wanted}|· {wanted}")).first.click()


def test_two_leaders_sign_the_review_of_the_year(enter: Enter) -> None:
    """The first goes from the review to the signature, the other countersigns; both with the password again."""
    signer = enter("leader-lethuy", PHONE)
    signer.goto("/clusters/le-thuy-vinh-linh/review/2018/")
    signer.get_by_role("link", name="Ký", exact=True).click()
    signer.get_by_label("KT. TRƯỞNG BAN / PHÓ TRƯỞNG BAN").check()
    signer.get_by_label("Mật khẩu của").fill(PASSWORD)
    signer.get_by_role("button", name="Ký", exact=True).click()
    expect(signer.get_by_role("heading", name="Đã ký, số")).to_be_visible()
    other = enter("leader-vinhlinh", DESKTOP)
    other.goto("/clusters/le-thuy-vinh-linh/review/2018/")
    other.get_by_role("link", name="Ký xác nhận").click()
    other.get_by_label("Mật khẩu của").fill(PASSWORD)
    other.get_by_role("button", name="Ký xác nhận").click()
    expect(other.locator("#signed")).to_contain_text("(huyện Vĩnh Linh) ký xác nhận lúc")
