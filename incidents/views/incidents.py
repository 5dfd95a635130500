import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cluster.access import Right, Rights, in_cluster
from cluster.answers import (
    conflict_page,
    delete_page,
    edit_page,
    is_whole,
    overtaken,
    page_of,
    sealed_page,
    taken_page,
)
from cluster.history import changes_of
from cluster.models import CrimeReport, Submission
from cluster.queue import clock_warnings, is_unattended, queued, receipt_of, tray_text
from cluster.services import ContentDiffers, SealedPeriod, StaleVersion, delete_record
from cluster.submissions import client_id_of, version_of
from incidents.filters import IncidentFilter
from incidents.forms import IncidentForm, kept_texts
from incidents.models import Incident
from incidents.services import IncidentData, edit_incident, log_incident
from patrols.models import JointPatrol


@in_cluster(Right.READ_RECORDS)
@require_safe
def incident_list(request: HttpRequest, rights: Rights) -> HttpResponse:
    form = IncidentFilter(request.GET, rights=rights)
    found = form.result()
    page = page_of(request, found.select_related("cluster", "category", "commune", "unit"))
    return render(request, "incidents/incident_list.html", {"form": form, "page": page, "totals": found.totals()})


@in_cluster(Right.READ_RECORDS)
@require_safe
def incident_detail(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    incident = _incident(rights, client_id)
    context = {
        "incident": incident,
        "may_edit": rights.may_edit(incident),
        "warnings": [*incident.warnings(), *clock_warnings(incident, Submission.Kind.INCIDENT)],
        "twins": incident.likely_twins().select_related("cluster", "unit", "category"),
        "changes": changes_of(incident),
    }
    return render(request, "incidents/incident_detail.html", context)


@in_cluster(Right.LOG)
@require_http_methods(["GET", "HEAD", "POST"])
@queued(Submission.Kind.INCIDENT, Incident)
def incident_new(request: HttpRequest, rights: Rights) -> HttpResponse:
    template = "incidents/incident_new.html"
    blank = Incident(cluster=rights.cluster, client_id=client_id_of(request) or uuid.uuid4())
    if request.method != "POST":
        initial = _preset(request, rights) | _text_of_tray(request, rights)
        form = IncidentForm(instance=blank, rights=rights, initial=initial)
        return TemplateResponse(request, template, {"form": form})
    form = IncidentForm(request.POST, instance=blank, rights=rights)
    if not is_whole(request, form):
        return TemplateResponse(request, template, {"form": form}, status=422)
    try:
        incident, _is_new = log_incident(
            cluster=rights.cluster,
            client_id=blank.client_id,
            data=form.data_entered(),
            by=rights.user,
            own_units=rights.unit_ids,
            now=timezone.now(),
            receipt=receipt_of(request, rights),
        )
    except ContentDiffers:
        return taken_page(request, template, form)
    except IntegrityError:
        return TemplateResponse(request, template, {"form": overtaken(form)}, status=422)
    if incident.is_deleted:
        return taken_page(request, template, form, is_deleted=True)
    if not is_unattended(request):
        messages.success(request, _("Saved."))
    return redirect(incident)


def _preset(request: HttpRequest, rights: Rights) -> dict[str, Any]:
    """``?patrol=``: the patrol on which the incident was found, and its date; ``?crime_report=``: what it came from."""
    if "patrol" in request.GET:
        patrol = _named(request, "patrol", JointPatrol.objects.of(rights.cluster).completed())
        return {"patrol": patrol.client_id, "occurred_on": patrol.local_date}
    if "crime_report" in request.GET:
        report = _named(request, "crime_report", CrimeReport.objects.of(rights.cluster))
        return {"crime_report": report.pk, "from_crime_report": True, "occurred_on": report.received_on}
    return {}


def _named(request: HttpRequest, name: str, rows: QuerySet[Any]) -> Any:
    try:
        client_id = uuid.UUID(request.GET[name])
    except ValueError:
        raise Http404 from None
    return get_object_or_404(rows, client_id=client_id)


def _text_of_tray(request: HttpRequest, rights: Rights) -> dict[str, Any]:
    """``?tray=``: a text that waits there, for a new record or in place of what is stored."""
    text = tray_text(request, rights)
    if text is None or text.kind != Submission.Kind.INCIDENT:
        return {}
    return kept_texts(QueryDict(text.body))


@in_cluster(Right.LOG)
@require_http_methods(["GET", "HEAD", "POST"])
def incident_edit(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    template, incident = "incidents/incident_edit.html", _incident_to_edit(rights, client_id)
    if request.method != "POST":
        form = IncidentForm(instance=incident, rights=rights, initial=_text_of_tray(request, rights))
        return edit_page(request, template, form, record=incident, version=incident.version)
    form, version = IncidentForm(request.POST, instance=incident, rights=rights), version_of(request)
    if not form.is_valid():
        return edit_page(request, template, form, record=incident, version=version, status=422)
    try:
        if version is None:
            raise StaleVersion
        reason = form.cleaned_data.get("reason", "")
        edit_incident(
            incident,
            version=version,
            data=form.data_entered(),
            by=rights.user,
            reason=reason,
            receipt=receipt_of(request, rights),
        )
    except StaleVersion:
        return conflict_page(
            request,
            template,
            form,
            record=incident,
            stored=Incident.objects.of(rights.cluster).filter(pk=incident.pk).first(),
            data=IncidentData,
            status=428 if version is None else 409,
        )
    except SealedPeriod as sealed:
        return sealed_page(request, template, form, sealed=sealed, record=incident, version=version)
    except IntegrityError:
        return edit_page(request, template, overtaken(form), record=incident, version=version, status=422)
    messages.success(request, _("Saved."))
    return redirect(incident)


@in_cluster(Right.LOG)
@require_http_methods(["GET", "HEAD", "POST"])
def incident_delete(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    incident = _incident_to_edit(rights, client_id)
    answer = delete_page(
        request,
        "incidents/incident_delete.html",
        record=incident,
        needs_reason=rights.needs_reason(incident),
        delete=partial(delete_record, incident, by=rights.user, now=timezone.now()),
    )
    if answer:
        return answer
    messages.success(request, _("Deleted. The history is kept."))
    return redirect("incidents:incident_list", rights.cluster.slug)


def _incident(rights: Rights, client_id: uuid.UUID) -> Incident:
    """The one door to an incident."""
    rows = (
        Incident.objects.of(rights.cluster)
        .select_related(
            "cluster",
            "category",
            "commune",
            "patrol__cluster",
            "recorded_by",
            "recorded_unit",
            "unit__administrative_unit",
        )
        .select_related("crime_report__cluster", "crime_report__unit")
    )
    return get_object_or_404(rows, client_id=client_id)


def _incident_to_edit(rights: Rights, client_id: uuid.UUID) -> Incident:
    incident = _incident(rights, client_id)
    if not rights.may_edit(incident):
        raise PermissionDenied(_("You do not have the right to do this."))
    return incident
