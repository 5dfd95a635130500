"""Incidents found on a patrol: entered in place, tied to it and parted from it."""

import uuid
from dataclasses import replace
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cluster.access import Right, Rights, in_cluster
from cluster.answers import ALREADY_SAVED, DELETED_SINCE, NOT_WHOLE
from cluster.services import ContentDiffers, SealedPeriod, StaleVersion
from cluster.submissions import client_id_of, version_of
from incidents.found import FoundIncidentForm, linkable
from incidents.models import Incident
from incidents.services import IncidentData, edit_incident, log_incident
from patrols.models import JointPatrol


@in_cluster(Right.LOG)
@require_http_methods(["GET", "HEAD", "POST"])
def patrol_incidents(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    """What a patrol found: each incident is written once under its own client id, then the next may follow."""
    patrol = get_object_or_404(JointPatrol.objects.of(rights.cluster).completed(), client_id=client_id)
    known: dict[str, Any] = {"patrol": patrol, "rights": rights}
    if request.method != "POST":
        return _page(request, rights, FoundIncidentForm(client_id=uuid.uuid4(), **known))
    form = FoundIncidentForm(request.POST, client_id=client_id_of(request) or uuid.uuid4(), **known)
    if form.is_valid() and client_id_of(request) is None:
        form.add_error(None, NOT_WHOLE)
    if not form.is_valid():
        return _page(request, rights, form, status=422)
    try:
        incident, _is_new = log_incident(
            cluster=rights.cluster,
            client_id=form.client_id,
            data=form.data_entered(),
            by=rights.user,
            own_units=rights.unit_ids,
            now=timezone.now(),
        )
    except ContentDiffers:
        return _taken(request, rights, form, ALREADY_SAVED, status=409)
    if incident.is_deleted:
        return _taken(request, rights, form, DELETED_SINCE, status=410)
    messages.success(request, _("Saved."))
    return redirect("incidents:patrol_incidents", rights.cluster.slug, client_id)


@in_cluster(Right.LOG)
@require_POST
def incident_link(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    """Tie an incident to the patrol that found it, or part the two; of others' work only the edit does, with why."""
    rows = Incident.objects.of(rights.cluster).select_related("cluster", "category", "patrol__cluster")
    incident, version = get_object_or_404(rows, client_id=client_id), version_of(request)
    if not rights.may_edit(incident) or rights.needs_reason(incident):
        raise PermissionDenied(_("You do not have the right to do this."))
    if version is None:
        return render(request, "incidents/incident_link.html", {"incident": incident}, status=428)
    patrol = _patrol_named(request, rights)
    found_on = patrol or incident.patrol
    try:
        data = replace(IncidentData.of(incident), patrol=patrol)
        edit_incident(incident, version=version, data=data, by=rights.user)
    except StaleVersion:
        return render(request, "incidents/incident_link.html", {"incident": incident}, status=409)
    except SealedPeriod as sealed:
        return render(request, "incidents/incident_link.html", {"incident": incident, "sealed": sealed}, status=423)
    messages.success(request, _("Saved."))
    if found_on is None:
        return redirect(incident)
    return redirect("incidents:patrol_incidents", rights.cluster.slug, found_on.client_id)


def _patrol_named(request: HttpRequest, rights: Rights) -> JointPatrol | None:
    """The patrol to tie the incident to, None to part it from the one that it has."""
    if not (text := request.POST.get("patrol", "")):
        return None
    try:
        client_id = uuid.UUID(text)
    except ValueError:
        raise Http404 from None
    return get_object_or_404(JointPatrol.objects.of(rights.cluster).completed(), client_id=client_id)


def _page(request: HttpRequest, rights: Rights, form: FoundIncidentForm, *, status: int = 200) -> HttpResponse:
    found = Incident.objects.of(rights.cluster).filter(patrol=form.patrol)
    rows = found.select_related("category", "commune", "cluster").order_by("occurred_on", "occurred_at", "pk")
    context = {
        "form": form,
        "patrol": form.patrol,
        "found": [(row, rights.may_edit(row) and not rights.needs_reason(row)) for row in rows],
        "linkable": linkable(rights, form.patrol),
    }
    return render(request, "incidents/patrol_incidents.html", context, status=status)


def _taken(request: HttpRequest, rights: Rights, form: FoundIncidentForm, message: Any, *, status: int) -> HttpResponse:
    """The client id belongs to another record: the text is kept, under a new id for the next press of the button."""
    form.add_error(None, message)
    form.client_id = uuid.uuid4()
    return _page(request, rights, form, status=status)
