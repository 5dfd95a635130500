"""What the patrol log is narrowed by. Every filter of it is on this list."""

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Max, Min, Q
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from cluster.formfields import LocalDateField
from cluster.models import Cluster
from patrols.forms.choices import PatrolChoices
from patrols.forms.fields import Group, Options, PickField
from patrols.models import JointPatrol, JointPatrolQuerySet

Status = JointPatrol.Status


class PatrolFilterForm(forms.Form):
    q = forms.CharField(label=gettext_lazy("Text"), required=False, max_length=100)
    year = forms.ChoiceField(label=gettext_lazy("Year"), required=False)
    date_from = LocalDateField(label=gettext_lazy("From"), required=False)
    date_to = LocalDateField(label=gettext_lazy("To"), required=False)
    unit = PickField(label=gettext_lazy("Unit"), required=False)
    campaign = PickField(label=gettext_lazy("Campaign"), required=False)
    status = forms.ChoiceField(label=gettext_lazy("Status"), required=False)
    counts = forms.ChoiceField(label=gettext_lazy("Counting"), required=False)

    def __init__(self, data: Any, *, choices: PatrolChoices, today: dt.date) -> None:
        super().__init__(data)
        self.cluster = choices.cluster
        fields: dict[str, Any] = self.fields
        years = [(str(year), str(year)) for year in _years(choices.cluster)]
        fields["year"].choices = [("", _("all years")), *years]
        fields["status"].choices = [("", _("all")), *Status.choices]
        fields["counts"].choices = [("", _("all")), ("yes", _("counts")), ("no", _("does not count"))]
        units = [(unit.pk, unit.name) for unit in choices.units.values()]
        fields["unit"].offer(choices.units, Options([Group("", units)], empty=_("all")))
        campaigns = [(campaign.pk, campaign.name) for campaign in choices.campaigns.values()]
        fields["campaign"].offer(choices.campaigns, Options([Group("", campaigns)], empty=_("all")))

    def is_narrowing(self) -> bool:
        return any(self.data.get(name) for name in self.fields)

    def narrow(self, patrols: JointPatrolQuerySet) -> JointPatrolQuerySet:
        """The patrols that pass every filter; one that cannot be read is shown as an error and narrows nothing."""
        self.is_valid()
        chosen = {name: value for name, value in self.cleaned_data.items() if value}
        if "q" in chosen:
            patrols = patrols.matching(chosen["q"])
        if "year" in chosen:
            patrols = patrols.in_period(*self.cluster.reporting_year(int(chosen["year"])))
        if "unit" in chosen:
            took_part = chosen["unit"].contingents.values("patrol")
            patrols = patrols.filter(Q(lead_unit=chosen["unit"]) | Q(pk__in=took_part))
        if "date_from" in chosen:
            patrols = patrols.filter(local_date__gte=chosen["date_from"])
        if "date_to" in chosen:
            patrols = patrols.filter(local_date__lte=chosen["date_to"])
        if "campaign" in chosen:
            patrols = patrols.filter(campaign=chosen["campaign"])
        if "status" in chosen:
            patrols = patrols.filter(status=chosen["status"])
        match chosen.get("counts"):
            case "yes":
                return patrols.counted()
            case "no":
                counted = Q(status=Status.COMPLETED, party_count__gte=2, twin_link=None)
                return patrols.with_party_count().exclude(counted)
        return patrols


def _years(cluster: Cluster) -> list[int]:
    """The reporting years from the newest patrol to the oldest."""
    ends = JointPatrol.objects.of(cluster).aggregate(first=Min("local_date"), last=Max("local_date"))
    if ends["last"] is None:
        return []
    first, last = (year_of(cluster, ends[name]) for name in ("first", "last"))
    return list(range(last, first - 1, -1))


def year_of(cluster: Cluster, day: dt.date) -> int:
    return day.year + (day > cluster.reporting_year(day.year)[1])
