"""The review of a cluster and a period: its text while it is a draft, and what was signed."""

import json
from functools import cached_property
from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from cluster.fields import Folded, Line, Paragraphs
from cluster.models import Cluster, Party
from cluster.validators import no_identity
from reports.periods import Period


class Review(models.Model):
    """A review of a period beside the period it is compared with. Signed, it keeps what it said that day.

    ``snapshot`` is the canonical JSON of all figures and of the rows behind them, ``snapshot_hash`` its SHA-256.
    """

    class State(models.TextChoices):
        DRAFT = "draft", pgettext_lazy("review", "draft")
        SIGNED = "signed", pgettext_lazy("review", "signed")

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="reviews", verbose_name=_("cluster"))
    date_from = models.DateField(_("from"))
    date_to = models.DateField(_("to"))
    compare_from = models.DateField(_("compared from"))
    compare_to = models.DateField(_("compared to"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.DRAFT, editable=False)
    # Of the paper: its number in the board's own series of the year, and the day and place it bears.
    number = models.PositiveSmallIntegerField(_("number"), null=True, blank=True)
    issued_on = models.DateField(_("date issued"), null=True, blank=True)
    place = Line(_("place of issue"), max_length=100, blank=True)
    signed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("signer")
    )
    signed_for = models.ForeignKey(
        Party, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("signed for")
    )
    # The lines above the signature as they stood that day, such as "TM. BAN ĐIỀU HÀNH" and "TRƯỞNG BAN".
    signed_as = Paragraphs(_("signer's capacity"), blank=True, editable=False)
    signed_name = Line(_("signer's name"), max_length=150, blank=True, editable=False)
    signed_at = models.DateTimeField(_("signed at"), null=True, editable=False)
    snapshot = models.TextField(default="", blank=True, editable=False)
    snapshot_hash = models.CharField(max_length=64, default="", blank=True, editable=False)
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords(excluded_fields=["snapshot", "signed_name"])

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        ordering = ("-date_to", "-date_from")
        constraints = (
            models.UniqueConstraint(
                fields=("cluster", "date_from", "date_to"),
                name="review_once_a_period",
                violation_error_message=_("There is already a review of this period."),
            ),
            models.CheckConstraint(
                condition=Q(date_to__gte=F("date_from")) & Q(compare_to__gte=F("compare_from")),
                name="review_dates_in_order",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(state="draft", signed_at=None, signed_by=None, snapshot="", snapshot_hash="")
                | (
                    Q(state="signed", signed_at__isnull=False, signed_by__isnull=False, issued_on__isnull=False)
                    & ~Q(snapshot="")
                    & ~Q(snapshot_hash="")
                ),
                name="review_signed_with_its_snapshot",
            ),
        )

    def __str__(self) -> str:
        return f"{self.cluster} {self.date_from:%d/%m/%Y}–{self.date_to:%d/%m/%Y}"

    def get_absolute_url(self) -> str:
        return reverse("reports:review", args=[self.cluster.slug, self.period.slug_in(self.cluster)])

    @property
    def period(self) -> Period:
        return Period(self.date_from, self.date_to)

    @property
    def comparison(self) -> Period:
        return Period(self.compare_from, self.compare_to)

    @property
    def is_signed(self) -> bool:
        return self.state == self.State.SIGNED


class Section(models.Model):
    """A part of a review's text as somebody wrote it; what nobody wrote follows the figures while in draft.

    ``proposal`` is what was proposed when it was written, so that a page can show that it was edited.
    """

    class Kind(models.TextChoices):
        SITUATION = "situation", _("Situation")
        RESULTS = "results", _("Results")
        STRENGTHS = "strengths", _("Strengths")
        SHORTCOMINGS = "shortcomings", _("Shortcomings")
        CAUSES = "causes", _("Causes")
        DIRECTION = "direction", _("Direction and key tasks")
        PROPOSALS = "proposals", _("Recommendations")

    review = models.ForeignKey(Review, models.CASCADE, related_name="sections", verbose_name=_("review"))
    kind = models.CharField(_("section"), max_length=15, choices=Kind.choices)
    text = Paragraphs(_("text"), validators=[no_identity])
    proposal = Paragraphs(_("what was proposed"), blank=True, editable=False)
    written_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name=_("written by")
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    # A section may run to several pages.
    search = Folded(of=("text",), max_length=20_000)
    history = HistoricalRecords(excluded_fields=["search"])

    class Meta:
        verbose_name = _("section of a review")
        verbose_name_plural = _("sections of reviews")
        ordering = ("review", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("review", "kind"),
                name="section_once_a_review",
                violation_error_message=_("This section is already written."),
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=(
                        *("situation", "results", "strengths", "shortcomings", "causes", "direction", "proposals"),
                    )
                ),
                name="section_kind_known",
            ),
        )

    def __str__(self) -> str:
        return str(self.get_kind_display())


class Return(models.Model):
    """A leader gave the draft back, with a reason that reaches who prepares it; answered when it is written anew."""

    review = models.ForeignKey(Review, models.CASCADE, related_name="returns", verbose_name=_("review"))
    reason = Paragraphs(_("reason"), validators=[no_identity])
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("returned by")
    )
    returned_at = models.DateTimeField(_("returned at"))
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("settled by")
    )
    settled_at = models.DateTimeField(_("settled at"), null=True)

    class Meta:
        verbose_name = _("return of a review")
        verbose_name_plural = _("returns of reviews")
        ordering = ("-returned_at", "-pk")
        constraints = (
            models.CheckConstraint(condition=~Q(reason=""), name="return_reason_given"),
            models.CheckConstraint(
                condition=Q(settled_at=None, settled_by=None) | Q(settled_at__isnull=False, settled_by__isnull=False),
                name="return_settled_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return self.reason


class Countersignature(models.Model):
    """The signature of another party's leader below the one that signed first."""

    review = models.ForeignKey(Review, models.PROTECT, related_name="countersignatures", verbose_name=_("review"))
    party = models.ForeignKey(Party, models.PROTECT, related_name="+", verbose_name=_("party"))
    signed_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("signer"))
    signed_as = Paragraphs(_("signer's capacity"), blank=True)
    signed_name = Line(_("signer's name"), max_length=150, blank=True)
    signed_at = models.DateTimeField(_("signed at"))

    class Meta:
        verbose_name = _("countersignature")
        verbose_name_plural = _("countersignatures")
        ordering = ("signed_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("review", "party"),
                name="countersignature_once_a_party",
                violation_error_message=_("This party has already countersigned."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.party} · {self.signed_name}"


class Amendment(models.Model):
    """A change to the rows of a signed review, opened by a leader: số 1, 2, … in its review, never renumbered.

    While it is open the rows of the period may be corrected; closed, it keeps what the figures said before and after
    (canonical JSON) and its hash, which covers that of the snapshot or amendment before it.
    """

    review = models.ForeignKey(Review, models.PROTECT, related_name="amendments", verbose_name=_("review"))
    number = models.PositiveSmallIntegerField(_("amendment number"))
    reason = Paragraphs(_("reason"), validators=[no_identity])
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("opened by")
    )
    opened_at = models.DateTimeField(_("opened at"))
    closed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("closed by")
    )
    closed_at = models.DateTimeField(_("closed at"), null=True)
    changes = models.TextField(default="", blank=True, editable=False)
    changes_hash = models.CharField(max_length=64, default="", blank=True, editable=False)

    class Meta:
        verbose_name = _("amendment")
        verbose_name_plural = _("amendments")
        ordering = ("review", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("review", "number"),
                name="amendment_number_once_a_review",
                violation_error_message=_("There is already an amendment of this number."),
            ),
            models.UniqueConstraint(
                fields=("review",),
                condition=Q(closed_at=None),
                name="amendment_one_open_a_review",
                violation_error_message=_("An amendment of this review is already open."),
            ),
            models.CheckConstraint(condition=~Q(reason="") & Q(number__gte=1), name="amendment_reason_given"),
            models.CheckConstraint(
                condition=Q(closed_at=None, closed_by=None, changes="", changes_hash="")
                | (Q(closed_at__isnull=False, closed_by__isnull=False) & ~Q(changes="") & ~Q(changes_hash="")),
                name="amendment_closed_with_its_changes",
            ),
        )

    def __str__(self) -> str:
        return f"{self.review} · {self.number}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @cached_property
    def said(self) -> dict[str, Any]:
        """What was closed with it; empty while it is open."""
        return json.loads(self.changes) if self.changes else {}

    @property
    def figures_after(self) -> dict[str, Any]:
        return {key: figure["after"] for key, figure in self.said["figures"].items()}

    @staticmethod
    def next_number(review: Review) -> int:
        last: Any = review.amendments.aggregate(last=models.Max("number"))["last"]
        return (last or 0) + 1
