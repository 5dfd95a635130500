import uuid

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cluster.access import Right, Rights, in_cluster
from cluster.paper.download import as_upload
from cluster.scans import ENDINGS
from patrols.forms import PhotographForm
from patrols.models import JointPatrol, Photograph
from patrols.services import attach_photograph, may_attach, may_remove, remove_photograph


@in_cluster(Right.LOG)
@require_http_methods(["GET", "HEAD", "POST"])
def patrol_photograph(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    """Attach a photograph of the signed paper; the form stands on the patrol's page as well."""
    patrols = JointPatrol.objects.of(rights.cluster).select_related("lead_unit", "recorded_unit")
    patrol = get_object_or_404(patrols, client_id=client_id)
    if not may_attach(rights, patrol):
        raise PermissionDenied(_("You do not have the right to do this."))
    if request.method != "POST":
        return _page(request, patrol, PhotographForm(initial={"client_id": uuid.uuid4()}))
    form = PhotographForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, patrol, form, status=422)
    photograph, is_new = attach_photograph(
        patrol=patrol,
        client_id=form.cleaned_data["client_id"],
        kind=form.scan.kind,
        content=form.scan.content,
        rights=rights,
        now=timezone.now(),
    )
    if is_new:
        messages.success(request, _("The photograph is attached."))
    elif photograph.deleted_at:
        messages.warning(request, _("This photograph was attached before and has been deleted since."))
    else:
        messages.info(request, _("This file is already attached."))
    return redirect(f"{patrol.get_absolute_url()}#photographs")


def _page(request: HttpRequest, patrol: JointPatrol, form: PhotographForm, *, status: int = 200) -> HttpResponse:
    return render(request, "patrols/patrol_photograph.html", {"patrol": patrol, "form": form}, status=status)


@in_cluster(Right.READ_RECORDS)
@require_safe
def photograph_file(request: HttpRequest, rights: Rights, patrol_id: uuid.UUID, client_id: uuid.UUID) -> HttpResponse:
    """The file itself, to whoever reads the patrol at this moment; a browser saves it and runs nothing of it."""
    photograph = _photograph(rights, patrol_id, client_id)
    name = f"Biên bản đã ký {photograph.patrol.local_date:%Y-%m-%d}{ENDINGS[photograph.kind]}"
    return as_upload(photograph.file, name=name, content_type=photograph.kind)


@in_cluster(Right.LOG)
@require_http_methods(["GET", "HEAD", "POST"])
def photograph_delete(request: HttpRequest, rights: Rights, patrol_id: uuid.UUID, client_id: uuid.UUID) -> HttpResponse:
    """Hide a photograph after a question; its file is kept."""
    photograph = _photograph(rights, patrol_id, client_id)
    if not may_remove(rights, photograph):
        raise PermissionDenied(_("You do not have the right to do this."))
    # As with a version: an empty POST, which a person's tap on this page never is, deletes nothing.
    has_seen = request.POST.get("seen") == photograph.sha256
    if request.method != "POST" or not has_seen:
        context = {"photograph": photograph, "patrol": photograph.patrol}
        status = 200 if request.method != "POST" else 428
        return render(request, "patrols/photograph_delete.html", context, status=status)
    remove_photograph(photograph, by=rights.user, now=timezone.now())
    messages.success(request, _("Deleted. The history is kept."))
    return redirect(f"{photograph.patrol.get_absolute_url()}#photographs")


def _photograph(rights: Rights, patrol_id: uuid.UUID, client_id: uuid.UUID) -> Photograph:
    photographs = Photograph.objects.filter(patrol__in=JointPatrol.objects.of(rights.cluster), deleted_at=None)
    return get_object_or_404(
        photographs.select_related("patrol__cluster", "added_by", "added_unit"),
        patrol__client_id=patrol_id,
        client_id=client_id,
    )
