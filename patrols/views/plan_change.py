"""What becomes of a plan: three addresses, one door and one way of refusing."""

import uuid
from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cluster.access import Right, Rights, in_cluster
from cluster.services import StaleVersion
from cluster.submissions import version_of
from patrols.forms import AgainForm, CancelForm, PostponeForm
from patrols.models import JointPatrol
from patrols.plans import may_change
from patrols.services import NotPlanned, cancel_patrol, postpone_patrol, reschedule_patrol

FORM_METHODS = ["GET", "HEAD", "POST"]
Status = JointPatrol.Status


@in_cluster(Right.LOG)
@require_http_methods(FORM_METHODS)
def plan_postpone(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    """Put a plan off, to a new day or until somebody knows one."""
    return _change(request, rights, client_id, PostponeForm, postpone_patrol, "patrols/plan_postpone.html")


@in_cluster(Right.LOG)
@require_http_methods(FORM_METHODS)
def plan_cancel(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    """Give a plan up; it stays to be seen, with the reason."""

    def cancel(patrol: JointPatrol, *, hours: None, **said: Any) -> None:
        cancel_patrol(patrol, **said)

    return _change(request, rights, client_id, CancelForm, cancel, "patrols/plan_cancel.html")


@in_cluster(Right.LOG)
@require_http_methods(FORM_METHODS)
def plan_again(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    """Plan anew what was postponed or cancelled."""
    return _change(request, rights, client_id, AgainForm, reschedule_patrol, "patrols/plan_again.html")


def _change(
    request: HttpRequest,
    rights: Rights,
    client_id: uuid.UUID,
    form_class: type[CancelForm],
    verb: Callable[..., None],
    template: str,
) -> HttpResponse:
    patrols = JointPatrol.objects.of(rights.cluster).select_related("lead_unit").prefetch_related("contingents")
    patrol = get_object_or_404(patrols, client_id=client_id)
    if not may_change(rights, patrol):
        raise PermissionDenied(_("You do not have the right to do this."))
    now, version = timezone.now(), version_of(request)
    if request.method != "POST":
        return _page(request, template, form_class(patrol=patrol, now=now))
    form = form_class(request.POST, patrol=patrol, now=now)
    is_valid = form.is_valid()
    if version is None:
        return _page(request, template, form, status=428, is_changed=True)
    if not is_valid:
        return _page(request, template, form, version=version, status=422)
    try:
        verb(patrol, version=version, reason=form.cleaned_data["reason"], hours=form.hours, by=rights.user)
    except (StaleVersion, NotPlanned):
        # What the attempt had set in the object in hand is no news.
        form.patrol = get_object_or_404(patrols, pk=patrol.pk)
        return _page(request, template, form, status=409, is_changed=True)
    messages.success(request, _("Saved."))
    return redirect("patrols:patrol_detail", rights.cluster.slug, patrol.client_id)


def _page(
    request: HttpRequest, template: str, form: CancelForm, *, version: int | None = None, status: int = 200, **more: Any
) -> HttpResponse:
    # As text: a template would write 1000 as "1.000".
    context = {"patrol": form.patrol, "form": form, "version": str(version or form.patrol.version), **more}
    return render(request, template, context, status=status)
