"""The registers of outreach to the people and of the crime reports that they give."""

from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster.access import Right, Rights
from cluster.formfields import LocalDateField
from cluster.models import CrimeReport, Outreach
from cluster.recordforms import NO_IDENTITY_HINT, RecordForm
from cluster.registers.register import Column, Group, Register, State


class OutreachForm(RecordForm):
    unit_field = "unit"
    opens_today = "held_on"
    said_if_given = ("article",)
    held_on = LocalDateField(label=_("Date of the session"), past=True)

    class Meta:
        model = Outreach
        fields = ("held_on", "unit", "topic", "form", "commune", "place", "audience", "article", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 3, "maxlength": 3000})}
        help_texts = {"note": NO_IDENTITY_HINT}


def _reports_of(session: Outreach, rights: Rights) -> dict[str, Any]:
    return {"reports": session.crime_reports.filter(deleted_at=None).select_related("cluster", "unit")}


OUTREACH = Register(
    model=Outreach,
    form=OutreachForm,
    path="outreach",
    title=_("Outreach"),
    add=_("Log a session"),
    lead=_("Sessions with the people: topic, place, and how many came."),
    group=Group.MOVEMENT,
    related=("unit", "commune", "article__document__cluster"),
    filters=("unit", "form", "article"),
    writes=Right.LOG,
    columns=(
        Column(_("Date"), lambda row: row.held_on, 12, "held_on"),
        Column(_("Topic"), lambda row: row.topic, 44, "topic"),
        Column(_("Unit"), lambda row: row.unit.name, 26, "unit"),
        Column(_("Form of outreach"), lambda row: capfirst(row.get_form_display()), 20, "form"),
        Column(_("Place"), lambda row: row.place, 30, "place"),
        Column(_("People reached"), lambda row: row.audience, 12, "audience"),
    ),
    body="cluster/_outreach_reports.html",
    extras=_reports_of,
)


class CrimeReportForm(RecordForm):
    unit_field = "unit"
    opens_today = "received_on"
    received_on = LocalDateField(label=_("Received on"), past=True)
    later = ("is_valuable", "outcome")
    later_title = _("What became of it, if that is known")

    class Meta:
        model = CrimeReport
        fields = ("received_on", "unit", "channel", "subject", "outreach", "note", "is_valuable", "outcome")
        widgets = {"note": forms.Textarea(attrs={"rows": 4, "maxlength": 3000})}
        help_texts = {"note": _("Never who reported it. No names, no identity, telephone or plate numbers.")}


def _incidents_of(report: CrimeReport, rights: Rights) -> dict[str, Any]:
    own: Any = report  # incidents are tied to it by a later app
    return {"incidents": own.incidents.filter(deleted_at=None).select_related("cluster", "category", "unit")}


CRIME_REPORTS = Register(
    model=CrimeReport,
    form=CrimeReportForm,
    path="crime-reports",
    title=_("Crime reports"),
    add=_("Log a crime report"),
    lead=_("What the people reported, by kind and outcome. Nobody who reported or is reported stands here."),
    group=Group.MOVEMENT,
    related=("unit",),
    filters=("unit", "subject", "channel", "outcome"),
    states=(
        State("open", _("Not yet assessed"), lambda rows: rows.filter(is_valuable=None)),
        State("valuable", _("Of value"), lambda rows: rows.filter(is_valuable=True)),
    ),
    writes=Right.LOG,
    columns=(
        Column(_("Received on"), lambda row: row.received_on, 12, "received_on"),
        Column(
            pgettext_lazy("of a crime report", "Subject"),
            lambda row: capfirst(row.get_subject_display()),
            24,
            "subject",
        ),
        Column(_("Received by"), lambda row: row.unit.name, 26, "unit"),
        Column(
            pgettext_lazy("of a crime report", "Channel"),
            lambda row: capfirst(row.get_channel_display()),
            20,
            "channel",
        ),
        Column(_("Of value"), lambda row: row.is_valuable, 10, "is_valuable"),
        Column(
            pgettext_lazy("of a crime report", "Outcome"),
            lambda row: capfirst(row.get_outcome_display()),
            20,
            "outcome",
        ),
    ),
    body="cluster/_crime_report_incidents.html",
    extras=_incidents_of,
)
