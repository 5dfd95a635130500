"""What carries out the articles of a regulation: the tasks and activities that name them, the newest of each kind."""

from typing import Any, NamedTuple

from django.apps import apps
from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber
from django.urls import reverse

from cluster.models import Article, CarriesOut, Document

NEWEST = 3


class Deeds(NamedTuple):
    """Of one kind, for one article: the newest, how many there are, and the address of all of them."""

    kind: str
    newest: list[Any]
    total: int
    address: str


def articles_of(document: Document) -> list[tuple[Article, list[Deeds]]]:
    """The articles of a document with what its cluster did by each; as many queries as there are kinds, at most."""
    articles = list(document.articles.all())
    for article in articles:
        article.document = document
    deeds: dict[int, list[Deeds]] = {article.pk: [] for article in articles}
    for model in apps.get_models() if articles else ():
        if issubclass(model, CarriesOut):
            for key, of_kind in _deeds(model, document).items():
                deeds[key].append(of_kind)
    return [(article, deeds[article.pk]) for article in articles]


def _deeds(model: Any, document: Document) -> dict[int, Deeds]:
    """By the key of their article."""
    cluster = document.cluster
    nth = Window(RowNumber(), partition_by=F("article"), order_by=model._meta.ordering)
    rows = model._default_manager.of(cluster).filter(article__document=document).select_related(*model.told_with)
    rows = rows.annotate(nth=nth, of_kind=Window(Count("pk"), partition_by=F("article"))).filter(nth__lte=NEWEST)
    found: dict[int, Deeds] = {}
    for row in rows.order_by("article", "nth"):
        row.cluster = cluster
        address = f"{reverse(model.list_view(), args=[cluster.slug])}?article={row.article_id}"
        kind = str(model._meta.verbose_name_plural)
        found.setdefault(row.article_id, Deeds(kind, [], row.of_kind, address)).newest.append(row)
    return found
