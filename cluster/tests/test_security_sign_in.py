"""Who signs in learns nothing by failing, and goes nowhere but to this host (security.md 17, 18, 20)."""

import re

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from cluster.tests.factories import make_user

PASSWORD = "sông Sa Lung chảy chậm"
LOGIN, LOGOUT, LANGUAGE = (reverse(f"accounts:{name}") for name in ("login", "logout", "language"))
SIGNED_IN_ONLY = reverse("accounts:password_change")
FOREIGN = [
    *("//evil.example", "https://evil.example/", "http:///evil.example", "/\\evil.example", "\\\\evil.example"),
    *("javascript:alert(1)", "///evil.example", "https:evil.example", "//localhost@evil.example", "\t//evil.example"),
]


@pytest.fixture(autouse=True)
def quick_hashes(settings):
    """Every try costs a hash, and Argon2 takes its time on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def officer(db):
    return make_user(username="an", password=PASSWORD)


def sign_in(client=None, *, username="an", password=PASSWORD, address="192.0.2.1", **more):
    credentials = {"username": username, "password": password, **more}
    return (client or Client()).post(LOGIN, credentials, REMOTE_ADDR=address)


def is_signed_in(session_key):
    """Whether somebody who holds the key is let in."""
    thief = Client()
    thief.cookies[settings.SESSION_COOKIE_NAME] = session_key
    return thief.get(SIGNED_IN_ONLY).status_code == 200


def without_what_was_typed(response):
    """The page without its token and without the name, which the form keeps."""
    return re.sub(r'(name="csrfmiddlewaretoken"|name="username") [^>]*', r"\1", response.content.decode())


def test_sign_in_fails_alike_whatever_is_wrong(officer):
    make_user(username="binh", password=PASSWORD, is_active=False)
    wrong_password = sign_in(password="wrong")
    unknown, inactive = sign_in(username="nobody"), sign_in(username="binh")
    assert {answer.status_code for answer in (wrong_password, unknown, inactive)} == {200}
    pages = {without_what_was_typed(answer) for answer in (wrong_password, unknown, inactive)}
    assert len(pages) == 1


@pytest.mark.parametrize("username", ["binh", "nobody"])
def test_lock_looks_alike_for_accounts_that_nobody_may_use(officer, username):
    """A lock that only real accounts had would tell which they are."""
    make_user(username="binh", password=PASSWORD, is_active=False)
    answers = [sign_in(username=username).status_code for _ in range(settings.AXES_FAILURE_LIMIT + 1)]
    others = [sign_in(password="wrong").status_code for _ in range(settings.AXES_FAILURE_LIMIT + 1)]
    assert answers == others


def test_lock_holds_from_every_address_and_for_one_account_only(officer):
    """A whole office sits behind one address, and who tries passwords has many."""
    make_user(username="binh", password=PASSWORD)
    for _ in range(settings.AXES_FAILURE_LIMIT):
        sign_in(password="wrong")
    assert sign_in(address="198.51.100.7").status_code == 429
    assert sign_in(username="binh").status_code == 302


def test_lock_counts_wrong_passwords_from_many_addresses(officer):
    for number in range(settings.AXES_FAILURE_LIMIT):
        sign_in(password="wrong", address=f"198.51.100.{number}")
    assert sign_in(address="203.0.113.1").status_code == 429


def test_lock_holds_on_the_way_to_admin(officer):
    """Admin has no sign-in form of its own that would count apart."""
    answer = Client().post(reverse("admin:login"), {"username": "an", "password": PASSWORD})
    assert answer["Location"].startswith(f"{LOGIN}?next=")


def test_session_gets_a_new_key_at_sign_in(officer):
    client = Client()
    session = client.session
    session["before"] = True
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = planted = session.session_key or ""
    sign_in(client)
    assert client.session.session_key != planted
    assert not is_signed_in(planted)


def test_session_ends_on_the_server_at_sign_out(officer):
    client = Client()
    sign_in(client)
    key = client.session.session_key
    assert is_signed_in(key)
    client.post(LOGOUT)
    assert not is_signed_in(key)


def test_session_ends_when_the_account_is_disabled(officer, client_of):
    client = client_of(officer)
    assert client.get(SIGNED_IN_ONLY).status_code == 200
    officer.is_active = False
    officer.save()
    assert client.get(SIGNED_IN_ONLY).status_code == 302


@pytest.mark.parametrize("target", FOREIGN)
def test_sign_in_leads_to_no_other_host(officer, client_of, target):
    home = reverse(settings.LOGIN_REDIRECT_URL)
    client = client_of(officer)
    # Signed in already: the same rule without the cost of a password.
    assert client.get(LOGIN, {"next": target})["Location"] == home


def test_sign_in_form_leads_to_no_other_host(officer):
    assert sign_in(next=FOREIGN[0])["Location"] == reverse(settings.LOGIN_REDIRECT_URL)


@pytest.mark.parametrize("target", FOREIGN)
def test_language_and_sign_out_lead_to_no_other_host(db, target):
    from_form = Client().post(LANGUAGE, {"language": "en", "next": target})
    from_page = Client().post(LANGUAGE, {"language": "en"}, headers={"referer": target})
    assert (from_form["Location"], from_page["Location"]) == ("/", "/")
    assert Client().post(LOGOUT, {"next": target})["Location"] == LOGIN
