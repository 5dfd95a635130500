import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from cluster.access import Right, Rights, in_cluster
from cluster.paper import as_download, pdf_of, word_of
from cluster.paper.download import PDF, WORD
from reports.models import Conference
from reports.paper.minutes import file_name, minutes_of


@in_cluster(Right.READ_RECORDS)
@require_safe
def conference_docx(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    """The minutes of a conference as a Word file, to be gone on with and signed."""
    conference = _conference(rights, client_id)
    return as_download(word_of(minutes_of(conference)), name=f"{file_name(conference)}.docx", content_type=WORD)


@in_cluster(Right.READ_RECORDS)
@require_safe
def conference_pdf(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    """The same as PDF."""
    conference = _conference(rights, client_id)
    return as_download(pdf_of(minutes_of(conference)), name=f"{file_name(conference)}.pdf", content_type=PDF)


def _conference(rights: Rights, client_id: uuid.UUID) -> Conference:
    conferences = Conference.objects.of(rights.cluster).select_related(
        "cluster", "review", "handover_from", "handover_to"
    )
    return get_object_or_404(conferences, client_id=client_id)
