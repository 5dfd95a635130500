import datetime as dt

import pytest
from django.utils import timezone

from cluster.tests.factories import make_officer
from patrols.models import Contingent, JointPatrol
from patrols.tests.entries import first, page_of
from patrols.tests.factories import make_campaign, make_contingent, make_patrol

State = Contingent.State


@pytest.fixture
def patrol(two_party_cluster, recorder):
    world = two_party_cluster
    more = {"recorded_by": recorder, "recorded_unit": world.unit}
    return make_patrol(cluster=world.cluster, lead_unit=world.unit, route="Quốc lộ 1A", **more)


@pytest.fixture
def address(patrol):
    return f"/clusters/cum-thu/patrols/{patrol.client_id}/"


def text_of(response):
    return " ".join(page_of(response).get_text().split())


def test_patrol_detail_refuses_other_methods(client_of, recorder, address):
    assert client_of(recorder).post(address).status_code == 405


def test_patrol_detail_sends_strangers_to_sign_in(client, address):
    assert client.get(address)["Location"] == f"/accounts/login/?next={address}"


def test_patrol_detail_does_not_exist_for_outsiders(client_of, outsider, address):
    assert client_of(outsider).get(address).status_code == 404


def test_patrol_detail_is_forbidden_to_an_observer(client_of, observer, address):
    assert client_of(observer).get(address).status_code == 403


def test_patrol_detail_of_another_cluster_does_not_exist(client_of, recorder, two_party_cluster):
    foreign = make_patrol()
    assert client_of(recorder).get(f"/clusters/cum-thu/patrols/{foreign.client_id}/").status_code == 404


def test_patrol_detail_of_a_deleted_one_does_not_exist(client_of, recorder, address):
    JointPatrol.objects.update(deleted_at=timezone.now())
    assert client_of(recorder).get(address).status_code == 404


def test_patrol_detail_shows_the_night_across_midnight(client_of, leader, address):
    heading = first(client_of(leader).get(address), ".page-head strong")
    assert heading.get_text() == "01/06/2017 · 21:00 → 02:00 on 02/06 · 5 hours"


def test_patrol_detail_shows_lines_with_who_answered(client_of, leader, partner_recorder, address, patrol):
    officer = make_officer(unit=patrol.lead_unit, name="Lê Văn An")
    line = patrol.contingents.first()
    line.officers.add(officer)
    line.state, line.reason, line.headcount, line.corrected_from = State.CORRECTED, "Thiếu một người", 2, 3
    line.decided_by, line.decided_at = partner_recorder, dt.datetime(2017, 6, 3, 1, tzinfo=dt.UTC)
    line.save()
    said = "Corrected Was 3, is 2 people. Reason: Thiếu một người partner-recorder · 03/06/2017 08:00"
    cells = first(client_of(leader).get(address), "tbody tr").find_all(["th", "td"])
    texts = [" ".join(cell.get_text(" ", strip=True).split()) for cell in cells]
    assert texts[0] == str(patrol.lead_unit)
    assert texts[2:] == ["2", "Lê Văn An", said]


def test_patrol_detail_leaves_refused_lines_out_of_the_total(client_of, leader, address, patrol):
    make_contingent(patrol=patrol, unit=patrol.lead_unit, headcount=9, state=State.REFUSED, reason="Không đi")
    assert "Total: 6 participations (refused lines left out)" in text_of(client_of(leader).get(address))


@pytest.mark.parametrize(
    ("persona", "is_offered"),
    [("recorder", True), ("coordinator", True), ("partner_recorder", False), ("leader", False)],
)
def test_patrol_detail_offers_to_edit_whom_it_may(client_of, request, address, persona, is_offered):
    page = page_of(client_of(request.getfixturevalue(persona)).get(address))
    assert bool(page.select('a[href$="/edit/"], a[href$="/delete/"]')) == is_offered


def test_patrol_detail_shows_each_version_once(client_of, leader, address, patrol):
    patrol.communes.set([patrol.lead_unit.administrative_unit])
    assert len(page_of(client_of(leader).get(address)).select(".patrol-history li")) == 1


def test_patrol_detail_escapes_what_was_written(client_of, leader, address, patrol):
    JointPatrol.objects.update(result="<script>alert(1)</script>\nhai dòng")
    response = client_of(leader).get(address)
    assert "<script>alert" not in response.content.decode()


# Warnings


def warned(client_of, leader, address):
    return [
        notice.get_text(strip=True) for notice in page_of(client_of(leader).get(address)).select("main .notice-warning")
    ]


def test_patrol_detail_of_a_usual_patrol_warns_of_nothing(client_of, leader, address):
    assert warned(client_of, leader, address) == []


def test_patrol_detail_warns_of_a_day_outside_the_campaign(client_of, leader, address, patrol):
    dates = {"date_from": dt.date(2017, 9, 1), "date_to": dt.date(2017, 9, 5)}
    campaign = make_campaign(cluster=patrol.cluster, name="Quốc khánh", **dates)
    JointPatrol.objects.update(campaign=campaign)
    expected = "The campaign Quốc khánh runs from 01/09/2017 to 05/09/2017 only."
    assert warned(client_of, leader, address) == [expected]


def test_patrol_detail_warns_of_a_very_long_shift(client_of, leader, address, patrol):
    JointPatrol.objects.update(ends_at=patrol.starts_at + dt.timedelta(hours=23, minutes=30))
    expected = "This is 23 hours 30 minutes from start to end: check the hours."
    assert warned(client_of, leader, address) == [expected]


def test_patrol_detail_warns_of_a_member_that_had_ended(client_of, leader, address, patrol):
    patrol.lead_unit.valid_to = dt.date(2017, 5, 31)
    patrol.lead_unit.save()
    assert warned(client_of, leader, address) == [f"The unit {patrol.lead_unit} did not exist on 01/06/2017."]


def test_patrol_detail_warns_of_a_member_whose_place_had_ended(client_of, leader, address, patrol):
    place = patrol.lead_unit.administrative_unit
    place.valid_to = dt.date(2017, 5, 31)
    place.save()
    (warning,) = warned(client_of, leader, address)
    assert warning.startswith(f"The administrative unit {place} ended before 01/06/2017")
