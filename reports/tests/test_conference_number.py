"""The number of a conference's minutes: of the board's own series, taken once and never freed."""

import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django.utils import timezone

from cluster.models import PaperNumber
from cluster.services import StaleVersion, delete_record, take_number
from cluster.tests.factories import make_paper_settings
from cluster.tests.papers import word_lines
from reports.conference_services import edit_conference, number_minutes
from reports.models import Conference
from reports.tests.conference_entries import conference_entry
from reports.tests.conference_factories import make_conference

A_DAY = dt.date(2018, 1, 12)
NOW = dt.datetime(2018, 1, 15, tzinfo=dt.UTC)


@pytest.fixture
def conference(two_party_cluster, coordinator):
    return make_conference(cluster=two_party_cluster.cluster, held_on=A_DAY, recorded_by=coordinator, name="Tổng kết")


@pytest.fixture
def client(client_of, coordinator):
    return client_of(coordinator)


def address(conference):
    return f"{conference.get_absolute_url()}number/"


def taken():
    return list(PaperNumber.objects.values_list("kind", "year", "number"))


def test_conference_number_takes_the_next_of_its_year(client, conference):
    take_number(cluster=conference.cluster, kind="BB", year=2018, abstract="Giao ban", by=None, now=NOW)
    take_number(cluster=conference.cluster, kind="BC", year=2018, abstract="Tổng kết", by=None, now=NOW)
    response = client.post(address(conference))
    conference.refresh_from_db()
    assert (response["Location"], conference.minutes_number) == (conference.get_absolute_url(), 2)
    assert PaperNumber.objects.get(kind="BB", number=2).abstract == "Tổng kết"


def test_conference_number_that_is_asked_for_again_is_the_same(client, conference, coordinator):
    for number in ("", "", "9"):
        assert client.post(address(conference), {"number": number}).status_code == 302
    assert number_minutes(conference, by=coordinator, now=NOW) == 1
    assert taken() == [("BB", 2018, 1)]
    assert not BeautifulSoup(client.get(address(conference)).content, "html.parser").select("main form")


def test_conference_number_stands_on_page_and_paper_by_the_symbol_of_the_board(client, conference):
    make_paper_settings(cluster=conference.cluster, symbol="BCĐ")
    before = word_lines(client.get(f"{conference.get_absolute_url().rstrip('/')}.docx").content)
    client.post(address(conference), {"number": "7"})
    after = word_lines(client.get(f"{conference.get_absolute_url().rstrip('/')}.docx").content)
    assert ("Số: ……/BB-BCĐ" in before, "Số: 07/BB-BCĐ" in after) == (True, True)
    facts = BeautifulSoup(client.get(conference.get_absolute_url()).content, "html.parser").select("dl.facts dd")
    assert "07/BB-BCĐ" in [fact.get_text(strip=True) for fact in facts]


def test_conference_number_of_another_paper_is_refused_at_its_field(client, conference):
    take_number(cluster=conference.cluster, kind="BB", year=2018, abstract="Giao ban", by=None, now=NOW, number=7)
    response = client.post(address(conference), {"number": "7"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["number"])
    conference.refresh_from_db()
    assert conference.minutes_number is None


def test_conference_number_of_a_deleted_conference_is_never_another_ones(conference, coordinator):
    number_minutes(conference, by=coordinator, now=NOW)
    conference.refresh_from_db()
    delete_record(conference, version=conference.version, by=coordinator, reason="Ghi nhầm", now=timezone.now())
    other = make_conference(cluster=conference.cluster, held_on=A_DAY, name="Khác")
    assert number_minutes(other, by=coordinator, now=NOW) == 2


def test_conference_number_survives_an_edit_that_began_before(client, conference, coordinator):
    in_hand = Conference.objects.get()
    number_minutes(conference, by=coordinator, now=NOW)
    with pytest.raises(StaleVersion):
        edit_conference(in_hand, {"name": "Tên mới"}, version=1, by=coordinator, now=NOW)
    assert Conference.objects.get().minutes_number == 1


def test_numbered_conference_stays_in_its_year(client, conference):
    client.post(address(conference))
    moved = conference_entry(version=2, held_on="2017-12-29")
    response = client.post(f"{conference.get_absolute_url()}edit/", moved)
    assert list(response.context["form"].errors) == ["held_on"]
    assert client.post(f"{conference.get_absolute_url()}edit/", moved | {"held_on": "2018-01-11"}).status_code == 302
    assert Conference.objects.get().minutes_number == 1


@pytest.mark.parametrize(
    ("reader", "status"), [("recorder", 403), ("leader", 403), ("observer", 403), ("outsider", 404)]
)
def test_conference_number_is_the_coordinators(request, client_of, conference, reader, status):
    assert client_of(request.getfixturevalue(reader)).post(address(conference)).status_code == status
    assert taken() == []
