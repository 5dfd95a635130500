"""The forms of conferences, recommendations and key tasks: they check and word, conference_services.py writes."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster.access import Rights
from cluster.answers import NOT_WHOLE
from cluster.formfields import ClockTimeField, LocalDateField, MemberChoices
from cluster.models import Cluster
from cluster.recordforms import NO_IDENTITY_HINT, Entry, RecordForm, capitalised
from incidents.models import Award
from reports.conference_services import PartEntry
from reports.models import PARTS, Conference, Contribution, Delegation, Difficulty, KeyTask, Recommendation, Review
from reports.wording import review_name

# The native list of names that a field for a unit or body suggests; any other may be typed.
BODIES = {"list": "bodies"}
MOST_ROWS = 60


def suggested_bodies(cluster: Cluster) -> list[str]:
    """The parties of the cluster and their units, for the native list."""
    members = MemberChoices(cluster).memberships
    names = [*(member.party.name for member in members), *(member.unit.name for member in members)]
    return list(dict.fromkeys(names))


class PartForm(forms.ModelForm):
    """A row of a conference's own; left empty, it is none."""

    def entered(self, part: str) -> PartEntry:
        return PartEntry.of(part, self.instance, tuple(self.fields))


class DelegationForm(PartForm):
    headcount = forms.IntegerField(label=_("Number of delegates"), min_value=1, max_value=9999)

    class Meta:
        model = Delegation
        fields = ("body", "headcount", "names")
        widgets = {"body": forms.TextInput(attrs=BODIES)}


class ContributionForm(PartForm):
    class Meta:
        model = Contribution
        fields = ("body", "speaker", "subject", "text")
        widgets = {
            "body": forms.TextInput(attrs=BODIES),
            "text": forms.Textarea(attrs={"rows": 4, "maxlength": 20_000}),
        }


class DifficultyForm(PartForm):
    state = forms.ChoiceField(label=_("State"), choices=capitalised(Difficulty.State.choices))

    def has_changed(self) -> bool:
        """A browser sends a choice of every row: it does not tell whether anything was typed."""
        return bool({*self.changed_data} - {"state"})

    class Meta:
        model = Difficulty
        fields = ("text", "action", "state")
        widgets = {
            "text": forms.Textarea(attrs={"rows": 2, "maxlength": 3000}),
            "action": forms.Textarea(attrs={"rows": 2, "maxlength": 3000}),
        }


PART_FORMS: dict[str, type[PartForm]] = {
    "delegations": DelegationForm,
    "contributions": ContributionForm,
    "difficulties": DifficultyForm,
}
ADDED = {"delegations": 3, "contributions": 2, "difficulties": 2}


class PartRows(forms.BaseFormSet):
    """The rows of one part. None of them is there yet as Django sees it, so that an emptied one simply goes."""

    # Django's own names the hidden fields, which tells a user nothing.
    default_error_messages = {"missing_management_form": NOT_WHOLE}

    def initial_form_count(self) -> int:
        return 0

    def total_form_count(self) -> int:
        if self.is_bound:
            return super().total_form_count()
        return min(len(self.initial or []) + self.extra, self.max_num)

    def entered(self, part: str) -> tuple[PartEntry, ...]:
        return tuple(form.entered(part) for form in self.forms if form.has_changed())


def _rows_class(part: str) -> type[PartRows]:
    return forms.formset_factory(  # type: ignore[return-value]
        PART_FORMS[part],
        formset=PartRows,
        extra=ADDED[part],
        max_num=MOST_ROWS,
        absolute_max=MOST_ROWS,
        validate_max=True,
    )


class ConferenceForm(RecordForm):
    """A conference with the rows of its parts, which stand in ``rows`` by the name of the part."""

    held_on = LocalDateField(label=pgettext_lazy("of a conference", "Date"), past=True)
    starts_at = ClockTimeField(label=_("Begins at"), required=False, help_text=_("For example 08:00."))
    ends_at = ClockTimeField(label=_("Ends at"), required=False)

    class Meta:
        model = Conference
        fields = (
            *("kind", "name", "review", "held_on", "starts_at", "ends_at", "place", "chair", "secretary"),
            *("conclusions", "awards", "handover_from", "handover_to", "handover_note"),
        )
        widgets = {
            "chair": forms.Textarea(attrs={"rows": 2, "maxlength": 500}),
            "secretary": forms.Textarea(attrs={"rows": 2, "maxlength": 500}),
            "conclusions": forms.Textarea(attrs={"rows": 6, "maxlength": 20_000}),
            "handover_note": forms.Textarea(attrs={"rows": 3, "maxlength": 3000}),
            "awards": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "chair": _("Name and post, one person a line."),
            "secretary": _("Name and post, one person a line."),
            "conclusions": NO_IDENTITY_HINT,
        }

    def __init__(self, *args: Any, rights: Rights, **kwargs: Any) -> None:
        super().__init__(*args, rights=rights, **kwargs)
        label_reviews(self.fields["review"], rights.cluster)
        awards: Any = self.fields["awards"]
        # An award is handed over once; one that was deleted since stays ticked, or an edit would drop it.
        elsewhere = Conference.objects.of(rights.cluster).exclude(pk=self.instance.pk).filter(awards__isnull=False)
        own = Award.objects.filter(conferences=self.instance.pk) if self.instance.pk else Award.objects.none()
        free = awards.queryset.exclude(pk__in=elsewhere.values("awards"))
        awards.queryset = Award.objects.filter(Q(pk__in=free) | Q(pk__in=own)).order_by("-decided_on", "name")
        awards.label_from_instance = _award_in_words
        self.rows = {part: self._rows(part) for part in PARTS}

    def _rows(self, part: str) -> PartRows:
        """Of a posted form, only what was posted: a row that was emptied there goes."""
        if self.is_bound:
            return _rows_class(part)(self.data, prefix=part)
        rows = self.initial.get(part)
        if rows is None:
            names = PART_FORMS[part].base_fields
            stored = getattr(self.instance, part).all() if self.instance.pk else ()
            rows = [{name: getattr(row, name) for name in names} for row in stored]
        return _rows_class(part)(prefix=part, initial=rows)

    def clean_held_on(self) -> dt.date:
        day, numbered = self.cleaned_data["held_on"], self.instance.minutes_number
        stored = self.initial.get("held_on")
        if numbered and stored and day.year != stored.year:
            raise ValidationError(
                _("The minutes bear a number of %(year)d: the conference stays in that year."),
                code="numbered",
                params={"year": stored.year},
            )
        return day

    def is_valid(self) -> bool:
        faulty = [part for part, rows in self.rows.items() if not rows.is_valid()]
        if super().is_valid() and faulty:
            self.add_error(None, _("Please check the rows of delegates, contributions and difficulties."))
        return super().is_valid()

    def data_entered(self) -> Entry:
        own = super().data_entered().content()
        return Entry(own | {part: rows.entered(part) for part, rows in self.rows.items()})

    def of(self, record: Any) -> Entry:
        stored = {
            part: tuple(
                PartEntry.of(part, row, tuple(PART_FORMS[part].base_fields)) for row in getattr(record, part).all()
            )
            for part in PARTS
        }
        return Entry(super().of(record).content() | stored)


def posted_texts(post: Any) -> dict[str, Any]:
    """What stands in a posted form, to show it again with more rows and without a word of complaint."""
    texts: dict[str, Any] = {name: post.get(name, "") for name in ConferenceForm.Meta.fields}
    texts["awards"] = post.getlist("awards")
    return texts | {part: list(_posted_rows(post, part)) for part in PARTS}


def _posted_rows(post: Any, part: str) -> Iterator[dict[str, str]]:
    for number in range(MOST_ROWS):
        row = {name: post.get(f"{part}-{number}-{name}", "") for name in PART_FORMS[part].base_fields}
        # A choice is never empty, so it tells nothing of whether anything was typed.
        if any(value for name, value in row.items() if name != "state"):
            yield row


def _award_in_words(award: Award) -> str:
    return f"{award.name} – {award.form} ({award.decision_number}, {award.decided_on:%d/%m/%Y})"


def label_reviews(field: Any, cluster: Cluster) -> None:
    """Reviews by the name of their period, as everywhere."""
    field.queryset = Review.objects.filter(cluster=cluster)
    field.label_from_instance = lambda review: review_name(review.period, cluster)


class _FollowUpForm(RecordForm):
    """What a conference or a review leaves behind."""

    def __init__(self, *args: Any, rights: Rights, **kwargs: Any) -> None:
        super().__init__(*args, rights=rights, **kwargs)
        label_reviews(self.fields["review"], rights.cluster)


class RecommendationForm(_FollowUpForm):
    made_on = LocalDateField(label=_("Made on"), past=True)

    class Meta:
        model = Recommendation
        fields = ("made_on", "addressee", "content", "conference", "review")
        widgets = {"content": forms.Textarea(attrs={"rows": 4, "maxlength": 5000})}
        help_texts = {
            "addressee": _("For example: Lãnh đạo Ủy ban nhân dân hai huyện."),
            "content": NO_IDENTITY_HINT,
        }

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        answered, made = self.instance.answered_on, cleaned.get("made_on")
        if answered and made and made > answered:
            self.add_error("made_on", _("The answer cannot be older than the recommendation."))
        return cleaned


class AnswerForm(RecordForm):
    answered_on = LocalDateField(
        label=_("Date of the answer"), required=False, past=True, help_text=_("Or of the withdrawal.")
    )

    class Meta:
        model = Recommendation
        fields = ("state", "answered_on", "answer_document", "answer")
        widgets = {"answer": forms.Textarea(attrs={"rows": 4, "maxlength": 5000})}
        help_texts = {"answer_document": _("Number and symbol, such as: 45/UBND-NC."), "answer": NO_IDENTITY_HINT}

    def __init__(self, *args: Any, rights: Rights, **kwargs: Any) -> None:
        super().__init__(*args, rights=rights, **kwargs)
        # An answer is news, no correction of the work of others.
        self.fields.pop("reason", None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        is_open = cleaned.get("state") == Recommendation.State.OPEN
        given = [name for name in ("answered_on", "answer_document", "answer") if cleaned.get(name)]
        if is_open and given:
            self.add_error("state", _("There is an answer below: say what it is, or empty it."))
        if "state" in cleaned and not is_open and "answered_on" in cleaned and not cleaned["answered_on"]:
            self.add_error("answered_on", _("Say when the answer came."))
        if (day := cleaned.get("answered_on")) and day < self.instance.made_on:
            self.add_error("answered_on", _("The answer cannot be older than the recommendation."))
        return cleaned


class TaskForm(_FollowUpForm):
    date_from = LocalDateField(label=_("For the period from"))
    date_to = LocalDateField(label=_("For the period to"))
    due_on = LocalDateField(label=_("Due on"), required=False, help_text=_("Empty: by the end of the period."))

    class Meta:
        model = KeyTask
        fields = ("date_from", "date_to", "content", "owner", "due_on", "article", "conference", "review")
        widgets = {
            "content": forms.Textarea(attrs={"rows": 4, "maxlength": 5000}),
            "owner": forms.TextInput(attrs=BODIES),
        }
        help_texts = {"content": NO_IDENTITY_HINT, "owner": _("A unit, a party or another body.")}


class AssessmentForm(RecordForm):
    assessed_on = LocalDateField(label=_("Assessed on"), required=False, past=True)

    class Meta:
        model = KeyTask
        fields = ("assessment", "assessed_on", "assessment_note")
        widgets = {"assessment_note": forms.Textarea(attrs={"rows": 4, "maxlength": 5000})}
        help_texts = {"assessment_note": NO_IDENTITY_HINT}

    def __init__(self, *args: Any, rights: Rights, **kwargs: Any) -> None:
        super().__init__(*args, rights=rights, **kwargs)
        self.fields.pop("reason", None)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        given = [name for name in ("assessed_on", "assessment_note") if cleaned.get(name)]
        if not cleaned.get("assessment") and given:
            self.add_error("assessment", _("Say whether the task is done, or empty what stands below."))
        if cleaned.get("assessment") and "assessed_on" in cleaned and not cleaned["assessed_on"]:
            self.add_error("assessed_on", _("Say on which day the task was assessed."))
        if (day := cleaned.get("assessed_on")) and day < self.instance.date_from:
            self.add_error("assessed_on", _("A task is assessed when its period has begun."))
        return cleaned
