"""A small year of a cluster, and its review signed: for the tests of what is signed and what comes after."""

import datetime as dt
from typing import Any

from django.utils import timezone

from cluster.models import Party, User
from cluster.tests.factories import TwoPartyCluster, make_member, make_posting
from incidents.tests.factories import make_award, make_category, make_declared, make_incident
from patrols.tests.factories import make_campaign, make_patrol
from reports.edition import Edition
from reports.models import Review
from reports.periods import Period
from reports.services import Signature, digest_of, prepare_review, sign_review

YEAR = Period(dt.date(2017, 1, 1), dt.date(2017, 12, 31))
PAST = dt.datetime(2017, 12, 31, 9, tzinfo=dt.UTC)


def make_year(place: TwoPartyCluster) -> TwoPartyCluster:
    """Two years with a row of every kind that a figure counts."""
    cluster = place.cluster
    theft = make_category(cluster=cluster, name="Trộm cắp tài sản")
    make_campaign(cluster=cluster, name="Tết")
    for year, count in ((2016, 2), (2017, 3)):
        for month in range(1, count + 1):
            start = dt.datetime(year, month, 5, 14, tzinfo=dt.UTC)
            fields = {"cluster": cluster, "recorded_at": PAST, "recorded_unit": place.unit}
            make_patrol(starts_at=start, units=place.units, headcount=20 + month, force=place.force, **fields)
            make_incident(unit=place.unit, category=theft, occurred_on=start.date(), persons_involved=month, **fields)
    silent = make_member(party=place.party).unit
    make_declared(cluster=cluster, year=2017, unit=silent, value=2)
    make_declared(cluster=cluster, year=2017, metric="initiatives", value=3)
    make_award(cluster=cluster, recorded_at=PAST)
    return place


def draft(place: TwoPartyCluster, *, period: Period = YEAR, by: User | None = None) -> Review:
    coordinator = by or make_posting(role="coordinator", cluster=place.cluster).user
    return prepare_review(cluster=place.cluster, period=period, by=coordinator)


def signature_for(party: Party, **changes: Any) -> Signature:
    said = {"capacity": "TM. BAN ĐIỀU HÀNH\nTRƯỞNG BAN", "name": "Nguyễn Văn A", "place": "Lệ Thủy"}
    return Signature(party=party, **(said | {"issued_on": dt.date(2018, 1, 5)} | changes))


def signed(
    place: TwoPartyCluster,
    *,
    period: Period = YEAR,
    by: User | None = None,
    party: Party | None = None,
    now: dt.datetime | None = None,
) -> Review:
    """By a leader of the first party, unless another is named."""
    review, party = draft(place, period=period), party or place.party
    leader = by or make_posting(role="leader", party=party).user
    seen = digest_of(Edition.of(review))
    return sign_review(review, seen=seen, signature=signature_for(party), by=leader, now=now or timezone.now())
