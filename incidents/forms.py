"""The forms of incidents, awards and declared figures: they check and word, services.py writes."""

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.http import QueryDict
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cluster.access import Rights
from cluster.fields import nfc
from cluster.formfields import Choices, ClockTimeField, LocalDateField, MemberChoices, offer
from cluster.models import AdministrativeUnit, Cluster, CrimeReport, PoliceUnit
from cluster.recordforms import NO_IDENTITY_HINT, ReasonField, capitalised
from cluster.validators import no_identity
from incidents.metrics import BY_CATEGORY, METRICS, MONTHLY
from incidents.models import Award, Category, DeclaredFigure, Incident
from incidents.services import AwardData, DeclaredData, IncidentData
from patrols.models import JointPatrol


class PatrolField(forms.ModelChoiceField):
    """A completed patrol of the cluster, known by its client id as everywhere outside the database."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(JointPatrol.objects.none(), to_field_name="client_id", **kwargs)

    def label_from_instance(self, obj: Any) -> str:
        start = timezone.localtime(obj.starts_at) if obj.starts_at else None
        return f"{start:%d/%m/%Y %H:%M} · {obj.route}" if start else str(obj)


class IncidentForm(forms.ModelForm):
    occurred_on = LocalDateField(label=_("Date of occurrence"), past=True)
    occurred_at = ClockTimeField(
        label=_("Time of occurrence"), required=False, help_text=_("For example 21:30. Empty: not known.")
    )
    persons_involved = forms.IntegerField(
        label=_("Persons involved"),
        required=False,
        min_value=0,
        max_value=9999,
        help_text=_("A number only. Empty: not known."),
    )
    patrol = PatrolField(label=_("Found on patrol"), required=False, empty_label=_("Not found on a patrol"))
    outcome = forms.ChoiceField(
        label=_("Outcome"), choices=capitalised(Incident.Outcome.choices), initial=Incident.Outcome.RECEIVED
    )
    summary = forms.CharField(
        label=_("Summary"),
        required=False,
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=NO_IDENTITY_HINT,
    )
    reason = ReasonField()

    class Meta:
        model = Incident
        fields = (
            "occurred_on",
            "occurred_at",
            "commune",
            "place",
            "category",
            "persons_involved",
            "patrol",
            "from_crime_report",
            "crime_report",
            "unit",
            "cooperating_units",
            "outcome",
            "summary",
            "seized_items",
            "code",
        )
        widgets = {"cooperating_units": forms.CheckboxSelectMultiple}

    def __init__(self, *args: Any, rights: Rights, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rights = rights
        self.today = timezone.localdate()
        self.is_new = self.instance.pk is None
        self.opened_with = kwargs.get("initial") or {}
        if self.is_new or not rights.needs_reason(self.instance):
            del self.fields["reason"]
        self.fields["occurred_on"].widget.attrs["max"] = self.today.isoformat()
        self.initial["occurred_on"] = self.initial.get("occurred_on") or self.today
        self.fields["code"].validators.append(no_identity)
        day = self._chosen_day()
        members = MemberChoices(rights.cluster, day=day)
        offer(self.fields["commune"], AdministrativeUnit, members.communes())
        offer(self.fields["cooperating_units"], PoliceUnit, members.units())
        self._offer_handling_units(members)
        offer(self.fields["category"], Category, categories_by_group(rights.cluster, day=day))
        self._offer_patrols(day)
        self._offer_crime_reports(day)

    def _offer_handling_units(self, members: MemberChoices) -> None:
        """A recorder logs for the own unit, a coordinator for any."""
        field: Any = self.fields["unit"]
        own = self.rights.unit_ids
        only = None if self.rights.coordinates else own | {self.instance.unit_id}
        offer(field, PoliceUnit, members.units(only=only))
        if not self.rights.coordinates:
            field.error_messages["invalid_choice"] = _("You log incidents that your own unit handles.")
        if self.is_new and len(own) == 1:
            self.initial["unit"] = next(iter(own))

    def _offer_patrols(self, day: dt.date) -> None:
        """Those of the last 60 days or within 3 days of the incident, and the chosen one."""
        if self.instance.patrol and "patrol" not in self.opened_with:
            self.initial["patrol"] = self.instance.patrol.client_id
        near = Q(local_date__range=(day - dt.timedelta(days=3), day + dt.timedelta(days=3)))
        recent = Q(local_date__gte=self.today - dt.timedelta(days=60))
        chosen = Q(client_id=_uuid_or_none(self["patrol"].value()))
        offered = JointPatrol.objects.of(self.rights.cluster).completed().filter(near | recent | chosen)
        # A patrol that was deleted since stays, or an edit of something else would drop it.
        field: Any = self.fields["patrol"]
        field.queryset = offered | JointPatrol.objects.filter(pk=self.instance.patrol_id)

    def _offer_crime_reports(self, day: dt.date) -> None:
        """Those of the 60 days before the incident and the week after it, and the chosen one."""
        near = Q(received_on__range=(day - dt.timedelta(days=60), day + dt.timedelta(days=7)))
        chosen = Q(pk=_number_or_none(self["crime_report"].value()))
        field: Any = self.fields["crime_report"]
        offered = CrimeReport.objects.of(self.rights.cluster).filter(near | chosen).select_related("unit")
        # One that was deleted since stays, or an edit of something else would drop it.
        field.queryset = offered | CrimeReport.objects.filter(pk=self.instance.crime_report_id).select_related("unit")
        field.empty_label = _("Not of the register")

    def _chosen_day(self) -> dt.date:
        try:
            return self.fields["occurred_on"].to_python(self["occurred_on"].value()) or self.today
        except ValidationError:
            return self.today

    def clean_code(self) -> str:
        code = self.cleaned_data["code"]
        same = Incident.objects.filter(cluster=self.rights.cluster, code=nfc(code))
        same = same.exclude(client_id=self.instance.client_id)
        if code and (other := same.first()):
            if other.is_deleted:
                raise ValidationError(_("A deleted incident of the cluster bears this code."))
            raise ValidationError(_("The cluster already has an incident of this code."))
        return code

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        day, category = cleaned.get("occurred_on"), cleaned.get("category")
        if day and category and category.pk != self.instance.category_id and not category.is_valid_on(day):
            self.add_error(
                "category", gettext("This category is not in use on %(date)s.") % {"date": f"{day:%d/%m/%Y}"}
            )
        if cleaned.get("unit") in cleaned.get("cooperating_units", ()):
            self.add_error("cooperating_units", _("The handling unit does not cooperate with itself."))
        if cleaned.get("crime_report"):
            cleaned["from_crime_report"] = True
        return cleaned

    def data_entered(self) -> IncidentData:
        """What a valid form says, in NFC as the model has it."""
        names = (name for name in self.Meta.fields if name != "cooperating_units")
        units = tuple(self.cleaned_data["cooperating_units"])
        return IncidentData(**{name: getattr(self.instance, name) for name in names}, cooperating_units=units)


def kept_texts(post: QueryDict) -> dict[str, Any]:
    """The texts as posted, for a form that opens with them; what was left empty or unticked stays so."""
    texts: dict[str, Any] = {name: post.get(name, "") for name in IncidentForm.Meta.fields}
    return texts | {
        "cooperating_units": post.getlist("cooperating_units"),
        "from_crime_report": "from_crime_report" in post,
    }


def categories_by_group(cluster: Cluster, *, day: dt.date) -> Choices:
    """The categories of the cluster; one that is out of use by the day says until when."""
    groups: dict[str, list[tuple[int, str]]] = {}
    for category in cluster.categories.all():
        name, until = category.name, category.valid_to
        if until and until < day:
            name = gettext("%(name)s (until %(date)s)") % {"name": name, "date": f"{until:%d/%m/%Y}"}
        groups.setdefault(category.group, []).append((category.pk, name))
    return list(groups.items())


def _number_or_none(value: Any) -> int | None:
    text = str(value or "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 16 else None


def _uuid_or_none(value: Any) -> uuid.UUID | None:
    try:
        return uuid.UUID(str(value))
    except ValueError:
        return None


class AwardForm(forms.ModelForm):
    decided_on = LocalDateField(label=_("Decision date"), past=True)
    level = forms.ChoiceField(
        label=capfirst(_("awarding level")), required=False, choices=[("", "–"), *capitalised(Award.Level.choices)]
    )
    recipient = forms.ChoiceField(
        label=_("Recipient"), choices=capitalised(Award.Recipient.choices), widget=forms.RadioSelect
    )
    reason = ReasonField()

    # Suggestions of the native list; any other form may be typed.
    FORMS = ("Giấy khen", "Bằng khen", "Thư khen")

    class Meta:
        model = Award
        fields = ("decision_number", "decided_on", "form", "level", "recipient", "name", "unit", "achievement")
        widgets = {
            "form": forms.TextInput(attrs={"list": "award-forms"}),
            "achievement": forms.Textarea(attrs={"rows": 3, "maxlength": 2000}),
        }
        help_texts = {
            "decision_number": _("For example 125/QĐ-UBND."),
            "name": _("Of the collective, or the full name of the individual."),
            "unit": _("Empty for a recipient outside the member units."),
            "achievement": NO_IDENTITY_HINT,
        }

    def __init__(self, *args: Any, rights: Rights, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_new = self.instance.pk is None
        if self.is_new or not rights.needs_reason(self.instance):
            del self.fields["reason"]
        self.fields["name"].validators.append(no_identity)
        offer(self.fields["unit"], PoliceUnit, MemberChoices(rights.cluster).units())

    def clean(self) -> dict[str, Any]:
        """``award_once`` in words; a second copy of the same form is no other award."""
        cleaned = super().clean() or self.cleaned_data
        if {"decision_number", "decided_on", "recipient", "name"} <= cleaned.keys():
            same = Award.objects.of(self.instance.cluster).filter(
                decision_number=nfc(cleaned["decision_number"]),
                decided_on=cleaned["decided_on"],
                recipient=cleaned["recipient"],
                name=nfc(cleaned["name"]),
            )
            if same.exclude(client_id=self.instance.client_id).exists():
                self.add_error(None, _("This award is already there."))
        return cleaned

    def data_entered(self) -> AwardData:
        """What a valid form says, in NFC as the model has it."""
        return AwardData(**{name: getattr(self.instance, name) for name in self.Meta.fields})


class EvidenceAsked(forms.Form):
    """For whom, and of which days, a new award is to open with what the records say."""

    unit = forms.IntegerField(required=False, min_value=1, max_value=2**31)
    officer = forms.IntegerField(required=False, min_value=1, max_value=2**31)
    date_from = LocalDateField()
    date_to = LocalDateField()


class DeclaredForm(forms.ModelForm):
    metric = forms.ChoiceField(label=_("Figure"))
    scope = forms.ChoiceField(label=_("Speaks of"), required=False)
    date_from = LocalDateField(label=_("From"))
    date_to = LocalDateField(label=_("To"))
    value = forms.IntegerField(label=_("Value"), min_value=0, max_value=99_999_999)
    reason = ReasonField()

    class Meta:
        model = DeclaredFigure
        fields = ("metric", "scope", "category", "date_from", "date_to", "qualifier", "value", "source")
        help_texts = {
            "category": _("Only for figures of incidents; empty: all categories."),
            "source": _("The document that says so, such as: Báo cáo số 05/BC-BĐH."),
        }

    def __init__(self, *args: Any, rights: Rights, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_new = self.instance.pk is None
        if self.is_new:
            self.instance.cluster = rights.cluster
        if self.is_new or self.instance.recorded_by_id == rights.user.pk:
            del self.fields["reason"]
        metric: Any = self.fields["metric"]
        metric.choices = [("", _("Choose…")), *((key, metric.label) for key, metric in METRICS.items())]
        scope: Any = self.fields["scope"]
        scope.choices = scopes(rights.cluster)
        self.initial["scope"] = scope_of(self.instance)
        categories = categories_by_group(rights.cluster, day=timezone.localdate())
        offer(self.fields["category"], Category, categories)

    def clean(self) -> dict[str, Any]:
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("category") and cleaned.get("metric") not in BY_CATEGORY:
            self.add_error("category", _("Only figures of incidents are declared by category."))
        kind, _dash, key = cleaned.get("scope", "").partition("-")
        self.instance.party_id = int(key) if kind == "party" else None
        self.instance.unit_id = int(key) if kind == "unit" else None
        return cleaned

    def _get_validation_exclusions(self) -> set[str]:
        """Let the constraint ``declared_figure_once`` speak: the form sets what the select of the scope says."""
        return super()._get_validation_exclusions() - {"cluster", "party", "unit"}  # type: ignore[misc]

    def data_entered(self) -> DeclaredData:
        """What a valid form says, in NFC as the model has it."""
        return DeclaredData.of(self.instance)


def scope_of(figure: Any) -> str:
    """The value of the select for a row that speaks of a party, a unit or, with neither, the whole cluster."""
    if figure.party_id:
        return f"party-{figure.party_id}"
    return f"unit-{figure.unit_id}" if figure.unit_id else ""


def scopes(cluster: Cluster) -> list[Any]:
    """The whole cluster, its parties, its member units: what a declared row may speak of (counting rule 4)."""
    members = MemberChoices(cluster)
    units = [(party, [(f"unit-{pk}", name) for pk, name in rows]) for party, rows in members.units()]
    parties = [(f"party-{party.pk}", party.name) for party in cluster.parties.all()]
    return [("", _("The whole cluster")), (_("Parties"), parties), *units]


class NoneForm(forms.Form):
    """Of the one-tap "Không phát sinh": a unit, a month as yyyy-mm, a kind."""

    unit = forms.ModelChoiceField(PoliceUnit.objects.none())
    month = forms.DateField(input_formats=("%Y-%m",))
    kind = forms.ChoiceField(choices=[(kind, kind) for kind in MONTHLY])

    def __init__(self, *args: Any, rights: Rights, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offer(self.fields["unit"], PoliceUnit, MemberChoices(rights.cluster).units())
