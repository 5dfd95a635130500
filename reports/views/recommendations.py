import uuid
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_safe

from cluster.access import Right, Rights, in_cluster
from cluster.answers import page_of
from cluster.history import changes_of
from cluster.services import edit_record, log_record
from reports.conference_filters import RecommendationFilter
from reports.conference_forms import AnswerForm, RecommendationForm
from reports.conference_services import answer_recommendation
from reports.models import Recommendation
from reports.views.follow_ups import conference_asked, name_of_review
from reports.views.writing import write_deletion, write_edit, write_new


@in_cluster(Right.READ_RECORDS)
@require_safe
def recommendation_list(request: HttpRequest, rights: Rights) -> HttpResponse:
    form = RecommendationFilter(request.GET, rights=rights)
    page = page_of(request, form.result().select_related("cluster"))
    return render(request, "reports/recommendation_list.html", {"form": form, "page": page})


@in_cluster(Right.READ_RECORDS)
@require_safe
def recommendation_detail(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    recommendation = _recommendation(rights, client_id)
    context = {
        "recommendation": recommendation,
        "review_name": name_of_review(recommendation.review),
        "changes": changes_of(recommendation),
    }
    return render(request, "reports/recommendation_detail.html", context)


@in_cluster(Right.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_new(request: HttpRequest, rights: Rights) -> HttpResponse:
    return write_new(
        request,
        rights,
        template="reports/recommendation_new.html",
        form_class=RecommendationForm,
        log=partial(log_record, unit=None),
        initial=_of_conference(request, rights),
        context={},
    )


@in_cluster(Right.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_edit(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    return write_edit(
        request,
        rights,
        template="reports/recommendation_edit.html",
        form_class=RecommendationForm,
        record=_recommendation(rights, client_id),
        write=edit_record,
        context={},
    )


@in_cluster(Right.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_answer(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    """What the addressee said; it may come when the year has long been signed."""
    return write_edit(
        request,
        rights,
        template="reports/recommendation_answer.html",
        form_class=AnswerForm,
        record=_recommendation(rights, client_id),
        write=answer_recommendation,
        context={},
    )


@in_cluster(Right.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def recommendation_delete(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    template, back = "reports/recommendation_delete.html", "reports:recommendation_list"
    return write_deletion(request, rights, template=template, record=_recommendation(rights, client_id), back=back)


def _recommendation(rights: Rights, client_id: uuid.UUID) -> Recommendation:
    """The one door to a recommendation."""
    rows = Recommendation.objects.of(rights.cluster).select_related("cluster", "conference", "review__cluster")
    return get_object_or_404(rows, client_id=client_id)


def _of_conference(request: HttpRequest, rights: Rights) -> dict[str, Any]:
    conference = conference_asked(request, rights)
    if conference is None:
        return {}
    return {"conference": conference.pk, "review": conference.review_id, "made_on": conference.held_on}
