"""The form of a patrol, filled in on a phone after a night shift."""

import datetime as dt
import uuid
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any, Self

from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster.access import Rights
from cluster.formfields import ClockTimeField, LocalDateField
from cluster.models import PoliceUnit
from cluster.validators import no_identity
from patrols.forms.choices import PatrolChoices, dates_in_words
from patrols.forms.fields import EndTimeField, NfcField, Options, PickField, PickManyField
from patrols.forms.lines import MOST_LINES, FormLine, LineReader, chosen_unit, lines_of, lines_of_patrol
from patrols.forms.names import UnitFinder
from patrols.forms.questions import Question
from patrols.models import Contingent, JointPatrol
from patrols.services import LineData, PatrolData

# Vietnam has stood at UTC+7 only since June 1975; LocalDate relies on it.
EARLIEST = dt.date(1976, 1, 1)
FURTHEST_AHEAD = dt.timedelta(days=731)
Status = JointPatrol.Status
_FOLDED = ("result", "shift_leader", "campaign", "communes", "kind", "status", "status_reason", "code")


@dataclass(frozen=True)
class Box:
    """A commune to tick."""

    key: str
    label: str
    is_checked: bool


class PatrolForm(forms.Form):
    """Times are local; an end that is not after the start is on the next day."""

    date = LocalDateField(label=gettext_lazy("Date"))
    start = ClockTimeField(label=gettext_lazy("Start"))
    end = EndTimeField(label=gettext_lazy("End"), required=False)
    route = NfcField(label=gettext_lazy("Place, route"), max_length=300, validators=[no_identity])
    lead_unit = PickField(label=gettext_lazy("Lead unit"))
    lead_other = NfcField(label=gettext_lazy("Name of another unit"), required=False, max_length=150)
    result = NfcField(
        label=gettext_lazy("Result"),
        required=False,
        max_length=5000,
        validators=[no_identity],
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=gettext_lazy("Do not write names or anything that identifies a person."),
    )
    shift_leader = PickField(label=gettext_lazy("Shift leader"), required=False)
    campaign = PickField(label=gettext_lazy("Campaign"), required=False)
    communes = PickManyField(label=gettext_lazy("Communes covered"), required=False)
    kind = forms.ChoiceField(label=gettext_lazy("Kind of patrol"), choices=JointPatrol.Kind.choices)
    status = forms.ChoiceField(label=gettext_lazy("Status"), choices=JointPatrol.Status.choices)
    code = NfcField(
        label=gettext_lazy("Patrol code"),
        required=False,
        max_length=50,
        help_text=gettext_lazy("Of the cluster's own log, if it has one."),
    )
    status_reason = NfcField(
        label=gettext_lazy("Reason for postponing or cancelling"),
        required=False,
        max_length=300,
        validators=[no_identity],
    )
    reason = NfcField(
        label=gettext_lazy("Reason for the change"),
        max_length=300,
        validators=[no_identity],
        help_text=gettext_lazy("Shown to everybody who reads the record."),
    )

    # What the view asks before it stores a valid form.
    questions: Sequence[Question] = ()

    def __init__(
        self,
        data: QueryDict | None = None,
        *,
        choices: PatrolChoices,
        rights: Rights,
        now: dt.datetime,
        client_id: uuid.UUID | None = None,
        initial: dict[str, Any] | None = None,
        lines: list[FormLine] | None = None,
    ) -> None:
        self.choices, self.rights, self.now = choices, rights, now
        self.patrol, self.client_id = choices.patrol, client_id
        super().__init__(data, initial=self._stored() | (initial or {}))
        if not self.needs_reason:
            del self.fields["reason"]
        self.lines = lines_of(data) if data is not None else lines if lines is not None else self._first_lines()
        self._attach_stored_lines()
        self._offer()

    @classmethod
    def kept(cls, post: QueryDict, **kwargs: Any) -> Self:
        """The texts as posted and one more line, unchecked."""
        lines = lines_of(post)
        if len(lines) < MOST_LINES:
            lines.append(FormLine(max((line.number for line in lines), default=-1) + 1))
        initial = {name: post.get(name, "") for name in cls.base_fields}
        return cls(initial=initial | {"communes": post.getlist("communes")}, lines=lines, **kwargs)

    # What the form shows

    def _stored(self) -> dict[str, Any]:
        if (patrol := self.patrol) is None:
            own = self.preset_unit
            return {"date": self.today, "lead_unit": own, "status": Status.COMPLETED, "kind": JointPatrol.Kind.JOINT}
        start, end = patrol.starts_at or patrol.planned_start, patrol.ends_at or patrol.planned_end
        texts = {name: getattr(patrol, name) for name in ("route", "result", "kind", "status", "status_reason", "code")}
        return texts | {
            "date": patrol.local_date,
            "start": timezone.localtime(start).time() if start else None,
            "end": timezone.localtime(end).time() if end else None,
            "lead_unit": patrol.lead_unit_id,
            "shift_leader": patrol.shift_leader_id,
            "campaign": patrol.campaign_id,
            "communes": [place.pk for place in patrol.communes.all()],
        }

    def _first_lines(self) -> list[FormLine]:
        if self.patrol:
            return lines_of_patrol(self.choices.stored_lines, self.choices.book)
        return [FormLine(0, unit=self.preset_unit), FormLine(1)]

    def _attach_stored_lines(self) -> None:
        stored = {(str(line.unit_id), str(line.force_id)): line for line in self.choices.stored_lines}
        for line in self.lines:
            line.stored = stored.get((line.unit, line.force))
            line.is_locked = bool(line.stored) and self._belongs_to_others(line.stored)

    def _belongs_to_others(self, line: Contingent | None) -> bool:
        """Whether the line is another unit's, which has answered for it, and the user may not change it."""
        return bool(line) and not self.rights.coordinates and self._is_decided_elsewhere(line)

    def _is_decided_elsewhere(self, line: Contingent | None) -> bool:
        return line is not None and line.state != Contingent.State.PENDING and line.unit_id not in self.rights.unit_ids

    def _offer(self) -> None:
        fields: dict[str, Any] = self.fields
        for name, objects, options in (
            ("lead_unit", self.choices.units, self.unit_options),
            ("shift_leader", self.choices.officers, self.choices.leader_options(self.day)),
            ("campaign", self.choices.campaigns, self.choices.campaign_options(self.day)),
        ):
            fields[name].offer(objects, options)
        fields["communes"].offered = self.choices.communes

    @cached_property
    def today(self) -> dt.date:
        return timezone.localdate(self.now)

    @cached_property
    def day(self) -> dt.date:
        """The date in the form, by which its lists are sorted; today where it is none."""
        try:
            day = self.fields["date"].clean(self["date"].value())
        except ValidationError:
            return self.today
        return day if EARLIEST <= day <= self.today + FURTHEST_AHEAD else self.today

    @cached_property
    def preset_unit(self) -> str:
        """The unit that the user logs for, as a key."""
        own = self.rights.unit_ids
        today = [member.unit_id for member in self.choices.roster.on(self.today)]
        return str(next((pk for pk in [*today, *sorted(own)] if pk in own), ""))

    @cached_property
    def unit_options(self) -> Options:
        return self.choices.unit_options(self.day)

    @cached_property
    def force_options(self) -> Options:
        return self.choices.force_options(self.day)

    @cached_property
    def commune_boxes(self) -> list[Box]:
        """The communes that are members on the date, and any that is ticked."""
        return [box for box in self._boxes if box.key in self._communes_of_day or box.is_checked]

    @cached_property
    def other_commune_boxes(self) -> list[Box]:
        shown = {box.key for box in self.commune_boxes}
        return [box for box in self._boxes if box.key not in shown]

    @property
    def _boxes(self) -> list[Box]:
        ticked = {str(key) for key in self["communes"].value() or []}
        return [Box(str(pk), place.full_name, str(pk) in ticked) for pk, place in self.choices.communes.items()]

    @cached_property
    def _communes_of_day(self) -> set[str]:
        return {str(member.unit.administrative_unit_id) for member in self.choices.roster.on(self.day)}

    @property
    def opens_details(self) -> bool:
        """Whether the folded part of the form holds something to look at."""
        if any(self[name].errors for name in _FOLDED):
            return True
        filled = any(self[name].value() for name in ("result", "shift_leader", "campaign", "communes", "code"))
        return filled or self["status"].value() != Status.COMPLETED or self["kind"].value() != JointPatrol.Kind.JOINT

    @property
    def total(self) -> int:
        return sum(line.people or 0 for line in self.lines)

    @property
    def blank_line(self) -> FormLine:
        """For the script to copy; it puts the number of the new line in place of this one."""
        return FormLine(999)

    @property
    def needs_reason(self) -> bool:
        """An edit of others' work says why: a record of another unit, or a line that its unit has decided.

        A plan is nobody's work yet; who puts it off says why elsewhere.
        """
        if self.patrol is None or self.patrol.is_plan:
            return False
        decided = any(self._is_decided_elsewhere(line) for line in self.choices.stored_lines)
        return self.rights.needs_reason(self.patrol) or (self.rights.coordinates and decided)

    @property
    def error_items(self) -> list[tuple[str, str, str]]:
        """(id of the input, its label, message) of every error, in the order of the page."""
        items = [("", "", str(message)) for message in self.non_field_errors()]
        for bound in self:
            items += [(bound.id_for_label, str(bound.label), str(message)) for message in bound.errors]
        for place, line in enumerate(self.lines, start=1):
            label = _("Line %(number)d") % {"number": place}
            items += [(element, label, message) for element, message in line.error_items()]
        return items

    # What it says

    def is_valid(self) -> bool:
        return super().is_valid() and not any(line.errors for line in self.lines)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        self._clean_times(cleaned)
        texts = [cleaned.get("lead_other", ""), *(line.other for line in self.lines)]
        finder = UnitFinder(self.choices.cluster, self.day, texts=texts)
        cleaned["lead"] = self._clean_lead(finder)
        preset = "" if cleaned.get("status") == Status.COMPLETED else self.preset_unit
        cleaned["lines"] = LineReader(self.choices, finder).read(self.lines, preset_unit=preset)
        self._clean_line_count(cleaned)
        self._clean_communes(cleaned)
        self._clean_own_part(cleaned)
        self._clean_code(cleaned)
        self._clean_status_reason(cleaned)
        return cleaned

    def _clean_times(self, cleaned: dict[str, Any]) -> None:
        day, start, end = (cleaned.get(name) for name in ("date", "start", "end"))
        if not day or not start:
            return
        if day < EARLIEST or day > self.today + FURTHEST_AHEAD:
            return self.add_error("date", _("Check the year of the date."))
        zone = timezone.get_default_timezone()
        cleaned["starts_at"] = starts_at = dt.datetime.combine(day, start, zone)
        if end:
            last_day = day if end > start else day + dt.timedelta(days=1)
            cleaned["ends_at"] = dt.datetime.combine(last_day, end, zone)
        if cleaned.get("status") == Status.COMPLETED and starts_at > self.now:
            message = _("The date of the patrol must not be after today once its result is recorded.")
            if day == self.today:
                yesterday = f"{day - dt.timedelta(days=1):%d/%m/%Y}"
                message = _("%(hour)s today is still to come. Did the patrol begin on %(date)s?") % {
                    "hour": f"{start:%H:%M}",
                    "date": yesterday,
                }
            self.add_error("date", message)

    def _clean_lead(self, finder: UnitFinder) -> PoliceUnit | None:
        key, text = self.data.get("lead_unit", ""), self.cleaned_data.get("lead_other", "")
        # Which of the two inputs is wrong is known only here, so the list's own check would say it twice.
        self.errors.pop("lead_unit", None)
        try:
            lead = chosen_unit(key=key, text=text, choices=self.choices, finder=finder)
        except ValidationError as error:
            for wrong, messages in error.message_dict.items():
                self.add_error({"key": "lead_unit", "text": "lead_other"}[wrong], messages)
            return None
        if lead is None and "lead_other" not in self.errors:
            self.add_error("lead_unit", _("Choose the unit."))
        return lead

    def _clean_line_count(self, cleaned: dict[str, Any]) -> None:
        if len(self.lines) > MOST_LINES:
            self.add_error(None, _("A patrol has at most %(most)d lines.") % {"most": MOST_LINES})
        came_without = self.patrol is not None and not self.choices.stored_lines
        if cleaned.get("status") == Status.COMPLETED and not (
            cleaned["lines"] or self._has_line_errors or came_without
        ):
            self.add_error(None, _("Enter at least one line: unit, force and number of people."))

    @property
    def _has_line_errors(self) -> bool:
        return any(line.errors for line in self.lines)

    def _clean_communes(self, cleaned: dict[str, Any]) -> None:
        for place in cleaned.get("communes", []):
            if not place.is_valid_on(self.day):
                dates = dates_in_words(place.valid_from, place.valid_to)
                self.add_error(
                    "communes", _("%(name)s exists only %(dates)s.") % {"name": place.full_name, "dates": dates}
                )

    def _clean_own_part(self, cleaned: dict[str, Any]) -> None:
        """A recorder logs for the own unit; a coordinator logs anything."""
        if self.rights.coordinates or self._has_line_errors or cleaned["lead"] is None:
            return
        taking_part = {cleaned["lead"].pk, *(line.unit.pk for line in cleaned["lines"])}
        if not taking_part & self.rights.unit_ids:
            self.add_error("lead_unit", _("Log for your own unit: it must lead the patrol or have a line."))

    def _clean_code(self, cleaned: dict[str, Any]) -> None:
        if not cleaned.get("code"):
            return
        client_id = self.patrol.client_id if self.patrol else self.client_id
        # A deleted patrol keeps its code: the constraint knows no deletion.
        same = JointPatrol.objects.filter(cluster=self.choices.cluster, code=cleaned["code"])
        if any(other.client_id != client_id for other in same):
            self.add_error("code", _("The cluster already has a patrol of this code."))

    def _clean_status_reason(self, cleaned: dict[str, Any]) -> None:
        """A reason belongs to a patrol that was put off; one that is planned anew since keeps it."""
        if cleaned.get("status") not in JointPatrol.PUT_OFF:
            is_as_before = self.patrol is not None and cleaned.get("status") == self.patrol.status
            cleaned["status_reason"] = self.patrol.status_reason if self.patrol and is_as_before else ""
        elif not cleaned.get("status_reason") and "status_reason" not in self.errors:
            self.add_error("status_reason", _("Say why it was postponed or cancelled."))

    def refuse_line(self, refused: Contingent) -> None:
        """Say at its place that the line is another unit's, and give it back as it is."""
        message = _("%(unit)s has answered for this line: only that unit or the coordinator changes it.")
        message %= {"unit": refused.unit}
        self.restore_closed_lines()
        for line in self.lines:
            if line.stored and line.stored.pk == refused.pk:
                line.errors["headcount"] = message

    def restore_closed_lines(self) -> None:
        """Put the lines that the user may not change as they are stored: nothing else of them could be saved."""
        closed = [line for line in self.choices.stored_lines if self._belongs_to_others(line)]
        stored_now = {line.stored.pk: line for line in lines_of_patrol(closed, self.choices.book) if line.stored}
        for place, line in enumerate(self.lines):
            if line.stored and (restored := stored_now.pop(line.stored.pk, None)):
                self.lines[place] = replace(restored, number=line.number, is_locked=True)
        following = max((line.number for line in self.lines), default=-1) + 1
        self.lines += [
            replace(line, number=number, is_locked=True) for number, line in enumerate(stored_now.values(), following)
        ]

    @property
    def patrol_data(self) -> PatrolData:
        """What was entered; of a valid form."""
        cleaned = self.cleaned_data
        times = {"starts_at": cleaned["starts_at"], "ends_at": cleaned.get("ends_at")}
        if cleaned["status"] != Status.COMPLETED:
            times = {"planned_start": cleaned["starts_at"], "planned_end": cleaned.get("ends_at")}
        elif self.patrol:
            times |= {"planned_start": self.patrol.planned_start, "planned_end": self.patrol.planned_end}
        lines: tuple[LineData, ...] = cleaned["lines"]
        as_they_are = {name: cleaned[name] for name in ("route", "kind", "status", "status_reason", "code", "result")}
        return PatrolData(
            lead_unit=cleaned["lead"],
            campaign=cleaned["campaign"],
            shift_leader=cleaned["shift_leader"],
            communes=tuple(cleaned["communes"]),
            lines=lines,
            **times,
            **as_they_are,
        )
