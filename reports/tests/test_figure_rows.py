"""The rows behind a number; that they match it is tested with the page they are linked from (test_review.py)."""

import datetime as dt

import pytest
from django.urls import reverse

from cluster.tests.factories import make_cluster, make_party, make_seal, make_unit
from incidents.tests.factories import make_category, make_incident
from patrols.tests.factories import make_campaign, make_patrol


def url(place, key: str = "incidents", period: str = "2017") -> str:
    return reverse("reports:figure_rows", args=[place.cluster.slug, period, key])


def test_figure_rows_lists_the_records_of_both_periods(two_party_cluster, leader, client_of) -> None:
    make_incident(cluster=two_party_cluster.cluster)
    response = client_of(leader).get(url(two_party_cluster))
    assert [row.occurred_on.year for row in response.context["page"]] == [2017]


def test_figure_rows_of_patrols_also_list_those_of_one_party(two_party_cluster, leader, client_of) -> None:
    make_patrol(cluster=two_party_cluster.cluster)
    alone = make_patrol(cluster=two_party_cluster.cluster, units=[two_party_cluster.unit])
    response = client_of(leader).get(url(two_party_cluster, "joint_patrols"))
    assert list(response.context["not_counted"]) == [alone]
    assert alone not in response.context["page"]


@pytest.mark.parametrize(
    "query",
    [
        {"unit": "999999999"},
        {"unit": "x"},
        {"party": "1' OR 1=1"},
        {"category": "9" * 30},
        {"month": "2016-01-01"},
        {"rest": "all"},
        {"took_part": "0"},
        {"compare_from": "2016-01-01", "compare_to": "nonsense"},
    ],
)
def test_figure_rows_of_an_unknown_slice_are_not_found(query, two_party_cluster, leader, client_of) -> None:
    assert client_of(leader).get(url(two_party_cluster), query).status_code == 404


def test_figure_rows_of_another_cluster_s_slice_are_not_found(two_party_cluster, leader, client_of) -> None:
    foreign = {"party": make_party().pk, "unit": make_unit().pk, "category": make_category().pk}
    client = client_of(leader)
    answers = {client.get(url(two_party_cluster), {name: pk}).status_code for name, pk in foreign.items()}
    assert answers == {404}


@pytest.mark.parametrize("key", ["parties", "campaigns", "people"])
@pytest.mark.parametrize("query", [{"month": "2017-01-01"}, {"rest": "unit"}])
def test_figure_rows_without_that_dimension_never_fail(key, query, two_party_cluster, leader, client_of) -> None:
    assert client_of(leader).get(url(two_party_cluster, key), query).status_code in (200, 404)


@pytest.mark.parametrize(
    ("key", "dimension"),
    [("parties", "unit"), ("campaigns", "party"), ("joint_patrols", "category"), ("incidents", "took_part")],
)
def test_figure_rows_sliced_by_what_the_records_do_not_tell_are_not_found(
    key, dimension, two_party_cluster, leader, client_of
) -> None:
    make_patrol(cluster=two_party_cluster.cluster, campaign=make_campaign(cluster=two_party_cluster.cluster))
    category = make_category(cluster=two_party_cluster.cluster)
    own = {"unit": two_party_cluster.unit, "party": two_party_cluster.party, "category": category}
    row = own.get(dimension, two_party_cluster.unit)
    assert client_of(leader).get(url(two_party_cluster, key), {dimension: row.pk}).status_code == 404


def test_figure_rows_of_an_unknown_figure_are_not_found(two_party_cluster, leader, client_of) -> None:
    assert client_of(leader).get(url(two_party_cluster, "rumours")).status_code == 404


def test_figure_rows_are_not_for_observers(two_party_cluster, observer, client_of) -> None:
    assert client_of(observer).get(url(two_party_cluster)).status_code == 403


def test_figure_rows_are_not_for_outsiders(two_party_cluster, outsider, client_of) -> None:
    assert client_of(outsider).get(url(two_party_cluster)).status_code == 404


@pytest.mark.parametrize("key", ["joint_patrols", "participations", "incidents"])
def test_figure_rows_take_the_same_queries_for_1_row_and_30(
    key, two_party_cluster, leader, client_of, django_assert_num_queries
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client, counts = client_of(leader), []
    for rows in (1, 29):
        for _ in range(rows):
            make_patrol(cluster=two_party_cluster.cluster)
            make_incident(cluster=two_party_cluster.cluster)
        with CaptureQueriesContext(connection) as queries:
            client.get(url(two_party_cluster, key))
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_figure_rows_mark_what_was_written_after_the_signing_of_its_days(two_party_cluster, leader, client_of) -> None:
    seal = make_seal(cluster=two_party_cluster.cluster, date_to=dt.date(2017, 6, 30))
    day_after, before = seal.signed_at + dt.timedelta(days=1), seal.signed_at - dt.timedelta(days=1)
    for day, recorded_at in ((5, day_after), (4, before)):
        make_incident(cluster=seal.cluster, occurred_on=dt.date(2017, 5, day), recorded_at=recorded_at)
    make_incident(cluster=seal.cluster, occurred_on=dt.date(2017, 7, 1), recorded_at=day_after)
    make_incident(cluster=make_seal(cluster=make_cluster()).cluster, recorded_at=before)
    rows = client_of(leader).get(url(two_party_cluster)).context["page"]
    assert {row.occurred_on: row.late for row in rows} == {
        dt.date(2017, 5, 5): True,
        dt.date(2017, 5, 4): False,
        dt.date(2017, 7, 1): False,
    }
