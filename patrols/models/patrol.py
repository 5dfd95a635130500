"""Joint patrols: one record for one real patrol, a line for each unit and force that took part."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cluster.fields import Folded, Line, Paragraphs
from cluster.functions import LocalDate
from cluster.models import AdministrativeUnit, Cluster, Force, MemberUnit, Officer, PoliceUnit, Span
from cluster.models.clusters import membership_on
from cluster.models.records import Record, RecordQuerySet
from cluster.validators import no_identity
from patrols.models.campaigns import Campaign
from patrols.words import duration_in_words, engagement_in_words, one_party_warning

# Longer than the shifts of facts.md 1.5 by far; such an end is mostly a slip of the pen.
LONG_SHIFT = dt.timedelta(hours=14)


class JointPatrolQuerySet(RecordQuerySet):
    def in_period(self, start: dt.date, end: dt.date) -> Self:
        """The patrols whose local date of start lies in the period, both days included."""
        return self.filter(local_date__range=(start, end))

    def completed(self) -> Self:
        return self.filter(status=JointPatrol.Status.COMPLETED, deleted_at__isnull=True)

    def told_once(self) -> Self:
        """Without the record that a twin stands for."""
        return self.filter(twin_link=None)

    def begun(self, day: dt.date) -> Self:
        """Without what is planned for a later day."""
        return self.exclude(~Q(status=JointPatrol.Status.COMPLETED), local_date__gt=day)

    def overdue(self, now: dt.datetime) -> Self:
        """Begun by the schedule, and nobody has said yet what happened."""
        return self.filter(status=JointPatrol.Status.SCHEDULED, planned_start__lt=now)

    def overlapping(self, start: dt.datetime, end: dt.datetime | None) -> Self:
        """Planned or completed patrols that share a moment with these hours; one whose end is unknown is its start."""
        return (
            self.filter(deleted_at=None, status__in=(JointPatrol.Status.SCHEDULED, JointPatrol.Status.COMPLETED))
            .alias(begins=Coalesce("starts_at", "planned_start"), finishes=Coalesce("ends_at", "planned_end"))
            .filter(
                Q(finishes__gt=start) | Q(finishes=None, begins__gte=start),
                begins__lt=end or start + dt.timedelta(minutes=1),
                # No form takes a patrol of more than a day; the dates have an index.
                local_date__range=(
                    timezone.localdate(start) - dt.timedelta(days=1),
                    timezone.localdate(end or start),
                ),
            )
        )

    def with_party_count(self) -> Self:
        """Annotate ``party_count``: the parties of which a line that is not refused took part."""
        return self.annotate(party_count=_party_count(Contingent.objects.exclude(state=Contingent.State.REFUSED)))

    def counted(self) -> Self:
        """Counting rule 1: completed, with forces of at least two parties, leaving refused lines out.

        Of two records of one real patrol only the kept one counts.
        """
        return self.completed().filter(twin_link=None).with_party_count().filter(party_count__gte=2)

    def of_one_party(self) -> Self:
        """Completed, but without forces of a second party: stored with a warning, in no figure (rule 1)."""
        return self.completed().filter(twin_link=None).with_party_count().filter(party_count__lt=2)

    def with_confirmation(self) -> Self:
        """Annotate ``is_confirmed``, counting rule 10: no line pending, at least two parties with a confirmed one."""
        lines = Contingent.objects.filter(state__in=Contingent.CONFIRMED_STATES)
        pending = Contingent.objects.filter(patrol=models.OuterRef("pk"), state=Contingent.State.PENDING)
        return self.annotate(confirmed_party_count=_party_count(lines)).annotate(
            is_confirmed=models.ExpressionWrapper(
                ~models.Exists(pending) & Q(confirmed_party_count__gte=2), output_field=models.BooleanField()
            )
        )


def _party_count(lines: "models.QuerySet[Contingent]") -> Coalesce:
    """How many parties of the cluster the lines of the outer patrol come from, by the membership of its date."""
    counted = (
        lines.filter(
            membership_on(F("local_date"), path="unit__memberships__"),
            unit__memberships__party__cluster=F("cluster"),
            patrol=models.OuterRef("pk"),
        )
        .order_by()
        .values("patrol")
        .annotate(n=models.Count("unit__memberships__party", distinct=True))
    )
    return Coalesce(models.Subquery(counted.values("n")), 0)


def engagements(
    officers: Iterable[Officer],
    *,
    start: dt.datetime,
    end: dt.datetime | None,
    besides: uuid.UUID | None,
) -> "dict[Officer, JointPatrol]":
    """Another patrol than the one of the client id ``besides``, of any cluster, in which an officer is at these hours.

    Of linked twins one counts.
    """
    by_key = {officer.pk: officer for officer in officers}
    if not by_key:
        return {}
    patrols = JointPatrol.objects.overlapping(start, end).filter(twin_link=None)
    if besides:
        patrols = patrols.exclude(client_id=besides)
    lines = Contingent.objects.exclude(state=Contingent.State.REFUSED).filter(patrol__in=patrols)
    named = list(lines.filter(officers__in=by_key).values_list("officers", "patrol"))
    keys = {patrol for _officer, patrol in named}
    found = {p.pk: p for p in patrols.filter(Q(pk__in=keys) | Q(shift_leader__in=by_key)).select_related("cluster")}
    where = {patrol.shift_leader_id: patrol for patrol in found.values()}
    where |= {officer: found[patrol] for officer, patrol in named if patrol in found}
    return {by_key[officer]: patrol for officer, patrol in where.items() if officer in by_key}


class JointPatrol(Record):
    """One real patrol by forces of both sides. ``local_date`` is the Asia/Ho_Chi_Minh date of its start."""

    class Status(models.TextChoices):
        SCHEDULED = "scheduled", _("scheduled")
        COMPLETED = "completed", _("completed")
        POSTPONED = "postponed", _("postponed")
        CANCELLED = "cancelled", _("cancelled")

    counted_by = ("local_date",)
    # They happened not, or not then: nothing of them is unlikely, and a reason says why.
    PUT_OFF = (Status.POSTPONED, Status.CANCELLED)

    class Kind(models.TextChoices):
        JOINT = "joint", _("joint patrol")
        ARMED = "armed", _("armed patrol")
        CLOSED_AREA = "closed_area", _("closed-area patrol")

    code = Line(_("patrol code"), max_length=50, blank=True, help_text=_("Of the cluster's own log, if it has one."))
    campaign = models.ForeignKey(
        Campaign, models.PROTECT, null=True, blank=True, related_name="patrols", verbose_name=_("campaign")
    )
    kind = models.CharField(_("kind"), max_length=15, choices=Kind.choices, default=Kind.JOINT)
    status = models.CharField(_("status"), max_length=10, choices=Status.choices, default=Status.COMPLETED)
    planned_start = models.DateTimeField(_("planned start"), null=True, blank=True)
    planned_end = models.DateTimeField(_("planned end"), null=True, blank=True)
    starts_at = models.DateTimeField(_("start"), null=True, blank=True)
    ends_at = models.DateTimeField(_("end"), null=True, blank=True)
    local_date = models.DateField(_("date"), editable=False)
    route = Line(_("place, route"), max_length=300, validators=[no_identity])
    communes = models.ManyToManyField(
        AdministrativeUnit, blank=True, related_name="+", verbose_name=_("communes covered")
    )
    lead_unit = models.ForeignKey(PoliceUnit, models.PROTECT, related_name="led_patrols", verbose_name=_("lead unit"))
    shift_leader = models.ForeignKey(
        Officer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="led_patrols",
        verbose_name=_("shift leader"),
    )
    status_reason = Line(_("reason of the status"), max_length=300, blank=True, validators=[no_identity])
    result = Paragraphs(_("result"), blank=True, validators=[no_identity])
    search = Folded(of=("code", "route", "result"))
    history = HistoricalRecords(m2m_fields=[communes], excluded_fields=["search"])

    objects = JointPatrolQuerySet.as_manager()

    class Meta:
        verbose_name = _("joint patrol")
        verbose_name_plural = _("joint patrols")
        ordering = ("-local_date", "-starts_at", "-pk")
        indexes = (
            models.Index(fields=("cluster", "local_date", "status", "lead_unit"), name="patrol_of_cluster_and_date"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("cluster", "code"),
                condition=~Q(code=""),
                name="patrol_code_once_a_cluster",
                violation_error_message=_("The cluster already has a patrol of this code."),
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="patrol_ends_after_start",
                violation_error_message=_("The end must be after the start."),
            ),
            models.CheckConstraint(
                condition=Q(planned_end__isnull=True)
                | Q(planned_start__isnull=False, planned_end__gt=F("planned_start")),
                name="patrol_planned_end_after_start",
                violation_error_message=_("The end must be after the start."),
            ),
            models.CheckConstraint(
                condition=~Q(status="completed") | Q(starts_at__isnull=False),
                name="patrol_completed_has_start",
            ),
            models.CheckConstraint(
                condition=Q(local_date=LocalDate(Coalesce("starts_at", "planned_start")))
                & (Q(starts_at__isnull=False) | Q(planned_start__isnull=False)),
                name="patrol_local_date_of_its_start",
            ),
            models.CheckConstraint(
                condition=Q(status__in=("scheduled", "completed", "postponed", "cancelled")),
                name="patrol_status_known",
            ),
            models.CheckConstraint(condition=Q(kind__in=("joint", "armed", "closed_area")), name="patrol_kind_known"),
            models.CheckConstraint(
                condition=~Q(status__in=("postponed", "cancelled")) | ~Q(status_reason=""),
                name="patrol_put_off_has_reason",
                violation_error_message=_("Say why it was postponed or cancelled."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.local_date:%d/%m/%Y} · {self.route}"

    def get_absolute_url(self) -> str:
        return reverse("patrols:patrol_detail", args=[self.cluster.slug, self.client_id])

    def counted_span(self) -> Span | None:
        """A plan counts in nothing; completed, it is new in the period of its start."""
        return None if self.is_plan else super().counted_span()

    def warnings(self) -> list[str]:
        """What is unlikely or does not count, in words; nothing of it blocks logging (facts.md 0.5, rule 1)."""
        lines = list(self.contingents.select_related("unit__administrative_unit").prefetch_related("officers"))
        units = {line.unit_id: line.unit for line in lines} | {self.lead_unit_id: self.lead_unit}
        members = MemberUnit.objects.on(self.local_date).filter(party__cluster=self.cluster_id, unit__in=units)
        party_of = {member.unit_id: member.party_id for member in members}
        found = [self._unit_warning(unit, is_member=pk in party_of) for pk, unit in units.items()]
        standing = [line for line in lines if line.state != Contingent.State.REFUSED]
        parties = {party_of[line.unit_id] for line in standing if line.unit_id in party_of}
        if self.status == self.Status.COMPLETED and len(parties) < 2 and not hasattr(self, "twin_link"):
            found.append(one_party_warning(self.cluster))
        found += [self._campaign_warning(), self._duration_warning(), *self._engagement_warnings(standing)]
        return [warning for warning in found if warning]

    def _unit_warning(self, unit: PoliceUnit, *, is_member: bool) -> str:
        day, place = self.local_date, unit.administrative_unit
        if not is_member:
            return unit.outsider_warning(day)
        if place and (expired := place.expiry_warning(day)):
            return expired
        if unit.is_valid_on(day) and (place is None or place.is_valid_on(day)):
            return ""
        return unit.absence_warning(day)

    def _campaign_warning(self) -> str:
        if self.campaign is None or self.campaign.date_from <= self.local_date <= self.campaign.date_to:
            return ""
        dates = {"from": f"{self.campaign.date_from:%d/%m/%Y}", "to": f"{self.campaign.date_to:%d/%m/%Y}"}
        return gettext("The campaign %(name)s runs from %(from)s to %(to)s only.") % (dates | {"name": self.campaign})

    def _duration_warning(self) -> str:
        if self.duration is None or self.duration <= LONG_SHIFT:
            return ""
        return gettext("This is %(duration)s from start to end: check the hours.") % {
            "duration": duration_in_words(self.duration)
        }

    def _engagement_warnings(self, lines: "list[Contingent]") -> list[str]:
        """Of another cluster's patrol only that there is one: who reads this may have no right to see it."""
        start, end = self.starts_at or self.planned_start, self.ends_at or self.planned_end
        if start is None or self.status in self.PUT_OFF or hasattr(self, "twin_link"):
            return []
        officers = [officer for line in lines for officer in line.officers.all()]
        officers += [self.shift_leader] if self.shift_leader else []
        elsewhere = engagements(officers, start=start, end=end, besides=self.client_id)
        return [
            engagement_in_words(officer, patrol if patrol.cluster_id == self.cluster_id else None, self.cluster)
            for officer, patrol in elsewhere.items()
        ]

    @property
    def is_plan(self) -> bool:
        """Whether nothing has been said of what happened: it stands in the schedule, or was put off or cancelled."""
        return self.status != self.Status.COMPLETED

    def is_overdue(self, now: dt.datetime) -> bool:
        """As the QuerySet's ``overdue``."""
        return self.status == self.Status.SCHEDULED and self.planned_start is not None and self.planned_start < now

    @property
    def duration(self) -> dt.timedelta | None:
        return self.ends_at - self.starts_at if self.starts_at and self.ends_at else None

    @property
    def ends_on_later_day(self) -> bool:
        return bool(self.ends_at) and timezone.localdate(self.ends_at) != self.local_date


class ContingentQuerySet(models.QuerySet["Contingent"]):
    def counted(self) -> Self:
        """Counting rule 2: the lines, not refused, of counted patrols."""
        return self.exclude(state=Contingent.State.REFUSED).filter(patrol__in=JointPatrol.objects.counted())

    def in_period(self, start: dt.date, end: dt.date) -> Self:
        return self.filter(local_date__range=(start, end))

    def answerable(self) -> Self:
        """The lines that a unit may answer for: of a patrol that took place and, of two records of one, counts."""
        status = JointPatrol.Status.COMPLETED
        return self.filter(patrol__status=status, patrol__deleted_at=None, patrol__twin_link=None)

    def waiting(self) -> Self:
        """No word of their unit yet. They count already (rule 10)."""
        return self.answerable().filter(state=Contingent.State.PENDING)

    def unread(self) -> Self:
        """Corrected or refused, and the author has not taken note yet."""
        return self.answerable().filter(state__in=Contingent.CHANGED_STATES, acknowledged_at=None)


class Contingent(models.Model):
    """The line of one unit and force in a patrol.

    ``cluster`` and ``local_date`` are copies of the patrol's, written by patrols/services alone: they keep the
    cost of a review flat however many clusters there are. ``verify_patrol_lines`` finds a copy that differs.
    """

    class State(models.TextChoices):
        PENDING = "pending", _("waiting for the unit")
        CONFIRMED = "confirmed", _("confirmed")
        CORRECTED = "corrected", _("corrected")
        REFUSED = "refused", _("refused")

    # Counting rule 10: a corrected line counts as confirmed with the new headcount.
    CONFIRMED_STATES = (State.CONFIRMED, State.CORRECTED)
    # The author of the patrol is told of these.
    CHANGED_STATES = (State.CORRECTED, State.REFUSED)

    patrol = models.ForeignKey(JointPatrol, models.CASCADE, related_name="contingents", verbose_name=_("patrol"))
    cluster = models.ForeignKey(Cluster, models.PROTECT, db_index=False, editable=False, related_name="+")
    local_date = models.DateField(editable=False)
    unit = models.ForeignKey(PoliceUnit, models.PROTECT, related_name="contingents", verbose_name=_("unit"))
    force = models.ForeignKey(Force, models.PROTECT, related_name="contingents", verbose_name=_("force"))
    headcount = models.PositiveSmallIntegerField(_("people"), validators=[MinValueValidator(1), MaxValueValidator(500)])
    officers = models.ManyToManyField(Officer, blank=True, related_name="contingents", verbose_name=_("named officers"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.PENDING)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"), null=True)
    reason = Line(_("reason"), max_length=300, blank=True, validators=[no_identity])
    # What a corrected line said before, so that "was, is, why" needs no search in the history.
    corrected_from = models.PositiveSmallIntegerField(_("people before the correction"), null=True, editable=False)
    # When the unit that recorded the patrol took note of a correction or refusal.
    acknowledged_at = models.DateTimeField(_("noted at"), null=True, editable=False)
    # An answer names the version that its unit saw; the patrol's own version is for those who edit the patrol.
    version = models.PositiveIntegerField(default=1, editable=False)
    history = HistoricalRecords(m2m_fields=[officers])

    objects = ContingentQuerySet.as_manager()

    class Meta:
        verbose_name = _("line of a patrol")
        verbose_name_plural = _("lines of a patrol")
        ordering = ("pk",)
        indexes = (
            models.Index(
                fields=("cluster", "local_date", "unit", "state", "headcount", "patrol"),
                name="line_of_cluster_and_date",
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("patrol", "unit", "force"),
                name="line_once_a_unit_and_force",
                violation_error_message=_("This unit and force already have a line."),
            ),
            models.CheckConstraint(
                condition=Q(headcount__gte=1),
                name="line_headcount_positive",
                violation_error_message=_("The number of people must be a whole number above 0."),
            ),
            models.CheckConstraint(
                condition=Q(state__in=("pending", "confirmed", "corrected", "refused")),
                name="line_state_known",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=("corrected", "refused")) | ~Q(reason=""),
                name="line_change_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(state="corrected") | Q(corrected_from__isnull=False), name="line_corrected_from_something"
            ),
        )

    def __str__(self) -> str:
        return f"{self.unit} · {self.force} · {self.headcount}"
