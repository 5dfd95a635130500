"""Forms of the cluster app."""

from typing import Any

from django import forms

from cluster.models import PaperSettings


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
