"""The figures by the counting rules, on real rows."""

import datetime as dt
from typing import Any

import pytest
from django.utils import translation

from cluster.tests.factories import (
    TwoPartyCluster,
    make_administrative_unit,
    make_force,
    make_member,
    make_officer,
    make_two_party_cluster,
    make_unit,
)
from incidents.tests.factories import make_award, make_category, make_declared, make_incident
from patrols.models import Contingent, JointPatrol
from patrols.tests.factories import make_campaign, make_contingent, make_patrol
from reports.as_json import review_json
from reports.edition import Edition
from reports.periods import Period
from reports.plausibility import warnings_of
from reports.reckoning import Compared, Reckoning, Slice

pytestmark = pytest.mark.django_db
Place = TwoPartyCluster
TODAY = dt.date(2018, 3, 1)


def figure(place: Place, key: str, year: int = 2017) -> Compared:
    return Reckoning(place.cluster, Period.of_year(place.cluster, year)).figures[key]


def value(place: Place, key: str, year: int = 2017) -> int | None:
    return figure(place, key, year).this.value


def patrol(place: Place, date: str = "2017-03-01", *, people: tuple[int, ...] = (3, 4), **fields: Any) -> JointPatrol:
    """A completed patrol with a line for each of the first units, so that (3,) is one of one party alone."""
    start = dt.datetime.fromisoformat(f"{date}T21:00+07:00")
    made = make_patrol(cluster=place.cluster, lead_unit=place.unit, starts_at=start, units=[], **fields)
    for unit, headcount in zip(place.units, people, strict=False):
        make_contingent(patrol=made, unit=unit, force=place.force, headcount=headcount)
    return made


def test_rule_1_a_patrol_of_two_parties_counts_once(two_party_cluster: Place) -> None:
    patrol(two_party_cluster)
    assert value(two_party_cluster, "joint_patrols") == 1


def test_rule_1_a_patrol_of_one_party_counts_in_no_figure(two_party_cluster: Place) -> None:
    patrol(two_party_cluster, people=(3,))
    assert (value(two_party_cluster, "joint_patrols"), value(two_party_cluster, "participations")) == (0, 0)


def test_rule_1_a_refused_line_takes_its_party_out(two_party_cluster: Place) -> None:
    made = patrol(two_party_cluster)
    made.contingents.filter(unit=two_party_cluster.partner_unit).update(state="refused", reason="không tham gia")
    assert value(two_party_cluster, "joint_patrols") == 0


@pytest.mark.parametrize("status", ["scheduled", "postponed", "cancelled"])
def test_rule_1_only_completed_patrols_count(two_party_cluster: Place, status: str) -> None:
    patrol(two_party_cluster, status=status)
    assert value(two_party_cluster, "joint_patrols") == 0


def test_rule_1_a_deleted_patrol_is_gone_from_every_figure(two_party_cluster: Place) -> None:
    patrol(two_party_cluster, deleted_at=dt.datetime(2017, 4, 1, tzinfo=dt.UTC))
    assert (value(two_party_cluster, "joint_patrols"), value(two_party_cluster, "participations")) == (None, None)


def test_rule_1_the_local_date_of_the_start_decides_the_year(two_party_cluster: Place) -> None:
    patrol(two_party_cluster, "2017-12-31")
    assert value(two_party_cluster, "joint_patrols", 2017) == 1
    assert value(two_party_cluster, "joint_patrols", 2018) is None


def test_rule_1_membership_on_the_date_decides_the_party(two_party_cluster: Place) -> None:
    membership = two_party_cluster.partner_unit.memberships.get()
    membership.left = dt.date(2017, 2, 28)
    membership.save()
    patrol(two_party_cluster, "2017-02-28")
    patrol(two_party_cluster, "2017-03-01")
    assert value(two_party_cluster, "joint_patrols") == 1


def test_rule_2_participations_are_headcounts_of_lines_not_refused(two_party_cluster: Place) -> None:
    made = patrol(two_party_cluster, people=(3, 4))
    third = make_member(party=two_party_cluster.party).unit
    make_contingent(patrol=made, unit=third, force=two_party_cluster.force, headcount=50, state="refused", reason="x")
    assert value(two_party_cluster, "participations") == 7


def test_rule_2_people_are_different_named_officers(two_party_cluster: Place) -> None:
    officer = make_officer(unit=two_party_cluster.unit)
    for date in ("2017-03-01", "2017-03-02"):
        patrol(two_party_cluster, date).contingents.first().officers.add(officer)
    assert value(two_party_cluster, "people") == 1
    assert value(two_party_cluster, "participations") == 14


def test_rule_3_columns_reconcile_with_the_total(two_party_cluster: Place) -> None:
    patrol(two_party_cluster, people=(3, 4))
    outsider = make_unit()
    made = patrol(two_party_cluster, "2017-04-01", people=(1, 1))
    make_contingent(patrol=made, unit=outsider, force=two_party_cluster.force, headcount=9)
    reckoning = Reckoning(two_party_cluster.cluster, Period.of_year(two_party_cluster.cluster, 2017))
    for column in ("led", "participations"):
        parts = [row.values[column] or 0 for row in reckoning.by_unit if row.unit is None]
        assert sum(parts) == reckoning.unit_totals[column]


def test_rule_3_took_part_counts_a_patrol_once_for_two_lines_of_a_unit(two_party_cluster: Place) -> None:
    made = patrol(two_party_cluster)
    make_contingent(patrol=made, unit=two_party_cluster.unit, force=make_force(), headcount=2)
    reckoning = Reckoning(two_party_cluster.cluster, Period.of_year(two_party_cluster.cluster, 2017))
    (row,) = [row for row in reckoning.by_unit if row.unit == two_party_cluster.unit]
    assert (row.values["led"], row.values["took_part"], row.values["participations"]) == (1, 1, 5)


def test_rule_4_records_count_and_a_wider_declared_total_is_only_listed(two_party_cluster: Place) -> None:
    make_incident(cluster=two_party_cluster.cluster, unit=two_party_cluster.unit)
    make_declared(cluster=two_party_cluster.cluster, year=2017, value=39)
    reckoning = Reckoning(two_party_cluster.cluster, Period.of_year(two_party_cluster.cluster, 2017))
    assert (reckoning.figures["incidents"].this.value, reckoning.figures["incidents"].this.basis) == (1, "records")
    assert [w.key for w in warnings_of(reckoning, today=dt.date(2017, 1, 1)) if "39" in w.text] == ["incidents"]


def test_rule_4_a_unit_without_records_adds_what_it_declared(two_party_cluster: Place) -> None:
    make_incident(cluster=two_party_cluster.cluster, unit=two_party_cluster.unit)
    for unit, declared in zip(two_party_cluster.units, (100, 6), strict=True):
        make_declared(cluster=two_party_cluster.cluster, year=2017, unit=unit, value=declared)
    this = figure(two_party_cluster, "incidents").this
    assert (this.value, this.basis) == (7, "mixed")


def test_rule_4_a_unit_that_only_took_part_has_a_record_of_the_patrol(two_party_cluster: Place) -> None:
    patrol(two_party_cluster)
    unit = two_party_cluster.partner_unit
    make_declared(cluster=two_party_cluster.cluster, year=2017, metric="joint_patrols", unit=unit, value=5)
    this = figure(two_party_cluster, "joint_patrols").this
    assert (this.value, this.basis) == (1, "records")


def test_rule_4_a_declared_figure_has_no_month(two_party_cluster: Place) -> None:
    make_declared(cluster=two_party_cluster.cluster, year=2017, value=39)
    reckoning = Reckoning(two_party_cluster.cluster, Period.of_year(two_party_cluster.cluster, 2017))
    known = [(row.month, row.values["incidents"]) for row in reckoning.by_month if row.values["incidents"] is not None]
    assert known == [(None, 39)]


def test_rule_5_blank_is_not_zero(two_party_cluster: Place) -> None:
    assert {compared.this.value for compared in reckoning_of(two_party_cluster).figures.values()} == {None, 2}


def reckoning_of(place: Place, year: int = 2017) -> Reckoning:
    return Reckoning(place.cluster, Period.of_year(place.cluster, year))


def test_rule_5_a_declared_zero_is_zero(two_party_cluster: Place) -> None:
    make_declared(cluster=two_party_cluster.cluster, year=2017, value=0)
    assert value(two_party_cluster, "incidents") == 0


def test_rule_5_incidents_without_a_number_of_persons_make_no_zero_persons(two_party_cluster: Place) -> None:
    make_incident(cluster=two_party_cluster.cluster, unit=two_party_cluster.unit, persons_involved=None)
    assert value(two_party_cluster, "persons_involved") is None
    make_incident(cluster=two_party_cluster.cluster, unit=two_party_cluster.unit, persons_involved=0)
    assert value(two_party_cluster, "persons_involved") == 0


def test_rule_6_change_and_percent_against_the_year_before(two_party_cluster: Place) -> None:
    for year, n in ((2016, 4), (2017, 3)):
        for _ in range(n):
            make_incident(cluster=two_party_cluster.cluster, occurred_on=dt.date(year, 5, 5))
    compared = figure(two_party_cluster, "incidents")
    assert (compared.change, compared.percent) == (-1, -25.0)


@pytest.mark.parametrize("qualifier", ["hơn", "trên", "gần", "khoảng"])
def test_rule_6_an_inexact_side_gives_no_change_but_a_reason(two_party_cluster: Place, qualifier: str) -> None:
    make_declared(cluster=two_party_cluster.cluster, year=2017, value=80, qualifier=qualifier)
    make_declared(cluster=two_party_cluster.cluster, year=2016, value=70)
    compared = figure(two_party_cluster, "incidents")
    assert (compared.change, compared.percent) == (None, None)
    assert compared.reason


def test_rule_6_against_nothing_there_is_no_percent(two_party_cluster: Place) -> None:
    make_declared(cluster=two_party_cluster.cluster, year=2017, value=5)
    make_declared(cluster=two_party_cluster.cluster, year=2016, value=0)
    compared = figure(two_party_cluster, "incidents")
    assert (compared.change, compared.percent) == (5, None)


def test_rule_10_confirmation_changes_no_count(two_party_cluster: Place) -> None:
    made = patrol(two_party_cluster)
    counts = [value(two_party_cluster, key) for key in ("joint_patrols", "joint_patrols_confirmed")]
    made.contingents.update(state=Contingent.State.CONFIRMED)
    after = [value(two_party_cluster, key) for key in ("joint_patrols", "joint_patrols_confirmed")]
    assert (counts, after) == ([1, 0], [1, 1])


def test_rule_10_a_pending_third_line_keeps_a_patrol_unconfirmed(two_party_cluster: Place) -> None:
    made = patrol(two_party_cluster)
    made.contingents.update(state=Contingent.State.CONFIRMED)
    third = make_member(party=two_party_cluster.party).unit
    make_contingent(patrol=made, unit=third, force=two_party_cluster.force, state=Contingent.State.PENDING)
    assert value(two_party_cluster, "joint_patrols_confirmed") == 0


def test_rule_11_members_are_those_of_the_last_day(two_party_cluster: Place) -> None:
    make_member(party=two_party_cluster.party, left=dt.date(2017, 12, 30))
    make_member(party=two_party_cluster.party, unit=make_unit(cluster=two_party_cluster.cluster))
    district = make_unit(administrative_unit=make_administrative_unit(kind="district"))
    make_member(party=two_party_cluster.party, unit=district)
    assert (value(two_party_cluster, "parties"), value(two_party_cluster, "member_communes")) == (2, 3)


def test_incident_figures_narrow_the_same_rows(two_party_cluster: Place) -> None:
    place, category = two_party_cluster, make_category(cluster=two_party_cluster.cluster)
    made = {"cluster": place.cluster, "unit": place.unit, "category": category}
    make_incident(**made, outcome="resolved", patrol=patrol(place), persons_involved=2)
    make_incident(**made, outcome="transferred").cooperating_units.add(place.partner_unit)
    keys = ("incidents", "incidents_resolved", "incidents_transferred", "incidents_found_on_patrol")
    assert [value(place, key) for key in keys] == [2, 1, 1, 1]
    assert [value(place, key) for key in ("incidents_handled_jointly", "persons_involved")] == [1, 2]


def test_awards_and_campaigns_are_counted_by_their_dates(two_party_cluster: Place) -> None:
    cluster = two_party_cluster.cluster
    make_award(cluster=cluster)
    make_award(cluster=cluster, recipient="individual", decided_on=dt.date(2018, 1, 5))
    make_campaign(cluster=cluster, date_from=dt.date(2016, 12, 20), date_to=dt.date(2017, 1, 10))
    keys = ("awards_collective", "awards_individual", "campaigns")
    assert [value(two_party_cluster, key) for key in keys] == [1, 0, 1]


def test_categories_add_up_to_the_total_with_what_is_not_known(two_party_cluster: Place) -> None:
    theft = make_category(cluster=two_party_cluster.cluster, name="Trộm cắp tài sản")
    make_declared(cluster=two_party_cluster.cluster, year=2017, value=216)
    make_declared(cluster=two_party_cluster.cluster, year=2017, value=98, category=theft)
    rows = [(row.category, row.incidents) for row in reckoning_of(two_party_cluster).by_category]
    assert rows == [(theft, 98), (None, 118)]


def test_a_slice_by_party_takes_the_membership_of_the_date(two_party_cluster: Place) -> None:
    patrol(two_party_cluster, people=(3, 4))
    reckoning = reckoning_of(two_party_cluster)
    figure = reckoning.figures["participations"].figure
    slices = [
        reckoning.value(figure, reckoning.period, Slice(party=party.pk)).value for party in two_party_cluster.parties
    ]
    assert slices == [3, 4]


def test_another_cluster_changes_nothing(two_party_cluster: Place) -> None:
    patrol(two_party_cluster)
    before = review_json(Edition(two_party_cluster.cluster, Period.of_year(two_party_cluster.cluster, 2017)))
    other = make_two_party_cluster()
    patrol(other)
    make_incident(cluster=other.cluster)
    assert review_json(Edition(two_party_cluster.cluster, Period.of_year(two_party_cluster.cluster, 2017))) == before


@pytest.mark.parametrize(
    ("people", "warned"),
    [((3, 4), False), ((10, 10), False), ((10, 11), True), ((1, 1), False)],
    ids=["usual", "high but likely", "high", "low but likely"],
)
def test_an_unlikely_turnout_is_questioned(two_party_cluster: Place, people: tuple[int, int], warned: object) -> None:
    patrol(two_party_cluster, people=people)
    keys = [w.key for w in warnings_of(reckoning_of(two_party_cluster), today=dt.date(2017, 1, 1))]
    assert ("participations" in keys) == warned


def test_a_stranger_among_the_units_is_named(two_party_cluster: Place) -> None:
    make_contingent(
        patrol=patrol(two_party_cluster), unit=make_unit(name="Công an xã Vĩnh Ninh"), force=two_party_cluster.force
    )
    texts = [w.text for w in warnings_of(reckoning_of(two_party_cluster), today=dt.date(2017, 1, 1))]
    assert [text for text in texts if "Vĩnh Ninh" in text and "01/03/2017" in text]


def test_months_without_an_entry_and_silent_units_are_named(two_party_cluster: Place) -> None:
    patrol(two_party_cluster, people=(3,))
    texts = " ".join(w.text for w in warnings_of(reckoning_of(two_party_cluster), today=TODAY))
    assert "02/2017" in texts
    assert "03/2017" not in texts
    assert two_party_cluster.partner_unit.name in texts


@pytest.mark.parametrize(
    ("today", "declared", "warned"),
    [(TODAY, False, True), (TODAY, True, False), (dt.date(2017, 12, 31), False, False)],
    ids=["over", "declared", "not over"],
)
def test_a_period_of_which_nothing_is_known_is_questioned(two_party_cluster: Place, today, declared, warned) -> None:
    if declared:
        make_declared(cluster=two_party_cluster.cluster, year=2017, value=0)
    texts = " ".join(w.text for w in warnings_of(reckoning_of(two_party_cluster), today=today))
    assert ("Cả kỳ chưa có số liệu" in texts) == warned


def test_parts_beyond_their_total_are_named(two_party_cluster: Place) -> None:
    cluster, theft = two_party_cluster.cluster, make_category(cluster=two_party_cluster.cluster)
    make_declared(cluster=cluster, year=2017, value=10)
    make_declared(cluster=cluster, year=2017, value=11, category=theft)
    for party, value in zip(two_party_cluster.parties, (8, 4), strict=True):
        make_declared(cluster=cluster, year=2017, value=value, party=party)
    with translation.override("en"):
        texts = [w.text for w in warnings_of(reckoning_of(two_party_cluster), today=TODAY)]
    assert texts[:2] == [
        "Incidents by unit: the parts make 12, the total is 10.",
        "Incidents by category: the parts make 11, the total is 10.",
    ]


def test_parts_below_their_total_leave_a_rest_and_no_warning(two_party_cluster: Place) -> None:
    make_declared(cluster=two_party_cluster.cluster, year=2017, value=10)
    make_declared(cluster=two_party_cluster.cluster, year=2017, value=4, party=two_party_cluster.party)
    assert not [w for w in warnings_of(reckoning_of(two_party_cluster), today=TODAY) if w.key == "incidents"]
