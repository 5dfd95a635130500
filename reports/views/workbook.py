"""A coordinator imports a workbook: upload it, look at what it would do, take it over."""

from django.contrib import messages
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cluster.access import Right, Rights, in_cluster
from reports.models import UploadedWorkbook
from reports.workbook.forms import WorkbookForm
from reports.workbook.importing import ImportRefused, make_plan
from reports.workbook.plan import Plan
from reports.workbook.read import Book, read_book
from reports.workbook.schema import SHEETS
from reports.workbook.summary import new_things, written_line
from reports.workbook.template import template_of
from reports.workbook.uploads import TakenOver, keep_upload, take_over

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_SHOWN = 200


@in_cluster(Right.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def workbook_import(request: HttpRequest, rights: Rights) -> HttpResponse:
    """Take a workbook and lead to its preview; nothing of it is written yet."""
    form = WorkbookForm(request.POST, request.FILES) if request.method == "POST" else WorkbookForm()
    if not form.is_valid():
        status = 422 if form.is_bound else 200
        return render(request, "reports/workbook_import.html", {"form": form, "sheets": SHEETS}, status=status)
    upload = keep_upload(
        cluster=rights.cluster,
        name=form.cleaned_data["file"].name,
        content=form.content,
        by=rights.user,
        now=timezone.now(),
    )
    return redirect("reports:workbook_preview", rights.cluster.slug, upload.pk)


@in_cluster(Right.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def workbook_preview(request: HttpRequest, rights: Rights, pk: int) -> HttpResponse:
    """What the workbook would write, and with a POST writing it. Uploads of others do not exist here."""
    uploads = UploadedWorkbook.objects.filter(cluster=rights.cluster, uploaded_by=rights.user)
    upload = get_object_or_404(uploads.select_related("cluster", "uploaded_by"), pk=pk)
    if not upload.content:
        return _already_taken_over(request, rights)
    book = read_book(bytes(upload.content))
    if request.method == "POST":
        return _take_over(request, rights, upload, book)
    plan = make_plan(book, cluster=rights.cluster, slug=rights.cluster.slug)
    return _preview(request, upload, plan)


def _take_over(request: HttpRequest, rights: Rights, upload: UploadedWorkbook, book: Book) -> HttpResponse:
    try:
        plan = take_over(upload, book, now=timezone.now())
    except TakenOver:
        return _already_taken_over(request, rights)
    except ImportRefused as refused:
        return _preview(request, upload, refused.plan, status=409)
    except IntegrityError:  # somebody wrote one of its records at the same moment
        messages.warning(request, _("The records changed while they were imported, so nothing was written. Try again."))
        return redirect("reports:workbook_preview", rights.cluster.slug, upload.pk)
    messages.success(request, written_line(plan))
    return redirect("reports:workbook_import", rights.cluster.slug)


def _already_taken_over(request: HttpRequest, rights: Rights) -> HttpResponse:
    messages.info(request, _("This workbook has been imported already."))
    return redirect("reports:workbook_import", rights.cluster.slug)


def _preview(request: HttpRequest, upload: UploadedWorkbook, plan: Plan, *, status: int = 200) -> HttpResponse:
    errors, warnings = plan.problems.errors, plan.problems.warnings
    context = {
        "upload": upload,
        "counts": [(sheet, count) for sheet, count in plan.counts.items() if count.new or count.same],
        "new_things": new_things(plan),
        "errors": errors[:_SHOWN],
        "more_errors": len(errors[_SHOWN:]),
        "warnings": warnings[:_SHOWN],
        "more_warnings": len(warnings[_SHOWN:]),
        "may_import": plan.changes_anything and not errors,
    }
    return render(request, "reports/workbook_preview.html", context, status=status)


@in_cluster(Right.COORDINATE)
@require_safe
def workbook_template(request: HttpRequest, rights: Rights) -> HttpResponse:
    """The empty workbook with the lists of the cluster."""
    response = HttpResponse(template_of(rights.cluster), content_type=_XLSX)
    response["Content-Disposition"] = f'attachment; filename="mau-nhap-{rights.cluster.slug}.xlsx"'
    return response
