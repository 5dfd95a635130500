"""What the coordinator's page of twins sends, and the period it shows."""

import datetime as dt
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cluster.formfields import LocalDateField
from cluster.models import Cluster
from cluster.validators import no_identity
from patrols.forms.fields import NfcField
from patrols.forms.filters import year_of
from patrols.models import JointPatrol


class TwinFilterForm(forms.Form):
    """By default the reporting year that today falls into."""

    date_from = LocalDateField(label=_("From"), required=False)
    date_to = LocalDateField(label=_("To"), required=False)

    def __init__(self, data: Any, *, cluster: Cluster, today: dt.date) -> None:
        start, end = cluster.reporting_year(year_of(cluster, today))
        self.default = {"date_from": start, "date_to": end}
        super().__init__(self.default | {name: data[name] for name in self.default if data.get(name)})

    @property
    def period(self) -> tuple[dt.date, dt.date]:
        """What is asked for; a date that cannot be read is shown as an error and the default stands in."""
        self.is_valid()
        found = self.default | {name: day for name, day in self.cleaned_data.items() if day}
        return found["date_from"], found["date_to"]

    def is_narrowing(self) -> bool:
        return self.data != self.default


class PairForm(forms.Form):
    """Two records of the cluster, in either order."""

    one = forms.UUIDField(widget=forms.HiddenInput)
    other = forms.UUIDField(widget=forms.HiddenInput)

    def __init__(self, data: Any, *, cluster: Cluster) -> None:
        super().__init__(data)
        self.cluster = cluster

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or {}
        ids = {cleaned[name] for name in ("one", "other") if name in cleaned}
        found = {patrol.client_id: patrol for patrol in JointPatrol.objects.of(self.cluster).filter(client_id__in=ids)}
        if len(found) < 2 and not self.errors:
            self.add_error(None, _("This record is no longer there."))
        cleaned["patrols"] = found
        return cleaned


class LinkForm(PairForm):
    """Which of the two counts, and why they are one."""

    kept = forms.UUIDField(label=_("Record that counts"))
    reason = NfcField(label=_("Reason"), required=False, max_length=300, validators=[no_identity])

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean()
        if (kept := cleaned.get("kept")) and kept not in cleaned["patrols"]:
            self.add_error("kept", _("Choose which of the two counts."))
        return cleaned

    @property
    def kept_and_absorbed(self) -> tuple[JointPatrol, JointPatrol]:
        """Of a valid form."""
        patrols: dict[Any, JointPatrol] = self.cleaned_data["patrols"]
        kept = patrols[self.cleaned_data["kept"]]
        return kept, next(patrol for patrol in patrols.values() if patrol.pk != kept.pk)
