from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cluster.access import Right, Rights, in_cluster
from reports.life import life_of
from reports.views.review import latest_year
from reports.wording import period_name


@in_cluster(Right.READ_RECORDS)
@require_safe
def life_index(request: HttpRequest, rights: Rights) -> HttpResponse:
    """The registers of the cluster, with what they hold of the last year that has anything."""
    year = latest_year(rights.cluster)
    context = {
        "chapters": life_of(rights, year=year, today=timezone.localdate()),
        "year_name": period_name(year, rights.cluster),
    }
    return render(request, "reports/life_index.html", context)
