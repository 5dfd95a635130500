"""The schedule in one's own calendar: the page of its address, the end of it, and the calendar itself."""

import hashlib

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster.access import Right, Rights, in_cluster, public
from patrols.ics import calendar_of
from patrols.models import CalendarFeed
from patrols.services import make_feed, opened_feed, revoke_feed


@in_cluster(Right.READ_RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def calendar_feed(request: HttpRequest, rights: Rights) -> HttpResponse:
    """Whether there is an address. A POST makes one, and its answer alone ever shows it."""
    address = ""
    if request.method == "POST":
        token = make_feed(cluster=rights.cluster, by=rights.user, now=timezone.now())
        address = request.build_absolute_uri(reverse("patrols:calendar_ics", args=[token]))
    feed = CalendarFeed.objects.filter(cluster=rights.cluster, user=rights.user, revoked_at=None).first()
    return render(request, "patrols/calendar_feed.html", {"feed": feed, "address": address})


@in_cluster(Right.READ_RECORDS)
@require_POST
def calendar_revoke(request: HttpRequest, rights: Rights) -> HttpResponse:
    revoke_feed(cluster=rights.cluster, by=rights.user, now=timezone.now())
    messages.success(request, _("The address shows nothing any more."))
    return redirect("patrols:calendar_feed", rights.cluster.slug)


@public
@require_safe
def calendar_ics(request: HttpRequest, token: str) -> HttpResponseBase:
    """Whoever knows the address reads it: calendar programs do not sign in."""
    feed = opened_feed(token, now=timezone.now())
    if feed is None:
        raise Http404
    content = calendar_of(feed.cluster, today=timezone.localdate())
    etag = f'"{hashlib.sha256(content).hexdigest()}"'
    headers = {
        "ETag": etag,
        "Cache-Control": "private, no-cache",
        "Content-Disposition": 'inline; filename="lich-tuan-tra.ics"',
        "X-Robots-Tag": "noindex",
    }
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
    return get_conditional_response(request, etag=etag, response=response) or response
