"""What every answer carries, whatever the page and whoever asks (security.md 18 and 19)."""

from collections.abc import Iterator

import pytest
from bs4 import BeautifulSoup
from django.http import HttpResponseBase

from cluster.tests.addresses import own_addresses
from reports.tests.world import World

POLICY = {
    "default-src": ["'none'"],
    "script-src": ["'self'"],
    "style-src": ["'self'"],
    "form-action": ["'self'"],
    "base-uri": ["'none'"],
    "frame-ancestors": ["'none'"],
}
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
# Pages that no address of ours names: the administrator's, and those for what went wrong.
OTHER_PATHS = (
    *("/admin/", "/admin/login/", "/admin/jsi18n/", "/admin/cluster/user/", "/admin/cluster/user/add/"),
    *("/nowhere", "/clusters/nowhere/", "/admin/nowhere/"),
)
# Of a file that somebody attached: nothing in it runs, and it loads nothing.
FILE_POLICY = {"default-src": ["'none'"], "sandbox": []}
SIGNS_OUT = "/accounts/logout/"
# The same whoever asks, so a cache may keep them; a calendar program keeps its feed.
FOR_ALL = (SIGNS_OUT, "/sw.js", "/offline/", "/manifest.webmanifest")


def answers(world: World, role: str, *, method: str) -> Iterator[tuple[str, HttpResponseBase]]:
    """The answer of every address; the one that signs out comes last."""
    client = world.client(role)
    paths = [path for address in own_addresses() for path in world.paths(address).values()]
    for path in sorted((*paths, *OTHER_PATHS), key=SIGNS_OUT.__eq__):
        yield path, client.generic(method, path, content_type="application/x-www-form-urlencoded")


def policy_of(response: HttpResponseBase) -> dict[str, list[str]]:
    directives = response.headers.get("Content-Security-Policy", "").split(";")
    return {name: sources for name, *sources in map(str.split, filter(str.strip, directives))}


def faults(response: HttpResponseBase, *, is_private: bool) -> Iterator[str]:
    """What the headers of an answer lack, in words."""
    policy = policy_of(response)
    if policy != FILE_POLICY:
        yield from (f"CSP {name}" for name, sources in POLICY.items() if policy.get(name) != sources)
    # Neither another host nor 'unsafe-inline' anywhere, whatever directives are added.
    yield from (f"CSP {name} {sources}" for name, sources in policy.items() if not {*sources} <= {"'self'", "'none'"})
    yield from (f"no {name}: {value}" for name, value in HEADERS.items() if response.headers.get(name) != value)
    if is_private and "no-store" not in response.headers.get("Cache-Control", ""):
        yield "may be kept by a cache"
    for cookie in response.cookies.values():
        # One without a value is being taken away.
        if cookie.value and (cookie["samesite"] not in ("Lax", "Strict") or not cookie["httponly"]):
            yield f"cookie {cookie.key} for scripts or other sites"


@pytest.mark.parametrize("method", ["GET", "POST"])
@pytest.mark.parametrize("role", ["anonymous", "outsider", "coordinator", "administrator"])
def test_headers_stand_on_every_answer(world, role, method):
    found = {
        path: wrong
        for path, response in answers(world, role, method=method)
        if (
            wrong := list(
                faults(response, is_private=role != "anonymous" and path not in FOR_ALL and not path.endswith(".ics"))
            )
        )
    }
    assert found == {}


def inline(response: HttpResponseBase) -> list[str]:
    """What of a page the policy would block: it would be there for nothing, or break the page."""
    page = BeautifulSoup(getattr(response, "content", b""), "html.parser")
    found = [f"<{tag.name} style>" for tag in page.select("[style], style")]
    found += [f"<{tag.name} {name}>" for tag in page.find_all() for name in tag.attrs if name.startswith("on")]
    scripts = [tag for tag in page.find_all("script") if tag.get("type") not in ("application/json", "text/template")]
    return found + ["<script>" for tag in scripts if not tag.get("src") or tag.get_text(strip=True)]


@pytest.mark.parametrize("role", ["anonymous", "coordinator", "administrator"])
def test_pages_hold_nothing_that_the_policy_blocks(world, role):
    pages = {
        path: inline(response)
        for path, response in answers(world, role, method="GET")
        if response.headers.get("Content-Type", "").startswith("text/html")
    }
    assert "/accounts/password/" in pages
    assert {path: found for path, found in pages.items() if found} == {}
