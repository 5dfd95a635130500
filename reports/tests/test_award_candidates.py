import datetime as dt

import pytest

from cluster.tests.factories import make_officer
from incidents.models import Award
from incidents.tests.entries import award_entry, field_text
from incidents.tests.factories import make_award, make_category, make_incident
from patrols.tests.factories import make_contingent, make_patrol

ADDRESS = "/clusters/cum-thu/awards/candidates/"
YEAR = {"date_from": "2017-01-01", "date_to": "2017-12-31"}


@pytest.fixture
def patrol(two_party_cluster):
    """Led by the first unit with 3 of its people; the line of the partner waits."""
    officer = make_officer(unit=two_party_cluster.unit, name="Nguyễn Văn A")
    patrol = make_patrol(
        cluster=two_party_cluster.cluster, units=[], lead_unit=two_party_cluster.unit, shift_leader=officer
    )
    unit, partner = two_party_cluster.units
    make_contingent(patrol=patrol, unit=unit, state="confirmed", headcount=3, officers=[officer])
    make_contingent(patrol=patrol, unit=partner, headcount=5)
    return patrol


def told(response):
    return {row.name: tuple(row.evidence) for row in response.context["page"]}


def test_award_candidates_are_units_by_what_they_vouch_for(client_of, coordinator, patrol, two_party_cluster):
    unit, partner = two_party_cluster.units
    make_incident(cluster=patrol.cluster, unit=partner, patrol=patrol)
    make_incident(cluster=patrol.cluster, unit=unit, category=make_category(cluster=patrol.cluster))
    assert told(client_of(coordinator).get(ADDRESS, YEAR)) == {unit.name: (3, 1, 1)}


def test_award_candidates_are_named_officers(client_of, coordinator, patrol):
    make_incident(cluster=patrol.cluster, patrol=patrol)
    make_patrol(cluster=patrol.cluster, starts_at=dt.datetime(2018, 3, 1, 14, tzinfo=dt.UTC))
    assert told(client_of(coordinator).get(ADDRESS, YEAR | {"who": "officers"})) == {"Nguyễn Văn A": (1, 1, 1)}


def test_award_candidates_count_nothing_that_does_not_count(client_of, coordinator, two_party_cluster):
    make_patrol(cluster=two_party_cluster.cluster, units=[two_party_cluster.unit])
    make_patrol()
    assert told(client_of(coordinator).get(ADDRESS, YEAR)) == {}


def test_award_candidates_stand_by_name_or_by_a_chosen_column(client_of, coordinator, two_party_cluster):
    unit, partner = two_party_cluster.units
    unit.name, partner.name = "Công an xã A", "Công an xã B"
    for one in (unit, partner):
        one.save()
    patrol = make_patrol(cluster=two_party_cluster.cluster, units=[], lead_unit=unit)
    for people, one in enumerate((unit, partner), start=1):
        make_contingent(patrol=patrol, unit=one, state="confirmed", headcount=people)
    client = client_of(coordinator)
    assert list(told(client.get(ADDRESS, YEAR))) == ["Công an xã A", "Công an xã B"]
    assert list(told(client.get(ADDRESS, YEAR | {"sort": "participations"}))) == ["Công an xã B", "Công an xã A"]
    assert list(told(client.get(ADDRESS, YEAR | {"sort": "name", "date_to": "x"}))) == ["Công an xã A", "Công an xã B"]


def test_award_candidates_show_what_was_awarded_in_the_period(client_of, coordinator, patrol, two_party_cluster):
    award = make_award(cluster=patrol.cluster, unit=two_party_cluster.unit)
    make_award(cluster=patrol.cluster, unit=two_party_cluster.unit, decided_on=dt.date(2016, 12, 15))
    (row,) = client_of(coordinator).get(ADDRESS, YEAR).context["page"]
    assert row.awards == (award,)


def test_award_candidates_lead_to_a_form_filled_in(client_of, coordinator, patrol, two_party_cluster):
    make_incident(cluster=patrol.cluster, patrol=patrol)
    asked = YEAR | {"officer": patrol.shift_leader_id}
    response = client_of(coordinator).get("/clusters/cum-thu/awards/new/", asked)
    assert [field_text(response, name) for name in ("name", "achievement")] == [
        "Nguyễn Văn A",
        "Từ ngày 01/01/2017 đến ngày 31/12/2017: tham gia tuần tra chung (1 lượt được xác nhận), chủ trì 1 ca tuần tra"
        " chung, góp phần phát hiện 1 vụ việc khi tuần tra.",
    ]
    form = response.context["form"]
    assert (form["recipient"].value(), form["unit"].value()) == ("individual", two_party_cluster.unit.pk)


@pytest.mark.parametrize("asked", [{}, {"unit": "x"}, {"date_from": ""}])
def test_award_candidates_fill_in_nothing_for_nobody(client_of, coordinator, patrol, outsider, asked):
    foreign = outsider.postings.get().unit
    response = client_of(coordinator).get("/clusters/cum-thu/awards/new/", YEAR | {"unit": foreign.pk} | asked)
    assert field_text(response, "name") == ""


def test_award_candidates_take_the_award_that_was_proposed(client_of, coordinator, patrol):
    client_of(coordinator).post(
        "/clusters/cum-thu/awards/new/", award_entry(recipient="individual", name="Nguyễn Văn A")
    )
    assert Award.objects.get().officer == patrol.shift_leader


@pytest.mark.parametrize(
    ("reader", "status"), [("recorder", 403), ("leader", 403), ("observer", 403), ("outsider", 404)]
)
def test_award_candidates_are_the_coordinators(request, client_of, two_party_cluster, reader, status):
    assert client_of(request.getfixturevalue(reader)).get(ADDRESS).status_code == status


def test_award_candidates_refuse_other_methods(client_of, coordinator):
    assert client_of(coordinator).post(ADDRESS).status_code == 405
