import uuid

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from cluster.access import Right, Rights, in_cluster
from cluster.paper import as_download, pdf_of, word_of
from cluster.paper.download import PDF, WORD
from patrols.models import JointPatrol
from patrols.paper.record import file_name, record_of
from patrols.roster import Roster
from patrols.rows import PatrolRow


@in_cluster(Right.READ_RECORDS)
@require_safe
def patrol_docx(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    """The record of a patrol as a Word file, to be gone on with and signed."""
    row = _completed(rights, client_id)
    return as_download(word_of(record_of(row)), name=f"{file_name(row.patrol)}.docx", content_type=WORD)


@in_cluster(Right.READ_RECORDS)
@require_safe
def patrol_pdf(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    """The same as PDF."""
    row = _completed(rights, client_id)
    return as_download(pdf_of(record_of(row)), name=f"{file_name(row.patrol)}.pdf", content_type=PDF)


def _completed(rights: Rights, client_id: uuid.UUID) -> PatrolRow:
    """What has not taken place has no record yet: 404."""
    patrols = JointPatrol.objects.of(rights.cluster).completed()
    patrol = get_object_or_404(
        patrols.select_related(
            "cluster", "campaign", "lead_unit__administrative_unit__parent__parent", "shift_leader__unit"
        ).prefetch_related("communes", "contingents__unit", "contingents__force", "contingents__officers"),
        client_id=client_id,
    )
    return PatrolRow(patrol, Roster.of(rights.cluster))
