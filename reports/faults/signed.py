"""A small cluster whose reviews are signed, and every way in which somebody might try to change what they say."""

import datetime as dt
import uuid
from collections.abc import Callable
from dataclasses import replace
from typing import Any

from django.db import transaction
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from cluster.access import Access
from cluster.models import Cluster, Force, MemberUnit, PoliceUnit, Posting, User
from cluster.services import SealedPeriod, delete_record
from incidents.models import Category, DeclaredFigure, Incident
from incidents.services import (
    DeclaredData,
    IncidentData,
    declare_figure,
    edit_declared,
    edit_incident,
    log_incident,
)
from patrols.models import Contingent, JointPatrol
from patrols.services import (
    LineData,
    PatrolData,
    confirm_line,
    correct_line,
    delete_patrol,
    log_patrol,
    refuse_line,
)
from reports import services
from reports.edition import Edition
from reports.freezing import sha256
from reports.models import Amendment, Review, Section
from reports.periods import Period
from reports.services import Signature, digest_of, prepare_review, sign_review

NOW = dt.datetime(2018, 2, 1, 3, tzinfo=dt.UTC)
YEARS = (2016, 2017)
years, numbers = st.sampled_from(YEARS), st.integers(1, 9)


class Broken(AssertionError):
    """What was promised does not hold."""


def demand(sentence: str, *, holds: bool) -> None:
    if not holds:
        raise Broken(sentence)


def world() -> dict[str, Any]:
    """Two parties with a unit each; in both years a patrol, two incidents and a declared figure. 2017 is signed."""
    cluster = Cluster.objects.create(slug="cum-kiem-chung", name="Cụm kiểm chứng")
    parties = [cluster.parties.create(name=name, position=n) for n, name in enumerate(("Lệ Thủy", "Vĩnh Linh"), 1)]
    units = [PoliceUnit.objects.create(name=f"Công an {party}", cluster=cluster) for party in parties]
    for party, unit in zip(parties, units, strict=True):
        MemberUnit.objects.create(party=party, unit=unit)
    users = {name: User.objects.create_user(f"kiem-chung-{name}") for name in ("coordinator", "leader")}
    long_ago = dt.date(2010, 1, 1)
    Posting.objects.create(user=users["coordinator"], role="coordinator", cluster=cluster, valid_from=long_ago)
    Posting.objects.create(user=users["leader"], role="leader", party=parties[0], valid_from=long_ago)
    force = Force.objects.create(name="Lực lượng kiểm chứng")
    category = Category.objects.create(cluster=cluster, name="Trộm cắp tài sản")
    by = users["coordinator"]
    common: dict[str, Any] = {
        "cluster": cluster,
        "by": by,
        "own_units": frozenset(),
        "now": NOW - dt.timedelta(days=40),
    }
    lines = tuple(LineData(unit=unit, force=force, headcount=5) for unit in units)
    reviews = {}
    for year in YEARS:
        start = dt.datetime(year, 6, 1, 14, tzinfo=dt.UTC)
        patrol = PatrolData(route="Tuyến giáp ranh", lead_unit=units[0], starts_at=start, lines=lines)
        log_patrol(client_id=uuid.uuid4(), data=patrol, **common)
        for month in (3, 9):
            incident = IncidentData(occurred_on=dt.date(year, month, 1), category=category, unit=units[0])
            log_incident(client_id=uuid.uuid4(), data=incident, **common)
        days: dict[str, Any] = {"date_from": dt.date(year, 1, 1), "date_to": dt.date(year, 12, 31)}
        declare_figure(cluster=cluster, data=DeclaredData(metric="initiatives", value=3, **days), by=by)
        reviews[year] = prepare_review(cluster=cluster, period=_year(year), by=by)
    made = {"cluster": cluster, "units": units, "category": category, "reviews": reviews, "party": parties[0], **users}
    sign(made, 2017)
    return made


def _year(year: int) -> Period:
    return Period(dt.date(year, 1, 1), dt.date(year, 12, 31))


def sign(made: dict[str, Any], year: int) -> None:

    review = made["reviews"][year]
    texts: dict[str, Any] = {"capacity": "TRƯỞNG BAN", "name": "A", "place": "Lệ Thủy"}
    signature = Signature(party=made["party"], issued_on=dt.date(2018, 1, 5), **texts)
    sign_review(review, seen=digest_of(Edition.of(review)), signature=signature, by=made["leader"], now=NOW)


class SignedFigures(RuleBasedStateMachine):
    """Every run is taken back. ``made`` is the world, which is there before the first."""

    made: dict[str, Any]

    def __init__(self) -> None:
        super().__init__()
        self.cluster, self.by, self.leader = (self.made[name] for name in ("cluster", "coordinator", "leader"))
        self.rights = Access(self.by).rights_in(self.cluster)
        self.atomic = transaction.atomic()
        self.atomic.__enter__()
        self.open: dict[int, bool] = {}
        self.signed: dict[int, tuple[str, str, dict[str, Any]]] = {}
        self._remember(2017)

    def teardown(self) -> None:
        transaction.set_rollback(True)
        self.atomic.__exit__(None, None, None)

    def _remember(self, year: int) -> None:
        review = Review.objects.get(pk=self.made["reviews"][year].pk)
        self.signed[year] = review.snapshot, review.snapshot_hash, self._said(year)
        self.open[year] = False

    def _said(self, year: int) -> dict[str, Any]:
        """What the page states, whatever rows there are today."""
        edition = Edition(self.cluster, _year(year))
        figures = {key: (c.this, c.before, c.change) for key, c in edition.figures.items()}
        return {"state": edition.state, "figures": figures, "by_month": edition.by_month, **edition.sections}

    def _try(self, write: Callable[[], Any], *touched: int) -> None:
        """The write goes through, or is refused and leaves nothing, as the seals of the touched years say."""
        is_sealed = any(year in self.open and not self.open[year] for year in touched)
        before = self._rows()
        try:
            with transaction.atomic():
                write()
        except SealedPeriod:
            demand("refused though the period is open", holds=is_sealed)
            demand("a refused write left something", holds=self._rows() == before)
        else:
            demand("a signed row was changed without an amendment", holds=not is_sealed)

    def _rows(self) -> list[Any]:
        kept = (Incident, JointPatrol, Contingent, DeclaredFigure)
        return [(sorted(model.objects.values_list("pk", "version")), model.history.count()) for model in kept]

    def _incident(self, year: int) -> Any:
        return Incident.objects.of(self.cluster).filter(occurred_on__year=year).order_by("pk").first()

    def _line(self, year: int) -> Any:
        lines = Contingent.objects.answerable().filter(local_date__year=year)
        return lines.select_related("patrol", "unit").order_by("pk").first()

    @rule(year=years, persons=numbers)
    def correct_an_incident(self, year: int, persons: int) -> None:
        if row := self._incident(year):
            data = replace(IncidentData.of(row), persons_involved=persons)
            self._try(lambda: edit_incident(row, version=row.version, data=data, by=self.by, reason="x"), year)

    @rule(year=years)
    def move_an_incident_to_the_other_year(self, year: int) -> None:
        if row := self._incident(year):
            other = next(one for one in YEARS if one != year)
            data = replace(IncidentData.of(row), occurred_on=dt.date(other, 5, 5))
            self._try(lambda: edit_incident(row, version=row.version, data=data, by=self.by, reason="x"), year, other)

    @rule(year=years)
    def delete_an_incident(self, year: int) -> None:
        if row := self._incident(year):
            self._try(lambda: delete_record(row, version=row.version, by=self.by, reason="x", now=NOW), year)

    @rule(year=years, day=numbers)
    def log_a_late_incident(self, year: int, day: int) -> None:
        data = IncidentData(
            occurred_on=dt.date(year, 7, day), category=self.made["category"], unit=self.made["units"][0]
        )
        known: dict[str, Any] = {"cluster": self.cluster, "by": self.by, "own_units": frozenset(), "now": NOW}
        self._try(lambda: log_incident(client_id=uuid.uuid4(), data=data, **known))

    @rule(year=years)
    def confirm_a_line(self, year: int) -> None:
        if line := self._line(year):
            known: dict[str, Any] = {"version": line.version, "rights": self.rights, "reason": "x", "now": NOW}
            touched = [year] if line.state == "refused" else []
            self._try(lambda: confirm_line(line, **known), *touched)

    @rule(year=years, headcount=st.integers(10, 20))
    def correct_a_line(self, year: int, headcount: int) -> None:
        if (line := self._line(year)) and line.headcount != headcount:
            known: dict[str, Any] = {"version": line.version, "rights": self.rights, "reason": "x", "now": NOW}
            self._try(lambda: correct_line(line, headcount=headcount, **known), year)

    @rule(year=years)
    def refuse_a_line(self, year: int) -> None:
        if (line := self._line(year)) and line.state != "refused":
            known: dict[str, Any] = {"version": line.version, "rights": self.rights, "reason": "x", "now": NOW}
            self._try(lambda: refuse_line(line, **known), year)

    @rule(year=years)
    def delete_a_patrol(self, year: int) -> None:
        if row := JointPatrol.objects.of(self.cluster).filter(local_date__year=year).first():
            self._try(lambda: delete_patrol(row, version=row.version, rights=self.rights, reason="x", now=NOW), year)

    @rule(year=years, value=numbers)
    def edit_a_declared_figure(self, year: int, value: int) -> None:
        row = DeclaredFigure.objects.get(cluster=self.cluster, date_from__year=year)
        data = replace(DeclaredData.of(row), value=value)
        self._try(lambda: edit_declared(row, version=row.version, data=data, by=self.by, reason="x"), year)

    @rule(year=years, text=st.sampled_from(("Tình hình ổn định.", "Tình hình phức tạp.")))
    def write_a_section(self, year: int, text: str) -> None:
        review, kind = self.made["reviews"][year], Section.Kind.SITUATION.value
        stored = review.sections.filter(kind=kind).first()
        known: dict[str, Any] = {"version": stored.version if stored else 0, "by": self.by, "now": NOW}
        try:
            services.write_section(review, kind, text=text, proposal="", **known)
        except services.NotADraft:
            demand("a draft was refused", holds=year in self.signed)
        else:
            demand("the text of a signed review was written", holds=year not in self.signed)

    @rule(year=years)
    def give_back(self, year: int) -> None:
        try:
            services.return_review(self.made["reviews"][year], reason="x", by=self.leader, now=NOW)
        except services.NotADraft:
            demand("a draft was refused", holds=year in self.signed)

    @rule(year=years)
    def sign_it(self, year: int) -> None:
        try:
            sign(self.made, year)
        except services.NotADraft:
            demand("a draft was refused", holds=year in self.signed)
        else:
            demand("signed twice", holds=year not in self.signed)
            self._remember(year)

    @precondition(lambda self: not all(self.open.values()))
    @rule()
    def open_an_amendment(self) -> None:
        year = next(year for year, is_open in self.open.items() if not is_open)
        services.open_amendment(self.made["reviews"][year], reason="x", by=self.leader, now=NOW)
        self.open[year] = True

    @precondition(lambda self: any(self.open.values()))
    @rule()
    def close_an_amendment(self) -> None:
        year = next(year for year, is_open in self.open.items() if is_open)
        amendment = Amendment.objects.get(review=self.made["reviews"][year], closed_at=None)
        services.close_amendment(amendment, by=self.leader, now=NOW)
        self.open[year] = False

    @invariant()
    def what_was_signed_stays(self) -> None:
        for year, (snapshot, digest, said) in self.signed.items():
            review = Review.objects.get(pk=self.made["reviews"][year].pk)
            demand("the snapshot was written anew", holds=(review.snapshot, review.snapshot_hash) == (snapshot, digest))
            demand("the hash is not of the snapshot", holds=sha256(review.snapshot) == digest)
            demand("a signed review says something else", holds=self._said(year) == said)
            follows = digest
            for amendment in review.amendments.exclude(closed_at=None).order_by("number"):
                demand("the chain of hashes is broken", holds=amendment.said["follows"] == follows)
                demand("the hash is not of the changes", holds=sha256(amendment.changes) == amendment.changes_hash)
                follows = amendment.changes_hash
