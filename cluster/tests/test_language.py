import pytest
from django.test import Client
from django.urls import reverse

LOGIN, LANGUAGE = reverse("accounts:login"), reverse("accounts:language")


@pytest.mark.django_db
def test_language_is_vietnamese_even_for_a_browser_that_asks_for_english():
    response = Client().get(LOGIN, headers={"accept-language": "en-US,en"})
    assert response["Content-Language"] == "vi"
    assert '<html lang="vi">' in response.content.decode()


@pytest.mark.django_db
def test_language_is_kept_once_chosen():
    client = Client()
    response = client.post(LANGUAGE, {"language": "en", "next": LOGIN})
    assert response["Location"] == LOGIN
    assert '<html lang="en">' in client.get(LOGIN).content.decode()


@pytest.mark.django_db
def test_language_switch_leads_to_no_other_host():
    response = Client().post(LANGUAGE, {"language": "en", "next": "https://example.org/"})
    assert response["Location"] == "/"


def test_language_is_changed_by_post_only():
    assert Client().get(LANGUAGE).status_code == 405


@pytest.mark.django_db
def test_language_that_is_unknown_changes_nothing():
    client = Client()
    client.post(LANGUAGE, {"language": "xx", "next": LOGIN})
    assert '<html lang="vi">' in client.get(LOGIN).content.decode()
