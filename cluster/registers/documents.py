"""The register of documents: regulation, plans, directives, decisions, notices, minutes …"""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from cluster.access import Rights
from cluster.carried_out import articles_of
from cluster.formfields import LocalDateField, ScanField
from cluster.models import Document
from cluster.recordforms import RecordForm
from cluster.registers.register import Column, Group, Register


class DocumentForm(RecordForm):
    issued_on = LocalDateField(label=_("Date of issue"), past=True)
    valid_from = LocalDateField(
        label=_("In force from"),
        required=False,
        help_text=_("Empty: from the date of issue. Of a plan: its first day."),
    )
    valid_to = LocalDateField(label=_("In force until"), required=False, help_text=_("Of a plan: its last day."))
    file = ScanField(label=_("File"), required=False)
    told_below = ("articles_text",)
    said_if_given = ("signer", "approver", "valid_from", "valid_to", "replaced_by", "file")
    later = ("replaced_by", "articles_text")
    later_title = _("The articles of a regulation, and what replaces it")

    class Meta:
        model = Document
        fields = (
            *("kind", "issuer", "number_symbol", "issued_on", "abstract", "signer", "approver"),
            *("valid_from", "valid_to", "replaced_by", "file", "articles_text"),
        )
        widgets = {"articles_text": forms.Textarea(attrs={"rows": 12, "maxlength": 60000})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others: Any = self.fields["replaced_by"]
        others.queryset = others.queryset.exclude(pk=self.instance.pk)


def _around(document: Document, rights: Rights) -> dict[str, Any]:
    return {
        "state": _state(document),
        "is_in_force": document.is_in_force(timezone.localdate()),
        "articles": articles_of(document),
        "replaces": document.replaces.filter(deleted_at=None).select_related("cluster"),
        "advice": document.advice.filter(deleted_at=None).select_related("cluster"),
        "is_plan": document.kind == Document.Kind.PLAN,
        "workplans": _workplans_of(document),
    }


def _workplans_of(document: Document) -> list[Any]:
    own: Any = document  # plans with targets are tied to it by a later app
    return [*own.workplans.filter(deleted_at=None).select_related("cluster", "document")]


def _state(document: Document) -> str:
    """Empty for a paper that does not bind."""
    today = timezone.localdate()
    if document.kind not in Document.BINDING:
        return ""
    if document.begins_on > today:
        return gettext("Not yet in force")
    return gettext("In force") if document.is_in_force(today) else gettext("No longer in force")


DOCUMENTS = Register(
    model=Document,
    form=DocumentForm,
    path="documents",
    title=_("Regulations and documents"),
    add=_("Add a document"),
    lead=_("What the cluster works by: its regulation with the articles, plans, directives, decisions, notices."),
    group=Group.GOVERNING,
    related=("replaced_by",),
    filters=("kind",),
    on_day=_("In force on"),
    body="cluster/_document_body.html",
    extras=_around,
    columns=(
        Column(_("Number and symbol"), lambda row: row.number_symbol or pgettext_lazy("document", "no number"), 22),
        Column(_("Date of issue"), lambda row: row.issued_on, 12, "issued_on"),
        Column(_("Kind"), lambda row: capfirst(row.get_kind_display()), 24, "kind"),
        Column(_("Issuer"), lambda row: row.issuer or _("the board of the cluster"), 28),
        Column(_("Abstract"), lambda row: row.abstract, 60, "abstract"),
        Column(pgettext_lazy("of a document", "In force"), _state, 16),
    ),
)
