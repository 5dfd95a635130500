"""The small forms of briefings: what became of a conclusion, and the year to plan."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cluster.fields import nfc
from cluster.formfields import LocalDateField
from cluster.models import Briefing, Conclusion
from cluster.recordforms import NO_IDENTITY_HINT, capitalised
from cluster.validators import no_identity


class FollowUpForm(forms.Form):
    """``briefing`` is named by its client id where one follows the conclusion up."""

    briefing = forms.ModelChoiceField(
        Briefing.objects.none(), required=False, to_field_name="client_id", widget=forms.HiddenInput
    )
    noted_on = LocalDateField(label=_("Noted on"), past=True)
    state = forms.ChoiceField(label=_("State"))
    note = forms.CharField(
        label=_("What became of it"),
        required=False,
        max_length=2000,
        validators=[no_identity],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NO_IDENTITY_HINT,
    )

    def __init__(self, *args: Any, conclusion: Conclusion, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.conclusion = conclusion
        fields: dict[str, Any] = self.fields
        fields["briefing"].queryset = Briefing.objects.of(conclusion.cluster).select_related("cluster")
        fields["state"].choices = capitalised(Conclusion.State.choices)

    def clean_note(self) -> str:
        return nfc(self.cleaned_data["note"])

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if (day := data.get("noted_on")) and day < self.conclusion.day:
            self.add_error("noted_on", ValidationError(_("It cannot be followed up before it was concluded.")))
        if (briefing := data.get("briefing")) and briefing == self.conclusion.briefing:
            self.add_error(None, ValidationError(_("A later briefing follows it up, not the one that concluded it.")))
        return data


class YearForm(forms.Form):
    year = forms.IntegerField(label=_("Year"), min_value=1945, max_value=2100)
