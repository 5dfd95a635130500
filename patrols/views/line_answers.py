"""What the two sides say of a line: its unit confirms, corrects or refuses it, the author takes note of that."""

import uuid
from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cluster.access import Right, Rights, in_cluster
from cluster.services import SealedPeriod, StaleVersion
from cluster.submissions import version_of
from patrols.forms import AnswerForm, CorrectionForm
from patrols.models import Contingent
from patrols.rows import LineRow
from patrols.services import (
    NothingCorrected,
    acknowledge_line,
    confirm_line,
    confirming_needs_reason,
    correct_line,
    may_acknowledge,
    may_answer,
    refuse_line,
)

FORM_METHODS = ["GET", "HEAD", "POST"]


@in_cluster(Right.LOG)
@require_http_methods(FORM_METHODS)
def line_confirm(request: HttpRequest, rights: Rights, client_id: uuid.UUID, pk: int) -> HttpResponse:
    """One tap on the home page or the patrol's; the page itself asks whom it must for a reason."""
    line = _line(rights, client_id, pk, may=may_answer)
    form = AnswerForm(request.POST or None, line=line, is_required=confirming_needs_reason(line, rights))
    return _answer(request, rights, form, confirm_line, template="patrols/line_confirm.html")


@in_cluster(Right.LOG)
@require_http_methods(FORM_METHODS)
def line_correct(request: HttpRequest, rights: Rights, client_id: uuid.UUID, pk: int) -> HttpResponse:
    """Was, is, why."""
    form = CorrectionForm(request.POST or None, line=_line(rights, client_id, pk, may=may_answer))
    try:
        return _answer(request, rights, form, correct_line, template="patrols/line_correct.html")
    except NothingCorrected:
        form.refuse_the_same()
        return _page(request, rights, form, template="patrols/line_correct.html", status=422)


@in_cluster(Right.LOG)
@require_http_methods(FORM_METHODS)
def line_refuse(request: HttpRequest, rights: Rights, client_id: uuid.UUID, pk: int) -> HttpResponse:
    """The unit took no part, and says why."""
    form = AnswerForm(request.POST or None, line=_line(rights, client_id, pk, may=may_answer))
    return _answer(request, rights, form, refuse_line, template="patrols/line_refuse.html")


@in_cluster(Right.LOG)
@require_http_methods(FORM_METHODS)
def line_acknowledge(request: HttpRequest, rights: Rights, client_id: uuid.UUID, pk: int) -> HttpResponse:
    """The author's unit has read the correction or refusal."""
    line = _line(rights, client_id, pk, may=may_acknowledge)
    form = AnswerForm(request.POST or None, line=line, is_required=False)
    return _answer(request, rights, form, acknowledge_line, template="patrols/line_acknowledge.html")


def _line(
    rights: Rights, client_id: uuid.UUID, pk: int, *, may: Callable[[Contingent, Rights], bool] | None = None
) -> Contingent:
    """A line of the cluster that can be answered for, where the user may."""
    lines = Contingent.objects.answerable().filter(cluster=rights.cluster, patrol__client_id=client_id)
    related = ("patrol__cluster", "patrol__recorded_by", "patrol__recorded_unit", "unit", "force", "decided_by")
    line = get_object_or_404(lines.select_related(*related).prefetch_related("officers"), pk=pk)
    if may and not may(line, rights):
        raise PermissionDenied(_("You do not have the right to do this."))
    return line


def _answer(
    request: HttpRequest, rights: Rights, form: AnswerForm, act: Callable[..., bool], *, template: str
) -> HttpResponse:
    line, version = form.line, version_of(request)
    page = partial(_page, request, rights, form, template=template)
    if request.method != "POST":
        return page()
    if version is None:
        return page(status=428, is_changed=True)
    if not form.is_valid():
        return page(status=422)
    try:
        act(line, version=version, rights=rights, now=timezone.now(), **form.answer)
    except StaleVersion:
        form.line = _line(rights, line.patrol.client_id, line.pk)
        return page(status=409, is_changed=True)
    except SealedPeriod as sealed:
        form.add_error(None, str(sealed))
        return page(status=423)
    line = _line(rights, line.patrol.client_id, line.pk)
    messages.success(request, _("Noted.") if act is acknowledge_line else _said(line))
    return redirect(_way_back(request) or line.patrol.get_absolute_url())


def _said(line: Contingent) -> str:
    """The line as it now stands, in a sentence."""
    sentences = {
        Contingent.State.CONFIRMED: _("%(unit)s: %(people)d people confirmed."),
        Contingent.State.CORRECTED: _("%(unit)s: corrected from %(before)s to %(people)d people."),
        Contingent.State.REFUSED: _("%(unit)s: refused. These %(people)d people do not count."),
    }
    values = {"unit": line.unit, "people": line.headcount, "before": line.corrected_from}
    return sentences[line.State(line.state)] % values


def _way_back(request: HttpRequest) -> str:
    """Where the user came from, if that is a page of ours."""
    wanted = request.POST.get("next") or request.GET.get("next", "")
    hosts = {request.get_host()}
    is_ours = url_has_allowed_host_and_scheme(wanted, allowed_hosts=hosts, require_https=request.is_secure())
    return wanted if is_ours else ""


def _page(
    request: HttpRequest,
    rights: Rights,
    form: AnswerForm,
    *,
    template: str,
    status: int = 200,
    is_changed: bool = False,
) -> HttpResponse:
    """``is_changed``: the page shows the line as it stands now, beside what the user saw and wrote."""
    line, posted = form.line, version_of(request)
    kept = posted if posted is not None and not is_changed and request.method == "POST" else line.version
    seen = line.history.filter(version=posted).order_by("history_id").first() if is_changed else None
    context = {
        "form": form,
        "row": LineRow.of(line, rights),
        "line": line,
        "patrol": line.patrol,
        "version": str(kept),
        "is_changed": is_changed,
        "seen": seen,
        "back": _way_back(request),
    }
    return render(request, template, context, status=status)
