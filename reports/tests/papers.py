"""What tests ask of the papers of a review."""

from typing import Any

from cluster.models import Cluster
from cluster.tests.factories import TwoPartyCluster, make_posting
from cluster.tests.papers import word_lines
from reports.models import Amendment, Countersignature, Review
from reports.services import close_amendment, countersign, open_amendment
from reports.tests.signing import PAST


def address(cluster: Cluster, period: str, format_: str, query: str = "") -> str:
    return f"/clusters/{cluster.slug}/review/{period}.{format_}{query}"


def download(
    client: Any, place: TwoPartyCluster, format_: str = "docx", *, query: str = "", period: str = "2017"
) -> bytes:
    response = client.get(address(place.cluster, period, format_, query))
    assert response.status_code == 200
    return bytes(response.content)


def lines(client: Any, place: TwoPartyCluster, **how: Any) -> list[str]:
    """Of the Word file, in its order."""
    return word_lines(download(client, place, **how))


def between(lines_: list[str], start: str, end: str) -> list[str]:
    """The lines after the one that starts so, up to the one that ends the part."""
    first = next(place for place, line in enumerate(lines_) if line.startswith(start))
    last = next(place for place, line in enumerate(lines_) if place > first and line.startswith(end))
    return lines_[first + 1 : last]


def amended(review: Review, place: TwoPartyCluster, *, change: Any, reason: str = "Ghi nhầm số người") -> Amendment:
    leader = make_posting(role="leader", party=place.party).user
    opened = open_amendment(review, reason=reason, by=leader, now=PAST)
    change()
    return close_amendment(opened, by=leader, now=PAST)


def countersigned(review: Review, place: TwoPartyCluster) -> Countersignature:
    leader = make_posting(role="leader", party=place.partner_party).user
    said = {"capacity": "KT. TRƯỞNG BAN\nPHÓ TRƯỞNG BAN", "name": "Trần Văn B"}
    return countersign(review, party=place.partner_party, by=leader, now=PAST, **said)
