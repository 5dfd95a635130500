"""What a calendar program reads, opened again with a reader of calendars."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from icalendar import Calendar

from cluster.services import save_with_history
from cluster.tests.briefing_factories import make_briefing, make_conclusion
from cluster.tests.factories import make_cluster
from patrols.models import CalendarFeed, JointPatrol
from patrols.services import make_feed
from patrols.tests.factories import make_campaign, make_patrol
from reports.tests.conference_factories import make_conference, make_task

HOUR = dt.timedelta(hours=1)
SECRET = "Tràm Cửu"


@pytest.fixture
def address(two_party_cluster, recorder):
    token = make_feed(cluster=two_party_cluster.cluster, by=recorder, now=timezone.now())
    return f"/calendar/{token}.ics"


@pytest.fixture
def planned(two_party_cluster):
    def made(days, **fields):
        start = (timezone.now() + dt.timedelta(days=days)).replace(microsecond=0)
        plan = {"status": "scheduled", "starts_at": None, "planned_start": start}
        return make_patrol(cluster=two_party_cluster.cluster, **plan | fields)

    return made


def events(client, address):
    response = client.get(address)
    assert (response.status_code, response["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    return Calendar.from_ical(response.content).walk("VEVENT")


def test_calendar_ics_takes_no_post(client, address):
    assert client.post(address).status_code == 405


@pytest.mark.parametrize("token", ["x", "a" * 43, "a" * 500, "%00", "..%2F"])
def test_calendar_ics_of_no_secret_does_not_exist(client, address, token):
    assert client.get(f"/calendar/{token}.ics").status_code == 404


def test_calendar_ics_is_not_found_by_its_hash(client, address):
    assert client.get(f"/calendar/{CalendarFeed.objects.get().token_hash}.ics").status_code == 404


def test_calendar_ics_says_when(client, address, planned):
    plan = planned(3)
    (event,) = events(client, address)
    assert (event.start, event.end - event.start) == (plan.planned_start, 3 * HOUR)
    assert event["DTSTART"].to_ical().endswith(b"Z")
    assert (event["UID"], event["SEQUENCE"]) == (f"{plan.client_id}@lien-hoan", 1)
    assert (event["SUMMARY"], event["STATUS"], event["TRANSP"]) == ("Bận: ca tuần tra", "TENTATIVE", "OPAQUE")


def test_calendar_ics_takes_the_end_that_is_planned(client, address, planned):
    start = timezone.now().replace(microsecond=0)
    planned(0, planned_start=start, planned_end=start + 5 * HOUR)
    (event,) = events(client, address)
    assert event.end == start + 5 * HOUR


def test_calendar_ics_says_what_became_of_a_plan(client, address, planned):
    for status in ("scheduled", "postponed", "cancelled"):
        planned(3, status=status)
    planned(0, status="completed", starts_at=timezone.now() - HOUR, ends_at=timezone.now())
    told = sorted((event["STATUS"], event["TRANSP"]) for event in events(client, address))
    assert told == [
        ("CANCELLED", "TRANSPARENT"),
        ("CANCELLED", "TRANSPARENT"),
        ("CONFIRMED", "OPAQUE"),
        ("TENTATIVE", "OPAQUE"),
    ]


def test_calendar_ics_tells_neither_where_nor_who(client, address, planned, two_party_cluster):
    today, cluster = timezone.localdate(), two_party_cluster.cluster
    campaign = make_campaign(cluster=cluster, name=SECRET, date_from=today, date_to=today)
    make_conference(cluster=cluster, held_on=today, name=SECRET, place=SECRET)
    make_task(cluster=cluster, content=SECRET, owner=SECRET, year=today.year, due_on=today)
    make_conclusion(briefing=make_briefing(cluster=cluster, held_on=today, place=SECRET), text=SECRET, due_on=today)
    planned(3, route=SECRET, code=SECRET, campaign=campaign, status="postponed", status_reason=SECRET)
    text = client.get(address).content.decode()
    hidden = [SECRET, "cum-thu", *(unit.name for unit in two_party_cluster.units), two_party_cluster.cluster.name]
    assert [word for word in hidden if word in text] == []
    assert set(Calendar.from_ical(text).walk("VEVENT")[0]) == {
        *("UID", "DTSTAMP", "DTSTART", "DTEND", "SUMMARY", "SEQUENCE", "STATUS", "TRANSP")
    }


def test_calendar_ics_tells_the_meetings_by_their_kind_and_hour(client, address, two_party_cluster):
    today, own = timezone.localdate(), {"cluster": two_party_cluster.cluster}
    hours = {"starts_at": dt.time(8), "ends_at": dt.time(10)}
    held = make_briefing(held_on=today, number=7, place=SECRET, **hours, **own)
    year = {"cycle": "year", "number": 1, "level": "district"}
    make_briefing(held_on=None, planned_on=today, called_off="Bão", **year, **own)
    make_conference(held_on=today, starts_at=dt.time(8), name=SECRET, place=SECRET, **own)
    found = {str(event["SUMMARY"]): event for event in events(client, address)}
    assert {title: str(event["STATUS"]) for title, event in found.items()} == {
        "Giao ban cấp xã tháng 7/2017": "CONFIRMED",
        "Giao ban cấp huyện năm 2017": "CANCELLED",
        "Hội nghị tổng kết": "CONFIRMED",
    }
    briefing = found["Giao ban cấp xã tháng 7/2017"]
    assert briefing["UID"] == f"{held.client_id}@lien-hoan"
    assert (timezone.localtime(briefing.start).hour, timezone.localtime(briefing.end).hour) == (8, 10)


def test_calendar_ics_tells_a_campaign_from_day_to_day(client, address, two_party_cluster):
    today = timezone.localdate()
    days = {"date_from": today - dt.timedelta(days=90), "date_to": today + dt.timedelta(days=3)}
    campaign = make_campaign(cluster=two_party_cluster.cluster, name=SECRET, **days)
    (event,) = events(client, address)
    assert (event.start, event.end) == (days["date_from"], days["date_to"] + dt.timedelta(days=1))
    assert (event["SUMMARY"], event["TRANSP"], event["SEQUENCE"]) == ("Đợt cao điểm", "TRANSPARENT", 1)
    campaign.save()
    (again,) = events(client, address)
    assert (again["UID"], again["SEQUENCE"]) == (event["UID"], 2)


def test_calendar_ics_tells_what_is_due_until_it_is_done(client, address, two_party_cluster):
    today, cluster = timezone.localdate(), two_party_cluster.cluster
    make_task(cluster=cluster, content=SECRET, year=today.year, due_on=today)
    make_task(cluster=cluster, year=today.year, assessment="done", due_on=today)
    briefing = make_briefing(cluster=cluster)
    make_conclusion(briefing=briefing, text=SECRET, due_on=today)
    make_conclusion(briefing=briefing, due_on=today, state="done", settled_on=today)
    found = [(str(event["SUMMARY"]), event.start) for event in events(client, address)]
    assert sorted(found) == [
        ("Đến hạn: kết luận giao ban", today),
        ("Đến hạn: nhiệm vụ trọng tâm", today),
    ]


def test_calendar_ics_holds_the_year_ahead_and_two_months_back(client, address, planned):
    today = timezone.localdate()
    for days in (-61, -60, 366, 367):
        noon = dt.datetime.combine(today + dt.timedelta(days=days), dt.time(12), timezone.get_default_timezone())
        planned(0, planned_start=noon)
    starts = [timezone.localdate(event.start) - today for event in events(client, address)]
    assert [length.days for length in starts] == [-60, 366]


def test_calendar_ics_holds_the_cluster_alone_and_nothing_deleted(client, address, planned):
    make_patrol(starts_at=None, planned_start=timezone.now(), status="scheduled")
    today, other = timezone.localdate(), make_cluster()
    make_campaign(cluster=other, date_from=today, date_to=today)
    make_conference(cluster=other, held_on=today)
    make_task(cluster=other, year=today.year, due_on=today)
    make_conclusion(briefing=make_briefing(cluster=other, held_on=today), due_on=today)
    planned(1, deleted_at=timezone.now())
    assert events(client, address) == []


def test_calendar_ics_of_an_edited_plan_is_its_next_version(client, address, planned, recorder):
    plan = planned(3)
    (before,) = events(client, address)
    plan.version += 1
    save_with_history(plan, by=recorder)
    (after,) = events(client, address)
    assert (after["UID"], after["SEQUENCE"]) == (before["UID"], 2)


def test_calendar_ics_that_has_not_changed_is_not_sent_again(client, address, planned):
    planned(3)
    response = client.get(address)
    again = client.get(address, headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", response["ETag"])
    JointPatrol.objects.update(version=2)
    assert client.get(address, headers={"If-None-Match": response["ETag"]}).status_code == 200


def test_calendar_ics_stays_out_of_shared_caches_and_searches(client, address):
    response = client.get(address)
    assert (response["Cache-Control"], response["X-Robots-Tag"]) == ("private, no-cache", "noindex")


def test_calendar_ics_ends_with_the_right_to_read(client, address, recorder):
    recorder.postings.update(valid_to=timezone.localdate() - dt.timedelta(days=1))
    assert client.get(address).status_code == 404


def test_calendar_ics_ends_with_the_account(client, address, recorder):
    recorder.is_active = False
    recorder.save()
    assert client.get(address).status_code == 404


def test_calendar_ics_notes_at_most_hourly_that_it_was_read(client, address):
    def noted_after(ago):
        CalendarFeed.objects.update(last_read_at=timezone.now() - ago)
        before = CalendarFeed.objects.values_list("last_read_at", flat=True).get()
        client.get(address)
        return CalendarFeed.objects.values_list("last_read_at", flat=True).get() != before

    assert (noted_after(HOUR / 2), noted_after(HOUR * 2)) == (False, True)


def test_calendar_ics_asks_as_often_for_many_rows(client, address, planned, two_party_cluster):
    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(address)
        return len(queries)

    def more(days):
        day, cluster = timezone.localdate() + dt.timedelta(days=days), two_party_cluster.cluster
        planned(days)
        briefing = make_briefing(cluster=cluster, year=1990 + days, held_on=day)
        make_conclusion(briefing=briefing, due_on=day)
        make_conference(cluster=cluster, held_on=day)
        make_task(cluster=cluster, date_from=day, date_to=day)
        make_campaign(cluster=cluster, date_from=day, date_to=day)

    more(1)
    client.get(address)
    few = asked()
    for days in range(2, 9):
        more(days)
    assert asked() == few
