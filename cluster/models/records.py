"""What every record that a unit writes has in common: one client id for ever, a version, who wrote it."""

import datetime as dt
import uuid
from collections.abc import Mapping
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cluster.fields import search_words
from cluster.models.clusters import Cluster
from cluster.models.seals import Seal, Span
from cluster.models.units import UNKNOWN_START, PoliceUnit


class RecordQuerySet(models.QuerySet):
    def of(self, cluster: Cluster) -> Self:
        """The cluster's records that are not deleted."""
        return self.filter(cluster=cluster, deleted_at__isnull=True)

    def in_period(self, start: dt.date, end: dt.date) -> Self:
        """Those that count by a date of the period."""
        return self.filter((f"{self.model.dated_by}__range", (start, end)))  # type: ignore[attr-defined]

    def on(self, day: dt.date) -> Self:
        """Those that hold on the day, of a kind that has a last one."""
        lasts = Q((self.model.ends_by, None)) | Q((f"{self.model.ends_by}__gte", day))  # type: ignore[attr-defined]
        return self.filter(lasts, (f"{self.model.dated_by}__lte", day))  # type: ignore[attr-defined]

    def in_year(self, year: int) -> Self:
        """Those dated in the year; of what goes on from day to day, those that held on a day of it."""
        start, end = dt.date(year, 1, 1), dt.date(year, 12, 31)
        if not issubclass(self.model, DatedRecord):
            return self.in_period(start, end)
        return self.filter(Q(date_to=None) | Q(date_to__gte=start), date_from__lte=end)

    def matching(self, text: str) -> Self:
        """Rows whose folded search text holds every word of ``text``, marks, case and the blanks of symbols ignored."""
        found = self
        for word in search_words(text):
            found = found.filter(search__contains=word)
        return found


class Record(models.Model):
    """Abstract: written once under a client id, edited by version, hidden rather than removed.

    ``counted_by`` names the field of the day by which it counts, or the fields of its first and last day: what is
    signed for these days is sealed. Every kind of record says it itself, an empty one where it counts in no figure.
    """

    counted_by: ClassVar[tuple[str, ...]]
    # Whether it counts on each of its days alike, year after year: then an edit seals off only the days it moves.
    lasts: ClassVar[bool] = False
    # As the database had it when an edit claimed the version; None: not claimed, or in no figure.
    span_claimed: Span | None = None

    client_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    # Every index that matters is led by (cluster, local date), so the key of its own would be dead weight.
    cluster = models.ForeignKey(
        Cluster, models.PROTECT, db_index=False, related_name="%(class)ss", verbose_name=_("cluster")
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    # Of the submission that made the record, so that a second copy of it is known as the same one.
    content_hash = models.CharField(max_length=64, default="", blank=True, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("recorded by"),
    )
    recorded_unit = models.ForeignKey(
        PoliceUnit,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("recorded for"),
    )
    recorded_at = models.DateTimeField(_("recorded at"), default=timezone.now, editable=False)
    deleted_at = models.DateTimeField(_("deleted at"), null=True, editable=False)

    class Meta:
        abstract = True

    @property
    def is_deleted(self) -> bool:
        return self.deleted_at is not None

    def counted_span(self) -> Span | None:
        """The days by which it counts; None: in no figure."""
        days = [getattr(self, name) for name in self.counted_by]
        return Span(days[0], days[-1]) if days and days[0] else None

    def is_late(self) -> bool:
        """Whether it was written after a review of its days had been signed."""
        if (span := self.counted_span()) is None:
            return False
        return Seal.objects.filter(cluster=self.cluster_id, signed_at__lt=self.recorded_at).touching(span).exists()

    def latest_reasons(self) -> Any:
        """The history entries that carry a reason, newest first, each with who and when."""
        return self.history.exclude(history_change_reason=None).select_related("history_user")  # type: ignore[attr-defined]


class RegisterRecord(Record):
    """Abstract: a record of a register (cluster/registers), which gives it its pages by its ``noun``.

    ``dated_by`` names the local date by which it counts, ``noun`` begins the names of its addresses. ``ends_by`` names
    the last day of what holds from a day to a day. ``labels`` names what its form asks and no column holds: a property,
    or one of ``parts``, which stand as a tuple in rows of another table and are written by ``write_part``.
    """

    noun: ClassVar[str]
    dated_by: ClassVar[str]
    ends_by: ClassVar[str] = ""
    # Whether ``check_others`` has something to ask: then the records of the cluster are written one after another.
    minds_others: ClassVar[bool] = False
    labels: ClassVar[Mapping[str, str | Promise]] = {}
    parts: ClassVar[frozenset[str]] = frozenset()

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        return reverse(f"{self.noun}_detail", args=[self.cluster.slug, self.client_id])

    @property
    def day(self) -> dt.date:
        return getattr(self, self.dated_by)

    def clean(self) -> None:
        super().clean()
        self.check_others()

    def check_others(self) -> None:
        """Raise ``ValidationError`` where it cannot stand beside the cluster's other records."""

    def write_part(self, name: str, rows: tuple[Any, ...]) -> None:
        """Replace one of ``parts``; within the transaction of the record's own write."""
        raise NotImplementedError(name)


class DatedRecord(RegisterRecord):
    """Abstract: a record that holds from a day to a day, both included; without a last day it goes on."""

    dated_by, ends_by = "date_from", "date_to"

    date_from = models.DateField(_("from day"))
    date_to = models.DateField(_("to day"), null=True, blank=True)

    class Meta:
        abstract = True

    def overlapping(self) -> RecordQuerySet:
        """The cluster's other records of the kind that hold on a day on which this one does."""
        rows: RecordQuerySet = type(self)._default_manager.of(self.cluster).exclude(pk=self.pk)  # type: ignore[attr-defined]
        rows = rows.filter(Q(date_to=None) | Q(date_to__gte=self.date_from))
        return rows.filter(date_from__lte=self.date_to) if self.date_to else rows

    @property
    def span(self) -> str:
        """The days in words."""
        return span_in_words(self.date_from, self.date_to)


def dates_in_order(name: str) -> models.CheckConstraint:
    """The named constraint that a dated record does not end before it begins."""
    return models.CheckConstraint(
        condition=Q(date_to=None) | Q(date_to__gte=F("date_from")),
        name=name,
        violation_error_message=_("The last day is before the first."),
    )


def span_in_words(start: dt.date | None, end: dt.date | None) -> str:
    """ "01/01/2017 – 31/12/2017"; an end that is not known is left out, and so is a start."""
    first = None if start in (None, UNKNOWN_START) else f"{start:%d/%m/%Y}"
    last = f"{end:%d/%m/%Y}" if end else None
    if first and last:
        return f"{first} – {last}"
    if first:
        return gettext("from %(day)s") % {"day": first}
    return gettext("until %(day)s") % {"day": last} if last else ""
