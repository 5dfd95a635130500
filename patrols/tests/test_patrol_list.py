import datetime as dt
from itertools import product
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cluster.tests.factories import make_member, make_two_party_cluster, make_unit
from patrols.models import Contingent, JointPatrol
from patrols.tests.entries import error_of, first, page_of
from patrols.tests.factories import make_campaign, make_contingent, make_patrol

ADDRESS = "/clusters/cum-thu/patrols/"
State = Contingent.State


def night(year, month=6, day=1):
    """21:00 of that day in Vietnam."""
    return dt.datetime(year, month, day, 14, tzinfo=dt.UTC)


def routes(response):
    return [cell.get_text(" ", strip=True) for cell in page_of(response).select("tbody td:nth-child(2)")]


def badges(response):
    """(route, state) of each row."""
    return list(
        zip(routes(response), [badge.get_text() for badge in page_of(response).select("tbody .badge")], strict=True)
    )


def lead(response):
    return " ".join(first(response, ".lead").get_text().split())


@pytest.fixture
def log(client_of, recorder):
    """Open the patrol log with these filters."""
    client = client_of(recorder)
    return lambda **filters: client.get(f"{ADDRESS}?{urlencode(filters)}")


# Who may


def test_patrol_list_refuses_other_methods(client_of, recorder):
    assert client_of(recorder).post(ADDRESS).status_code == 405


def test_patrol_list_sends_strangers_to_sign_in(client, two_party_cluster):
    assert client.get(ADDRESS)["Location"] == f"/accounts/login/?next={ADDRESS}"


def test_patrol_list_does_not_exist_for_outsiders(client_of, outsider, two_party_cluster):
    assert client_of(outsider).get(ADDRESS).status_code == 404


def test_patrol_list_is_forbidden_to_an_observer(client_of, observer, two_party_cluster):
    assert client_of(observer).get(ADDRESS).status_code == 403


@pytest.mark.parametrize("persona", ["recorder", "partner_recorder", "coordinator", "leader"])
def test_patrol_list_is_open_to_members(client_of, request, two_party_cluster, persona):
    response = client_of(request.getfixturevalue(persona)).get(ADDRESS)
    logs = bool(page_of(response).select('.actions a[href$="/patrols/new/"]'))
    assert (response.status_code, logs) == (200, persona != "leader")


# What it shows


def test_patrol_list_shows_the_newest_first(log, two_party_cluster):
    for year in (2016, 2018, 2017):
        make_patrol(cluster=two_party_cluster.cluster, starts_at=night(year), route=f"Tuyến {year}")
    assert routes(log()) == ["Tuyến 2018", "Tuyến 2017", "Tuyến 2016"]


def test_patrol_list_shows_hours_units_and_people(log, two_party_cluster):
    world = two_party_cluster
    patrol = make_patrol(cluster=world.cluster, lead_unit=world.unit)
    refused = make_contingent(patrol=patrol, unit=world.partner_unit, state=State.REFUSED, reason="Không tham gia")
    cells = [cell.get_text(" ", strip=True) for cell in first(log(), "tbody tr").find_all(["th", "td"])]
    assert cells[0] == "01/06/2017 21:00 → 02:00 on 02/06"
    assert cells[2:4] == [f"{world.unit} (lead) , {world.partner_unit}", "6"]
    assert refused.headcount == 3


@pytest.mark.parametrize(
    ("states", "badge"),
    [
        ((State.CONFIRMED, State.CONFIRMED), "Confirmed by both sides"),
        ((State.CONFIRMED, State.CORRECTED), "Confirmed by both sides"),
        ((State.CONFIRMED, State.PENDING), "Waiting for confirmation"),
        ((State.CONFIRMED, State.REFUSED), "One party only"),
        ((State.CONFIRMED,), "One party only"),
        ((), "One party only"),
    ],
)
def test_patrol_list_says_how_far_the_confirmation_is(log, two_party_cluster, states, badge):
    world = two_party_cluster
    patrol = make_patrol(cluster=world.cluster, units=[], lead_unit=world.unit)
    for unit, state in zip(world.units, states, strict=False):
        make_contingent(patrol=patrol, unit=unit, force=world.force, state=state, reason="Lý do")
    assert first(log(), "tbody .badge").get_text() == badge


def test_patrol_list_badge_agrees_with_the_counting_rules(log, two_party_cluster):
    """The page counts in Python what figures count in SQL: over all states of three lines both say the same."""
    world = two_party_cluster
    past = make_member(party=world.party, left=dt.date(2016, 1, 1)).unit
    answers = [None, State.PENDING, State.CONFIRMED, State.REFUSED]
    for number, states in enumerate(product(answers, repeat=3)):
        patrol = make_patrol(cluster=world.cluster, units=[], lead_unit=world.unit, route=str(number))
        for unit, state in zip([*world.units, past], states, strict=True):
            if state:
                make_contingent(patrol=patrol, unit=unit, force=world.force, state=state, reason="Lý do")
    shown = [pair for page in (1, 2, 3) for pair in badges(log(page=page))]
    patrols = JointPatrol.objects.counted().with_confirmation()
    assert {route for route, badge in shown if badge != "One party only"} == {patrol.route for patrol in patrols}
    confirmed = {patrol.route for patrol in patrols if vars(patrol)["is_confirmed"]}
    assert {route for route, badge in shown if badge == "Confirmed by both sides"} == confirmed


def test_patrol_list_shows_the_status_of_what_is_not_completed(log, two_party_cluster):
    make_patrol(cluster=two_party_cluster.cluster, starts_at=None, planned_start=night(2017), status="postponed")
    assert first(log(), "tbody .badge").get_text() == "Postponed"
    assert first(log(), "tbody th").get_text(" ", strip=True) == "01/06/2017 21:00"


def test_patrol_list_flags_a_unit_from_outside(log, two_party_cluster):
    outside = make_unit(name="Công an xã Vĩnh Ninh")
    make_patrol(cluster=two_party_cluster.cluster, units=[two_party_cluster.unit, outside])
    assert first(log(), ".patrol-flag").get_text() == "outside the cluster: Công an xã Vĩnh Ninh"


def test_patrol_list_hides_deleted_and_foreign_patrols(log, two_party_cluster):
    make_patrol(cluster=two_party_cluster.cluster, deleted_at=timezone.now(), route="Đã xóa")
    campaign = make_campaign(name="Đợt của cụm khác")
    foreign = make_patrol(route="Tuyến của cụm khác", campaign=campaign)
    text = log().content.decode()
    hidden = ["Đã xóa", foreign.route, campaign.name, foreign.lead_unit.name, foreign.cluster.name]
    assert [name for name in hidden if name in text] == []


def test_patrol_list_of_nothing_says_so(log):
    assert first(log(), ".empty").get_text() == "No patrol is on record yet."
    assert first(log(q="x"), ".empty").get_text() == "Nothing found that fits."


def test_patrol_list_speaks_the_word_of_the_cluster(client_of, recorder, two_party_cluster, settings):
    settings.LANGUAGE_CODE = "vi"
    two_party_cluster.cluster.patrol_word = "buổi"
    two_party_cluster.cluster.save()
    make_patrol(cluster=two_party_cluster.cluster)
    assert "1 buổi tuần tra" in lead(client_of(recorder).get(ADDRESS))


# Totals


def test_patrol_list_totals_what_is_shown(log, two_party_cluster):
    world = two_party_cluster
    make_patrol(cluster=world.cluster, headcount=4)
    make_patrol(cluster=world.cluster, starts_at=night(2016), headcount=5)
    make_patrol(cluster=world.cluster, units=[world.unit], headcount=7)
    make_patrol(headcount=9)
    expected = "{} patrols, of which {} count as joint patrols, with {} participations."
    assert lead(log()) == expected.format(3, 2, 18)
    assert lead(log(year=2017)) == expected.format(2, 1, 8)


# Filters


def test_patrol_list_filters_by_reporting_year(log, two_party_cluster):
    two_party_cluster.cluster.period_preset = "12-14"
    two_party_cluster.cluster.save()
    for day in (14, 15):
        make_patrol(cluster=two_party_cluster.cluster, starts_at=night(2017, 12, day), route=f"Ngày {day}")
    assert (routes(log(year=2017)), routes(log(year=2018))) == (["Ngày 14"], ["Ngày 15"])


def test_patrol_list_filters_by_dates_both_included(log, two_party_cluster):
    for day in (1, 2, 3, 4):
        make_patrol(cluster=two_party_cluster.cluster, starts_at=night(2017, 6, day), route=f"Ngày {day}")
    assert routes(log(date_from="2017-06-02", date_to="03/06/2017")) == ["Ngày 3", "Ngày 2"]


def test_patrol_list_filters_by_a_unit_that_led_or_took_part(log, two_party_cluster):
    world = two_party_cluster
    third = make_member(party=world.party).unit
    make_patrol(cluster=world.cluster, route="Chủ trì", lead_unit=third)
    make_patrol(cluster=world.cluster, route="Tham gia", units=[world.unit, third])
    make_patrol(cluster=world.cluster, route="Không có")
    assert sorted(routes(log(unit=third.pk))) == ["Chủ trì", "Tham gia"]


def test_patrol_list_filters_by_campaign_status_and_counting(log, two_party_cluster):
    cluster = two_party_cluster.cluster
    campaign = make_campaign(cluster=cluster, name="Đợt A")
    make_patrol(cluster=cluster, route="Đợt", campaign=campaign)
    make_patrol(cluster=cluster, route="Lịch", starts_at=None, planned_start=night(2017), status="scheduled")
    make_patrol(cluster=cluster, route="Một bên", units=[two_party_cluster.unit])
    assert routes(log(campaign=campaign.pk)) == ["Đợt Đợt A"]
    assert routes(log(status="scheduled")) == ["Lịch"]
    assert routes(log(counts="yes")) == ["Đợt Đợt A"]
    assert sorted(routes(log(counts="no"))) == ["Lịch", "Một bên"]


@pytest.mark.parametrize("text", ["thuy", "THUỶ sen", "sen thủy", "s-07"])
def test_patrol_list_finds_text_without_marks(log, two_party_cluster, text):
    make_patrol(cluster=two_party_cluster.cluster, route="Đường liên xã Sen Thủy", code="S-07")
    make_patrol(cluster=two_party_cluster.cluster, route="Quốc lộ 1A")
    assert routes(log(q=text)) == ["Đường liên xã Sen Thủy"]


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("year", "1"),
        ("unit", "x"),
        ("campaign", "99999"),
        ("status", "' OR 1"),
        ("counts", "2"),
        ("date_from", "31/02/2017"),
    ],
)
def test_patrol_list_says_which_filter_it_cannot_read(log, two_party_cluster, name, text):
    make_patrol(cluster=two_party_cluster.cluster)
    response = log(**{name: text})
    assert (response.status_code, len(routes(response))) == (200, 1)
    assert error_of(response, name)


@pytest.mark.parametrize(
    "filters", [{"order_by": "x", "lead_unit__name": "y"}, {"page": "x"}, {"page": "9999"}, {"q": "\x00%_"}]
)
def test_patrol_list_survives_any_address(log, two_party_cluster, filters):
    make_patrol(cluster=two_party_cluster.cluster)
    assert log(**filters).status_code == 200


def test_patrol_list_offers_no_unit_or_campaign_of_other_clusters(log, two_party_cluster):
    foreign = make_two_party_cluster()
    campaign = make_campaign(cluster=foreign.cluster)
    assert error_of(log(unit=foreign.unit.pk), "unit") == error_of(log(campaign=campaign.pk), "campaign")


# Pages and queries


def test_patrol_list_shows_thirty_a_page_and_keeps_the_filter(log, two_party_cluster):
    for _ in range(31):
        make_patrol(cluster=two_party_cluster.cluster)
    response = log(year=2017)
    assert len(routes(response)) == 30
    assert first(response, '.pagination [rel="next"]')["href"] == "?year=2017&page=2"
    assert len(routes(log(year=2017, page=2))) == 1


def test_patrol_list_asks_no_more_for_thirty_rows_than_for_one(log, two_party_cluster):
    queries = []
    for rows in (1, 29):
        for _ in range(rows):
            outside = make_unit()
            patrol = make_patrol(
                cluster=two_party_cluster.cluster, campaign=make_campaign(cluster=two_party_cluster.cluster)
            )
            make_contingent(patrol=patrol, unit=outside)
        with CaptureQueriesContext(connection) as captured:
            assert len(routes(log())) == min(rows + 1, 30) - (rows == 1)
        queries.append(len(captured))
    assert queries[0] == queries[1]


def test_patrol_list_leaves_what_is_to_come_to_the_schedule(log, two_party_cluster):
    coming = timezone.now() + dt.timedelta(days=2)
    plan = {"starts_at": None, "planned_start": coming, "status": "scheduled", "route": "Lịch"}
    make_patrol(cluster=two_party_cluster.cluster, **plan)
    assert (routes(log()), routes(log(status="scheduled"))) == ([], ["Lịch"])
