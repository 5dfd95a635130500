"""The review as a Word, PDF or Excel file."""

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.http import require_safe

from cluster.access import Right, Rights, in_cluster
from cluster.paper import as_download
from reports.paper.keeping import CONTENT_TYPES, Format, file_name, file_of
from reports.views.review import edition_of


@in_cluster(Right.READ_TOTALS)
@require_safe
def review_docx(request: HttpRequest, rights: Rights, period: str) -> HttpResponse:
    """The report in the official form; a draft says that it is one."""
    return _file(request, rights, period, Format.WORD)


@in_cluster(Right.READ_TOTALS)
@require_safe
def review_pdf(request: HttpRequest, rights: Rights, period: str) -> HttpResponse:
    """The same as PDF."""
    return _file(request, rights, period, Format.PDF)


@in_cluster(Right.READ_TOTALS)
@require_safe
def review_xlsx(request: HttpRequest, rights: Rights, period: str) -> HttpResponse:
    """Its tables as a workbook."""
    return _file(request, rights, period, Format.EXCEL)


def _file(request: HttpRequest, rights: Rights, period: str, format_: Format) -> HttpResponse:
    """``?as_signed`` asks for a signed review without what was written below it since."""
    edition = edition_of(request, rights, period)
    content = file_of(edition, format_, now=timezone.now(), as_signed="as_signed" in request.GET)
    return as_download(content, name=file_name(edition, format_), content_type=CONTENT_TYPES[format_])
