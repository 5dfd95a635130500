"""A list as it is narrowed, kept under a name."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cluster.access import Rights
from cluster.models import SavedFilter
from reports.saved_filters import kept_of


class SavedFilterForm(forms.ModelForm):
    path = forms.CharField(widget=forms.HiddenInput, max_length=2000, required=False)

    class Meta:
        model = SavedFilter
        fields = ("name", "is_shared")

    def __init__(self, *args: Any, rights: Rights, **kwargs: Any) -> None:
        kwargs["instance"] = SavedFilter(cluster=rights.cluster, owner=rights.user)
        super().__init__(*args, **kwargs)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or self.cleaned_data
        kept = kept_of(data.get("path", ""), self.instance.cluster)
        if kept is None:
            raise forms.ValidationError(_("Only a list of this cluster that is narrowed can be saved as a filter."))
        self.instance.view, self.instance.query = kept
        return data

    def _get_validation_exclusions(self) -> set[str]:
        """Let the constraint speak: the form knows cluster and owner, though they are no fields of it."""
        return super()._get_validation_exclusions() - {"cluster", "owner"}  # type: ignore[misc]
