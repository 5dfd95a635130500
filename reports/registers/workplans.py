"""The register of plans: each plan's page shows how far its targets are."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from cluster.access import Rights
from cluster.formfields import LocalDateField
from cluster.recordforms import NO_IDENTITY_HINT, RecordForm
from cluster.registers import Column, Group, Register
from reports.models import Workplan
from reports.progress import progress_of


class WorkplanForm(RecordForm):
    date_from = LocalDateField(label=_("From"))
    date_to = LocalDateField(label=_("To"))
    approved_on = LocalDateField(label=_("Approved on"), required=False, past=True)

    class Meta:
        model = Workplan
        fields = ("name", "symbol", "date_from", "date_to", "approver", "approved_on", "content")
        widgets = {"content": forms.Textarea(attrs={"rows": 5, "maxlength": 5000})}
        help_texts = {"symbol": _("For example 02/KH-BĐH."), "content": NO_IDENTITY_HINT}


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
    body="reports/_targets.html",
    extras=_targets,
    columns=(
        Column(_("Plan"), lambda row: row.name, 44),
        Column(_("Number and symbol"), lambda row: row.symbol, 16),
        Column(_("From"), lambda row: row.date_from, 12),
        Column(_("To"), lambda row: row.date_to, 12),
        Column(_("Approved by"), lambda row: row.approver, 26),
    ),
)
