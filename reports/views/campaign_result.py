from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cluster.access import Right, Rights, in_cluster
from cluster.paper import as_download, pdf_of, word_of
from cluster.paper.download import PDF, WORD
from patrols.models import Campaign
from reports.campaigns import OF_ITS_PATROLS, CampaignResult, Share
from reports.figures import FIGURES
from reports.paper.campaign import file_name, paper_of
from reports.tables import Line, Number, Tables


@in_cluster(Right.READ_RECORDS)
@require_safe
def campaign_result(request: HttpRequest, rights: Rights, pk: int) -> HttpResponse:
    """What came of a campaign, on one page."""
    result = CampaignResult(_campaign(rights, pk))
    context = {
        "campaign": result.campaign,
        "result": result,
        "tiles": [(label, _number(result, key, value)) for key, label, value in result.figures],
        "columns": [FIGURES[key].metric.label for key in OF_ITS_PATROLS],
        "shares": [_line(result, share) for share in result.shares],
        "by_category": Tables(result.reckoning, linked=True).by_category(),
        "category_totals": Tables(result.reckoning, linked=True).category_totals(),
        "change": result.reckoning.figures["incidents"].change_in(result.reckoning.wording),
        "this_short": result.reckoning.wording.short(result.period),
        "before_short": result.reckoning.wording.short(result.reckoning.comparison),
        "compared_with": result.reckoning.wording.compared_with(),
    }
    return render(request, "reports/campaign_result.html", context)


@in_cluster(Right.READ_RECORDS)
@require_safe
def campaign_result_docx(request: HttpRequest, rights: Rights, pk: int) -> HttpResponse:
    """The same as an official paper in Word."""
    result = CampaignResult(_campaign(rights, pk))
    return as_download(word_of(paper_of(result)), name=f"{file_name(result)}.docx", content_type=WORD)


@in_cluster(Right.READ_RECORDS)
@require_safe
def campaign_result_pdf(request: HttpRequest, rights: Rights, pk: int) -> HttpResponse:
    """The same as PDF."""
    result = CampaignResult(_campaign(rights, pk))
    return as_download(pdf_of(paper_of(result)), name=f"{file_name(result)}.pdf", content_type=PDF)


def _campaign(rights: Rights, pk: int) -> Campaign:
    return get_object_or_404(Campaign.objects.filter(cluster=rights.cluster).select_related("cluster"), pk=pk)


def _number(result: CampaignResult, key: str, value: int | None, **slice_: int) -> Number:
    tables = Tables(result.reckoning, linked=True)
    return tables.number(value, key, result.period, campaign=result.campaign.pk, **slice_)


def _line(result: CampaignResult, share: Share) -> Line:
    slice_ = {"party": share.party.pk} | ({"unit": share.unit.pk} if share.unit else {})
    numbers = [_number(result, key, share.values[key], **slice_) for key in OF_ITS_PATROLS]
    return Line(share.label, share.unit is None, numbers)
