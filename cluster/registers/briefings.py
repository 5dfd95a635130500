"""The registers of briefings (giao ban), of the patterns by which they are due, and of their conclusions."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster.access import Rights
from cluster.conclusions import carried_to, conclusions_of
from cluster.dues import awaited_briefings
from cluster.formfields import ClockTimeField, LocalDateField
from cluster.hostfield import HostField, HostsField
from cluster.models import Briefing, BriefingPattern, Conclusion
from cluster.recordforms import NO_IDENTITY_HINT, RecordForm, capitalised
from cluster.registers.register import Column, Group, Register


class BriefingForm(RecordForm):
    said_if_given = ("number", "guests", "called_off")
    host = HostField(
        label=pgettext_lazy("of a briefing", "Host"), help_text=_("A unit, or a whole side of the cluster.")
    )
    planned_on = LocalDateField(label=_("Planned for"), required=False)
    held_on = LocalDateField(
        label=_("Held on"), required=False, past=True, help_text=_("Leave empty while it is only planned.")
    )
    starts_at = ClockTimeField(label=pgettext_lazy("of a briefing", "Start"), required=False)
    ends_at = ClockTimeField(label=pgettext_lazy("of a briefing", "End"), required=False)

    class Meta:
        model = Briefing
        fields = (
            *("level", "cycle", "number", "year", "planned_on", "held_on", "starts_at", "ends_at", "place"),
            *("chair", "secretary", "units", "headcount", "guests", "points", "called_off"),
        )
        widgets = {
            "units": forms.CheckboxSelectMultiple,
            "points": forms.Textarea(attrs={"rows": 8, "maxlength": 10000}),
        }
        help_texts = {"points": NO_IDENTITY_HINT}

    field_order = ("reason", "level", "cycle", "number", "year", "host")

    def __init__(self, *args: Any, rights: Rights, **kwargs: Any) -> None:
        super().__init__(*args, rights=rights, **kwargs)
        host: Any = self.fields["host"]
        host.offer(rights.cluster)
        self.initial.setdefault("host", self.instance.host)
        if self.is_new and not self.initial.get("year"):
            self.initial["year"] = timezone.localdate().year

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        self.instance.host = data.get("host")
        return data


class PatternForm(RecordForm):
    date_from = LocalDateField(
        label=_("From day"),
        help_text=_("Periods that begin on this day or later have a briefing."),
    )
    date_to = LocalDateField(
        label=_("To day"),
        required=False,
        help_text=_("What changes from some day on is another pattern: end this one on the day before."),
    )
    hosts = HostsField(
        label=_("Hosts in their order"),
        required=False,
        help_text=_("The turn goes from one to the next. A unit takes part while it is a member of the cluster."),
    )

    class Meta:
        model = BriefingPattern
        fields = ("level", "cycle", "due_day", "due_in", "date_from", "date_to")

    def __init__(self, *args: Any, rights: Rights, **kwargs: Any) -> None:
        super().__init__(*args, rights=rights, **kwargs)
        hosts: Any = self.fields["hosts"]
        now = self.instance.hosts if self.instance.pk else ()
        hosts.offer(rights.cluster, rows=len(now))
        self.initial.setdefault("hosts", now)


class ConclusionForm(RecordForm):
    said_if_given = ("place", "owner_body", "article")
    place = HostField(label=_("Carried out by"), required=False)
    due_on = LocalDateField(label=_("Due on"), required=False)

    class Meta:
        model = Conclusion
        fields = ("briefing", "text", "owner_body", "due_on", "article")
        widgets = {"text": forms.Textarea(attrs={"rows": 3, "maxlength": 2000})}
        help_texts = {"text": NO_IDENTITY_HINT}

    field_order = ("reason", "briefing", "text", "place", "owner_body", "due_on", "article")

    def __init__(self, *args: Any, rights: Rights, **kwargs: Any) -> None:
        super().__init__(*args, rights=rights, **kwargs)
        place: Any = self.fields["place"]
        place.offer(rights.cluster)
        self.initial.setdefault("place", self.instance.place)

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        place, body = data.get("place"), data.get("owner_body")
        self.instance.place = place
        if bool(place) == bool(body) and not self.errors:
            self.add_error("place", ValidationError(_("Say who carries it out: one of the cluster, or another body.")))
        briefing, due_on = data.get("briefing") or self._briefing(), data.get("due_on")
        if briefing and due_on and due_on < briefing.local_date:
            self.add_error("due_on", ValidationError(_("It cannot be due before the briefing.")))
        return data

    def _briefing(self) -> Briefing | None:
        return self.instance.briefing if self.instance.briefing_id else None


class ConclusionOnPage(ConclusionForm):
    """One more conclusion, on the page of its briefing."""

    class Meta(ConclusionForm.Meta):
        fields = ("text", "owner_body", "due_on")  # type: ignore[assignment]


def conclusions_on(briefing: Briefing, rights: Rights) -> dict[str, Any]:
    """For the page of a briefing: what it concluded, what it has to follow up, and the form of one more."""
    blank = Conclusion(cluster=briefing.cluster, briefing=briefing)
    is_open = rights.coordinates and briefing.held_on is not None
    return {
        "conclusions": conclusions_of(briefing),
        "carried": carried_to(briefing),
        "conclusion_form": ConclusionOnPage(instance=blank, rights=rights) if is_open else None,
        "states": capitalised(Conclusion.State.choices),
        "noted_on": briefing.held_on or timezone.localdate(),
    }


def _state(conclusion: Conclusion) -> str | Promise:
    return _("overdue") if conclusion.is_overdue else conclusion.get_state_display()


BRIEFINGS = Register(
    takes_lists=False,
    model=Briefing,
    form=BriefingForm,
    path="briefings",
    title=pgettext_lazy("register", "Briefings"),
    add=_("Record a briefing"),
    lead=_("Planned and held at each level, with what was raised and concluded."),
    related=("host_unit", "host_party"),
    prefetched=("conclusions",),
    filters=("level", "cycle", "host_unit"),
    body="cluster/_briefing_conclusions.html",
    extras=conclusions_on,
    head="cluster/_briefing_dues.html",
    surroundings=lambda rights: {
        "dues": awaited_briefings(rights.cluster),
        "today": timezone.localdate(),
    },
    list_actions="cluster/_briefing_list_actions.html",
    record_actions="cluster/_briefing_actions.html",
    columns=(
        Column(pgettext_lazy("noun", "Briefing"), lambda row: row.title, 36),
        Column(_("Date"), lambda row: row.local_date, 12),
        Column(pgettext_lazy("of a briefing", "Host"), lambda row: row.host and row.host.name, 28),
        Column(_("People present"), lambda row: row.headcount, 12),
        Column(_("Conclusions"), lambda row: sum(not c.is_deleted for c in row.conclusions.all()) or None, 12),
        Column(_("State"), lambda row: capfirst(row.state.label), 14),
    ),
)

PATTERNS = Register(
    takes_lists=False,
    model=BriefingPattern,
    form=PatternForm,
    path="briefing-patterns",
    title=_("Patterns of briefings"),
    add=_("Add a pattern"),
    lead=_("How often each level meets, by when, and who is host in turn. What is due and overdue follows from it."),
    group=Group.GOVERNING,
    prefetched=("host_rows__unit", "host_rows__party"),
    filters=("level",),
    columns=(
        Column(_("Pattern"), lambda row: str(row), 36),
        Column(_("Due by day"), lambda row: row.due_day, 10),
        Column(pgettext_lazy("of a pattern", "Of"), lambda row: capfirst(row.get_due_in_display()), 24),
        Column(_("From day"), lambda row: row.date_from, 12),
        Column(_("To day"), lambda row: row.date_to, 12),
        Column(_("Hosts in their order"), lambda row: ", ".join(host.name for host in row.hosts), 60),
    ),
)

CONCLUSIONS = Register(
    takes_lists=False,
    model=Conclusion,
    form=ConclusionForm,
    path="conclusions",
    title=_("Conclusions of briefings"),
    add=_("Record a conclusion"),
    lead=_("Who does what until when, until a later briefing has found it done."),
    related=("briefing__host_unit", "briefing__host_party", "owner_unit", "owner_party", "article__document__cluster"),
    filters=("state", "owner_unit", "owner_party", "article"),
    body="cluster/_conclusion_follow_ups.html",
    extras=lambda conclusion, rights: {"follow_ups": conclusion.follow_ups.select_related("briefing__cluster")},
    columns=(
        Column(pgettext_lazy("noun", "Conclusion"), lambda row: row.text, 60),
        Column(_("Carried out by"), lambda row: row.owner, 26),
        Column(_("Due on"), lambda row: row.due_on, 12),
        Column(_("State"), lambda row: capfirst(str(_state(row))), 16),
        Column(_("Concluded on"), lambda row: row.briefing.local_date, 12),
    ),
)
