import uuid
from functools import partial
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from cluster.access import Right, Rights, in_cluster
from cluster.answers import page_of
from cluster.services import NumberTaken
from cluster.submissions import client_id_of, version_of
from reports.conference_filters import ConferenceFilter
from reports.conference_forms import ConferenceForm, posted_texts, suggested_bodies
from reports.conference_history import changes_of_conference
from reports.conference_services import edit_conference, log_conference, number_minutes
from reports.handovers import handover_of
from reports.models import Conference, Review
from reports.paper.minutes import number_of
from reports.paper.review import proposed_conference
from reports.review_forms import NumberForm
from reports.views.follow_ups import name_of_review
from reports.views.writing import write_deletion, write_edit, write_new


@in_cluster(Right.READ_RECORDS)
@require_safe
def conference_list(request: HttpRequest, rights: Rights) -> HttpResponse:
    form = ConferenceFilter(request.GET, rights=rights)
    page = page_of(request, form.result().select_related("cluster").prefetch_related("delegations"))
    return render(request, "reports/conference_list.html", {"form": form, "page": page})


@in_cluster(Right.READ_RECORDS)
@require_safe
def conference_detail(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    conference = _conference(rights, client_id)
    context = {
        "conference": conference,
        "review_name": name_of_review(conference.review),
        "awards": conference.awards_handed_over(),
        "recommendations": conference.recommendations.of(rights.cluster).select_related("cluster"),
        "tasks": conference.key_tasks.of(rights.cluster).select_related("cluster"),
        "changes": changes_of_conference(conference),
        "minutes_number": number_of(conference),
        **handover_of(conference, rights),
    }
    return render(request, "reports/conference_detail.html", context)


@in_cluster(Right.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def conference_new(request: HttpRequest, rights: Rights) -> HttpResponse:
    template = "reports/conference_new.html"
    context: dict[str, Any] = {"bodies": suggested_bodies(rights.cluster)}
    if "more" in request.POST:
        blank = Conference(cluster=rights.cluster, client_id=client_id_of(request) or uuid.uuid4())
        form = ConferenceForm(instance=blank, rights=rights, initial=posted_texts(request.POST))
        return render(request, template, context | {"form": form})
    return write_new(
        request,
        rights,
        template=template,
        form_class=ConferenceForm,
        log=log_conference,
        initial=_of_review(request, rights),
        context=context,
    )


@in_cluster(Right.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def conference_edit(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    template, conference = "reports/conference_edit.html", _conference(rights, client_id)
    context: dict[str, Any] = {"bodies": suggested_bodies(rights.cluster)}
    if "more" in request.POST:
        texts = posted_texts(request.POST) | {"reason": request.POST.get("reason", "")}
        form = ConferenceForm(instance=conference, rights=rights, initial=texts)
        version = version_of(request)
        context |= {"record": conference, "version": "" if version is None else version}
        return render(request, template, context | {"form": form})
    return write_edit(
        request,
        rights,
        template=template,
        form_class=ConferenceForm,
        record=conference,
        write=partial(edit_conference, now=timezone.now()),
        context=context,
    )


@in_cluster(Right.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def conference_number(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    """The number of its minutes, taken once from the board's own series."""
    conference = _conference(rights, client_id)
    form = NumberForm(request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        try:
            number_minutes(conference, number=form.cleaned_data["number"], by=rights.user, now=timezone.now())
        except NumberTaken as refusal:
            form.add_error("number", str(refusal))
        else:
            return redirect(conference)
    context = {"conference": conference, "form": form, "minutes_number": number_of(conference)}
    return render(request, "reports/conference_number.html", context, status=422 if form.is_bound else 200)


@in_cluster(Right.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def conference_delete(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    conference = _conference(rights, client_id)
    template, back = "reports/conference_delete.html", "reports:conference_list"
    return write_deletion(request, rights, template=template, record=conference, back=back)


def _conference(rights: Rights, client_id: uuid.UUID) -> Conference:
    """The one door to a conference."""
    rows = Conference.objects.of(rights.cluster).select_related("cluster", "review__cluster")
    return get_object_or_404(
        rows.select_related("handover_from", "handover_to").prefetch_related("delegations"), client_id=client_id
    )


def _of_review(request: HttpRequest, rights: Rights) -> dict[str, Any]:
    """``?review=…``: the page of a review leads here for the conference that concludes it."""
    asked = request.GET.get("review", "")
    known = asked.isascii() and asked.isdigit() and len(asked) < 18
    review = Review.objects.filter(cluster=rights.cluster, pk=int(asked)).first() if known else None
    return proposed_conference(review) if review else {}
