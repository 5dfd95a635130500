"""The leader's part: give back, sign, countersign, amend; and what has changed since."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from cluster.access import Right, Rights, in_cluster
from cluster.models import PaperSettings
from cluster.services import NumberTaken, StaleVersion
from reports.edition import Edition
from reports.models import Review
from reports.paper.keeping import keep_files
from reports.review_forms import AmendmentForm, PasswordForm, ReturnForm, SignForm
from reports.services import (
    AmendmentOpen,
    NotADraft,
    NotSigned,
    OwnText,
    Signature,
    close_amendment,
    countersign,
    digest_of,
    may_countersign,
    open_amendment,
    prepare_review,
    return_review,
    sign_review,
    wrote_of,
)
from reports.standing import amendments_of, parties_led
from reports.tables import Tables
from reports.today import figures_since, rows_since
from reports.views.review import edition_of
from reports.wording import period_name, review_name

FORM_METHODS = ["GET", "HEAD", "POST"]


def _page(
    request: HttpRequest, rights: Rights, edition: Edition, template: str, *, status: int = 200, **more: Any
) -> HttpResponse:
    tables = Tables(edition.reckoning, linked=True)
    context = {
        "edition": edition,
        "slug": edition.period.slug_in(rights.cluster),
        "period_name": period_name(edition.period, rights.cluster),
        "review_name": review_name(edition.period, rights.cluster),
        "headline": tables.headline(),
        "amendments": amendments_of(edition),
        **more,
    }
    return render(request, f"reports/{template}.html", context, status=status)


def _back(rights: Rights, edition: Edition) -> HttpResponse:
    return redirect("reports:review", rights.cluster.slug, edition.period.slug_in(rights.cluster))


@in_cluster(Right.LEAD)
@require_http_methods(FORM_METHODS)
def review_return(request: HttpRequest, rights: Rights, period: str) -> HttpResponse:
    """Give the draft back, with what is to be changed."""
    edition = edition_of(request, rights, period)
    form = ReturnForm(request.POST or None)
    if request.method != "POST":
        return _page(request, rights, edition, "review_return", form=form, is_signed=edition.is_signed)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, rights, edition, "review_return", form=form, status=422)
    review = prepare_review(cluster=rights.cluster, period=edition.period, by=rights.user)
    try:
        return_review(review, reason=form.cleaned_data["reason"], by=rights.user, now=timezone.now())
    except NotADraft:
        return _page(request, rights, edition, "review_return", form=form, is_signed=True, status=409)
    messages.success(request, _("Given back. The coordinator sees it on the home page."))
    return _back(rights, edition)


@in_cluster(Right.LEAD)
@require_http_methods(FORM_METHODS)
def review_sign(request: HttpRequest, rights: Rights, period: str) -> HttpResponse:
    """One button, the consequence in one sentence, and the own password again."""
    edition = edition_of(request, rights, period)
    papers = PaperSettings.of(rights.cluster)
    seen = digest_of(edition)
    is_author = edition.review is not None and wrote_of(edition.review, rights.user)
    more: dict[str, Any] = {"seen": seen, "is_author": is_author, "is_signed": edition.is_signed}
    if request.method != "POST":
        form = SignForm(request=request, papers=papers)
        return _page(request, rights, edition, "review_sign", form=form, **more)
    form = SignForm(request.POST, request=request, papers=papers)
    if not request.POST.get("seen"):
        return _page(request, rights, edition, "review_sign", form=form, status=428, is_changed=True, **more)
    if not form.is_valid():
        return _page(request, rights, edition, "review_sign", form=form, status=422, **more)
    try:
        _sign(rights, edition, form, seen=request.POST["seen"])
    except NumberTaken as taken:
        form.add_error("number", str(taken))
        return _page(request, rights, edition, "review_sign", form=form, status=422, **more)
    except OwnText:
        raise PermissionDenied(_("You have written a part of this review: another leader signs it.")) from None
    except StaleVersion:
        edition = edition_of(request, rights, period)
        more |= {"seen": digest_of(edition)}
        return _page(request, rights, edition, "review_sign", form=form, status=409, is_changed=True, **more)
    except NotADraft:
        more |= {"is_signed": True}
        return _page(request, rights, edition, "review_sign", form=form, status=409, **more)
    messages.success(request, _("Signed. What this review says stays as it is."))
    return _back(rights, edition)


def _sign(rights: Rights, edition: Edition, form: SignForm, *, seen: str) -> None:
    said = form.cleaned_data
    signature = Signature(
        party=parties_led(rights)[0],
        capacity=said["capacity"],
        name=said["name"],
        issued_on=said["issued_on"],
        place=said["place"],
        number=said["number"],
    )
    review = prepare_review(cluster=rights.cluster, period=edition.period, by=rights.user)
    now = timezone.now()
    keep_files(sign_review(review, seen=seen, signature=signature, by=rights.user, now=now), now=now)


def _signed(edition: Edition) -> Review:
    """Raises ``Http404`` where nothing is signed yet."""
    if edition.review is None or not edition.is_signed:
        raise Http404
    return edition.review


@in_cluster(Right.LEAD)
@require_http_methods(FORM_METHODS)
def review_countersign(request: HttpRequest, rights: Rights, period: str) -> HttpResponse:
    """Another party's leader signs below."""
    edition = edition_of(request, rights, period)
    review, papers = _signed(edition), PaperSettings.of(rights.cluster)
    party = may_countersign(edition, parties_led(rights))
    if party is None:
        raise PermissionDenied(_("Your party has signed this review already."))
    if request.method != "POST":
        form = PasswordForm(request=request, papers=papers)
        return _page(request, rights, edition, "review_countersign", form=form, party=party)
    form = PasswordForm(request.POST, request=request, papers=papers)
    if not form.is_valid():
        return _page(request, rights, edition, "review_countersign", form=form, party=party, status=422)
    said, now = {"capacity": form.cleaned_data["capacity"], "name": form.cleaned_data["name"]}, timezone.now()
    try:
        countersign(review, party=party, by=rights.user, now=now, **said)
    except OwnText:
        raise PermissionDenied(_("You have written a part of this review: another leader signs it.")) from None
    except IntegrityError:  # another leader of the party was faster
        raise PermissionDenied(_("Your party has signed this review already.")) from None
    keep_files(review, now=now)
    messages.success(request, _("Countersigned."))
    return _back(rights, edition)


@in_cluster(Right.LEAD)
@require_http_methods(FORM_METHODS)
def review_amend(request: HttpRequest, rights: Rights, period: str) -> HttpResponse:
    """Open an amendment: from now on the rows of the period may be corrected."""
    edition = edition_of(request, rights, period)
    review = _signed(edition)
    if request.method != "POST":
        return _page(request, rights, edition, "review_amend", form=AmendmentForm())
    form = AmendmentForm(request.POST)
    if not form.is_valid():
        return _page(request, rights, edition, "review_amend", form=form, status=422)
    try:
        open_amendment(review, reason=form.cleaned_data["reason"], by=rights.user, now=timezone.now())
    except AmendmentOpen:
        edition = edition_of(request, rights, period)
        return _page(request, rights, edition, "review_amend", form=form, status=409)
    messages.success(request, _("The rows of the period may be corrected until the amendment is closed."))
    return _back(rights, edition)


@in_cluster(Right.LEAD)
@require_http_methods(FORM_METHODS)
def amendment_close(request: HttpRequest, rights: Rights, period: str) -> HttpResponse:
    """Close it: what was and what is now are kept, and the period is sealed again."""
    edition = edition_of(request, rights, period)
    _signed(edition)
    amendment, now = edition.open_amendment, timezone.now()
    if request.method != "POST":
        since, rows = figures_since(edition), rows_since(edition)
        return _page(request, rights, edition, "amendment_close", amendment=amendment, since=since, rows=rows)
    try:
        if amendment is None:
            raise StaleVersion
        closed = close_amendment(amendment, by=rights.user, now=now)
    except (StaleVersion, NotSigned):
        return _page(request, rights, edition, "amendment_close", amendment=None, status=409)
    keep_files(closed.review, now=now)
    if closed.said["rows"]:
        messages.success(request, _("Closed. What was and what is now is kept with the review."))
    else:
        messages.success(request, _("Closed without a change."))
    return _back(rights, edition)


@in_cluster(Right.READ_RECORDS)
@require_safe
def review_changes(request: HttpRequest, rights: Rights, period: str) -> HttpResponse:
    """At signing, today and the difference; and every row that was added, changed or removed."""
    edition = edition_of(request, rights, period)
    _signed(edition)
    since, rows = figures_since(edition), rows_since(edition)
    return _page(request, rights, edition, "review_changes", since=since, rows=rows)
