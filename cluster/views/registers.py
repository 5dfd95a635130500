"""The pages of every register; which one it is, the address says (cluster/urls.py)."""

import uuid
from functools import partial
from pathlib import PurePath
from typing import Any, NamedTuple

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError
from django.db.models.fields.files import FieldFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cluster.access import Right, Rights, in_cluster
from cluster.answers import conflict_page, delete_page, edit_page, is_whole, overtaken, page_of, sealed_page, taken_page
from cluster.history import changes_of
from cluster.models import Article
from cluster.models.records import RegisterRecord
from cluster.paper.download import EXCEL, as_download, as_upload
from cluster.registers.filters import RegisterFilter
from cluster.registers.register import Register
from cluster.registers.sheet import columns_of, reads_with
from cluster.scans import ENDINGS
from cluster.services import (
    ContentDiffers,
    SealedPeriod,
    StaleVersion,
    delete_record,
    edit_record,
    log_record,
    recording_unit,
)
from cluster.sheets import table_book
from cluster.submissions import client_id_of, in_words, version_of
from cluster.views.lists import register_import, register_preview, register_template
from cluster.views.writers import for_writers


class Fact(NamedTuple):
    label: str
    text: str
    address: str = ""


class Row(NamedTuple):
    record: RegisterRecord
    cells: list[tuple[str, str]]
    """The title of the column and the text."""


@in_cluster(Right.READ_RECORDS)
@require_safe
def register_list(request: HttpRequest, rights: Rights, register: Register) -> HttpResponse:
    form = RegisterFilter(request.GET, register=register, rights=rights)
    page = page_of(request, form.result())
    rows = [Row(record, _cells(register, record)) for record in page]
    context = {
        "register": register,
        "form": form,
        "page": page,
        "rows": rows,
        "may_write": register.may_write(rights),
        "state": form.chosen().get("state", ""),
    }
    return render(request, "cluster/register_list.html", register.surroundings(rights) | context)


def _cells(register: Register, record: RegisterRecord) -> list[tuple[str, str]]:
    """A cell stands alone, so it begins with a capital: Huyện Vĩnh Linh, Có."""
    return [(str(column.title), capfirst(in_words(None, column.value(record)))) for column in register.columns]


@in_cluster(Right.READ_RECORDS)
@require_safe
def register_workbook(request: HttpRequest, rights: Rights, register: Register) -> HttpResponse:
    """The list as it is narrowed, as an Excel file that the import reads back."""
    rows = RegisterFilter(request.GET, register=register, rights=rights).result()
    columns = columns_of(register, register.form(instance=register.model(cluster=rights.cluster), rights=rights))
    ties = reads_with(register)
    book = table_book(
        title=str(register.title),
        notice=rights.cluster.notice,
        columns=[(column.title, column.width) for column in columns],
        rows=(
            [column.value(record) for column in columns]
            for record in rows.select_related(*register.related, *ties.one).prefetch_related(*ties.many)
        ),
        now=timezone.localtime(),
    )
    return as_download(book, name=f"{register.title} {rights.cluster}.xlsx", content_type=EXCEL)


@in_cluster(Right.READ_RECORDS)
@require_safe
def register_detail(request: HttpRequest, rights: Rights, register: Register, client_id: uuid.UUID) -> HttpResponse:
    record = _record(register, rights, client_id)
    context = {
        "register": register,
        "record": record,
        "facts": _facts(register.form(instance=record, rights=rights)),
        "may_edit": register.may_edit(rights, record),
        "changes": changes_of(record),
        **register.extras(record, rights),
    }
    return render(request, "cluster/register_detail.html", context)


def _facts(form: Any) -> list[Fact]:
    """What the form asks, with what is stored."""
    stored = form.of(form.instance).content()
    model = type(form.instance)
    fields = {name: model._meta.get_field(name) for name in form.entered_names if name not in model.labels}
    return [
        Fact(str(form.fields[name].label), _stored(fields.get(name), value), _address(form.instance, value))
        for name, value in stored.items()
        if name not in form.told_below and (value or name not in form.said_if_given)
    ]


def _stored(field: Any, value: Any) -> str:
    """A word of a list stands alone here, as in the register's list."""
    words = in_words(field, value)
    return capfirst(words) if field is not None and getattr(field, "choices", None) else words


def _address(record: RegisterRecord, value: Any) -> str:
    """Where the value of a record can be looked at."""
    if isinstance(value, FieldFile):
        return reverse(f"{record.noun}_file", args=[record.cluster.slug, record.client_id]) if value else ""
    has_page = isinstance(value, Article) or (isinstance(value, RegisterRecord) and not value.is_deleted)
    return value.get_absolute_url() if has_page else ""


@in_cluster(Right.READ_RECORDS)
@require_safe
def register_file(request: HttpRequest, rights: Rights, register: Register, client_id: uuid.UUID) -> HttpResponse:
    """The file of a record, to whoever reads the record at this moment."""
    record: Any = _record(register, rights, client_id)
    if not record.file:
        raise Http404
    ending = PurePath(record.file.name).suffix
    kinds = {suffix: kind for kind, suffix in ENDINGS.items()}
    return as_upload(record.file, name=f"{record}{ending}", content_type=kinds[ending])


@in_cluster(Right.LOG)
@for_writers
@require_http_methods(["GET", "HEAD", "POST"])
def register_new(request: HttpRequest, rights: Rights, register: Register) -> HttpResponse:
    blank = register.model(cluster=rights.cluster, client_id=client_id_of(request) or uuid.uuid4())
    template = "cluster/register_new.html"
    if request.method != "POST":
        form = register.form(instance=blank, rights=rights, initial=_preset(request, register))
        return render(request, template, {"form": form, "register": register})
    form = register.form(request.POST, request.FILES, instance=blank, rights=rights)
    if not is_whole(request, form):
        return render(request, template, {"form": form, "register": register}, status=422)
    values = form.data_entered().content()
    unit = recording_unit(values.get(form.unit_field), own_units=rights.unit_ids)
    try:
        record, _is_new = log_record(blank, values, unit=unit, by=rights.user, now=timezone.now())
    except ContentDiffers:
        return taken_page(request, template, form, register=register)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return render(request, template, {"form": form, "register": register}, status=422)
    except IntegrityError:
        return render(request, template, {"form": overtaken(form), "register": register}, status=422)
    if record.is_deleted:
        return taken_page(request, template, form, is_deleted=True, register=register)
    messages.success(request, _("Saved."))
    return redirect(record)


def _preset(request: HttpRequest, register: Register) -> dict[str, Any]:
    """``?briefing=…``: what another page hands over for the new record; the form refuses what is not its cluster's."""
    names = (name for name, field in register.form.base_fields.items() if not isinstance(field, forms.FileField))
    return {name: request.GET[name] for name in names if request.GET.get(name)}


@in_cluster(Right.LOG)
@for_writers
@require_http_methods(["GET", "HEAD", "POST"])
def register_edit(request: HttpRequest, rights: Rights, register: Register, client_id: uuid.UUID) -> HttpResponse:
    template, record = "cluster/register_edit.html", _record_to_edit(register, rights, client_id)
    page = partial(edit_page, request, template, record=record, register=register)
    if request.method != "POST":
        return page(register.form(instance=record, rights=rights), version=record.version)
    form, version = register.form(request.POST, request.FILES, instance=record, rights=rights), version_of(request)
    if not form.is_valid():
        return page(form, version=version, status=422)
    try:
        if version is None:
            raise StaleVersion
        values, reason = form.data_entered().content(), form.cleaned_data.get("reason", "")
        edit_record(record, values, version=version, by=rights.user, reason=reason, now=timezone.now())
    except StaleVersion:
        return conflict_page(
            request,
            template,
            form,
            record=record,
            stored=register.rows(rights).filter(pk=record.pk).first(),
            data=form,
            status=428 if version is None else 409,
            register=register,
        )
    except SealedPeriod as sealed:
        context = {"record": record, "version": version, "register": register}
        return sealed_page(request, template, form, sealed=sealed, **context)
    except ValidationError as refusal:
        form.add_error(None, refusal)
        return page(form, version=version, status=422)
    except IntegrityError:
        return page(overtaken(form), version=version, status=422)
    messages.success(request, _("Saved."))
    return redirect(record)


@in_cluster(Right.LOG)
@for_writers
@require_http_methods(["GET", "HEAD", "POST"])
def register_delete(request: HttpRequest, rights: Rights, register: Register, client_id: uuid.UUID) -> HttpResponse:
    record = _record_to_edit(register, rights, client_id)
    answer = delete_page(
        request,
        "cluster/register_delete.html",
        record=record,
        needs_reason=rights.needs_reason(record),
        delete=partial(delete_record, record, by=rights.user, now=timezone.now()),
        register=register,
    )
    if answer:
        return answer
    messages.success(request, _("Deleted. The history is kept."))
    return redirect(f"{register.noun}_list", rights.cluster.slug)


def _record(register: Register, rights: Rights, client_id: uuid.UUID) -> RegisterRecord:
    return get_object_or_404(register.rows(rights), client_id=client_id)


def _record_to_edit(register: Register, rights: Rights, client_id: uuid.UUID) -> RegisterRecord:
    record = _record(register, rights, client_id)
    _check(register.may_edit(rights, record))
    return record


def _check(is_allowed: bool) -> None:  # noqa: FBT001  a question's answer
    if not is_allowed:
        raise PermissionDenied(_("You do not have the right to do this."))


def pages_of(register: Register) -> list[URLPattern]:
    """The addresses of a register, named by its noun: exchange_list, exchange_new …"""
    noun, above = register.noun, f"clusters/<slug:slug>/{register.path}"
    one, kwargs = f"{above}/<uuid:client_id>", {"register": register}
    pages = [
        path(f"{above}/", register_list, kwargs, name=f"{noun}_list"),
        path(f"{above}.xlsx", register_workbook, kwargs, name=f"{noun}_workbook"),
        path(f"{above}/new/", register_new, kwargs, name=f"{noun}_new"),
        path(f"{one}/", register_detail, kwargs, name=f"{noun}_detail"),
        path(f"{one}/edit/", register_edit, kwargs, name=f"{noun}_edit"),
        path(f"{one}/delete/", register_delete, kwargs, name=f"{noun}_delete"),
    ]
    if register.takes_lists:
        pages += [
            path(f"{above}/import/", register_import, kwargs, name=f"{noun}_import"),
            path(f"{above}/import/preview/", register_preview, kwargs, name=f"{noun}_preview"),
            path(f"{above}/template.xlsx", register_template, kwargs, name=f"{noun}_template"),
        ]
    if register.holds_files:
        pages.append(path(f"{one}/file/", register_file, kwargs, name=f"{noun}_file"))
    return pages
