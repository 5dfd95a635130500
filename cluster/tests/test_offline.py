import re

import pytest
from django.test import Client

ADDRESS = "/offline/"
pytestmark = pytest.mark.django_db


def test_offline_refuses_other_methods():
    assert Client().post(ADDRESS).status_code == 405


def test_offline_is_the_same_for_all(client_of, recorder, coordinator, administrator):
    people = (client_of(user) for user in (recorder, coordinator, administrator))
    shells = {client.get(ADDRESS).content for client in (Client(), *people)}
    assert len(shells) == 1


def test_offline_holds_neither_user_nor_token(client_of, recorder, two_party_cluster):
    text = client_of(recorder).get(ADDRESS).content.decode()
    secrets = ("csrfmiddlewaretoken", "data-user", recorder.username, two_party_cluster.cluster.name)
    assert [secret for secret in secrets if secret in text] == []


def test_offline_sets_no_cookie_and_may_be_kept(client_of, recorder):
    response = client_of(recorder).get(ADDRESS)
    assert (dict(response.cookies), response["Cache-Control"]) == ({}, "no-cache")


@pytest.mark.parametrize(("language", "title"), [("vi", "Không có mạng"), ("en", "No network")])
def test_offline_speaks_the_chosen_language(language, title):
    client = Client()
    client.cookies["django_language"] = language
    text = client.get(ADDRESS).content.decode()
    assert f'<html lang="{language}"' in text
    assert f"<h1>{title}</h1>" in text


def test_offline_names_its_files_by_content():
    names = re.findall(r'"/static/([^"]+)"', Client().get(ADDRESS).content.decode())
    assert names
    assert [name for name in names if not re.search(r"\.[0-9a-f]{12}\.\w+$", name)] == []
