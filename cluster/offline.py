"""What a phone keeps so that the application opens without a network: a shell, its static files, their version.

The shell is the same for everybody; what it shows of a user comes out of the phone's own, encrypted store.
"""

import base64
import hashlib
import json
import posixpath
import re
from functools import cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import staticfiles_storage
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import translation

# What a file names that it cannot do without: a page its files, a script its imports, a stylesheet its pictures.
_NAMED = {
    ".html": re.compile(r'"/static/([^"]+)"'),
    ".js": re.compile(r'\b(?:from|import)\s*\(?\s*"(\.{1,2}/[^"]+)"'),
    ".css": re.compile(r"""\burl\(\s*["']?([^"')]+)"""),
}
_PROGRAM = ("cluster", "patrols", "incidents", "reports", "templates", "static")
_NOT_PROGRAM = {"tests", "__pycache__", "sample"}


class Kept(NamedTuple):
    """A file that a phone keeps, and the hash that the browser checks: no captive portal's page passes for it."""

    url: str
    integrity: str

    @classmethod
    def of(cls, url: str, content: bytes) -> "Kept":
        return cls(url, f"sha256-{base64.b64encode(hashlib.sha256(content).digest()).decode()}")


def shell() -> str:
    """The page that stands in for those which the network does not bring, in the language of the request."""
    return render_to_string("cluster/offline.html")


def kept_files() -> tuple[Kept, ...]:
    """The shell and everything that it needs. Made once a language; in development at every request."""
    make = _kept_files.__wrapped__ if settings.DEBUG else _kept_files
    return make(translation.get_language())


@cache
def _kept_files(language: str) -> tuple[Kept, ...]:
    page = shell()
    files = with_what_they_name(_NAMED[".html"].findall(page))
    return Kept.of(reverse("offline"), page.encode()), *(
        Kept.of(settings.STATIC_URL + name, content) for name, content in files.items()
    )


def with_what_they_name(names: list[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    waiting = list(names)
    while waiting:
        if (name := waiting.pop()) in found:
            continue
        found[name] = _static_content(name)
        if pattern := _NAMED.get(Path(name).suffix):
            inner = pattern.findall(found[name].decode())
            waiting += [posixpath.normpath(posixpath.join(posixpath.dirname(name), other)) for other in inner]
    return dict(sorted(found.items()))


def _static_content(name: str) -> bytes:
    path = finders.find(name) if settings.DEBUG else staticfiles_storage.path(name)
    if path is None:
        raise FileNotFoundError(name)
    return Path(path).read_bytes()


def service_worker_script() -> str:
    """Names what to keep; the behaviour is that of static/js/service_worker.js."""
    files, behaviour = kept_files(), staticfiles_storage.url("js/service_worker.js")
    version = hashlib.sha256(json.dumps([behaviour, files]).encode()).hexdigest()[:16]
    kept = {
        "version": version,
        "shell": reverse("offline"),
        "statics": settings.STATIC_URL,
        "files": [file._asdict() for file in files],
    }
    return f"self.lienHoan = {json.dumps(kept, indent=1)};\nimportScripts({json.dumps(behaviour)});\n"


@cache
def program_version() -> str:
    """Another one after every upgrade, the same in every process: pages that a phone keeps are then fetched anew."""
    digest = hashlib.sha256()
    for folder in _PROGRAM:
        for path in sorted((settings.BASE_DIR / folder).rglob("*.*")):
            if path.is_file() and not _NOT_PROGRAM.intersection(path.parts):
                digest.update(path.read_bytes())
    return digest.hexdigest()[:16]


def web_manifest_content() -> dict[str, object]:
    """For a browser to offer the application among those of the phone."""

    def icon(name: str, size: int, purpose: str = "any") -> dict[str, str]:
        return {
            "src": staticfiles_storage.url(f"img/{name}.png"),
            "sizes": f"{size}x{size}",
            "type": "image/png",
            "purpose": purpose,
        }

    return {
        "name": "Liên Hoàn",
        "short_name": "Liên Hoàn",
        "id": "/",
        "start_url": "/",
        "scope": "/",
        "lang": translation.get_language(),
        "display": "standalone",
        "theme_color": "#17492f",
        "background_color": "#f4f6f3",
        "icons": [icon("icon-192", 192), icon("icon-512", 512), icon("icon-maskable-512", 512, "maskable")],
    }
