import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from cluster.access import Right, Rights, in_cluster
from cluster.paper import as_download
from cluster.paper.download import EXCEL
from patrols.paper.month import file_name, month_book


@in_cluster(Right.READ_RECORDS)
@require_safe
def patrol_month(request: HttpRequest, rights: Rights, month: dt.date) -> HttpResponse:
    """A month of the log as an Excel file; one without patrols is an empty table."""
    name = file_name(rights.cluster, month)
    return as_download(month_book(rights.cluster, month), name=name, content_type=EXCEL)
