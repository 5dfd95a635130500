"""The catalogue of categories, all that an administrator sees of this app."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cluster.tests.admin_pages import (
    address,
    assert_cannot_be_deleted,
    assert_opens_without_inline_code,
    errors_of,
    models_with_a_page,
    run_action,
    soup_of,
    submit,
)
from cluster.tests.browser import DESKTOP, PHONE
from incidents.models import Category
from incidents.tests.factories import make_category

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(administrator, client_of):
    """The administrator's browser."""
    return client_of(administrator)


def test_categories_alone_have_pages():
    assert models_with_a_page("incidents") == [Category]


def test_pages_of_a_category_open_without_inline_code(desk):
    assert_opens_without_inline_code(desk, make_category())


def test_category_cannot_be_deleted(desk):
    assert_cannot_be_deleted(desk, make_category())


def test_category_is_found_without_marks(desk):
    make_category(name="Đánh bạc")
    make_category(name="Trộm cắp tài sản")
    page = soup_of(desk.get(address(Category, "changelist"), {"q": "danh bac"}))
    assert [row.select("th")[0].text for row in page.select("#result_list tbody tr")] == ["Đánh bạc"]


def test_category_of_the_same_name_is_refused(desk):
    category = make_category(name="Trộm cắp tài sản")
    answer = submit(desk, address(Category, "add"), cluster=category.cluster.pk, name="Trộm cắp  tài sản")
    assert errors_of(answer)
    assert Category.objects.count() == 1


def test_close_today_ends_a_category_and_says_who(desk, administrator):
    category = make_category()
    run_action(desk, Category, "close_today", category)
    category.refresh_from_db()
    assert category.valid_to == timezone.localdate()
    assert category.history.latest().history_user == administrator


def test_list_asks_as_often_for_thirty_categories_as_for_one(desk, django_assert_num_queries):
    make_category()
    with CaptureQueriesContext(connection) as for_one:
        desk.get(address(Category, "changelist"))
    for _ in range(30):
        make_category()
    with django_assert_num_queries(len(for_one)):
        desk.get(address(Category, "changelist"))


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP])
def test_pages_of_a_category_are_silent_and_fit(open_page, administrator, viewport):
    key = make_category().pk
    page = open_page(address(Category, "changelist"), user=administrator, viewport=viewport)
    for path in (address(Category, "add"), address(Category, "change", key), address(Category, "history", key)):
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0
        page.goto(path)
