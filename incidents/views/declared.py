from functools import partial

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster.access import Right, Rights, in_cluster
from cluster.answers import conflict_page, delete_page, edit_page, overtaken, page_of, sealed_page
from cluster.history import latest_corrections
from cluster.services import SealedPeriod, StaleVersion
from cluster.submissions import version_of
from incidents import services
from incidents.filters import DeclaredFilter
from incidents.forms import DeclaredForm, NoneForm
from incidents.models import DeclaredFigure
from incidents.services import DeclaredData, NotDeclarable


@in_cluster(Right.READ_RECORDS)
@require_safe
def declared_list(request: HttpRequest, rights: Rights) -> HttpResponse:
    form = DeclaredFilter(request.GET, rights=rights)
    page = page_of(request, form.result().select_related("party", "unit", "category", "recorded_by"))
    corrections = latest_corrections(DeclaredFigure, list(page))
    rows = [(figure, corrections.get(figure.pk)) for figure in page]
    late = set(DeclaredFigure.objects.filter(pk__in=[figure.pk for figure in page]).late().values_list("pk", flat=True))
    return render(request, "incidents/declared_list.html", {"form": form, "page": page, "rows": rows, "late": late})


@in_cluster(Right.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def declared_new(request: HttpRequest, rights: Rights) -> HttpResponse:
    """No client id: a second copy is refused by ``declared_figure_once``."""
    template, blank = "incidents/declared_new.html", DeclaredFigure(cluster=rights.cluster)
    if request.method != "POST":
        return render(request, template, {"form": DeclaredForm(instance=blank, rights=rights)})
    form = DeclaredForm(request.POST, instance=blank, rights=rights)
    if not form.is_valid():
        return render(request, template, {"form": form}, status=422)
    try:
        services.declare_figure(cluster=rights.cluster, data=form.data_entered(), by=rights.user)
    except IntegrityError:
        return render(request, template, {"form": overtaken(form)}, status=422)
    messages.success(request, _("Saved."))
    return redirect("incidents:declared_list", rights.cluster.slug)


@in_cluster(Right.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def declared_edit(request: HttpRequest, rights: Rights, pk: int) -> HttpResponse:
    template, figure = "incidents/declared_edit.html", _declared(rights, pk)
    if request.method != "POST":
        form = DeclaredForm(instance=figure, rights=rights)
        return edit_page(request, template, form, record=figure, version=figure.version)
    form, version = DeclaredForm(request.POST, instance=figure, rights=rights), version_of(request)
    if not form.is_valid():
        return edit_page(request, template, form, record=figure, version=version, status=422)
    try:
        if version is None:
            raise StaleVersion
        reason = form.cleaned_data.get("reason", "")
        services.edit_declared(figure, version=version, data=form.data_entered(), by=rights.user, reason=reason)
    except StaleVersion:
        return conflict_page(
            request,
            template,
            form,
            record=figure,
            stored=DeclaredFigure.objects.filter(cluster=rights.cluster, pk=pk).first(),
            data=DeclaredData,
            status=428 if version is None else 409,
        )
    except SealedPeriod as sealed:
        return sealed_page(request, template, form, sealed=sealed, record=figure, version=version)
    except IntegrityError:
        return edit_page(request, template, overtaken(form), record=figure, version=version, status=422)
    messages.success(request, _("Saved."))
    return redirect("incidents:declared_list", rights.cluster.slug)


@in_cluster(Right.COORDINATE)
@require_http_methods(["GET", "HEAD", "POST"])
def declared_delete(request: HttpRequest, rights: Rights, pk: int) -> HttpResponse:
    figure = _declared(rights, pk)
    answer = delete_page(
        request,
        "incidents/declared_delete.html",
        record=figure,
        needs_reason=figure.recorded_by_id != rights.user.pk,
        delete=partial(services.delete_declared, figure, by=rights.user),
    )
    if answer:
        return answer
    messages.success(request, _("Deleted. The history is kept."))
    return redirect("incidents:declared_list", rights.cluster.slug)


@in_cluster(Right.LOG)
@require_POST
def declare_none(request: HttpRequest, rights: Rights) -> HttpResponse:
    """The one tap "Không phát sinh" of the home page, and back to it."""
    form = NoneForm(request.POST, rights=rights)
    if not form.is_valid():
        messages.error(request, _("Nothing was declared: the page was not sent as a whole."))
        return redirect(settings.LOGIN_REDIRECT_URL)
    unit = form.cleaned_data["unit"]
    if not (rights.coordinates or unit.pk in rights.unit_ids):
        raise PermissionDenied(_("You do not have the right to do this."))
    try:
        services.declare_none(
            cluster=rights.cluster,
            unit=unit,
            month=form.cleaned_data["month"],
            kind=form.cleaned_data["kind"],
            by=rights.user,
            now=timezone.now(),
        )
    except NotDeclarable as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("Declared: nothing of the kind in this month."))
    return redirect(settings.LOGIN_REDIRECT_URL)


def _declared(rights: Rights, pk: int) -> DeclaredFigure:
    """The one door to a declared figure."""
    rows = DeclaredFigure.objects.filter(cluster=rights.cluster).select_related("party", "unit", "category")
    return get_object_or_404(rows, pk=pk)
