"""What the page of a regulation lists below its articles."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from cluster.carried_out import articles_of
from cluster.models import Conclusion, InitiativeActivity, Outreach
from cluster.tests.briefing_factories import make_briefing, make_conclusion
from cluster.tests.entries import register_entry
from cluster.tests.factories import (
    make_activity,
    make_advice,
    make_article,
    make_cluster,
    make_document,
    make_initiative,
    make_outreach,
)


@pytest.fixture
def cluster(two_party_cluster):
    return two_party_cluster.cluster


@pytest.fixture
def article(cluster):
    return make_article(cluster=cluster, document=make_document(cluster=cluster, kind="regulation"))


def deeds(article):
    [(_article, deeds)] = articles_of(article.document)
    return deeds


def test_article_has_what_names_it_by_kind(article, cluster):
    make_advice(cluster=cluster, article=article)
    make_activity(initiative=make_initiative(cluster=cluster), article=article)
    make_outreach(cluster=cluster, article=article)
    make_conclusion(briefing=make_briefing(cluster=cluster), article=article)
    make_outreach(cluster=cluster)
    assert sorted((type(of_kind.newest[0]).__name__, of_kind.total) for of_kind in deeds(article)) == [
        ("Advice", 1),
        ("Conclusion", 1),
        ("InitiativeActivity", 1),
        ("Outreach", 1),
    ]


def test_newest_stand_there_and_the_list_has_all(article, cluster, client_of, recorder):
    sessions = [make_outreach(cluster=cluster, held_on=dt.date(2017, 6, n), article=article) for n in range(1, 5)]
    make_outreach(cluster=cluster)
    [of_kind] = deeds(article)
    assert (of_kind.newest, of_kind.total) == (sessions[:0:-1], 4)
    page = client_of(recorder).get(of_kind.address).context["page"]
    assert list(page) == sessions[::-1]


def test_deleted_and_foreign_records_are_left_out(article, cluster):
    make_outreach(cluster=cluster, article=article, deleted_at=timezone.now())
    make_outreach(cluster=make_cluster(), article=article)
    assert deeds(article) == []


def test_page_of_the_regulation_leads_to_the_deeds(article, cluster, client_of, recorder):
    session = make_outreach(cluster=cluster, article=article)
    page = BeautifulSoup(client_of(recorder).get(article.document.get_absolute_url()).content, "html.parser")
    assert page.select_one(f'#article-1 a[href="{session.get_absolute_url()}"]')


def test_task_stands_there_with_the_day_it_is_due(article, cluster, client_of, recorder):
    make_conclusion(briefing=make_briefing(cluster=cluster), due_on=dt.date(2017, 7, 5), article=article)
    page = BeautifulSoup(client_of(recorder).get(article.document.get_absolute_url()).content, "html.parser")
    assert "hạn 05/07/2017" in page.select_one("#article-1").text


def test_as_many_questions_for_many_deeds(article, cluster, django_assert_num_queries):
    make_activity(initiative=make_initiative(cluster=cluster), article=article)
    with django_assert_num_queries(6):
        [str(row) for of_kind in deeds(article) for row in of_kind.newest]
    for number in range(2, 5):
        make_article(cluster=cluster, document=article.document, number=number)
        make_activity(initiative=make_initiative(cluster=cluster), article=article)
    with django_assert_num_queries(6):
        [row.get_absolute_url() for _a, of in articles_of(article.document) for kind in of for row in kind.newest]


@pytest.mark.parametrize("model", [Outreach, InitiativeActivity, Conclusion])
def test_form_takes_an_article_and_the_page_leads_to_it(
    model, article, cluster, client_of, coordinator, two_party_cluster
):
    others = {
        Outreach: {"unit": two_party_cluster.unit.pk},
        InitiativeActivity: {"unit": two_party_cluster.unit.pk, "initiative": make_initiative(cluster=cluster).pk},
        Conclusion: {"briefing": make_briefing(cluster=cluster).pk},
    }
    client = client_of(coordinator)
    address = {
        Outreach: "outreach",
        InitiativeActivity: "initiatives/activities",
        Conclusion: "conclusions",
    }[model]
    entry = register_entry(model, article=article.pk, **others[model])
    response = client.post(f"/clusters/cum-thu/{address}/new/", entry, follow=True)
    assert model.objects.get().article == article
    assert f'href="{article.get_absolute_url()}"' in response.content.decode()
