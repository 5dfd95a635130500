import pytest
from django.utils import timezone

from cluster.tests.factories import make_two_party_cluster
from patrols.models import NotTwins
from patrols.services import not_twins
from patrols.tests.entries import page_of
from patrols.tests.twins import make_twins


@pytest.fixture
def parted(two_party_cluster, coordinator):
    return not_twins(*make_twins(two_party_cluster), by=coordinator, now=timezone.now())


@pytest.fixture
def page(client_of, coordinator):
    return client_of(coordinator)


def path(parted: NotTwins) -> str:
    return f"/clusters/cum-thu/twins/parted/{parted.pk}/take-back/"


def test_parting_take_back_lets_them_be_suspected_again(page, parted):
    assert page.post(path(parted)).status_code == 302
    listed = page.get("/clusters/cum-thu/twins/?date_from=2017-01-01&date_to=2017-12-31")
    assert len(page_of(listed).select(".twin-pair")) == 1


def test_parting_take_back_twice_does_not_exist(page, parted):
    assert [page.post(path(parted)).status_code for _ in range(2)] == [302, 404]


def test_parting_take_back_takes_posts_only(page, parted):
    assert page.get(path(parted)).status_code == 405


def test_parting_take_back_is_the_coordinators(client_of, client, parted, recorder, leader, outsider):
    answers = [client_of(user).post(path(parted)).status_code for user in (recorder, leader, outsider)]
    assert [client.post(path(parted)).status_code, *answers] == [302, 403, 403, 404]
    assert NotTwins.objects.exists()


def test_parting_take_back_of_another_cluster_does_not_exist(page, coordinator):
    elsewhere = not_twins(*make_twins(make_two_party_cluster()), by=coordinator, now=timezone.now())
    assert page.post(path(elsewhere)).status_code == 404
