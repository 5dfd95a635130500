"""Small middlewares: the language of the page, no copies of signed-in pages in any cache, a signed period, a database
that is away."""

import logging
from collections.abc import Callable

from django.conf import settings
from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.utils import translation

from cluster.services import SealedPeriod
from cluster.views.errors import sealed, unavailable

GetResponse = Callable[[HttpRequest], HttpResponse]
logger = logging.getLogger(__name__)


def vietnamese_first(get_response: GetResponse) -> GetResponse:
    """Vietnamese unless the user chose otherwise: phones bought abroad ask for English, their owners do not."""
    known = dict(settings.LANGUAGES)

    def middleware(request: HttpRequest) -> HttpResponse:
        chosen = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
        language = chosen if chosen in known else settings.LANGUAGE_CODE
        request.LANGUAGE_CODE = language
        with translation.override(language):
            response = get_response(request)
        response.headers.setdefault("Content-Language", language)
        return response

    return middleware


def no_store_when_signed_in(get_response: GetResponse) -> GetResponse:
    """A shared phone must not show the last user's pages from its cache."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store")
        return response

    return middleware


class Refusals:
    """What no view answers for by itself: a database that is away, and an edit in a period that is signed."""

    def __init__(self, get_response: GetResponse) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, SealedPeriod):
            return sealed(request, exception)
        if not isinstance(exception, OperationalError):
            return None
        # Locked for too long, full or not there: 503, so that whoever sent something knows to send it again.
        advice = "The database did not answer (%s). Many writers at once: move to PostgreSQL. Else see to its disk."
        logger.error(advice, exception, exc_info=exception)
        return unavailable(request)
