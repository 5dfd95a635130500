import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cluster.access import Right, Rights, in_cluster
from cluster.forms import OnDay
from cluster.models import BoardMember, BorderPair, Cluster, Document, MemberUnit, Participant, Party, StandingTerm
from cluster.models.borders import km_in_words


@dataclass
class Side:
    """A party with its member units of the day, of the past and of the days to come."""

    party: Party
    now: list[MemberUnit] = field(default_factory=list)
    before: list[MemberUnit] = field(default_factory=list)
    coming: list[MemberUnit] = field(default_factory=list)


@dataclass(frozen=True)
class Border:
    """The pairs of communes that touch across the line of the parties, and how long they do together."""

    pairs: Sequence[BorderPair]

    @property
    def length(self) -> str:
        return km_in_words(
            sum((pair.shortest_km for pair in self.pairs), Decimal(0)),
            sum((pair.longest_km for pair in self.pairs), Decimal(0)),
        )

    @property
    def methods(self) -> list[str]:
        """How the lengths were found, each way once."""
        return list(dict.fromkeys(pair.method for pair in self.pairs if pair.method))


@in_cluster(Right.READ_TOTALS)
@require_safe
def cluster_detail(request: HttpRequest, rights: Rights) -> HttpResponse:
    """The cluster as it stood on a day: names, parties with their member units, board, standing role, neighbours."""
    cluster, today, form = rights.cluster, timezone.localdate(), OnDay(request.GET)
    day = form.chosen().get("on") or today
    sides = _sides_of(cluster, day)
    context: dict[str, Any] = {
        "form": form,
        "day": day,
        "is_today": day == today,
        "sides": sides,
        "member_count": sum(len(side.now) for side in sides),
        "last_day": _last_day_of(sides),
        "standing": StandingTerm.objects.of(cluster).on(day).select_related("cluster", "party", "unit").first(),
        "participants": Participant.objects.of(cluster).on(day).select_related("cluster", "party", "unit"),
        "border": Border(BorderPair.objects.of(cluster, day)),
    }
    if rights.reads_records:
        board = BoardMember.objects.of(cluster).on(day).select_related("cluster", "officer", "party")
        regulations = Document.objects.of(cluster).regulations().on(day).select_related("cluster")
        context |= {"board": board, "regulations": regulations}
    return render(request, "cluster/cluster_detail.html", context)


def _sides_of(cluster: Cluster, day: dt.date) -> list[Side]:
    sides = {party.pk: Side(party) for party in cluster.parties.all()}
    members = MemberUnit.objects.filter(party__cluster=cluster).select_related("unit").order_by("unit__name", "joined")
    for member in members:
        side = sides[member.party_id]
        if member.holds_on(day):
            side.now.append(member)
        else:
            (side.coming if member.joined > day else side.before).append(member)
    return list(sides.values())


def _last_day_of(sides: list[Side]) -> dt.date | None:
    """Where nobody is a member any more, the last day on which somebody was."""
    if any(side.now for side in sides):
        return None
    return max((member.left for side in sides for member in side.before if member.left), default=None)
