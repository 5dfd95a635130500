import pytest
from django.core.files.storage import default_storage

from patrols.models import Photograph
from patrols.tests.entries import first
from patrols.tests.factories import make_patrol, make_photograph


@pytest.fixture
def photograph(two_party_cluster, recorder):
    world = two_party_cluster
    return make_photograph(patrol=make_patrol(cluster=world.cluster, lead_unit=world.unit), added_by=recorder)


@pytest.fixture
def address(photograph):
    return f"/clusters/cum-thu/patrols/{photograph.patrol.client_id}/photographs/{photograph.client_id}/delete/"


@pytest.fixture
def seen(photograph):
    return {"seen": photograph.sha256}


def remaining():
    return Photograph.objects.filter(deleted_at=None).count()


def test_photograph_delete_refuses_other_methods(client_of, recorder, address):
    assert client_of(recorder).delete(address).status_code == 405


@pytest.mark.parametrize("method", ["get", "post"])
def test_photograph_delete_sends_strangers_to_sign_in(client, address, method):
    assert getattr(client, method)(address)["Location"] == f"/accounts/login/?next={address}"


def test_photograph_delete_does_not_exist_for_outsiders(client_of, outsider, address, seen):
    assert client_of(outsider).post(address, seen).status_code == 404
    assert remaining() == 1


@pytest.mark.parametrize("persona", ["leader", "observer", "partner_recorder"])
def test_photograph_delete_is_forbidden_to_others(client_of, request, address, persona, seen):
    assert client_of(request.getfixturevalue(persona)).post(address, seen).status_code == 403
    assert remaining() == 1


def test_photograph_delete_asks_first(client_of, recorder, address):
    response = client_of(recorder).get(address)
    assert (first(response, "h1").get_text(), remaining()) == ("Delete this photograph?", 1)


@pytest.mark.parametrize("persona", ["recorder", "coordinator"])
def test_photograph_delete_hides_the_row_and_keeps_the_file(client_of, request, address, photograph, persona, seen):
    user = request.getfixturevalue(persona)
    response = client_of(user).post(address, seen)
    photograph.refresh_from_db()
    assert response["Location"] == f"{photograph.patrol.get_absolute_url()}#photographs"
    assert (photograph.deleted_by, photograph.deleted_at is None) == (user, False)
    assert default_storage.exists(photograph.file.name)


def test_photograph_delete_twice_does_not_exist(client_of, recorder, address, photograph, seen):
    client = client_of(recorder)
    client.post(address, seen)
    assert client.post(address, seen).status_code == 404


@pytest.mark.parametrize("data", [{}, {"seen": "0" * 64}])
def test_photograph_delete_needs_to_know_what_was_seen(client_of, recorder, address, data):
    assert client_of(recorder).post(address, data).status_code == 428
    assert remaining() == 1
