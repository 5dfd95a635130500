"""Incidents found on a patrol, entered in place: what the patrol says already is not asked again."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.db.models import Q
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster.access import Rights
from cluster.formfields import ClockTimeField, MemberChoices, offer
from cluster.models import AdministrativeUnit, PoliceUnit
from cluster.validators import no_identity
from incidents.forms import NO_IDENTITY_HINT, capitalised, categories_by_group
from incidents.models import Category, Incident, IncidentQuerySet
from incidents.services import IncidentData
from patrols.models import JointPatrol

A_DAY = dt.timedelta(days=1)


class FoundIncidentForm(forms.Form):
    """A time before the patrol's start is on its second day: a night shift crosses midnight."""

    category = forms.ModelChoiceField(Category.objects.none(), label=_("Category"))
    occurred_at = ClockTimeField(
        label=_("Time of occurrence"), required=False, help_text=_("For example 21:30. Empty: not known.")
    )
    commune = forms.ModelChoiceField(
        AdministrativeUnit.objects.none(), label=capfirst(pgettext_lazy("of an incident", "commune")), required=False
    )
    persons_involved = forms.IntegerField(
        label=_("Persons involved"),
        required=False,
        min_value=0,
        max_value=9999,
        help_text=_("A number only. Empty: not known."),
    )
    unit = forms.ModelChoiceField(PoliceUnit.objects.none(), label=_("Handling unit"))
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=capitalised(Incident.Outcome.choices), initial=Incident.Outcome.RECEIVED
    )
    summary = forms.CharField(
        label=_("Summary"),
        required=False,
        max_length=5000,
        validators=[no_identity],
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=NO_IDENTITY_HINT,
    )

    def __init__(self, *args: Any, patrol: JointPatrol, rights: Rights, client_id: uuid.UUID, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.patrol, self.client_id = patrol, client_id
        members = MemberChoices(rights.cluster, day=patrol.local_date)
        offer(self.fields["category"], Category, categories_by_group(rights.cluster, day=patrol.local_date))
        offer(self.fields["commune"], AdministrativeUnit, members.communes())
        units = members.units(only=None if rights.coordinates else rights.unit_ids)
        offer(self.fields["unit"], PoliceUnit, units)
        keys = [pk for _party, rows in units for pk, _name in rows]
        if len(keys) == 1:
            self.initial["unit"] = keys[0]
            self.fields["unit"].widget = forms.HiddenInput()

    def clean_category(self) -> Category:
        category: Category = self.cleaned_data["category"]
        if not category.is_valid_on(self.patrol.local_date):
            day = f"{self.patrol.local_date:%d/%m/%Y}"
            raise forms.ValidationError(_("This category is not in use on %(date)s."), params={"date": day})
        return category

    def data_entered(self) -> IncidentData:
        """Of a valid form."""
        cleaned = self.cleaned_data
        return IncidentData(occurred_on=self._day(cleaned["occurred_at"]), patrol=self.patrol, **cleaned)

    def _day(self, time: dt.time | None) -> dt.date:
        start = timezone.localtime(self.patrol.starts_at) if self.patrol.starts_at else None
        is_later = time and start and time < start.time() and self.patrol.ends_on_later_day
        return self.patrol.local_date + A_DAY if is_later else self.patrol.local_date


def linkable(rights: Rights, patrol: JointPatrol) -> list[Incident]:
    """The incidents of these days that name no patrol yet, as far as the user may edit them without a reason."""
    days = (patrol.local_date - A_DAY, patrol.local_date + A_DAY)
    near: IncidentQuerySet = Incident.objects.of(rights.cluster).in_period(*days).filter(patrol=None)
    own = Q(recorded_unit__in=rights.unit_ids) | Q(recorded_by=rights.user)
    return list(near.filter(own).select_related("category", "commune", "cluster", "unit")[:50])
