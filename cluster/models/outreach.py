"""Outreach to the people, and the crime reports (tin báo, tố giác) that they give: numbers and kinds, never who."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from simple_history.models import HistoricalRecords

from cluster.fields import Folded, Line, Paragraphs
from cluster.models.documents import CarriesOut
from cluster.models.records import RecordQuerySet, RegisterRecord
from cluster.models.units import AdministrativeUnit, PoliceUnit
from cluster.validators import no_identity


class Outreach(CarriesOut, RegisterRecord):
    """A session in which a unit spoke to the people. An audience that was not counted stays empty."""

    class Form(models.TextChoices):
        MEETING = "meeting", _("meeting of residents")
        MOBILE = "mobile", _("loudspeaker on the road")
        BROADCAST = "broadcast", _("commune radio")
        HOUSEHOLD = "household", _("from house to house")
        SCHOOL = "school", _("at a school")
        PLEDGE = "pledge", _("signing of pledges")
        OTHER = "other", pgettext_lazy("form of outreach", "another form")

    noun, dated_by = "outreach", "held_on"
    counted_by = ("held_on",)

    held_on = models.DateField(_("date of the session"))
    unit = models.ForeignKey(PoliceUnit, models.PROTECT, related_name="+", verbose_name=_("unit"))
    topic = Line(_("topic"), max_length=200, validators=[no_identity])
    form = models.CharField(_("form of outreach"), max_length=10, choices=Form.choices)
    commune = models.ForeignKey(
        AdministrativeUnit,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=pgettext_lazy("of an incident", "commune"),
    )
    place = Line(_("place"), max_length=200, blank=True, validators=[no_identity])
    audience = models.PositiveIntegerField(
        _("people reached"), null=True, blank=True, help_text=_("A number only. Empty: not counted.")
    )
    note = Paragraphs(_("note"), blank=True, validators=[no_identity])
    search = Folded(of=("topic", "place", "note"))
    history = HistoricalRecords(excluded_fields=["search"])

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("outreach session")
        verbose_name_plural = _("outreach sessions")
        ordering = ("-held_on", "-pk")
        indexes = (
            models.Index(fields=("cluster", "held_on", "unit", "audience"), name="outreach_of_cluster_and_date"),
        )
        constraints = (
            models.CheckConstraint(condition=~Q(topic=""), name="outreach_topic_given"),
            models.CheckConstraint(
                condition=Q(
                    form__in=("meeting", "mobile", "broadcast", "household", "school", "pledge", "other"),
                ),
                name="outreach_form_known",
            ),
        )

    def __str__(self) -> str:
        return f"{self.held_on:%d/%m/%Y} · {self.topic}"


class CrimeReport(RegisterRecord):
    """A report or denunciation from the people: what it was about and what became of it, nobody's name."""

    class Channel(models.TextChoices):
        PERSON = "person", _("at the office")
        TELEPHONE = "telephone", _("by telephone")
        LETTER = "letter", _("by letter")
        BOX = "box", _("report box")
        NETWORK = "network", _("over the network")
        SESSION = "session", _("at an outreach session")
        PATROL = "patrol", _("to a patrol")

    class Subject(models.TextChoices):
        THEFT = "theft", _("theft, fraud")
        VICE = "vice", _("gambling, vice")
        DRUGS = "drugs", _("drugs")
        DISORDER = "disorder", _("disorder, injury")
        FOREST = "forest", _("forest, land, minerals")
        TRAFFIC = "traffic", _("traffic")
        RESIDENCE = "residence", _("residence and movement")
        OTHER = "other", _("another matter")

    class Outcome(models.TextChoices):
        RECEIVED = "received", _("received")
        VERIFYING = "verifying", _("being verified")
        RESOLVED = "resolved", _("resolved")
        TRANSFERRED = "transferred", _("transferred up")
        UNFOUNDED = "unfounded", _("without ground")

    noun, dated_by = "crime_report", "received_on"
    counted_by = ("received_on",)

    received_on = models.DateField(_("received on"))
    unit = models.ForeignKey(PoliceUnit, models.PROTECT, related_name="+", verbose_name=_("received by"))
    channel = models.CharField(pgettext_lazy("of a crime report", "channel"), max_length=10, choices=Channel.choices)
    subject = models.CharField(pgettext_lazy("of a crime report", "subject"), max_length=10, choices=Subject.choices)
    outreach = models.ForeignKey(
        Outreach,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="crime_reports",
        verbose_name=_("outreach session"),
        help_text=_("Where the report came at, or because of, a session."),
    )
    is_valuable = models.BooleanField(_("of value"), null=True, blank=True)
    outcome = models.CharField(
        pgettext_lazy("of a crime report", "outcome"),
        max_length=15,
        choices=Outcome.choices,
        default=Outcome.RECEIVED,
    )
    note = Paragraphs(_("content"), blank=True, validators=[no_identity])
    search = Folded(of=("note",))
    history = HistoricalRecords(excluded_fields=["search"])

    objects = RecordQuerySet.as_manager()

    class Meta:
        verbose_name = _("crime report")
        verbose_name_plural = _("crime reports")
        ordering = ("-received_on", "-pk")
        indexes = (
            models.Index(fields=("cluster", "received_on", "unit", "is_valuable"), name="crime_report_of_cluster_date"),
        )
        constraints = (
            models.CheckConstraint(
                condition=Q(channel__in=("person", "telephone", "letter", "box", "network", "session", "patrol"))
                & Q(subject__in=(*("theft", "vice", "drugs", "disorder", "forest", "traffic", "residence", "other"),)),
                name="crime_report_channel_known",
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=("received", "verifying", "resolved", "transferred", "unfounded")),
                name="crime_report_outcome_known",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="unfounded", is_valuable=True),
                name="crime_report_of_value_has_ground",
                violation_error_message=_("A report without ground is not of value."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.received_on:%d/%m/%Y} · {self.get_subject_display()} · {self.unit}"
