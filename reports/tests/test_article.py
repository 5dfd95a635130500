"""The pages that docs/article-2017.md names open for the coordinator of the sample, and say what the table promises."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.db import transaction
from django.test import Client

from cluster.models import User
from reports.sample.load import load_sample

_ROW = re.compile(r"^\| \d+ \| `(?P<page>/[^`]+)` \| (?P<words>[^|]+) \|$", re.MULTILINE)
PAGES = [
    (row["page"], row["words"].strip())
    for row in _ROW.finditer(Path(settings.BASE_DIR, "docs", "article-2017.md").read_text(encoding="utf-8"))
]


@pytest.fixture(scope="module")
def sample(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    with django_db_blocker.unblock(), transaction.atomic():
        load_sample(password="mot-mat-khau-dai")
        yield
        transaction.set_rollback(True)


@pytest.fixture
def coordinator(sample: None, db: None) -> Client:
    client = Client()
    user = User.objects.get(username="coordinator")
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_table_names_pages():
    assert len(PAGES) >= 13


@pytest.mark.parametrize(("page", "words"), PAGES)
def test_page_says_what_the_article_stated(page, words, coordinator):
    response = coordinator.get(page)
    assert response.status_code == 200
    shown = BeautifulSoup(response.content, "html.parser").main
    said = " ".join(shown.get_text(" ").split()) if shown else ""
    assert [phrase for phrase in words.split("; ") if phrase not in said] == []
