"""The notices of a person: in the own language, unread ones first to be seen, nothing of what is out of sight."""

import datetime as dt
import uuid

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from cluster.models import Notice
from cluster.services import delete_record
from cluster.tests.factories import make_exchange, make_notice

NOTICES = "/notices/"


def page_of(client, path=NOTICES):
    return BeautifulSoup(client.get(path).content, "html.parser")


def bell(client):
    found = page_of(client, "/").select_one(".bell-count")
    return found.find(string=True).strip() if found else ""


def test_notice_list_tells_in_the_language_of_the_page(two_party_cluster, recorder, client_of):
    make_notice(recipient=recorder, cluster=two_party_cluster.cluster)
    client = client_of(recorder)
    assert page_of(client).select_one(".notices .link").text.startswith("Chờ đơn vị xác nhận: 01/06/2017")
    assert page_of(client).select(".notices p")[1].text == "Công an xã An: 4 người."
    client.cookies["django_language"] = "en"
    assert page_of(client).select(".notices p")[1].text == "Công an xã An: 4 people."


def test_bell_counts_what_is_unread(two_party_cluster, recorder, client_of):
    client = client_of(recorder)
    assert bell(client) == ""
    for _ in range(2):
        make_notice(recipient=recorder, cluster=two_party_cluster.cluster)
    make_notice(recipient=recorder, cluster=two_party_cluster.cluster, read_at=timezone.now())
    make_notice(cluster=two_party_cluster.cluster)
    assert bell(client) == "2"


def test_bell_asks_one_question(two_party_cluster, recorder, client_of, django_assert_num_queries):
    from cluster.access import Access
    from cluster.context_processors import _unread_notices

    make_notice(recipient=recorder, cluster=two_party_cluster.cluster)

    class Request:
        user = recorder
        _access = Access(recorder)

    assert Request._access.clusters
    with django_assert_num_queries(1):
        assert _unread_notices(Request()) == 1


def test_notice_open_leads_on_and_is_read(two_party_cluster, recorder, client_of):
    notice = make_notice(recipient=recorder, cluster=two_party_cluster.cluster, address="/clusters/cum-thu/")
    client = client_of(recorder)
    response = client.post(f"{NOTICES}{notice.pk}/")
    assert (response.status_code, response["Location"]) == (302, "/clusters/cum-thu/")
    read_at = Notice.objects.get().read_at
    assert read_at is not None
    client.post(f"{NOTICES}{notice.pk}/")
    assert Notice.objects.get().read_at == read_at


def test_notice_of_another_person_does_not_exist(two_party_cluster, recorder, leader, client_of):
    notice = make_notice(recipient=leader, cluster=two_party_cluster.cluster)
    client = client_of(recorder)
    assert client.post(f"{NOTICES}{notice.pk}/").status_code == 404
    client.post(f"{NOTICES}read/")
    assert (page_of(client).select(".notices li"), Notice.objects.get().read_at) == ([], None)


def test_notice_of_a_cluster_that_is_out_of_sight_is_not_told(two_party_cluster, recorder, client_of):
    make_notice(recipient=recorder, cluster=two_party_cluster.cluster)
    make_notice(recipient=recorder)
    client = client_of(recorder)
    assert (len(page_of(client).select(".notices li")), bell(client)) == (1, "1")
    recorder.postings.update(valid_to=timezone.localdate() - dt.timedelta(days=1))
    assert (page_of(client).select(".notices li"), bell(client)) == ([], "")


def test_notice_to_who_only_observes_now_is_not_told(two_party_cluster, observer, client_of):
    make_notice(recipient=observer, cluster=two_party_cluster.cluster)
    client = client_of(observer)
    assert (page_of(client).select(".notices li"), bell(client)) == ([], "")


def test_notices_of_a_deleted_record_go_with_it(two_party_cluster, recorder, coordinator):
    record = make_exchange(cluster=two_party_cluster.cluster)
    make_notice(recipient=recorder, cluster=two_party_cluster.cluster, about=record.client_id)
    kept = make_notice(recipient=recorder, cluster=two_party_cluster.cluster, about=uuid.uuid4())
    delete_record(record, version=1, by=coordinator, reason="Ghi nhầm", now=timezone.now())
    assert list(Notice.objects.all()) == [kept]


def test_notice_read_all_leaves_what_came_since(two_party_cluster, recorder, client_of):
    seen = make_notice(recipient=recorder, cluster=two_party_cluster.cluster)
    client = client_of(recorder)
    last = page_of(client).select_one("input[name=last]")["value"]
    later = make_notice(recipient=recorder, cluster=two_party_cluster.cluster)
    assert client.post(f"{NOTICES}read/", {"last": last}).status_code == 302
    assert list(Notice.objects.unread()) == [later]
    assert Notice.objects.get(pk=seen.pk).read_at is not None


@pytest.mark.parametrize("last", ["", "x", "9" * 40])
def test_notice_read_all_takes_whatever_is_sent(two_party_cluster, recorder, client_of, last):
    make_notice(recipient=recorder, cluster=two_party_cluster.cluster)
    assert client_of(recorder).post(f"{NOTICES}read/", {"last": last}).status_code == 302
    assert not Notice.objects.unread().exists()


def test_notice_of_a_kind_no_longer_declared_is_shown_by_its_key(two_party_cluster, recorder, client_of):
    make_notice(recipient=recorder, cluster=two_party_cluster.cluster, kind="of-old")
    assert page_of(client_of(recorder)).select_one(".notices .link").text == "of-old"
