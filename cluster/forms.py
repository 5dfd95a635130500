"""Forms of the cluster app."""

from typing import Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from cluster.formfields import LocalDateField
from cluster.models import PaperSettings, User
from cluster.notices import KINDS, Kind
from cluster.recordforms import capitalised


class PaperSettingsForm(forms.ModelForm):
    """What all papers of a cluster say alike."""

    class Meta:
        model = PaperSettings
        fields = ("superiors", "issuer", "symbol", "place", "capacity", "deputy_capacity", "addressees", "recipients")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field.widget, forms.Textarea):
                lines = str(self.initial.get(name) or "").splitlines()
                field.widget.attrs["rows"] = max(2, len(lines) + 1)

    def content(self) -> dict[str, Any]:
        """What was entered, field by field."""
        return {name: self.cleaned_data[name] for name in self.fields}


class PreferencesForm(forms.Form):
    """The user's language, and for each kind of notice how it comes by mail."""

    language = forms.ChoiceField(label=_("Language of the pages and of my e-mails"), choices=settings.LANGUAGES)

    def __init__(self, *args: Any, user: User, chosen: dict[str, str], has_notices: bool, **kwargs: Any) -> None:
        """``chosen`` is what the user chose so far, by the key of the kind."""
        super().__init__(*args, **kwargs)
        self.kinds = list(KINDS.values()) if has_notices else []
        self.initial.setdefault("language", user.language or settings.LANGUAGE_CODE)
        for kind in self.kinds:
            field = forms.ChoiceField(choices=capitalised(kind.deliveries), initial=chosen.get(kind.key, kind.default))
            field.label = str(kind.label)
            if kind.is_certain:
                field.help_text = _("Too important to be missed: it always comes by e-mail.")
            self.fields[_name(kind)] = field

    def deliveries(self) -> dict[str, str]:
        """What was chosen, by the key of the kind."""
        return {kind.key: self.cleaned_data[_name(kind)] for kind in self.kinds}


def _name(kind: Kind) -> str:
    return f"mail-{kind.key}"


class OnDay(forms.Form):
    """The day as of which a page shows the cluster."""

    on = LocalDateField(label=_("As it stood on"), required=False)

    def chosen(self) -> dict[str, Any]:
        """The day, if it is one; a field in error says so and the page stays at today."""
        self.full_clean()
        return {name: value for name, value in self.cleaned_data.items() if value}
