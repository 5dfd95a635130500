"""The figures of exchanges, models, outreach and crime reports: on records, declared, and on both."""

import datetime as dt
from typing import Any

import pytest

from cluster.tests.factories import (
    TwoPartyCluster,
    make_crime_report,
    make_exchange,
    make_initiative,
    make_outreach,
    make_rating,
)
from incidents.tests.factories import make_declared
from reports.periods import Period
from reports.reckoning import Reckoning
from reports.slices import Slice

pytestmark = pytest.mark.django_db
Place = TwoPartyCluster
IN_2016 = dt.date(2016, 12, 31)


def reckoning(place: Place, year: int = 2017) -> Reckoning:
    return Reckoning(place.cluster, Period.of_year(place.cluster, year))


def told(place: Place, key: str, year: int = 2017) -> tuple[int | None, str | None]:
    value = reckoning(place, year).figures[key].this
    return value.value, value.basis


def _exchange(place: Place, **fields: Any) -> Any:
    return make_exchange(cluster=place.cluster, from_unit=place.unit, to_unit=place.partner_unit, **fields)


def _session(place: Place, **fields: Any) -> Any:
    return make_outreach(cluster=place.cluster, unit=place.unit, **({"audience": 40} | fields))


def _report(place: Place, **fields: Any) -> Any:
    return make_crime_report(cluster=place.cluster, unit=place.unit, **({"is_valuable": True} | fields))


# Each makes one record of the own unit; what the figure then says.
KINDS = {
    "information_exchanges": (_exchange, "exchanged_on", 1),
    "outreach_sessions": (_session, "held_on", 1),
    "outreach_attendance": (_session, "held_on", 40),
    "crime_reports": (_report, "received_on", 1),
    "crime_reports_valuable": (_report, "received_on", 1),
}


@pytest.fixture(params=KINDS)
def key(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_figure_counts_the_records_of_the_period(two_party_cluster: Place, key: str) -> None:
    make, dated_by, amount = KINDS[key]
    make(two_party_cluster)
    make(two_party_cluster, **{dated_by: IN_2016})
    make(two_party_cluster, deleted_at=dt.datetime(2017, 7, 1, tzinfo=dt.UTC))
    assert told(two_party_cluster, key) == (amount, "records")
    assert reckoning(two_party_cluster).figures[key].before.value == amount


def test_figure_is_what_was_declared_where_there_is_no_record(two_party_cluster: Place, key: str) -> None:
    assert told(two_party_cluster, key) == (None, None)
    make_declared(cluster=two_party_cluster.cluster, metric=key, year=2017, value=12)
    assert told(two_party_cluster, key) == (12, "declared")


def test_figure_adds_what_units_without_records_declared(two_party_cluster: Place, key: str) -> None:
    make, _dated_by, amount = KINDS[key]
    make(two_party_cluster)
    for unit in two_party_cluster.units:
        make_declared(cluster=two_party_cluster.cluster, metric=key, year=2017, unit=unit, value=100)
    assert told(two_party_cluster, key) == (amount + 100, "mixed")


def test_figure_is_broken_down_by_unit_party_and_month(two_party_cluster: Place, key: str) -> None:
    make, _dated_by, amount = KINDS[key]
    make(two_party_cluster)
    found = reckoning(two_party_cluster)
    figure = found.figures[key].figure
    june, july = list(found.period.months())[5:7]
    slices = [Slice(unit=two_party_cluster.unit.pk), Slice(party=two_party_cluster.party.pk), Slice(month=june)]
    assert [found.value(figure, found.period, at).value for at in slices] == [amount] * 3
    others = [Slice(unit=two_party_cluster.partner_unit.pk), Slice(month=july)]
    assert [found.value(figure, found.period, at).value for at in others] == [0, 0]


def test_figure_leads_to_its_rows(client_of: Any, leader: Any, two_party_cluster: Place, key: str) -> None:
    make, _dated_by, amount = KINDS[key]
    rows = [make(two_party_cluster), make(two_party_cluster)]
    response = client_of(leader).get(f"/clusters/cum-thu/review/2017/figures/{key}/?unit={two_party_cluster.unit.pk}")
    assert (list(response.context["page"]), response.context["behind"].value) == (rows, 2 * amount)
    assert response.content.decode().count(f'data-amount="{amount}"') == 2


def test_attendance_that_nobody_counted_is_not_zero(two_party_cluster: Place) -> None:
    _session(two_party_cluster, audience=None)
    assert told(two_party_cluster, "outreach_attendance") == (None, None)
    assert told(two_party_cluster, "outreach_sessions") == (1, "records")


@pytest.mark.parametrize(("worth", "value"), [((None,), None), ((False, None), 0), ((True, False, None), 1)])
def test_value_of_reports_is_known_once_one_is_assessed(two_party_cluster: Place, worth: Any, value: Any) -> None:
    for is_valuable in worth:
        _report(two_party_cluster, is_valuable=is_valuable)
    assert told(two_party_cluster, "crime_reports_valuable")[0] == value


def test_models_count_that_are_kept_up_on_the_last_day(two_party_cluster: Place) -> None:
    cluster = two_party_cluster.cluster
    make_initiative(cluster=cluster)
    make_initiative(cluster=cluster, founded=dt.date(2017, 12, 31))
    make_initiative(cluster=cluster, founded=dt.date(2018, 1, 1))
    make_initiative(cluster=cluster, ended=dt.date(2017, 12, 31), end_reason="Sáp nhập")
    make_initiative(cluster=cluster, ended=dt.date(2017, 12, 30), end_reason="Sáp nhập")
    told_of = [told(two_party_cluster, "initiatives", year)[0] for year in (2016, 2017, 2018)]
    assert told_of == [3, 3, 3]


def test_models_that_all_ended_in_the_year_are_none_and_later_unknown(two_party_cluster: Place) -> None:
    make_initiative(cluster=two_party_cluster.cluster, ended=dt.date(2017, 6, 1), end_reason="Sáp nhập")
    assert [told(two_party_cluster, "initiatives", year)[0] for year in (2017, 2018)] == [0, None]


def test_models_declared_count_where_there_is_no_record(two_party_cluster: Place) -> None:
    make_declared(cluster=two_party_cluster.cluster, metric="initiatives", year=2017, value=3)
    assert told(two_party_cluster, "initiatives") == (3, "declared")
    make_initiative(cluster=two_party_cluster.cluster)
    unit = two_party_cluster.partner_unit
    make_declared(cluster=two_party_cluster.cluster, metric="initiatives", year=2017, unit=unit, value=2)
    assert told(two_party_cluster, "initiatives") == (3, "mixed")


def test_effective_models_are_known_once_one_is_rated(two_party_cluster: Place) -> None:
    first, second, ended = (make_initiative(cluster=two_party_cluster.cluster) for _ in range(3))
    assert told(two_party_cluster, "initiatives_effective") == (None, None)
    make_rating(initiative=first, year=2016)
    make_rating(initiative=first, rating="fair")
    assert told(two_party_cluster, "initiatives_effective") == (0, "records")
    make_rating(initiative=second)
    make_rating(initiative=ended)
    type(ended).objects.filter(pk=ended.pk).update(ended=dt.date(2017, 5, 1), end_reason="Sáp nhập")
    assert told(two_party_cluster, "initiatives_effective") == (1, "records")
    assert told(two_party_cluster, "initiatives_effective", 2016) == (1, "records")


@pytest.mark.parametrize(("key", "model"), [("initiatives", "initiative"), ("initiatives_effective", "rating")])
def test_models_stand_behind_their_figures(
    client_of: Any, leader: Any, two_party_cluster: Place, key: str, model: str
) -> None:
    initiative = make_initiative(cluster=two_party_cluster.cluster)
    rows = {"initiative": initiative, "rating": make_rating(initiative=initiative)}
    response = client_of(leader).get(f"/clusters/cum-thu/review/2017/figures/{key}/")
    assert (list(response.context["page"]), response.context["behind"].value) == ([rows[model]], 1)
