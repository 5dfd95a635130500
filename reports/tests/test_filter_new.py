"""Lists kept as they are narrowed: only lists of the own cluster, seen by whom they are meant for."""

import pytest
from bs4 import BeautifulSoup

from cluster.models import SavedFilter
from cluster.tests.factories import make_saved_filter
from patrols.tests.factories import make_patrol
from reports.saved_filters import address_of, kept_of

NEW = "/clusters/cum-thu/filters/new/"
PATROLS = "/clusters/cum-thu/patrols/"
HOME = "/"


def links(client, path):
    page = BeautifulSoup(client.get(path).content, "html.parser")
    return [link["href"] for link in page.select("main a")]


def test_filter_is_kept_from_the_list_and_leads_back_to_it(two_party_cluster, recorder, client_of):
    make_patrol(cluster=two_party_cluster.cluster)
    client, narrowed = client_of(recorder), f"{PATROLS}?year=2017&q=qu%E1%BB%91c+l%E1%BB%99&page=2"
    (offered,) = (link for link in links(client, narrowed) if link.startswith(NEW))
    path = BeautifulSoup(client.get(offered).content, "html.parser").select_one("input[name=path]")["value"]
    response = client.post(NEW, {"name": "Quốc lộ năm 2017", "path": path})
    saved = SavedFilter.objects.get()
    assert (saved.view, saved.owner, saved.is_shared) == ("patrols:patrol_list", recorder, False)
    assert response["Location"] == address_of(saved) == f"{PATROLS}?year=2017&q=qu%E1%BB%91c+l%E1%BB%99"
    assert address_of(saved) in links(client, PATROLS)
    assert address_of(saved) in links(client, HOME)


def test_a_list_that_is_not_narrowed_offers_nothing_to_keep(two_party_cluster, recorder, client_of):
    assert [link for link in links(client_of(recorder), f"{PATROLS}?page=1&q=") if link.startswith(NEW)] == []


@pytest.mark.parametrize(
    "path",
    [
        "",
        PATROLS,
        f"{PATROLS}?page=2",
        "/clusters/cum-khac/patrols/?year=2017",
        "https://example.org/clusters/cum-thu/patrols/?year=2017",
        "//example.org/clusters/cum-thu/patrols/?year=2017",
        "javascript:alert(1)",
        "/clusters/cum-thu/patrols/new/?like=1",
        "/clusters/cum-thu/import/?x=1",
        "/accounts/logout/?x=1",
        "/nowhere/?x=1",
        "http://[::1/?x=1",
        f"{PATROLS}?q={'x' * 1001}",
        f"{PATROLS}?{'&'.join(['q=x'] * 200)}",
    ],
)
def test_nothing_but_a_narrowed_list_of_the_cluster_is_kept(two_party_cluster, recorder, client_of, path):
    assert client_of(recorder).post(NEW, {"name": "Lạ", "path": path}).status_code == 422
    assert not SavedFilter.objects.exists()


def test_what_follows_a_hash_is_not_kept(two_party_cluster):
    assert kept_of(f"{PATROLS}?year=2017#top", two_party_cluster.cluster) == ("patrols:patrol_list", "year=2017")


def test_a_name_is_given_once_by_a_person(two_party_cluster, recorder, coordinator, client_of):
    entry = {"name": "Năm 2017", "path": f"{PATROLS}?year=2017"}
    assert [client_of(user).post(NEW, entry).status_code for user in (recorder, coordinator)] == [302, 302]
    page = client_of(recorder).post(NEW, entry)
    assert page.status_code == 422
    assert "Đồng chí đã có bộ lọc mang tên này ở đây." in page.content.decode()


def test_a_shared_filter_is_seen_by_the_members_and_one_s_own_by_nobody_else(
    two_party_cluster, recorder, leader, observer, outsider, client_of
):
    shared = make_saved_filter(owner=recorder, cluster=two_party_cluster.cluster, is_shared=True)
    own = make_saved_filter(owner=recorder, cluster=two_party_cluster.cluster, query="year=2016")

    def seen(user):
        return {saved for saved in (shared, own) if address_of(saved) in links(client_of(user), HOME)}

    assert [seen(user) for user in (recorder, leader, observer, outsider)] == [{shared, own}, {shared}, set(), set()]


def test_one_s_own_filter_is_let_go(two_party_cluster, recorder, leader, client_of):
    saved = make_saved_filter(owner=recorder, cluster=two_party_cluster.cluster, is_shared=True)
    path = f"/clusters/cum-thu/filters/{saved.pk}/delete/"
    assert client_of(leader).post(path).status_code == 404
    assert client_of(recorder).get(path).status_code == 405
    assert client_of(recorder).post(path).status_code == 302
    assert not SavedFilter.objects.exists()


@pytest.mark.parametrize("view", ["cluster_detail", "patrols:no_such_list"])
def test_a_filter_of_a_list_that_is_gone_leads_home(view):
    assert address_of(SavedFilter(view=view, query="x=1")) == "/"
