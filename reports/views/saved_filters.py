"""Keeping a list as it is narrowed, for oneself or for everybody in the cluster, and letting go of one's own."""

from django.contrib import messages
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from cluster.access import Right, Rights, in_cluster
from cluster.models import SavedFilter
from reports.forms.saved_filter import SavedFilterForm
from reports.saved_filters import address_of, kept_of


@in_cluster(Right.READ_RECORDS)
@require_http_methods(["GET", "HEAD", "POST"])
def filter_new(request: HttpRequest, rights: Rights) -> HttpResponse:
    """``?path=`` is the address of the list."""
    template, path = "reports/filter_new.html", request.GET.get("path", "")
    if request.method != "POST":
        form = SavedFilterForm(initial={"path": path if kept_of(path, rights.cluster) else ""}, rights=rights)
        return render(request, template, {"form": form, "back": form.initial["path"]})
    form = SavedFilterForm(request.POST, rights=rights)
    if form.is_valid():
        try:
            with transaction.atomic():
                saved = form.save()
        except IntegrityError:  # the same name a moment ago
            form = SavedFilterForm(request.POST, rights=rights)
        else:
            messages.success(request, _("The filter is saved: it stands beside the list and on the home page."))
            return redirect(address_of(saved))
    back = request.POST.get("path", "")
    context = {"form": form, "back": back if kept_of(back, rights.cluster) else ""}
    return render(request, template, context, status=422)


@in_cluster(Right.READ_RECORDS)
@require_POST
def filter_delete(request: HttpRequest, rights: Rights, pk: int) -> HttpResponse:
    """One's own; what others share is theirs to let go."""
    own = SavedFilter.objects.filter(cluster=rights.cluster, owner=rights.user)
    saved = get_object_or_404(own, pk=pk)
    saved.delete()
    messages.success(request, _("The filter “%(name)s” is gone.") % {"name": saved.name})
    return redirect("reports:home")
