"""The home page lays on each desk what its user may see, and nothing of others."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve
from django.utils import timezone

from cluster.tests.factories import make_member, make_posting, make_two_party_cluster, make_unit, make_user
from incidents.tests.factories import make_declared, make_incident
from patrols.models import Contingent, JointPatrol
from patrols.tests.factories import make_contingent, make_patrol
from reports.tests.factories import make_workplan

HOME = "/"
NEW_PATROL, NEW_INCIDENT = "/clusters/cum-thu/patrols/new/", "/clusters/cum-thu/incidents/new/"


def page_of(client):
    return BeautifulSoup(client.get(HOME).content, "html.parser")


def links(page):
    return [link["href"] for link in page.select("main a")]


def last_month():
    return timezone.localdate().replace(day=1) - dt.timedelta(days=1)


def night_of(day):
    return dt.datetime.combine(day, dt.time(21), timezone.get_default_timezone())


def silent_kinds(page):
    return [field["value"] for field in page.select("form input[name=kind]")]


def test_home_asks_strangers_to_sign_in(db):
    assert Client().get(HOME).headers["Location"] == "/accounts/login/?next=/"


def test_home_takes_no_post(recorder, client_of):
    assert client_of(recorder).post(HOME).status_code == 405


# Recorder


def test_recorder_logs_with_one_tap(recorder, client_of):
    page = page_of(client_of(recorder))
    assert page.select_one("main .button-primary")["href"] == NEW_PATROL
    assert NEW_INCIDENT in links(page)


def test_recorder_sees_what_waits_for_the_own_unit(two_party_cluster, recorder, client_of):
    patrol = make_patrol(cluster=two_party_cluster.cluster, route="Đường liên xã", headcount=4)
    waiting = page_of(client_of(recorder)).select("[aria-labelledby=waiting] li")
    assert [row.a["href"] for row in waiting] == [patrol.get_absolute_url()]
    assert [row.select_one("[data-line]").text.split(" · ")[0] for row in waiting] == [two_party_cluster.unit.name]


@pytest.mark.parametrize(
    "change",
    [
        {"state": Contingent.State.CONFIRMED},
        {"state": Contingent.State.REFUSED, "reason": "Không tham gia"},
    ],
)
def test_an_answered_line_waits_no_more(two_party_cluster, recorder, client_of, change):
    make_patrol(cluster=two_party_cluster.cluster, route="Đường liên xã")
    Contingent.objects.update(**change)
    assert page_of(client_of(recorder)).select("[aria-labelledby=waiting] li") == []


@pytest.mark.parametrize(
    "change",
    [
        {"status": JointPatrol.Status.CANCELLED, "status_reason": "Mưa"},
        {"deleted_at": dt.datetime(2026, 1, 1, tzinfo=dt.UTC)},
    ],
)
def test_a_patrol_that_was_none_waits_for_nobody(two_party_cluster, recorder, client_of, change):
    make_patrol(cluster=two_party_cluster.cluster, route="Đường liên xã")
    JointPatrol.objects.update(**change)
    assert page_of(client_of(recorder)).select("[aria-labelledby=waiting] li") == []


def test_recorder_answers_a_line_of_the_own_unit_from_home(two_party_cluster, recorder, client_of):
    make_patrol(cluster=two_party_cluster.cluster, route="Đường liên xã", headcount=4)
    client = client_of(recorder)
    form = page_of(client).select_one("[aria-labelledby=waiting] form")
    fields = {field["name"]: field["value"] for field in form.select("input[name]")}
    assert client.post(form["action"], fields)["Location"] == "/#waiting"
    assert Contingent.objects.get(unit=two_party_cluster.unit).state == Contingent.State.CONFIRMED
    assert page_of(client).select("[aria-labelledby=waiting] li") == []


def changed_by_the_partner(place, **changes):
    patrol = make_patrol(cluster=place.cluster, recorded_unit=place.unit, headcount=5)
    line = patrol.contingents.get(unit=place.partner_unit)
    Contingent.objects.filter(pk=line.pk).update(**{"state": "refused", "reason": "Trùng lịch trực"} | changes)
    return patrol


def answered(client):
    return [row.a["href"] for row in page_of(client).select("[aria-labelledby=answered] li")]


def test_author_sees_what_the_other_unit_corrected(two_party_cluster, recorder, client_of):
    change = {"state": "corrected", "headcount": 4, "corrected_from": 5, "reason": "Một người ốm"}
    patrol = changed_by_the_partner(two_party_cluster, **change)
    row = page_of(client_of(recorder)).select_one("[aria-labelledby=answered] li")
    text = " ".join(row.get_text(" ").split())
    assert row.a["href"] == patrol.get_absolute_url()
    assert "Trước: 5 người → nay: 4 người. Lý do: Một người ốm" in text


def test_author_sees_it_until_it_is_noted(two_party_cluster, recorder, client_of):
    changed_by_the_partner(two_party_cluster, acknowledged_at=timezone.now())
    assert answered(client_of(recorder)) == []


@pytest.mark.parametrize(
    "change", [{"status": JointPatrol.Status.CANCELLED, "status_reason": "Mưa"}, {"deleted_at": timezone.now()}]
)
def test_author_is_not_asked_about_a_patrol_that_was_none(two_party_cluster, recorder, client_of, change):
    changed_by_the_partner(two_party_cluster)
    JointPatrol.objects.update(**change)
    assert answered(client_of(recorder)) == []


def test_nobody_but_the_author_is_told_at_home(two_party_cluster, partner_recorder, coordinator, leader, client_of):
    patrol = changed_by_the_partner(two_party_cluster)
    assert [answered(client_of(user)) for user in (partner_recorder, coordinator, leader)] == [[], [], []]
    JointPatrol.objects.update(recorded_unit=None)
    assert answered(client_of(coordinator)) == [patrol.get_absolute_url()]


def test_recorder_sees_the_latest_patrols_of_the_unit(two_party_cluster, recorder, client_of):
    mine = make_patrol(cluster=two_party_cluster.cluster)
    make_patrol(cluster=two_party_cluster.cluster, units=[two_party_cluster.partner_unit])
    recent = page_of(client_of(recorder)).select("[aria-labelledby=recent] li a")
    assert [link["href"] for link in recent] == [mine.get_absolute_url()]


def test_a_month_without_records_can_be_declared_empty(two_party_cluster, recorder, client_of):
    client = client_of(recorder)
    form = page_of(client).select_one("form:has(input[value=incidents])")
    fields = {field["name"]: field["value"] for field in form.select("input[name]")}
    assert client.post(form["action"], fields).status_code == 302
    assert silent_kinds(page_of(client)) == ["joint_patrols"]
    assert two_party_cluster.cluster.declared_figures.get().date_to == last_month()


def test_a_month_with_records_is_not_asked_about(two_party_cluster, recorder, client_of):
    cluster, unit = two_party_cluster.cluster, two_party_cluster.unit
    make_incident(cluster=cluster, unit=unit, occurred_on=last_month())
    make_patrol(cluster=cluster, starts_at=night_of(last_month()))
    assert silent_kinds(page_of(client_of(recorder))) == []


def test_records_of_another_unit_do_not_speak_for_the_own(two_party_cluster, recorder, client_of):
    cluster, partner = two_party_cluster.cluster, two_party_cluster.partner_unit
    make_incident(cluster=cluster, unit=partner, occurred_on=last_month())
    make_patrol(cluster=cluster, units=[partner], starts_at=night_of(last_month()))
    assert silent_kinds(page_of(client_of(recorder))) == ["incidents", "joint_patrols"]


def test_a_declared_month_is_not_asked_about(two_party_cluster, recorder, client_of):
    dates = {"date_from": last_month().replace(day=1), "date_to": last_month()}
    make_declared(cluster=two_party_cluster.cluster, unit=two_party_cluster.unit, value=3, **dates)
    assert silent_kinds(page_of(client_of(recorder))) == ["joint_patrols"]


def test_a_unit_that_joined_this_month_is_not_asked_about(two_party_cluster, client_of):
    new = make_member(party=two_party_cluster.party, joined=last_month() + dt.timedelta(days=1))
    user = make_posting(role="recorder", unit=new.unit).user
    assert silent_kinds(page_of(client_of(user))) == []


# Coordinator, leader, observer, administrator


def test_coordinator_sees_what_waits_for_any_unit(two_party_cluster, coordinator, client_of):
    make_patrol(cluster=two_party_cluster.cluster)
    page = page_of(client_of(coordinator))
    assert page.select_one("main .button-primary")["href"] == NEW_PATROL
    assert len(page.select("[aria-labelledby=waiting] li")) == 1
    assert len(page.select("[aria-labelledby=waiting] li [data-line]")) == 2


def test_coordinator_is_led_to_the_warnings_awards_and_import(two_party_cluster, coordinator, client_of):
    night = night_of(timezone.localdate().replace(month=1, day=1))
    make_patrol(cluster=two_party_cluster.cluster, units=[two_party_cluster.unit], starts_at=night)
    found = [link["href"] for link in page_of(client_of(coordinator)).select("[aria-labelledby=coordination] a")]
    cluster = "/clusters/cum-thu"
    assert found == [f"{cluster}/review/{night.year}/#warnings", f"{cluster}/import/", f"{cluster}/awards/"]


def test_leader_sees_the_year_so_far(two_party_cluster, leader, client_of):
    make_patrol(cluster=two_party_cluster.cluster, starts_at=night_of(timezone.localdate()), headcount=4)
    page = page_of(client_of(leader))
    assert [value.text for value in page.select(".figure-value")] == ["1", "8", "–"]
    assert {client_of(leader).get(tile["href"]).status_code for tile in page.select("a.figure")} == {200}


def test_leader_is_led_to_this_review_and_the_last_with_data(two_party_cluster, leader, client_of):
    make_patrol(cluster=two_party_cluster.cluster)
    reviews = page_of(client_of(leader)).select("[aria-labelledby=reviews] a")
    assert [link["href"] for link in reviews] == [
        f"/clusters/cum-thu/review/{year}/" for year in (timezone.localdate().year, 2017)
    ]


@pytest.mark.parametrize("persona", ["leader", "observer"])
def test_who_may_not_log_is_not_asked_to(persona, two_party_cluster, client_of, request):
    make_patrol(cluster=two_party_cluster.cluster)
    page = page_of(client_of(request.getfixturevalue(persona)))
    assert page.select("main form") == []
    assert {NEW_PATROL, NEW_INCIDENT} & set(links(page)) == set()
    assert page.select("#waiting, #recent, #coordination") == []


def test_observer_is_led_to_the_review_of_each_cluster(two_party_cluster, observer, client_of):
    make_patrol(cluster=two_party_cluster.cluster, route="Đường liên xã")
    make_two_party_cluster(slug="cum-xa", name="Cụm xa")
    page = page_of(client_of(observer))
    assert f"/clusters/cum-thu/review/{timezone.localdate().year}/" in links(page)
    assert "/clusters/cum-xa/review/" in links(page)
    assert "Đường liên xã" not in page.text


def test_administrator_is_led_to_pages_of_the_admin(administrator, client_of):
    client = client_of(administrator)
    addresses = links(page_of(client))
    assert {resolve(address).namespace for address in addresses} == {"admin"}
    assert {client.get(address).status_code for address in addresses} == {200}


# Nobody's desk


def test_user_without_posting_is_told_whom_to_ask(db, client_of):
    page = page_of(client_of(make_user(username="nguoi-moi")))
    assert "nguoi-moi" in page.select_one("main .notice").text
    assert links(page) == []


def test_recorder_of_a_unit_in_no_cluster_is_told_so(db, client_of):
    user = make_posting(role="recorder", unit=make_unit(name="Công an xã Lẻ")).user
    page = page_of(client_of(user))
    assert "Công an xã Lẻ" in page.select_one("main .lead").text
    assert len(page.select("main .notice p")) == 2


def test_an_ended_posting_opens_nothing(two_party_cluster, client_of):
    yesterday = timezone.localdate() - dt.timedelta(days=1)
    user = make_posting(role="coordinator", cluster=two_party_cluster.cluster, valid_to=yesterday).user
    assert "Cụm thử" not in page_of(client_of(user)).text


def test_nothing_of_a_foreign_cluster_is_shown(two_party_cluster, outsider, client_of):
    patrol = make_patrol(cluster=two_party_cluster.cluster, route="Đường bí mật")
    own = outsider.postings.get().unit
    make_contingent(patrol=patrol, unit=own)  # logged for the outsider's unit, but not in its cluster
    text = client_of(outsider).get(HOME).content.decode()
    assert [word for word in ("Đường bí mật", "Cụm thử", "cum-thu", str(patrol.client_id)) if word in text] == []


# Several clusters


def end_of(cluster):
    for party in cluster.parties.all():
        party.members.update(left=dt.date(2025, 6, 30))


def test_home_opens_the_cluster_that_is_alive(two_party_cluster, coordinator, client_of):
    alive = make_two_party_cluster(slug="cum-xa", name="Cụm xa").cluster
    make_posting(user=coordinator, role="coordinator", cluster=alive)
    end_of(two_party_cluster.cluster)
    page = page_of(client_of(coordinator))
    assert page.select_one("main .button-primary")["href"] == "/clusters/cum-xa/patrols/new/"
    assert [link["href"] for link in page.select("[aria-labelledby=others] a")] == [
        "/clusters/cum-thu/",
        "/clusters/cum-thu/review/",
    ]


def test_home_opens_the_own_cluster_before_one_only_observed(two_party_cluster, coordinator, client_of):
    make_two_party_cluster(slug="cum-a", name="Cụm A")
    make_posting(user=coordinator, role="observer")
    assert page_of(client_of(coordinator)).select_one("main .button-primary")["href"] == NEW_PATROL


def test_a_cluster_that_has_ended_says_so(two_party_cluster, recorder, client_of):
    end_of(two_party_cluster.cluster)
    assert len(page_of(client_of(recorder)).select("main .stack > .notice")) == 1


@pytest.mark.parametrize("persona", ["recorder", "coordinator", "leader", "observer"])
def test_home_asks_the_same_number_of_questions_whatever_there_is(persona, two_party_cluster, client_of, request):
    client = client_of(request.getfixturevalue(persona))

    def fill(rows):
        for number in range(rows):
            make_patrol(cluster=two_party_cluster.cluster, starts_at=night_of(last_month()))
            make_incident(cluster=two_party_cluster.cluster, occurred_on=last_month())
            make_two_party_cluster(slug=f"cum-{persona}-{rows}-{number}")

    def questions():
        with CaptureQueriesContext(connection) as captured:
            client.get(HOME)
        return len(captured)

    fill(1)
    client.get(HOME)  # notes the visit, once in five minutes
    few = questions()
    fill(12)
    assert questions() == few


# The schedule


def planned(cluster, **fields):
    begun = timezone.now() - dt.timedelta(hours=1)
    return make_patrol(cluster=cluster, **{"status": "scheduled", "starts_at": None, "planned_start": begun} | fields)


def test_home_offers_the_result_to_who_leads(two_party_cluster, recorder, partner_recorder, coordinator, client_of):
    world = two_party_cluster
    plan = planned(world.cluster, lead_unit=world.unit)
    planned(world.cluster, planned_start=timezone.now() + dt.timedelta(hours=1))
    offered = [plan.get_absolute_url(), f"{plan.get_absolute_url()}edit/?complete=1"]
    for user, expected in ((recorder, offered), (coordinator, offered), (partner_recorder, [])):
        found = page_of(client_of(user)).select("[aria-labelledby=overdue] li a")
        assert [link["href"] for link in found] == expected


def test_home_counts_no_plan_among_the_latest_patrols(two_party_cluster, recorder, client_of):
    planned(two_party_cluster.cluster, planned_start=timezone.now() + dt.timedelta(days=2))
    past = make_patrol(cluster=two_party_cluster.cluster)
    recent = page_of(client_of(recorder)).select("[aria-labelledby=recent] li a")
    assert [link["href"] for link in recent] == [past.get_absolute_url()]


# What the plan wants


def plan_of_the_year(cluster):
    return make_workplan(cluster=cluster, year=timezone.localdate().year)


def test_recorder_sees_what_the_plan_wants_of_the_own_unit_and_side(two_party_cluster, recorder, client_of):
    world = two_party_cluster
    plan = plan_of_the_year(world.cluster)
    for scope in (
        *({"unit": world.unit}, {"party": world.party}, {}),
        *({"unit": world.partner_unit}, {"party": world.partner_party}),
    ):
        plan.targets.create(metric="joint_patrols", amount=4, **scope)
    make_patrol(cluster=world.cluster, lead_unit=world.unit, starts_at=night_of(timezone.localdate().replace(day=1)))
    (progress,) = client_of(recorder).get(HOME).context["desk"].own_targets
    assert [(step.scope, step.done.value, step.percent) for step in progress.steps] == [
        (world.unit.name, 1, 25),
        (world.party.name, 1, 25),
    ]
    assert plan.get_absolute_url() in links(page_of(client_of(recorder)))


def test_leader_sees_what_the_plan_wants_of_the_own_side(two_party_cluster, leader, client_of):
    plan = plan_of_the_year(two_party_cluster.cluster)
    for party in two_party_cluster.parties:
        plan.targets.create(metric="briefings", amount=4, party=party)
    (progress,) = client_of(leader).get(HOME).context["desk"].own_targets
    assert [step.scope for step in progress.steps] == [two_party_cluster.party.name]


def test_home_is_silent_of_plans_that_want_nothing_of_the_user(two_party_cluster, recorder, coordinator, client_of):
    plan_of_the_year(two_party_cluster.cluster).targets.create(metric="briefings", amount=4)
    assert client_of(recorder).get(HOME).context["desk"].own_targets == []
    assert client_of(coordinator).get(HOME).context["desk"].own_targets == []


def test_home_asks_as_often_for_many_targets(two_party_cluster, recorder, client_of):
    plan, client = plan_of_the_year(two_party_cluster.cluster), client_of(recorder)
    make_patrol(cluster=two_party_cluster.cluster, starts_at=night_of(timezone.localdate().replace(day=1)))

    def asked():
        with CaptureQueriesContext(connection) as queries:
            client.get(HOME)
        return len(queries)

    plan.targets.create(metric="joint_patrols", amount=4, unit=two_party_cluster.unit)
    asked()
    few = asked()
    for metric in ("joint_patrols", "participations"):
        plan.targets.create(metric=metric, amount=4, party=two_party_cluster.party)
    plan.targets.create(metric="participations", amount=4, unit=two_party_cluster.unit)
    assert asked() == few
