"""The one write path of incidents, awards and declared figures."""

import datetime as dt
import uuid
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass, fields
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.utils import timezone
from django.utils.translation import gettext

from cluster.fields import fold
from cluster.models import AdministrativeUnit, Cluster, CrimeReport, MemberUnit, Officer, Party, PoliceUnit, User
from cluster.services import (
    Receipt,
    StaleVersion,
    claim_version,
    create_all,
    create_once,
    hold_seals,
    recording_unit,
    refuse_sealed,
    save_with_history,
)
from incidents.metrics import METRICS, MONTHLY
from incidents.models import Award, Category, DeclaredFigure, Incident
from patrols.models import Contingent, JointPatrol


class NotDeclarable(Exception):
    """The unit cannot declare that nothing happened in the month; the text says why, for the user."""


class _Data:
    """What is entered for a record, in the names of its fields."""

    def content(self) -> dict[str, Any]:
        """Shallow: ``asdict`` would copy the model instances."""
        return {f.name: getattr(self, f.name) for f in fields(self)}  # type: ignore[arg-type]


@dataclass(frozen=True, kw_only=True)
class IncidentData(_Data):
    """What is entered for an incident. Times are local; no number of persons means that it is not known."""

    occurred_on: dt.date
    category: Category
    unit: PoliceUnit
    occurred_at: dt.time | None = None
    commune: AdministrativeUnit | None = None
    place: str = ""
    persons_involved: int | None = None
    patrol: JointPatrol | None = None
    from_crime_report: bool = False
    crime_report: CrimeReport | None = None
    cooperating_units: tuple[PoliceUnit, ...] = ()
    outcome: str = Incident.Outcome.RECEIVED
    summary: str = ""
    seized_items: str = ""
    code: str = ""

    @classmethod
    def of(cls, incident: Incident) -> "IncidentData":
        plain = {f.name: getattr(incident, f.name) for f in fields(cls) if f.name != "cooperating_units"}
        return cls(**plain, cooperating_units=tuple(incident.cooperating_units.all()))

    def apply_to(self, incident: Incident) -> None:
        for name, value in self.content().items():
            if name != "cooperating_units":
                setattr(incident, name, value)


@dataclass(frozen=True, kw_only=True)
class AwardData(_Data):
    """What is entered for an award; the officer is found by the name."""

    decision_number: str
    decided_on: dt.date
    form: str
    recipient: str
    name: str
    level: str = ""
    unit: PoliceUnit | None = None
    achievement: str = ""

    @classmethod
    def of(cls, award: Award) -> "AwardData":
        return cls(**{f.name: getattr(award, f.name) for f in fields(cls)})

    def apply_to(self, award: Award) -> None:
        for name, value in self.content().items():
            setattr(award, name, value)
        award.officer = _officer_named(self, cluster=award.cluster)


@dataclass(frozen=True, kw_only=True)
class DeclaredData(_Data):
    """A figure known only as a total, of the cluster unless a party or a unit is named (counting rule 4)."""

    metric: str
    date_from: dt.date
    date_to: dt.date
    value: int
    party: Party | None = None
    unit: PoliceUnit | None = None
    category: Category | None = None
    qualifier: str = DeclaredFigure.Qualifier.EXACT
    source: str = ""

    def __post_init__(self) -> None:
        if self.metric not in METRICS:
            raise ValueError(f"There is no figure {self.metric!r}.")

    @classmethod
    def of(cls, figure: DeclaredFigure) -> "DeclaredData":
        return cls(**{f.name: getattr(figure, f.name) for f in fields(cls)})

    def apply_to(self, figure: DeclaredFigure) -> None:
        for name, value in self.content().items():
            setattr(figure, name, value)


def log_incident(
    *,
    cluster: Cluster,
    client_id: uuid.UUID,
    data: IncidentData,
    by: User | None,
    own_units: frozenset[int],
    now: dt.datetime,
    receipt: Receipt = lambda: None,
) -> tuple[Incident, bool]:
    """Write an incident once, for the own unit.

    Returns the incident and whether it is new; one that was deleted since is returned as well. Raises
    ``ContentDiffers`` where the client id has other content.
    """

    def make(digest: str) -> Incident:
        incident = Incident(cluster=cluster, client_id=client_id, content_hash=digest, recorded_by=by)
        incident.recorded_at = now
        incident.recorded_unit = recording_unit(data.unit, own_units=own_units)
        data.apply_to(incident)
        save_with_history(incident, by=by)
        if data.cooperating_units:
            incident.cooperating_units.set(data.cooperating_units)
        return incident

    content = {"cluster": cluster, **data.content()}
    if data.crime_report is None:  # of the time before there was a register of them, a submission has the same hash
        del content["crime_report"]
    return create_once(Incident, client_id=client_id, content=content, make=make, receipt=receipt)


@transaction.atomic
def edit_incident(
    incident: Incident,
    *,
    version: int,
    data: IncidentData,
    by: User,
    reason: str = "",
    receipt: Receipt = lambda: None,
) -> None:
    """Replace what was entered. Raises ``StaleVersion`` and ``SealedPeriod``."""
    claim_version(incident, version=version)
    data.apply_to(incident)
    save_with_history(incident, by=by, reason=reason)
    if set(incident.cooperating_units.all()) != set(data.cooperating_units):
        incident.cooperating_units.set(data.cooperating_units)
    receipt()


def log_award(
    *,
    cluster: Cluster,
    client_id: uuid.UUID,
    data: AwardData,
    by: User | None,
    now: dt.datetime,
) -> tuple[Award, bool]:
    """Write an award once. Returns and raises as ``log_incident`` does."""

    def make(digest: str) -> Award:
        award = Award(cluster=cluster, client_id=client_id, content_hash=digest, recorded_by=by)
        award.recorded_at = now
        data.apply_to(award)
        save_with_history(award, by=by)
        return award

    return create_once(Award, client_id=client_id, content={"cluster": cluster, **data.content()}, make=make)


@transaction.atomic
def edit_award(award: Award, *, version: int, data: AwardData, by: User, reason: str = "") -> None:
    """Replace what was entered. Raises ``StaleVersion`` and ``SealedPeriod``."""
    claim_version(award, version=version)
    data.apply_to(award)
    save_with_history(award, by=by, reason=reason)


def _officer_named(data: AwardData, *, cluster: Cluster) -> Officer | None:
    """The one officer of the unit, or of the cluster where no unit is named, who bears the recipient's name."""
    if data.recipient != Award.Recipient.INDIVIDUAL:
        return None
    members = MemberUnit.objects.filter(party__cluster=cluster).values("unit")
    officers = Officer.objects.filter(search=fold(data.name), unit__in=members)
    if data.unit:
        officers = officers.filter(unit=data.unit)
    found = list(officers[:2])
    return found[0] if len(found) == 1 else None


@transaction.atomic
def declare_figure(*, cluster: Cluster, data: DeclaredData, by: User | None, reason: str = "") -> DeclaredFigure:
    """Write a declared figure. The constraint ``declared_figure_once`` refuses a second one with ``IntegrityError``."""
    figure = DeclaredFigure(cluster=cluster, recorded_by=by)
    data.apply_to(figure)
    save_with_history(figure, by=by, reason=reason)
    return figure


@transaction.atomic
def edit_declared(figure: DeclaredFigure, *, version: int, data: DeclaredData, by: User, reason: str = "") -> None:
    """Replace what was declared. Raises ``StaleVersion``, and ``SealedPeriod`` for the days before and after."""
    _claim_declared(figure, version=version)
    data.apply_to(figure)
    refuse_sealed(figure.cluster_id, figure.span, whole=True)
    save_with_history(figure, by=by, reason=reason)


@transaction.atomic
def delete_declared(figure: DeclaredFigure, *, version: int, by: User, reason: str = "") -> None:
    """Withdraw a declared figure; its history stays. Raises ``StaleVersion`` and ``SealedPeriod``."""
    _claim_declared(figure, version=version)
    figure._history_user = by  # type: ignore[attr-defined]
    figure._change_reason = reason or None  # type: ignore[attr-defined]
    figure.delete()


def _claim_declared(figure: DeclaredFigure, *, version: int) -> None:
    """``claim_version`` for a row that is no record: it is removed, not hidden."""
    hold_seals(figure.cluster_id)
    if not DeclaredFigure.objects.filter(pk=figure.pk, version=version).update(version=F("version") + 1):
        raise StaleVersion
    refuse_sealed(figure.cluster_id, DeclaredFigure.objects.get(pk=figure.pk).span, whole=True)
    figure.version = version + 1


def declare_none(
    *, cluster: Cluster, unit: PoliceUnit, month: dt.date, kind: str, by: User, now: dt.datetime
) -> tuple[DeclaredFigure, bool]:
    """Declare that the unit had nothing of the kind in the month that holds the day (counting rule 5).

    Returns the declared 0 and whether it is new. Raises ``NotDeclarable`` with the reason in words.
    """
    if kind not in MONTHLY:
        raise ValueError(f"{kind!r} is not declared by month.")
    start = month.replace(day=1)
    end = month.replace(day=monthrange(month.year, month.month)[1])
    declared = DeclaredFigure.objects.filter(
        cluster=cluster, metric=kind, date_from=start, date_to=end, unit=unit, category=None
    )
    if (existing := declared.first()) and not existing.value:
        return existing, False
    if existing:
        raise NotDeclarable(gettext("Another figure is already declared for this month."))
    if start > timezone.localdate(now):
        raise NotDeclarable(gettext("This month has not begun yet."))
    members = MemberUnit.objects.filter(unit=unit, party__cluster=cluster, joined__lte=end)
    if not members.filter(Q(left=None) | Q(left__gte=start)).exists():
        raise NotDeclarable(unit.outsider_warning(start))
    if _has_records(cluster, unit, kind=kind, start=start, end=end):
        raise NotDeclarable(gettext("The unit already has records of this kind in this month."))
    data = DeclaredData(metric=kind, date_from=start, date_to=end, unit=unit, value=0)
    try:
        return declare_figure(cluster=cluster, data=data, by=by), True
    except IntegrityError:  # a second tap was faster
        return declared.get(), False


def _has_records(cluster: Cluster, unit: PoliceUnit, *, kind: str, start: dt.date, end: dt.date) -> bool:
    if kind == "incidents":
        return Incident.objects.of(cluster).in_period(start, end).filter(unit=unit).exists()
    lines = Contingent.objects.filter(unit=unit).exclude(state=Contingent.State.REFUSED)
    patrols = JointPatrol.objects.of(cluster).completed().in_period(start, end)
    return patrols.filter(Q(lead_unit=unit) | Exists(lines.filter(patrol=OuterRef("pk")))).exists()


@transaction.atomic
def import_records(
    *,
    cluster: Cluster,
    incidents: Sequence[Incident],
    awards: Sequence[Award],
    declared: Sequence[DeclaredFigure],
    by: User | None,
    now: dt.datetime,
) -> None:
    """Write many new records, unsaved so far, into the cluster."""
    for record in (*incidents, *awards):
        record.cluster, record.recorded_by, record.recorded_at = cluster, by, now
    for figure in declared:
        figure.cluster, figure.recorded_by = cluster, by
    create_all(Incident, incidents, by=by, now=now)
    create_all(Award, awards, by=by, now=now)
    create_all(DeclaredFigure, declared, by=by, now=now)
