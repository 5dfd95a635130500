"""The file of a record: written anew, named at random, and read only by who reads the record (security.md 24)."""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from cluster.models import Document
from cluster.tests.entries import register_entry
from cluster.tests.factories import make_document, make_paper_settings
from cluster.tests.pictures import HTML, PDF, SVG, photo

ADDRESS = "/clusters/cum-thu/documents/"


@pytest.fixture
def cluster(two_party_cluster):
    make_paper_settings(cluster=two_party_cluster.cluster)
    return two_party_cluster.cluster


@pytest.fixture
def client(client_of, coordinator, cluster):
    return client_of(coordinator)


def upload(client, content, name="quy-che.pdf"):
    file = SimpleUploadedFile(name, content)
    return client.post(f"{ADDRESS}new/", register_entry(Document) | {"file": file})


def edit(client, **entered):
    document = Document.objects.get()
    entry = register_entry(Document) | {"version": document.version, "number_symbol": "01/KH-BĐH"}
    return client.post(f"{document.get_absolute_url()}edit/", entry | entered)


def test_file_is_kept_under_a_random_name_and_sent_as_attachment(client):
    upload(client, PDF, "Họ tên người ký.pdf")
    document = Document.objects.get()
    assert re.fullmatch(r"documents/[0-9a-f]{32}\.pdf", str(document.file))
    response = client.get(f"{document.get_absolute_url()}file/")
    assert (response.content, response["Content-Type"]) == (PDF, "application/pdf")
    assert response["Content-Disposition"].startswith("attachment; ")
    assert "sandbox" in response["Content-Security-Policy"]


def test_picture_is_written_anew(client):
    upload(client, photo("JPEG"), "anh.jpg")
    with Document.objects.get().file.open() as file:
        stored = file.read()
    assert b"Phone of the patrol" not in stored
    assert stored.startswith(b"\xff\xd8")


@pytest.mark.parametrize("content", [HTML, SVG, b"PK\x03\x04 a Word file"], ids=["html", "svg", "docx"])
def test_other_files_are_refused(content, client):
    assert list(upload(client, content).context["form"].errors) == ["file"]
    assert not Document.objects.exists()


def test_same_file_sent_twice_is_one_document(client):
    entry = register_entry(Document)
    for _ in range(2):
        client.post(f"{ADDRESS}new/", entry | {"file": SimpleUploadedFile("a.pdf", PDF)})
    assert Document.objects.count() == 1


def test_edit_keeps_the_file_and_takes_it_away_when_asked(client):
    upload(client, PDF)
    name = Document.objects.get().file.name
    edit(client)
    assert Document.objects.get().file.name == name
    edit(client, **{"file-clear": "on"})
    assert not Document.objects.get().file


def test_form_shows_no_address_of_the_stored_file(client):
    upload(client, PDF)
    document = Document.objects.get()
    assert document.file.name not in client.get(f"{document.get_absolute_url()}edit/").content.decode()


def test_file_is_for_readers_of_the_document(client, client_of, leader, observer, outsider):
    upload(client, PDF)
    address = f"{Document.objects.get().get_absolute_url()}file/"
    assert [client_of(user).get(address).status_code for user in (leader, observer, outsider)] == [200, 403, 404]


def test_document_without_a_file_has_none_to_send(client, cluster):
    assert client.get(f"{make_document(cluster=cluster).get_absolute_url()}file/").status_code == 404
