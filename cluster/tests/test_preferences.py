"""The own language, and what comes by mail."""

import pytest
from bs4 import BeautifulSoup
from django.test import Client
from django.urls import reverse

from cluster.models import NoticeChoice, User
from cluster.notices import KINDS
from cluster.tests.factories import make_user

SETTINGS, LANGUAGE, LOGIN = (reverse(f"accounts:{name}") for name in ("preferences", "language", "login"))
PASSWORD = "đồi cát Trầm Kỳ trắng"


def entry(**changes):
    return {"language": "vi", **{f"mail-{key}": kind.default for key, kind in KINDS.items()}, **changes}


def test_preferences_keep_the_language_for_pages_and_mails(two_party_cluster, recorder, client_of):
    client = client_of(recorder)
    assert client.post(SETTINGS, entry(language="en")).status_code == 302
    assert User.objects.get(pk=recorder.pk).language == "en"
    assert client.get(SETTINGS)["Content-Language"] == "en"


def test_preferences_keep_how_each_kind_comes_by_mail(two_party_cluster, recorder, client_of):
    client = client_of(recorder)
    for delivery in ("none", "daily"):
        client.post(SETTINGS, entry(**{"mail-line_waits": delivery}))
    assert NoticeChoice.objects.get(user=recorder, kind="line_waits").delivery == "daily"
    page = BeautifulSoup(client.get(SETTINGS).content, "html.parser")
    assert page.select_one("select[name=mail-line_waits] option[selected]")["value"] == "daily"


@pytest.mark.parametrize("kind", [kind.key for kind in KINDS.values() if kind.is_certain])
def test_what_always_reaches_a_person_cannot_be_put_off(two_party_cluster, recorder, client_of, kind):
    assert client_of(recorder).post(SETTINGS, entry(**{f"mail-{kind}": "none"})).status_code == 422
    assert not NoticeChoice.objects.exists()


def test_a_refusal_and_a_deadline_always_reach_a_person():
    assert {"line_refused", "deadline"} <= {kind.key for kind in KINDS.values() if kind.is_certain}


@pytest.mark.parametrize("language", ["", "fr", "vi\n"])
def test_preferences_refuse_a_language_that_is_none(two_party_cluster, recorder, client_of, language):
    assert client_of(recorder).post(SETTINGS, entry(language=language)).status_code == 422
    assert User.objects.get(pk=recorder.pk).language == ""


def test_who_reads_no_records_is_asked_for_the_language_alone(two_party_cluster, observer, client_of):
    page = BeautifulSoup(client_of(observer).get(SETTINGS).content, "html.parser")
    assert [tag["name"] for tag in page.select("main select")] == ["language"]


def test_switching_the_language_in_the_menu_is_kept_for_who_has_signed_in(two_party_cluster, recorder, client_of):
    client_of(recorder).post(LANGUAGE, {"language": "en", "next": "/"})
    assert User.objects.get(pk=recorder.pk).language == "en"
    client_of(recorder).post(LANGUAGE, {"language": "xx", "next": "/"})
    assert User.objects.get(pk=recorder.pk).language == "en"


@pytest.mark.parametrize(("chosen", "shown"), [("en", "en"), ("", "vi")])
def test_signing_in_brings_the_language_along(db, chosen, shown):
    make_user(username="an", password=PASSWORD, language=chosen)
    client = Client()
    assert client.post(LOGIN, {"username": "an", "password": PASSWORD}).status_code == 302
    assert client.get("/")["Content-Language"] == shown
