import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from cluster.models import Submission
from cluster.queue import settle
from reports.tests.world import make_text

ADDRESS = "/clusters/cum-thu/tray/"


def rows(client):
    page = BeautifulSoup(client.get(ADDRESS).content, "html.parser")
    return [" ".join(row.get_text(" ", strip=True).split()) for row in page.select("tbody tr")]


def test_tray_list_shows_a_recorder_the_own_texts(client_of, recorder, partner_recorder, two_party_cluster):
    for user in (recorder, partner_recorder):
        make_text(two_party_cluster, by=user)
    (row,) = rows(client_of(recorder))
    assert row.endswith("Tuần tra chung recorder chờ quyết định")


def test_tray_list_shows_a_coordinator_those_of_the_cluster(
    client_of, coordinator, recorder, partner_recorder, two_party_cluster
):
    for user in (recorder, partner_recorder):
        make_text(two_party_cluster, by=user)
    assert len(rows(client_of(coordinator))) == 2


def test_tray_list_keeps_what_was_settled_below_what_waits(client_of, recorder, two_party_cluster):
    waiting, settled = (make_text(two_party_cluster, by=recorder) for _ in range(2))
    settle(settled, by=recorder, now=timezone.now())
    links = BeautifulSoup(client_of(recorder).get(ADDRESS).content, "html.parser").select("tbody a")
    assert [link["href"] for link in links] == [f"{ADDRESS}{text.pk}/" for text in (waiting, settled)]


def test_tray_list_shows_no_receipts(client_of, recorder, two_party_cluster):
    Submission.objects.filter(pk=make_text(two_party_cluster, by=recorder).pk).update(state="stored")
    assert rows(client_of(recorder)) == []


def test_tray_list_refuses_other_methods(client_of, recorder):
    assert client_of(recorder).post(ADDRESS).status_code == 405


@pytest.mark.parametrize(("persona", "count"), [("recorder", 1), ("coordinator", 1), ("partner_recorder", 0)])
def test_home_page_says_that_texts_wait(client_of, request, persona, count, recorder, two_party_cluster):
    make_text(two_party_cluster, by=recorder)
    page = BeautifulSoup(client_of(request.getfixturevalue(persona)).get("/").content, "html.parser")
    assert len(page.select(f'main a[href="{ADDRESS}"]')) == count


def test_home_page_says_nothing_of_settled_texts(client_of, recorder, two_party_cluster):
    settle(make_text(two_party_cluster, by=recorder), by=recorder, now=timezone.now())
    assert ADDRESS not in client_of(recorder).get("/").content.decode()
