import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cluster.access import Right, Rights, in_cluster
from cluster.services import SealedPeriod, StaleVersion
from cluster.submissions import version_of
from patrols.forms import ReasonForm
from patrols.models import JointPatrol
from patrols.services import LineOfOtherUnit, LinkedToTwin, delete_patrol


@in_cluster(Right.LOG)
@require_http_methods(["GET", "HEAD", "POST"])
def patrol_delete(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    """Hide a patrol after a question; its history and its client id stay."""
    patrols = JointPatrol.objects.of(rights.cluster).select_related("lead_unit", "recorded_unit")
    patrol = get_object_or_404(patrols, client_id=client_id)
    if not rights.may_edit(patrol):
        raise PermissionDenied(_("You do not have the right to do this."))
    form = ReasonForm(request.POST or None, is_required=rights.needs_reason(patrol))
    if request.method != "POST":
        return _page(request, patrol, form)
    version = version_of(request)
    if version is None:
        return _page(request, patrol, form, status=428, is_changed=True)
    form = ReasonForm(request.POST, is_required=rights.needs_reason(patrol))
    if not form.is_valid():
        return _page(request, patrol, form, status=422)
    try:
        delete_patrol(patrol, version=version, rights=rights, reason=form.cleaned_data["reason"], now=timezone.now())
    except StaleVersion:
        patrol.refresh_from_db()
        return _page(request, patrol, form, status=409, is_changed=True)
    except LineOfOtherUnit as refused:
        message = _("%(unit)s has confirmed its line: only the coordinator deletes this record.")
        form.add_error(None, message % {"unit": refused.line.unit})
        return _page(request, patrol, form, status=422)
    except (LinkedToTwin, SealedPeriod) as kept:
        form.add_error(None, str(kept))
        return _page(request, patrol, form, status=423 if isinstance(kept, SealedPeriod) else 422)
    messages.success(request, _("Deleted. The history is kept."))
    return redirect("patrols:patrol_list", rights.cluster.slug)


def _page(
    request: HttpRequest, patrol: JointPatrol, form: ReasonForm, *, status: int = 200, is_changed: bool = False
) -> HttpResponse:
    context = {"patrol": patrol, "version": str(patrol.version), "form": form, "is_changed": is_changed}
    return render(request, "patrols/patrol_delete.html", context, status=status)
