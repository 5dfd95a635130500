import io
import json
from typing import Any

import pytest
from django.test import Client
from PIL import Image

ADDRESS = "/manifest.webmanifest"
pytestmark = pytest.mark.django_db


def test_web_manifest_refuses_other_methods():
    assert Client().post(ADDRESS).status_code == 405


def test_web_manifest_makes_the_site_an_application():
    response = Client().get(ADDRESS)
    said = json.loads(response.content)
    assert response["Content-Type"] == "application/manifest+json"
    assert [said[name] for name in ("name", "start_url", "display", "lang")] == ["Liên Hoàn", "/", "standalone", "vi"]


def test_web_manifest_bears_the_colour_of_the_pages():
    said = json.loads(Client().get(ADDRESS).content)
    assert f'<meta name="theme-color" content="{said["theme_color"]}">' in Client().get("/offline/").content.decode()


def test_web_manifest_names_icons_of_their_size():
    for icon in json.loads(Client().get(ADDRESS).content)["icons"]:
        response: Any = Client().get(icon["src"])
        picture = Image.open(io.BytesIO(b"".join(response.streaming_content)))
        assert f"{picture.width}x{picture.height}" == icon["sizes"]


def test_web_manifest_has_an_icon_for_every_mask():
    purposes = [(icon["sizes"], icon["purpose"]) for icon in json.loads(Client().get(ADDRESS).content)["icons"]]
    assert purposes == [("192x192", "any"), ("512x512", "any"), ("512x512", "maskable")]
