import datetime as dt

from django.utils import timezone

from reports.tests.conference_factories import make_conference, make_delegation

ADDRESS = "/clusters/cum-thu/conferences/"


def names(response):
    return [conference.name for conference in response.context["page"]]


def test_conference_list_shows_the_newest_first(client_of, recorder, two_party_cluster):
    for year in (2017, 2018):
        make_conference(cluster=two_party_cluster.cluster, name=f"Tổng kết {year - 1}", held_on=dt.date(year, 1, 12))
    assert names(client_of(recorder).get(ADDRESS)) == ["Tổng kết 2017", "Tổng kết 2016"]


def test_conference_list_adds_up_the_delegates(client_of, leader, two_party_cluster):
    conference = make_conference(cluster=two_party_cluster.cluster)
    for people in (4, 6):
        make_delegation(conference=conference, headcount=people)
    (row,) = client_of(leader).get(ADDRESS).context["page"]
    assert row.headcount == 10


def test_conference_list_narrows_by_year_kind_and_text(client_of, recorder, two_party_cluster):
    cluster = two_party_cluster.cluster
    make_conference(cluster=cluster, name="Tổng kết năm 2017")
    make_conference(cluster=cluster, name="Sơ kết 6 tháng", kind="interim", held_on=dt.date(2017, 7, 5))
    client = client_of(recorder)
    assert names(client.get(ADDRESS, {"year": 2017})) == ["Sơ kết 6 tháng"]
    assert names(client.get(ADDRESS, {"kind": "annual"})) == ["Tổng kết năm 2017"]
    assert names(client.get(ADDRESS, {"q": "so ket"})) == ["Sơ kết 6 tháng"]


def test_conference_list_holds_nothing_deleted_or_foreign(client_of, recorder, two_party_cluster):
    make_conference(cluster=two_party_cluster.cluster, deleted_at=timezone.now())
    make_conference()
    assert names(client_of(recorder).get(ADDRESS)) == []


def test_conference_list_is_closed_to_observers(client_of, observer, two_party_cluster):
    assert client_of(observer).get(ADDRESS).status_code == 403


def test_conference_list_refuses_other_methods(client_of, recorder):
    assert client_of(recorder).post(ADDRESS).status_code == 405
