import datetime as dt

from django.utils import timezone

from reports.tests.conference_factories import make_recommendation

ADDRESS = "/clusters/cum-thu/recommendations/"


def contents(response):
    return [row.content for row in response.context["page"]]


def test_recommendation_list_shows_the_newest_first(client_of, leader, two_party_cluster):
    for year in (2017, 2018):
        make_recommendation(cluster=two_party_cluster.cluster, content=f"Năm {year}", made_on=dt.date(year, 1, 12))
    assert contents(client_of(leader).get(ADDRESS)) == ["Năm 2018", "Năm 2017"]


def test_recommendation_list_narrows_by_year_state_and_text(client_of, recorder, two_party_cluster):
    cluster = two_party_cluster.cluster
    make_recommendation(cluster=cluster, content="Cấp đèn pin", answered_on=dt.date(2018, 3, 1))
    make_recommendation(cluster=cluster, content="Sửa đường", made_on=dt.date(2017, 1, 12))
    client = client_of(recorder)
    assert contents(client.get(ADDRESS, {"state": "open"})) == ["Sửa đường"]
    assert contents(client.get(ADDRESS, {"year": 2018})) == ["Cấp đèn pin"]
    assert contents(client.get(ADDRESS, {"q": "den pin"})) == ["Cấp đèn pin"]


def test_recommendation_list_holds_nothing_deleted_or_foreign(client_of, recorder, two_party_cluster):
    make_recommendation(cluster=two_party_cluster.cluster, deleted_at=timezone.now())
    make_recommendation()
    assert contents(client_of(recorder).get(ADDRESS)) == []


def test_recommendation_list_is_closed_to_observers(client_of, observer, two_party_cluster):
    assert client_of(observer).get(ADDRESS).status_code == 403


def test_recommendation_list_refuses_other_methods(client_of, recorder):
    assert client_of(recorder).post(ADDRESS).status_code == 405
