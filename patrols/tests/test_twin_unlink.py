import pytest
from django.contrib.messages import get_messages

from cluster.tests.factories import make_member, make_two_party_cluster
from patrols.models import Contingent, JointPatrol, TwinLink
from patrols.tests.factories import make_contingent
from patrols.tests.twins import lines_of, link, make_twins


@pytest.fixture
def twins(two_party_cluster):
    made = make_twins(two_party_cluster)
    make_contingent(patrol=made.theirs, unit=make_member(party=two_party_cluster.party).unit)
    return made


@pytest.fixture
def made(twins, coordinator):
    return link(twins.ours, twins.theirs, by=coordinator)


@pytest.fixture
def page(client_of, coordinator):
    return client_of(coordinator)


def path(made: TwinLink) -> str:
    return f"/clusters/cum-thu/twins/{made.pk}/unlink/"


def said(response) -> list[str]:
    return [str(message) for message in get_messages(response.wsgi_request)]


def test_twin_unlink_lets_both_count_again(page, twins, coordinator):
    before = lines_of(twins.ours)
    response = page.post(path(link(twins.ours, twins.theirs, by=coordinator)))
    assert response.status_code == 302
    assert set(JointPatrol.objects.counted()) == set(twins)
    assert lines_of(twins.ours) == before


def test_twin_unlink_says_which_lines_it_left(page, made):
    added = made.added_lines.get()
    Contingent.objects.filter(pk=added.pk).update(version=2)
    assert said(page.post(path(made)))[1] == (
        f"These lines were changed after linking, so they stay: {added.unit} · {added.force}."
    )
    assert Contingent.objects.filter(pk=added.pk).exists()


def test_twin_unlink_twice_does_not_exist(page, made):
    assert [page.post(path(made)).status_code for _ in range(2)] == [302, 404]


def test_twin_unlink_takes_posts_only(page, made):
    assert page.get(path(made)).status_code == 405


def test_twin_unlink_is_the_coordinators(client_of, client, made, recorder, leader, outsider):
    answers = [client_of(user).post(path(made)).status_code for user in (recorder, leader, outsider)]
    assert [client.post(path(made)).status_code, *answers] == [302, 403, 403, 404]
    assert TwinLink.objects.exists()


def test_twin_unlink_of_another_cluster_does_not_exist(page, coordinator):
    elsewhere = make_twins(make_two_party_cluster())
    assert page.post(path(link(*elsewhere, by=coordinator))).status_code == 404
    assert TwinLink.objects.exists()
