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
from reports.conference_filters import TaskFilter
from reports.conference_forms import AssessmentForm, TaskForm, suggested_bodies
from reports.conference_services import assess_task
from reports.models import KeyTask
from reports.periods import Period, current_year
from reports.views.follow_ups import conference_asked, name_of_review
from reports.views.writing import write_deletion, write_edit, write_new


@in_cluster(Right.READ_RECORDS)
@require_safe
def task_list(request: HttpRequest, rights: Rights) -> HttpResponse:
    form = TaskFilter(request.GET, rights=rights)
    page = page_of(request, form.result().select_related("cluster"))
    return render(request, "reports/task_list.html", {"form": form, "page": page})


@in_cluster(Right.READ_RECORDS)
@require_safe
def task_detail(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    task = _task(rights, client_id)
    context = {"task": task, "review_name": name_of_review(task.review), "changes": changes_of(task)}
    return render(request, "reports/task_detail.html", context)


@in_cluster(Right.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def task_new(request: HttpRequest, rights: Rights) -> HttpResponse:
    return write_new(
        request,
        rights,
        template="reports/task_new.html",
        form_class=TaskForm,
        log=partial(log_record, unit=None),
        initial=_for_the_next_year(request, rights),
        context={"bodies": suggested_bodies(rights.cluster)},
    )


@in_cluster(Right.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def task_edit(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    return write_edit(
        request,
        rights,
        template="reports/task_edit.html",
        form_class=TaskForm,
        record=_task(rights, client_id),
        write=edit_record,
        context={"bodies": suggested_bodies(rights.cluster)},
    )


@in_cluster(Right.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def task_assess(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    """What became of the task; the next conference says so, when its year may already be signed."""
    return write_edit(
        request,
        rights,
        template="reports/task_assess.html",
        form_class=AssessmentForm,
        record=_task(rights, client_id),
        write=assess_task,
        context={},
    )


@in_cluster(Right.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def task_delete(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    template, back = "reports/task_delete.html", "reports:task_list"
    return write_deletion(request, rights, template=template, record=_task(rights, client_id), back=back)


def _task(rights: Rights, client_id: uuid.UUID) -> KeyTask:
    """The one door to a key task."""
    named = ("conference", "review__cluster", "assessed_by", "article__document__cluster")
    rows = KeyTask.objects.of(rights.cluster).select_related("cluster", *named)
    return get_object_or_404(rows, client_id=client_id)


def _for_the_next_year(request: HttpRequest, rights: Rights) -> dict[str, Any]:
    """A conference sets tasks for the year after the one that it concludes; else they are for the present one."""
    conference = conference_asked(request, rights)
    if conference is None:
        year = current_year(rights.cluster)
        return {"date_from": year.start, "date_to": year.end}
    year = current_year(rights.cluster, today=conference.held_on)
    if conference.review:
        year = Period.of_year(rights.cluster, conference.review.date_to.year + 1)
    return {
        "conference": conference.pk,
        "review": conference.review_id,
        "date_from": year.start,
        "date_to": year.end,
    }
