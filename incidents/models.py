"""Incidents by year, figures known only as totals, and awards."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cluster.fields import Folded, Line, Paragraphs
from cluster.models import AdministrativeUnit, Cluster, CrimeReport, MemberUnit, Officer, Party, PoliceUnit, Seal, Span
from cluster.models.records import Record, RecordQuerySet
from cluster.models.units import Validity, ValidityQuerySet, validity_in_order
from cluster.validators import no_identity
from incidents.metrics import METRICS, MONTHLY
from patrols.models import JointPatrol


class Category(Validity):
    """A category of incidents in a cluster. Its name is unique there, whatever the group."""

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="categories", verbose_name=_("cluster"))
    group = Line(_("group"), max_length=100, blank=True)
    name = Line(_("name"), max_length=150)
    search = Folded(of=("name",))
    history = HistoricalRecords()

    objects = ValidityQuerySet.as_manager()

    class Meta:
        verbose_name = _("category of incidents")
        verbose_name_plural = _("categories of incidents")
        ordering = ("group", "name")
        constraints = (
            models.UniqueConstraint(
                fields=("cluster", "name"),
                name="category_name_once_a_cluster",
                violation_error_message=_("The cluster already has a category of this name."),
            ),
            models.CheckConstraint(condition=~Q(name=""), name="category_name_given"),
            validity_in_order("category_validity_in_order"),
        )

    def __str__(self) -> str:
        return self.name


class IncidentQuerySet(RecordQuerySet):
    def in_period(self, start: dt.date, end: dt.date) -> Self:
        """Counting rule 4: by local date of occurrence."""
        return self.filter(occurred_on__range=(start, end))

    def totals(self) -> dict[str, int | None]:
        """``incidents``, the known ``persons`` (None: not known of any) and how many incidents tell none."""
        return self.order_by().aggregate(
            incidents=models.Count("pk"),
            persons=models.Sum("persons_involved"),
            unknown=models.Count("pk", filter=Q(persons_involved=None)),
        )


class Incident(Record):
    """A matter of public order, told without anybody's identity. Times are local (Asia/Ho_Chi_Minh)."""

    class Outcome(models.TextChoices):
        RECEIVED = "received", _("received")
        VERIFYING = "verifying", _("being verified")
        RESOLVED = "resolved", _("resolved")
        TRANSFERRED = "transferred", _("transferred up")

    counted_by = ("occurred_on",)

    code = Line(_("incident code"), max_length=50, blank=True, help_text=_("Of the cluster's own log, if it has one."))
    occurred_on = models.DateField(_("date of occurrence"))
    occurred_at = models.TimeField(_("time of occurrence"), null=True, blank=True)
    commune = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("of an incident", "commune"),
    )
    place = Line(_("place"), max_length=200, blank=True, validators=[no_identity])
    category = models.ForeignKey(Category, models.PROTECT, related_name="incidents", verbose_name=_("category"))
    persons_involved = models.PositiveIntegerField(
        _("persons involved"), null=True, blank=True, help_text=_("A number only. Empty: not known.")
    )
    patrol = models.ForeignKey(
        JointPatrol,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="incidents",
        verbose_name=_("found on patrol"),
    )
    from_crime_report = models.BooleanField(_("came from a crime report"), default=False)
    crime_report = models.ForeignKey(
        CrimeReport,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="incidents",
        verbose_name=_("crime report of the register"),
    )
    unit = models.ForeignKey(PoliceUnit, models.PROTECT, related_name="incidents", verbose_name=_("handling unit"))
    cooperating_units = models.ManyToManyField(
        PoliceUnit, blank=True, related_name="+", verbose_name=_("cooperating units")
    )
    outcome = models.CharField(_("outcome"), max_length=15, choices=Outcome.choices, default=Outcome.RECEIVED)
    summary = Paragraphs(_("summary"), blank=True, validators=[no_identity])
    seized_items = Line(_("seized items"), max_length=300, blank=True, validators=[no_identity])
    search = Folded(of=("code", "place", "summary", "seized_items"))
    history = HistoricalRecords(m2m_fields=[cooperating_units], excluded_fields=["search"])

    objects = IncidentQuerySet.as_manager()

    class Meta:
        verbose_name = _("incident")
        verbose_name_plural = _("incidents")
        ordering = ("-occurred_on", "-occurred_at", "-pk")
        indexes = (
            models.Index(
                fields=("cluster", "occurred_on", "category", "unit", "outcome", "persons_involved"),
                name="incident_of_cluster_and_date",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("cluster", "code"),
                condition=~Q(code=""),
                name="incident_code_once_a_cluster",
                violation_error_message=_("The cluster already has an incident of this code."),
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=("received", "verifying", "resolved", "transferred")),
                name="incident_outcome_known",
            ),
            models.CheckConstraint(
                condition=Q(crime_report=None) | Q(from_crime_report=True),
                name="incident_of_report_came_from_one",
                violation_error_message=_("An incident of a crime report came from a crime report."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.occurred_on:%d/%m/%Y} · {self.category}"

    def get_absolute_url(self) -> str:
        return reverse("incidents:incident_detail", args=[self.cluster.slug, self.client_id])

    def warnings(self) -> list[str]:
        """What is unlikely, in words; nothing of it blocks logging."""
        units = {unit.pk: unit for unit in (self.unit, *self.cooperating_units.all())}
        members = MemberUnit.objects.on(self.occurred_on).filter(party__cluster=self.cluster_id, unit__in=units)
        member_ids = {member.unit_id for member in members}
        found = [unit.outsider_warning(self.occurred_on) for pk, unit in units.items() if pk not in member_ids]
        if self.commune and (expired := self.commune.expiry_warning(self.occurred_on)):
            found.append(expired)
        if self.patrol and abs(self.patrol.local_date - self.occurred_on) > dt.timedelta(days=1):
            found.append(
                gettext("The patrol that found the incident took place on %(date)s.")
                % {"date": f"{self.patrol.local_date:%d/%m/%Y}"}
            )
        return list(dict.fromkeys(found))

    def likely_twins(self) -> IncidentQuerySet:
        """Other records of the cluster that may tell the same incident: same day, category and commune."""
        same = Incident.objects.of(self.cluster).filter(occurred_on=self.occurred_on, category=self.category)
        return same.filter(commune=self.commune).exclude(pk=self.pk)


class DeclaredFigureQuerySet(models.QuerySet["DeclaredFigure"]):
    def within(self, start: dt.date, end: dt.date) -> Self:
        """The rows that lie wholly in the period: only such can help to cover it."""
        return self.filter(date_from__gte=start, date_to__lte=end)

    def late(self) -> Self:
        """Declared after a period that holds their days had been signed."""
        entries = DeclaredFigure.history.filter(id=models.OuterRef("pk"), history_type="+").order_by("history_id")
        signed = Seal.objects.filter(
            cluster=models.OuterRef("cluster"),
            date_from__lte=models.OuterRef("date_from"),
            date_to__gte=models.OuterRef("date_to"),
            signed_at__lt=models.OuterRef("written_at"),
        )
        first = models.Subquery(entries.values("history_date")[:1])
        return self.annotate(written_at=first).filter(models.Exists(signed))


class DeclaredFigure(models.Model):
    """A figure known only as a total, of the cluster, a party or a unit, and of all categories or one (rule 4)."""

    class Qualifier(models.TextChoices):
        EXACT = "exact", "đúng"
        MORE = "hơn", "hơn"
        OVER = "trên", "trên"
        NEARLY = "gần", "gần"
        ABOUT = "khoảng", "khoảng"

    cluster = models.ForeignKey(Cluster, models.PROTECT, db_index=False, related_name="declared_figures")
    metric = models.SlugField(_("figure"), max_length=40, db_index=False)
    date_from = models.DateField(_("from"))
    date_to = models.DateField(_("to"))
    party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="declared_figures", verbose_name=_("party")
    )
    unit = models.ForeignKey(
        PoliceUnit, models.PROTECT, null=True, blank=True, related_name="declared_figures", verbose_name=_("unit")
    )
    category = models.ForeignKey(
        Category, models.PROTECT, null=True, blank=True, related_name="declared_figures", verbose_name=_("category")
    )
    value = models.PositiveBigIntegerField(_("value"))
    qualifier = models.CharField(_("exactness"), max_length=10, choices=Qualifier.choices, default=Qualifier.EXACT)
    source = Line(_("source"), max_length=300, blank=True, validators=[no_identity])
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, editable=False, related_name="+"
    )
    version = models.PositiveIntegerField(default=1, editable=False)
    search = Folded(of=("source",))
    history = HistoricalRecords(excluded_fields=["search"])

    objects = DeclaredFigureQuerySet.as_manager()

    class Meta:
        verbose_name = _("declared figure")
        verbose_name_plural = _("declared figures")
        ordering = ("-date_to", "metric", "pk")
        indexes = (models.Index(fields=("cluster", "date_from", "date_to"), name="declared_of_cluster_and_dates"),)
        constraints = (
            models.UniqueConstraint(
                "cluster",
                "metric",
                "date_from",
                "date_to",
                Coalesce("party", 0),
                Coalesce("unit", 0),
                Coalesce("category", 0),
                name="declared_figure_once",
                violation_error_message=_("This figure is already declared for these dates, unit and category."),
            ),
            models.CheckConstraint(
                condition=Q(date_to__gte=F("date_from")),
                name="declared_figure_dates_in_order",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(party__isnull=True) | Q(unit__isnull=True), name="declared_figure_of_party_or_unit"
            ),
            models.CheckConstraint(
                condition=Q(qualifier__in=("exact", "hơn", "trên", "gần", "khoảng")),
                name="declared_figure_qualifier_known",
            ),
            models.CheckConstraint(condition=~Q(metric=""), name="declared_figure_metric_given"),
        )

    def __str__(self) -> str:
        return f"{self.metric} {self.date_from:%d/%m/%Y}–{self.date_to:%d/%m/%Y}: {self.value}"

    @property
    def span(self) -> Span:
        return Span(self.date_from, self.date_to)

    @property
    def label(self) -> str:
        metric = METRICS.get(self.metric)
        return str(metric.label) if metric else self.metric

    @property
    def is_none(self) -> bool:
        """Whether a unit says that it had nothing of the kind, "không phát sinh" (counting rule 5)."""
        return self.value == 0 and self.unit_id is not None and self.metric in MONTHLY


class AwardQuerySet(RecordQuerySet):
    def in_period(self, start: dt.date, end: dt.date) -> Self:
        return self.filter(decided_on__range=(start, end))

    def totals(self) -> dict[str, int]:
        """How many ``collectives`` and ``individuals``."""
        return self.order_by().aggregate(
            collectives=models.Count("pk", filter=Q(recipient=Award.Recipient.COLLECTIVE)),
            individuals=models.Count("pk", filter=Q(recipient=Award.Recipient.INDIVIDUAL)),
        )


class Award(Record):
    """An award by decision, to a collective or an individual."""

    class Recipient(models.TextChoices):
        COLLECTIVE = "collective", _("collective")
        INDIVIDUAL = "individual", _("individual")

    class Level(models.TextChoices):
        COMMUNE = "commune", pgettext_lazy("level of an award", "commune")
        DISTRICT = "district", pgettext_lazy("level of an award", "district")
        PROVINCE = "province", pgettext_lazy("level of an award", "province")
        MINISTRY = "ministry", pgettext_lazy("level of an award", "ministry")

    counted_by = ("decided_on",)

    decision_number = Line(_("decision number"), max_length=50)
    decided_on = models.DateField(_("decision date"))
    form = Line(_("form of award"), max_length=100, validators=[no_identity])
    level = models.CharField(_("awarding level"), max_length=10, choices=Level.choices, blank=True)
    recipient = models.CharField(_("recipient"), max_length=10, choices=Recipient.choices)
    name = Line(_("name of the recipient"), max_length=150, validators=[no_identity])
    unit = models.ForeignKey(
        PoliceUnit, models.PROTECT, null=True, blank=True, related_name="awards", verbose_name=_("unit")
    )
    officer = models.ForeignKey(
        Officer, models.PROTECT, null=True, blank=True, related_name="awards", verbose_name=_("officer")
    )
    achievement = Paragraphs(_("achievement"), blank=True, validators=[no_identity])
    search = Folded(of=("decision_number", "name", "form"))
    # The history names persons by key only: the name stands in this one row, where it can be mended or erased.
    history = HistoricalRecords(excluded_fields=["name", "search"])

    objects = AwardQuerySet.as_manager()

    class Meta:
        verbose_name = _("award")
        verbose_name_plural = _("awards")
        ordering = ("-decided_on", "decision_number", "name")
        indexes = (
            models.Index(fields=("cluster", "decided_on", "recipient", "unit"), name="award_of_cluster_and_date"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("cluster", "decision_number", "decided_on", "recipient", "name"),
                condition=Q(deleted_at__isnull=True),
                name="award_once",
                violation_error_message=_("This award is already there."),
            ),
            models.CheckConstraint(
                condition=Q(recipient__in=("collective", "individual")), name="award_recipient_known"
            ),
            models.CheckConstraint(
                condition=Q(level__in=("", "commune", "district", "province", "ministry")), name="award_level_known"
            ),
            models.CheckConstraint(
                condition=~Q(decision_number="") & ~Q(name="") & ~Q(form=""), name="award_texts_given"
            ),
            models.CheckConstraint(
                condition=Q(officer__isnull=True) | Q(recipient="individual"), name="award_officer_is_individual"
            ),
        )

    def __str__(self) -> str:
        return f"{self.decision_number} · {self.name}"

    def get_absolute_url(self) -> str:
        return reverse("incidents:award_edit", args=[self.cluster.slug, self.client_id])
