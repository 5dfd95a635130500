import pytest
from django.test import Client
from django.urls import reverse

ADDRESS = reverse("healthz")


@pytest.mark.django_db
def test_healthz_says_ok_to_anybody():
    response = Client().get(ADDRESS)
    assert (response.status_code, response.content) == (200, b"ok\n")


def test_healthz_fails_without_its_database():
    """Without the mark pytest-django forbids the database."""
    assert Client(raise_request_exception=False).get(ADDRESS).status_code == 500


def test_healthz_is_only_read():
    assert Client().post(ADDRESS).status_code == 405
