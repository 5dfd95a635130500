"""What the forms of all records share: the reason of a correction, the warning about identities, what was entered."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.db.models import BaseConstraint, Model, UniqueConstraint
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from cluster.access import Rights
from cluster.formfields import MemberChoices, article_choices, offer
from cluster.models import AdministrativeUnit, Article, Officer, Party, PoliceUnit
from cluster.models.records import Record
from cluster.validators import no_identity

NO_IDENTITY_HINT = _("No names, no identity, telephone or plate numbers, nothing classified.")


def capitalised(choices: Any) -> Any:
    """The choices as a select shows them: a label stands alone there."""
    return [(value, capfirst(label)) for value, label in choices]


class ReasonField(forms.CharField):
    """Why the work of others is corrected; the history shows it."""

    def __init__(self, **kwargs: Any) -> None:
        kwargs.setdefault("label", _("Reason for the correction"))
        kwargs.setdefault("help_text", _("Shown in the history of the record."))
        super().__init__(max_length=100, validators=[no_identity], **kwargs)


class DeleteForm(forms.Form):
    """The confirmation of a deletion, with its reason where the record is the work of others."""

    reason = ReasonField(label=_("Reason for the deletion"))

    def __init__(self, *args: Any, needs_reason: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].required = needs_reason


@dataclass(frozen=True)
class Entry:
    """What is entered for a record, by the names of its fields; rows of other tables stand as tuples."""

    values: Mapping[str, Any]

    def content(self) -> dict[str, Any]:
        return dict(self.values)


class RecordForm(forms.ModelForm):
    """The form of a record of a register. It offers rows of the own cluster alone: units, parties, other records.

    ``unit_field`` names the unit that the record is of; a recorder writes for the own unit there. ``opens_today`` names
    the date that is today until another is chosen. ``later`` names what is mostly known only later: a new record's
    form folds it away under ``later_title``. What ``said_if_given`` names is left out of the record's page while empty.
    """

    reason = ReasonField()
    unit_field = ""
    opens_today = ""
    later: tuple[str, ...] = ()
    later_title: str | Promise = ""
    said_if_given: tuple[str, ...] = ()
    # At which field a constraint of the model is told, by its name; without, at the last one that it names.
    told_at: Mapping[str, str] = {}
    # What the fragment below the facts of a record's page says in full.
    told_below: tuple[str, ...] = ()

    def __init__(self, *args: Any, rights: Rights, members: MemberChoices | None = None, **kwargs: Any) -> None:
        """``members`` spares the forms of many rows to read them each."""
        super().__init__(*args, **kwargs)
        self.rights = rights
        self.is_new = self.instance.pk is None
        if self.is_new or not rights.needs_reason(self.instance):
            del self.fields["reason"]
        if self.is_new and self.opens_today and not self.initial.get(self.opens_today):
            self.initial[self.opens_today] = timezone.localdate()
        members = members or MemberChoices(rights.cluster)
        for name, field in self.fields.items():
            if isinstance(field, forms.ModelChoiceField):
                self._offer(name, field, members)
            elif isinstance(field, forms.TypedChoiceField):
                empty = _("Choose…") if field.required else "–"
                field.choices = [(value, label if value else empty) for value, label in capitalised(field.choices)]

    def _offer(self, name: str, field: Any, members: MemberChoices) -> None:
        model = field.queryset.model
        if not isinstance(field, forms.ModelMultipleChoiceField) and field.empty_label:
            field.empty_label = _("Choose…") if field.required else "–"
        if model is PoliceUnit:
            offer(field, PoliceUnit, members.units(only=self._own_units() if name == self.unit_field else None))
        elif model is AdministrativeUnit:
            offer(field, AdministrativeUnit, members.communes())
        elif model is Article:
            chosen = getattr(self.instance, f"{name}_id")
            offer(field, Article, article_choices(self.rights.cluster, chosen=chosen))
        elif model is Officer:
            units = [row.unit_id for row in members.memberships]
            field.queryset = Officer.objects.filter(unit__in=units).select_related("unit")
            field.label_from_instance = lambda officer: f"{officer.name} ({officer.unit})"
        elif model is Party:
            field.queryset = self.rights.cluster.parties.all()
        elif issubclass(model, Record):
            field.queryset = field.queryset.filter(cluster=self.rights.cluster, deleted_at=None)
        elif any(other.name == "cluster" for other in model._meta.fields):
            field.queryset = field.queryset.filter(cluster=self.rights.cluster)

    def _own_units(self) -> frozenset[int] | None:
        """The units a recorder may write for; a coordinator writes for any."""
        if self.rights.coordinates:
            return None
        own = self.rights.unit_ids
        if self.is_new and len(own) == 1:
            self.initial[self.unit_field] = next(iter(own))
        return own | {getattr(self.instance, f"{self.unit_field}_id")} - {None}

    def _get_validation_exclusions(self) -> set[str]:
        """Let the constraints of a cluster's rows speak: the form knows the cluster, though it is no field of it."""
        return super()._get_validation_exclusions() - {"cluster"}  # type: ignore[misc]

    def _post_clean(self) -> None:
        """A constraint speaks of the whole row; who filled the form in looks for the fault at a field."""
        super()._post_clean()  # type: ignore[misc]
        whole = self.errors.pop(NON_FIELD_ERRORS, None)
        constraints = {str(rule.get_violation_error_message()): rule for rule in self._meta.model._meta.constraints}
        for fault in whole.as_data() if whole else ():
            (message,) = fault.messages
            self.add_error(self._field_of(constraints.get(message)), fault)

    def _field_of(self, rule: BaseConstraint | None) -> str | None:
        if rule is None or rule.name in self.told_at:
            return self.told_at.get(rule.name) if rule else None
        condition = getattr(rule, "condition", None)
        named = rule.fields if isinstance(rule, UniqueConstraint) else getattr(condition, "referenced_base_fields", ())
        return next((name for name in reversed(self.fields) if name in named), None)

    def at_once(self) -> list[forms.BoundField]:
        """The fields that are not folded away."""
        return [field for field in self if not (self.is_new and field.name in self.later)]

    def folded(self) -> list[forms.BoundField]:
        return [field for field in self if self.is_new and field.name in self.later]

    def opens_folded(self) -> bool:
        """Whether there is something in what is folded away."""
        return any(field.value() or field.errors for field in self.folded())

    @property
    def entered_names(self) -> list[str]:
        return [name for name in self.fields if name != "reason"]

    def data_entered(self) -> Entry:
        """What a valid form says, in NFC as the model has it."""
        model = self._meta.model
        rows = {field.name for field in model._meta.many_to_many} | getattr(model, "parts", set())
        return Entry(
            {
                name: tuple(self.cleaned_data[name]) if name in rows else getattr(self.instance, name)
                for name in self.entered_names
            }
        )

    def of(self, record: Model) -> Entry:
        """What is stored of a record, as ``data_entered`` gives it."""
        many = {field.name for field in record._meta.many_to_many}
        return Entry(
            {
                name: tuple(getattr(record, name).all()) if name in many else getattr(record, name)
                for name in self.entered_names
            }
        )
