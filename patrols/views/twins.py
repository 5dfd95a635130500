"""The coordinator's page of twins, and what is decided there."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from cluster.access import Right, Rights, in_cluster
from cluster.services import SealedPeriod, StaleVersion
from patrols.forms.pair import LinkForm, PairForm, TwinFilterForm
from patrols.likeness import suspected_pairs
from patrols.models import NotTwins, TwinLink
from patrols.services import NotLinkable, link_twins, not_twins, take_back_not_twins, unlink_twins
from patrols.twin_rows import side_by_side

PAIRS_A_PAGE = 10
DECISIONS_SHOWN = 100


@in_cluster(Right.COORDINATE)
@require_safe
def twin_list(request: HttpRequest, rights: Rights) -> HttpResponse:
    """Suspected twins with the reasons, the two records side by side; then what has been decided."""
    return _page(request, rights)


@in_cluster(Right.COORDINATE)
@require_POST
def twin_link(request: HttpRequest, rights: Rights) -> HttpResponse:
    """The two records are one patrol: one of them counts."""
    form, versions = LinkForm(request.POST, cluster=rights.cluster), _versions(request)
    if not form.is_valid():
        return _page(request, rights, problems=_messages(form), status=422)
    kept, absorbed = form.kept_and_absorbed
    if not {str(kept.client_id), str(absorbed.client_id)} <= set(versions):
        return _page(request, rights, problems=[_("The page was not sent as a whole.")], status=428)
    try:
        link_twins(
            kept=kept,
            absorbed=absorbed,
            kept_version=versions[str(kept.client_id)],
            absorbed_version=versions[str(absorbed.client_id)],
            reason=form.cleaned_data["reason"],
            by=rights.user,
            now=timezone.now(),
        )
    except StaleVersion:
        problem = _("Somebody has changed one of the two records meanwhile. Please look at them again.")
        return _page(request, rights, problems=[problem], status=409)
    except NotLinkable as refused:
        return _page(request, rights, problems=[str(refused)], status=422)
    except SealedPeriod as sealed:
        return _page(request, rights, problems=[str(sealed)], status=423)
    messages.success(
        request, _("Linked: the patrol of %(date)s counts once.") % {"date": f"{kept.local_date:%d/%m/%Y}"}
    )
    return redirect("patrols:twin_list", rights.cluster.slug)


@in_cluster(Right.COORDINATE)
@require_POST
def twin_part(request: HttpRequest, rights: Rights) -> HttpResponse:
    """The two records are two patrols: they are not suspected again."""
    form = PairForm(request.POST, cluster=rights.cluster)
    if not form.is_valid():
        return _page(request, rights, problems=_messages(form), status=422)
    try:
        not_twins(*form.cleaned_data["patrols"].values(), by=rights.user, now=timezone.now())
    except NotLinkable as refused:
        return _page(request, rights, problems=[str(refused)], status=422)
    messages.success(request, _("Two patrols: both count, and they are not suspected again."))
    return redirect("patrols:twin_list", rights.cluster.slug)


@in_cluster(Right.COORDINATE)
@require_POST
def twin_unlink(request: HttpRequest, rights: Rights, pk: int) -> HttpResponse:
    """Let both records count again."""
    link = get_object_or_404(TwinLink.objects.filter(cluster=rights.cluster), pk=pk)
    try:
        left = unlink_twins(link, by=rights.user)
    except StaleVersion:
        problem = _("Somebody has changed one of the two records meanwhile. Please look at them again.")
        return _page(request, rights, problems=[problem], status=409)
    except SealedPeriod as sealed:
        return _page(request, rights, problems=[str(sealed)], status=423)
    messages.success(request, _("Unlinked: both records count again, each for itself."))
    if left:
        lines = ", ".join(f"{line.unit} · {line.force}" for line in left)
        message = _("These lines were changed after linking, so they stay: %(lines)s.") % {"lines": lines}
        messages.warning(request, message)
    return redirect("patrols:twin_list", rights.cluster.slug)


@in_cluster(Right.COORDINATE)
@require_POST
def parting_take_back(request: HttpRequest, rights: Rights, pk: int) -> HttpResponse:
    """Let two records be suspected again."""
    take_back_not_twins(get_object_or_404(NotTwins.objects.filter(first__cluster=rights.cluster), pk=pk))
    messages.success(request, _("Taken back: the two may be suspected again."))
    return redirect("patrols:twin_list", rights.cluster.slug)


def _page(request: HttpRequest, rights: Rights, *, problems: Sequence[str] = (), status: int = 200) -> HttpResponse:
    form = TwinFilterForm(request.GET, cluster=rights.cluster, today=timezone.localdate())
    start, end = form.period
    page = Paginator(suspected_pairs(rights.cluster, start, end), PAIRS_A_PAGE).get_page(request.GET.get("page"))
    links = TwinLink.objects.filter(cluster=rights.cluster, kept__local_date__range=(start, end))
    parted = NotTwins.objects.filter(first__cluster=rights.cluster, first__local_date__range=(start, end))
    context: dict[str, Any] = {
        "form": form,
        "page": page,
        "pairs": side_by_side(page),
        "links": links.select_related(*_SHOWN_OF_LINK)[:DECISIONS_SHOWN],
        "parted": parted.select_related(*_SHOWN_OF_PARTED).order_by("-decided_at")[:DECISIONS_SHOWN],
        "problems": problems,
        "most": DECISIONS_SHOWN,
    }
    return render(request, "patrols/twin_list.html", context, status=status)


_SHOWN_OF_LINK = ("linked_by", "kept__cluster", "kept__recorded_unit", "absorbed__cluster", "absorbed__recorded_unit")
_SHOWN_OF_PARTED = ("decided_by", "first__cluster", "first__recorded_unit", "second__cluster", "second__recorded_unit")


def _versions(request: HttpRequest) -> dict[str, int]:
    """The versions that the page showed, by client id: sent as "<client id>:<version>"."""
    sent = (text.rpartition(":") for text in request.POST.getlist("version"))
    return {key: int(version) for key, _colon, version in sent if version.isascii() and version.isdigit()}


def _messages(form: PairForm) -> list[str]:
    return [str(message) for errors in form.errors.values() for message in errors]
