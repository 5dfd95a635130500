import uuid
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods

from cluster.access import Right, Rights, in_cluster
from cluster.services import ContentDiffers
from cluster.submissions import client_id_of
from patrols.forms import PatrolChoices, PlanForm
from patrols.services import plan_patrols


@in_cluster(Right.LOG)
@require_http_methods(["GET", "HEAD", "POST"])
def plan_new(request: HttpRequest, rights: Rights) -> HttpResponse:
    """Plan a patrol or a series of them, after a look at the dates where one is wanted."""
    now, client_id = timezone.now(), client_id_of(request) or uuid.uuid4()
    known: dict[str, Any] = {"choices": PatrolChoices(rights.cluster), "rights": rights, "now": now}
    if request.method != "POST":
        return _page(request, PlanForm(**known, initial={"date": request.GET.get("date", "")}), client_id=client_id)
    if "add_line" in request.POST:
        return _page(request, PlanForm.kept(request.POST, **known), client_id=client_id)
    form = PlanForm(request.POST, **known)
    if not form.is_valid():
        return _page(request, form, client_id=client_id, status=422)
    if "preview" in request.POST:
        return _page(request, form, client_id=client_id, preview=form.preview)
    try:
        patrols, _is_new = plan_patrols(
            cluster=rights.cluster,
            client_id=client_id,
            plans=form.plans,
            by=rights.user,
            own_units=rights.unit_ids,
            now=now,
        )
    except ContentDiffers:
        patrols = []
    if all(patrol.is_deleted for patrol in patrols):
        # Under an id of its own what is saved next is another series.
        return _page(request, form, client_id=uuid.uuid4(), is_taken=True, preview=form.preview, status=409)
    planned = ngettext("%(number)d patrol planned.", "%(number)d patrols planned.", len(patrols))
    messages.success(request, planned % {"number": len(patrols)})
    month = f"{form.cleaned_data['dates'][0].day:%Y-%m}"
    return redirect(f"{reverse('patrols:schedule', args=[rights.cluster.slug])}?month={month}")


def _page(
    request: HttpRequest, form: PlanForm, *, client_id: uuid.UUID, status: int = 200, **more: Any
) -> HttpResponse:
    return render(request, "patrols/plan_new.html", {"form": form, "client_id": client_id, **more}, status=status)
