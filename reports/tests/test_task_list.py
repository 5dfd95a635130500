import datetime as dt

from django.utils import timezone

from cluster.tests.factories import make_article
from reports.tests.conference_factories import make_task

ADDRESS = "/clusters/cum-thu/tasks/"


def contents(response):
    return [row.content for row in response.context["page"]]


def test_task_list_shows_the_newest_period_first_and_what_is_due_first(client_of, leader, two_party_cluster):
    cluster = two_party_cluster.cluster
    make_task(cluster=cluster, content="Năm trước", year=2017)
    for month in (9, 3):
        make_task(cluster=cluster, content=f"Tháng {month}", due_on=dt.date(2018, month, 1))
    assert contents(client_of(leader).get(ADDRESS)) == ["Tháng 3", "Tháng 9", "Năm trước"]


def test_task_list_narrows_by_year_assessment_and_text(client_of, recorder, two_party_cluster):
    cluster, today = two_party_cluster.cluster, timezone.localdate()
    make_task(cluster=cluster, content="Xong", assessment="done")
    make_task(cluster=cluster, content="Quá hạn", year=2017)
    make_task(cluster=cluster, content="Năm nay", year=today.year)
    client = client_of(recorder)
    assert contents(client.get(ADDRESS, {"state": "done"})) == ["Xong"]
    assert contents(client.get(ADDRESS, {"state": "none"})) == ["Năm nay", "Quá hạn"]
    assert contents(client.get(ADDRESS, {"state": "overdue"})) == ["Quá hạn"]
    assert contents(client.get(ADDRESS, {"year": 2018})) == ["Xong"]
    assert contents(client.get(ADDRESS, {"q": "qua han"})) == ["Quá hạn"]


def test_task_list_narrows_by_the_article(client_of, recorder, two_party_cluster):
    article = make_article(cluster=two_party_cluster.cluster)
    make_task(cluster=two_party_cluster.cluster, content="Theo quy chế", article=article)
    make_task(cluster=two_party_cluster.cluster, content="Việc khác")
    assert contents(client_of(recorder).get(ADDRESS, {"article": article.pk})) == ["Theo quy chế"]


def test_task_list_holds_nothing_deleted_or_foreign(client_of, recorder, two_party_cluster):
    make_task(cluster=two_party_cluster.cluster, deleted_at=timezone.now())
    make_task()
    assert contents(client_of(recorder).get(ADDRESS)) == []


def test_task_list_is_closed_to_observers(client_of, observer, two_party_cluster):
    assert client_of(observer).get(ADDRESS).status_code == 403


def test_task_list_refuses_other_methods(client_of, recorder):
    assert client_of(recorder).post(ADDRESS).status_code == 405
