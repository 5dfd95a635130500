"""The notices of the signed-in user, whatever the cluster."""

from typing import NamedTuple

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from cluster.access import access_of, signed_in
from cluster.answers import page_of
from cluster.models import Notice
from cluster.models.notices import NoticeQuerySet
from cluster.notices import Told, told


class Row(NamedTuple):
    notice: Notice
    told: Told


def own_notices(request: HttpRequest) -> NoticeQuerySet:
    """The one door to a notice: the user's, in clusters whose records the user reads today."""
    access = access_of(request)
    return Notice.objects.of(access.user.pk, access.record_cluster_ids).select_related("cluster")


@signed_in
@require_safe
def notice_list(request: HttpRequest) -> HttpResponse:
    notices = own_notices(request)
    page = page_of(request, notices)
    context = {
        "page": page,
        "rows": [Row(notice, told(notice)) for notice in page],
        "unread": notices.unread().count(),
        "has_clusters": len(access_of(request).record_cluster_ids) > 1,
    }
    return render(request, "cluster/notice_list.html", context)


@signed_in
@require_POST
def notice_open(request: HttpRequest, pk: int) -> HttpResponse:
    """On to the page that the notice is about; it has been read now."""
    notice = get_object_or_404(own_notices(request), pk=pk)
    own_notices(request).unread().filter(pk=pk).update(read_at=timezone.now())
    return HttpResponseRedirect(notice.address)


@signed_in
@require_POST
def notice_read_all(request: HttpRequest) -> HttpResponse:
    """Those that were shown when the button was pressed; one that has come since stays unread."""
    seen = own_notices(request).unread()
    if (last := request.POST.get("last", "")).isdecimal():
        seen = seen.filter(pk__lte=int(last[:18]))
    seen.update(read_at=timezone.now())
    return redirect("notice_list")
