from typing import Any

from django import forms

from cluster.formfields import LocalDateField
from cluster.models import Cluster
from patrols.models import Campaign


class CampaignForm(forms.ModelForm):
    """A campaign of the given cluster; the model's constraints speak for themselves."""

    class Meta:
        model = Campaign
        fields = ("name", "kind", "date_from", "date_to", "plan")
        field_classes = {"date_from": LocalDateField, "date_to": LocalDateField}

    def __init__(self, *args: Any, cluster: Cluster, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.instance.cluster = cluster

    def _get_validation_exclusions(self) -> set[str]:
        """The cluster is no field of the form, and the name is unique within it."""
        return super()._get_validation_exclusions() - {"cluster"}  # type: ignore[misc]
