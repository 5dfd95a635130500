"""Beside the pages of the register: a year of plans, conclusions and their follow-up, the minutes."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from cluster.access import Right, Rights, in_cluster
from cluster.answers import is_whole, taken_page
from cluster.briefing_services import follow_up, plan_year, slots_of
from cluster.conclusions import carried_to, conclusions_of
from cluster.followup import FollowUpForm, YearForm
from cluster.minutes import file_name, minutes_of
from cluster.models import Briefing, Conclusion
from cluster.paper import as_download, pdf_of, word_of
from cluster.paper.download import PDF, WORD
from cluster.registers.briefings import ConclusionOnPage
from cluster.services import ContentDiffers, StaleVersion, log_record
from cluster.submissions import client_id_of, version_of


@in_cluster(Right.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def briefing_year(request: HttpRequest, rights: Rights) -> HttpResponse:
    """What the patterns ask for in a year, and the plans for it in one step."""
    form = YearForm(request.POST if request.method == "POST" else request.GET or None)
    year = form.cleaned_data["year"] if form.is_valid() else timezone.localdate().year
    if request.method == "POST" and form.is_valid():
        planned = len(plan_year(rights.cluster, year, by=rights.user, now=timezone.now()))
        said = ngettext("%(count)d briefing is planned.", "%(count)d briefings are planned.", planned)
        messages.success(request, said % {"count": planned} if planned else _("Everything was planned already."))
        return redirect("briefing_list", rights.cluster.slug)
    slots = slots_of(rights.cluster, year)
    context = {"form": form, "year": year, "slots": slots, "to_plan": sum(slot.is_to_plan for slot in slots)}
    status = 422 if request.method == "POST" else 200
    return render(request, "cluster/briefing_year.html", context, status=status)


@in_cluster(Right.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def briefing_conclude(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    """One more conclusion, from the page of the briefing and back to it."""
    briefing = _briefing(rights, client_id)
    blank = Conclusion(cluster=rights.cluster, briefing=briefing, client_id=client_id_of(request) or uuid.uuid4())
    form = ConclusionOnPage(request.POST if request.method == "POST" else None, instance=blank, rights=rights)
    template = "cluster/briefing_conclude.html"
    if request.method != "POST":
        return render(request, template, {"form": form, "briefing": briefing})
    if not is_whole(request, form):
        return render(request, template, {"form": form, "briefing": briefing}, status=422)
    values = form.data_entered().content() | {"briefing": briefing}
    try:
        conclusion, _is_new = log_record(blank, values, unit=None, by=rights.user, now=timezone.now())
    except ContentDiffers:
        return taken_page(request, template, form, briefing=briefing)
    if conclusion.is_deleted:
        return taken_page(request, template, form, is_deleted=True, briefing=briefing)
    messages.success(request, _("Saved."))
    return redirect(f"{briefing.get_absolute_url()}#conclude")


@in_cluster(Right.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def conclusion_follow(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    """What became of a conclusion: noted at a briefing, from its page and back to it, or between two."""
    rows = Conclusion.objects.of(rights.cluster).select_related("cluster", "briefing__cluster")
    conclusion = get_object_or_404(rows, client_id=client_id)
    version = version_of(request) if request.method == "POST" else conclusion.version
    form = FollowUpForm(
        request.POST if request.method == "POST" else None, conclusion=conclusion, initial=_first_note()
    )
    context: dict[str, Any] = {"form": form, "conclusion": conclusion, "version": version}
    template = "cluster/conclusion_follow.html"
    if request.method != "POST":
        return render(request, template, context)
    if not form.is_valid():
        return render(request, template, context | {"version": "" if version is None else version}, status=422)
    try:
        if version is None:
            raise StaleVersion
        follow_up(conclusion, version=version, by=rights.user, **_entered(form))
    except StaleVersion:
        stored = rows.get(pk=conclusion.pk)
        context |= {"conclusion": stored, "version": stored.version, "is_conflict": True}
        return render(request, template, context, status=428 if version is None else 409)
    messages.success(request, _("Saved."))
    at = form.cleaned_data["briefing"]
    return redirect(f"{at.get_absolute_url()}#carried" if at else conclusion.get_absolute_url())


def _first_note() -> dict[str, dt.date]:
    return {"noted_on": timezone.localdate()}


def _entered(form: FollowUpForm) -> dict[str, Any]:
    return {name: form.cleaned_data[name] for name in ("briefing", "noted_on", "state", "note")}


@in_cluster(Right.READ_RECORDS)
@require_safe
def briefing_docx(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    """The minutes as a Word file, to be gone on with and signed."""
    briefing = _held(rights, client_id)
    paper = minutes_of(briefing, conclusions=conclusions_of(briefing), carried=carried_to(briefing))
    return as_download(word_of(paper), name=f"{file_name(briefing)}.docx", content_type=WORD)


@in_cluster(Right.READ_RECORDS)
@require_safe
def briefing_pdf(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    """The same as PDF."""
    briefing = _held(rights, client_id)
    paper = minutes_of(briefing, conclusions=conclusions_of(briefing), carried=carried_to(briefing))
    return as_download(pdf_of(paper), name=f"{file_name(briefing)}.pdf", content_type=PDF)


def _briefing(rights: Rights, client_id: uuid.UUID) -> Briefing:
    rows = Briefing.objects.of(rights.cluster).select_related("cluster", "host_unit", "host_party")
    return get_object_or_404(rows, client_id=client_id)


def _held(rights: Rights, client_id: uuid.UUID) -> Briefing:
    """What has not been held has no minutes: 404."""
    rows = Briefing.objects.of(rights.cluster).held().select_related("cluster", "host_unit", "host_party")
    return get_object_or_404(rows.prefetch_related("units"), client_id=client_id)
