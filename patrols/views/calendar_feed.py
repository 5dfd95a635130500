"""The cluster's calendar in one's own: the page of its address, and the end of it."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cluster.access import Right, Rights, in_cluster
from patrols.models import CalendarFeed
from patrols.services import make_feed, revoke_feed


@in_cluster(Right.READ_RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_feed(request: HttpRequest, rights: Rights) -> HttpResponse:
    """Whether there is an address. A POST makes one, and its answer alone ever shows it."""
    address = ""
    if request.method == "POST":
        token = make_feed(cluster=rights.cluster, by=rights.user, now=timezone.now())
        address = request.build_absolute_uri(reverse("reports:calendar_ics", args=[token]))
    feed = CalendarFeed.objects.filter(cluster=rights.cluster, user=rights.user, revoked_at=None).first()
    return render(request, "patrols/calendar_feed.html", {"feed": feed, "address": address})


@in_cluster(Right.READ_RECORDS)
@require_POST
def calendar_revoke(request: HttpRequest, rights: Rights) -> HttpResponse:
    revoke_feed(cluster=rights.cluster, by=rights.user, now=timezone.now())
    messages.success(request, _("The address shows nothing any more."))
    return redirect("patrols:calendar_feed", rights.cluster.slug)
