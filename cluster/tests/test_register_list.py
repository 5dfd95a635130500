import datetime as dt

import pytest
from bs4 import BeautifulSoup

from cluster.tests.factories import make_board_member, make_exchange

ADDRESS = "/clusters/cum-thu/exchanges/"


@pytest.fixture
def exchange(two_party_cluster):
    units = dict(zip(("from_unit", "to_unit"), two_party_cluster.units, strict=True))
    return make_exchange(cluster=two_party_cluster.cluster, note="Thôn Trầm Kỳ mất trộm gỗ thông", **units)


def listed(response):
    return [row.record for row in response.context["rows"]]


def test_register_list_shows_each_record_with_its_columns(client_of, recorder, exchange):
    (row,) = client_of(recorder).get(ADDRESS).context["rows"]
    assert row.record == exchange
    assert [text for _title, text in row.cells][:3] == ["01/06/2017", exchange.from_unit.name, exchange.to_unit.name]


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ("q=tram+ky", 1),
        ("q=Trầm", 1),
        ("q=suoi", 0),
        ("year=2017", 1),
        ("channel=writing", 0),
        ("channel=telephone", 1),
    ],
)
def test_register_list_is_narrowed(query, count, client_of, recorder, exchange):
    assert len(listed(client_of(recorder).get(f"{ADDRESS}?{query}"))) == count


def test_register_list_narrows_by_unit(client_of, recorder, exchange, two_party_cluster):
    client = client_of(recorder)
    assert listed(client.get(f"{ADDRESS}?from_unit={exchange.from_unit_id}")) == [exchange]
    assert listed(client.get(f"{ADDRESS}?from_unit={exchange.to_unit_id}")) == []


def test_register_list_says_when_nothing_is_there(client_of, leader, two_party_cluster):
    response = client_of(leader).get(ADDRESS)
    assert listed(response) == []
    assert "new/" not in response.content.decode().partition("<main")[2]


def test_register_list_leaves_out_what_is_deleted_or_elsewhere(client_of, recorder, outsider, exchange):
    exchange.deleted_at = dt.datetime(2017, 7, 1, tzinfo=dt.UTC)
    exchange.save()
    assert listed(client_of(recorder).get(ADDRESS)) == []
    assert client_of(outsider).get(ADDRESS).status_code == 404


@pytest.mark.parametrize(
    ("path", "labels"),
    [
        ("exchanges", {"subject": "Nội dung", "channel": "Hình thức trao đổi"}),
        ("crime-reports", {"subject": "Về việc", "channel": "Hình thức tiếp nhận", "outcome": "Kết quả giải quyết"}),
        ("advice", {"outcome": "Kết quả tham mưu"}),
    ],
)
def test_register_list_asks_in_the_words_of_its_own_kind(path, labels, client_of, recorder):
    form = client_of(recorder).get(f"/clusters/cum-thu/{path}/").context["form"]
    assert {name: form[name].label for name in labels} == labels


def test_register_list_of_a_year_holds_what_went_on_in_it(client_of, recorder, two_party_cluster):
    cluster, client = two_party_cluster.cluster, client_of(recorder)
    first = make_board_member(cluster=cluster, date_from=dt.date(2014, 3, 1), date_to=dt.date(2016, 3, 1))
    later = make_board_member(cluster=cluster, date_from=dt.date(2016, 3, 2), date_to=None)
    lists = {year: client.get(f"/clusters/cum-thu/board/?year={year}") for year in (2014, 2015, 2016)}
    assert {year: set(listed(response)) for year, response in lists.items()} == {
        2014: {first},
        2015: {first},
        2016: {first, later},
    }
    assert [year for year, _label in lists[2015].context["form"].fields["year"].choices[1:]] == [2016, 2015, 2014]


def test_register_list_is_marked_and_leads_back_to_the_activities(client_of, recorder, exchange):
    page = BeautifulSoup(client_of(recorder).get(ADDRESS).content, "html.parser")
    assert [link["href"] for link in page.select(".nav [aria-current]")] == ["/clusters/cum-thu/life/"]
    assert page.select_one("main .breadcrumbs a")["href"] == "/clusters/cum-thu/life/"


def test_register_list_begins_each_cell_with_a_capital(client_of, recorder, two_party_cluster):
    party = two_party_cluster.party
    party.name = "huyện Vĩnh Linh"
    party.save()
    make_board_member(cluster=party.cluster, party=party)
    (row,) = client_of(recorder).get("/clusters/cum-thu/board/").context["rows"]
    assert "Huyện Vĩnh Linh" in dict(row.cells).values()
