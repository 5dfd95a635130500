"""What waits on the home page, and for whom."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from cluster.access import Access
from cluster.tests.briefing_factories import make_briefing, make_conclusion, make_pattern
from cluster.tests.factories import make_exchange, make_two_party_cluster, make_user
from reports.models import Return
from reports.tests.conference_factories import make_recommendation, make_task
from reports.tests.test_search import make_section
from reports.waiting import PROVIDERS, all_waiting

TODAY = timezone.localdate()
DAY = dt.timedelta(days=1)


@pytest.fixture
def waiting(two_party_cluster):
    """``waiting(user)``: how many of each kind wait."""

    def of(user):
        rows = all_waiting(Access(user).rights_in(two_party_cluster.cluster), today=TODAY)
        return {str(row.label): row.count for row in rows}

    return of


def test_conclusions_wait_for_their_unit_and_the_coordinator(
    two_party_cluster, recorder, partner_recorder, coordinator, observer, waiting
):
    world = two_party_cluster
    briefing = make_briefing(cluster=world.cluster)
    for owner in ({"owner_unit": world.unit}, {"owner_party": world.party}, {}):
        make_conclusion(briefing=briefing, due_on=TODAY + DAY, **owner)
    make_conclusion(briefing=briefing, due_on=TODAY - DAY, state="done", settled_on=TODAY)
    make_conclusion(briefing=briefing, due_on=TODAY + 15 * DAY)
    make_conclusion(briefing=briefing)
    name = "Kết luận đến hạn"
    assert [waiting(user).get(name, 0) for user in (recorder, partner_recorder, coordinator, observer)] == [2, 0, 3, 0]


def test_briefings_wait_for_whose_turn_it_is(
    two_party_cluster, recorder, partner_recorder, coordinator, observer, waiting
):
    world = two_party_cluster
    planned = {"cycle": "extra", "number": 0, "year": TODAY.year, "held_on": None, "planned_on": TODAY - DAY}
    make_briefing(cluster=world.cluster, host_unit=world.unit, **planned)
    name = "Giao ban quá hạn"
    assert [waiting(user).get(name, 0) for user in (recorder, partner_recorder, coordinator, observer)] == [1, 0, 1, 0]


def test_draft_waits_for_a_leader_who_did_not_write_it(two_party_cluster, leader, partner_leader, coordinator, waiting):
    section = make_section(two_party_cluster.cluster)
    name = "Báo cáo chờ ký hoặc trả lại"
    assert [waiting(user).get(name, 0) for user in (leader, partner_leader, coordinator)] == [1, 1, 0]
    type(section).objects.update(written_by=leader)
    assert [waiting(user).get(name, 0) for user in (leader, partner_leader)] == [0, 1]
    Return.objects.create(review=section.review, reason="Thiếu số liệu", returned_by=leader, returned_at=timezone.now())
    assert waiting(partner_leader) == {}


def test_recommendations_and_key_tasks_wait_for_who_answers_for_the_year(
    two_party_cluster, coordinator, leader, recorder, waiting
):
    cluster = two_party_cluster.cluster
    make_recommendation(cluster=cluster)
    make_recommendation(cluster=cluster, answered_on=TODAY)
    make_task(cluster=cluster, year=2017)
    make_task(cluster=cluster, year=2017, assessment="done")
    make_task(cluster=cluster, year=TODAY.year + 1)
    both = {"Nhiệm vụ trọng tâm đến hạn": 1, "Kiến nghị chưa được trả lời": 1}
    assert [waiting(user) for user in (coordinator, leader, recorder)] == [both, both, {}]


def test_exchanges_wait_for_the_unit_that_was_told(two_party_cluster, recorder, partner_recorder, waiting):
    told = {"cluster": two_party_cluster.cluster, "to_unit": two_party_cluster.unit, "exchanged_on": TODAY - DAY}
    make_exchange(**told)
    make_exchange(**told, answered_on=TODAY)
    make_exchange(**told | {"exchanged_on": TODAY - 91 * DAY})
    assert waiting(recorder) == {"Trao đổi thông tin chưa có trả lời": 1}
    assert waiting(partner_recorder) == {}


def test_nothing_of_another_cluster_waits(two_party_cluster, coordinator, leader, recorder, waiting):
    cluster = make_two_party_cluster().cluster
    make_conclusion(briefing=make_briefing(cluster=cluster), due_on=TODAY)
    make_recommendation(cluster=cluster)
    make_task(cluster=cluster, year=2017)
    make_section(cluster)
    make_pattern(cluster=cluster)
    assert [waiting(user) for user in (coordinator, leader, recorder)] == [{}] * 3


@pytest.mark.parametrize("provider", PROVIDERS, ids=lambda provider: provider.__name__)
def test_an_observer_is_told_of_nothing_that_waits(provider, two_party_cluster, observer):
    assert provider(Access(observer).rights_in(two_party_cluster.cluster), TODAY) is None


def test_home_names_what_waits_and_leads_there(two_party_cluster, coordinator, client_of):
    rows = [make_recommendation(cluster=two_party_cluster.cluster, made_on=TODAY - n * DAY) for n in range(7)]
    page = BeautifulSoup(client_of(coordinator).get("/").content, "html.parser")
    links = [link["href"] for link in page.select("[aria-labelledby=other-waiting] a")]
    oldest = [row.get_absolute_url() for row in reversed(rows)][:5]
    assert links == ["/clusters/cum-thu/recommendations/?state=open", *oldest]
    assert page.select_one("[aria-labelledby=other-waiting] .badge").text == "7"


def test_what_is_late_says_so(two_party_cluster, coordinator, client_of):
    make_task(cluster=two_party_cluster.cluster, year=2017, recorded_by=make_user())
    page = BeautifulSoup(client_of(coordinator).get("/").content, "html.parser")
    assert [badge.text for badge in page.select("[aria-labelledby=other-waiting] .badge-warn")] == ["1", "quá hạn"]
