"""What went wrong: a page that says what the reader can do, and JSON for the queue of a phone.

Of these answers none echoes the hash of the text, so the phone keeps it.
"""

from django.core.exceptions import RequestDataTooBig
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views import defaults

from cluster.submissions import is_from_queue

# Long enough for a queue of writers to pass, short enough for somebody who waits.
RETRY_SECONDS = 30


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form outlived its session: the text is on the previous page, so send the reader back there."""
    if is_from_queue(request):
        return JsonResponse({"state": "forbidden", "reason": "csrf"}, status=403)
    return render(request, "403_csrf.html", status=403)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if is_from_queue(request):
        is_too_big = isinstance(exception, RequestDataTooBig)
        return JsonResponse({"state": "too_big" if is_too_big else "unreadable"}, status=413 if is_too_big else 400)
    return defaults.bad_request(request, exception)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if is_from_queue(request):
        return JsonResponse({"state": "forbidden"}, status=403)
    return defaults.permission_denied(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponseBase:
    if is_from_queue(request):
        return JsonResponse({"state": "not_found"}, status=404)
    return defaults.page_not_found(request, exception)


def sealed(request: HttpRequest, exception: Exception) -> HttpResponse:
    """The period is signed, and the view has no form of its own that could say so."""
    if is_from_queue(request):
        return JsonResponse({"state": "forbidden", "reason": "sealed"}, status=403)
    return render(request, "423.html", {"sealed": exception}, status=423)


def unavailable(request: HttpRequest) -> HttpResponse:
    """The database cannot be reached: nothing was saved, and a later try may succeed."""
    if is_from_queue(request):
        response: HttpResponse = JsonResponse({"state": "unavailable"}, status=503)
    else:
        response = HttpResponse(render_to_string("503.html"), status=503)
    response.headers["Retry-After"] = str(RETRY_SECONDS)
    return response
