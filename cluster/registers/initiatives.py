"""The registers of the models of the cluster (mô hình): the models themselves, what they did, how they are rated."""

import datetime as dt
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster.access import Right, Rights
from cluster.formfields import LocalDateField, SuggestingInput
from cluster.models import Initiative, InitiativeActivity, InitiativeRating
from cluster.models.initiatives import KINDS
from cluster.recordforms import NO_IDENTITY_HINT, RecordForm
from cluster.registers.register import Column, Group, Register, State

# Of a model with a long life the page shows the latest activities, and leads to all.
SHOWN = 10


class InitiativeForm(RecordForm):
    founded = LocalDateField(label=_("Founded on"), past=True)
    ended = LocalDateField(label=_("Ended on"), required=False, past=True)
    later = ("ended", "end_reason")
    later_title = _("If it has ended already")

    class Meta:
        model = Initiative
        fields = (
            *("name", "kind", "founded", "unit", "communes", "places", "members", "note"),
            *("ended", "end_reason"),
        )
        widgets = {
            "kind": SuggestingInput,
            "communes": forms.CheckboxSelectMultiple,
            "note": forms.Textarea(attrs={"rows": 4, "maxlength": 3000}),
        }
        help_texts = {"note": NO_IDENTITY_HINT}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        used = Initiative.objects.of(self.rights.cluster).order_by("kind").values_list("kind", flat=True).distinct()
        widget: Any = self.fields["kind"].widget
        widget.suggestions = tuple(dict.fromkeys((*KINDS, *used)))


def _life(initiative: Initiative, rights: Rights) -> dict[str, Any]:
    activities = initiative.activities.filter(deleted_at=None).select_related("cluster", "unit")
    return {
        "ratings": initiative.ratings.filter(deleted_at=None).select_related("cluster"),
        "activities": activities[:SHOWN],
        "activity_count": activities.count(),
    }


INITIATIVES = Register(
    model=Initiative,
    form=InitiativeForm,
    path="initiatives",
    title=_("Models of the cluster"),
    add=_("Add a model"),
    lead=_("What the people of both sides keep up together: where, with how many members, how well."),
    group=Group.MOVEMENT,
    related=("unit",),
    prefetched=("communes",),
    filters=("kind", "unit"),
    states=(
        State("kept", _("Kept up"), lambda rows: rows.existing_on(timezone.localdate())),
        State("ended", _("Ended"), lambda rows: rows.filter(ended__lt=timezone.localdate())),
    ),
    columns=(
        Column(_("Name of the model"), lambda row: row.name, 40, "name"),
        Column(_("Kind of model"), lambda row: row.kind, 36, "kind"),
        Column(_("Founded on"), lambda row: row.founded, 12, "founded"),
        Column(_("Hamlets and enterprises"), lambda row: row.places, 36, "places"),
        Column(_("Number of members"), lambda row: row.members, 12, "members"),
        Column(_("Ended on"), lambda row: row.ended, 12, "ended"),
    ),
    body="cluster/_initiative_life.html",
    extras=_life,
)


class ActivityForm(RecordForm):
    unit_field = "unit"
    opens_today = "held_on"
    said_if_given = ("article",)
    held_on = LocalDateField(label=_("Date of the activity"), past=True)

    class Meta:
        model = InitiativeActivity
        fields = ("initiative", "held_on", "unit", "content", "participants", "article")
        widgets = {"content": forms.Textarea(attrs={"rows": 4, "maxlength": 3000})}
        help_texts = {"content": NO_IDENTITY_HINT}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        initiative, day = cleaned.get("initiative"), cleaned.get("held_on")
        if initiative and day and not _existed(initiative, day, day):
            self.add_error("held_on", _("The model was not kept up on this day."))
        return cleaned


def _existed(initiative: Initiative, first: dt.date, last: dt.date) -> bool:
    return initiative.founded <= last and (initiative.ended is None or initiative.ended >= first)


ACTIVITIES = Register(
    model=InitiativeActivity,
    form=ActivityForm,
    path="initiatives/activities",
    title=_("Activities of the models"),
    add=_("Log an activity"),
    lead=_("What the models of the cluster did, day by day."),
    group=Group.MOVEMENT,
    related=("initiative", "unit", "article__document__cluster"),
    filters=("initiative", "unit", "article"),
    writes=Right.LOG,
    columns=(
        Column(_("Date"), lambda row: row.held_on, 12, "held_on"),
        Column(pgettext_lazy("of the cluster", "Model"), lambda row: row.initiative.name, 36, "initiative"),
        Column(_("Unit in charge"), lambda row: row.unit.name, 26, "unit"),
        Column(_("Content"), lambda row: row.content, 50, "content"),
        Column(_("Participants"), lambda row: row.participants, 12, "participants"),
    ),
)


class RatingForm(RecordForm):
    opens_today = "rated_on"
    rated_on = LocalDateField(label=_("Rated on"), past=True)

    class Meta:
        model = InitiativeRating
        fields = ("initiative", "year", "rating", "evidence", "rated_by", "rated_on")
        widgets = {"evidence": forms.Textarea(attrs={"rows": 4, "maxlength": 3000})}

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        initiative, year = cleaned.get("initiative"), cleaned.get("year") or 0
        # A year of other digits is refused by its own rule.
        is_year = dt.MINYEAR <= year <= dt.MAXYEAR
        if initiative and is_year and not _existed(initiative, dt.date(year, 1, 1), dt.date(year, 12, 31)):
            self.add_error("year", _("The model was not kept up in this year."))
        return cleaned


RATINGS = Register(
    model=InitiativeRating,
    form=RatingForm,
    path="initiatives/ratings",
    title=_("Ratings of the models"),
    add=_("Rate a model"),
    lead=_("How well each model worked in a year, and what shows it."),
    group=Group.MOVEMENT,
    related=("initiative",),
    filters=("initiative", "rating"),
    columns=(
        Column(_("Year"), lambda row: row.year, 8, "year"),
        Column(pgettext_lazy("of the cluster", "Model"), lambda row: row.initiative.name, 36, "initiative"),
        Column(_("Rating"), lambda row: capfirst(row.get_rating_display()), 16, "rating"),
        Column(_("Evidence"), lambda row: row.evidence, 50, "evidence"),
        Column(_("Rated by"), lambda row: row.rated_by, 30, "rated_by"),
        Column(_("Rated on"), lambda row: row.rated_on, 12, "rated_on"),
    ),
)
