"""Giving a draft back: the reason reaches who prepares it, and is settled by them."""

import pytest
from bs4 import BeautifulSoup
from django.core import mail

from cluster.models import Notice
from cluster.tests.factories import make_cluster, make_member, make_party, make_posting
from reports.models import Return
from reports.tests.signing import YEAR, make_year, signed

HOME = "/clusters/cum-thu/review/2017"
REASON = {"reason": "Bổ sung phần nguyên nhân"}


@pytest.fixture
def year(two_party_cluster):
    return make_year(two_party_cluster)


def test_review_return_reaches_the_coordinator(client_of, leader, coordinator, year):
    response = client_of(leader).post(f"{HOME}/return/", REASON)
    assert (response.status_code, Return.objects.get().returned_by) == (302, leader)
    client = client_of(coordinator)
    for page in ("/", f"{HOME}/", f"{HOME}/write/"):
        assert REASON["reason"] in client.get(page).content.decode(), page


def test_review_return_reaches_who_prepares_several_clusters(client_of, leader, coordinator, year):
    """The home page opens with the cluster that comes first; what is given back of another one stands there too."""
    first = make_cluster(name="Aa")
    for _ in range(2):
        make_member(party=make_party(cluster=first))
    make_posting(user=coordinator, role="coordinator", cluster=first)
    client_of(leader).post(f"{HOME}/return/", REASON)
    page = BeautifulSoup(client_of(coordinator).get("/").content, "html.parser")
    assert page.main.select_one("header a").get_text(strip=True) == "Aa"
    card = page.find(id="returned").parent
    assert card.find("a").get_text() == "Tổng kết năm 2017"
    assert year.cluster.name in card.get_text()


def test_review_return_is_mailed(client_of, leader, coordinator, year, settings, django_capture_on_commit_callbacks):
    settings.EMAIL_URL, settings.SITE_URL = "smtp://mail.example", "https://cum.example"
    coordinator.email = "dieuphoi@example.vn"
    coordinator.save()
    with django_capture_on_commit_callbacks(execute=True):
        client_of(leader).post(f"{HOME}/return/", REASON)
    (letter,) = mail.outbox
    assert (letter.to, letter.subject) == (["dieuphoi@example.vn"], "Trả lại để sửa: báo cáo năm 2017")
    assert REASON["reason"] in letter.body
    assert "https://cum.example/clusters/cum-thu/review/2017/write/" in letter.body


def test_return_settle_takes_it_off_the_desk(client_of, leader, coordinator, year):
    client_of(leader).post(f"{HOME}/return/", REASON)
    client = client_of(coordinator)
    assert client.post(f"{HOME}/return/settle/").status_code == 302
    assert Return.objects.get().settled_by == coordinator
    assert not Notice.objects.unread().exists()
    assert REASON["reason"] not in client.get("/").content.decode()


def test_review_return_needs_a_reason(client_of, leader, year):
    response = client_of(leader).post(f"{HOME}/return/", {"reason": " "})
    assert (response.status_code, Return.objects.count()) == (422, 0)


def test_signed_review_is_not_given_back(client_of, leader, year):
    signed(year, period=YEAR)
    response = client_of(leader).post(f"{HOME}/return/", REASON)
    assert (response.status_code, Return.objects.count()) == (409, 0)
    assert REASON["reason"] in response.content.decode()
