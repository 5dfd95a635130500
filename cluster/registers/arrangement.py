"""The registers of the arrangement itself: the board, the standing role, and who takes part beside the units."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cluster.formfields import LocalDateField
from cluster.models import UNKNOWN_START, BoardMember, Participant, StandingTerm
from cluster.recordforms import NO_IDENTITY_HINT, RecordForm
from cluster.registers.register import Column, Group, Register


class BoardMemberForm(RecordForm):
    told_at = {"board_member_person_and_post_given": "name"}
    date_from = LocalDateField(label=_("From day"))
    date_to = LocalDateField(label=_("To day"), required=False)

    class Meta:
        model = BoardMember
        fields = ("seat", "name", "officer", "post", "party", "date_from", "date_to", "position")


class StandingTermForm(RecordForm):
    date_from = LocalDateField(label=_("From day"))
    date_to = LocalDateField(label=_("To day"), required=False)
    handed_over_on = LocalDateField(label=_("Handed over on"), required=False)

    class Meta:
        model = StandingTerm
        fields = (
            *("party", "unit", "date_from", "date_to"),
            *("handed_over_on", "handed_over_by", "handover_document", "handover_note"),
        )
        widgets = {"handover_note": forms.Textarea(attrs={"rows": 4, "maxlength": 3000})}
        help_texts = {"handover_note": NO_IDENTITY_HINT}


class ParticipantForm(RecordForm):
    date_from = LocalDateField(label=_("From day"), required=False, help_text=_("Empty: not known."))
    date_to = LocalDateField(label=_("To day"), required=False)

    class Meta:
        model = Participant
        fields = ("kind", "name", "party", "unit", "date_from", "date_to", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 4, "maxlength": 3000})}
        help_texts = {"note": NO_IDENTITY_HINT}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.initial.get("date_from") == UNKNOWN_START:
            self.initial["date_from"] = None

    def clean_date_from(self) -> dt.date:
        return self.cleaned_data["date_from"] or UNKNOWN_START


BOARD = Register(
    model=BoardMember,
    form=BoardMemberForm,
    path="board",
    title=_("Members of the board"),
    add=_("Write down a seat"),
    lead=_("Who sat on the board from when to when; choose a day to see the board of that day."),
    group=Group.GOVERNING,
    related=("officer", "party"),
    filters=("seat", "party"),
    on_day=_("The board on"),
    columns=(
        Column(_("Seat"), lambda row: capfirst(row.get_seat_display()), 22, "seat"),
        Column(_("Full name"), lambda row: row.person, 26),
        Column(_("Post"), lambda row: row.post, 36, "post"),
        Column(_("Party"), lambda row: row.party and row.party.name, 22, "party"),
        Column(_("From day"), lambda row: row.date_from, 12, "date_from"),
        Column(_("To day"), lambda row: row.date_to, 12, "date_to"),
    ),
)
STANDING = Register(
    takes_lists=False,
    model=StandingTerm,
    form=StandingTermForm,
    path="standing",
    title=_("Standing role"),
    add=_("Write down a term"),
    lead=_("Which party held the standing role from when to when, and how it was handed over."),
    group=Group.GOVERNING,
    related=("party", "unit", "handed_over_by", "handover_document"),
    filters=("party",),
    on_day=_("The holder on"),
    columns=(
        Column(_("Holder"), lambda row: row.holder, 30),
        Column(_("From day"), lambda row: row.date_from, 12, "date_from"),
        Column(_("To day"), lambda row: row.date_to, 12, "date_to"),
        Column(_("Handed over on"), lambda row: row.handed_over_on, 12, "handed_over_on"),
        Column(_("Handed over by"), lambda row: row.handed_over_by and row.handed_over_by.name, 24, "handed_over_by"),
        Column(_("Handover record"), lambda row: row.handover_document and str(row.handover_document), 24),
    ),
)
PARTICIPANTS = Register(
    model=Participant,
    form=ParticipantForm,
    path="participants",
    title=_("Hamlets and enterprises"),
    add=_("Write down a participant"),
    lead=_("Who takes part in the cluster beside its member units."),
    group=Group.GOVERNING,
    related=("party", "unit"),
    filters=("kind", "party"),
    on_day=_("Taking part on"),
    columns=(
        Column(_("Name"), lambda row: row.name, 34, "name"),
        Column(_("Kind"), lambda row: capfirst(row.get_kind_display()), 22, "kind"),
        Column(_("Party"), lambda row: row.party and row.party.name, 22, "party"),
        Column(_("Police of the place"), lambda row: row.unit and row.unit.name, 26, "unit"),
        Column(_("From day"), lambda row: None if row.date_from == UNKNOWN_START else row.date_from, 12),
        Column(_("To day"), lambda row: row.date_to, 12, "date_to"),
    ),
)
