"""Advice to local government: of the board, or of a unit."""

import pytest

from cluster.models import Advice
from cluster.tests.entries import register_entry

ADDRESS = "/clusters/cum-thu/advice/new/"


def test_recorder_writes_for_the_own_unit_and_not_for_the_board(client_of, recorder, two_party_cluster):
    client = client_of(recorder)
    assert list(client.post(ADDRESS, register_entry(Advice)).context["form"].errors) == ["unit"]
    client.post(ADDRESS, register_entry(Advice, unit=two_party_cluster.unit.pk))
    assert Advice.objects.get().recorded_unit == two_party_cluster.unit


def test_coordinator_writes_for_the_board(client_of, coordinator):
    client = client_of(coordinator)
    response = client.post(ADDRESS, register_entry(Advice), follow=True)
    assert Advice.objects.get().unit is None
    assert "Ban của cụm" in client.get("/clusters/cum-thu/advice/").content.decode()
    assert response.status_code == 200


@pytest.mark.parametrize(
    ("outcome", "status"),
    [
        ({"outcome": "accepted", "outcome_on": "2017-06-20"}, 302),
        ({"outcome": "accepted"}, 422),
        ({"outcome": "declined", "outcome_on": "2017-05-31"}, 422),
        ({"outcome": "pending", "outcome_on": "2017-06-20"}, 422),
    ],
)
def test_outcome_has_its_date(outcome, status, client_of, coordinator):
    assert client_of(coordinator).post(ADDRESS, register_entry(Advice, **outcome)).status_code == status
