"""What a conference leaves behind: as figures, on the review that opens with it, on the desks of who answers for it."""

import datetime as dt
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from cluster.models import Cluster
from cluster.tests.papers import word_lines
from incidents.tests.factories import make_award, make_declared
from reports.models import Review
from reports.opening import opening_of
from reports.periods import Period
from reports.reckoning import Compared, Reckoning
from reports.services import return_review
from reports.tests.conference_factories import make_conference, make_recommendation, make_task
from reports.tests.signing import PAST, draft, make_year, signed

YEAR_2018 = Period(dt.date(2018, 1, 1), dt.date(2018, 12, 31))


@pytest.fixture
def cluster(two_party_cluster):
    return two_party_cluster.cluster


def figure(cluster: Cluster, key: str, year: int = 2018) -> Compared:
    return Reckoning(cluster, Period.of_year(cluster, year)).figures[key]


def page_of(client: Any, path: str) -> BeautifulSoup:
    return BeautifulSoup(client.get(path).content, "html.parser")


# Figures


def test_recommendations_count_while_they_are_open(cluster):
    make_recommendation(cluster=cluster, made_on=dt.date(2017, 1, 12), answered_on=dt.date(2018, 3, 1))
    make_recommendation(cluster=cluster, made_on=dt.date(2018, 1, 12), answered_on=dt.date(2019, 1, 1))
    make_recommendation(cluster=cluster, made_on=dt.date(2018, 12, 31))
    make_recommendation(cluster=cluster, made_on=dt.date(2018, 1, 12), deleted_at=timezone.now())
    compared = figure(cluster, "recommendations_open")
    assert (compared.this.value, compared.before.value, compared.this.basis) == (2, 1, "records")


def test_recommendations_answered_on_the_last_day_are_not_open(cluster):
    make_recommendation(cluster=cluster, answered_on=dt.date(2018, 12, 31))
    assert figure(cluster, "recommendations_open").this.value == 0


def test_recommendations_of_nobody_are_not_known_but_declared(cluster):
    make_declared(cluster=cluster, metric="recommendations_open", year=2017, value=4)
    make_recommendation(cluster=cluster, made_on=dt.date(2018, 1, 12))
    compared = figure(cluster, "recommendations_open")
    assert (compared.this.value, compared.before.value, compared.before.basis) == (1, 4, "declared")
    assert figure(cluster, "recommendations_open", 2016).this.value is None


def test_tasks_count_in_the_period_in_which_theirs_ends(cluster):
    for assessment in ("done", "done", "partly", "not_done", ""):
        make_task(cluster=cluster, assessment=assessment)
    make_task(cluster=cluster, assessment="done", date_to=dt.date(2018, 6, 30))
    make_task(cluster=cluster, assessment="done", deleted_at=timezone.now())
    assert figure(cluster, "key_tasks_done").this.value == 3
    quarter = Reckoning(cluster, Period(dt.date(2018, 4, 1), dt.date(2018, 6, 30)))
    assert quarter.figures["key_tasks_done"].this.value == 1


def test_tasks_that_nobody_assessed_are_none_done(cluster):
    make_task(cluster=cluster)
    compared = figure(cluster, "key_tasks_done")
    assert (compared.this.value, compared.before.value) == (0, None)


@pytest.mark.parametrize(
    ("key", "make", "change"),
    [
        ("recommendations_open", make_recommendation, {"answered_on": dt.date(2018, 2, 1)}),
        ("key_tasks_done", make_task, {"assessment": ""}),
    ],
)
def test_rows_stand_behind_the_number(client_of, leader, cluster, key, make, change):
    made = {"assessment": "done"} if make is make_task else {}
    counted = make(cluster=cluster, **made)
    make(cluster=cluster, **made | change)
    page = page_of(client_of(leader), f"/clusters/cum-thu/review/2018/figures/{key}/")
    assert page.select_one("[data-total]")["data-total"] == "1"
    assert [link["href"] for link in page.select("[data-amount] a")] == [counted.get_absolute_url()]


# The review


def test_opening_holds_the_tasks_of_the_period_and_what_is_still_open(cluster, django_assert_num_queries):
    done, waiting = make_task(cluster=cluster, assessment="done"), make_task(cluster=cluster)
    make_task(cluster=cluster, year=2019)
    make_recommendation(cluster=cluster, answered_on=dt.date(2018, 3, 1))
    still_open = make_recommendation(cluster=cluster, answered_on=dt.date(2019, 3, 1))
    with django_assert_num_queries(2):
        opening = opening_of(cluster, YEAR_2018)
    assert (opening.tasks, opening.recommendations) == ([done, waiting], [still_open])
    assert opening.assessments == [("đã hoàn thành", 1), ("", 1)]


def test_opening_of_nothing_is_none(cluster):
    assert not opening_of(cluster, YEAR_2018)


def test_review_opens_with_it_for_those_who_read_records(client_of, leader, observer, cluster):
    task, recommendation = make_task(cluster=cluster), make_recommendation(cluster=cluster)
    path = "/clusters/cum-thu/review/2018/"
    texts = page_of(client_of(leader), path).main.get_text()
    assert [row.content in texts for row in (task, recommendation)] == [True, True]
    assert "opening" not in client_of(observer).get(path).context


@pytest.mark.parametrize("way", ["page", "word"])
def test_observer_reads_a_recommendation_when_the_review_that_names_it_is_signed(
    client_of, leader, observer, two_party_cluster, way
):
    """Of a draft an observer reads the figures; its text is of rows that nobody has signed for yet."""
    place = make_year(two_party_cluster)
    asked = make_recommendation(cluster=place.cluster, made_on=dt.date(2017, 6, 1), content="Trang bị đèn pin")
    draft(place)
    assert [said_of_2017(client_of(user), way, asked.content) for user in (leader, observer)] == [True, False]
    signed(place)
    assert [said_of_2017(client_of(user), way, asked.content) for user in (leader, observer)] == [True, True]
    assert client_of(observer).get(asked.get_absolute_url()).status_code == 403


def said_of_2017(client: Any, way: str, words: str) -> bool:
    if way == "word":
        content = client.get("/clusters/cum-thu/review/2017.docx").content
        return any(words in line for line in word_lines(content))
    return words in page_of(client, "/clusters/cum-thu/review/2017/").main.get_text()


def test_observer_reads_who_was_awarded_when_the_review_is_signed(client_of, leader, observer, two_party_cluster):
    place = make_year(two_party_cluster)
    award = make_award(cluster=place.cluster, name="Tổ tuần tra Tân Thủy", recorded_at=PAST)
    draft(place)
    for way in ("page", "word"):
        assert [said_of_2017(client_of(user), way, award.name) for user in (leader, observer)] == [True, False]
    signed(place)
    later = make_award(cluster=place.cluster, name="Tổ tuần tra đến sau")
    for way in ("page", "word"):
        assert [said_of_2017(client_of(user), way, award.name) for user in (leader, observer)] == [True, True]
        assert not said_of_2017(client_of(leader), way, later.name)


def test_observer_does_not_read_what_a_leader_gave_back(client_of, leader, observer, two_party_cluster):
    review = draft(make_year(two_party_cluster))
    reason = "Bổ sung nguyên nhân"
    return_review(review, reason=reason, by=leader, now=timezone.now())
    pages = [page_of(client_of(user), "/clusters/cum-thu/review/2017/").main.get_text() for user in (leader, observer)]
    assert [reason in page for page in pages] == [True, False]


def test_review_names_the_conference_that_concludes_it(client_of, recorder, observer, cluster):
    before = {"compare_from": dt.date(2017, 1, 1), "compare_to": dt.date(2017, 12, 31)}
    review = Review.objects.create(cluster=cluster, date_from=YEAR_2018.start, date_to=YEAR_2018.end, **before)
    conference = make_conference(cluster=cluster, review=review, held_on=dt.date(2019, 1, 11))
    gone = make_conference(cluster=cluster, review=review, deleted_at=timezone.now())
    path = "/clusters/cum-thu/review/2018/"
    page = page_of(client_of(recorder), path)
    assert page.find("a", href=conference.get_absolute_url()).text == conference.name
    assert page.find("a", href=gone.get_absolute_url()) is None
    assert conference.name not in page_of(client_of(observer), path).main.get_text()


# The desk


@pytest.mark.parametrize(("role", "sees"), [("coordinator", True), ("leader", True), ("recorder", False)])
def test_home_shows_what_is_due_to_those_who_answer_for_the_year(request, client_of, cluster, role, sees):
    today = timezone.localdate()
    span = {"date_from": today - dt.timedelta(days=300), "date_to": today + dt.timedelta(days=300)}
    late = make_task(cluster=cluster, due_on=today - dt.timedelta(days=1), **span)
    soon = make_task(cluster=cluster, due_on=today + dt.timedelta(days=30), **span)
    make_task(cluster=cluster, due_on=today + dt.timedelta(days=31), **span)
    asked = make_recommendation(cluster=cluster)
    make_recommendation(cluster=cluster, answered_on=dt.date(2018, 2, 1))
    page = page_of(client_of(request.getfixturevalue(role)), "/")
    found = [link["href"] for link in page.select("main li li a")]
    assert found == ([row.get_absolute_url() for row in (late, soon, asked)] if sees else [])
    assert len(page.select("main li li .badge-warn")) == (1 if sees else 0)
