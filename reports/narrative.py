"""The sentences that a review proposes: made from its figures, in the wording of official reports.

Who prepares the review takes them as they are, or writes better ones; causes are for people to find.
"""

from collections.abc import Iterator
from typing import NamedTuple

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from cluster.models import Cluster, Initiative
from cluster.numbers import qualified, share
from reports.models import KeyTask, Recommendation, Section
from reports.periods import Period
from reports.reckoning import Compared, Reckoning
from reports.wording import period_name

Kind = Section.Kind
# What happened most is told by name, the rest is in the table.
_MOST_NAMED = 3


class Plans(NamedTuple):
    """The tasks that were set for the time after the period, what was asked for in it and is not answered, and the
    names of the models that were kept up on its last day."""

    tasks: list[KeyTask]
    requests: list[Recommendation]
    models: list[str]

    @classmethod
    def of(cls, cluster: Cluster, period: Period) -> "Plans":
        tasks = KeyTask.objects.of(cluster).filter(date_from__gt=period.end, date_from__year__lte=period.end.year + 1)
        made = Recommendation.objects.of(cluster).filter(made_on__range=(period.start, period.end))
        return cls(
            list(tasks.order_by("date_from", "due_on", "pk")),
            list(made.open_on(period.end).order_by("made_on", "pk")),
            list(Initiative.objects.of(cluster).existing_on(period.end).values_list("name", flat=True)),
        )


def proposals(reckoning: Reckoning, plans: Plans) -> dict[str, str]:
    """For each section its proposed paragraphs, one a line, in the language in hand; empty where nothing is known."""
    made = {
        Kind.SITUATION: _situation(reckoning),
        Kind.RESULTS: _results(reckoning, plans),
        Kind.STRENGTHS: _strengths(reckoning),
        Kind.SHORTCOMINGS: _shortcomings(reckoning),
        Kind.CAUSES: iter(()),
        Kind.DIRECTION: _direction(plans),
        Kind.PROPOSALS: _requests(plans),
    }
    return {kind.value: "\n".join(sentences) for kind, sentences in made.items()}


def _said(reckoning: Reckoning, compared: Compared) -> str:
    """ "hơn 150", "25", "08" where the cluster writes so."""
    return qualified(compared.this.value, compared.this.qualifier, pad=reckoning.cluster.pads_small_numbers)


def _against(reckoning: Reckoning, compared: Compared) -> str:
    """ ", giảm 13 vụ (26,53%) so với năm 2016"; empty where no change can be told."""
    if not (words := compared.change_in(reckoning.wording)):
        return ""
    values = {"change": words, "comparison": reckoning.wording.compared_with()}
    return _(", %(change)s against %(comparison)s") % values


def _situation(reckoning: Reckoning) -> Iterator[str]:
    incidents, persons = (reckoning.figures[key] for key in ("incidents", "persons_involved"))
    if incidents.this.value is None:
        return
    involved = (
        _(", involving %(persons)s persons") % {"persons": _said(reckoning, persons)} if persons.this.value else ""
    )
    yield _("In %(period)s, %(incidents)s incidents occurred in the area of the cluster%(persons)s%(against)s.") % {
        "period": period_name(reckoning.period, reckoning.cluster),
        "incidents": _said(reckoning, incidents),
        "persons": involved,
        "against": _against(reckoning, incidents),
    }
    named = [row for row in reckoning.by_category if row.category and row.incidents][:_MOST_NAMED]
    if named:
        most = ", ".join(f"{row.category} ({reckoning.wording.number(row.incidents or 0)})" for row in named)
        yield _("Most of them: %(categories)s.") % {"categories": most}


def _results(reckoning: Reckoning, plans: Plans) -> Iterator[str]:
    figures = reckoning.figures
    patrols, people = figures["joint_patrols"], figures["participations"]
    if patrols.this.value is not None:
        with_people = (
            _(" with %(participations)s")
            % {"participations": reckoning.wording.participations(people.this.value, people.this.qualifier)}
            if people.this.value
            else ""
        )
        yield _("The parties carried out %(patrols)s%(people)s%(against)s.") % {
            "patrols": reckoning.wording.patrols(patrols.this.value, patrols.this.qualifier),
            "people": with_people,
            "against": _against(reckoning, patrols),
        }
    yield from _handled(reckoning)
    for key, sentence in _COUNTED:
        if figures[key].this.value:
            yield str(sentence) % {"n": _said(reckoning, figures[key]), "against": _against(reckoning, figures[key])}
    yield from _models(reckoning, plans)


def _models(reckoning: Reckoning, plans: Plans) -> Iterator[str]:
    """The models by name, as the conference calls them, and how many of them were rated effective."""
    if plans.models:
        yield _("The models that were kept up: %(names)s.") % {"names": "; ".join(f"“{name}”" for name in plans.models)}
    effective = reckoning.figures["initiatives_effective"].this.value
    if effective:
        said = ngettext("%(n)s of them was rated effective.", "%(n)s of them were rated effective.", effective)
        yield said % {"n": reckoning.wording.number(effective)}


def _handled(reckoning: Reckoning) -> Iterator[str]:
    figures = reckoning.figures
    whole, resolved = figures["incidents"].this, figures["incidents_resolved"].this
    if whole.value and whole.is_exact and resolved.value and resolved.is_exact:
        yield _("Of the incidents, %(share)s were resolved.") % {"share": share(resolved.value, whole.value)}
    if found := figures["incidents_found_on_patrol"].this.value:
        yield ngettext("Joint patrols found %(n)s incident.", "Joint patrols found %(n)s incidents.", found) % {
            "n": reckoning.wording.number(found)
        }


# Told in the results where there were any.
_COUNTED = (
    ("information_exchanges", gettext_lazy("Units exchanged information %(n)s times%(against)s.")),
    ("briefings", gettext_lazy("%(n)s briefings were held%(against)s.")),
    ("outreach_sessions", gettext_lazy("%(n)s outreach sessions were held%(against)s.")),
    ("initiatives", gettext_lazy("%(n)s initiatives of public order are kept up%(against)s.")),
    ("awards_collective", gettext_lazy("%(n)s collectives were awarded%(against)s.")),
    ("awards_individual", gettext_lazy("%(n)s individuals were awarded%(against)s.")),
)


def _moved(reckoning: Reckoning, compared: Compared) -> dict[str, str]:
    """The change and what it is against, for a sentence about it."""
    return {"change": compared.change_in(reckoning.wording), "comparison": reckoning.wording.compared_with()}


def _strengths(reckoning: Reckoning) -> Iterator[str]:
    patrols, incidents = (reckoning.figures[key] for key in ("joint_patrols", "incidents"))
    if patrols.change and patrols.change > 0:
        yield _("Joint patrols were kept up, %(change)s against %(comparison)s.") % _moved(reckoning, patrols)
    if incidents.change and incidents.change < 0:
        yield _("Public order along the border was kept; incidents went %(change)s against %(comparison)s.") % _moved(
            reckoning, incidents
        )


def _shortcomings(reckoning: Reckoning) -> Iterator[str]:
    patrols, incidents = (reckoning.figures[key] for key in ("joint_patrols", "incidents"))
    if patrols.change and patrols.change < 0:
        yield _("Joint patrols went %(change)s against %(comparison)s.") % _moved(reckoning, patrols)
    if incidents.change and incidents.change > 0:
        yield _("Incidents went %(change)s against %(comparison)s.") % _moved(reckoning, incidents)
    confirmed = reckoning.figures["joint_patrols_confirmed"].this.value
    if patrols.this.value and confirmed is not None and confirmed < patrols.this.value:
        waiting = patrols.this.value - confirmed
        yield ngettext(
            "%(n)s joint patrol is not yet confirmed by all sides.",
            "%(n)s joint patrols are not yet confirmed by all sides.",
            waiting,
        ) % {"n": reckoning.wording.number(waiting)}


def _direction(plans: Plans) -> Iterator[str]:
    for task in plans.tasks:
        yield _("%(task)s (%(owner)s).") % {"task": task.content.rstrip("."), "owner": task.owner}


def _requests(plans: Plans) -> Iterator[str]:
    for request in plans.requests:
        yield _("To %(addressee)s: %(content)s") % {"addressee": request.addressee, "content": request.content}
