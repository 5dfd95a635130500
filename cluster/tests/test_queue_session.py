import json
import time

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.test import Client

ADDRESS = "/queue/session/"


def session_of(client):
    return json.loads(client.get(ADDRESS).content)


def test_queue_session_refuses_other_methods(client_of, recorder):
    assert client_of(recorder).post(ADDRESS).status_code == 405


@pytest.mark.django_db
def test_queue_session_leads_no_script_to_the_sign_in_page():
    response = Client().get(ADDRESS)
    assert (response.status_code, response.json()) == (401, {"state": "signed_out"})


def test_queue_session_names_the_user_as_every_page_does(client_of, recorder):
    client = client_of(recorder)
    page = BeautifulSoup(client.get("/").content, "html.parser")
    assert page.html["data-user"] == session_of(client)["user"]


def test_queue_session_tells_users_apart_and_nothing_of_them(client_of, recorder, coordinator):
    ids = {session_of(client_of(user))["user"] for user in (recorder, coordinator)}
    assert len(ids) == 2
    assert all(len(known) == 32 for known in ids)


@pytest.mark.django_db
def test_public_pages_name_nobody():
    page = BeautifulSoup(Client().get("/accounts/login/").content, "html.parser")
    assert not page.html.has_attr("data-user")


def test_queue_session_gives_a_token_that_the_next_post_bears(recorder):
    client = Client(enforce_csrf_checks=True)
    client.force_login(recorder, backend="django.contrib.auth.backends.ModelBackend")
    token = session_of(client)["csrf"]
    assert client.cookies[settings.CSRF_COOKIE_NAME]["httponly"]
    refused, taken = (
        client.post("/accounts/logout/", headers={"X-CSRFToken": given}).status_code for given in ("", token)
    )
    assert (refused, taken) == (403, 302)


def test_queue_session_tells_the_time_and_the_version(client_of, recorder):
    said = session_of(client_of(recorder))
    assert abs(said["time"] - time.time() * 1000) < 10_000
    assert said["version"] == session_of(client_of(recorder))["version"] != ""


def test_queue_session_is_kept_by_no_cache(client_of, recorder):
    assert client_of(recorder).get(ADDRESS)["Cache-Control"] == "no-store"
