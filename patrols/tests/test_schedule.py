import datetime as dt

import pytest
from django.utils import timezone

from patrols.schedule import Month
from patrols.tests.entries import page_of
from patrols.tests.factories import make_patrol

ADDRESS = "/clusters/cum-thu/schedule/"
ZONE = timezone.get_default_timezone()


def at(year, month, day, hour=21):
    return dt.datetime(year, month, day, hour, tzinfo=ZONE)


@pytest.fixture
def cluster(two_party_cluster):
    return two_party_cluster.cluster


@pytest.fixture
def look(client_of, recorder, two_party_cluster):
    def opened(**query):
        response = client_of(recorder).get(ADDRESS, query)
        assert response.status_code == 200
        return page_of(response)

    return opened


def planned(cluster, start, **fields):
    return make_patrol(cluster=cluster, **{"status": "scheduled", "starts_at": None, "planned_start": start} | fields)


def cell_of(page, day):
    return page.select_one(f'td:has(time[datetime="{day}"])')


def hrefs(found):
    return [link["href"] for link in found.select("a")]


def test_schedule_takes_no_post(client_of, recorder, two_party_cluster):
    assert client_of(recorder).post(ADDRESS).status_code == 405


def test_schedule_sends_strangers_to_sign_in(client, two_party_cluster):
    assert client.get(ADDRESS)["Location"] == f"/accounts/login/?next={ADDRESS}"


def test_schedule_does_not_exist_for_outsiders(client_of, outsider, two_party_cluster):
    assert client_of(outsider).get(ADDRESS).status_code == 404


def test_schedule_is_forbidden_to_observers(client_of, observer, two_party_cluster):
    assert client_of(observer).get(ADDRESS).status_code in (403, 404)


def test_schedule_is_a_month_from_monday_to_sunday(look):
    page = look(month="2026-11")
    days = [time["datetime"] for time in page.select("table time")]
    assert [head.get_text() for head in page.select("thead th")][::6] == ["Monday", "Sunday"]
    assert (days[0], days[6], days[-1]) == ("2026-10-26", "2026-11-01", "2026-12-06")


def test_schedule_marks_today_once(look):
    (marked,) = look().select("[aria-current=date]")
    assert marked.time["datetime"] == timezone.localdate().isoformat()
    assert look(month="2001-01").select("[aria-current=date]") == []


def test_schedule_shows_every_status_on_its_day_in_words(look, cluster):
    for status in ("scheduled", "postponed", "cancelled"):
        planned(cluster, at(2099, 12, 31), status=status)
    make_patrol(cluster=cluster, starts_at=at(2016, 2, 29))
    words = [badge.get_text() for badge in cell_of(look(month="2099-12"), "2099-12-31").select(".badge")]
    assert words == ["Scheduled", "Postponed", "Cancelled"]
    assert cell_of(look(month="2016-02"), "2016-02-29").select_one(".badge").get_text() == "Completed"


def test_schedule_shows_a_night_shift_on_the_day_of_its_start(look, cluster):
    plan = planned(cluster, at(2099, 12, 31, 23), planned_end=at(2100, 1, 1, 3))
    assert hrefs(cell_of(look(month="2099-12"), "2099-12-31")) == [plan.get_absolute_url()]
    assert look(month="2100-01").select("td a") == []


def test_schedule_leads_from_month_to_month(look):
    page = look(month="2026-12")
    assert [page.select_one(f"a[rel={way}]")["href"] for way in ("prev", "next")] == [
        f"{ADDRESS}?month=2026-11",
        f"{ADDRESS}?month=2027-01",
    ]


@pytest.mark.parametrize(
    "text", ["", "2026-13", "2026-00", "9999-12", "0000-01", "2026-1", "x", "2026-11\0", "२०२६-११"]
)
def test_schedule_of_no_month_is_that_of_today(look, text):
    today = timezone.localdate()
    assert look(month=text).select_one("h2#month").get_text() == f"Month {today:%m/%Y}"
    assert Month.named(text, today=today) == Month(today.replace(day=1))


@pytest.mark.parametrize(("text", "links"), [("1976-01", ["next"]), ("2199-12", ["prev"])])
def test_schedule_ends_where_its_calendar_does(look, text, links):
    page = look(month=text)
    assert [way for way in ("prev", "next") if page.select_one(f"a[rel={way}]")] == links


def test_schedule_leaves_out_what_is_deleted_or_elsewhere(look, cluster):
    planned(cluster, at(2099, 12, 31), deleted_at=timezone.now())
    make_patrol(starts_at=None, planned_start=at(2099, 12, 31), status="scheduled")
    assert look(month="2099-12").select("td a") == []


def test_schedule_lists_what_is_to_come(look, cluster):
    now = timezone.now()
    coming = planned(cluster, now + dt.timedelta(days=2), route="Tuyến sau")
    sooner = planned(cluster, now + dt.timedelta(days=1), status="cancelled", status_reason="Mưa lũ")
    put_off = planned(cluster, at(2016, 5, 5), status="postponed")
    make_patrol(cluster=cluster, starts_at=at(2016, 5, 6))
    page = look(view="list")
    assert [row.a["href"] for row in page.select("tbody tr")] == [
        patrol.get_absolute_url() for patrol in (put_off, sooner, coming)
    ]
    assert "Mưa lũ" in page.select("tbody tr")[1].get_text()


def test_schedule_puts_on_top_what_waits_for_its_result(look, cluster):
    late = planned(cluster, timezone.now() - dt.timedelta(minutes=5))
    planned(cluster, timezone.now() + dt.timedelta(minutes=5))
    planned(cluster, at(2016, 5, 5), status="cancelled")
    for query in ({}, {"view": "list"}):
        overdue = look(**query).select_one("[aria-labelledby=overdue]")
        assert hrefs(overdue) == [late.get_absolute_url(), f"{late.get_absolute_url()}edit/?complete=1"]


def test_schedule_offers_the_result_to_who_took_part(client_of, leader, partner_recorder, cluster, two_party_cluster):
    late = planned(cluster, at(2016, 5, 5), units=[two_party_cluster.unit], lead_unit=two_party_cluster.unit)
    for user in (leader, partner_recorder):
        overdue = page_of(client_of(user).get(ADDRESS)).select_one("[aria-labelledby=overdue]")
        assert hrefs(overdue) == [late.get_absolute_url()]


def test_schedule_offers_planning_to_who_may(client_of, recorder, leader, two_party_cluster):
    new = f"{ADDRESS}new/"
    assert new in hrefs(page_of(client_of(recorder).get(ADDRESS)))
    assert new not in hrefs(page_of(client_of(leader).get(ADDRESS)))
