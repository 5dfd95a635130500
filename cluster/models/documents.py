"""The papers a cluster works by: its regulation with the articles, plans, directives from above, decisions …"""

import datetime as dt
import re
import uuid
from pathlib import PurePath
from typing import Any, ClassVar, NamedTuple, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cluster.articles import LONGEST_TITLE, check_articles
from cluster.fields import Folded, Line, Paragraphs, YearOf
from cluster.models.clusters import Cluster
from cluster.models.papers import PaperSettings
from cluster.models.records import RecordQuerySet, RegisterRecord
from cluster.validators import no_identity


def stored_name(document: "Document", name: str) -> str:
    """A random name, for the one that the file came with may say more than it should; the ending is ours."""
    return f"documents/{uuid.uuid4().hex}{PurePath(name).suffix}"


class PlaceInSeries(NamedTuple):
    series: str
    year: int
    number: int | None


class DocumentQuerySet(RecordQuerySet):
    def on(self, day: dt.date) -> Self:
        """Those in force on the day: issued, begun, not ended, and not replaced by one that had begun by then."""
        rows = self.annotate(
            begins=Coalesce("valid_from", "issued_on"),
            replaced_from=Coalesce("replaced_by__valid_from", "replaced_by__issued_on"),
        )
        return rows.filter(
            Q(valid_to=None) | Q(valid_to__gte=day),
            Q(replaced_from=None) | Q(replaced_from__gt=day) | Q(replaced_by__deleted_at__isnull=False),
            begins__lte=day,
        )

    def regulations(self) -> Self:
        return self.filter(kind=Document.Kind.REGULATION)


class Document(RegisterRecord):
    """Issued by the board of the cluster itself where ``issuer`` is empty: it then bears a number of its series."""

    class Kind(models.TextChoices):
        REGULATION = "regulation", _("regulation")
        PLAN = "plan", pgettext_lazy("one", "plan")
        DIRECTIVE = "directive", _("directive from above")
        DECISION = "decision", _("decision")
        NOTICE = "notice", pgettext_lazy("one", "notice")
        MINUTES = "minutes", _("minutes")
        REPORT = "report", _("report")
        INVITATION = "invitation", _("invitation")
        OTHER = "other", _("another document")

    # Nghị định 30/2020/NĐ-CP, Phụ lục III: what stands in the symbol, and names the series of its numbers.
    ABBREVIATIONS = {
        Kind.REGULATION: "QC",
        Kind.PLAN: "KH",
        Kind.DECISION: "QĐ",
        Kind.NOTICE: "TB",
        Kind.MINUTES: "BB",
        Kind.REPORT: "BC",
        Kind.INVITATION: "GM",
    }
    # Of the others nobody asks whether they are in force: they say what was, or invite to it.
    BINDING = (Kind.REGULATION, Kind.PLAN, Kind.DIRECTIVE, Kind.DECISION, Kind.NOTICE)
    noun, dated_by, ends_by, minds_others = "document", "issued_on", "valid_to", True
    # What a cluster works by, not what it did: no figure counts papers.
    counted_by = ()

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    issuer = Line(
        _("issuer"),
        max_length=200,
        blank=True,
        validators=[no_identity],
        help_text=_("Empty: the board of the cluster."),
    )
    number_symbol = Line(
        _("number and symbol"),
        max_length=60,
        blank=True,
        validators=[no_identity],
        help_text=_("Such as 02/QCPH-CA. Empty for a paper of the board: the next number of its series."),
    )
    issued_on = models.DateField(_("date of issue"))
    year = YearOf(of="issued_on")
    abstract = Line(_("abstract"), max_length=300, validators=[no_identity])
    signer = Line(_("signer and post"), max_length=150, blank=True, validators=[no_identity])
    approver = Line(
        _("approved by"),
        max_length=150,
        blank=True,
        validators=[no_identity],
        help_text=_("Of a plan: who approved it."),
    )
    valid_from = models.DateField(
        _("in force from"),
        null=True,
        blank=True,
        help_text=_("Empty: from the date of issue. Of a plan: its first day."),
    )
    valid_to = models.DateField(_("in force until"), null=True, blank=True, help_text=_("Of a plan: its last day."))
    replaced_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="replaces", verbose_name=_("replaced by")
    )
    file = models.FileField(_("file"), upload_to=stored_name, blank=True)
    articles_text = Paragraphs(
        _("articles"),
        blank=True,
        validators=[no_identity, check_articles],
        help_text=_("Of a regulation: each begins on a line of its own with “Điều 1. …”, its text follows."),
    )
    search = Folded(of=("number_symbol", "abstract", "issuer"))
    # The history names persons by key only: their names stand in this one row, where they can be mended or erased.
    history = HistoricalRecords(excluded_fields=["search", "signer", "approver"])

    objects = DocumentQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("one", "document")
        verbose_name_plural = pgettext_lazy("several", "documents")
        ordering = ("-issued_on", "-pk")
        indexes = (models.Index(fields=("cluster", "issued_on"), name="document_of_cluster_and_date"),)
        constraints = (
            models.UniqueConstraint(
                fields=("cluster", "issuer", "year", "number_symbol"),
                condition=Q(deleted_at=None) & ~Q(number_symbol=""),
                name="document_number_once_a_year",
                violation_error_message=_("This number has already been used in that year."),
            ),
            models.CheckConstraint(
                condition=Q(
                    kind__in=(
                        *("regulation", "plan", "directive", "decision", "notice", "minutes", "report"),
                        *("invitation", "other"),
                    )
                )
                & ~Q(abstract=""),
                name="document_kind_and_abstract_given",
            ),
            models.CheckConstraint(
                condition=~Q(kind="directive", issuer=""),
                name="document_directive_has_an_issuer",
                violation_error_message=_("A directive comes from above: say who issued it."),
            ),
            models.CheckConstraint(
                condition=Q(valid_to=None)
                | Q(valid_from=None, valid_to__gte=F("issued_on"))
                | Q(valid_from__isnull=False, valid_to__gte=F("valid_from")),
                name="document_validity_in_order",
                violation_error_message=_("The last day in force is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(articles_text="") | Q(kind="regulation"),
                name="document_articles_of_a_regulation",
                violation_error_message=_("Only a regulation has articles here."),
            ),
        )

    def __str__(self) -> str:
        return " ".join(filter(None, [self.get_kind_display().capitalize(), self.number_symbol or self.abstract]))

    @property
    def series(self) -> str:
        """The kind of paper whose numbers it shares."""
        return self.ABBREVIATIONS.get(self.Kind(self.kind), "VB")

    @property
    def symbol(self) -> str:
        """What a paper of the board bears behind its number, such as KH-BĐH."""
        settings = PaperSettings.of(self.cluster)
        kind = self.ABBREVIATIONS.get(self.Kind(self.kind))
        return settings.symbol_of(kind) if kind else settings.symbol

    @property
    def place_in_series(self) -> PlaceInSeries:
        found = re.match(r"\d{1,4}(?!\d)", self.number_symbol)
        return PlaceInSeries(self.series, self.issued_on.year, int(found[0]) if found else None)

    def is_in_force(self, day: dt.date) -> bool:
        """As ``on`` has it, for the row in hand."""
        later = self.replaced_by
        if later and not later.is_deleted and later.begins_on <= day:
            return False
        return self.begins_on <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def begins_on(self) -> dt.date:
        return self.valid_from or self.issued_on

    def clean(self) -> None:
        if self.replaced_by_id and self.replaced_by_id == self.pk:
            raise ValidationError({"replaced_by": gettext("A document does not replace itself.")}, code="itself")
        super().clean()

    def check_others(self) -> None:
        """A number and symbol stands once in a year's series of an issuer; what sets targets is a plan."""
        own: Any = self  # plans with targets are tied to it by a later app
        if self.pk and self.kind != self.Kind.PLAN and own.workplans.filter(deleted_at=None).exists():
            raise ValidationError(
                {"kind": gettext("A plan with targets names this document as its own: it stays a plan.")},
                code="is a plan",
            )
        if not (self.number_symbol and self.issued_on):
            return
        same = Document.objects.of(self.cluster).filter(issuer=self.issuer, issued_on__year=self.issued_on.year)
        if same.filter(number_symbol=self.number_symbol).exclude(pk=self.pk).exists():
            said = gettext("Document number %(number)s has already been used in %(year)s.")
            said %= {"number": self.number_symbol, "year": self.issued_on.year}
            raise ValidationError({"number_symbol": said}, code="number taken")


class ArticleQuerySet(models.QuerySet["Article"]):
    def of(self, cluster: Cluster) -> Self:
        """Those of its regulations of all times."""
        return self.filter(document__in=Document.objects.of(cluster).regulations().values("pk"))

    def in_force(self, cluster: Cluster, day: dt.date) -> Self:
        """Those of the cluster's regulations of the day."""
        regulations = Document.objects.of(cluster).regulations().on(day)
        return self.filter(document__in=regulations.values("pk"))


class Article(models.Model):
    """An article of a regulation, which tasks and activities name; written from the text of its document."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="articles", verbose_name=_("regulation"))
    number = models.PositiveSmallIntegerField(_("number"))
    title = Line(_("title"), max_length=LONGEST_TITLE, blank=True)
    text = Paragraphs(_("text"), blank=True)

    objects = ArticleQuerySet.as_manager()

    class Meta:
        verbose_name = _("article")
        verbose_name_plural = _("articles")
        ordering = ("document", "number")
        constraints = (
            models.UniqueConstraint(
                fields=("document", "number"),
                name="article_number_once_a_regulation",
                violation_error_message=_("The regulation already has an article of this number."),
            ),
        )

    def __str__(self) -> str:
        said = gettext("Article %(number)s. %(title)s") % {"number": self.number, "title": self.title}
        return said.rstrip(". ")

    def get_absolute_url(self) -> str:
        return f"{self.document.get_absolute_url()}#article-{self.number}"


class CarriesOut(models.Model):
    """Abstract: a record of a task or an activity, which may name the article it carries out.

    ``told_with`` names the rows that its own name is made of.
    """

    told_with: ClassVar[tuple[str, ...]] = ()

    article = models.ForeignKey(
        Article,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("article that it carries out"),
    )

    class Meta:
        abstract = True

    @classmethod
    def list_view(cls) -> str:
        """The name of the address of its list, which ``article`` narrows."""
        return f"{cls.noun}_list"  # type: ignore[attr-defined]

    @property
    def asked_by(self) -> dt.date | None:
        """The day by which a task is to be done; what was done says its day in its name."""
        return None
