"""Users and their rights in Django admin."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from cluster.models import Posting, User
from cluster.tests.admin_pages import address, errors_of, messages_of, run_action, soup_of, submit
from cluster.tests.factories import make_administrative_unit, make_posting, make_unit, make_user

pytestmark = pytest.mark.django_db

GOOD_PASSWORD = "đi-tuần-lúc-21-giờ"
NEW_USER = {"username": "ghi-so", "full_name": "Lê Thị Ghi", "password1": GOOD_PASSWORD, "password2": GOOD_PASSWORD}


@pytest.fixture
def desk(administrator, client_of):
    """The administrator's browser."""
    return client_of(administrator)


def change_page(user):
    return address(User, "change", user.pk)


def password_page(user):
    return reverse("admin:cluster_user_password", args=[user.pk])


# Users


def test_user_and_posting_are_added_on_one_page(desk, administrator):
    unit = make_unit()
    submit(desk, address(User, "add"), **NEW_USER, postings__0__role="recorder", postings__0__unit=unit.pk)
    posting = Posting.objects.get(user__username="ghi-so")
    assert (posting.role, posting.unit, posting.valid_from) == ("recorder", unit, timezone.localdate())
    assert posting.user.check_password(GOOD_PASSWORD)
    assert {row.history.get().history_user for row in (posting, posting.user)} == {administrator}


@pytest.mark.parametrize(
    ("entries", "field"),
    [
        ({"password2": "đi-tuần-lúc-22-giờ"}, "password2"),
        ({"password1": "ngắn", "password2": "ngắn"}, "password2"),
        ({"password1": "password1234", "password2": "password1234"}, "password2"),
        ({"password1": "", "password2": ""}, "password1"),
        ({"username": "ghi so"}, "username"),
        ({"username": "ADMINISTRATOR"}, "username"),
    ],
)
def test_user_with_a_fault_is_refused_at_the_field(desk, entries, field):
    answer = submit(desk, address(User, "add"), **NEW_USER | entries)
    assert field in errors_of(answer)
    assert User.objects.count() == 1


@pytest.mark.parametrize(
    ("entries", "field"),
    [
        ({"role": "recorder"}, "unit"),
        ({"role": "leader"}, "party"),
        ({"role": "coordinator"}, "cluster"),
        ({"role": "administrator", "cluster": True}, "cluster"),
        ({"role": "observer", "cluster": True}, "cluster"),
    ],
)
def test_posting_without_its_place_is_refused_at_the_field(desk, two_party_cluster, entries, field):
    entries = entries | ({"cluster": two_party_cluster.cluster.pk} if "cluster" in entries else {})
    answer = submit(desk, address(Posting, "add"), user=make_user().pk, **entries)
    assert list(errors_of(answer)) == [field]
    assert Posting.objects.count() == 1


def test_page_of_a_user_shows_no_hash_and_leads_to_a_new_password(desk):
    user = make_user(password=GOOD_PASSWORD)
    page = desk.get(change_page(user))
    assert user.password not in page.content.decode()
    assert "argon2" not in page.content.decode()
    assert soup_of(page).select(".field-password_link a")[0]["href"] == password_page(user)


def test_list_of_users_tells_their_roles_today(desk, recorder):
    make_posting(user=recorder, role="observer", valid_to=dt.date(2020, 1, 1))
    page = soup_of(desk.get(address(User, "changelist"), {"role": "recorder"}))
    assert [cell.text.split(" · ")[1] for cell in page.select(".field-roles_today")] == [
        str(recorder.postings.get(role="recorder").unit)
    ]


# Passwords


def test_new_password_ends_the_sessions_of_the_user(desk, administrator, client_of):
    user = make_user(password=GOOD_PASSWORD)
    phone = client_of(user)
    submit(desk, password_page(user), new_password1="một-mật-khẩu-khác", new_password2="một-mật-khẩu-khác")
    user.refresh_from_db()
    assert user.check_password("một-mật-khẩu-khác")
    assert phone.get(reverse("accounts:password_change")).status_code == 302
    assert user.history.latest().history_user == administrator
    assert LogEntry.objects.get().object_repr == f"#{user.pk}"


def test_own_new_password_keeps_the_own_session(desk, administrator):
    submit(desk, password_page(administrator), new_password1=GOOD_PASSWORD, new_password2=GOOD_PASSWORD)
    assert desk.get(reverse("admin:index")).status_code == 200


def test_weak_new_password_changes_nothing(desk):
    user = make_user(username="ghi-so-tuan-tra", password=GOOD_PASSWORD)
    answer = submit(desk, password_page(user), new_password1="ghi-so-tuan-tra", new_password2="ghi-so-tuan-tra")
    user.refresh_from_db()
    assert soup_of(answer).select(".errorlist")
    assert user.check_password(GOOD_PASSWORD)


def test_new_password_of_nobody_is_not_found(desk):
    assert desk.get(reverse("admin:cluster_user_password", args=[10**6])).status_code == 404


def test_password_page_forbids_other_roles(recorder, administrator, client_of):
    phone = client_of(recorder)
    assert phone.post(password_page(administrator), {"new_password1": GOOD_PASSWORD}).status_code == 403


# The last administrator


def lock_out(desk, administrator, way):
    posting = administrator.postings.get()
    yesterday = f"{timezone.localdate() - dt.timedelta(days=1):%d/%m/%Y}"
    inline = {"postings__0__valid_to": yesterday}
    match way:
        case "inactive":
            return submit(desk, change_page(administrator), is_active=None)
        case "last day":
            return submit(desk, address(Posting, "change", posting.pk), valid_to=yesterday)
        case "future last day":
            return submit(desk, address(Posting, "change", posting.pk), valid_to="31/12/2099")
        case "another role":
            return submit(desk, address(Posting, "change", posting.pk), role="observer")
        case "another user":
            return submit(desk, address(Posting, "change", posting.pk), user=make_user(is_active=False).pk)
        case "on the user's page":
            return submit(desk, change_page(administrator), **inline)
        case "end now":
            return run_action(desk, Posting, "end_now", posting)


WAYS = ["inactive", "last day", "future last day", "another role", "another user", "on the user's page", "end now"]


def rights():
    return list(Posting.objects.values("pk", "role", "user", "user__is_active", "valid_to"))


@pytest.mark.parametrize("way", WAYS)
def test_last_administrator_stays(desk, administrator, way):
    make_posting(role="administrator", user=make_user(is_active=False))
    make_posting(role="administrator", valid_to=dt.date(2099, 12, 31))
    before = rights()
    answer = lock_out(desk, administrator, way)
    if answer.status_code == 302:
        answer = desk.get(answer.url)
    assert len(messages_of(answer)) == 1
    assert rights() == before
    assert not LogEntry.objects.exists()


@pytest.mark.parametrize("way", WAYS)
def test_administrator_who_is_not_the_last_may_go(desk, administrator, way):
    make_posting(role="administrator")
    before = rights()
    lock_out(desk, administrator, way)
    assert rights() != before


def test_two_postings_of_the_last_administrator_do_not_go_at_once(desk, administrator):
    make_posting(role="administrator", user=administrator)
    days = {f"postings__{i}__valid_to": "01/01/2020" for i in range(2)}
    submit(desk, change_page(administrator), **days)
    assert Posting.objects.lasting_administrators().count() == 2


def test_temporary_administrators_alone_can_still_work(desk, administrator):
    Posting.objects.update(valid_to=dt.date(2099, 12, 31))
    user = make_user()
    submit(desk, change_page(user), full_name="Lê Thị Ghi")
    user.refresh_from_db()
    assert user.full_name == "Lê Thị Ghi"


# Ending a posting


def test_posting_that_is_ended_gives_no_right_at_the_next_request(desk, recorder, client_of):
    phone = client_of(recorder)
    assert phone.get("/clusters/cum-thu/").status_code == 200
    run_action(desk, Posting, "end_now", recorder.postings.get())
    assert phone.get("/clusters/cum-thu/").status_code == 404


def test_posting_of_today_is_said_not_to_end_before_it_began(desk):
    posting = make_posting(role="observer", valid_from=timezone.localdate())
    told = messages_of(run_action(desk, Posting, "end_now", posting))
    posting.refresh_from_db()
    assert posting.valid_to is None
    assert len(told) == 2


def test_ending_keeps_who_did_it(desk, administrator, recorder):
    posting = recorder.postings.get()
    run_action(desk, Posting, "end_now", posting)
    assert posting.history.latest().history_user == administrator
    assert posting.history.latest().valid_to == timezone.localdate() - dt.timedelta(days=1)


def test_posting_keeps_its_province_a_province(desk):
    commune = make_administrative_unit()
    answer = submit(desk, address(Posting, "add"), user=make_user().pk, role="observer", province=commune.pk)
    assert list(errors_of(answer)) == ["province"]
