import hashlib

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from cluster.access import public
from patrols.services import opened_feed
from reports.ics import calendar_of


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
        "Content-Disposition": 'inline; filename="lich-cum.ics"',
        "X-Robots-Tag": "noindex",
    }
    response = HttpResponse(content, content_type="text/calendar; charset=utf-8", headers=headers)
    return get_conditional_response(request, etag=etag, response=response) or response
