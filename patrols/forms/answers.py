"""What a unit says to its own line: why, and for a correction what is right."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cluster.models import Officer
from cluster.validators import no_identity
from patrols.forms.fields import NfcField
from patrols.forms.lines import MOST_PEOPLE
from patrols.forms.names import FoundOfficers, OfficerBook, refuse_no_name
from patrols.models import Contingent


class AnswerForm(forms.Form):
    """A word on a line as it stands."""

    reason = NfcField(
        label=_("Reason"),
        max_length=300,
        validators=[no_identity],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("The other side reads it. At most 300 characters."),
    )

    def __init__(self, *args: Any, line: Contingent, is_required: bool = True, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.line = line
        if not is_required:
            del self.fields["reason"]

    def clean_reason(self) -> str:
        """One line: pages and mails show it within a sentence."""
        return " ".join(self.cleaned_data["reason"].split())

    @property
    def answer(self) -> dict[str, Any]:
        """What of the form the verb takes; the form is valid."""
        return {"reason": self.cleaned_data["reason"]} if "reason" in self.fields else {}


class CorrectionForm(AnswerForm):
    """The right number in place of the one on record, and the right names."""

    headcount = forms.IntegerField(
        label=_("People who took part"),
        min_value=1,
        max_value=MOST_PEOPLE,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    names = NfcField(
        label=_("Names of officers"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("With semicolons between. Nobody need be named."),
    )
    adds = forms.BooleanField(label=_("Add these people to the unit"), required=False)
    field_order = ("headcount", "names", "adds", "reason")

    def __init__(self, *args: Any, line: Contingent, **kwargs: Any) -> None:
        self.named = list(line.officers.all())
        self.book = OfficerBook([*Officer.objects.filter(unit=line.unit_id), *self.named])
        labels = "; ".join(dict.fromkeys(self.book.label(officer) for officer in self.named))
        kwargs.setdefault("initial", {"headcount": line.headcount, "names": labels})
        super().__init__(*args, line=line, **kwargs)
        self.found = FoundOfficers()

    @property
    def has_unknown_names(self) -> bool:
        return bool(self.found.unknown)

    def clean_names(self) -> str:
        text = self.cleaned_data["names"]
        self.found = self.book.read(text, unit=self.line.unit, day=self.line.local_date, kept=self.named)
        refuse_no_name(self.found.unknown)
        if self.found.unknown and not self.data.get("adds"):
            message = self.book.unknown_message(self.found.unknown, unit=self.line.unit)
            raise ValidationError(message, code="unknown")
        return text

    def clean(self) -> dict[str, Any]:
        headcount = self.cleaned_data.get("headcount")
        if headcount and len(self.found) > headcount:
            self.add_error("names", gettext("More people are named than took part."))
        return self.cleaned_data

    @property
    def answer(self) -> dict[str, Any]:
        people = {"officers": self.found.officers, "new_officers": self.found.unknown}
        return super().answer | people | {"headcount": self.cleaned_data["headcount"]}

    def refuse_the_same(self) -> None:
        """The number on record is no correction of it."""
        self.add_error("headcount", gettext("This is what the record says already. If it is right, confirm it."))
