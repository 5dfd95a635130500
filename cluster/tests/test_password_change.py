from django.test import Client
from django.urls import reverse

from cluster.tests.factories import make_user

OLD, NEW = "sông Sa Lung chảy chậm", "đồi cát Trầm Kỳ trắng"
ADDRESS = reverse("accounts:password_change")


def changed(client, *, old=OLD, new=NEW, again=NEW):
    return client.post(ADDRESS, {"old_password": old, "new_password1": new, "new_password2": again})


def test_password_change_takes_a_new_password(db, client_of):
    user = make_user(password=OLD)
    response = changed(client_of(user))
    assert response["Location"] == reverse("accounts:password_changed")
    user.refresh_from_db()
    assert user.check_password(NEW)


def test_password_change_ends_the_other_sessions_of_the_user(db, client_of):
    user = make_user(password=OLD)
    here, elsewhere = client_of(user), client_of(user)
    changed(here)
    assert here.get(ADDRESS).status_code == 200
    assert elsewhere.get(ADDRESS).status_code == 302


def test_password_change_refuses_a_short_password_and_keeps_the_old(db, client_of):
    user = make_user(password=OLD)
    response = changed(client_of(user), new="ngắn quá", again="ngắn quá")
    assert list(response.context["form"].errors) == ["new_password2"]
    user.refresh_from_db()
    assert user.check_password(OLD)


def test_password_change_asks_for_the_old_password(db, client_of):
    response = changed(client_of(make_user(password=OLD)), old="something else")
    assert list(response.context["form"].errors) == ["old_password"]


def test_password_change_needs_a_signed_in_user(db):
    assert Client().get(ADDRESS)["Location"] == f"{reverse('accounts:login')}?next={ADDRESS}"
