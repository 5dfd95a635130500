import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cluster.access import Right, Rights, in_cluster
from cluster.services import StaleVersion
from cluster.submissions import version_of
from reports.forms.targets import targets_form
from reports.registers import WORKPLANS
from reports.services import set_targets


@in_cluster(Right.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def workplan_targets(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    """All targets of a plan at once."""
    workplan = get_object_or_404(WORKPLANS.rows(rights), client_id=client_id)
    template, context = "reports/workplan_targets.html", {"workplan": workplan, "version": workplan.version}
    if request.method != "POST":
        return render(request, template, context | {"form": targets_form(workplan, rights=rights)})
    form, version = targets_form(workplan, rights=rights, data=request.POST), version_of(request)
    if not form.is_valid():
        seen = "" if version is None else version
        return render(request, template, context | {"form": form, "version": seen}, status=422)
    try:
        if version is None:
            raise StaleVersion
        set_targets(workplan, form.targets(), version=version, by=rights.user)
    except StaleVersion:
        context |= {"form": form, "is_conflict": True, "stored": workplan.targets.select_related("party", "unit")}
        return render(request, template, context, status=428 if version is None else 409)
    messages.success(request, _("Saved."))
    return redirect(workplan)
