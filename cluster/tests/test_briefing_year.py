import datetime as dt

import pytest

from cluster.briefing_services import plan_year
from cluster.models import Briefing
from cluster.tests.briefing_factories import make_briefing, make_pattern

ADDRESS = "/clusters/cum-thu/briefings/year/"
NOW = dt.datetime(2017, 1, 2, tzinfo=dt.UTC)


@pytest.fixture
def pattern(two_party_cluster):
    return make_pattern(cluster=two_party_cluster.cluster, hosts=two_party_cluster.units)


def test_briefing_year_shows_what_the_patterns_ask_for(client_of, coordinator, pattern):
    held = make_briefing(cluster=pattern.cluster, number=6)
    response = client_of(coordinator).get(f"{ADDRESS}?year=2017")
    slots = response.context["slots"]
    assert [slot.key.number for slot in slots] == list(range(1, 13))
    assert [slot.briefing for slot in slots if not slot.is_to_plan] == [held]


def test_briefing_year_plans_what_is_missing(client_of, coordinator, pattern, two_party_cluster):
    make_briefing(cluster=pattern.cluster, number=6)
    response = client_of(coordinator).post(ADDRESS, {"year": "2017"})
    plans = Briefing.objects.awaited().order_by("number")
    assert response["Location"] == "/clusters/cum-thu/briefings/"
    assert [plan.number for plan in plans] == [1, 2, 3, 4, 5, 7, 8, 9, 10, 11, 12]
    assert {plan.host_unit for plan in plans} == set(two_party_cluster.units)
    assert {plan.history.get().history_user for plan in plans} == {coordinator}


def test_briefing_year_is_planned_once(coordinator, pattern):
    first = plan_year(pattern.cluster, 2017, by=coordinator, now=NOW)
    assert (len(first), plan_year(pattern.cluster, 2017, by=coordinator, now=NOW)) == (12, [])
    assert Briefing.objects.count() == 12


def test_briefing_year_does_not_revive_a_plan_that_was_deleted(coordinator, pattern):
    plan_year(pattern.cluster, 2017, by=coordinator, now=NOW)
    Briefing.objects.filter(number=3).update(deleted_at=NOW)
    assert plan_year(pattern.cluster, 2017, by=coordinator, now=NOW) == []


def test_briefing_year_plans_for_a_working_day(coordinator, pattern):
    days = [plan.planned_on for plan in plan_year(pattern.cluster, 2017, by=coordinator, now=NOW)]
    assert dt.date(2017, 2, 24) in days  # the 25th was a Saturday
    assert all(day.weekday() < 5 and 0 <= 25 - day.day <= 2 for day in days)


def test_briefing_year_without_a_host_plans_nothing(client_of, coordinator, two_party_cluster):
    make_pattern(cluster=two_party_cluster.cluster)
    response = client_of(coordinator).get(f"{ADDRESS}?year=2017")
    assert (len(response.context["slots"]), response.context["to_plan"]) == (12, 0)


def test_briefing_year_refuses_what_is_no_year(client_of, coordinator, pattern):
    assert client_of(coordinator).post(ADDRESS, {"year": "17"}).status_code == 422
    assert not Briefing.objects.exists()


def test_briefing_year_is_the_coordinators(client_of, recorder, outsider, pattern):
    assert client_of(recorder).post(ADDRESS, {"year": "2017"}).status_code == 403
    assert client_of(outsider).post(ADDRESS, {"year": "2017"}).status_code == 404
    assert not Briefing.objects.exists()
