import datetime as dt
from dataclasses import dataclass, field

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cluster.access import Right, Rights, in_cluster
from cluster.models import Cluster, MemberUnit, Party


@dataclass
class Side:
    """A party with its member units of today, of the past and of the days to come."""

    party: Party
    now: list[MemberUnit] = field(default_factory=list)
    before: list[MemberUnit] = field(default_factory=list)
    coming: list[MemberUnit] = field(default_factory=list)


@in_cluster(Right.READ_TOTALS)
@require_safe
def cluster_detail(request: HttpRequest, rights: Rights) -> HttpResponse:
    """The cluster: its names, and its parties with their member units, now and before."""
    sides = _sides_of(rights.cluster, timezone.localdate())
    context = {"sides": sides, "member_count": sum(len(side.now) for side in sides)}
    return render(request, "cluster/cluster_detail.html", context)


def _sides_of(cluster: Cluster, today: dt.date) -> list[Side]:
    sides = {party.pk: Side(party) for party in cluster.parties.all()}
    members = MemberUnit.objects.filter(party__cluster=cluster).select_related("unit").order_by("unit__name", "joined")
    for member in members:
        side = sides[member.party_id]
        if member.holds_on(today):
            side.now.append(member)
        else:
            (side.coming if member.joined > today else side.before).append(member)
    return list(sides.values())
