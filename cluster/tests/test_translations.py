"""The Vietnamese catalogue is complete, without a string too many, and spelt as official papers are."""

import re
import shutil
import subprocess
import sys
import unicodedata
from pathlib import Path

import django
import pytest
import simple_history
from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po

from cluster.tests.house import TOP, files

FOLDER = "cluster/locale/vi/LC_MESSAGES"
BORROWED = "cluster/borrowed_strings.py"
PLACEHOLDERS = re.compile(r"%\(\w+\)[sdr]|%[sd]|\{\w*\}|</?[a-z]+|\b(?:DATE|HOURS|MINUTES)\b")
# "hoà", "thuỷ": the mark on the last vowel. Papers write hòa, thủy; in "quý" the u belongs to the consonant.
NEW_STYLE = re.compile(r"o[àáảãạèéẻẽẹ]\b|(?<![qQ])u[ỳýỷỹỵ]\b", re.IGNORECASE)
# What of Django no page of ours shows: names of languages, its own error pages, generic views, empty apps.
NOT_SHOWN = ("conf/global_settings.py", "views/", "contrib/messages/", "contrib/sessions/")


def read(path: Path, *, locale: str = "vi") -> Catalog:
    with path.open("rb") as file:
        return read_po(file, locale=locale)


def messages(catalog: Catalog) -> dict[tuple[str, str], Message]:
    """The messages by context and msgid, without the header."""
    return {(message.context or "", forms(message)[0]): message for message in catalog if message.id}


def forms(message: Message) -> tuple[str, ...]:
    """The msgid and, if there is one, its plural."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def vietnamese(message: Message) -> str:
    """The translation; Vietnamese has one form for all numbers."""
    return message.string if isinstance(message.string, str) else message.string[0]


CATALOGUE = messages(read(TOP / FOLDER / "django.po"))
SCRIPTS = messages(read(TOP / FOLDER / "djangojs.po"))


@pytest.fixture(scope="module")
def extracted(tmp_path_factory) -> dict[tuple[str, str], Message]:
    """What ``make messages`` makes of the tracked files; in a copy, for it leaves files beside them while it runs."""
    copy = tmp_path_factory.mktemp("messages")
    for path in files(".py", ".html", ".po"):
        (copy / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(TOP / path, copy / path)
    subprocess.run([sys.executable, "manage.py", "makemessages"], cwd=copy, check=True)
    return messages(read(copy / FOLDER / "django.po"))


def test_catalogue_holds_what_code_and_templates_say(extracted):
    """Of anything else, `make messages` tells: it adds what is missing and takes out what is of no use."""
    assert sorted(extracted.keys() - CATALOGUE.keys()) == []
    assert sorted(CATALOGUE.keys() - extracted.keys()) == []


def test_strings_are_all_in_vietnamese():
    untold = [key for key, message in (CATALOGUE | SCRIPTS).items() if not vietnamese(message) or message.fuzzy]
    assert untold == []


def test_contexts_and_plurals_are_those_of_the_code(extracted):
    """A plural that came or went keeps the msgid, so the keys alone do not show it."""
    differing = [key for key in extracted if key in CATALOGUE and forms(extracted[key]) != forms(CATALOGUE[key])]
    assert differing == []


def test_placeholders_are_kept():
    differing = {
        key: vietnamese(message)
        for key, message in (CATALOGUE | SCRIPTS).items()
        if sorted(set(PLACEHOLDERS.findall(forms(message)[-1])))
        != sorted(set(PLACEHOLDERS.findall(vietnamese(message))))
    }
    assert differing == {}


@pytest.mark.parametrize("path", [f"{FOLDER}/django.po", f"{FOLDER}/djangojs.po"])
def test_spelling_is_official(path):
    text = (TOP / path).read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert re.findall(r"đảm bả?o", text, re.IGNORECASE) == []
    said = " ".join(vietnamese(message) for message in messages(read(TOP / path)).values())
    assert NEW_STYLE.findall(said) == []


@pytest.mark.parametrize(
    ("word", "is_new"), [("hoà", True), ("Thuỷ", True), ("khoẻ", True), ("hòa", False), ("quý", False), ("toán", False)]
)
def test_place_of_the_mark_is_known(word, is_new):
    assert bool(NEW_STYLE.search(word)) == is_new


def of_django(*, language: str, domain: str) -> dict[tuple[str, str], Message]:
    """The messages of Django and of those of its apps that our pages show."""
    top = Path(django.__file__).parent
    found: dict[tuple[str, str], Message] = {}
    for app in ("conf", "contrib/admin", "contrib/auth", "contrib/contenttypes"):
        path = top / app / "locale" / language / "LC_MESSAGES" / f"{domain}.po"
        found |= messages(read(path, locale=language)) if path.exists() else {}
    return found


def strings(catalogue: dict[tuple[str, str], Message]) -> set[tuple[str, ...]]:
    """The context, the msgid and the plural: a string with one is looked up as another than the same without."""
    return {(context, *forms(message)) for (context, _msgid), message in catalogue.items() if vietnamese(message)}


def lacking(domain: str) -> set[tuple[str, ...]]:
    """What Django says in English alone where our pages may show it."""
    shown = {
        (context, *forms(message))
        for (context, _msgid), message in of_django(language="en", domain=domain).items()
        if not all(place.startswith(NOT_SHOWN) for place, _line in message.locations)
    }
    return shown - strings(of_django(language="vi", domain=domain))


def test_words_that_django_lacks_are_borrowed():
    assert sorted(lacking("django") - strings(CATALOGUE)) == []
    assert sorted(lacking("djangojs") - strings(SCRIPTS)) == []


def test_borrowed_words_are_still_said():
    """A library that no longer says a string lets its line here go."""
    history = Path(simple_history.__file__).parent / "locale" / "de" / "LC_MESSAGES" / "django.po"
    said = of_django(language="en", domain="django") | messages(read(history, locale="de"))
    # Its German is behind its code.
    code = (Path(simple_history.__file__).parent / "admin.py").read_text(encoding="utf-8")
    said |= {("", text): Message(text) for text in re.findall(r'_\("([^"]+)"\)', code)}
    borrowed = {key for key, message in CATALOGUE.items() if {place for place, _ in message.locations} == {BORROWED}}
    assert sorted(borrowed - said.keys()) == []
    assert sorted(SCRIPTS.keys() - of_django(language="en", domain="djangojs").keys()) == []
