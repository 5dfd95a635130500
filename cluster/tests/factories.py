"""Plain functions that make rows for tests; a test names what matters to it and nothing else."""

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import count
from typing import Any

from cluster.models import (
    UNKNOWN_START,
    AdministrativeUnit,
    Advice,
    Article,
    BoardMember,
    BorderPair,
    Cluster,
    CrimeReport,
    Document,
    Force,
    InformationExchange,
    Initiative,
    InitiativeActivity,
    InitiativeRating,
    MemberUnit,
    Notice,
    Officer,
    Outreach,
    PaperSettings,
    Participant,
    Party,
    PoliceUnit,
    Posting,
    SavedFilter,
    Seal,
    StandingTerm,
    User,
)

LONG_AGO = dt.date(2010, 1, 1)
_numbers = count(1)


def make_cluster(*, slug: str = "", name: str = "", **fields: Any) -> Cluster:
    number = next(_numbers)
    return Cluster.objects.create(slug=slug or f"cum-{number}", name=name or f"Cụm {number}", **fields)


def make_administrative_unit(
    *,
    name: str = "",
    kind: str = AdministrativeUnit.Kind.COMMUNE,
    code: str = "",
    valid_from: dt.date = UNKNOWN_START,
    **fields: Any,
) -> AdministrativeUnit:
    number = next(_numbers)
    return AdministrativeUnit.objects.create(
        code=code or f"T{number}",
        name=name or f"Địa bàn {number}",
        kind=kind,
        valid_from=valid_from,
        **fields,
    )


def make_paper_settings(*, cluster: Cluster | None = None, **changes: Any) -> PaperSettings:
    proposed = PaperSettings.proposed_for(cluster or make_cluster())
    for name, value in {"place": "Lệ Thủy", **changes}.items():
        setattr(proposed, name, value)
    proposed.save()
    return proposed


def make_party(*, cluster: Cluster | None = None, name: str = "", **fields: Any) -> Party:
    return Party.objects.create(cluster=cluster or make_cluster(), name=name or f"Bên {next(_numbers)}", **fields)


def make_unit(
    *,
    name: str = "",
    administrative_unit: AdministrativeUnit | None = None,
    cluster: Cluster | None = None,
    **fields: Any,
) -> PoliceUnit:
    """A police unit of an administrative unit (a new commune, if none is given) or known within a cluster."""
    if cluster is None and administrative_unit is None:
        administrative_unit = make_administrative_unit()
    return PoliceUnit.objects.create(
        name=name or f"Công an xã {next(_numbers)}",
        administrative_unit=administrative_unit,
        cluster=cluster,
        **fields,
    )


def make_member(*, party: Party, unit: PoliceUnit | None = None, **fields: Any) -> MemberUnit:
    return MemberUnit.objects.create(party=party, unit=unit or make_unit(), **fields)


def make_force(*, name: str = "", **fields: Any) -> Force:
    return Force.objects.create(name=name or f"Lực lượng {next(_numbers)}", **fields)


def make_officer(*, unit: PoliceUnit | None = None, name: str = "", **fields: Any) -> Officer:
    return Officer.objects.create(unit=unit or make_unit(), name=name or f"Cán bộ {next(_numbers)}", **fields)


def make_exchange(
    *,
    cluster: Cluster,
    from_unit: PoliceUnit | None = None,
    to_unit: PoliceUnit | None = None,
    exchanged_on: dt.date = dt.date(2017, 6, 1),
    **fields: Any,
) -> InformationExchange:
    """By telephone, on the situation, between two units known within the cluster unless they are named."""
    return InformationExchange.objects.create(
        cluster=cluster,
        from_unit=from_unit or make_unit(cluster=cluster),
        to_unit=to_unit or make_unit(cluster=cluster),
        exchanged_on=exchanged_on,
        **({"channel": "telephone", "subject": "situation"} | fields),
    )


def make_board_member(*, cluster: Cluster, date_from: dt.date = dt.date(2016, 1, 1), **fields: Any) -> BoardMember:
    """A plain member of the board, unless the fields say otherwise."""
    person = {"seat": BoardMember.Seat.MEMBER, "name": f"Thành viên {next(_numbers)}", "post": "Trưởng Công an xã"}
    return BoardMember.objects.create(cluster=cluster, date_from=date_from, **(person | fields))


def make_term(
    *, cluster: Cluster, party: Party | None = None, date_from: dt.date = dt.date(2017, 1, 1), **fields: Any
) -> StandingTerm:
    """The year 2017 of a new party of the cluster, unless the fields say otherwise."""
    return StandingTerm.objects.create(
        cluster=cluster,
        party=party or make_party(cluster=cluster),
        date_from=date_from,
        **({"date_to": dt.date(2017, 12, 31)} | fields),
    )


def make_participant(*, cluster: Cluster, name: str = "", **fields: Any) -> Participant:
    return Participant.objects.create(
        cluster=cluster, name=name or f"Thôn {next(_numbers)}", **({"kind": "hamlet"} | fields)
    )


def make_document(
    *, cluster: Cluster, kind: str = Document.Kind.PLAN, issued_on: dt.date = dt.date(2017, 2, 1), **fields: Any
) -> Document:
    """A plan of another body, under a number of its own; articles of its text are not made."""
    number = next(_numbers)
    said = {"issuer": "Công an huyện", "number_symbol": f"{number}/KH-CA", "abstract": f"Kế hoạch {number}"}
    return Document.objects.create(cluster=cluster, kind=kind, issued_on=issued_on, **(said | fields))


def make_article(*, cluster: Cluster, document: Document | None = None, number: int = 1, **fields: Any) -> Article:
    regulation = document or make_document(cluster=cluster, kind=Document.Kind.REGULATION)
    return Article.objects.create(document=regulation, number=number, **({"title": "Tuần tra"} | fields))


def make_advice(*, cluster: Cluster, given_on: dt.date = dt.date(2017, 6, 1), **fields: Any) -> Advice:
    said = {"addressee": "UBND huyện", "subject": "Đợt cao điểm cuối năm"}
    return Advice.objects.create(cluster=cluster, given_on=given_on, **(said | fields))


def make_border(*, one: AdministrativeUnit, other: AdministrativeUnit, km: str = "10.8", **fields: Any) -> BorderPair:
    """Of one length, unless ``longest_km`` makes it a range."""
    lengths = {"shortest_km": Decimal(km), "longest_km": Decimal(km)}
    return BorderPair.objects.create(one=one, other=other, **(lengths | fields))


def make_initiative(
    *, cluster: Cluster, name: str = "", founded: dt.date = LONG_AGO, communes: Sequence[Any] = (), **fields: Any
) -> Initiative:
    names = {"name": name or f"Mô hình {next(_numbers)}", "kind": "Cụm giáp ranh an toàn về ANTT"}
    initiative = Initiative.objects.create(cluster=cluster, founded=founded, **(names | fields))
    initiative.communes.set(communes)
    return initiative


def make_activity(
    *, initiative: Initiative, unit: PoliceUnit | None = None, held_on: dt.date = dt.date(2017, 6, 1), **fields: Any
) -> InitiativeActivity:
    own = {"cluster": initiative.cluster, "content": "Sinh hoạt định kỳ"}
    unit = unit or make_unit(cluster=initiative.cluster)
    return InitiativeActivity.objects.create(initiative=initiative, unit=unit, held_on=held_on, **(own | fields))


def make_rating(
    *, initiative: Initiative, year: int = 2017, rating: str = "effective", **fields: Any
) -> InitiativeRating:
    own = {"cluster": initiative.cluster, "evidence": "Biên bản họp", "rated_by": "Ban điều hành cụm"}
    day = dt.date(year, 12, 20)
    return InitiativeRating.objects.create(
        initiative=initiative, year=year, rating=rating, **({"rated_on": day} | own | fields)
    )


def make_outreach(
    *, cluster: Cluster, unit: PoliceUnit | None = None, held_on: dt.date = dt.date(2017, 6, 1), **fields: Any
) -> Outreach:
    own = {"topic": "Phòng, chống trộm cắp", "form": "meeting"}
    return Outreach.objects.create(
        cluster=cluster, unit=unit or make_unit(cluster=cluster), held_on=held_on, **(own | fields)
    )


def make_crime_report(
    *, cluster: Cluster, unit: PoliceUnit | None = None, received_on: dt.date = dt.date(2017, 6, 1), **fields: Any
) -> CrimeReport:
    own = {"channel": "telephone", "subject": "theft"}
    return CrimeReport.objects.create(
        cluster=cluster, unit=unit or make_unit(cluster=cluster), received_on=received_on, **(own | fields)
    )


def make_user(*, username: str = "", password: str | None = None, **fields: Any) -> User:
    """Without a password only `client_of` signs the user in: Argon2 takes its time."""
    return User.objects.create_user(username or f"user-{next(_numbers)}", password, **fields)


def make_posting(
    *, role: str, user: User | None = None, valid_from: dt.date = LONG_AGO, **place_and_dates: Any
) -> Posting:
    return Posting.objects.create(user=user or make_user(), role=role, valid_from=valid_from, **place_and_dates)


def make_seal(*, cluster: Cluster, year: int = 2017, is_open: bool = False, **fields: Any) -> Seal:
    """A calendar year that was signed on the last day of January, unless the fields say otherwise."""
    dates = {"date_from": dt.date(year, 1, 1), "date_to": dt.date(year, 12, 31)}
    signed_at = dt.datetime(year + 1, 1, 31, 9, tzinfo=dt.UTC)
    return Seal.objects.create(cluster=cluster, is_open=is_open, **(dates | {"signed_at": signed_at} | fields))


def make_notice(*, recipient: User | None = None, cluster: Cluster | None = None, **fields: Any) -> Notice:
    """That a line waits, about no record unless ``about`` names one."""
    number = next(_numbers)
    cluster = cluster or make_cluster()
    params = {"patrol": f"01/06/2017 · Tuyến {number}", "unit": "Công an xã An", "people": 4}
    defaults = {
        "kind": "line_waits",
        "event": f"event:{number}",
        "params": params,
        "address": f"/clusters/{cluster.slug}/",
    }
    return Notice.objects.create(recipient=recipient or make_user(), cluster=cluster, **(defaults | fields))


def make_saved_filter(*, owner: User | None = None, cluster: Cluster | None = None, **fields: Any) -> SavedFilter:
    number = next(_numbers)
    defaults = {"name": f"Bộ lọc {number}", "view": "patrols:patrol_list", "query": "year=2017"}
    return SavedFilter.objects.create(
        owner=owner or make_user(), cluster=cluster or make_cluster(), **(defaults | fields)
    )


@dataclass(frozen=True)
class TwoPartyCluster:
    cluster: Cluster
    party: Party
    partner_party: Party
    unit: PoliceUnit
    partner_unit: PoliceUnit
    force: Force

    @property
    def parties(self) -> tuple[Party, Party]:
        return self.party, self.partner_party

    @property
    def units(self) -> tuple[PoliceUnit, PoliceUnit]:
        return self.unit, self.partner_unit


def make_two_party_cluster(**cluster_fields: Any) -> TwoPartyCluster:
    """The least that a joint patrol needs: two parties with a commune's unit each, and a force."""
    cluster = make_cluster(**cluster_fields)
    party, partner_party = (make_party(cluster=cluster, position=position) for position in (1, 2))
    return TwoPartyCluster(
        cluster=cluster,
        party=party,
        partner_party=partner_party,
        unit=make_member(party=party).unit,
        partner_unit=make_member(party=partner_party).unit,
        force=make_force(),
    )
