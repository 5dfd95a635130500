import datetime as dt

import pytest

from cluster.tests.factories import make_article
from reports.conference_services import assess_task
from reports.tests.conference_factories import make_task


@pytest.fixture
def task(two_party_cluster):
    return make_task(cluster=two_party_cluster.cluster, owner="Công an hai huyện")


def test_task_detail_says_that_it_is_overdue(client_of, recorder, task):
    page = client_of(recorder).get(task.get_absolute_url()).content.decode()
    assert [text for text in (task.content, "Công an hai huyện", "quá hạn") if text not in page] == []


def test_task_detail_shows_the_assessment_and_by_whom(client_of, coordinator, task):
    values = {"assessment": "partly", "assessed_on": dt.date(2018, 12, 20), "assessment_note": "Còn hai xã"}
    assess_task(task, values, version=1, by=coordinator)
    response = client_of(coordinator).get(task.get_absolute_url())
    said = ("Còn hai xã", "20/12/2018, coordinator", "hoàn thành một phần")
    assert [text for text in said if text not in response.content.decode()] == []
    assert response.context["changes"][0].by == coordinator


@pytest.mark.parametrize(
    ("reader", "status"), [("recorder", 200), ("leader", 200), ("observer", 403), ("outsider", 404)]
)
def test_task_detail_is_open_to_those_who_read_records(request, client_of, task, reader, status):
    assert client_of(request.getfixturevalue(reader)).get(task.get_absolute_url()).status_code == status


def test_task_and_the_article_it_carries_out_lead_to_each_other(client_of, recorder, two_party_cluster):
    article = make_article(cluster=two_party_cluster.cluster)
    task, client = make_task(cluster=two_party_cluster.cluster, article=article), client_of(recorder)
    assert f'href="{article.get_absolute_url()}"' in client.get(task.get_absolute_url()).content.decode()
    assert f'href="{task.get_absolute_url()}"' in client.get(article.document.get_absolute_url()).content.decode()
