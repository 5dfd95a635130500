"""The form that takes a photograph of the signed paper."""

import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from cluster.scans import ACCEPTED, MAX_BYTES, NotTaken, Scan, scan_of


class PhotographForm(forms.Form):
    """A valid form holds what is kept of the file as ``scan``."""

    client_id = forms.UUIDField(required=False, widget=forms.HiddenInput)
    file = forms.FileField(
        label=_("Photograph or scan"),
        widget=forms.FileInput(attrs={"accept": ACCEPTED}),
        help_text=_("JPEG, PNG, WebP or PDF of at most 10 MB. The place where it was taken is not kept."),
    )
    scan: Scan

    def clean_client_id(self) -> uuid.UUID:
        """Without one, or with one that is none, the form gets an id of its own."""
        return self.cleaned_data["client_id"] or uuid.uuid4()

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        try:
            self.scan = scan_of(file.read(MAX_BYTES + 1))
        except NotTaken as reason:
            raise ValidationError(str(reason), code="not_taken") from None
        return file
