import pytest
from django.utils import timezone

from cluster.tests.pictures import PDF, picture
from patrols.tests.factories import make_patrol, make_photograph


@pytest.fixture
def photograph(two_party_cluster):
    return make_photograph(patrol=make_patrol(cluster=two_party_cluster.cluster), content=PDF)


@pytest.fixture
def address(photograph):
    return f"/clusters/cum-thu/patrols/{photograph.patrol.client_id}/photographs/{photograph.client_id}/"


@pytest.mark.parametrize("persona", ["recorder", "partner_recorder", "coordinator", "leader"])
def test_photograph_file_is_sent_to_whoever_reads_the_patrol(client_of, request, address, persona):
    response = client_of(request.getfixturevalue(persona)).get(address)
    assert (response.status_code, response.content) == (200, PDF)


def test_photograph_file_runs_nowhere_and_stays_in_no_cache(client_of, recorder, address):
    response = client_of(recorder).get(address)
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"].startswith('attachment; filename="bien-ban-da-ky-2017-06-01.pdf"; ')
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert (response["X-Content-Type-Options"], response["Cache-Control"]) == ("nosniff", "no-store")
    assert int(response["Content-Length"]) == len(PDF)


def test_photograph_file_bears_the_type_that_was_found_in_it(client_of, recorder, two_party_cluster):
    content = picture("PNG")
    patrol = make_patrol(cluster=two_party_cluster.cluster)
    photograph = make_photograph(patrol=patrol, content=content, kind="image/png")
    response = client_of(recorder).get(f"{patrol.get_absolute_url()}photographs/{photograph.client_id}/")
    assert (response["Content-Type"], response.content) == ("image/png", content)


def test_photograph_file_refuses_other_methods(client_of, recorder, address):
    assert client_of(recorder).post(address).status_code == 405


def test_photograph_file_sends_strangers_to_sign_in(client, address):
    assert client.get(address)["Location"] == f"/accounts/login/?next={address}"


def test_photograph_file_does_not_exist_for_outsiders(client_of, outsider, address):
    assert client_of(outsider).get(address).status_code == 404


def test_photograph_file_is_forbidden_to_observers(client_of, observer, address):
    assert client_of(observer).get(address).status_code == 403


def test_photograph_file_asks_for_the_right_at_every_read(client_of, recorder, address):
    client = client_of(recorder)
    assert client.get(address).status_code == 200
    recorder.postings.update(valid_to=timezone.localdate().replace(year=2020))
    assert client.get(address).status_code == 404


def test_photograph_file_of_another_patrol_does_not_exist(client_of, recorder, photograph, two_party_cluster):
    other = make_patrol(cluster=two_party_cluster.cluster)
    assert client_of(recorder).get(f"{other.get_absolute_url()}photographs/{photograph.client_id}/").status_code == 404


@pytest.mark.parametrize("deleted", ["photograph", "patrol"])
def test_deleted_photograph_file_does_not_exist(client_of, recorder, photograph, address, deleted):
    row = photograph if deleted == "photograph" else photograph.patrol
    row.deleted_at = timezone.now()
    if deleted == "photograph":
        row.deleted_by = recorder
    row.save()
    assert client_of(recorder).get(address).status_code == 404


def test_no_address_leads_to_the_files(client_of, recorder, photograph, settings):
    client = client_of(recorder)
    paths = [f"/{prefix}{photograph.file.name}" for prefix in ("", "media/", "files/", "static/", ".data/files/")]
    assert {client.get(path).status_code for path in paths} == {404}
    assert settings.MEDIA_URL == "/"
