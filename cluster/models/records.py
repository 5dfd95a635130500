"""What every record that a unit writes has in common: one client id for ever, a version, who wrote it."""

import datetime as dt
import uuid
from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster.fields import fold
from cluster.models.clusters import Cluster
from cluster.models.seals import Seal, Span
from cluster.models.units import PoliceUnit


class RecordQuerySet(models.QuerySet):
    def of(self, cluster: Cluster) -> Self:
        """The cluster's records that are not deleted."""
        return self.filter(cluster=cluster, deleted_at__isnull=True)

    def in_period(self, start: dt.date, end: dt.date) -> Self:
        """Those that count by a date of the period."""
        return self.filter((f"{self.model.dated_by}__range", (start, end)))  # type: ignore[attr-defined]

    def matching(self, text: str) -> Self:
        """Rows whose folded search text holds every word of ``text``, marks and case ignored."""
        found = self
        for word in fold(text).split():
            found = found.filter(search__contains=word)
        return found


class Record(models.Model):
    """Abstract: written once under a client id, edited by version, hidden rather than removed.

    ``counted_by`` names the field of the day by which it counts, or the fields of its first and last day: what is
    signed for these days is sealed. Every kind of record says it itself, an empty one where it counts in no figure.
    """

    counted_by: ClassVar[tuple[str, ...]]
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

    ``dated_by`` names the local date by which it counts, ``noun`` begins the names of its addresses.
    """

    noun: ClassVar[str]
    dated_by: ClassVar[str]

    class Meta:
        abstract = True

    def get_absolute_url(self) -> str:
        return reverse(f"{self.noun}_detail", args=[self.cluster.slug, self.client_id])

    @property
    def day(self) -> dt.date:
        return getattr(self, self.dated_by)
