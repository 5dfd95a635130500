import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cluster.tests.factories import make_officer, make_two_party_cluster
from patrols.models import Contingent
from patrols.services import not_twins
from patrols.tests.entries import first, page_of
from patrols.tests.factories import A_NIGHT, make_contingent, make_patrol
from patrols.tests.twins import link, make_twins

PATH = "/clusters/cum-thu/twins/"
IN_2017 = f"{PATH}?date_from=2017-01-01&date_to=2017-12-31"


@pytest.fixture
def world(two_party_cluster):
    return two_party_cluster


@pytest.fixture
def twins(world):
    return make_twins(world)


@pytest.fixture
def page(client_of, coordinator):
    return client_of(coordinator)


def pairs_on(response) -> list[str]:
    return [heading.get_text(" ", strip=True) for heading in page_of(response).select(".twin-pair h3")]


def cells(response) -> dict[str, list[str]]:
    rows = page_of(response).select(".twin-table tbody tr")
    return {
        row.th.get_text(" ", strip=True): [cell.get_text(" ", strip=True) for cell in row.select("td")] for row in rows
    }


def test_twin_list_is_the_coordinators(client_of, client, world, recorder, leader, outsider):
    assert client.get(PATH).status_code == 302
    assert client_of(outsider).get(PATH).status_code == 404
    assert {client_of(user).get(PATH).status_code for user in (recorder, leader)} == {403}


def test_twin_list_shows_both_records_and_marks_what_differs(page, world, twins):
    response = page.get(IN_2017)
    assert pairs_on(response) == [f"01/06/2017 · {twins.ours.route}"]
    shown = cells(response)
    assert shown["Place, route differs"] == [twins.ours.route, twins.theirs.route]
    assert shown["Date"] == ["01/06/2017"]
    assert shown[f"{world.partner_unit} · {world.force} differs"] == ["3 · waiting for the unit", "4 · confirmed"]
    assert shown[f"{world.unit} · {world.force} differs"] == ["3 · confirmed", "–"]


def test_twin_list_gives_the_reasons(page, world, twins):
    reasons = [item.get_text(" ", strip=True) for item in page_of(page.get(IN_2017)).select(".twin-reasons li")]
    assert reasons == [
        "Overlapping hours: 21:00 → 02:00 on 02/06",
        f"The same unit: {world.partner_unit}",
        "The routes are alike.",
    ]


def test_twin_list_proposes_the_record_with_more_confirmed_lines(page, world, twins):
    assert first(page.get(IN_2017), "[name=kept][checked]")["value"] == str(twins.ours.client_id)
    for officer in (make_officer(unit=world.partner_unit), make_officer(unit=world.partner_unit)):
        make_contingent(patrol=twins.theirs, unit=world.partner_unit, state="confirmed", officers=[officer])
    assert first(page.get(IN_2017), "[name=kept][checked]")["value"] == str(twins.theirs.client_id)


def test_twin_list_shows_this_year_unless_asked(page, world, twins):
    assert pairs_on(page.get(PATH)) == []
    assert len(pairs_on(page.get(f"{PATH}?date_from=2017-06-01"))) == 1
    assert pairs_on(page.get(f"{PATH}?date_from=2017-06-02&date_to=2017-06-30")) == []


def test_twin_list_says_which_date_it_cannot_read(page, world, twins):
    response = page.get(f"{PATH}?date_from=gestern")
    assert response.status_code == 200
    assert "The date must have the form" in response.content.decode()


def test_twin_list_of_a_plan_offers_no_link(page, world):
    make_patrol(cluster=world.cluster, route="Tuyến 5")
    make_patrol(
        cluster=world.cluster, route="Tuyến 5", status="scheduled", starts_at=None, planned_start=A_NIGHT, ends_at=None
    )
    response = page.get(IN_2017)
    assert len(pairs_on(response)) == 1
    assert page_of(response).select("[name=kept]") == []


def test_twin_list_lists_what_is_decided(page, world, twins, coordinator):
    others = make_twins(world, starts_at=A_NIGHT + dt.timedelta(days=7))
    link(twins.ours, twins.theirs, by=coordinator, reason="Hai bên cùng ghi")
    not_twins(*others, by=coordinator, now=timezone.now())
    response = page.get(IN_2017)
    assert pairs_on(response) == []
    text = page_of(response).get_text(" ", strip=True)
    assert "Linked: one counts" in text
    assert "Hai bên cùng ghi" in text
    assert "Told apart: both count" in text


def test_twin_list_shows_nothing_of_another_cluster(page, world):
    make_twins(make_two_party_cluster())
    assert pairs_on(page.get(IN_2017)) == []


def test_twin_list_asks_as_often_for_thirty_pairs(page, world, coordinator):
    def asked(count: int) -> int:
        for number in range(count):
            made = make_twins(world, starts_at=A_NIGHT + dt.timedelta(days=3 * number + count))
            make_contingent(patrol=made.ours, unit=world.unit, officers=[make_officer(unit=world.unit)])
            linked = make_twins(world, starts_at=A_NIGHT - dt.timedelta(days=3 * number + count))
            link(linked.ours, linked.theirs, by=coordinator)
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert page.get(IN_2017).status_code == 200
        return len(queries)

    page.get(IN_2017)
    assert asked(1) == asked(30)


def test_twin_list_pages_through_many(page, world):
    for number in range(12):
        make_twins(world, starts_at=A_NIGHT + dt.timedelta(days=2 * number))
    assert len(pairs_on(page.get(IN_2017))) == 10
    assert len(pairs_on(page.get(f"{IN_2017}&page=2"))) == 2
    assert Contingent.objects.count() == 36
