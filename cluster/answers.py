"""The answers that the forms of all records have in common."""

import uuid
from collections.abc import Callable
from typing import Any

from django.core.paginator import Page, Paginator
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _

from cluster.recordforms import DeleteForm
from cluster.services import SealedPeriod, StaleVersion
from cluster.submissions import client_id_of, differences, version_of

NOT_WHOLE = _("The page was not sent as a whole. Please press the button once more.")
ALREADY_SAVED = _(
    "This form has already been saved, with other content; that record stays as it was. If this text is about "
    "something else, press the button once more to save it as well."
)
DELETED_SINCE = _(
    "This form has already been saved, and the record was deleted since. Press the button once more to save it anew."
)


def page_of(request: HttpRequest, rows: Any) -> Page:
    return Paginator(rows, 30).get_page(request.GET.get("page"))


def is_whole(request: HttpRequest, form: Any) -> bool:
    """Whether the form of a new record is valid and bears its client id; a page that lost the id says so."""
    if form.is_valid() and client_id_of(request) is None:
        form.add_error(None, NOT_WHOLE)
    return form.is_valid()


def taken_page(
    request: HttpRequest, template: str, form: Any, *, is_deleted: bool = False, **context: Any
) -> HttpResponse:
    """The client id belongs to another record: the text is kept, under a new id for the next press of the button."""
    form.add_error(None, DELETED_SINCE if is_deleted else ALREADY_SAVED)
    form.instance.client_id = uuid.uuid4()
    return render(request, template, context | {"form": form}, status=410 if is_deleted else 409)


def overtaken(form: Any) -> Any:
    """The form, read anew: a moment ago somebody saved what must be unique, and now it finds that."""
    form.full_clean()
    if form.is_valid():
        form.add_error(None, NOT_WHOLE)
    return form


def edit_page(
    request: HttpRequest,
    template: str,
    form: Any,
    *,
    record: Model,
    version: int | None,
    status: int = 200,
    **context: Any,
) -> HttpResponse:
    """The form of an edit; it keeps the version that its editor saw."""
    context |= {"form": form, "record": record, "version": "" if version is None else version}
    return render(request, template, context, status=status)


def sealed_page(request: HttpRequest, template: str, form: Any, *, sealed: SealedPeriod, **page: Any) -> HttpResponse:
    """The form with the text of the editor, which nobody may save before an amendment is open."""
    form.add_error(None, str(sealed))
    return edit_page(request, template, form, status=423, **page)


def conflict_page(
    request: HttpRequest,
    template: str,
    form: Any,
    *,
    record: Any,
    stored: Any,
    data: Any,
    status: int,
    **context: Any,
) -> HttpResponse:
    """The text of the editor, kept, beside what is stored now; None: deleted meanwhile. The next save is deliberate.

    ``data.of(stored)`` is what is stored in the shape of ``form.data_entered()``; each has a ``content()`` by field.
    """
    context |= {"form": form, "record": record, "version": "", "is_conflict": True, "is_gone": stored is None}
    if stored is not None:
        entered = form.data_entered().content()
        context["version"] = stored.version
        context["differences"] = differences(type(stored), stored=data.of(stored).content(), entered=entered)
    return render(request, template, context, status=status)


def delete_page(
    request: HttpRequest,
    template: str,
    *,
    record: Any,
    needs_reason: bool,
    delete: Callable[..., None],
    **context: Any,
) -> HttpResponse | None:
    """Ask before a deletion, and delete the version that was seen with ``delete(version=, reason=)``; None: done."""
    context |= {"record": record, "version": record.version}
    if request.method != "POST":
        return render(request, template, context | {"form": DeleteForm(needs_reason=needs_reason)})
    form, version = DeleteForm(request.POST, needs_reason=needs_reason), version_of(request)
    if not form.is_valid():
        seen = "" if version is None else version
        return render(request, template, context | {"form": form, "version": seen}, status=422)
    try:
        if version is None:
            raise StaleVersion
        delete(version=version, reason=form.cleaned_data["reason"])
    except StaleVersion:
        context |= {"form": form, "is_conflict": True}
        return render(request, template, context, status=428 if version is None else 409)
    except SealedPeriod as sealed:
        form.add_error(None, str(sealed))
        return render(request, template, context | {"form": form, "version": version}, status=423)
    return None
