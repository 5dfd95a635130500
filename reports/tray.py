"""What waits in the tray: a text from a phone beside the record whose client id it bears (security.md 3)."""

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Count, Q
from django.http import QueryDict
from django.urls import reverse

from cluster.access import Access, Rights
from cluster.models import Cluster, Posting, Submission
from cluster.queue import errors_of
from cluster.submissions import Difference, both_sides
from incidents.forms import IncidentForm
from incidents.models import Incident
from incidents.services import IncidentData
from patrols.forms import PatrolChoices, PatrolForm
from patrols.models import JointPatrol
from patrols.views.differences import both_sides_of

# What a field without a value says.
NOTHING = "–"


@dataclass(frozen=True)
class Compared:
    """A text and the record of its client id, in words. ``stored`` is None where the user may not see such a record."""

    stored: JointPatrol | Incident | None
    is_deleted: bool
    may_edit: bool
    sides: list[Difference] = field(default_factory=list)
    # Of a text that the form would not take today: what is wrong with it, and its inputs as they came.
    errors: list[dict[str, str]] = field(default_factory=list)
    inputs: list[tuple[str, str]] = field(default_factory=list)
    new_url: str = ""
    edit_url: str = ""

    @property
    def differing(self) -> list[Difference]:
        return [side for side in self.sides if side.stored != side.entered]

    @property
    def alike(self) -> list[Difference]:
        return [side for side in self.sides if side.stored == side.entered != NOTHING]


def compare(text: Submission, rights: Rights, *, now: dt.datetime) -> Compared:
    """Read the text as its form reads it, and lay what is stored beside it."""
    is_patrol = text.kind == Submission.Kind.PATROL
    name = "patrols:patrol" if is_patrol else "incidents:incident"
    model: Any = JointPatrol if is_patrol else Incident
    same_id = model.objects.filter(cluster=rights.cluster, client_id=text.client_id).first()
    is_deleted = same_id is not None and same_id.is_deleted
    stored = None if is_deleted else same_id
    sides, errors = _patrol_sides(text, stored, rights, now) if is_patrol else _incident_sides(text, stored, rights)
    slug, asked = rights.cluster.slug, f"?tray={text.pk}"
    return Compared(
        stored=stored,
        is_deleted=is_deleted,
        may_edit=stored is not None and rights.may_edit(stored),
        sides=sides,
        errors=errors,
        inputs=_inputs(text) if errors else [],
        new_url=reverse(f"{name}_new", args=[slug]) + asked,
        edit_url=reverse(f"{name}_edit", args=[slug, text.client_id]) + asked,
    )


Sides = tuple[list[Difference], list[dict[str, str]]]


def _patrol_sides(text: Submission, stored: JointPatrol | None, rights: Rights, now: dt.datetime) -> Sides:
    choices = PatrolChoices(rights.cluster)
    form = PatrolForm(QueryDict(text.body), choices=choices, rights=rights, now=now, client_id=text.client_id)
    return (both_sides_of(form.patrol_data, stored), []) if form.is_valid() else ([], errors_of(form))


def _incident_sides(text: Submission, stored: Incident | None, rights: Rights) -> Sides:
    blank = Incident(cluster=rights.cluster, client_id=text.client_id)
    form = IncidentForm(QueryDict(text.body), instance=blank, rights=rights)
    if not form.is_valid():
        return [], errors_of(form)
    known = IncidentData.of(stored).content() if stored else None
    return both_sides(Incident, stored=known, entered=form.data_entered().content()), []


def _inputs(text: Submission) -> list[tuple[str, str]]:
    """The texts of the form under the names of its inputs."""
    posted = QueryDict(text.body)
    return [(name, "; ".join(posted.getlist(name))) for name in posted if name not in ("client_id", "tray")]


def waiting_texts(access: Access) -> list[tuple[Cluster, int]]:
    """The clusters in whose tray something waits for the user, and how much."""
    coordinated = {posting.cluster_id for posting in access.postings if posting.role == Posting.Role.COORDINATOR}
    clusters = {cluster.pk: cluster for cluster in access.clusters}
    texts = Submission.objects.in_tray().filter(Q(user=access.user) | Q(cluster__in=coordinated), cluster__in=clusters)
    counted = texts.order_by().values_list("cluster").annotate(number=Count("pk"))
    return [(clusters[pk], number) for pk, number in counted]
