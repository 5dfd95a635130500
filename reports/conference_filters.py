"""By what the lists of conferences, recommendations and key tasks may be narrowed."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster.access import Rights
from cluster.filters import ALL, Filter, SearchInput
from cluster.formfields import article_choices, offer
from cluster.models import Article
from cluster.recordforms import capitalised
from reports.models import Conference, KeyTask, Recommendation


class _Filter(Filter):
    q = forms.CharField(label=_("Search"), required=False, max_length=100, widget=SearchInput)
    # The field of the day that tells the year.
    dated_by = ""
    model: Any = None

    def __init__(self, *args: Any, rights: Rights, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.rows = self.model.objects.of(rights.cluster)
        self.offer_years(self.rows, self.dated_by)

    def result(self) -> Any:
        chosen, rows = self.chosen(), self.rows
        if "year" in chosen:
            rows = rows.filter((f"{self.dated_by}__year", chosen["year"]))
        return self.narrowed(rows, chosen).matching(chosen.get("q", ""))

    def narrowed(self, rows: Any, chosen: dict[str, Any]) -> Any:
        return rows.filter(kind=chosen["kind"]) if "kind" in chosen else rows


class ConferenceFilter(_Filter):
    dated_by, model = "held_on", Conference
    kind = forms.ChoiceField(label=_("Kind"), required=False, choices=[ALL, *capitalised(Conference.Kind.choices)])


class RecommendationFilter(_Filter):
    dated_by, model = "made_on", Recommendation
    state = forms.ChoiceField(
        label=_("State"), required=False, choices=[ALL, *capitalised(Recommendation.State.choices)]
    )

    def narrowed(self, rows: Any, chosen: dict[str, Any]) -> Any:
        return rows.filter(state=chosen["state"]) if "state" in chosen else rows


class TaskFilter(_Filter):
    dated_by, model = "date_to", KeyTask
    state = forms.ChoiceField(
        label=_("Assessment"),
        required=False,
        choices=[
            ALL,
            ("none", _("Not assessed yet")),
            ("overdue", _("Overdue")),
            *capitalised(KeyTask.Assessment.choices),
        ],
    )
    article = forms.ModelChoiceField(
        Article.objects.none(), label=_("Article that it carries out"), required=False, empty_label=ALL[1]
    )

    def __init__(self, *args: Any, rights: Rights, **kwargs: Any) -> None:
        super().__init__(*args, rights=rights, **kwargs)
        offer(self.fields["article"], Article, article_choices(rights.cluster, of_all_times=True))

    def narrowed(self, rows: Any, chosen: dict[str, Any]) -> Any:
        if "article" in chosen:
            rows = rows.filter(article=chosen["article"])
        match chosen.get("state"):
            case None:
                return rows
            case "none":
                return rows.unassessed()
            case "overdue":
                return rows.overdue(timezone.localdate())
            case state:
                return rows.filter(assessment=state)
