"""What the forms of several apps share: dates and times as officers type them (local), units by party."""

import datetime as dt
import hashlib
import re
from collections.abc import Collection, Iterable
from functools import cached_property
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db.models import Model, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cluster.fields import nfc
from cluster.models import Article, Cluster, MemberUnit
from cluster.scans import ACCEPTED, ENDINGS, MAX_BYTES, NotTaken, scan_of

_EARLIEST = dt.date(1945, 9, 2)
_DATE_FORMATS = ("%Y-%m-%d", "%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y")

# "21:00", "21h", "21h5", "21 giờ 30 phút", "21.30", "2130", "930"; a lone digit after a colon may be 5 or 50.
_CLOCK = re.compile(
    r"(?P<hour>\d{1,2})\s*(?:(?:h|g|giờ)\s*(?:(?P<spoken>\d{1,2})\s*(?:p|ph|phút)?)?|[:.]\s*(?P<minute>\d{2})(?::00)?)"
    r"|(?P<digits>\d{1,4})",
    re.IGNORECASE | re.ASCII,
)


def not_in_the_future(day: dt.date) -> None:
    """Refuse a day after today, as it is in Vietnam."""
    if day > timezone.localdate():
        raise ValidationError(_("The date must not be after today."), code="future")


class _LocalDateInput(forms.DateInput):
    input_type = "date"

    def format_value(self, value: Any) -> str | None:
        """A native input shows only ISO dates, so one that was typed otherwise is turned into it."""
        if isinstance(value, str):
            value = _parsed_date(value) or value
        return super().format_value(value)


def _parsed_date(text: str) -> dt.date | None:
    for form in _DATE_FORMATS:
        try:
            return dt.datetime.strptime(text.strip(), form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    return None


class LocalDateField(forms.DateField):
    """A native date input, which also takes dd/mm/yyyy where the browser has none or a program posts it."""

    widget = _LocalDateInput
    default_error_messages = {
        "invalid": _("The date must have the form day/month/year (for example 05/01/2018)."),
        "early": _("This year is too long ago."),
    }

    def __init__(self, *, past: bool = False, **kwargs: Any) -> None:
        kwargs.setdefault("widget", self.widget(format="%Y-%m-%d"))
        super().__init__(input_formats=_DATE_FORMATS, **kwargs)
        if past:
            self.validators.append(not_in_the_future)

    def to_python(self, value: Any) -> dt.date | None:
        day = super().to_python(value)
        if day and day < _EARLIEST:
            raise ValidationError(self.error_messages["early"], code="early")
        return day


class ClockTimeField(forms.TimeField):
    """A time of day on the 24-hour clock, as text: native inputs of some phones show a.m. and p.m."""

    default_error_messages = {
        "invalid": _("Write the time on the 24-hour clock, for example 21:30."),
    }

    def __init__(self, **kwargs: Any) -> None:
        attrs = {"inputmode": "numeric", "autocomplete": "off", "maxlength": 20}
        kwargs.setdefault("widget", forms.TimeInput(format="%H:%M", attrs=attrs))
        super().__init__(**kwargs)

    def to_python(self, value: Any) -> dt.time | None:
        if value in self.empty_values:
            return None
        if isinstance(value, dt.time):
            return value
        time = parsed_clock(str(value))
        if time is None:
            raise ValidationError(self.error_messages["invalid"], code="invalid")
        return time


def parsed_clock(text: str) -> dt.time | None:
    """The time that the text says on the 24-hour clock, or None."""
    found = _CLOCK.fullmatch(nfc(text))
    if not found:
        return None
    hour, minute = found["hour"], found["spoken"] or found["minute"] or 0
    if digits := found["digits"]:
        hour, minute = (digits[:-2], digits[-2:]) if len(digits) > 2 else (digits, 0)
    try:
        return dt.time(int(hour), int(minute))
    except ValueError:
        return None


class SuggestingInput(forms.TextInput):
    """A line of free text with a native list of suggestions."""

    template_name = "django/forms/widgets/suggesting.html"

    def __init__(self, suggestions: Iterable[str] = (), attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.suggestions = tuple(suggestions)

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, (attrs or {}) | {"list": f"suggestions-{name}"})
        context["widget"]["suggestions"] = self.suggestions
        return context


Choices = list[tuple[str, list[tuple[int, str]]]]


class MemberChoices:
    """The member units of a cluster and their communes, now and before, in groups by party, read once.

    A unit that has left by the day (today), or a commune abolished by then, stays on offer and says until when.
    """

    def __init__(self, cluster: Cluster, *, day: dt.date | None = None) -> None:
        self.cluster = cluster
        self.day = day or timezone.localdate()

    @cached_property
    def memberships(self) -> list[MemberUnit]:
        """The last one of each unit, for a unit that left and came back."""
        rows = MemberUnit.objects.filter(party__cluster=self.cluster).select_related(
            "party", "unit__administrative_unit"
        )
        last = {row.unit_id: row for row in sorted(rows, key=lambda row: row.joined)}
        return [row for row in rows if last[row.unit_id] is row]

    def units(self, *, only: Collection[int] | None = None) -> Choices:
        rows = [row for row in self.memberships if only is None or row.unit_id in only]
        return self._by_party((row.party.name, row.unit_id, str(row.unit), row.left) for row in rows)

    def communes(self) -> Choices:
        places = [(row.party.name, row.unit.administrative_unit) for row in self.memberships]
        return self._by_party(
            (party, place.pk, str(place), place.valid_to) for party, place in places if place and place.is_commune_level
        )

    def _by_party(self, rows: Iterable[tuple[str, int, str, dt.date | None]]) -> Choices:
        groups: dict[str, dict[int, str]] = {row.party.name: {} for row in self.memberships}
        for party, pk, name, until in sorted(rows, key=lambda row: self._is_over(row[3])):
            if until and self._is_over(until):
                name = gettext("%(name)s (until %(date)s)") % {"name": name, "date": f"{until:%d/%m/%Y}"}
            groups[party][pk] = name
        return [(party, list(group.items())) for party, group in groups.items() if group]

    def _is_over(self, until: dt.date | None) -> bool:
        return until is not None and until < self.day


def article_choices(cluster: Cluster, *, chosen: int | None = None, of_all_times: bool = False) -> Choices:
    """The articles of the regulations in force today, by regulation, and the one that is chosen already."""
    own = Article.objects.of(cluster) if of_all_times else Article.objects.in_force(cluster, timezone.localdate())
    rows = Article.objects.filter(Q(pk__in=own.values("pk")) | Q(pk=chosen)).select_related("document")
    groups: dict[str, list[tuple[int, str]]] = {}
    for row in rows:
        groups.setdefault(str(row.document), []).append((row.pk, str(row)))
    return list(groups.items())


def offer(field: Any, model: type[Model], choices: Choices) -> None:
    """Let the field of a form take these rows and no others, and show them in their groups."""
    keys = [pk for _group, rows in choices for pk, _label in rows]
    field.queryset = model._default_manager.filter(pk__in=keys)
    if isinstance(field, forms.ModelMultipleChoiceField):
        field.choices = choices
    else:
        empty = _("Choose…") if field.required else "–"
        field.choices = [("", field.empty_label if field.empty_label != "---------" else empty), *choices]


class StoredFileInput(forms.ClearableFileInput):
    """Says what is stored without an address of it: files are read through a view that asks for the right."""

    template_name = "django/forms/widgets/stored_file_input.html"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__({"accept": ACCEPTED} | (attrs or {}))

    def is_initial(self, value: Any) -> bool:
        return bool(value)


class ScanField(forms.FileField):
    """A PDF or a picture of paper as it is kept; named by its content, so that the same form sent twice is the same."""

    widget = StoredFileInput

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("help_text", _("JPEG, PNG, WebP or PDF of at most 10 MB; save a Word file as PDF first."))
        super().__init__(**kwargs)

    def clean(self, data: Any, initial: Any = None) -> Any:
        file = super().clean(data, initial)
        if not isinstance(file, UploadedFile):  # the one that is stored, or False: taken away
            return file
        try:
            scan = scan_of(file.read(MAX_BYTES + 1))
        except NotTaken as reason:
            raise ValidationError(str(reason), code="not_taken") from None
        name = f"{hashlib.sha256(scan.content).hexdigest()}{ENDINGS[scan.kind]}"
        return ContentFile(scan.content, name=name)
