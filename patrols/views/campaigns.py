from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cluster.access import Right, Rights, in_cluster
from cluster.services import SealedPeriod
from patrols.forms import CampaignForm
from patrols.models import Campaign
from patrols.services import keep_campaign

FORM_METHODS = ["GET", "HEAD", "POST"]


@in_cluster(Right.READ_RECORDS)
@require_safe
def campaign_list(request: HttpRequest, rights: Rights) -> HttpResponse:
    """The campaigns, newest first, each with the patrols that served it."""
    alive = Q(patrols__deleted_at=None)
    campaigns = rights.cluster.campaigns.annotate(patrol_count=Count("patrols", filter=alive))
    return render(request, "patrols/campaign_list.html", {"campaigns": campaigns})


@in_cluster(Right.COORDINATE)
@require_http_methods(FORM_METHODS)
def campaign_new(request: HttpRequest, rights: Rights) -> HttpResponse:
    return _form_page(request, rights, Campaign(), "patrols/campaign_new.html")


@in_cluster(Right.COORDINATE)
@require_http_methods(FORM_METHODS)
def campaign_edit(request: HttpRequest, rights: Rights, pk: int) -> HttpResponse:
    campaign = get_object_or_404(rights.cluster.campaigns, pk=pk)
    return _form_page(request, rights, campaign, "patrols/campaign_edit.html")


def _form_page(request: HttpRequest, rights: Rights, campaign: Campaign, template: str) -> HttpResponse:
    if request.method != "POST":
        form = CampaignForm(instance=campaign, cluster=rights.cluster)
        return render(request, template, {"form": form})
    form = CampaignForm(request.POST, instance=campaign, cluster=rights.cluster)
    if not form.is_valid():
        return render(request, template, {"form": form}, status=422)
    try:
        keep_campaign(form.instance, by=rights.user)
    except SealedPeriod as sealed:
        form.add_error(None, str(sealed))
        return render(request, template, {"form": form}, status=423)
    messages.success(request, _("Saved."))
    return redirect("patrols:campaign_list", rights.cluster.slug)
