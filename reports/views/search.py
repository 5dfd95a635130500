"""Search across all that a cluster keeps, from one box."""

from typing import Any, NamedTuple

from django.db.models import Count, Window
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.functional import Promise
from django.views.decorators.http import require_safe

from cluster.access import Right, Rights, in_cluster
from cluster.answers import page_of
from cluster.search import Part, Source, excerpt, highlighted, search_words
from reports.forms.search import SearchForm
from reports.sources import SOURCES

# Rows of a kind that the first page shows; the heading leads to all.
SHOWN = 5


class Result(NamedTuple):
    address: str
    name: list[Part]
    line: list[Part]
    excerpt: list[Part]


class Group(NamedTuple):
    """What was found of a kind: how many rows, and those that are shown."""

    key: str
    title: str | Promise
    total: int
    results: list[Result]

    @property
    def hidden(self) -> int:
        return self.total - len(self.results)


@in_cluster(Right.READ_TOTALS)
@require_safe
def search(request: HttpRequest, rights: Rights) -> HttpResponse:
    """The first rows of each kind, or with ``kind`` all of that one, page by page."""
    sources = [source for source in SOURCES if rights.may(source.right)]
    form = SearchForm(request.GET, cluster=rights.cluster, sources=sources, today=timezone.localdate())
    chosen = form.chosen()
    words, year = search_words(chosen.get("q", "")), chosen.get("year")
    context: dict[str, Any] = {"form": form, "words": words, "q": chosen.get("q", "")}
    only = next((source for source in sources if source.key == chosen.get("kind")), None)
    if only:
        page = page_of(request, only.found(rights, words, year=year))
        results = [_result(only, row, rights, words) for row in page]
        groups = [Group(only.key, only.title, page.paginator.count, results)] if results else []
        context |= {"page": page, "groups": groups}
    elif words:
        groups = [_group(source, rights, words, year) for source in sources]
        context["groups"] = [group for group in groups if group.total]
    context["total"] = sum(group.total for group in context.get("groups", []))
    return render(request, "reports/search.html", context)


def _group(source: Source, rights: Rights, words: list[str], year: int | None) -> Group:
    """One question a kind: the first rows come with the number of all."""
    rows = source.found(rights, words, year=year).annotate(found_rows=Window(Count("*")))[:SHOWN]
    results, total = [], 0
    for row in rows:
        total = row.found_rows
        results.append(_result(source, row, rights, words))
    return Group(source.key, source.title, total, results)


def _result(source: Source, row: Any, rights: Rights, words: list[str]) -> Result:
    name = source.name(row)
    # What the name shows already needs no second showing.
    text = "\n".join(line for line in source.text(row).splitlines() if line not in name)
    return Result(
        source.address(row, rights),
        highlighted(name, words),
        highlighted(source.line(row), words),
        excerpt(text, words),
    )
