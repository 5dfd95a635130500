import uuid

import pytest

from patrols.models import NotTwins
from patrols.tests.entries import page_of
from patrols.tests.twins import link, make_twins

PATH = "/clusters/cum-thu/twins/part/"


@pytest.fixture
def twins(two_party_cluster):
    return make_twins(two_party_cluster)


@pytest.fixture
def page(client_of, coordinator):
    return client_of(coordinator)


def entry(twins, **changes):
    return {"one": twins.ours.client_id, "other": twins.theirs.client_id} | changes


def test_twin_part_ends_the_suspicion(page, twins, coordinator):
    assert page.post(PATH, entry(twins)).status_code == 302
    assert NotTwins.objects.get().decided_by == coordinator
    listed = page.get("/clusters/cum-thu/twins/?date_from=2017-01-01&date_to=2017-12-31")
    assert page_of(listed).select(".twin-pair") == []


def test_twin_part_twice_is_said_once(page, twins):
    answers = {page.post(PATH, entry(twins)).status_code for _ in range(2)}
    assert (answers, NotTwins.objects.count()) == ({302}, 1)


def test_twin_part_takes_posts_only(page):
    assert page.get(PATH).status_code == 405


def test_twin_part_is_the_coordinators(client_of, client, twins, recorder, leader, outsider):
    answers = [client_of(user).post(PATH, entry(twins)).status_code for user in (recorder, leader, outsider)]
    assert [client.post(PATH, entry(twins)).status_code, *answers] == [302, 403, 403, 404]
    assert not NotTwins.objects.exists()


@pytest.mark.parametrize("changes", [{"one": ""}, {"other": uuid.uuid4()}, {"one": "x"}])
def test_twin_part_with_invalid_input_changes_nothing(page, twins, changes):
    assert page.post(PATH, entry(twins, **changes)).status_code == 422
    assert not NotTwins.objects.exists()


def test_twin_part_of_linked_records_is_refused(page, twins, coordinator):
    link(twins.ours, twins.theirs, by=coordinator)
    response = page.post(PATH, entry(twins))
    assert response.status_code == 422
    assert "unlink them first" in response.content.decode()
