"""All that can be found by search, by kind, in the order in which the page shows them. A new register is found without
a word here; any other kind of row is declared once.
"""

from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from cluster.access import Right, Rights
from cluster.search import Source, source_of, texts_of
from incidents.models import Award, DeclaredFigure, Incident
from patrols.models import Campaign, JointPatrol
from reports.models import Conference, KeyTask, Recommendation, Review, Section
from reports.registers import REGISTERS


def _award_address(award: Award, rights: Rights) -> str:
    """To the form for who may write it; others find it in the list, which shows all of an award."""
    if rights.coordinates:
        return award.get_absolute_url()
    return _list("incidents:award_list", rights, q=award.decision_number)


def _list(view: str, rights: Rights, **query: Any) -> str:
    return reverse(view, args=[rights.cluster.slug], query=query)


def _sections(rights: Rights) -> QuerySet[Section]:
    """Of drafts only for those who read the rows they are made of; signed reviews are for all."""
    sections = Section.objects.filter(review__cluster=rights.cluster).select_related("review__cluster")
    if not rights.reads_records:
        sections = sections.filter(review__state=Review.State.SIGNED)
    return sections.order_by("-review__date_to", "pk")


SOURCES: tuple[Source, ...] = (
    Source(
        key="patrol",
        title=pgettext_lazy("found by search", "Patrols"),
        rows=lambda rights: JointPatrol.objects.of(rights.cluster).select_related("cluster", "lead_unit", "campaign"),
        dated_by="local_date",
        columns=("search", "lead_unit__search", "campaign__search"),
        line=lambda row: f"{row.lead_unit} · {capfirst(row.get_status_display())}",
        text=texts_of,
    ),
    Source(
        key="incident",
        title=_("Incidents"),
        rows=lambda rights: Incident.objects.of(rights.cluster).select_related("cluster", "category", "unit"),
        dated_by="occurred_on",
        columns=("search", "category__search", "unit__search"),
        line=lambda row: f"{row.unit} · {capfirst(row.get_outcome_display())}",
        text=texts_of,
    ),
    Source(
        key="campaign",
        title=_("Campaigns"),
        rows=lambda rights: Campaign.objects.filter(cluster=rights.cluster),
        dated_by="date_from",
        line=lambda row: f"{row.date_from:%d/%m/%Y} – {row.date_to:%d/%m/%Y}",
        text=texts_of,
        address=lambda row, rights: reverse("reports:campaign_result", args=[rights.cluster.slug, row.pk]),
    ),
    *(source_of(register) for register in REGISTERS),
    Source(
        key="award",
        title=_("Awards"),
        rows=lambda rights: Award.objects.of(rights.cluster).select_related("cluster", "unit"),
        dated_by="decided_on",
        columns=("search", "unit__search"),
        line=lambda row: f"{row.form} · {row.decided_on:%d/%m/%Y}",
        text=texts_of,
        address=_award_address,
    ),
    Source(
        key="section",
        title=_("Texts of reviews"),
        rows=_sections,
        dated_by="review__date_to",
        name=lambda row: str(row.get_kind_display()),
        line=lambda row: f"{row.review.date_from:%d/%m/%Y} – {row.review.date_to:%d/%m/%Y}",
        text=texts_of,
        address=lambda row, rights: row.review.get_absolute_url(),
        right=Right.READ_TOTALS,
    ),
    Source(
        key="conference",
        title=_("Conferences"),
        rows=lambda rights: Conference.objects.of(rights.cluster).select_related("cluster"),
        dated_by="held_on",
        line=lambda row: row.place,
        text=texts_of,
    ),
    Source(
        key="recommendation",
        title=_("Recommendations"),
        rows=lambda rights: Recommendation.objects.of(rights.cluster).select_related("cluster"),
        dated_by="made_on",
        line=lambda row: f"{row.addressee} · {capfirst(row.get_state_display())}",
        text=texts_of,
    ),
    Source(
        key="task",
        title=_("Key tasks"),
        rows=lambda rights: KeyTask.objects.of(rights.cluster).select_related("cluster"),
        dated_by="date_to",
        line=lambda row: row.owner,
        text=texts_of,
    ),
    Source(
        key="declared",
        title=_("Declared figures"),
        rows=lambda rights: DeclaredFigure.objects.filter(cluster=rights.cluster),
        dated_by="date_to",
        name=lambda row: f"{row.label}: {row.value}",
        line=lambda row: f"{row.date_from:%d/%m/%Y} – {row.date_to:%d/%m/%Y}",
        text=texts_of,
        address=lambda row, rights: _list("incidents:declared_list", rights, year=row.date_to.year, metric=row.metric),
    ),
)
