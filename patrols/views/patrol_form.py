"""Logging and editing a patrol: one form, two addresses."""

import datetime as dt
import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cluster.access import Right, Rights, in_cluster
from cluster.models import Submission
from cluster.queue import is_unattended, queued, receipt_of, tray_text
from cluster.services import ContentDiffers, SealedPeriod, StaleVersion
from cluster.submissions import client_id_of, version_of
from patrols.forms import PatrolChoices, PatrolForm, chosen_shift, usual_shifts
from patrols.forms.twins import all_questions, told_apart
from patrols.models import JointPatrol, JointPatrolQuerySet
from patrols.plans import may_change
from patrols.services import (
    LineOfOtherUnit,
    LinkedToTwin,
    edit_patrol,
    log_patrol,
    tell_apart,
)
from patrols.views.differences import differences_from
from patrols.views.twin_join import join_twin

FORM_METHODS = ["GET", "HEAD", "POST"]


@in_cluster(Right.LOG)
@require_http_methods(FORM_METHODS)
@queued(Submission.Kind.PATROL, JointPatrol)
def patrol_new(request: HttpRequest, rights: Rights) -> HttpResponse:
    """Log a patrol once, however often the form is sent."""
    now, client_id = timezone.now(), client_id_of(request) or uuid.uuid4()
    known: dict[str, Any] = {"choices": PatrolChoices(rights.cluster), "rights": rights, "now": now}
    if request.method != "POST":
        return _blank_page(request, client_id, known)
    if "add_line" in request.POST:
        return _new_page(request, PatrolForm.kept(request.POST, **known), client_id=client_id)
    form = PatrolForm(request.POST, client_id=client_id, **known)
    if form.is_valid() and "join" in request.POST and (joined := join_twin(request, rights, form, client_id=client_id)):
        return joined
    if not form.is_valid() or _asks(request, form):
        return _new_page(request, form, client_id=client_id, status=422)
    try:
        patrol, _is_new = log_patrol(
            cluster=rights.cluster,
            client_id=client_id,
            data=form.patrol_data,
            by=rights.user,
            own_units=rights.unit_ids,
            now=now,
            receipt=receipt_of(request, rights),
        )
    except ContentDiffers:
        return _taken(request, rights, form, client_id=client_id)
    except IntegrityError:
        return _new_page(request, _refused_by_the_database(form), client_id=client_id, status=422)
    if patrol.is_deleted:
        return _taken(request, rights, form, client_id=client_id)
    return _saved(request, rights, patrol, since=now)


@in_cluster(Right.LOG)
@require_http_methods(FORM_METHODS)
def patrol_edit(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    """Replace what was entered, if nobody else has since."""
    patrol = get_object_or_404(_editable(rights), client_id=client_id)
    if not may_change(rights, patrol):
        raise PermissionDenied(_("You do not have the right to do this."))
    now, version = timezone.now(), version_of(request)
    known: dict[str, Any] = {"choices": PatrolChoices(rights.cluster, patrol=patrol), "rights": rights, "now": now}
    if request.method != "POST":
        if text := _text_of_tray(request, known):
            return _edit_page(request, text, patrol)
        # The schedule leads here to write down what became of a plan.
        completed = {"status": JointPatrol.Status.COMPLETED} if request.GET.get("complete") == "1" else {}
        return _edit_page(request, PatrolForm(**known, initial=completed), patrol, completes=bool(completed))
    if "add_line" in request.POST and version is not None:
        return _edit_page(request, PatrolForm.kept(request.POST, **known), patrol, version=version)
    form = PatrolForm(request.POST, **known)
    is_valid = form.is_valid()
    if version is None:
        return _conflict(request, form, patrol, status=428)
    if not is_valid or _asks(request, form):
        return _edit_page(request, form, patrol, version=version, status=422)
    try:
        edit_patrol(
            patrol,
            version=version,
            data=form.patrol_data,
            rights=rights,
            reason=form.cleaned_data.get("reason", ""),
            now=now,
            receipt=receipt_of(request, rights),
        )
    except StaleVersion:
        return _conflict(request, form, _editable(rights).filter(client_id=client_id).first(), status=409)
    except LineOfOtherUnit as other:
        form.refuse_line(other.line)
        return _edit_page(request, form, patrol, version=version, status=422)
    except (LinkedToTwin, SealedPeriod) as refused:
        form.add_error(None, str(refused))
        status = 423 if isinstance(refused, SealedPeriod) else 422
        return _edit_page(request, form, patrol, version=version, status=status)
    except IntegrityError:
        return _edit_page(request, _refused_by_the_database(form), patrol, version=version, status=422)
    return _saved(request, rights, patrol, since=now)


def _asks(request: HttpRequest, form: PatrolForm) -> bool:
    """Whether the person in front must answer a question first; a queue that drains by itself has none in front."""
    if is_unattended(request):
        return False
    form.questions = all_questions(form)
    return not all(question.is_answered for question in form.questions)


def _text_of_tray(request: HttpRequest, known: dict[str, Any]) -> PatrolForm | None:
    """``?tray=``: the form with a text that waits there, for a new patrol or in place of what is stored."""
    text = tray_text(request, known["rights"])
    if text is None or text.kind != Submission.Kind.PATROL:
        return None
    form = PatrolForm.kept(QueryDict(text.body), **known)
    form.restore_closed_lines()
    return form


def _editable(rights: Rights) -> JointPatrolQuerySet:
    patrols = JointPatrol.objects.of(rights.cluster).select_related("lead_unit", "shift_leader", "campaign")
    lines = ("contingents__unit", "contingents__force", "contingents__officers")
    return patrols.prefetch_related(*lines, "communes")


def _saved(request: HttpRequest, rights: Rights, patrol: JointPatrol, *, since: dt.datetime) -> HttpResponse:
    tell_apart(patrol, told_apart(request.POST.getlist("sure")), by=rights.user, now=since)
    if not is_unattended(request):
        messages.success(request, _("Saved."))
    # By the name of its address: the app of incidents builds on this one.
    wants_incidents = request.POST.get("then") == "incidents" and patrol.status == JointPatrol.Status.COMPLETED
    page = "incidents:patrol_incidents" if wants_incidents else "patrols:patrol_detail"
    return redirect(page, rights.cluster.slug, patrol.client_id)


def _blank_page(request: HttpRequest, client_id: uuid.UUID, known: dict[str, Any]) -> HttpResponse:
    """A new form; ``?like=`` fills it in as an earlier patrol was."""
    if form := _text_of_tray(request, known):
        return _new_page(request, form, client_id=client_id)
    choices, today = known["choices"], timezone.localdate(known["now"])
    shifts = usual_shifts(known["rights"], choices, today)
    if "like" not in request.GET:
        return _new_page(request, PatrolForm(**known), client_id=client_id, shifts=shifts)
    shift = chosen_shift(request.GET["like"], choices, today)
    if shift is None:
        raise Http404
    like = PatrolForm(initial=shift.values, lines=shift.lines, **known)
    return _new_page(request, like, client_id=client_id, shifts=shifts, chosen=shift)


def _new_page(
    request: HttpRequest, form: PatrolForm, *, client_id: uuid.UUID, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"form": form, "client_id": client_id, "action": "", **more}
    return TemplateResponse(request, "patrols/patrol_new.html", context, status=status)


def _edit_page(
    request: HttpRequest,
    form: PatrolForm,
    patrol: JointPatrol,
    *,
    version: int | None = None,
    status: int = 200,
    **more: Any,
) -> HttpResponse:
    action = reverse("patrols:patrol_edit", args=[form.choices.cluster.slug, patrol.client_id])
    # As text: a template would write 1000 as "1.000".
    context = {"form": form, "patrol": patrol, "action": action, "version": str(version or patrol.version), **more}
    return TemplateResponse(request, "patrols/patrol_edit.html", context, status=status)


def _conflict(request: HttpRequest, form: PatrolForm, stored: JointPatrol | None, *, status: int) -> HttpResponse:
    """The text is kept and stands beside what is stored; saved again, it replaces that."""
    if stored is None:
        return _new_page(request, form, client_id=uuid.uuid4(), status=status, is_conflict=True, is_gone=True)
    differences = differences_from(form, stored)
    form.restore_closed_lines()
    more = {"is_conflict": True, "differences": differences}
    return _edit_page(request, form, stored, version=stored.version, status=status, **more)


def _taken(request: HttpRequest, rights: Rights, form: PatrolForm, *, client_id: uuid.UUID) -> HttpResponse:
    """The form was saved before with other content, as after the browser's back button: the record is edited now."""
    stored = _editable(rights).filter(client_id=client_id).first()
    if stored and may_change(rights, stored):
        return _conflict(request, form, stored, status=409)
    return _new_page(request, form, client_id=uuid.uuid4(), status=409, is_taken=True)


def _refused_by_the_database(form: PatrolForm) -> PatrolForm:
    """A race for the patrol code: read again, the form finds the other one. Raises what it cannot explain."""
    form.full_clean()
    if form.is_valid():
        raise
    return form
