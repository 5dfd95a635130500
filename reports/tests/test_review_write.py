"""Preparing a review: its sections beside what the figures propose, and what it is compared with."""

import pytest
from bs4 import BeautifulSoup
from django.utils import translation

from incidents.tests.factories import make_incident
from reports.edition import Edition
from reports.models import Return, Review, Section
from reports.periods import Period
from reports.tests.signing import PAST, YEAR, draft, make_year, signed

HOME = "/clusters/cum-thu/review/2017"
WRITE, SECTION = f"{HOME}/write/", f"{HOME}/write/situation/"


@pytest.fixture
def year(two_party_cluster):
    return make_year(two_party_cluster)


def text_of(response):
    return BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)


def stored():
    return list(Section.objects.values_list("kind", "text", "version"))


def proposal(year, kind="situation"):
    with translation.override("vi"):
        return Edition(year.cluster, YEAR).proposals()[kind]


def test_review_write_proposes_sentences_made_from_the_figures(client_of, coordinator, year):
    said = text_of(client_of(coordinator).get(WRITE))
    sentence = (
        "Trong năm 2017, trên địa bàn cụm xảy ra 5 vụ việc, liên quan 6 đối tượng, tăng 3 vụ (150%) so với năm 2016."
    )
    assert sentence in said
    assert Review.objects.count() == 0


def test_section_nobody_wrote_follows_the_figures(client_of, coordinator, year):
    before = proposal(year)
    make_incident(cluster=year.cluster, unit=year.unit)
    assert proposal(year) != before
    assert proposal(year).split("\n")[0] in text_of(client_of(coordinator).get(WRITE))


def test_section_write_keeps_the_text_and_says_that_it_is_edited(client_of, coordinator, year):
    client = client_of(coordinator)
    response = client.post(SECTION, {"text": "Tình hình ổn định.", "version": "0"})
    section = Section.objects.get()
    assert (response.status_code, response["Location"]) == (302, WRITE)
    assert (section.text, section.version, section.written_by) == ("Tình hình ổn định.", 1, coordinator)
    assert section.proposal == proposal(year)
    said = text_of(client.get(WRITE))
    assert "đã sửa" in said
    assert "số liệu nay đề xuất nội dung khác" not in said


def test_edited_section_shows_where_the_proposal_has_moved_on(client_of, coordinator, year):
    client = client_of(coordinator)
    client.post(SECTION, {"text": "Tình hình ổn định.", "version": "0"})
    old = proposal(year)
    make_incident(cluster=year.cluster, unit=year.unit)
    page = text_of(client.get(SECTION))
    assert "số liệu nay đề xuất nội dung khác" in page
    assert old.split("\n")[0] in page
    assert proposal(year).split("\n")[0] in page


def test_section_write_of_the_proposal_itself_goes_on_following(client_of, coordinator, year):
    response = client_of(coordinator).post(SECTION, {"text": proposal(year), "version": "0"})
    assert (response.status_code, stored()) == (302, [])


def test_section_reset_goes_back_to_the_proposal(client_of, coordinator, year):
    client = client_of(coordinator)
    client.post(SECTION, {"text": "Tình hình ổn định.", "version": "0"})
    assert client.post(f"{SECTION}proposal/", {"version": "1"}).status_code == 302
    assert stored() == []
    assert Section.history.filter(text="Tình hình ổn định.").count() == 2  # written, and taken back


@pytest.mark.parametrize(("version", "status"), [({}, 428), ({"version": "0"}, 409), ({"version": "7"}, 409)])
def test_section_write_keeps_both_texts_where_somebody_was_faster(client_of, coordinator, year, version, status):
    client = client_of(coordinator)
    client.post(SECTION, {"text": "Của người khác.", "version": "0"})
    response = client.post(SECTION, {"text": "Của tôi."} | version)
    page = BeautifulSoup(response.content, "html.parser")
    assert response.status_code == status
    assert page.select_one("[data-stored]").get_text(strip=True) == "Của người khác."
    assert page.select_one("textarea").get_text(strip=True) == "Của tôi."
    assert page.select_one("form [name=version]")["value"] == "1"
    assert stored() == [("situation", "Của người khác.", 1)]


@pytest.mark.parametrize("version", [{}, {"version": "2"}])
def test_section_reset_by_a_stale_page_changes_nothing(client_of, coordinator, year, version):
    client = client_of(coordinator)
    client.post(SECTION, {"text": "Của người khác.", "version": "0"})
    assert client.post(f"{SECTION}proposal/", version).status_code == (409 if version else 428)
    assert stored() == [("situation", "Của người khác.", 1)]


def test_section_write_refuses_an_identity(client_of, coordinator, year):
    response = client_of(coordinator).post(SECTION, {"text": "CCCD 044090001234", "version": "0"})
    assert (response.status_code, stored(), Review.objects.count()) == (422, [], 0)
    assert "044090001234" in response.content.decode()


def test_section_of_no_kind_does_not_exist(client_of, coordinator, year):
    assert client_of(coordinator).get(f"{WRITE}weather/").status_code == 404


def test_section_of_a_signed_review_stays(client_of, coordinator, year):
    signed(year)
    response = client_of(coordinator).post(SECTION, {"text": "Muộn.", "version": "0"})
    assert (response.status_code, stored()) == (409, [])
    assert "Muộn." in response.content.decode()


def test_section_write_settles_what_was_given_back(client_of, coordinator, leader, year):
    review = draft(year)
    Return.objects.create(review=review, reason="Bổ sung", returned_by=leader, returned_at=PAST)
    client_of(coordinator).post(SECTION, {"text": "Đã bổ sung.", "version": "0"})
    assert Return.objects.get().settled_by == coordinator


def test_review_compare_is_kept_for_everybody(client_of, coordinator, recorder, year):
    days = {"version": "0", "compare_from": "2015-01-01", "compare_to": "2015-12-31"}
    assert client_of(coordinator).post(f"{HOME}/compare/", days).status_code == 302
    said = client_of(recorder).get(f"{HOME}.json").json()
    assert said["comparison"] == {"from": "2015-01-01", "to": "2015-12-31"}
    assert Edition(year.cluster, YEAR).comparison == Period.of_year(year.cluster, 2015)


@pytest.mark.parametrize(
    ("changes", "status"),
    [({"version": ""}, 428), ({"version": "9"}, 409), ({"compare_to": "2014-12-31"}, 422), ({"compare_from": ""}, 422)],
)
def test_review_compare_invalid_changes_nothing(client_of, coordinator, year, changes, status):
    review = draft(year)
    days = {"version": "1", "compare_from": "2015-01-01", "compare_to": "2015-12-31"}
    response = client_of(coordinator).post(f"{HOME}/compare/", days | changes)
    review.refresh_from_db()
    assert (response.status_code, review.version, review.comparison) == (status, 1, YEAR.year_before())


def test_review_compare_of_a_signed_review_stays(client_of, coordinator, year):
    review = signed(year)
    days = {"version": str(review.version), "compare_from": "2015-01-01", "compare_to": "2015-12-31"}
    assert client_of(coordinator).post(f"{HOME}/compare/", days).status_code == 409
    review.refresh_from_db()
    assert review.comparison == YEAR.year_before()
