import base64
import hashlib
import json

import pytest
from django.test import Client

ADDRESS = "/sw.js"
pytestmark = pytest.mark.django_db


def kept():
    """What the worker is told to keep."""
    script = Client().get(ADDRESS).content.decode()
    return json.loads(script.partition("=")[2].partition(";")[0])


def test_service_worker_refuses_other_methods():
    assert Client().post(ADDRESS).status_code == 405


def test_service_worker_is_asked_for_anew_and_reaches_the_whole_site():
    response = Client().get(ADDRESS)
    names = ("Content-Type", "Cache-Control", "Service-Worker-Allowed")
    assert [response[name] for name in names] == ["text/javascript; charset=utf-8", "no-cache", "/"]


def test_service_worker_keeps_the_shell_and_what_it_names():
    urls = [file["url"] for file in kept()["files"]]
    assert urls[0] == kept()["shell"] == "/offline/"
    names = {url.rpartition("/")[2].partition(".")[0] for url in urls[1:]}
    assert {"site", "base", "patrol_form", "favicon"} <= names


def test_service_worker_keeps_what_the_scripts_import():
    from cluster.offline import _with_what_they_name

    files = _with_what_they_name([url.removeprefix("/static/") for url in _statics()])
    imported = [text for name, text in files.items() if name.endswith(".js") and b"import " in text]
    assert set(files) == {url.removeprefix("/static/") for url in _statics()}
    assert not imported or len(files) > 1


def _statics():
    return [file["url"] for file in kept()["files"][1:]]


def test_service_worker_knows_each_file_by_its_hash():
    for file in kept()["files"]:
        response = Client().get(file["url"])
        content = b"".join(response.streaming_content) if response.streaming else response.content
        digest = base64.b64encode(hashlib.sha256(content).digest()).decode()
        assert file["integrity"] == f"sha256-{digest}", file["url"]


def test_service_worker_is_the_same_for_all(client_of, recorder, coordinator):
    scripts = {client.get(ADDRESS).content for client in (Client(), client_of(recorder), client_of(coordinator))}
    assert len(scripts) == 1


def test_service_worker_is_another_one_for_another_language():
    """So that the shell on the phone follows the choice."""
    client = Client()
    vietnamese = client.get(ADDRESS).content
    client.cookies["django_language"] = "en"
    assert client.get(ADDRESS).content != vietnamese
