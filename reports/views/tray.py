"""The tray: texts from phones that could not become records, until a person has decided on each."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cluster.access import Right, Rights, in_cluster
from cluster.models import Submission
from cluster.queue import settle, tray_of
from reports.tray import compare

A_PAGE = 30


@in_cluster(Right.LOG)
@require_safe
def tray_list(request: HttpRequest, rights: Rights) -> HttpResponse:
    """What waits, then what was settled."""
    texts = tray_of(rights).select_related("user", "settled_by").order_by("state", "-received_at", "-pk")
    return render(
        request, "reports/tray_list.html", {"page": Paginator(texts, A_PAGE).get_page(request.GET.get("page"))}
    )


@in_cluster(Right.LOG)
@require_safe
def tray_detail(request: HttpRequest, rights: Rights, pk: int) -> HttpResponse:
    """The text beside what is stored, and the three ways out of the tray."""
    text = _text(rights, pk)
    context = {"text": text, "compared": compare(text, rights, now=timezone.now())}
    return render(request, "reports/tray_detail.html", context)


@in_cluster(Right.LOG)
@require_http_methods(["GET", "HEAD", "POST"])
def tray_put_away(request: HttpRequest, rights: Rights, pk: int) -> HttpResponse:
    """Settle a text without a record of it; it stays readable."""
    text = _text(rights, pk)
    if request.method != "POST":
        return render(request, "reports/tray_put_away.html", {"text": text})
    settle(text, by=rights.user, now=timezone.now())
    messages.success(request, _("Put away. The text stays readable here."))
    return redirect("reports:tray_list", rights.cluster.slug)


def _text(rights: Rights, pk: int) -> Submission:
    return get_object_or_404(tray_of(rights).select_related("user", "settled_by"), pk=pk)
