"""The coordinator's part: the comparison, the sections, and what a leader gave back."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from cluster.access import Right, Rights, in_cluster
from cluster.services import StaleVersion
from cluster.submissions import version_of
from reports.edition import Edition
from reports.models import Section
from reports.review_forms import ComparisonForm, SectionForm
from reports.sections import Written, sections_of
from reports.services import (
    NotADraft,
    follow_figures,
    prepare_review,
    set_comparison,
    settle_returns,
    write_section,
)
from reports.views.review import edition_of
from reports.wording import period_name, review_name

FORM_METHODS = ["GET", "HEAD", "POST"]


def _page_of(rights: Rights, edition: Edition) -> dict[str, object]:
    return {
        "edition": edition,
        "slug": edition.period.slug_in(rights.cluster),
        "period_name": period_name(edition.period, rights.cluster),
        "review_name": review_name(edition.period, rights.cluster),
    }


@in_cluster(Right.COORDINATE)
@require_safe
def review_write(request: HttpRequest, rights: Rights, period: str) -> HttpResponse:
    """All sections, what they are compared with, and what is asked to be changed."""
    edition = edition_of(request, rights, period)
    days = {"compare_from": edition.comparison.start, "compare_to": edition.comparison.end}
    context = _page_of(rights, edition) | {
        "sections": in_vietnamese(edition),
        "returns": edition.open_returns,
        "form": ComparisonForm(initial=days),
        "version": str(edition.review.version if edition.review else 0),
    }
    return render(request, "reports/review_write.html", context)


@in_cluster(Right.COORDINATE)
@require_http_methods(FORM_METHODS)
def section_write(request: HttpRequest, rights: Rights, period: str, kind: str) -> HttpResponse:
    """One section, in place of its proposal."""
    edition = edition_of(request, rights, period)
    row = _row(edition, kind)
    if request.method != "POST":
        form = SectionForm(instance=Section(text=row.text))
        return _section_page(request, rights, edition, row, form, version=row.section.version if row.section else 0)
    form, version = SectionForm(request.POST), version_of(request)
    if version is None:
        return _section_page(request, rights, edition, row, form, status=428, is_conflict=True)
    if not form.is_valid():
        return _section_page(request, rights, edition, row, form, version=version, status=422)
    proposal = edition.proposals_in_vietnamese[kind]
    text = form.cleaned_data["text"]
    review = prepare_review(cluster=rights.cluster, period=edition.period, by=rights.user)
    now = timezone.now()
    try:
        if text != proposal or version:
            write_section(review, kind, text=text, proposal=proposal, version=version, by=rights.user, now=now)
    except StaleVersion:
        edition = Edition.of(review)
        more = {"is_conflict": True}
        return _section_page(request, rights, edition, _row(edition, kind), form, status=409, **more)
    except NotADraft:
        return _section_page(request, rights, edition, row, form, version=version, status=409, is_signed=True)
    messages.success(request, _("Saved."))
    return redirect("reports:review_write", rights.cluster.slug, period)


def in_vietnamese(edition: Edition) -> list[Written]:
    """As the paper will have them, whatever the language of the page."""
    with translation.override("vi"):
        return sections_of(edition)


def _row(edition: Edition, kind: str) -> Written:
    row = next((row for row in in_vietnamese(edition) if row.kind == kind), None)
    if row is None:
        raise Http404
    return row


def _section_page(
    request: HttpRequest,
    rights: Rights,
    edition: Edition,
    row: Written,
    form: SectionForm,
    *,
    version: int | None = None,
    status: int = 200,
    **more: bool,
) -> HttpResponse:
    """``is_conflict``: what is stored now stands beside the editor's text; the next save is deliberate."""
    stored = row.section.version if row.section else 0
    context = _page_of(rights, edition) | {
        "row": row,
        "form": form,
        "proposal": edition.proposals_in_vietnamese[row.kind],
        "version": str(stored if version is None else version),
        **more,
    }
    return render(request, "reports/section_write.html", context, status=status)


@in_cluster(Right.COORDINATE)
@require_POST
def section_reset(request: HttpRequest, rights: Rights, period: str, kind: str) -> HttpResponse:
    """Back to the proposal, which follows the figures."""
    edition, version = edition_of(request, rights, period), version_of(request)
    row = _row(edition, kind)
    form = SectionForm(instance=Section(text=row.text))
    if version is None or edition.review is None:
        return _section_page(request, rights, edition, row, form, status=428, is_conflict=True)
    try:
        follow_figures(edition.review, kind, version=version, by=rights.user)
    except StaleVersion:
        return _section_page(request, rights, edition, row, form, status=409, is_conflict=True)
    except NotADraft:
        return _section_page(request, rights, edition, row, form, status=409, is_signed=True)
    messages.success(request, _("The section follows the figures again."))
    return redirect("reports:review_write", rights.cluster.slug, period)


@in_cluster(Right.COORDINATE)
@require_POST
def review_compare(request: HttpRequest, rights: Rights, period: str) -> HttpResponse:
    """The period it is compared with, kept for everybody; back to the page it was chosen on."""
    edition, version = edition_of(request, rights, period), version_of(request)
    form = ComparisonForm(request.POST)
    if not form.is_valid() or version is None:
        return _compare_page(request, rights, edition, form, status=422 if version is not None else 428)
    review = prepare_review(cluster=rights.cluster, period=edition.period, by=rights.user)
    try:
        # 0: nobody had begun the review when the page was opened.
        set_comparison(review, version=version or review.version, comparison=form.comparison, by=rights.user)
    except (StaleVersion, NotADraft):
        return _compare_page(request, rights, Edition.of(review), form, status=409)
    messages.success(request, _("Saved."))
    return redirect("reports:review_write", rights.cluster.slug, period)


def _compare_page(
    request: HttpRequest, rights: Rights, edition: Edition, form: ComparisonForm, *, status: int
) -> HttpResponse:
    context = _page_of(rights, edition) | {
        "sections": in_vietnamese(edition),
        "returns": edition.open_returns,
        "form": form,
        "version": str(edition.review.version if edition.review else 0),
        "is_changed": status != 422,
    }
    return render(request, "reports/review_write.html", context, status=status)


@in_cluster(Right.COORDINATE)
@require_POST
def return_settle(request: HttpRequest, rights: Rights, period: str) -> HttpResponse:
    """What was asked for is done, without a word in any section."""
    edition = edition_of(request, rights, period)
    if edition.review and settle_returns(edition.review, by=rights.user, now=timezone.now()):
        messages.success(request, _("Settled."))
    return redirect("reports:review_write", rights.cluster.slug, period)
