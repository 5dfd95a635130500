"""Every breakdown adds up to its figure, from records, declared figures and both."""

import datetime as dt

import pytest
from django.utils import translation

from cluster.tests.factories import TwoPartyCluster, make_force, make_member
from incidents.tests.factories import make_category, make_declared, make_incident
from patrols.tests.factories import make_campaign, make_contingent, make_patrol
from reports.as_json import review_json
from reports.breakdowns import NO_CAMPAIGN, REST, IncidentMonths, Part
from reports.edition import Edition
from reports.periods import Period
from reports.reckoning import Reckoning

pytestmark = pytest.mark.django_db


def reckoning_of(place: TwoPartyCluster, year: int = 2017) -> Reckoning:
    return Reckoning(place.cluster, Period.of_year(place.cluster, year))


def patrol_on(place: TwoPartyCluster, day: str, **fields):
    start = dt.datetime.combine(dt.date.fromisoformat(day), dt.time(14), dt.UTC)
    return make_patrol(cluster=place.cluster, starts_at=start, units=place.units, **fields)


def column(parts: list[Part], key: str) -> dict[str, int | None]:
    return {str(part.label): part.values[key] for part in parts}


def test_forces_add_up_to_the_participations(two_party_cluster) -> None:
    patrol = patrol_on(two_party_cluster, "2017-03-01", headcount=3)
    militia = make_force(name="Dân quân")
    make_contingent(patrol=patrol, unit=two_party_cluster.unit, force=militia, headcount=5)
    refused = make_force(name="Bộ đội biên phòng")
    make_contingent(patrol=patrol, unit=two_party_cluster.unit, force=refused, headcount=9, state="refused", reason="x")
    reckoning = reckoning_of(two_party_cluster)
    by_force = column(reckoning.by_force, "participations")
    assert by_force["Dân quân"] == 5
    assert "Bộ đội biên phòng" not in by_force
    assert sum(n or 0 for n in by_force.values()) == reckoning.figures["participations"].this.value == 11
    assert sum(part.values["lines"] or 0 for part in reckoning.by_force) == 3


def test_what_a_unit_declared_has_no_force_and_no_campaign(two_party_cluster) -> None:
    make_campaign(cluster=two_party_cluster.cluster)
    patrol_on(two_party_cluster, "2017-03-01", headcount=3)
    silent = make_member(party=two_party_cluster.party).unit
    make_declared(cluster=two_party_cluster.cluster, year=2017, metric="participations", unit=silent, value=20)
    reckoning = reckoning_of(two_party_cluster)
    assert column(reckoning.by_force, "participations")[str(REST["force"])] == 20
    assert column(reckoning.by_campaign, "participations")[str(REST["campaign"])] == 20


def test_campaigns_add_up_with_what_lay_outside_any(two_party_cluster) -> None:
    tet = make_campaign(cluster=two_party_cluster.cluster, name="Tết Nguyên đán")
    inside = patrol_on(two_party_cluster, "2017-01-20", campaign=tet, headcount=3)
    outside = patrol_on(two_party_cluster, "2017-05-01", headcount=4)
    for patrol in (inside, inside, outside):
        make_incident(cluster=two_party_cluster.cluster, patrol=patrol)
    make_incident(cluster=two_party_cluster.cluster)
    by_campaign = {str(part.label): tuple(part.values.values()) for part in reckoning_of(two_party_cluster).by_campaign}
    assert by_campaign == {"Tết Nguyên đán": (1, 6, 2), str(NO_CAMPAIGN): (1, 8, 1)}


def test_without_a_campaign_there_is_no_table_of_them(two_party_cluster) -> None:
    patrol_on(two_party_cluster, "2017-03-01")
    assert reckoning_of(two_party_cluster).by_campaign == []


def test_outcomes_add_up_to_the_incidents(two_party_cluster) -> None:
    for outcome in ("resolved", "resolved", "transferred", "verifying", "received"):
        make_incident(cluster=two_party_cluster.cluster, outcome=outcome)
    reckoning = reckoning_of(two_party_cluster)
    outcomes = {part.of: part.values["incidents"] for part in reckoning.outcomes}
    assert outcomes == {"resolved": 2, "transferred": 1, "verifying": 1, "received": 1}


def test_declared_outcomes_leave_a_rest(two_party_cluster) -> None:
    for metric, value in (("incidents", 40), ("incidents_resolved", 17), ("incidents_transferred", 22)):
        make_declared(cluster=two_party_cluster.cluster, year=2017, metric=metric, value=value)
    outcomes = {part.of: part.values["incidents"] for part in reckoning_of(two_party_cluster).outcomes}
    assert outcomes == {"resolved": 17, "transferred": 22, "verifying": None, "received": None, None: 1}


def test_categories_compare_incidents_and_persons(two_party_cluster) -> None:
    theft = make_category(cluster=two_party_cluster.cluster)
    for year, persons in ((2016, 5), (2017, 2), (2017, 1)):
        make_incident(
            cluster=two_party_cluster.cluster,
            category=theft,
            occurred_on=dt.date(year, 5, 5),
            persons_involved=persons,
        )
    (row,) = reckoning_of(two_party_cluster).by_category
    assert (row.incidents, row.previous, row.change, row.persons, row.previous_persons) == (2, 1, 1, 3, 5)


def test_an_inexact_category_has_its_word_and_no_change(two_party_cluster) -> None:
    theft = make_category(cluster=two_party_cluster.cluster)
    for year, qualifier in ((2016, "exact"), (2017, "hơn")):
        make_declared(cluster=two_party_cluster.cluster, year=year, category=theft, value=9, qualifier=qualifier)
    (row,) = reckoning_of(two_party_cluster).by_category
    assert (row.change, row.qualifiers) == (None, {"incidents": "hơn"})


def test_the_trend_reads_records_and_declared_years_and_leaves_gaps(two_party_cluster) -> None:
    for day in ("2017-03-01", "2014-03-01", "2014-12-31"):
        patrol_on(two_party_cluster, day, headcount=2)
    make_declared(cluster=two_party_cluster.cluster, year=2015, metric="joint_patrols", value=9)
    trend = [(y.period.end.year, y.values["joint_patrols"]) for y in reckoning_of(two_party_cluster).trend]
    assert [(year, value.value, value.basis) for year, value in trend] == [
        (2013, None, None),
        (2014, 2, "records"),
        (2015, 9, "declared"),
        (2016, None, None),
        (2017, 1, "records"),
    ]


@pytest.mark.parametrize("compare", [("2014-02-01", "2015-01-31"), ("2016-06-01", "2016-12-31")])
def test_the_trend_is_right_whatever_the_comparison_cuts_out_of_it(two_party_cluster, compare) -> None:
    """The days of whole years are drawn together in the query, those of the comparison are not."""
    days = ("2014-01-15", "2014-02-01", "2014-12-31", "2015-01-01", "2015-01-31", "2015-02-01", "2016-05-31")
    for day in (*days, "2016-06-01"):
        make_incident(cluster=two_party_cluster.cluster, occurred_on=dt.date.fromisoformat(day))
    period = Period.of_year(two_party_cluster.cluster, 2017)
    reckoning = Reckoning(two_party_cluster.cluster, period, Period.between(*compare))
    assert [year.values["incidents"].value for year in reckoning.trend] == [None, 3, 3, 2, None]
    assert reckoning.figures["incidents"].before.value == {"2014-02-01": 4, "2016-06-01": 1}[compare[0]]


def test_months_with_and_without_incidents_are_told_apart(two_party_cluster) -> None:
    for day in ("2017-03-01", "2017-03-02", "2017-05-01"):
        patrol_on(two_party_cluster, day)
    for day in ("2017-03-09", "2017-03-10", "2017-04-01"):
        make_incident(cluster=two_party_cluster.cluster, occurred_on=dt.date.fromisoformat(day))
    assert reckoning_of(two_party_cluster).incident_months == IncidentMonths(2, 2, 10, 1)


def test_patrols_a_month_are_rounded_and_counted_in_the_word_of_the_cluster(two_party_cluster) -> None:
    for day in ("2017-03-01", "2017-03-02", "2017-04-02", "2017-05-01", "2017-05-02"):
        patrol_on(two_party_cluster, day)
    for month in (3, 4, 5):
        make_incident(cluster=two_party_cluster.cluster, occurred_on=dt.date(2017, month, 9))
    reckoning = reckoning_of(two_party_cluster)
    with translation.override("vi"):
        said = reckoning.wording.incident_months(reckoning.incident_months)
    assert said.startswith("Trong 3 tháng có vụ việc, bình quân mỗi tháng có 1,7 ca tuần tra chung;")


def test_what_is_declared_has_no_months_to_tell_apart(two_party_cluster) -> None:
    make_declared(cluster=two_party_cluster.cluster, year=2017, value=3)
    assert reckoning_of(two_party_cluster).incident_months is None


def test_the_json_has_the_breakdowns(two_party_cluster) -> None:
    tet = make_campaign(cluster=two_party_cluster.cluster, name="Tết Nguyên đán")
    patrol_on(two_party_cluster, "2017-01-20", campaign=tet, headcount=3)
    make_declared(cluster=two_party_cluster.cluster, year=2017, value=3, source="Báo cáo 12")
    data = review_json(Edition(two_party_cluster.cluster, Period.of_year(two_party_cluster.cluster, 2017)))
    assert data["by_campaign"][0] == {
        "campaign": "Tết Nguyên đán",
        "known": True,
        "joint_patrols": 1,
        "participations": 6,
        "incidents_found_on_patrol": None,
    }
    assert [(row["participations"], row["lines"]) for row in data["by_force"]] == [(6, 2)]
    assert {row["outcome"]: row["incidents"] for row in data["outcomes"]}[None] == 3
    assert [year["to"][:4] for year in data["trend"]] == ["2013", "2014", "2015", "2016", "2017"]
    assert data["passports"]["participations"]["records"] == 2
    assert "Báo cáo 12" in data["passports"]["incidents"]["declared"][0]
