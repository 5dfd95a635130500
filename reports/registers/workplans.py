"""The register of plans: each plan's page shows how far its targets are."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cluster.access import Rights
from cluster.formfields import LocalDateField
from cluster.models import Document
from cluster.recordforms import NO_IDENTITY_HINT, RecordForm
from cluster.registers import Column, Group, Register
from reports.models import Workplan
from reports.progress import progress_of

_IN_THE_DOCUMENT = ("symbol", "approver", "approved_on")


class WorkplanForm(RecordForm):
    date_from = LocalDateField(label=_("From"))
    date_to = LocalDateField(label=_("To"))
    approved_on = LocalDateField(label=_("Approved on (no document yet)"), required=False, past=True)
    said_if_given = _IN_THE_DOCUMENT
    told_below = ("document",)
    told_at = {"workplan_number_in_one_place": "document"}

    class Meta:
        model = Workplan
        fields = ("document", "name", "date_from", "date_to", *_IN_THE_DOCUMENT, "content")
        widgets = {"content": forms.Textarea(attrs={"rows": 5, "maxlength": 5000})}
        labels = {
            "symbol": _("Number and symbol (no document yet)"),
            "approver": _("Approved by (no document yet)"),
        }
        help_texts = {"symbol": _("For example 02/KH-BĐH."), "content": NO_IDENTITY_HINT}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        papers: Any = self.fields["document"]
        others = Workplan.objects.of(self.rights.cluster).exclude(pk=self.instance.pk)
        taken = others.filter(document__isnull=False).values("document")
        papers.queryset = papers.queryset.filter(kind=Document.Kind.PLAN).exclude(pk__in=taken)
        papers.label_from_instance = lambda paper: f"{paper.number_symbol} – {paper.abstract}"
        if self.is_new and (paper := _chosen(papers, self.initial.get("document"))):
            said = {"name": paper.abstract, "date_from": paper.begins_on, "date_to": paper.valid_to}
            self.initial.update((name, value) for name, value in said.items() if not self.initial.get(name))

    def clean(self) -> dict[str, Any]:
        """What stands in the document leaves the plan; what was typed beside it just now is refused."""
        cleaned = super().clean() or self.cleaned_data
        if cleaned.get("document"):
            for name in _IN_THE_DOCUMENT:
                if cleaned.get(name) and name in self.changed_data:
                    self.add_error(name, _("This stands in the document of the plan."))
            cleaned |= {"symbol": "", "approver": "", "approved_on": None}
        return cleaned


def _chosen(papers: Any, key: Any) -> Document | None:
    """The document that the address of a new plan names; None if it offers no such one."""
    try:
        return papers.to_python(key)
    except forms.ValidationError:
        return None


def _targets(record: Any, rights: Rights) -> dict[str, Any]:
    return {"progress": progress_of(record)}


WORKPLANS = Register(
    takes_lists=False,
    model=Workplan,
    form=WorkplanForm,
    path="workplans",
    title=_("Plans and targets"),
    add=_("Add a plan"),
    lead=_("What is to be done in a time, and how far it has come."),
    group=Group.GOVERNING,
    related=("document__cluster",),
    body="reports/_workplan_body.html",
    extras=_targets,
    columns=(
        Column(_("Plan"), lambda row: row.name, 44),
        Column(_("Number and symbol"), lambda row: row.number_symbol, 16),
        Column(_("From"), lambda row: row.date_from, 12),
        Column(_("To"), lambda row: row.date_to, 12),
        Column(_("Date of issue or approval"), lambda row: row.dated_on, 12),
        Column(_("Approved by"), lambda row: row.approved_by, 26),
    ),
)
