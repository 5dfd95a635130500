from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_safe

from cluster.access import access_of, signed_in
from reports.desk import Desk, clusters_by_relevance
from reports.tray import waiting_texts
from reports.views.review import latest_year

# What an administrator changes most, in that order.
ADMIN_PAGES = (
    ("admin:cluster_user_changelist", _("Users")),
    ("admin:cluster_posting_changelist", _("Postings")),
    ("admin:cluster_policeunit_changelist", _("Police units")),
    ("admin:cluster_memberunit_changelist", _("Member units")),
    ("admin:cluster_administrativeunit_changelist", _("Administrative units")),
    ("admin:cluster_cluster_changelist", _("Clusters")),
)


@signed_in
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """The user's desk in the cluster that matters most today, and the way to the others."""
    access = access_of(request)
    listed = clusters_by_relevance(access)
    context = {
        "admin_pages": [(reverse(name), label) for name, label in ADMIN_PAGES] if access.is_administrator else [],
        "others": listed[1:],
    }
    if not listed:
        return render(request, "reports/home_without_cluster.html", context)
    rights = access.rights_in(listed[0].cluster)
    # The page head and its menu read it.
    request.rights = rights  # type: ignore[attr-defined]
    desk = Desk(access, rights)
    latest = latest_year(rights.cluster)
    years = [desk.year] if latest == desk.year else [desk.year, latest]
    context |= {
        "trays": waiting_texts(access),
        "desk": desk,
        "main": listed[0],
        "years": [year.end.year for year in years],
    }
    return render(request, "reports/home.html", context)
