import uuid

import pytest

from cluster.tests.factories import make_two_party_cluster
from patrols.models import JointPatrol, TwinLink
from patrols.tests.entries import page_of
from patrols.tests.factories import make_patrol
from patrols.tests.twins import link, make_twins

PATH = "/clusters/cum-thu/twins/link/"


@pytest.fixture
def twins(two_party_cluster):
    return make_twins(two_party_cluster)


@pytest.fixture
def page(client_of, coordinator):
    return client_of(coordinator)


def entry(first, second, /, **changes):
    versions = [f"{patrol.client_id}:{patrol.version}" for patrol in (first, second)]
    kept = {"one": first.client_id, "other": second.client_id, "kept": first.client_id}
    return kept | {"version": versions, "reason": "Hai bên cùng ghi"} | changes


def problem(response) -> str:
    return page_of(response).select(".stack > .notice-danger")[0].get_text(" ", strip=True)


def test_twin_link_lets_the_chosen_record_count(page, twins, coordinator):
    response = page.post(PATH, entry(*twins, kept=twins.theirs.client_id))
    assert (response.status_code, response.headers["Location"]) == (302, "/clusters/cum-thu/twins/")
    made = TwinLink.objects.get()
    assert (made.kept, made.absorbed, made.linked_by, made.reason) == (
        twins.theirs,
        twins.ours,
        coordinator,
        "Hai bên cùng ghi",
    )
    assert list(JointPatrol.objects.counted()) == [twins.theirs]


def test_twin_link_takes_posts_only(page):
    assert page.get(PATH).status_code == 405


def test_twin_link_is_the_coordinators(client_of, client, twins, recorder, leader, outsider):
    answers = [client_of(user).post(PATH, entry(*twins)).status_code for user in (recorder, leader, outsider)]
    assert ([client.post(PATH, entry(*twins)).status_code, *answers]) == [302, 403, 403, 404]
    assert not TwinLink.objects.exists()


@pytest.mark.parametrize(
    "changes",
    [{"kept": uuid.uuid4()}, {"kept": ""}, {"one": "x"}, {"other": uuid.uuid4()}, {"reason": "CCCD 044095001234"}],
)
def test_twin_link_with_invalid_input_changes_nothing(page, twins, changes):
    response = page.post(PATH, entry(*twins, **changes))
    assert response.status_code == 422
    assert problem(response).startswith("Nothing has been changed.")
    assert not TwinLink.objects.exists()


def test_twin_link_of_one_record_is_refused(page, twins):
    assert page.post(PATH, entry(twins.ours, twins.ours)).status_code == 422


def test_twin_link_of_a_record_elsewhere_finds_none(page, twins):
    elsewhere = make_patrol(cluster=make_two_party_cluster().cluster)
    assert page.post(PATH, entry(twins.ours, elsewhere)).status_code == 422
    assert not TwinLink.objects.exists()


@pytest.mark.parametrize("versions", [[], ["x"], ["1:1", "2:1"]])
def test_twin_link_without_the_versions_it_saw_is_refused(page, twins, versions):
    assert page.post(PATH, entry(*twins, version=versions)).status_code == 428


def test_twin_link_of_a_record_changed_since_is_refused(page, twins):
    JointPatrol.objects.filter(pk=twins.theirs.pk).update(version=2)
    response = page.post(PATH, entry(*twins))
    assert response.status_code == 409
    assert "Somebody has changed one of the two records" in problem(response)
    assert not TwinLink.objects.exists()


def test_twin_link_says_why_there_is_no_chain(page, twins, coordinator, two_party_cluster):
    third = make_patrol(cluster=two_party_cluster.cluster)
    link(twins.ours, twins.theirs, by=coordinator)
    response = page.post(PATH, entry(third, twins.ours))
    assert response.status_code == 422
    assert "has itself been joined with another record" in problem(response)
