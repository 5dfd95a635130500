"""What a cluster means to do in a time: a plan with its targets, measured by the figures of the review."""

import datetime as dt
from typing import Any

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from cluster.fields import Folded, Line, Paragraphs
from cluster.models import Document, Party, PoliceUnit
from cluster.models.records import RecordQuerySet, RegisterRecord
from cluster.validators import no_identity
from incidents.metrics import METRICS
from reports.periods import Period


class Workplan(RegisterRecord):
    """A plan (kế hoạch) for some days, both included. It sets targets and counts in no figure itself.

    What stands in its document is read there and entered nowhere else: number, date and who approved it.
    """

    noun, dated_by, counted_by = "workplan", "date_from", ()

    name = Line(_("name of the plan"), max_length=200, validators=[no_identity])
    document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="workplans",
        verbose_name=_("document of the plan"),
        help_text=_("Number, date and approver are read there."),
    )
    symbol = Line(_("number and symbol"), max_length=50, blank=True, validators=[no_identity])
    date_from = models.DateField(pgettext_lazy("of a plan", "from"))
    date_to = models.DateField(pgettext_lazy("of a plan", "to"))
    approver = Line(_("approved by"), max_length=150, blank=True, validators=[no_identity])
    approved_on = models.DateField(_("approved on"), null=True, blank=True)
    content = Paragraphs(_("main content"), blank=True, validators=[no_identity])
    search = Folded(of=("name", "symbol", "content"))
    history = HistoricalRecords(excluded_fields=["search", "approver"])

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("of work", "plan")
        verbose_name_plural = pgettext_lazy("of work", "plans")
        ordering = ("-date_from", "-pk")
        indexes = (models.Index(fields=("cluster", "date_from", "date_to"), name="workplan_of_cluster_and_dates"),)
        constraints = (
            models.CheckConstraint(
                condition=Q(date_to__gte=F("date_from")),
                name="workplan_dates_in_order",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="workplan_name_given"),
            models.UniqueConstraint(
                fields=("document",),
                condition=Q(deleted_at=None),
                name="workplan_once_a_document",
                violation_error_message=_("There is a plan with targets of this document already."),
            ),
            models.CheckConstraint(
                condition=Q(document=None) | Q(symbol="", approver="", approved_on=None),
                name="workplan_number_in_one_place",
                violation_error_message=_("This stands in the document of the plan."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.number_symbol})" if self.number_symbol else self.name

    @property
    def paper(self) -> Document | None:
        """Its document, unless that was deleted since."""
        return self.document if self.document and not self.document.is_deleted else None

    @property
    def number_symbol(self) -> str:
        return self.paper.number_symbol if self.paper else self.symbol

    @property
    def approved_by(self) -> str:
        return self.paper.approver if self.paper else self.approver

    @property
    def dated_on(self) -> dt.date | None:
        """When it was issued or, without a document, approved."""
        return self.paper.issued_on if self.paper else self.approved_on

    @property
    def period(self) -> Period:
        return Period(self.date_from, self.date_to)


class Target(models.Model):
    """So much of a figure by the end of the plan, of the whole cluster, a party or a unit."""

    workplan = models.ForeignKey(Workplan, models.CASCADE, related_name="targets", verbose_name=_("plan"))
    metric = models.SlugField(_("figure"), max_length=40, db_index=False)
    party = models.ForeignKey(Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("party"))
    unit = models.ForeignKey(
        PoliceUnit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit")
    )
    amount = models.PositiveIntegerField(_("target"))
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("target")
        verbose_name_plural = _("targets")
        ordering = ("workplan", "pk")
        constraints = (
            models.UniqueConstraint(
                "workplan",
                "metric",
                Coalesce("party", 0),
                Coalesce("unit", 0),
                name="target_once_a_plan",
                violation_error_message=_("The plan already has a target for this figure and unit."),
            ),
            models.CheckConstraint(
                condition=Q(amount__gte=1),
                name="target_is_something",
                violation_error_message=_("A target is at least 1."),
            ),
            models.CheckConstraint(condition=Q(party=None) | Q(unit=None), name="target_of_party_or_unit"),
            models.CheckConstraint(condition=~Q(metric=""), name="target_metric_given"),
        )

    def __str__(self) -> str:
        return f"{self.label}: {self.amount}"

    @property
    def label(self) -> str:
        metric = METRICS.get(self.metric)
        return str(metric.label) if metric else self.metric

    @property
    def scope(self) -> tuple[str, Any, Any]:
        """By which it is known in its plan."""
        return self.metric, self.party_id, self.unit_id
