import pytest
from django.test import Client
from django.urls import reverse

from cluster.tests.factories import make_user

PASSWORD = "sông Sa Lung chảy chậm"
LOGIN = reverse("accounts:login")


@pytest.fixture
def officer(db):
    return make_user(username="an", password=PASSWORD)


def test_login_opens_a_session(officer):
    client = Client()
    response = client.post(LOGIN, {"username": "an", "password": PASSWORD, "next": reverse("accounts:password_change")})
    assert (response.status_code, response["Location"]) == (302, reverse("accounts:password_change"))
    assert client.session["_auth_user_id"] == str(officer.pk)


@pytest.mark.parametrize("username", ["an", "nobody"])
def test_login_answers_alike_for_wrong_password_and_unknown_user(officer, username):
    response = Client().post(LOGIN, {"username": username, "password": "wrong"})
    assert response.status_code == 200
    assert response.context["form"].non_field_errors() == ["Tên đăng nhập hoặc mật khẩu không đúng."]


def test_login_refuses_a_disabled_user(officer):
    officer.is_active = False
    officer.save()
    client = Client()
    client.post(LOGIN, {"username": "an", "password": PASSWORD})
    assert "_auth_user_id" not in client.session


def test_login_stops_after_ten_wrong_passwords_even_with_the_right_one(officer):
    client = Client()
    for _ in range(10):
        client.post(LOGIN, {"username": "an", "password": "wrong"})
    response = client.post(LOGIN, {"username": "an", "password": PASSWORD})
    assert response.status_code == 429
    assert "_auth_user_id" not in client.session
    assert "accounts/locked_out.html" in [template.name for template in response.templates]


def test_login_sends_nobody_to_another_host(officer):
    response = Client().post(LOGIN, {"username": "an", "password": PASSWORD, "next": "https://example.org/"})
    assert response["Location"] == reverse("reports:home")


def test_logout_ends_the_session_by_post_only(officer, client_of):
    client = client_of(officer)
    assert client.get(reverse("accounts:logout")).status_code == 405
    client.post(reverse("accounts:logout"))
    assert "_auth_user_id" not in client.session
