"""The pages by which a list from Excel comes into a register: upload it, look at what it would do, take it over."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cluster.access import Right, Rights, in_cluster
from cluster.models import UploadedList
from cluster.paper.download import EXCEL, as_download
from cluster.registers.importing import Listing, Outcome, read_list, take_list
from cluster.registers.register import Register
from cluster.registers.sheet import importable
from cluster.registers.template import template_of
from cluster.views.writers import for_writers
from cluster.workbook.answers import MAX_BYTES, UnreadableWorkbook

_PROBLEMS = 200


class ListForm(forms.Form):
    """A valid form holds the bytes as ``content``."""

    file = forms.FileField(
        label=gettext_lazy("Excel list"),
        max_length=200,
        validators=[FileExtensionValidator(["xlsx"])],
        widget=forms.FileInput(attrs={"accept": ".xlsx"}),
        help_text=gettext_lazy("An Excel file (.xlsx) with at most 500 rows and 10 MB."),
    )
    content: bytes

    def __init__(self, *args: Any, register: Register, rights: Rights) -> None:
        super().__init__(*args)
        self.register, self.rights = register, rights

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        self.content = file.read(MAX_BYTES + 1)
        try:
            read_list(self.content, register=self.register, rights=self.rights)
        except UnreadableWorkbook as error:
            raise ValidationError(str(error), code="unreadable") from None
        return file


@in_cluster(Right.LOG)
@for_writers
@require_http_methods(["GET", "HEAD", "POST"])
def register_import(request: HttpRequest, rights: Rights, register: Register) -> HttpResponse:
    """Take a list and lead to its preview; nothing of it is written yet."""
    posted = (request.POST, request.FILES) if request.method == "POST" else ()
    form = ListForm(*posted, register=register, rights=rights)
    if not form.is_valid():
        asked = _blank_form(register, rights)
        columns = [asked.fields[name] for name in importable(asked)]
        context = {"form": form, "register": register, "columns": columns}
        return render(request, "cluster/register_import.html", context, status=422 if form.is_bound else 200)
    UploadedList.objects.update_or_create(
        cluster=rights.cluster,
        noun=register.noun,
        uploaded_by=rights.user,
        defaults={
            "name": form.cleaned_data["file"].name[-200:],
            "content": form.content,
            "uploaded_at": timezone.now(),
        },
    )
    return redirect(f"{register.noun}_preview", rights.cluster.slug)


@in_cluster(Right.LOG)
@for_writers
@require_safe
def register_template(request: HttpRequest, rights: Rights, register: Register) -> HttpResponse:
    """The empty list with the words of the cluster."""
    name = _("%(register)s – template.xlsx") % {"register": register.title}
    return as_download(template_of(register, _blank_form(register, rights)), name=name, content_type=EXCEL)


@in_cluster(Right.LOG)
@for_writers
@require_http_methods(["GET", "HEAD", "POST"])
def register_preview(request: HttpRequest, rights: Rights, register: Register) -> HttpResponse:
    """What the list that the user has uploaded would write, and with a POST writing it."""
    uploads = UploadedList.objects.filter(cluster=rights.cluster, noun=register.noun, uploaded_by=rights.user)
    upload = uploads.first()
    if upload is None or not upload.content:
        messages.info(request, _("No list waits here: it has been imported already, or none was uploaded."))
        return redirect(f"{register.noun}_import", rights.cluster.slug)
    listing = read_list(bytes(upload.content), register=register, rights=rights)
    if request.method != "POST":
        outcome = take_list(listing, register=register, rights=rights, now=timezone.now(), dry_run=True)
        return _page(request, rights, register, upload, listing, outcome)
    with transaction.atomic():
        outcome = take_list(listing, register=register, rights=rights, now=timezone.now(), dry_run=False)
        if not outcome.problems:
            uploads.update(content=b"")
    if outcome.problems:
        return _page(request, rights, register, upload, listing, outcome, status=409)
    said = ngettext("%(n)s record has been imported.", "%(n)s records have been imported.", outcome.new)
    messages.success(request, said % {"n": outcome.new})
    return redirect(f"{register.noun}_list", rights.cluster.slug)


def _page(
    request: HttpRequest,
    rights: Rights,
    register: Register,
    upload: UploadedList,
    listing: Listing,
    outcome: Outcome,
    *,
    status: int = 200,
) -> HttpResponse:
    form = _blank_form(register, rights)
    context = {
        "register": register,
        "upload": upload,
        "outcome": outcome,
        "left_out": listing.left_out,
        "problems": sorted(outcome.problems)[:_PROBLEMS],
        "more_problems": len(outcome.problems[_PROBLEMS:]),
        "titles": [form.fields[name].label for name in importable(form)],
        "more_rows": outcome.new - len(outcome.shown),
        "may_import": outcome.new and not outcome.problems,
    }
    return render(request, "cluster/register_preview.html", context, status=status)


def _blank_form(register: Register, rights: Rights) -> Any:
    return register.form(instance=register.model(cluster=rights.cluster), rights=rights)
