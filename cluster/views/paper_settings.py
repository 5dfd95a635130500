from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from cluster.access import Right, Rights, in_cluster
from cluster.forms import PaperSettingsForm
from cluster.models import Cluster, PaperSettings
from cluster.services import StaleVersion, save_paper_settings
from cluster.submissions import differences, version_of

TEMPLATE = "cluster/paper_settings.html"


@in_cluster(Right.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def paper_settings(request: HttpRequest, rights: Rights) -> HttpResponse:
    """What stands on all official papers of the cluster, and the last number of each series."""
    cluster = rights.cluster
    stored = PaperSettings.of(cluster)
    if request.method != "POST":
        return _page(request, cluster, PaperSettingsForm(instance=stored), version=_version(stored))
    form, version = PaperSettingsForm(request.POST, instance=stored), version_of(request)
    if not form.is_valid():
        return _page(request, cluster, form, version="" if version is None else version, status=422)
    try:
        if version is None:
            raise StaleVersion
        save_paper_settings(form.instance, version=version, by=rights.user)
    except StaleVersion:
        return _conflict_page(request, cluster, form, status=428 if version is None else 409)
    messages.success(request, _("Saved."))
    return redirect("cluster_detail", cluster.slug)


def _version(stored: PaperSettings) -> int:
    """0 where nothing is stored yet."""
    return stored.version if stored.pk else 0


def _page(
    request: HttpRequest,
    cluster: Cluster,
    form: PaperSettingsForm,
    *,
    version: int | str,
    status: int = 200,
    **more: object,
) -> HttpResponse:
    numbers = cluster.paper_numbers.last_of_series()
    context = {"form": form, "version": version, "numbers": numbers, "is_stored": bool(form.instance.pk)}
    return render(request, TEMPLATE, context | more, status=status)


def _conflict_page(request: HttpRequest, cluster: Cluster, form: PaperSettingsForm, *, status: int) -> HttpResponse:
    """What was entered, kept, beside what is stored now; the next save is deliberate."""
    stored = PaperSettings.of(cluster)
    entered = form.content()
    told = differences(PaperSettings, stored={name: getattr(stored, name) for name in entered}, entered=entered)
    return _page(request, cluster, form, version=_version(stored), status=status, is_conflict=True, differences=told)
