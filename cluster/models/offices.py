"""Who holds an office of the cluster from day to day: the seats of its board, the standing role of a party."""

import datetime as dt
from typing import Any, Self

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cluster.fields import Folded, Line, Paragraphs
from cluster.models.clusters import Party
from cluster.models.documents import Document
from cluster.models.records import DatedRecord, RecordQuerySet, dates_in_order
from cluster.models.units import Officer, PoliceUnit
from cluster.validators import no_identity


class BoardMemberQuerySet(RecordQuerySet):
    def heads(self) -> Self:
        return self.filter(seat=BoardMember.Seat.HEAD)


class BoardMember(DatedRecord):
    """A seat of the board (ban điều hành, ban chỉ đạo) and who holds it, by post and name or as an officer."""

    class Seat(models.IntegerChoices):
        """In the order in which a decision names them."""

        HEAD = 1, _("head of the board")
        DEPUTY = 2, _("deputy head of the board")
        STANDING = 3, _("standing member of the board")
        MEMBER = 4, _("member of the board")
        SECRETARY = 5, _("secretary of the board")

    noun, minds_others = "seat", True
    # Of the arrangement itself: no figure counts seats.
    counted_by = ()

    seat = models.PositiveSmallIntegerField(_("seat"), choices=Seat.choices)
    position = models.PositiveSmallIntegerField(
        _("position"),
        default=1,
        validators=[MinValueValidator(1)],
        help_text=_("Order among those of the same seat."),
    )
    name = Line(_("full name"), max_length=100, blank=True, validators=[no_identity])
    officer = models.ForeignKey(
        Officer,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("officer"),
        help_text=_("In place of the name, where the person is an officer of a member unit."),
    )
    post = Line(
        _("post"), max_length=150, validators=[no_identity], help_text=_("Such as: Trưởng Công an huyện Lệ Thủy.")
    )
    party = models.ForeignKey(
        Party, models.PROTECT, null=True, blank=True, related_name="board_members", verbose_name=_("party")
    )
    search = Folded(of=("name", "post"))
    # The history names persons by key only: a name stands in this one row, to be mended or erased.
    history = HistoricalRecords(excluded_fields=["search", "name"])

    objects = BoardMemberQuerySet.as_manager()

    class Meta:
        verbose_name = _("member of the board")
        verbose_name_plural = _("members of the board")
        ordering = ("seat", "position", "-date_from", "pk")
        indexes = (models.Index(fields=("cluster", "date_from"), name="board_member_of_cluster"),)
        constraints = (
            dates_in_order("board_member_dates_in_order"),
            models.CheckConstraint(condition=Q(seat__range=(1, 5)), name="board_member_seat_known"),
            models.CheckConstraint(
                condition=~Q(post="") & (~Q(name="") | Q(officer__isnull=False)),
                name="board_member_person_and_post_given",
                violation_error_message=_("Give the name of the person, or choose the officer."),
            ),
            # What is without an end is found by the database itself; the rest by ``check_others``.
            models.UniqueConstraint(
                fields=("cluster",),
                condition=Q(seat=1, date_to=None, deleted_at=None),
                name="board_has_one_head",
                violation_error_message=_("The board has a head already: write down the last day of that one first."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_seat_display().capitalize()}: {self.person}"

    @property
    def person(self) -> str:
        return self.officer.name if self.officer else self.name

    def check_others(self) -> None:
        """A board has no two heads on one day."""
        if self.seat != self.Seat.HEAD or not self.date_from:
            return
        if other := self.overlapping().filter(seat=self.Seat.HEAD).select_related("officer").first():
            raise ValidationError(
                gettext("%(name)s is head of the board in that time (%(span)s): a board has one head at a time.")
                % {"name": other.person, "span": other.span},
                code="two heads",
            )


class StandingTerm(DatedRecord):
    """The time in which a party holds the standing role (thường trực, cụm trưởng), and how it was handed over to it."""

    noun, minds_others = "term", True
    # Of the arrangement itself: no figure counts terms.
    counted_by = ()

    party = models.ForeignKey(Party, models.PROTECT, related_name="standing_terms", verbose_name=_("party"))
    unit = models.ForeignKey(
        PoliceUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("standing unit"),
        help_text=_("Where a unit holds the role for its party."),
    )
    handed_over_on = models.DateField(_("handed over on"), null=True, blank=True)
    handed_over_by = models.ForeignKey(
        Party,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("handed over by"),
    )
    handover_document = models.ForeignKey(
        Document,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("document", "handover record"),
        help_text=_("Among the documents of the cluster."),
    )
    handover_note = Paragraphs(_("what was handed over"), blank=True, validators=[no_identity])
    search = Folded(of=("handover_note",))
    history = HistoricalRecords(excluded_fields=["search"])

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("term of the standing role")
        verbose_name_plural = _("terms of the standing role")
        ordering = ("-date_from", "-pk")
        constraints = (
            dates_in_order("standing_term_dates_in_order"),
            models.UniqueConstraint(
                fields=("cluster", "date_from"),
                condition=Q(deleted_at=None),
                name="standing_term_starts_once_a_day",
                violation_error_message=_("A term of the standing role already begins on that day."),
            ),
            models.UniqueConstraint(
                fields=("cluster",),
                condition=Q(date_to=None, deleted_at=None),
                name="standing_term_one_open",
                violation_error_message=_("A term is still open: write down its last day first."),
            ),
            models.CheckConstraint(
                condition=Q(handed_over_by=None) | ~Q(handed_over_by=F("party")),
                name="standing_term_handed_over_by_another",
                violation_error_message=_("The standing role passes from one party to another."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.holder}: {self.span}"

    @property
    def holder(self) -> str:
        """The unit with its party, or the party."""
        return f"{self.unit} ({self.party})" if self.unit else str(self.party)

    def check_others(self) -> None:
        """The standing role has one holder on a day."""
        if not self.date_from:
            return
        others: Any = self.overlapping().select_related("party", "unit")
        if other := others.first():
            raise ValidationError(
                gettext("%(holder)s holds the standing role in that time (%(span)s): one party at a time.")
                % {"holder": other.holder, "span": other.span},
                code="overlap",
            )


def standing_on(day: dt.date) -> models.Subquery:
    """By whom the standing role of the outer cluster is held on the day, by name; for the head of each of its pages."""
    terms = StandingTerm.objects.on(day).filter(cluster=models.OuterRef("pk"), deleted_at=None)
    return models.Subquery(terms.annotate(name=Coalesce("unit__name", "party__name")).values("name")[:1])
