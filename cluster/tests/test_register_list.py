import datetime as dt

import pytest

from cluster.tests.factories import make_exchange

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
