"""What the pages of linked and suspected records say of each other."""

import pytest

from patrols.tests.entries import page_of
from patrols.tests.twins import link, make_twins


@pytest.fixture
def twins(two_party_cluster):
    return make_twins(two_party_cluster)


def notices(client, patrol) -> list[str]:
    page = page_of(client.get(patrol.get_absolute_url()))
    return [notice.get_text(" ", strip=True) for notice in page.select("main .notice")]


def test_a_recorder_reads_that_a_record_is_suspected(client_of, recorder, twins):
    [notice] = [text for text in notices(client_of(recorder), twins.ours) if "looks like" in text]
    assert twins.theirs.route in notice
    assert "The coordinator of the cluster compares the two and decides" in notice


def test_a_coordinator_is_led_to_the_decision(client_of, coordinator, twins):
    page = page_of(client_of(coordinator).get(twins.ours.get_absolute_url()))
    assert page.find("a", href="/clusters/cum-thu/twins/?date_from=2017-06-01&date_to=2017-06-01")


def test_the_absorbed_record_says_so_and_is_not_edited(client_of, recorder, coordinator, twins):
    link(twins.theirs, twins.ours, by=coordinator)
    client = client_of(recorder)
    response = client.get(twins.ours.get_absolute_url())
    page = page_of(response)
    assert "This record does not count" in notices(client, twins.ours)[0]
    assert page.find("a", href=twins.theirs.get_absolute_url())
    assert page.select_one(".badge").get_text(strip=True) == "Counts in its twin"
    assert not page.find("a", href=f"{twins.ours.get_absolute_url()}edit/")


def test_the_kept_record_says_which_one_it_counts_for(client_of, recorder, coordinator, twins):
    link(twins.ours, twins.theirs, by=coordinator)
    assert twins.theirs.route in notices(client_of(recorder), twins.ours)[0]


def test_the_log_marks_the_absorbed_record_and_leaves_it_out_of_the_totals(client_of, recorder, coordinator, twins):
    link(twins.ours, twins.theirs, by=coordinator)
    page = page_of(client_of(recorder).get("/clusters/cum-thu/patrols/"))
    badges = [badge.get_text(strip=True) for badge in page.select(".patrol-log .badge")]
    assert badges == ["Counts in its twin", "Waiting for confirmation"]
    assert "of which 1 count" in page.select_one(".page-head").get_text(" ", strip=True)


@pytest.mark.parametrize(("counts", "shown"), [("yes", "ours"), ("no", "theirs")])
def test_the_log_filters_by_counting(client_of, recorder, coordinator, twins, counts, shown):
    link(twins.ours, twins.theirs, by=coordinator)
    page = page_of(client_of(recorder).get(f"/clusters/cum-thu/patrols/?counts={counts}"))
    [row] = page.select(".patrol-log tbody tr")
    assert row.find("a")["href"] == getattr(twins, shown).get_absolute_url()


def test_a_linked_record_is_not_deleted_and_the_page_says_why(client_of, coordinator, twins):
    link(twins.ours, twins.theirs, by=coordinator)
    twins.ours.refresh_from_db()
    entry = {"version": twins.ours.version, "reason": "Ghi hai lần"}
    response = client_of(coordinator).post(f"{twins.ours.get_absolute_url()}delete/", entry)
    assert response.status_code == 422
    assert "unlink them first" in response.content.decode()
    twins.ours.refresh_from_db()
    assert not twins.ours.is_deleted
