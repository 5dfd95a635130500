"""What a review says: from the rows of today while it is a draft, from its snapshot once it is signed.

The page, the JSON, the command and the papers read a review through an ``Edition`` and never look which it is.
"""

import copy
import datetime as dt
import json
from functools import cached_property
from typing import Any, get_type_hints

from django.utils import translation

from cluster.models import Cluster
from incidents.models import Award
from reports import narrative
from reports.figures import FIGURES
from reports.freezing import thawed
from reports.models import Amendment, Countersignature, Return, Review, Section
from reports.passports import Passport, passports_of
from reports.periods import Period
from reports.plausibility import Warned, warnings_of
from reports.reckoning import TREND_YEARS, CategoryRow, Compared, MonthRow, Reckoning, UnitRow, Value
from reports.snapshot import HABITS, period_of
from reports.wording import Wording


class FrozenReckoning(Reckoning):
    """A reckoning as it was signed. It has no ``facts``: what is not in the snapshot nobody has signed."""

    def __init__(self, cluster: Cluster, said: dict[str, Any]) -> None:
        self.cluster = copy.copy(cluster)
        for name in HABITS:
            setattr(self.cluster, name, said["cluster"][name])
        self.period, self.comparison = period_of(said["period"]), period_of(said["comparison"])
        self.as_of = dt.datetime.fromisoformat(said["as_of"])
        self.years = self.period.years_back(TREND_YEARS)
        self.wording = Wording(self.cluster, self.period, self.comparison)
        # In the order of their declaration: canonical JSON sorts its keys.
        self.figures = {
            key: Compared(figure, Value(**said["figures"][key]["this"]), Value(**said["figures"][key]["before"]))
            for key, figure in FIGURES.items()
            if key in said["figures"]
        }
        for name, rows in said["breakdowns"].items():
            kind = get_type_hints(getattr(Reckoning, name).func)["return"]
            setattr(self, name, thawed(kind, rows))


class Edition:
    """``review`` is None where none is stored, or where another comparison than its own is asked for.

    ``tells_draft`` False is for who reads totals and reviews but no rows (design.md, "Roles"): of a draft the figures,
    and neither its text, which is made of rows that nobody has answered for yet, nor what a leader gave back.
    """

    def __init__(
        self, cluster: Cluster, period: Period, comparison: Period | None = None, *, tells_draft: bool = True
    ) -> None:
        self.tells_draft = tells_draft
        # All of the cluster are few: one question for this one and that of the period compared. Snapshots are long.
        stored = Review.objects.filter(cluster=cluster).select_related("signed_by", "signed_for").defer("snapshot")
        self.stored = {review.period: review for review in stored}
        review = self.stored.get(period)
        if review and comparison and comparison != review.comparison:
            review = None
        self.review: Review | None = review
        self.cluster, self.period = cluster, period
        self.comparison = comparison or (review.comparison if review else period.year_before())

    @classmethod
    def of(cls, review: Review) -> "Edition":
        return cls(review.cluster, review.period)

    @property
    def is_signed(self) -> bool:
        return self.review is not None and self.review.is_signed

    @property
    def state(self) -> str:
        return self.review.state if self.review else Review.State.DRAFT.value

    @cached_property
    def said(self) -> dict[str, Any]:
        """The snapshot of a signed review, empty for a draft."""
        return json.loads(self.review.snapshot) if self.review and self.is_signed else {}

    @property
    def snapshot_hash(self) -> str:
        return self.review.snapshot_hash if self.review else ""

    @cached_property
    def reckoning(self) -> Reckoning:
        return FrozenReckoning(self.cluster, self.said) if self.is_signed else self.today

    @cached_property
    def today(self) -> Reckoning:
        """By the rows of today, whatever is signed."""
        return Reckoning(self.cluster, self.period, self.comparison)

    @property
    def figures(self) -> dict[str, Compared]:
        return self.reckoning.figures

    @property
    def headline(self) -> list[tuple[str, str]]:
        return self.reckoning.headline

    @property
    def by_unit(self) -> list[UnitRow]:
        return self.reckoning.by_unit

    @property
    def by_month(self) -> list[MonthRow]:
        return self.reckoning.by_month

    @property
    def by_category(self) -> list[CategoryRow]:
        return self.reckoning.by_category

    @cached_property
    def warnings(self) -> list[Warned]:
        return thawed(list[Warned], self.said["warnings"]) if self.is_signed else warnings_of(self.today)

    @cached_property
    def passports(self) -> list[Passport]:
        return thawed(list[Passport], self.said["passports"]) if self.is_signed else passports_of(self.today)

    @cached_property
    def written(self) -> dict[str, Section]:
        """The sections that somebody wrote, by kind."""
        if self.review is None or not self.tells_draft:
            return {}
        return {section.kind: section for section in self.review.sections.all()}

    @cached_property
    def awards(self) -> list[Award]:
        """Those decided in the period; what was written after the signing was not signed."""
        if not (self.is_signed or self.tells_draft):
            return []
        awards = Award.objects.of(self.cluster).in_period(self.period.start, self.period.end)
        if self.review and self.review.signed_at:
            awards = awards.filter(recorded_at__lte=self.review.signed_at)
        return list(awards.select_related("unit").order_by("decided_on", "decision_number", "name"))

    @cached_property
    def open_returns(self) -> list[Return]:
        """What leaders have asked for and is not settled, newest first."""
        if self.review is None or self.is_signed or not self.tells_draft:
            return []
        return list(self.review.returns.filter(settled_at=None).select_related("returned_by"))

    @cached_property
    def signatures(self) -> list[Countersignature]:
        """Below the first."""
        if self.review is None or not self.is_signed:
            return []
        return list(self.review.countersignatures.select_related("party", "signed_by"))

    @property
    def open_amendment(self) -> Amendment | None:
        return next((amendment for amendment in self.amendments if amendment.is_open), None)

    def proposals(self) -> dict[str, str]:
        """What is proposed for each section today, in the language in hand."""
        if not self.tells_draft:
            return dict.fromkeys(Section.Kind.values, "")
        return narrative.proposals(self.today, self._plans)

    @cached_property
    def _plans(self) -> narrative.Plans:
        return narrative.Plans.of(self.cluster, self.period)

    @cached_property
    def sections(self) -> dict[str, list[str]]:
        """The Vietnamese paragraphs by kind of section; what nobody wrote follows the figures while in draft."""
        texts = self.said["sections"] if self.is_signed else self.texts_as_they_stand()
        return {kind: [line for line in texts.get(kind, "").split("\n") if line] for kind in Section.Kind.values}

    @cached_property
    def proposals_in_vietnamese(self) -> dict[str, str]:
        with translation.override("vi"):
            return self.proposals()

    def texts_as_they_stand(self) -> dict[str, str]:
        return self.proposals_in_vietnamese | {kind: section.text for kind, section in self.written.items()}

    @cached_property
    def amendments(self) -> list[Amendment]:
        if self.review is None or not self.is_signed:
            return []
        return list(self.review.amendments.select_related("opened_by", "closed_by").order_by("number"))
