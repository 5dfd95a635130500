"""The flow of the forms of conferences, recommendations and key tasks: read, check, write once, answer."""

import uuid
from collections.abc import Callable
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster.access import Rights
from cluster.answers import conflict_page, delete_page, edit_page, is_whole, taken_page
from cluster.models.records import Record
from cluster.recordforms import RecordForm
from cluster.services import ContentDiffers, StaleVersion, delete_record
from cluster.submissions import client_id_of, version_of


def write_new(
    request: HttpRequest,
    rights: Rights,
    *,
    template: str,
    form_class: type[RecordForm],
    log: Callable[..., tuple[Any, bool]],
    initial: dict[str, Any],
    context: dict[str, Any],
) -> HttpResponse:
    """``log(blank, values, by=, now=)`` writes what a valid form says, under the client id of its page."""
    client_id = client_id_of(request) or uuid.uuid4()
    blank: Any = form_class._meta.model(cluster=rights.cluster, client_id=client_id)
    if request.method != "POST":
        return render(request, template, context | {"form": form_class(instance=blank, rights=rights, initial=initial)})
    form = form_class(request.POST, instance=blank, rights=rights)
    if not is_whole(request, form):
        return render(request, template, context | {"form": form}, status=422)
    try:
        record, _is_new = log(blank, form.data_entered().content(), by=rights.user, now=timezone.now())
    except ContentDiffers:
        return taken_page(request, template, form, **context)
    if record.is_deleted:
        return taken_page(request, template, form, is_deleted=True, **context)
    messages.success(request, _("Saved."))
    return redirect(record)


def write_edit(
    request: HttpRequest,
    rights: Rights,
    *,
    template: str,
    form_class: type[RecordForm],
    record: Any,
    write: Callable[..., None],
    context: dict[str, Any],
) -> HttpResponse:
    """``write(record, values, version=, by=, reason=)`` replaces what the form asks."""

    def page(form: RecordForm, version: int | None, status: int = 200) -> HttpResponse:
        return edit_page(request, template, form, record=record, version=version, status=status, **context)

    if request.method != "POST":
        return page(form_class(instance=record, rights=rights), record.version)
    form, version = form_class(request.POST, instance=record, rights=rights), version_of(request)
    if not form.is_valid():
        return page(form, version, 422)
    try:
        if version is None:
            raise StaleVersion
        reason = form.cleaned_data.get("reason", "")
        write(record, form.data_entered().content(), version=version, by=rights.user, reason=reason)
    except StaleVersion:
        return conflict_page(
            request,
            template,
            form,
            record=record,
            stored=type(record)._default_manager.of(rights.cluster).filter(pk=record.pk).first(),
            data=form,
            status=428 if version is None else 409,
            **context,
        )
    messages.success(request, _("Saved."))
    return redirect(record)


def write_deletion(request: HttpRequest, rights: Rights, *, template: str, record: Record, back: str) -> HttpResponse:
    """Ask, hide the record, and lead ``back`` to the list."""
    answer = delete_page(
        request,
        template,
        record=record,
        needs_reason=rights.needs_reason(record),
        delete=partial(delete_record, record, by=rights.user, now=timezone.now()),
    )
    if answer:
        return answer
    messages.success(request, _("Deleted. The history is kept."))
    return redirect(back, rights.cluster.slug)
