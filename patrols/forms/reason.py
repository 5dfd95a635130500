from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cluster.validators import no_identity
from patrols.forms.fields import NfcField


class ReasonForm(forms.Form):
    """Why a record of others is hidden."""

    reason = NfcField(
        label=_("Reason for the deletion"),
        max_length=300,
        validators=[no_identity],
        help_text=_("Kept in the history."),
    )

    def __init__(self, *args: Any, is_required: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = is_required
