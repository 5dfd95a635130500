"""One box finds whatever the cluster keeps, and nothing of another."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.db import connection
from django.test.utils import CaptureQueriesContext

from cluster.access import Access
from cluster.models.records import RegisterRecord
from cluster.tests.factories import make_crime_report, make_exchange, make_user
from incidents.tests.factories import make_award, make_category, make_declared, make_incident
from patrols.tests.factories import make_campaign, make_patrol
from reports.models import Review, Section
from reports.sources import SOURCES

SEARCH = "/clusters/cum-thu/search/"


def found(client, **asked):
    """The kinds with the number of their rows, as the page says them."""
    page = BeautifulSoup(client.get(SEARCH, asked).content, "html.parser")
    return {card.h2["id"]: int(card.h2.span.text) for card in page.select("main section.card")}


def make_section(cluster, *, state="draft", text="Tình hình ổn định"):
    dates = {"date_from": dt.date(2017, 1, 1), "date_to": dt.date(2017, 12, 31)}
    compared = {"compare_from": dt.date(2016, 1, 1), "compare_to": dt.date(2016, 12, 31)}
    signed = {}
    if state == Review.State.SIGNED:
        now = dt.datetime(2018, 1, 5, tzinfo=dt.UTC)
        signed = {"signed_at": now, "signed_by": make_user(), "issued_on": now.date(), "snapshot": "{}"}
        signed |= {"snapshot_hash": "0" * 64}
    review = Review.objects.create(cluster=cluster, state=state, **dates, **compared, **signed)
    return Section.objects.create(review=review, kind="situation", text=text, written_by=make_user())


def test_search_finds_every_kind_without_marks(two_party_cluster, recorder, client_of):
    cluster = two_party_cluster.cluster
    make_patrol(cluster=cluster, route="Đường liên xã Thuỷ Trung")
    make_incident(cluster=cluster, place="Chợ Thủy Trung")
    make_campaign(cluster=cluster, name="Cao điểm Thuỷ Trung")
    make_award(cluster=cluster, name="Công an xã Thủy Trung")
    make_declared(cluster=cluster, source="Báo cáo của xã Thuỷ Trung")
    make_exchange(cluster=cluster, note="Tình hình ở Thủy Trung")
    make_section(cluster, text="Địa bàn Thủy Trung ổn định")
    expected = dict.fromkeys(("patrol", "incident", "campaign", "exchange", "award", "section", "declared"), 1)
    assert found(client_of(recorder), q="thuy trung") == expected


def test_search_finds_by_the_kind_that_a_row_is_of(two_party_cluster, leader, client_of):
    for subject in ("drugs", "theft"):
        make_crime_report(cluster=two_party_cluster.cluster, subject=subject, note="Nhân dân báo")
    client = client_of(leader)
    assert found(client, q="ma tuy") == {"crime_report": 1}
    assert found(client, q="tin báo ma túy") == {"crime_report": 1}
    assert found(client, q="uy") == {}


def test_search_finds_by_what_a_row_belongs_to(two_party_cluster, leader, client_of):
    cluster = two_party_cluster.cluster
    make_incident(cluster=cluster, category=make_category(cluster=cluster, name="Trộm cắp tài sản"), place="Chợ")
    make_patrol(cluster=cluster, lead_unit=two_party_cluster.unit)
    client = client_of(leader)
    assert found(client, q="trom cap cho") == {"incident": 1}
    assert found(client, q=two_party_cluster.unit.name)["patrol"] == 1


@pytest.mark.parametrize("typed", ["05/BC-BĐH", "5 / bc-bdh"])
def test_search_finds_by_number_and_symbol(two_party_cluster, recorder, client_of, typed):
    for symbol in ("05/BC-BĐH", "15/BC-BĐH"):
        make_declared(cluster=two_party_cluster.cluster, source=f"Báo cáo {symbol}", metric="incidents", unit=None) if (
            symbol.startswith("0")
        ) else make_exchange(cluster=two_party_cluster.cluster, note=f"Theo {symbol}")
    assert found(client_of(recorder), q=typed) == {"declared": 1}


def test_search_shows_the_words_in_their_context(two_party_cluster, recorder, client_of):
    make_incident(cluster=two_party_cluster.cluster, summary="Mất <b>trâu</b> ở đồng Bàu")
    page = BeautifulSoup(client_of(recorder).get(SEARCH, {"q": "trau"}).content, "html.parser")
    assert [mark.text for mark in page.select("main mark")] == ["trâu"]
    assert "Mất <b>trâu</b> ở đồng Bàu" in page.select_one("main .results").text


def test_search_of_a_kind_goes_on_page_by_page(two_party_cluster, recorder, client_of):
    for _ in range(31):
        make_patrol(cluster=two_party_cluster.cluster, lead_unit=two_party_cluster.unit, units=[], route="Quốc lộ 1A")
    client = client_of(recorder)
    first = BeautifulSoup(client.get(SEARCH, {"q": "quoc lo"}).content, "html.parser")
    assert len(first.select("main .results > li")) == 5
    address = str(first.select_one("main section.card > p a")["href"])
    assert len(BeautifulSoup(client.get(SEARCH + address).content, "html.parser").select(".results > li")) == 30
    last = BeautifulSoup(client.get(f"{SEARCH}{address}&page=2").content, "html.parser")
    assert len(last.select("main .results > li")) == 1


def test_search_is_narrowed_by_the_year(two_party_cluster, recorder, client_of):
    for year in (2016, 2017):
        make_incident(cluster=two_party_cluster.cluster, place="Chợ", occurred_on=dt.date(year, 5, 1))
    make_patrol(cluster=two_party_cluster.cluster, starts_at=dt.datetime(2016, 5, 1, tzinfo=dt.UTC))
    assert found(client_of(recorder), q="cho", year="2016") == {"incident": 1}


def test_search_of_nothing_finds_nothing(two_party_cluster, recorder, client_of):
    make_patrol(cluster=two_party_cluster.cluster)
    client = client_of(recorder)
    assert [found(client, **asked) for asked in ({}, {"q": "  "}, {"kind": "patrol"}, {"q": "̀"})] == [{}] * 4


@pytest.mark.parametrize(
    ("typed", "number"), [("tuan tra", 2), ("ca tuần tra chợ", 1), ("tuan tra dinh", 0), ("tra", 0)]
)
def test_search_takes_the_name_of_a_kind_for_all_of_it(two_party_cluster, recorder, client_of, typed, number):
    for route in ("Chợ", "Quốc lộ 1A"):
        make_patrol(cluster=two_party_cluster.cluster, lead_unit=two_party_cluster.unit, units=[], route=route)
    assert found(client_of(recorder), q=typed).get("patrol", 0) == number


@pytest.mark.parametrize("asked", [{"kind": "x"}, {"year": "x"}, {"year": "99999"}, {"page": "x"}])
def test_search_that_cannot_be_read_narrows_nothing(two_party_cluster, recorder, client_of, asked):
    make_incident(cluster=two_party_cluster.cluster, place="Chợ")
    assert found(client_of(recorder), q="cho", **asked) == {"incident": 1}


def test_search_shows_an_observer_signed_texts_alone(two_party_cluster, observer, recorder, client_of):
    make_section(two_party_cluster.cluster, text="Chợ Mai đông")
    make_incident(cluster=two_party_cluster.cluster, place="Chợ Mai")
    assert found(client_of(observer), q="cho mai") == {}
    assert found(client_of(observer), q="cho mai", kind="incident") == {}
    Section.objects.all().delete()
    Review.objects.all().delete()
    make_section(two_party_cluster.cluster, state="signed", text="Chợ Mai vắng")
    assert found(client_of(observer), q="cho mai") == {"section": 1}
    assert found(client_of(recorder), q="cho mai") == {"incident": 1, "section": 1}


def test_no_source_gives_rows_without_the_right_to_read_them(two_party_cluster, observer):
    rights = Access(observer).rights_in(two_party_cluster.cluster)
    make_incident(cluster=two_party_cluster.cluster, place="Chợ Mai")
    (incidents,) = (source for source in SOURCES if source.key == "incident")
    assert incidents.rows(rights).exists()
    assert not incidents.found(rights, ["cho", "mai"]).exists()


def test_search_finds_nothing_that_was_deleted_or_is_of_another_cluster(two_party_cluster, recorder, client_of):
    now = dt.datetime.now(dt.UTC)
    make_incident(cluster=two_party_cluster.cluster, place="Chợ Mai", deleted_at=now)
    make_incident(place="Chợ Mai")
    make_campaign(name="Chợ Mai")
    assert found(client_of(recorder), q="cho mai") == {}


def test_search_asks_once_a_kind(two_party_cluster, recorder, client_of):
    client = client_of(recorder)

    def questions():
        with CaptureQueriesContext(connection) as captured:
            client.get(SEARCH, {"q": "cho"})
        return len(captured)

    def fill(number):
        for _ in range(number):
            make_incident(cluster=two_party_cluster.cluster, place="Chợ")
            make_patrol(cluster=two_party_cluster.cluster, lead_unit=two_party_cluster.unit, units=[], route="Chợ")
            make_exchange(cluster=two_party_cluster.cluster, note="Chợ")
            make_award(cluster=two_party_cluster.cluster, name="Chợ")

    fill(1)
    few = questions()
    fill(12)
    assert questions() == few


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.key)
def test_every_source_reads_columns_that_exist(source, two_party_cluster, recorder):
    from cluster.access import Access

    rights = Access(recorder).rights_in(two_party_cluster.cluster)
    assert list(source.found(rights, ["x"], year=2017)) == []
    model = source.rows(rights).model
    assert not issubclass(model, RegisterRecord) or source.key == model.noun
    made_of = model._meta.get_field("search").of
    assert [name for name in made_of if not hasattr(model, name)] == []
