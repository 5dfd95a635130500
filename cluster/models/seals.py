"""What has been signed may no longer change (security.md 10): periods of a cluster, sealed day by day."""

import datetime as dt
from typing import NamedTuple, Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cluster.models.clusters import Cluster


class Span(NamedTuple):
    """The days by which something counts, both included; without an end it goes on."""

    start: dt.date
    end: dt.date | None

    @classmethod
    def of_day(cls, day: dt.date) -> "Span":
        return cls(day, day)

    def unlike(self, other: "Span | None") -> list["Span"]:
        """The days that are in one of the two and not in the other; spans that share no day give too many, never too
        few."""
        if other is None:
            return [self]
        day, days = dt.timedelta(days=1), []
        if self.start != other.start:
            days.append(Span(min(self.start, other.start), max(self.start, other.start) - day))
        if self.end != other.end:
            first = min(end for end in (self.end, other.end) if end is not None)
            last = None if None in (self.end, other.end) else max(self.end, other.end)  # type: ignore[type-var]
            days.append(Span(first + day, last))
        return days


class SealQuerySet(models.QuerySet["Seal"]):
    def closed(self) -> Self:
        """Those whose rows nobody may edit at present."""
        return self.filter(is_open=False)

    def touching(self, span: Span) -> Self:
        """The periods that share a day with the span."""
        touching = self.filter(date_to__gte=span.start)
        return touching if span.end is None else touching.filter(date_from__lte=span.end)

    def holding(self, span: Span) -> Self:
        """The periods in which the whole span lies."""
        return self.filter(date_from__lte=span.start, date_to__gte=span.end)


class Seal(models.Model):
    """A period of which a review is signed. The app of reports writes it, every write of a record asks for it.

    ``is_open`` while an amendment is: then the rows of the period may be corrected.
    """

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="seals", verbose_name=_("cluster"))
    date_from = models.DateField(_("from"))
    date_to = models.DateField(_("to"))
    signed_at = models.DateTimeField(_("signed at"))
    is_open = models.BooleanField(_("open for corrections"), default=False)

    objects = SealQuerySet.as_manager()

    class Meta:
        verbose_name = _("signed period")
        verbose_name_plural = _("signed periods")
        ordering = ("cluster", "date_from", "date_to")
        constraints = (
            models.UniqueConstraint(
                fields=("cluster", "date_from", "date_to"),
                name="seal_once_a_period",
                violation_error_message=_("This period is already signed."),
            ),
            models.CheckConstraint(
                condition=Q(date_to__gte=F("date_from")),
                name="seal_dates_in_order",
                violation_error_message=_("The last day is before the first."),
            ),
        )

    def __str__(self) -> str:
        """ "năm 2017" for a reporting year of the cluster, else the two dates."""
        if (self.date_from, self.date_to) == self.cluster.reporting_year(self.date_to.year):
            return gettext("the year %(year)d") % {"year": self.date_to.year}
        return f"{self.date_from:%d/%m/%Y} – {self.date_to:%d/%m/%Y}"


def sealed_after(day: "str | F | models.OuterRef", written_at: "str | F | models.OuterRef") -> models.Exists:
    """Whether the row of ``cluster`` counts on a day that was signed before the row was written.

    Both are names of the outer row's fields, or expressions of it.
    """
    day, written_at = (models.OuterRef(name) if isinstance(name, str) else name for name in (day, written_at))
    signed = Seal.objects.filter(cluster=models.OuterRef("cluster"), date_from__lte=day, date_to__gte=day)
    return models.Exists(signed.filter(signed_at__lt=written_at))
