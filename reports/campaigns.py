"""What came of a campaign, by the figures of its own days: for its page and its paper."""

from functools import cached_property
from typing import NamedTuple

from django.utils.functional import Promise

from cluster.models import MemberUnit, Party, PoliceUnit
from patrols.models import Campaign, JointPatrol
from reports.figures import FIGURES
from reports.periods import Period
from reports.reckoning import Reckoning
from reports.slices import Slice

# Of the campaign's patrols; what happened in its days is told of the whole cluster, beside the year before.
OF_ITS_PATROLS = ("joint_patrols", "participations", "incidents_found_on_patrol")


class Share(NamedTuple):
    """What a party or a unit of it did in the campaign, by the keys of OF_ITS_PATROLS."""

    party: Party
    unit: PoliceUnit | None
    values: dict[str, int | None]

    @property
    def label(self) -> str:
        return self.unit.name if self.unit else self.party.name


class CampaignResult:
    """Each figure is that of the review, narrowed to the campaign; nothing is counted here."""

    def __init__(self, campaign: Campaign) -> None:
        self.campaign = campaign
        self.cluster = campaign.cluster
        self.period = Period(campaign.date_from, campaign.date_to)
        self.reckoning = Reckoning(self.cluster, self.period)

    def value(self, key: str, *, party: int | None = None, unit: int | None = None) -> int | None:
        at = Slice(party=party, unit=unit, campaign=self.campaign.pk)
        return self.reckoning.value(FIGURES[key], self.period, at).value

    @cached_property
    def figures(self) -> list[tuple[str, str | Promise, int | None]]:
        return [(key, FIGURES[key].metric.label, self.value(key)) for key in OF_ITS_PATROLS]

    @cached_property
    def shares(self) -> list[Share]:
        """The parties, each with its units that did anything; a unit leads a patrol and is in its own lines."""
        rows: list[Share] = []
        for party in self.cluster.parties.all():
            rows.append(Share(party, None, self._values(party)))
            rows += [share for unit in self._units(party) if any((share := self._share(party, unit)).values.values())]
        return rows

    def _units(self, party: Party) -> list[PoliceUnit]:
        members: list[MemberUnit] = [member for member in self.reckoning.facts.members if member.party_id == party.pk]
        there = {m.unit_id: m.unit for m in members if m.holds_on(self.period.start) or m.holds_on(self.period.end)}
        return sorted(there.values(), key=lambda unit: unit.name)

    def _share(self, party: Party, unit: PoliceUnit) -> Share:
        return Share(party, unit, self._values(party, unit))

    def _values(self, party: Party, unit: PoliceUnit | None = None) -> dict[str, int | None]:
        return {key: self.value(key, party=party.pk, unit=unit.pk if unit else None) for key in OF_ITS_PATROLS}

    @cached_property
    def patrols(self) -> list[JointPatrol]:
        """The patrols that count, oldest first."""
        rows = FIGURES["joint_patrols"].rows(self.cluster, self.period).filter(campaign=self.campaign)
        return list(rows.select_related("cluster", "lead_unit").order_by("local_date", "starts_at", "pk"))

    @property
    def outside(self) -> int:
        """Completed patrols that bear the campaign's name on other days than its own: these do not count in it."""
        patrols = JointPatrol.objects.of(self.cluster).completed().filter(campaign=self.campaign)
        return patrols.exclude(local_date__range=(self.period.start, self.period.end)).count()
