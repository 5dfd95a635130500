"""Peak campaigns and the protection of holidays."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cluster.fields import Folded, Line
from cluster.models import Cluster, Span
from cluster.validators import no_identity


class CampaignQuerySet(models.QuerySet["Campaign"]):
    def in_period(self, start: dt.date, end: dt.date) -> Self:
        """The campaigns of which at least a day lies in the period."""
        return self.filter(date_from__lte=end, date_to__gte=start)


class Campaign(models.Model):
    """A peak campaign or the protection of a holiday, with the patrols that served it."""

    class Kind(models.TextChoices):
        PEAK = "peak", _("peak campaign")
        HOLIDAY = "holiday", _("holiday protection")

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="campaigns", verbose_name=_("cluster"))
    name = Line(_("name"), max_length=200, validators=[no_identity])
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.PEAK)
    date_from = models.DateField(_("from"))
    date_to = models.DateField(_("to"))
    plan = Line(
        _("plan"), max_length=200, blank=True, validators=[no_identity], help_text=_("Number and symbol of the plan.")
    )
    search = Folded(of=("name", "plan"))
    history = HistoricalRecords(excluded_fields=["search"])

    objects = CampaignQuerySet.as_manager()

    class Meta:
        verbose_name = _("campaign")
        verbose_name_plural = _("campaigns")
        ordering = ("-date_from", "name")
        constraints = (
            models.UniqueConstraint(
                fields=("cluster", "name"),
                name="campaign_name_once_a_cluster",
                violation_error_message=_("The cluster already has a campaign of this name."),
            ),
            models.CheckConstraint(
                condition=Q(date_to__gte=F("date_from")),
                name="campaign_dates_in_order",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="campaign_name_given"),
            models.CheckConstraint(condition=Q(kind__in=("peak", "holiday")), name="campaign_kind_known"),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def span(self) -> Span:
        return Span(self.date_from, self.date_to)
