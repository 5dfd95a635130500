import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from cluster.tests.briefing_factories import make_briefing, make_conclusion, make_pattern
from cluster.tests.factories import make_exchange
from patrols.tests.factories import make_campaign, make_patrol
from reports.tests.conference_factories import make_conference, make_task

ADDRESS = "/clusters/cum-thu/calendar/"


@pytest.fixture
def busy(two_party_cluster):
    """One of each kind in June 2017, and one exchange a day before it."""
    cluster = two_party_cluster.cluster
    make_patrol(cluster=cluster, starts_at=dt.datetime(2017, 6, 5, 14, tzinfo=dt.UTC), route="Trầm Kỳ")
    make_campaign(cluster=cluster, name="Cao điểm", date_from=dt.date(2017, 6, 10), date_to=dt.date(2017, 7, 10))
    make_exchange(cluster=cluster, exchanged_on=dt.date(2017, 6, 1))
    make_exchange(cluster=cluster, exchanged_on=dt.date(2017, 5, 31))
    make_conference(cluster=cluster, held_on=dt.date(2017, 6, 20))
    make_task(cluster=cluster, year=2017, due_on=dt.date(2017, 6, 30))
    return cluster


def days(response):
    return {
        day.date.isoformat(): [str(entry.badge.label) for entry in day.entries]
        for week in response.context["weeks"]
        for day in week
        if day.entries
    }


def test_agenda_shows_everything_on_its_day(client_of, recorder, busy):
    found = days(client_of(recorder).get(f"{ADDRESS}?month=2017-06"))
    assert sorted(found) == ["2017-06-01", "2017-06-05", "2017-06-10", "2017-06-20", "2017-06-30"]
    assert all(len(labels) == 1 for labels in found.values())


def test_agenda_shows_a_conclusion_on_its_due_day(client_of, recorder, two_party_cluster):
    briefing = make_briefing(cluster=two_party_cluster.cluster, held_on=dt.date(2017, 6, 20))
    for state, settled_on in (("open", None), ("done", dt.date(2017, 7, 2))):
        make_conclusion(briefing=briefing, due_on=dt.date(2017, 7, 5), state=state, settled_on=settled_on)
    make_conclusion(briefing=briefing)
    address = f"{ADDRESS}?kind=conclusion&month=2017-0"
    assert days(client_of(recorder).get(f"{address}6")) == {}
    assert days(client_of(recorder).get(f"{address}7")) == {"2017-07-05": ["quá hạn", "đã thực hiện"]}


def test_agenda_shows_a_task_by_the_end_of_its_period(client_of, recorder, two_party_cluster):
    make_task(cluster=two_party_cluster.cluster, year=2017, assessment="done")
    assert days(client_of(recorder).get(f"{ADDRESS}?month=2017-12")) == {"2017-12-31": ["đã hoàn thành"]}


def test_agenda_shows_the_briefing_that_a_pattern_awaits(client_of, recorder, coordinator, two_party_cluster):
    today = timezone.localdate()
    make_pattern(cluster=two_party_cluster.cluster, date_from=today.replace(day=1), due_day=28)
    address = f"{ADDRESS}?kind=briefing_due&month={today:%Y-%m}"
    found = {}
    for user in (recorder, coordinator):
        [day] = [day for week in client_of(user).get(address).context["weeks"] for day in week if day.entries]
        found[user] = day.entries[0].address
        assert day.date == today.replace(day=28)
    assert found[recorder] == "/clusters/cum-thu/briefings/"
    assert found[coordinator].startswith("/clusters/cum-thu/briefings/new/?")


def test_agenda_shows_the_chosen_kinds_alone(client_of, recorder, busy):
    client = client_of(recorder)
    assert sorted(days(client.get(f"{ADDRESS}?month=2017-06&kind=patrol&kind=key_task"))) == [
        "2017-06-05",
        "2017-06-30",
    ]
    assert sorted(days(client.get(f"{ADDRESS}?month=2017-07"))) == ["2017-07-10"]


def test_agenda_takes_no_kind_it_does_not_know(client_of, recorder, busy):
    response = client_of(recorder).get(f"{ADDRESS}?month=2017-06&kind=nothing&kind=%22%3E")
    assert len(days(response)) == 5
    assert response.context["kept"] == ""


def test_agenda_holds_nothing_of_another_cluster(client_of, outsider, busy):
    assert client_of(outsider).get(ADDRESS).status_code == 404
    assert days(client_of(outsider).get("/clusters/cum-khac/calendar/?month=2017-06")) == {}


def test_agenda_of_a_month_without_anything_says_so(client_of, leader, busy):
    response = client_of(leader).get(f"{ADDRESS}?month=2011-01")
    assert response.context["is_empty"]


def test_agenda_of_a_year_counts_each_kind_by_month(client_of, recorder, busy):
    client = client_of(recorder)
    months = client.get(f"{ADDRESS}?year=2017").context["months"]
    counts = {full.month.name: {str(label): count for label, count in full.counts} for full in months if full.counts}
    assert counts["2017-05"] == {"Trao đổi thông tin": 1}
    assert counts["2017-06"]["Ca tuần tra"] == counts["2017-06"]["Trao đổi thông tin"] == 1
    assert len(months) == 12
    assert counts["2017-07"] == {"Đợt cao điểm": 1}
    (only,) = [full for full in client.get(f"{ADDRESS}?year=2017&kind=patrol").context["months"] if full.counts]
    assert [count for _label, count in only.counts] == [1]


def test_agenda_of_a_year_leads_to_its_months_and_the_years_around(client_of, recorder, busy):
    page = BeautifulSoup(client_of(recorder).get(f"{ADDRESS}?year=2017&kind=patrol").content, "html.parser")
    links = [link["href"].removeprefix(ADDRESS) for link in page.select("main .schedule-turn a, main h3 a")]
    assert links[:3] == ["?year=2016&kind=patrol", "?year=2018&kind=patrol", "?month=2017-01&kind=patrol"]
    assert page.select_one("form [name=year]")["value"] == "2017"


@pytest.mark.parametrize("year", ["abc", "0000", "99999", "2017-01"])
def test_agenda_of_no_year_shows_this_one(year, client_of, recorder, busy):
    months = client_of(recorder).get(ADDRESS, {"year": year}).context["months"]
    assert months[0].month.first == timezone.localdate().replace(month=1, day=1)


def test_agenda_says_a_day_once(client_of, recorder, busy):
    weeks = client_of(recorder).get(f"{ADDRESS}?month=2017-06").context["weeks"]
    (entry,) = [entry for week in weeks for day in week for entry in day.entries if day.date == dt.date(2017, 6, 1)]
    assert not entry.title.startswith("01/06/2017")
