"""A workbook that a coordinator has uploaded, between its preview and the word to take it over."""

import datetime as dt

from django.db import transaction

from cluster.models import Cluster, User
from reports.models import UploadedWorkbook
from reports.workbook.importing import Order, import_book
from reports.workbook.plan import Plan
from reports.workbook.read import Book

KEPT = dt.timedelta(days=1)


class TakenOver(Exception):
    """The upload has been imported already: a second tap."""


@transaction.atomic
def keep_upload(*, cluster: Cluster, name: str, content: bytes, by: User, now: dt.datetime) -> UploadedWorkbook:
    """Keep the file until it is taken over. What anybody left for longer than a day goes."""
    UploadedWorkbook.objects.filter(uploaded_at__lt=now - KEPT).delete()
    return UploadedWorkbook.objects.create(
        cluster=cluster, uploaded_by=by, uploaded_at=now, name=name[-200:], content=content
    )


@transaction.atomic
def take_over(upload: UploadedWorkbook, book: Book, *, now: dt.datetime) -> Plan:
    """Import the upload's rows, read before. Raises ``TakenOver``, and ``ImportRefused`` with all errors.

    The row stays without its content, so that a second tap is known as one; the next upload removes it.
    """
    locked = UploadedWorkbook.objects.select_for_update().get(pk=upload.pk)
    if not locked.content:
        raise TakenOver
    plan = import_book(book, Order(slug=upload.cluster.slug, by=upload.uploaded_by, now=now))
    locked.content = b""
    locked.save(update_fields=["content"])
    return plan
