from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cluster.access import Right, Rights, in_cluster
from cluster.models import MemberUnit


@in_cluster(Right.READ_TOTALS)
@require_safe
def cluster_detail(request: HttpRequest, rights: Rights) -> HttpResponse:
    """The cluster: its names, and its parties with their member units, now and before."""
    today = timezone.localdate()
    members = MemberUnit.objects.filter(party__cluster=rights.cluster).select_related(
        "party", "unit__administrative_unit"
    )
    by_party: dict[str, dict[str, list[MemberUnit]]] = {
        party.name: {"now": [], "before": []} for party in rights.cluster.parties.all()
    }
    for member in members:
        by_party[member.party.name]["now" if member.holds_on(today) else "before"].append(member)
    return render(request, "cluster/cluster_detail.html", {"by_party": by_party, "today": today})
