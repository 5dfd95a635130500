import hashlib

import pytest

from patrols.models import CalendarFeed
from patrols.tests.entries import first, page_of

ADDRESS = "/clusters/cum-thu/schedule/calendar/"
REVOKE = f"{ADDRESS}revoke/"


def token_in(response):
    return first(response, "#id_address").get_text().rpartition("/calendar/")[2].removesuffix(".ics")


@pytest.mark.parametrize(("address", "method"), [(ADDRESS, "put"), (REVOKE, "get"), (REVOKE, "delete")])
def test_calendar_feed_refuses_other_methods(client_of, recorder, address, method):
    assert getattr(client_of(recorder), method)(address).status_code == 405


@pytest.mark.parametrize("address", [ADDRESS, REVOKE])
def test_calendar_feed_sends_strangers_to_sign_in(client, two_party_cluster, address):
    assert client.post(address)["Location"] == f"/accounts/login/?next={address}"


@pytest.mark.parametrize("address", [ADDRESS, REVOKE])
def test_calendar_feed_does_not_exist_for_outsiders(client_of, outsider, two_party_cluster, address):
    assert client_of(outsider).post(address).status_code == 404
    assert not CalendarFeed.objects.exists()


def test_calendar_feed_is_off_until_somebody_asks(client_of, recorder, two_party_cluster):
    response = client_of(recorder).get(ADDRESS)
    assert (page_of(response).select("#id_address"), CalendarFeed.objects.count()) == ([], 0)


def test_calendar_feed_is_shown_once_and_stored_as_its_hash(client_of, recorder, two_party_cluster):
    client = client_of(recorder)
    response = client.post(ADDRESS)
    token, feed = token_in(response), CalendarFeed.objects.get()
    assert first(response, "#id_address").get_text().startswith("http")
    assert (len(token), feed.token_hash) == (43, hashlib.sha256(token.encode()).hexdigest())
    assert (feed.user, feed.cluster, response["Cache-Control"]) == (recorder, two_party_cluster.cluster, "no-store")
    assert token not in client.get(ADDRESS).content.decode()


def test_calendar_feed_anew_ends_the_one_before(client_of, recorder, two_party_cluster):
    client = client_of(recorder)
    old, new = token_in(client.post(ADDRESS)), token_in(client.post(ADDRESS))
    assert [client.get(f"/calendar/{token}.ics").status_code for token in (old, new)] == [404, 200]
    assert CalendarFeed.objects.filter(revoked_at=None).count() == 1


def test_calendar_feed_of_each_user_is_their_own(client_of, recorder, leader, two_party_cluster):
    token = token_in(client_of(recorder).post(ADDRESS))
    client = client_of(leader)
    client.post(ADDRESS)
    client.post(REVOKE)
    assert client.get(f"/calendar/{token}.ics").status_code == 200


def test_calendar_revoke_ends_the_address(client_of, recorder, two_party_cluster):
    client = client_of(recorder)
    token = token_in(client.post(ADDRESS))
    response = client.post(REVOKE)
    assert (response.status_code, response["Location"]) == (302, ADDRESS)
    assert client.get(f"/calendar/{token}.ics").status_code == 404
    assert client.post(REVOKE).status_code == 302, "a second tap is no fault"


def test_calendar_feed_says_when_it_was_read(client_of, recorder, two_party_cluster):
    client = client_of(recorder)
    token = token_in(client.post(ADDRESS))
    assert "Not read yet." in client.get(ADDRESS).content.decode()
    client.get(f"/calendar/{token}.ics")
    assert "Last read on" in client.get(ADDRESS).content.decode()
