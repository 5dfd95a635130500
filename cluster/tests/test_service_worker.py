import base64
import hashlib
import json
from typing import Any

import pytest
from django.contrib.staticfiles.storage import staticfiles_storage
from django.test import Client

from cluster.offline import with_what_they_name

ADDRESS = "/sw.js"
pytestmark = pytest.mark.django_db


def kept():
    """What the worker is told to keep."""
    script = Client().get(ADDRESS).content.decode()
    return json.loads(script.partition("=")[2].partition(";")[0])


def content_of(url):
    response: Any = Client().get(url)
    return b"".join(response.streaming_content) if response.streaming else response.content


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


@pytest.mark.parametrize("script", ['import { a } from "./a.1.js";', 'const b = await import("../b.2.js")'])
def test_service_worker_keeps_what_a_script_imports(script, tmp_path, settings, monkeypatch):
    """No page names these files, and without them the script would not run."""
    settings.STATIC_ROOT = tmp_path
    monkeypatch.setattr(staticfiles_storage, "location", str(tmp_path))
    (tmp_path / "js").mkdir()
    (tmp_path / "js" / "first.js").write_text(script)
    (tmp_path / "js" / "a.1.js").write_text('import "./first.js"')
    (tmp_path / "b.2.js").write_text("")
    found = set(with_what_they_name(["js/first.js"]))
    assert found in ({"js/first.js", "js/a.1.js"}, {"js/first.js", "b.2.js"})


def test_service_worker_knows_each_file_by_its_hash():
    for file in kept()["files"]:
        digest = base64.b64encode(hashlib.sha256(content_of(file["url"])).digest()).decode()
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
