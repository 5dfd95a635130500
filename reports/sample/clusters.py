"""The sample's clusters with their parties, member units, categories and campaigns."""

from typing import Any

from cluster.models import AdministrativeUnit, Cluster, MemberUnit, Party, PoliceUnit, User
from incidents.models import Category
from patrols.models import Campaign
from reports.sample.once import by_name, once
from reports.sample.tables import cluster_facts, day, day_or_none, table

_CAMPAIGN_KINDS = {"Cao điểm": Campaign.Kind.PEAK, "Bảo vệ ngày lễ": Campaign.Kind.HOLIDAY}


def load_cluster(slug: str, *, by: User | None) -> Cluster | None:
    """The cluster, complete but for its records; None if somebody removed it."""
    facts = cluster_facts(slug)
    parties = facts.pop("parties")
    cluster = once(Cluster, by=by, fields=facts, slug=slug)
    if cluster:
        _load_members(cluster, _load_parties(cluster, parties, by=by), by=by)
        _load_categories(cluster, by=by)
        _load_campaigns(cluster, by=by)
    return cluster


def _load_parties(cluster: Cluster, rows: list[dict[str, Any]], *, by: User | None) -> dict[str, Party | None]:
    parties = {}
    for position, row in enumerate(rows, start=1):
        unit = AdministrativeUnit.objects.valid_on(row["on"]).filter(code=row["code"]).first()
        fields = {"administrative_unit": unit, "position": position}
        parties[row["name"]] = once(Party, by=by, fields=fields, cluster=cluster, name=row["name"])
    return parties


def _load_members(cluster: Cluster, parties: dict[str, Party | None], *, by: User | None) -> None:
    units = by_name(PoliceUnit)
    for row in table(cluster.slug, "members.csv"):
        party, unit = parties[row["Bên"]], units.get(row["Đơn vị"])
        if party and unit:
            left = {"left": day_or_none(row["Đến ngày"])}
            once(MemberUnit, by=by, fields=left, party=party, unit=unit, joined=day(row["Từ ngày"]))


def _load_categories(cluster: Cluster, *, by: User | None) -> None:
    for row in table(cluster.slug, "categories.csv"):
        once(Category, by=by, fields={"group": row["Nhóm"]}, cluster=cluster, name=row["Loại vụ việc"])


def _load_campaigns(cluster: Cluster, *, by: User | None) -> None:
    for row in table(cluster.slug, "campaigns.csv"):
        fields = {
            "kind": _CAMPAIGN_KINDS[row["Loại"]],
            "date_from": day(row["Từ ngày"]),
            "date_to": day(row["Đến ngày"]),
            "plan": row["Kế hoạch"],
        }
        once(Campaign, by=by, fields=fields, cluster=cluster, name=row["Đợt cao điểm"])
