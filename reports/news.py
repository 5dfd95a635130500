"""What others have written in a cluster since the user was last there, from the histories of its rows."""

import datetime as dt
from dataclasses import dataclass
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import F, IntegerField, QuerySet, Value
from django.utils import timezone
from django.utils.functional import Promise

from cluster.access import Rights
from cluster.models import Visit
from cluster.search import Source
from reports.sources import SOURCES

# Who was away for longer reads the lists; and of a flood, as after an import, the newest versions tell enough.
_LONGEST = dt.timedelta(days=60)
_MOST = 1000
_NAMED = 3


@dataclass(frozen=True)
class Item:
    name: str
    address: str
    is_new: bool


@dataclass(frozen=True)
class News:
    """Of one kind, how many rows are new and how many were changed, and the last of them."""

    title: str | Promise
    new: int
    changed: int
    items: list[Item]


def visit_of(rights: Rights, *, now: dt.datetime) -> Visit:
    """Note that the user is here, and return since when there may be news (``before_at``)."""
    visit = Visit.objects.filter(user=rights.user, cluster=rights.cluster).first()
    if visit is None:
        visit = Visit(user=rights.user, cluster=rights.cluster, last_at=now)
        try:
            with transaction.atomic():
                visit.save()
        except IntegrityError:  # two pages opened at once
            return visit
    elif visit.go_on(now):
        Visit.objects.filter(pk=visit.pk).update(last_at=visit.last_at, before_at=visit.before_at)
    return visit


def news_since(rights: Rights, moment: dt.datetime | None) -> list[News]:
    """By kind, in the order of the search; one question for all histories, and one for each kind that has news.

    What the user wrote is no news, and what may no longer be seen is none either.
    """
    if moment is None:
        return []
    since = max(moment, timezone.now() - _LONGEST)
    sources = [source for source in SOURCES if rights.may(source.right)]
    found: dict[int, dict[Any, bool]] = {}
    for place, key, kind in _versions(sources, rights, since):
        known = found.setdefault(place, {})
        known[key] = known.get(key, False) or kind == "+"
    told = [_news(sources[place], rights, keys) for place, keys in sorted(found.items())]
    return [news for news in told if news]


def _versions(sources: list[Source], rights: Rights, since: dt.datetime) -> list[tuple[int, Any, str]]:
    """The place of the source, the key of the row and the kind of each version, newest first."""
    queries = [_query(place, source, rights, since) for place, source in enumerate(sources)]
    if not queries:
        return []
    rows = queries[0].union(*queries[1:], all=True).order_by("-written_at")[:_MOST]
    return [(place, key, kind) for place, key, kind, _at in rows]


def _query(place: int, source: Source, rights: Rights, since: dt.datetime) -> QuerySet:
    model: Any = source.rows(rights).model
    path = "cluster" if any(field.name == "cluster" for field in model._meta.fields) else "review__cluster"
    versions = model.history.filter((path, rights.cluster.pk), history_date__gt=since)
    versions = versions.exclude(history_user=rights.user).order_by()
    versions = versions.annotate(
        # No names that a model may have as well.
        source_place=Value(place, output_field=IntegerField()),
        written_at=F("history_date"),
    )
    return versions.values_list("source_place", "id", "history_type", "written_at")


def _news(source: Source, rights: Rights, keys: dict[Any, bool]) -> News | None:
    rows = source.rows(rights).in_bulk(list(keys))
    visible = {key: is_new for key, is_new in keys.items() if key in rows}
    if not visible:
        return None
    named = [rows[key] for key in list(visible)[:_NAMED]]
    new = sum(visible.values())
    items = [Item(source.name(row), source.address(row, rights), visible[row.pk]) for row in named]
    return News(source.title, new, len(visible) - new, items)
