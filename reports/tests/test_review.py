"""The review page."""

import datetime as dt
import re

import pytest
from bs4 import BeautifulSoup
from django.urls import reverse

from cluster.tests.factories import TwoPartyCluster, make_member, make_unit
from incidents.tests.factories import make_award, make_category, make_declared, make_incident
from patrols.tests.factories import make_contingent, make_patrol


@pytest.fixture
def year_2017(two_party_cluster: TwoPartyCluster) -> TwoPartyCluster:
    """Two years with everything that a number of the page can stand on."""
    place = two_party_cluster
    cluster = place.cluster
    theft, gambling = (make_category(cluster=cluster, name=name) for name in ("Trộm cắp tài sản", "Đánh bạc"))
    for year, count in ((2016, 2), (2017, 3)):
        for month in range(1, count + 1):
            start = dt.datetime(year, month, 5, 14, tzinfo=dt.UTC)
            patrol = make_patrol(cluster=cluster, starts_at=start, units=place.units, headcount=20 + month)
            make_incident(
                cluster=cluster,
                unit=place.units[month % 2],
                category=(theft, gambling)[month % 2],
                occurred_on=start.date(),
                persons_involved=month,
                outcome=("resolved", "transferred")[month % 2],
                patrol=patrol if month == 1 else None,
            )
    make_contingent(patrol=patrol, unit=make_unit(name="Công an xã Vĩnh Ninh"), headcount=4)
    silent = make_member(party=place.party).unit
    make_declared(cluster=cluster, year=2017, unit=silent, value=2, category=theft)
    make_declared(cluster=cluster, year=2017, metric="initiatives", value=3)
    make_award(cluster=cluster)
    return place


def page(client, cluster, period: str = "2017", **query: str) -> BeautifulSoup:
    response = client.get(reverse("reports:review", args=[cluster.slug, period]), query)
    assert response.status_code == 200
    return BeautifulSoup(response.content, "html.parser")


def test_review_counts_match_the_rows_behind_every_number(year_2017, leader, client_of) -> None:
    """Each number leads to a page whose rows add up to it, however it is sliced."""
    client = client_of(leader)
    links = {
        (link["href"], int(link["data-value"])) for link in page(client, year_2017.cluster).select("a[data-value]")
    }
    # Each address once; two values for one would be two links, and one of them wrong.
    assert len(links) > 60
    assert [link for link in links if not _matches(client, *link)] == []


def _matches(client, address: str, value: int) -> bool:
    """Read without a parser: there are many such pages, and it took longer than they did."""
    html = client.get(address).content.decode()
    sections = [part for part in html.split("<section") if re.search('id="(rows|declared)"', part)]
    amounts = [int(amount) for part in sections for amount in re.findall(r'data-amount="(\d+)"', part)]
    (total,) = re.findall(r'data-total="(\d+)"', html)
    return int(total) == value and ("data-rest" in html or sum(amounts) == value)


def test_review_says_the_same_as_its_json(year_2017, leader, client_of) -> None:
    client = client_of(leader)
    data = client.get(reverse("reports:review_json", args=[year_2017.cluster.slug, "2017"])).json()
    headline = [item.get_text(strip=True) for item in page(client, year_2017.cluster).select(".headline li")]
    assert headline == data["headline"]


@pytest.mark.parametrize("rows", [1, 60])
def test_review_asks_once_for_each_kind(rows, year_2017, recorder, client_of, django_assert_max_num_queries) -> None:
    for number in range(rows):
        make_incident(cluster=year_2017.cluster, unit=make_unit(), occurred_on=dt.date(2017, 1 + number % 12, 9))
        make_patrol(cluster=year_2017.cluster, starts_at=dt.datetime(2017, 1 + number % 12, 3, 15, tzinfo=dt.UTC))
    client = client_of(recorder)
    with django_assert_max_num_queries(38):
        page(client, year_2017.cluster)


def test_review_of_an_observer_has_totals_without_rows(year_2017, observer, client_of) -> None:
    soup = page(client_of(observer), year_2017.cluster)
    assert soup.select("a[data-value]") == []
    assert soup.select_one("#headline").get_text(strip=True)


def test_review_of_any_period_compares_with_any_other(year_2017, leader, client_of) -> None:
    url = reverse("reports:review_json", args=[year_2017.cluster.slug, "2017-01-01_2017-02-28"])
    data = client_of(leader).get(url, {"compare_from": "2017-03-01", "compare_to": "2017-03-31"}).json()
    assert data["comparison"] == {"from": "2017-03-01", "to": "2017-03-31"}
    assert (data["figures"]["joint_patrols"]["value"], data["figures"]["joint_patrols"]["previous"]) == (2, 1)


@pytest.mark.parametrize("period", ["2017-02-30_2017-03-01", "2017-05-01_2017-04-01", "0000"])
def test_review_of_no_period_is_not_found(period, two_party_cluster, leader, client_of) -> None:
    url = reverse("reports:review", args=[two_party_cluster.cluster.slug, period])
    assert client_of(leader).get(url).status_code == 404


def test_review_of_another_cluster_does_not_exist(two_party_cluster, outsider, client_of) -> None:
    url = reverse("reports:review", args=[two_party_cluster.cluster.slug, "2017"])
    assert client_of(outsider).get(url).status_code == 404


def test_review_writes_nothing(two_party_cluster, leader, client_of) -> None:
    url = reverse("reports:review", args=[two_party_cluster.cluster.slug, "2017"])
    assert client_of(leader).post(url).status_code == 405


@pytest.mark.parametrize(
    ("period", "title", "ways"),
    [
        ("2017", "Tổng kết năm 2017", ["← 2016", "2018 →"]),
        ("2018-01-01_2018-03-31", "Sơ kết quý I năm 2018", ["← Quý IV năm 2017", "Quý II năm 2018 →"]),
        (
            "2018-02-10_2018-02-20",
            "Sơ kết kỳ từ 10/02/2018 đến 20/02/2018",
            ["← 30/01–09/02/2018", "21/02–03/03/2018 →"],
        ),
    ],
)
def test_review_bears_its_name_and_leads_on(period, title, ways, two_party_cluster, leader, client_of) -> None:
    html = page(client_of(leader), two_party_cluster.cluster, period)
    assert html.h1.get_text(strip=True) == title
    assert html.title.get_text(strip=True).startswith(title)
    assert [link.get_text(strip=True) for link in html.select("[rel=prev], [rel=next]")] == ways


def test_months_that_end_in_one_are_told_apart(two_party_cluster, leader, client_of) -> None:
    for month in (3, 5):
        start = dt.datetime(2017, month, 15, 14, tzinfo=dt.UTC)
        make_patrol(cluster=two_party_cluster.cluster, starts_at=start, units=two_party_cluster.units)
    chart = page(client_of(leader), two_party_cluster.cluster, "2017-03-10_2017-05-20").select_one("svg.chart")
    assert [label.get_text() for label in chart.select(".label")] == ["10/3", "10/4", "10/5"]


def test_review_has_a_table_beside_every_chart(year_2017, leader, client_of) -> None:
    for chart in page(client_of(leader), year_2017.cluster).select("svg.chart"):
        assert chart["role"] == "img"
        assert chart.find("title").text
        assert chart.find("desc").text
        assert chart.find_parent("section").find("table")


def test_review_reaches_a_phone_in_30_kilobytes(year_2017, leader, client_of) -> None:
    url = reverse("reports:review", args=[year_2017.cluster.slug, "2017"])
    response = client_of(leader).get(url, headers={"Accept-Encoding": "gzip"})
    assert response["Content-Encoding"] == "gzip"
    assert len(response.content) <= 30 * 1024


def test_review_says_how_many_patrols_both_sides_vouch_for(two_party_cluster, leader, client_of) -> None:
    for state in ("pending", "confirmed", "confirmed"):
        make_patrol(cluster=two_party_cluster.cluster).contingents.update(state=state)
    said = page(client_of(leader), two_party_cluster.cluster).select_one("[data-confirmed]").get_text()
    assert said == "Trong 3 ca tuần tra chung, 2 ca được các bên xác nhận."


def test_review_without_patrols_on_record_says_nothing_of_confirmation(two_party_cluster, leader, client_of) -> None:
    make_declared(cluster=two_party_cluster.cluster, year=2017, metric="joint_patrols", value=9)
    assert not page(client_of(leader), two_party_cluster.cluster).select("[data-confirmed]")
