import uuid
from functools import partial
from typing import Any

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
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
from cluster.history import latest_corrections
from cluster.models import MemberUnit, Officer, PoliceUnit
from cluster.models.seals import sealed_after
from cluster.services import ContentDiffers, SealedPeriod, StaleVersion, delete_record
from cluster.submissions import client_id_of, version_of
from incidents.evidence import Ground
from incidents.filters import AwardFilter
from incidents.forms import AwardForm, EvidenceAsked
from incidents.models import Award
from incidents.services import AwardData, edit_award, log_award


@in_cluster(Right.READ_RECORDS)
@require_safe
def award_list(request: HttpRequest, rights: Rights) -> HttpResponse:
    form = AwardFilter(request.GET, rights=rights)
    found = form.result()
    page = page_of(request, found.select_related("unit").annotate(late=sealed_after("decided_on", "recorded_at")))
    corrections = latest_corrections(Award, list(page))
    rows = [(award, corrections.get(award.pk)) for award in page]
    context = {"form": form, "page": page, "rows": rows, "totals": found.totals()}
    return render(request, "incidents/award_list.html", context)


@in_cluster(Right.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def award_new(request: HttpRequest, rights: Rights) -> HttpResponse:
    template = "incidents/award_new.html"
    blank = Award(cluster=rights.cluster, client_id=client_id_of(request) or uuid.uuid4())
    if request.method != "POST":
        form = AwardForm(instance=blank, rights=rights, initial=_preset(request, rights))
        return render(request, template, {"form": form})
    form = AwardForm(request.POST, instance=blank, rights=rights)
    if not is_whole(request, form):
        return render(request, template, {"form": form}, status=422)
    try:
        award, _is_new = log_award(
            cluster=rights.cluster,
            client_id=blank.client_id,
            data=form.data_entered(),
            by=rights.user,
            now=timezone.now(),
        )
    except ContentDiffers:
        return taken_page(request, template, form)
    except IntegrityError:
        return render(request, template, {"form": overtaken(form)}, status=422)
    if award.is_deleted:
        return taken_page(request, template, form, is_deleted=True)
    messages.success(request, _("Saved."))
    return redirect("incidents:award_list", rights.cluster.slug)


@in_cluster(Right.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def award_edit(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    template, award = "incidents/award_edit.html", _award(rights, client_id)
    if request.method != "POST":
        form = AwardForm(instance=award, rights=rights)
        return edit_page(request, template, form, record=award, version=award.version)
    form, version = AwardForm(request.POST, instance=award, rights=rights), version_of(request)
    if not form.is_valid():
        return edit_page(request, template, form, record=award, version=version, status=422)
    try:
        if version is None:
            raise StaleVersion
        reason = form.cleaned_data.get("reason", "")
        edit_award(award, version=version, data=form.data_entered(), by=rights.user, reason=reason)
    except StaleVersion:
        return conflict_page(
            request,
            template,
            form,
            record=award,
            stored=Award.objects.of(rights.cluster).filter(pk=award.pk).first(),
            data=AwardData,
            status=428 if version is None else 409,
        )
    except SealedPeriod as sealed:
        return sealed_page(request, template, form, sealed=sealed, record=award, version=version)
    except IntegrityError:
        return edit_page(request, template, overtaken(form), record=award, version=version, status=422)
    messages.success(request, _("Saved."))
    return redirect("incidents:award_list", rights.cluster.slug)


@in_cluster(Right.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def award_delete(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    award = _award(rights, client_id)
    answer = delete_page(
        request,
        "incidents/award_delete.html",
        record=award,
        needs_reason=rights.needs_reason(award),
        delete=partial(delete_record, award, by=rights.user, now=timezone.now()),
    )
    if answer:
        return answer
    messages.success(request, _("Deleted. The history is kept."))
    return redirect("incidents:award_list", rights.cluster.slug)


def _preset(request: HttpRequest, rights: Rights) -> dict[str, Any]:
    """``?unit=`` or ``?officer=`` with ``date_from`` and ``date_to``: the page of candidates leads here.

    Keys alone, for an address is kept in logs; what is no member's leaves the form blank.
    """
    asked = EvidenceAsked(request.GET)
    if not asked.is_valid():
        return {}
    members = MemberUnit.objects.filter(party__cluster=rights.cluster).values("unit")
    officer, unit = asked.cleaned_data["officer"], asked.cleaned_data["unit"]
    found = (
        Officer.objects.filter(pk=officer, unit__in=members).first()
        if officer
        else PoliceUnit.objects.filter(pk=unit or 0).filter(pk__in=members).first()
    )
    days = sorted(asked.cleaned_data[name] for name in ("date_from", "date_to"))
    return Ground(rights.cluster, *days).preset(found) if found else {}


def _award(rights: Rights, client_id: uuid.UUID) -> Award:
    """The one door to an award."""
    rows = Award.objects.of(rights.cluster).select_related("cluster", "unit")
    return get_object_or_404(rows, client_id=client_id)
