"""The pages for what went wrong; each says what the reader can do."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The form outlived its session: the text is on the previous page, so send the reader back there."""
    return render(request, "403_csrf.html", status=403)
