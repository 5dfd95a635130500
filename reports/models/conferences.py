"""The conference that concludes a review, and what it leaves behind: recommendations and key tasks."""

import datetime as dt
from typing import Any, Self

from django.conf import settings
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from cluster.fields import Folded, Line, Paragraphs
from cluster.models import Party
from cluster.models.documents import CarriesOut
from cluster.models.records import Record, RecordQuerySet
from cluster.validators import no_identity
from incidents.models import Award
from reports.models.reviews import Review


class Conference(Record):
    """The meeting that adopts a review: hội nghị tổng kết or sơ kết. Times are local (Asia/Ho_Chi_Minh)."""

    # No figure counts it, and its minutes are written after the review is signed.
    counted_by = ()
    # What its form asks and other tables hold, as a refused edit names it.
    labels = {"delegations": _("delegates"), "contributions": _("contributions"), "difficulties": _("difficulties")}

    class Kind(models.TextChoices):
        ANNUAL = "annual", _("annual review conference")
        INTERIM = "interim", _("interim review conference")

    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices, default=Kind.ANNUAL)
    name = Line(
        pgettext_lazy("of a conference", "name"),
        max_length=200,
        validators=[no_identity],
        help_text=_("As on the banner, such as: Hội nghị tổng kết công tác năm 2017, triển khai nhiệm vụ năm 2018."),
    )
    review = models.ForeignKey(
        Review,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="conferences",
        verbose_name=_("review that it concludes"),
    )
    held_on = models.DateField(pgettext_lazy("of a conference", "date"))
    starts_at = models.TimeField(pgettext_lazy("of a conference", "start"), null=True, blank=True)
    ends_at = models.TimeField(pgettext_lazy("of a conference", "end"), null=True, blank=True)
    place = Line(pgettext_lazy("of a conference", "place"), max_length=200, validators=[no_identity])
    # People with their posts, several on a line each.
    chair = Paragraphs(pgettext_lazy("of a conference", "chair"), blank=True, validators=[no_identity])
    secretary = Paragraphs(pgettext_lazy("of a conference", "secretary"), blank=True, validators=[no_identity])
    conclusions = Paragraphs(_("conclusions"), blank=True, validators=[no_identity])
    awards = models.ManyToManyField(Award, blank=True, related_name="conferences", verbose_name=_("awards handed over"))
    handover_from = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("party that hands over the standing role"),
    )
    handover_to = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("party that takes over the standing role"),
    )
    handover_note = Paragraphs(_("handover record"), blank=True, validators=[no_identity])
    # In the board's own series of minutes of the year of the conference; taken once, when somebody asks for it.
    minutes_number = models.PositiveSmallIntegerField(_("number of the minutes"), null=True, blank=True, editable=False)
    search = Folded(of=("name", "place"))
    # The history names persons by key only: their names stand in this one row, where they can be mended or erased.
    history = HistoricalRecords(m2m_fields=[awards], excluded_fields=["search", "chair", "secretary"])

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("conference")
        verbose_name_plural = _("conferences")
        ordering = ("-held_on", "-starts_at", "-pk")
        indexes = (models.Index(fields=("cluster", "held_on"), name="conference_of_cluster_and_date"),)
        constraints = (
            models.CheckConstraint(condition=Q(kind__in=("annual", "interim")), name="conference_kind_known"),
            models.CheckConstraint(condition=~Q(name="") & ~Q(place=""), name="conference_name_and_place_given"),
            models.CheckConstraint(
                condition=Q(minutes_number=None) | Q(minutes_number__gte=1), name="conference_minutes_number_from_one"
            ),
            models.CheckConstraint(
                condition=Q(ends_at=None) | Q(starts_at__isnull=False, ends_at__gt=F("starts_at")),
                name="conference_times_in_order",
                violation_error_message=_("The end must be after the start."),
            ),
            models.CheckConstraint(
                condition=Q(handover_from=None, handover_to=None)
                | (Q(handover_from__isnull=False, handover_to__isnull=False) & ~Q(handover_from=F("handover_to"))),
                name="conference_hands_over_to_another",
                violation_error_message=_("The standing role passes from one party to another: name both."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.held_on:%d/%m/%Y})"

    def get_absolute_url(self) -> str:
        return reverse("reports:conference_detail", args=[self.cluster.slug, self.client_id])

    @property
    def headcount(self) -> int:
        """How many delegates there were; of the rows in hand, so that a list may fetch them for all at once."""
        return sum(row.headcount for row in self.delegations.all())

    def awards_handed_over(self) -> "models.QuerySet[Award]":
        return self.awards.filter(deleted_at__isnull=True).order_by("decided_on", "decision_number", "name")


class Part(models.Model):
    """Abstract: a numbered row of a conference's own. An edit writes it anew in its place."""

    position = models.PositiveSmallIntegerField(_("position"), editable=False)

    class Meta:
        abstract = True


def _once_a_place(name: str) -> models.UniqueConstraint:
    return models.UniqueConstraint(
        fields=("conference", "position"), name=name, violation_error_message=_("This place in the list is taken.")
    )


class Delegation(Part):
    """Those who came for one body: how many, and who where it matters."""

    conference = models.ForeignKey(Conference, models.CASCADE, related_name="delegations", verbose_name=_("conference"))
    body = Line(_("unit or body"), max_length=150, validators=[no_identity])
    headcount = models.PositiveSmallIntegerField(_("number of delegates"), validators=[MinValueValidator(1)])
    names = Line(_("names and posts"), max_length=500, blank=True, validators=[no_identity])
    history = HistoricalRecords(excluded_fields=["names"])

    class Meta:
        verbose_name = _("delegation")
        verbose_name_plural = _("delegates")
        ordering = ("conference", "position")
        constraints = (
            _once_a_place("delegation_once_a_place"),
            models.CheckConstraint(condition=~Q(body="") & Q(headcount__gte=1), name="delegation_body_and_people"),
        )

    def __str__(self) -> str:
        names = f" ({self.names})" if self.names else ""
        return f"{self.body}: {self.headcount}{names}"


class Contribution(Part):
    """A speech of a member (tham luận)."""

    conference = models.ForeignKey(
        Conference, models.CASCADE, related_name="contributions", verbose_name=_("conference")
    )
    body = Line(_("unit or body"), max_length=150, validators=[no_identity])
    speaker = Line(_("speaker"), max_length=150, blank=True, validators=[no_identity])
    subject = Line(pgettext_lazy("of a speech", "subject"), max_length=300, validators=[no_identity])
    text = Paragraphs(_("text"), blank=True, validators=[no_identity])
    history = HistoricalRecords(excluded_fields=["speaker"])

    class Meta:
        verbose_name = _("contribution")
        verbose_name_plural = _("contributions")
        ordering = ("conference", "position")
        constraints = (
            _once_a_place("contribution_once_a_place"),
            models.CheckConstraint(condition=~Q(body="") & ~Q(subject=""), name="contribution_body_and_subject"),
        )

    def __str__(self) -> str:
        return f"{self.body}: {self.subject}"


class Difficulty(Part):
    """What hinders the work by the word of the conference, and what is done about it."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("difficulty", "open")
        ACTED_ON = "acted_on", pgettext_lazy("difficulty", "being removed")
        REMOVED = "removed", pgettext_lazy("difficulty", "removed")

    conference = models.ForeignKey(
        Conference, models.CASCADE, related_name="difficulties", verbose_name=_("conference")
    )
    text = Paragraphs(_("difficulty"), validators=[no_identity])
    action = Paragraphs(_("what is done about it"), blank=True, validators=[no_identity])
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("difficulty")
        verbose_name_plural = _("difficulties")
        ordering = ("conference", "position")
        constraints = (
            _once_a_place("difficulty_once_a_place"),
            models.CheckConstraint(condition=~Q(text=""), name="difficulty_text_given"),
            models.CheckConstraint(
                condition=Q(state__in=("open", "acted_on", "removed")), name="difficulty_state_known"
            ),
        )

    def __str__(self) -> str:
        return self.text


def still_open(day: dt.date) -> Q:
    """The condition that a recommendation was made by the end of the day and not answered by then."""
    return Q(made_on__lte=day) & (Q(answered_on=None) | Q(answered_on__gt=day))


class RecommendationQuerySet(RecordQuerySet):
    def open_on(self, day: dt.date) -> Self:
        """An answer of later changes nothing in it."""
        return self.filter(still_open(day))


class Recommendation(Record):
    """A request to those above (kiến nghị, đề xuất), until they have answered it."""

    # Its answer has a day of its own (conference_services.py): it comes when it comes.
    counted_by = ("made_on",)

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("recommendation", "open")
        ANSWERED = "answered", pgettext_lazy("recommendation", "answered")
        ACCEPTED = "accepted", pgettext_lazy("recommendation", "accepted")
        DECLINED = "declined", pgettext_lazy("recommendation", "declined")
        WITHDRAWN = "withdrawn", pgettext_lazy("recommendation", "withdrawn")

    made_on = models.DateField(_("made on"))
    addressee = Line(_("addressee"), max_length=200, validators=[no_identity])
    content = Paragraphs(_("content"), validators=[no_identity])
    conference = models.ForeignKey(
        Conference,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
        verbose_name=_("made at the conference"),
    )
    review = models.ForeignKey(
        Review,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recommendations",
        verbose_name=_("made in the review"),
    )
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN)
    # What settled it, a withdrawal included; kept apart by its own day, for it comes when the year is long signed.
    answered_on = models.DateField(_("date of the answer"), null=True, blank=True)
    answer = Paragraphs(_("answer"), blank=True, validators=[no_identity])
    answer_document = Line(_("document of the answer"), max_length=100, blank=True, validators=[no_identity])
    search = Folded(of=("addressee", "content", "answer", "answer_document"))
    history = HistoricalRecords(excluded_fields=["search"])

    objects = RecommendationQuerySet.as_manager()

    class Meta:
        verbose_name = _("recommendation")
        verbose_name_plural = _("recommendations")
        ordering = ("-made_on", "-pk")
        indexes = (models.Index(fields=("cluster", "made_on"), name="recommendation_of_cluster"),)
        constraints = (
            models.CheckConstraint(condition=~Q(addressee="") & ~Q(content=""), name="recommendation_texts_given"),
            models.CheckConstraint(
                condition=Q(state="open", answered_on=None, answer="", answer_document="")
                | (
                    Q(state__in=("answered", "accepted", "declined", "withdrawn"))
                    & Q(answered_on__isnull=False, answered_on__gte=F("made_on"))
                ),
                name="recommendation_answered_after_it_is_made",
                violation_error_message=_("The answer cannot be older than the recommendation."),
            ),
        )

    def __str__(self) -> str:
        return Truncator(self.content).chars(80)

    def get_absolute_url(self) -> str:
        return reverse("reports:recommendation_detail", args=[self.cluster.slug, self.client_id])

    @property
    def is_open(self) -> bool:
        return self.state == self.State.OPEN

    def was_open_on(self, day: dt.date) -> bool:
        return self.made_on <= day and (self.answered_on is None or self.answered_on > day)


class KeyTaskQuerySet(RecordQuerySet):
    def in_period(self, start: dt.date, end: dt.date) -> Self:
        """The tasks whose own period ends in this one: that is when it shows what became of them."""
        return self.filter(date_to__range=(start, end))

    def unassessed(self) -> Self:
        return self.filter(assessment="")

    def due_within(self, start: dt.date, end: dt.date) -> Self:
        """By the day of its own or, without one, by the end of its period, whatever became of it."""
        due = self.annotate(deadline_day=Coalesce("due_on", "date_to"))
        return due.filter(deadline_day__range=(start, end))

    def due_by(self, day: dt.date) -> Self:
        """Not assessed and due by the day, the earliest first; one without a day of its own with its period."""
        return self.unassessed().due_within(dt.date.min, day).order_by("deadline_day", "pk")

    def overdue(self, today: dt.date) -> Self:
        return self.due_by(today - dt.timedelta(days=1))


class KeyTask(CarriesOut, Record):
    """A task set for a coming period (nhiệm vụ trọng tâm); the review of that period says what became of it."""

    # What became of it is said after its period, when that may be signed (conference_services.py).
    counted_by = ("date_to",)

    class Assessment(models.TextChoices):
        DONE = "done", pgettext_lazy("key task", "done")
        PARTLY = "partly", pgettext_lazy("key task", "partly done")
        NOT_DONE = "not_done", pgettext_lazy("key task", "not done")

    date_from = models.DateField(_("from"))
    date_to = models.DateField(_("to"))
    content = Paragraphs(_("content"), validators=[no_identity])
    # In words: a unit, a party or a body that is no member, such as "Ban điều hành cụm".
    owner = Line(_("carried out by"), max_length=200, validators=[no_identity])
    due_on = models.DateField(_("due on"), null=True, blank=True)
    conference = models.ForeignKey(
        Conference,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="key_tasks",
        verbose_name=_("set at the conference"),
    )
    review = models.ForeignKey(
        Review, models.PROTECT, null=True, blank=True, related_name="key_tasks", verbose_name=_("set in the review")
    )
    assessment = models.CharField(_("assessment"), max_length=10, choices=Assessment.choices, default="", blank=True)
    assessed_on = models.DateField(_("assessed on"), null=True, blank=True)
    assessment_note = Paragraphs(_("what became of it"), blank=True, validators=[no_identity])
    assessed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        editable=False,
        related_name="+",
        verbose_name=_("assessed by"),
    )
    search = Folded(of=("content", "owner", "assessment_note"))
    history = HistoricalRecords(excluded_fields=["search"])

    objects = KeyTaskQuerySet.as_manager()

    class Meta:
        verbose_name = _("key task")
        verbose_name_plural = _("key tasks")
        ordering = ("-date_to", "due_on", "pk")
        indexes = (models.Index(fields=("cluster", "date_to"), name="key_task_of_cluster_and_date"),)
        constraints = (
            models.CheckConstraint(condition=~Q(content="") & ~Q(owner=""), name="key_task_texts_given"),
            models.CheckConstraint(
                condition=Q(date_to__gte=F("date_from")),
                name="key_task_dates_in_order",
                violation_error_message=_("The last day is before the first."),
            ),
            models.CheckConstraint(
                condition=Q(due_on=None) | Q(due_on__gte=F("date_from"), due_on__lte=F("date_to")),
                name="key_task_due_in_its_period",
                violation_error_message=_("The task is due within its period."),
            ),
            models.CheckConstraint(
                condition=Q(assessment="", assessed_on=None, assessment_note="")
                | (
                    Q(assessment__in=("done", "partly", "not_done"))
                    & Q(assessed_on__isnull=False, assessed_on__gte=F("date_from"))
                ),
                name="key_task_assessed_since_it_began",
                violation_error_message=_("A task is assessed when its period has begun."),
            ),
        )

    def __str__(self) -> str:
        return Truncator(self.content).chars(80)

    def get_absolute_url(self) -> str:
        return reverse("reports:task_detail", args=[self.cluster.slug, self.client_id])

    @property
    def asked_by(self) -> dt.date | None:
        return self.deadline

    @classmethod
    def list_view(cls) -> str:
        return "reports:task_list"

    @property
    def is_assessed(self) -> bool:
        return bool(self.assessment)

    @property
    def deadline(self) -> dt.date:
        return self.due_on or self.date_to

    @property
    def is_overdue(self) -> bool:
        return not self.is_assessed and self.deadline < timezone.localdate()


# The parts of a conference by the name under which it knows them.
PARTS: dict[str, type[Any]] = {
    "delegations": Delegation,
    "contributions": Contribution,
    "difficulties": Difficulty,
}
