"""What a browser asks for by itself, so that the application opens and its queue drains with a network or without."""

import time

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from cluster.access import public, signed_in_or_401
from cluster.offline import program_version, service_worker_script, shell, web_manifest_content
from cluster.queue import device_id


@signed_in_or_401
@require_safe
def queue_session(request: HttpRequest) -> HttpResponse:
    """Who is signed in, and the token with which a queue sends: it asks before each drain."""
    return JsonResponse(
        {
            "user": device_id(request.user),  # type: ignore[arg-type]
            "csrf": get_token(request),
            "time": int(time.time() * 1000),
            "version": program_version(),
        }
    )


@public
@require_safe
def service_worker(request: HttpRequest) -> HttpResponse:
    response = _same_for_all(service_worker_script(), "text/javascript")
    response.headers["Service-Worker-Allowed"] = "/"
    return response


@public
@require_safe
def offline(request: HttpRequest) -> HttpResponse:
    """The shell that the service worker keeps; it holds nothing of a user, whoever asks."""
    return _same_for_all(shell(), "text/html")


@public
@require_safe
def web_manifest(request: HttpRequest) -> HttpResponse:
    response = JsonResponse(web_manifest_content(), json_dumps_params={"ensure_ascii": False})
    response.headers["Content-Type"] = "application/manifest+json"
    patch_cache_control(response, no_cache=True)
    return response


def _same_for_all(text: str, content_type: str) -> HttpResponse:
    response = HttpResponse(text, content_type=f"{content_type}; charset=utf-8")
    patch_cache_control(response, no_cache=True)
    return response
