"""What a briefing concluded: who does what until when, and what later briefings found of it."""

import datetime as dt
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from cluster.fields import Folded, Line, Paragraphs
from cluster.models.briefings import Briefing, Host, as_fields
from cluster.models.clusters import Cluster, Party
from cluster.models.documents import CarriesOut
from cluster.models.records import RecordQuerySet, RegisterRecord
from cluster.models.units import PoliceUnit
from cluster.validators import no_identity


class ConclusionQuerySet(RecordQuerySet):
    def of(self, cluster: Cluster) -> Self:
        """Those of a briefing that is deleted are gone with it."""
        return super().of(cluster).filter(briefing__deleted_at__isnull=True)

    def unsettled(self) -> Self:
        return self.filter(state=Conclusion.State.OPEN)

    def overdue(self, today: dt.date) -> Self:
        return self.unsettled().filter(due_on__lt=today)

    def carried_to(self, briefing: Briefing) -> Self:
        """Of earlier briefings of its level, what was not settled before its day."""
        earlier = Q(briefing__local_date__lt=briefing.local_date) | Q(
            briefing__local_date=briefing.local_date, briefing__lt=briefing.pk
        )
        return self.of(briefing.cluster).filter(
            earlier,
            Q(settled_on=None) | Q(settled_on__gte=briefing.local_date),
            briefing__level=briefing.level,
            briefing__held_on__isnull=False,
        )


class Conclusion(CarriesOut, RegisterRecord):
    """A conclusion of a briefing. Its state is that of the last follow-up, written with it and by nothing else."""

    class State(models.TextChoices):
        OPEN = "open", pgettext_lazy("conclusion", "being carried out")
        DONE = "done", pgettext_lazy("conclusion", "done")
        DROPPED = "dropped", pgettext_lazy("conclusion", "dropped")

    noun, dated_by, counted_by = "conclusion", "briefing__local_date", ()
    labels = {"place": _("carried out by")}

    briefing = models.ForeignKey(
        Briefing, models.PROTECT, related_name="conclusions", verbose_name=pgettext_lazy("noun", "briefing")
    )
    text = Paragraphs(pgettext_lazy("noun", "conclusion"), validators=[no_identity])
    owner_unit = models.ForeignKey(
        PoliceUnit, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("unit that carries it out")
    )
    owner_party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("party that carries it out")
    )
    owner_body = Line(
        _("or another body"), max_length=150, blank=True, validators=[no_identity], help_text=_("In words.")
    )
    due_on = models.DateField(_("due on"), null=True, blank=True)
    state = models.CharField(_("state"), max_length=10, choices=State.choices, default=State.OPEN, editable=False)
    settled_on = models.DateField(_("settled on"), null=True, blank=True, editable=False)
    search = Folded(of=("text", "owner_body"))
    history = HistoricalRecords(excluded_fields=["search"])

    objects = ConclusionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("noun", "conclusion")
        verbose_name_plural = pgettext_lazy("noun", "conclusions")
        ordering = ("-briefing__local_date", "briefing", "pk")
        indexes = (models.Index(fields=("cluster", "state", "due_on"), name="conclusion_of_cluster_and_due"),)
        constraints = (
            models.CheckConstraint(condition=~Q(text=""), name="conclusion_text_given"),
            models.CheckConstraint(
                condition=Q(owner_unit__isnull=False, owner_party=None, owner_body="")
                | Q(owner_unit=None, owner_party__isnull=False, owner_body="")
                | (Q(owner_unit=None, owner_party=None) & ~Q(owner_body="")),
                name="conclusion_has_one_owner",
                violation_error_message=_("Say who carries it out: a unit, a party or another body, one of them."),
            ),
            models.CheckConstraint(
                condition=Q(state="open", settled_on=None) | Q(state__in=("done", "dropped"), settled_on__isnull=False),
                name="conclusion_settled_on_a_day",
            ),
        )

    def __str__(self) -> str:
        return Truncator(self.text).chars(80)

    @property
    def day(self) -> dt.date:
        return self.briefing.local_date

    @property
    def asked_by(self) -> dt.date | None:
        return self.due_on

    @property
    def place(self) -> Host | None:
        """The unit or party that carries it out; None: another body."""
        return self.owner_unit or self.owner_party

    @place.setter
    def place(self, place: Host | None) -> None:
        for name, value in as_fields(place, unit="owner_unit", party="owner_party").items():
            setattr(self, name, value)

    @property
    def owner(self) -> str:
        return str(self.place or self.owner_body)

    @property
    def is_overdue(self) -> bool:
        return self.is_overdue_on(timezone.localdate())

    def is_overdue_on(self, today: dt.date) -> bool:
        return self.state == self.State.OPEN and self.due_on is not None and self.due_on < today


class FollowUp(models.Model):
    """What was found of a conclusion on a day: at a later briefing, or between two. Of a briefing there is one."""

    conclusion = models.ForeignKey(
        Conclusion, models.CASCADE, related_name="follow_ups", verbose_name=pgettext_lazy("noun", "conclusion")
    )
    briefing = models.ForeignKey(
        Briefing,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="follow_ups",
        verbose_name=_("followed up at the briefing"),
    )
    noted_on = models.DateField(_("noted on"))
    state = models.CharField(_("state"), max_length=10, choices=Conclusion.State.choices)
    note = Paragraphs(_("what became of it"), blank=True, validators=[no_identity])
    history = HistoricalRecords()

    class Meta:
        verbose_name = _("follow-up")
        verbose_name_plural = _("follow-ups")
        ordering = ("noted_on", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("conclusion", "briefing"),
                name="follow_up_once_a_briefing",
                violation_error_message=_("This briefing has already followed it up."),
            ),
            models.CheckConstraint(condition=Q(state__in=("open", "done", "dropped")), name="follow_up_state_known"),
        )

    def __str__(self) -> str:
        return f"{self.noted_on:%d/%m/%Y} · {self.get_state_display()}"
