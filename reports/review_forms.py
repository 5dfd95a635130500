"""What coordinators and leaders fill in for a review."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster.formfields import LocalDateField
from cluster.models import PaperSettings
from cluster.validators import no_identity
from reports.models import Amendment, Return, Section
from reports.periods import Period


class SectionForm(forms.ModelForm):
    class Meta:
        model = Section
        fields = ("text",)
        widgets = {"text": forms.Textarea(attrs={"rows": 12})}


class ComparisonForm(forms.Form):
    compare_from = LocalDateField(label=_("Compared from"))
    compare_to = LocalDateField(label=_("Compared to"))

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        start, end = (cleaned.get(name) for name in ("compare_from", "compare_to"))
        if start and end and end < start:
            self.add_error("compare_to", _("The last day is before the first."))
        return cleaned

    @property
    def comparison(self) -> Period:
        """Of a valid form."""
        return Period(self.cleaned_data["compare_from"], self.cleaned_data["compare_to"])


class ReturnForm(forms.ModelForm):
    class Meta:
        model = Return
        fields = ("reason",)
        labels = {"reason": _("What is to be changed")}


class AmendmentForm(forms.ModelForm):
    class Meta:
        model = Amendment
        fields = ("reason",)
        labels = {"reason": _("Reason for the amendment")}


class PasswordForm(forms.Form):
    """The own password again (security.md 18); wrong ones count as they do at the sign-in page, and lock as there."""

    capacity = forms.ChoiceField(label=_("Signs as"), widget=forms.RadioSelect)
    name = forms.CharField(label=_("Name below the signature"), max_length=150, validators=[no_identity])
    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )

    def __init__(self, *args: Any, request: HttpRequest, papers: PaperSettings, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        # On one line: a browser sends a line break of a value as two characters, and no choice would be known again.
        self.capacities = {" / ".join(text.splitlines()): "\n".join(text.splitlines()) for text in papers.capacities}
        self.fields["capacity"].choices = [(said, said) for said in self.capacities]  # type: ignore[attr-defined]
        self.fields["capacity"].initial = next(iter(self.capacities))
        self.fields["name"].initial = str(request.user)

    def clean_capacity(self) -> str:
        """The lines that stand above the signature."""
        return self.capacities[self.cleaned_data["capacity"]]

    def clean(self) -> dict[str, Any]:
        """Asked last: a form that must be filled in again anyway costs no try."""
        cleaned = super().clean() or {}
        if not self.errors and not self._is_the_user(cleaned["password"]):
            self.add_error("password", ValidationError(_("This is not your password."), code="password"))
        return cleaned

    def _is_the_user(self, password: str) -> bool:
        username = self.request.user.get_username()
        return authenticate(self.request, username=username, password=password) == self.request.user


class NumberForm(forms.Form):
    """A number of the board's own series, for a paper that has none yet."""

    number = forms.IntegerField(
        label=_("Document number"),
        required=False,
        min_value=1,
        max_value=9999,
        help_text=_("Left empty, it takes the next one of its year."),
    )


class SignForm(NumberForm, PasswordForm):
    issued_on = LocalDateField(label=_("Date of the paper"))
    place = forms.CharField(label=_("Place of issue"), max_length=100, validators=[no_identity])
    field_order = ("issued_on", "place", "number", "capacity", "name", "password")

    def __init__(self, *args: Any, papers: PaperSettings, **kwargs: Any) -> None:
        super().__init__(*args, papers=papers, **kwargs)
        self.fields["issued_on"].initial = timezone.localdate()
        self.fields["place"].initial = papers.place
