"""Every page speaks one language: no English is left in Vietnamese, and no Vietnamese in English but names."""

import re
from collections.abc import Iterator
from itertools import product

import pytest
from bs4 import BeautifulSoup, Doctype
from django.contrib import admin

from cluster.tests.addresses import own_addresses
from cluster.tests.admin_pages import address
from cluster.tests.test_translations import CATALOGUE, PLACEHOLDERS, forms, vietnamese
from reports.tests.world import World
from reports.workbook.schema import SHEETS

# What a reader sees or hears though it is no text of its own.
SAID_BY_ATTRIBUTES = ("alt", "aria-label", "data-label", "label", "placeholder", "title")
# The leader and the partner read what a recorder reads.
READERS = ("anonymous", "outsider", "observer", "recorder", "coordinator", "administrator")
ROWS_OF = ("", "recorder", "coordinator")
# Here the text of a review is written, which is a Vietnamese paper: its headings and proposals stand as they will.
WRITES_A_PAPER = re.compile(r"/review/[^/]+/(write|compare)/")
# Shorter words may be those of a name, or of both languages.
SHORTEST = 13


def pieces(text: str) -> set[str]:
    """What of a string stands on a page whatever fills its placeholders."""
    parts = (" ".join(part.strip("<>/ ").split()) for part in PLACEHOLDERS.split(text))
    return {part for part in parts if len(part) >= SHORTEST}


ENGLISH = {piece for message in CATALOGUE.values() for form in forms(message) for piece in pieces(form)}
VIETNAMESE = {piece for message in CATALOGUE.values() for piece in pieces(vietnamese(message))}
# The workbook is Vietnamese in both languages: its sheets and columns are a form that goes from hand to hand.
OF_THE_WORKBOOK = {name for sheet in SHEETS for name in (sheet.sheet, *(c.title for c in sheet.columns().values()))}


def said(content: bytes) -> Iterator[str]:
    """The texts of a page, one by one."""
    page = BeautifulSoup(content, "html.parser")
    # What stands in a field is what somebody typed, or what a Vietnamese paper says by default.
    for tag in page.find_all(["script", "style", "textarea"]):
        tag.decompose()
    texts = [str(text) for text in page.find_all(string=True) if not isinstance(text, Doctype)]
    texts += [str(tag[name]) for name in SAID_BY_ATTRIBUTES for tag in page.select(f"[{name}]")]
    yield from filter(None, (" ".join(text.split()) for text in texts))


def pages(world: World, role: str, *, language: str) -> Iterator[tuple[str, list[str]]]:
    """The texts of every page, and of what an empty form is answered, as the role reads them."""
    client = world.client(role)
    client.cookies["django_language"] = language
    own = [found for found in own_addresses() if found.name != "accounts:logout"]
    # One row of each kind will do: what is not seen is told apart by nobody.
    paths = [path for found in own for whose, path in world.paths(found).items() if whose in ROWS_OF]
    if role == "administrator":
        pairs = product(admin.site._registry, ("changelist", "add"))
        paths += ["/admin/", *(address(model, page) for model, page in pairs)]
    for path in ("/nowhere", *paths):
        for method in ("GET", "POST"):
            response = client.generic(method, path, content_type="application/x-www-form-urlencoded")
            if response.headers.get("Content-Type", "").startswith("text/html") and response.content:
                yield f"{method} {path}", list(said(response.content))


def leftovers(texts: list[str], foreign: set[str]) -> set[str]:
    # Most pages have none, and one look at all of it tells.
    page = "\n".join(texts)
    found = [piece for piece in foreign if piece in page]
    return {text for text in texts if any(piece in text for piece in found)}


@pytest.mark.parametrize("role", READERS)
def test_vietnamese_pages_hold_no_english(world, role):
    foreign = ENGLISH - VIETNAMESE - set(world.users)
    found = {page: left for page, texts in pages(world, role, language="vi") if (left := leftovers(texts, foreign))}
    assert found == {}


@pytest.mark.parametrize("role", READERS)
def test_english_pages_hold_no_vietnamese_but_names(world, role):
    foreign = VIETNAMESE - ENGLISH - OF_THE_WORKBOOK
    found = {
        page: left
        for page, texts in pages(world, role, language="en")
        if not WRITES_A_PAPER.search(page) and (left := leftovers(texts, foreign))
    }
    assert found == {}


def test_leftover_is_found():
    page = b'<p>Xin <b>Patrols and incidents</b></p><a title="Patrols and incidents">x</a>'
    texts = list(said(page))
    assert leftovers(texts, pieces("%(n)s Patrols and incidents")) == {"Patrols and incidents"}
    assert texts.count("Patrols and incidents") == 2
