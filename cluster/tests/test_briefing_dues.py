import datetime as dt

import pytest

from cluster.access import Access
from cluster.dues import awaited_briefings, overdue_briefings
from cluster.tests.briefing_factories import make_briefing, make_pattern

TODAY = dt.date(2017, 4, 10)


@pytest.fixture
def cluster(two_party_cluster):
    return two_party_cluster.cluster


@pytest.fixture
def pattern(two_party_cluster):
    return make_pattern(cluster=two_party_cluster.cluster, hosts=two_party_cluster.units)


def told(dues):
    return [(due.words.number, due.due_on, due.host) for due in dues]


def months(cluster, today=TODAY):
    return [due.words.number for due in awaited_briefings(cluster, today=today)]


def test_overdue_are_those_nobody_held_and_the_next_one_is_told_with_its_host(cluster, pattern, two_party_cluster):
    make_briefing(cluster=cluster, number=2, held_on=dt.date(2017, 2, 24))
    own, partner = two_party_cluster.units
    assert told(awaited_briefings(cluster, today=TODAY)) == [
        (1, dt.date(2017, 1, 25), own),
        (3, dt.date(2017, 3, 25), own),
        (4, dt.date(2017, 4, 25), partner),
        (5, dt.date(2017, 5, 25), own),
    ]


def test_day_of_the_due_date_is_not_yet_overdue(cluster, pattern):
    due = awaited_briefings(cluster, today=dt.date(2017, 1, 25))[0]
    assert not due.is_overdue(dt.date(2017, 1, 25))
    assert due.is_overdue(dt.date(2017, 1, 26))


def test_called_off_and_deleted_say_what_they_say(cluster, pattern):
    make_briefing(cluster=cluster, number=1, held_on=None, planned_on=TODAY, called_off="Mưa lũ")
    make_briefing(cluster=cluster, number=2, deleted_at=dt.datetime(2017, 3, 1, tzinfo=dt.UTC))
    assert months(cluster) == [2, 3, 4, 5]


def test_what_is_planned_earlier_is_due_earlier(cluster, pattern):
    plan = make_briefing(cluster=cluster, number=4, held_on=None, planned_on=dt.date(2017, 4, 5))
    (due,) = [due for due in awaited_briefings(cluster, today=TODAY) if due.briefing]
    assert (due.briefing, due.due_on, due.host) == (plan, dt.date(2017, 4, 5), plan.host_unit)
    assert due.address == plan.get_absolute_url()


def test_extraordinary_plan_is_awaited_without_a_pattern(cluster):
    plan = make_briefing(cluster=cluster, cycle="extra", number=0, held_on=None, planned_on=dt.date(2017, 4, 20))
    assert [due.briefing for due in awaited_briefings(cluster, today=TODAY)] == [plan]


def test_nothing_is_overdue_after_a_year(cluster, pattern):
    assert months(cluster, today=dt.date(2018, 3, 27))[0] == 4


def test_form_opens_with_what_the_pattern_knows(client_of, coordinator, cluster, pattern, two_party_cluster):
    due = awaited_briefings(cluster, today=TODAY)[0]
    form = client_of(coordinator).get(due.address).context["form"]
    assert form["number"].value() == "1"
    assert form["host"].value() == f"policeunit-{two_party_cluster.unit.pk}"


def test_recorder_is_told_of_what_the_own_unit_or_party_hosts(
    recorder, partner_recorder, leader, coordinator, cluster, pattern, two_party_cluster
):
    quarter = {"level": "district", "cycle": "quarter", "hosts": [two_party_cluster.partner_party]}
    make_pattern(cluster=cluster, **quarter)
    numbers = {
        user.username: [
            (due.words.level, due.words.number)
            for due in overdue_briefings(Access(user).rights_in(cluster), today=TODAY)
        ]
        for user in (recorder, partner_recorder, leader, coordinator)
    }
    everything = [("commune", 1), ("commune", 2), ("commune", 3), ("district", 1)]
    assert numbers == {
        "recorder": [("commune", 1), ("commune", 3)],
        "partner-recorder": [("commune", 2), ("district", 1)],
        "leader": everything,
        "coordinator": everything,
    }


def test_list_of_briefings_shows_what_is_due(client_of, leader, cluster, pattern):
    make_pattern(cluster=cluster, level="district", date_from=dt.date(2100, 1, 1))
    response = client_of(leader).get("/clusters/cum-thu/briefings/")
    assert told(response.context["dues"]) == told(awaited_briefings(cluster))
    assert [due.is_overdue(response.context["today"]) for due in response.context["dues"]].count(False) == 2
