"""After the signing: late rows, what has changed since, and amendments that say before and after."""

import json

import pytest
from bs4 import BeautifulSoup

from cluster.models import Seal
from cluster.tests.factories import make_posting
from incidents.models import Incident
from incidents.services import IncidentData, edit_incident
from incidents.tests.factories import make_incident
from reports.edition import Edition
from reports.freezing import canonical, sha256
from reports.models import Amendment, Review
from reports.tests.signing import YEAR, make_year, signed

HOME = "/clusters/cum-thu/review/2017"
AMEND, CLOSE, CHANGES = f"{HOME}/amend/", f"{HOME}/amend/close/", f"{HOME}/changes/"
REASON = {"reason": "Nhập thiếu số đối tượng"}


@pytest.fixture
def year(two_party_cluster):
    return make_year(two_party_cluster)


@pytest.fixture
def review(year):
    return signed(year)


def correct(incident, by, **changes):
    data = IncidentData(**(IncidentData.of(incident).content() | changes))
    edit_incident(incident, version=incident.version, data=data, by=by, reason="Đếm lại")


def figures(client):
    return {key: figure["value"] for key, figure in client.get(f"{HOME}.json").json()["figures"].items()}


def test_late_row_changes_nothing_that_was_signed(client_of, leader, year, review):
    client = client_of(leader)
    before = figures(client)
    late = make_incident(cluster=year.cluster, unit=year.unit, persons_involved=4)
    page = BeautifulSoup(client.get(f"{HOME}/").content, "html.parser")
    assert figures(client) == before
    told = page.select_one('[data-since="incidents"]').get_text(" ", strip=True)
    assert told == "Số vụ việc 5 6 +1" or told.endswith("5 6 +1")
    changes = BeautifulSoup(client.get(CHANGES).content, "html.parser").select_one('[data-what="added"]')
    assert changes.a["href"] == late.get_absolute_url()
    assert "Ghi sau khi ký" in changes.get_text()


def test_json_tells_of_today_beside_what_was_signed(client_of, leader, year, review):
    make_incident(cluster=year.cluster, unit=year.unit)
    said = client_of(leader).get(f"{HOME}.json").json()
    assert said["figures"]["incidents"]["value"] == 5
    assert said["since"]["incidents"] == {"signed": 5, "today": 6, "difference": 1}
    assert said["amendments"] == []


def test_rows_behind_a_figure_say_what_was_signed(client_of, leader, year, review):
    make_incident(cluster=year.cluster, unit=year.unit)
    page = client_of(leader).get(f"{HOME}/figures/incidents/").content.decode()
    assert "Lúc ký: 5." in page


def test_draft_says_where_the_signed_comparison_differs(client_of, leader, year, review):
    make_incident(cluster=year.cluster, unit=year.unit)
    page = client_of(leader).get("/clusters/cum-thu/review/2018/").content.decode()
    assert "lúc ký 5, hôm nay 6" in page
    assert client_of(leader).get("/clusters/cum-thu/review/2018.json").json()["comparison_signed"]["incidents"] == {
        "signed": 5,
        "today": 6,
    }


def test_review_amend_opens_the_period_and_close_seals_it(client_of, leader, recorder, year, review):
    client, incident = client_of(leader), Incident.objects.get(occurred_on="2017-01-05")
    assert client.post(AMEND, REASON).status_code == 302
    assert (Seal.objects.get().is_open, Amendment.objects.get().number) == (True, 1)
    correct(incident, recorder, persons_involved=9)
    assert client.post(CLOSE).status_code == 302
    amendment = Amendment.objects.get()
    assert (Seal.objects.get().is_open, amendment.closed_by) == (False, leader)
    persons = amendment.said["figures"]["persons_involved"]
    assert (persons["before"]["this"]["value"], persons["after"]["this"]["value"]) == (6, 14)
    (row,) = amendment.said["rows"]
    assert (row["key"], row["before"]["version"], row["after"]["version"]) == (str(incident.client_id), 1, 2)


def test_amendment_changes_nothing_that_was_signed(client_of, leader, recorder, year, review):
    client = client_of(leader)
    before = figures(client)
    client.post(AMEND, REASON)
    correct(Incident.objects.get(occurred_on="2017-01-05"), recorder, persons_involved=9)
    client.post(CLOSE)
    stored = Review.objects.get()
    assert (stored.snapshot, stored.snapshot_hash) == (review.snapshot, review.snapshot_hash)
    assert figures(client) == before
    page = client.get(f"{HOME}/").content.decode()
    assert "Sửa đổi số 1" in page
    assert REASON["reason"] in page


def test_amendment_names_its_figures_in_the_language_of_the_page(client_of, leader, recorder, year, review):
    """Its paper is in Vietnamese, and so are the names that it keeps."""
    client = client_of(leader)
    client.post(AMEND, REASON)
    correct(Incident.objects.get(occurred_on="2017-01-05"), recorder, persons_involved=9)
    client.post(CLOSE)
    client.cookies["django_language"] = "en"
    page = BeautifulSoup(client.get(f"{HOME}/").content, "html.parser")
    assert [head.get_text() for head in page.select("#amendment-1 tbody th")] == ["Persons involved"]


def test_hash_of_an_amendment_covers_the_one_before(client_of, leader, recorder, year, review):
    client = client_of(leader)
    for persons in (9, 12):
        client.post(AMEND, REASON)
        correct(Incident.objects.get(occurred_on="2017-01-05"), recorder, persons_involved=persons)
        client.post(CLOSE)
    first, second = Amendment.objects.order_by("number")
    assert [first.said["follows"], second.said["follows"]] == [review.snapshot_hash, first.changes_hash]
    assert [sha256(one.changes) for one in (first, second)] == [first.changes_hash, second.changes_hash]
    assert first.changes == canonical(json.loads(first.changes))
    assert second.said["figures"]["persons_involved"]["before"]["this"]["value"] == 14


def test_amendment_without_changes_says_so(client_of, leader, year, review):
    client = client_of(leader)
    client.post(AMEND, REASON)
    client.post(CLOSE)
    assert Amendment.objects.get().said["rows"] == []
    assert "Đóng mà không có thay đổi." in client.get(f"{HOME}/").content.decode()


def test_late_rows_since_the_last_amendment_stand_in_the_next(client_of, leader, year, review):
    client = client_of(leader)
    client.post(AMEND, REASON)
    client.post(CLOSE)
    late = make_incident(cluster=year.cluster, unit=year.unit)
    client.post(AMEND, REASON)
    client.post(CLOSE)
    rows = Amendment.objects.get(number=2).said["rows"]
    assert [(row["key"], row["before"]) for row in rows] == [(str(late.client_id), None)]


def test_one_amendment_at_a_time(client_of, leader, partner_leader, year, review):
    client_of(leader).post(AMEND, REASON)
    response = client_of(partner_leader).post(AMEND, {"reason": "Khác"})
    assert (response.status_code, Amendment.objects.count()) == (409, 1)
    assert "Khác" in response.content.decode()


def test_review_amend_needs_a_reason(client_of, leader, year, review):
    assert client_of(leader).post(AMEND, {"reason": ""}).status_code == 422
    assert (Amendment.objects.count(), Seal.objects.get().is_open) == (0, False)


def test_amendment_close_without_an_open_one_changes_nothing(client_of, leader, year, review):
    assert client_of(leader).post(CLOSE).status_code == 409
    assert Amendment.objects.count() == 0


def test_removed_row_is_listed(client_of, leader, recorder, year, review):
    client = client_of(leader)
    client.post(AMEND, REASON)
    incident = Incident.objects.get(occurred_on="2017-01-05")
    correct(incident, recorder, occurred_on=incident.occurred_on.replace(year=2018))
    row = BeautifulSoup(client.get(CHANGES).content, "html.parser").select_one('[data-what="removed"]')
    assert row.a["href"] == incident.get_absolute_url()
    assert "không còn tính" in row.get_text()


def test_observer_sees_the_signed_review_without_its_rows(client_of, observer, year, review):
    client = client_of(observer)
    assert client.get(f"{HOME}/").status_code == 200
    assert client.get(CHANGES).status_code == 403


def test_names_of_people_stay_out_of_what_is_frozen(year):
    officer = make_posting(role="recorder", unit=year.unit).user
    officer.full_name = "Nguyễn Thị Kín"
    officer.save()
    year.cluster.awards.update(name="Nguyễn Thị Kín", recipient="individual", recorded_by=officer)
    assert "Nguyễn Thị Kín" not in signed(year).snapshot
    assert Edition(year.cluster, YEAR).figures["awards_individual"].this.value == 1
