import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse


def heading(response):
    return BeautifulSoup(response.content, "html.parser").select("h1")[0].text


@pytest.mark.django_db
def test_page_not_found_stands_for_a_stranger():
    response = Client().get("/nowhere/")
    assert (response.status_code, heading(response)) == (404, "Không tìm thấy trang")


def test_forbidden_keeps_the_menu(observer, two_party_cluster, client_of):
    response = client_of(observer).get("/clusters/cum-thu/patrols/")
    assert response.status_code == 403
    assert heading(response) == "Bạn không có quyền thực hiện thao tác này."


@pytest.mark.django_db
def test_form_that_outlived_its_session_says_what_to_do():
    response = Client(enforce_csrf_checks=True).post(reverse("accounts:login"), {"username": "an"})
    assert (response.status_code, heading(response)) == (403, "Trang đã mở quá lâu")


def test_failure_has_a_page_that_needs_no_database():
    """Without the mark pytest-django forbids the database, which is what fails here."""
    response = Client(raise_request_exception=False).get(reverse("healthz"))
    assert (response.status_code, heading(response)) == (500, "Hệ thống gặp lỗi")


def test_request_that_is_not_understood_has_a_page():
    response = Client().get(reverse("healthz"), headers={"host": "elsewhere.example"})
    assert (response.status_code, heading(response)) == (400, "Yêu cầu không hợp lệ")
