"""A cluster with every kind of row, its like elsewhere, and everybody who might look: for tests that walk all pages."""

import datetime as dt
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.files.base import ContentFile
from django.db.models import Model
from django.shortcuts import resolve_url
from django.test import Client
from django.test.client import ClientHandler
from django.urls import reverse
from django.utils import timezone

from cluster.models import AdministrativeUnit, PoliceUnit, Submission, User
from cluster.registers import REGISTERS
from cluster.services import take_number
from cluster.tests.addresses import Address
from cluster.tests.briefing_factories import meetings_of
from cluster.tests.factories import (
    TwoPartyCluster,
    make_activity,
    make_administrative_unit,
    make_advice,
    make_article,
    make_board_member,
    make_crime_report,
    make_document,
    make_exchange,
    make_initiative,
    make_notice,
    make_officer,
    make_outreach,
    make_paper_settings,
    make_participant,
    make_posting,
    make_rating,
    make_saved_filter,
    make_term,
    make_two_party_cluster,
    make_user,
)
from cluster.tests.sending import body_of, hash_of
from incidents.models import DeclaredFigure
from incidents.tests.factories import make_award, make_category, make_declared, make_incident
from patrols.models import Contingent, JointPatrol, NotTwins, Photograph, TwinLink
from patrols.services import make_feed
from patrols.tests.entries import line_entry, patrol_entry
from patrols.tests.factories import make_campaign, make_contingent, make_patrol, make_photograph
from reports.models import Section, UploadedWorkbook
from reports.periods import Period
from reports.services import open_amendment, return_review, write_section
from reports.tests.conference_factories import (
    make_conference,
    make_contribution,
    make_delegation,
    make_difficulty,
    make_recommendation,
    make_task,
)
from reports.tests.factories import make_workplan
from reports.tests.signing import draft, signed
from reports.workbook.template import template_of

# In the order of the columns of the access matrix. The outsider is a recorder like any other, elsewhere.
ROLES = ("anonymous", "outsider", "observer", "recorder", "partner", "leader", "coordinator", "administrator")
YEAR = 2017
A_DAY = dt.date(YEAR, 6, 1)
# Of two years that no row of the world lies in, the reviews are signed; the second is being amended. By address, which
# of them it is tried on: the others are of the year of the world, a draft.
SIGNED, AMENDED = 2013, 2014
PERIODS = {
    "review_countersign": SIGNED,
    "review_amend": SIGNED,
    "review_changes": AMENDED,
    "amendment_close": AMENDED,
}
PASSWORD = "đò dọc sông Kiến Giang"


@cache
def _handler(*, enforce_csrf_checks: bool) -> ClientHandler:
    """A new one for each browser would look through all static files again."""
    return ClientHandler(enforce_csrf_checks=enforce_csrf_checks)


@dataclass(frozen=True)
class World:
    cluster: TwoPartyCluster
    elsewhere: TwoPartyCluster
    users: dict[str, User]
    sessions: dict[str, str]
    # By noun ("patrol") and whose it is: that of a role, deleted, elsewhere.
    rows: dict[str, dict[str, Model]]
    # Of the calendar of a leader, who does not walk the pages.
    token: str

    def client(self, role: str, *, enforce_csrf_checks: bool = False) -> Client:
        """A browser in which the role has signed in, unless it is nobody's."""
        client = Client()
        client.handler = _handler(enforce_csrf_checks=enforce_csrf_checks)
        if role in self.sessions:
            client.cookies[settings.SESSION_COOKIE_NAME] = self.sessions[role]
        return client

    def answer(self, client: Client, method: str, path: str) -> str:
        """The status of the answer, or "login" where it leads to the sign-in page and back again."""
        response = client.generic(method, path, content_type="application/x-www-form-urlencoded")
        query = urlencode({"next": path}, safe="/")
        to_login = [f"{resolve_url(page)}?{query}" for page in ("accounts:login", "admin:login")]
        return "login" if response.headers.get("Location") in to_login else str(response.status_code)

    def paths(self, address: Address) -> dict[str, str]:
        """The address filled with the row of each owner; with one entry, "", if it names no row."""
        names = set(re.findall(r"<(?:\w+:)?(\w+)>", address.pattern))
        filled: dict[str, Any] = {"slug": self.cluster.cluster.slug, "period": YEAR, "key": "incidents"}
        filled |= {"token": self.token, "month": A_DAY, "kind": "situation"}
        filled["period"] = PERIODS.get(address.name.rpartition(":")[2], YEAR)
        keys = names & {"client_id", "pk"}
        if not keys:
            return {"": reverse(address.name, kwargs={name: filled[name] for name in names})}
        rows = self.rows[noun_of(address)]
        return {
            whose: reverse(address.name, kwargs={name: filled.get(name) or _key_of(row, name) for name in names})
            for whose, row in rows.items()
        }


def _key_of(row: Model, name: str) -> Any:
    """A line is found under the client id of its patrol, a photograph under its own and that of its patrol."""
    if name == "patrol_id" and isinstance(row, Photograph):
        return row.patrol.client_id
    return getattr(row.patrol if name == "client_id" and isinstance(row, Contingent) else row, name)


def noun_of(address: Address) -> str:
    """The kind of row that an address names: "patrol" for ``patrols:patrol_edit``."""
    name = address.name.rpartition(":")[2]
    registers = (register.noun for register in REGISTERS if name.startswith(f"{register.noun}_"))
    return next(registers, name.partition("_")[0])


def make_world() -> World:
    province = make_administrative_unit(kind=AdministrativeUnit.Kind.PROVINCE)
    cluster = make_two_party_cluster(slug="cum-thu", name="Cụm thử")
    for party in cluster.parties:
        party.administrative_unit = province
        party.save()
    elsewhere = make_two_party_cluster(slug="cum-khac", name="Cụm khác")
    users = {
        "outsider": _posted("outsider", "recorder", unit=elsewhere.unit),
        "observer": _posted("observer", "observer", province=province),
        "recorder": _posted("recorder", "recorder", unit=cluster.unit),
        "partner": _posted("partner", "recorder", unit=cluster.partner_unit),
        "leader": _posted("leader", "leader", password=PASSWORD, party=cluster.party),
        "coordinator": _posted("coordinator", "coordinator", cluster=cluster.cluster),
        "administrator": _posted("administrator", "administrator"),
    }
    by_owner: dict[str, tuple[TwoPartyCluster, PoliceUnit, dict[str, Any]]] = {
        "recorder": (cluster, cluster.unit, {"recorded_by": users["recorder"]}),
        "partner": (cluster, cluster.partner_unit, {"recorded_by": users["partner"]}),
        "deleted": (cluster, cluster.unit, {"recorded_by": users["recorder"], "deleted_at": timezone.now()}),
        "elsewhere": (elsewhere, elsewhere.unit, {"recorded_by": users["outsider"]}),
    }
    rows: dict[str, dict[str, Model]] = {}
    for whose, (where, unit, fields) in by_owner.items():
        for noun, row in _records(where, unit, **fields):
            rows.setdefault(noun, {})[whose] = row
    rows["workbook"] = {
        "coordinator": _upload(cluster, by=users["coordinator"]),
        "another's": _upload(cluster, by=make_posting(role="coordinator", cluster=cluster.cluster).user),
        "elsewhere": _upload(elsewhere, by=users["coordinator"]),
    }
    for whose, where in (("recorder", cluster), ("elsewhere", elsewhere)):
        rows.setdefault("twin", {})[whose] = _twin_link(where, by=users["coordinator"])
        rows.setdefault("parting", {})[whose] = _parting(where, by=users["coordinator"])
    for whose, where in (("recorder", cluster), ("elsewhere", elsewhere)):
        rows.setdefault("unit", {})[whose] = where.unit
        rows.setdefault("officer", {})[whose] = make_officer(unit=where.unit)
    rows["tray"] = {
        "recorder": make_text(cluster, by=users["recorder"]),
        "elsewhere": make_text(elsewhere, by=users["outsider"]),
    }
    # Told where the recorder was posted once, or never: of what one may not see today nothing is told.
    rows["notice"] = {
        whose: make_notice(recipient=users["recorder"], cluster=where.cluster)
        for whose, where in (("recorder", cluster), ("elsewhere", elsewhere))
    }
    rows["filter"] = {
        "recorder": make_saved_filter(owner=users["recorder"], cluster=cluster.cluster, is_shared=True),
        "elsewhere": make_saved_filter(owner=users["outsider"], cluster=elsewhere.cluster),
    }
    for where in (cluster, elsewhere):
        make_paper_settings(cluster=where.cluster)
        take_number(cluster=where.cluster, kind="BC", year=YEAR, abstract="Tổng kết", by=None, now=timezone.now())
    sessions = {role: _session_of(user) for role, user in users.items()}
    another = make_posting(role="leader", party=cluster.partner_party).user
    _review(cluster, by=users, signer=another)
    token = make_feed(cluster=cluster.cluster, by=another, now=timezone.now())
    return World(cluster, elsewhere, users, sessions, rows, token)


def _posted(username: str, role: str, *, password: str | None = None, **place: Any) -> User:
    return make_posting(user=make_user(username=username, password=password), role=role, **place).user


def _review(where: TwoPartyCluster, *, by: dict[str, User], signer: User) -> None:
    """A draft with a section of its own that a leader gave back, and two that are signed."""
    now, review = timezone.now(), draft(where, by=by["coordinator"])
    texts = {"text": "Tình hình ổn định.", "proposal": "Khác."}
    write_section(review, Section.Kind.SITUATION, version=0, by=by["coordinator"], now=now, **texts)
    return_review(review, reason="Bổ sung nguyên nhân", by=by["leader"], now=now)
    years = (Period(dt.date(year, 1, 1), dt.date(year, 12, 31)) for year in (SIGNED, AMENDED))
    _signed, amended = (signed(where, period=year, by=signer, party=where.partner_party) for year in years)
    open_amendment(amended, reason="Rà soát", by=by["leader"], now=now)


def _upload(where: TwoPartyCluster, *, by: User) -> UploadedWorkbook:
    """A workbook that waits for its second look."""
    content = template_of(where.cluster)
    return UploadedWorkbook.objects.create(cluster=where.cluster, uploaded_by=by, name="mau.xlsx", content=content)


def make_text(where: TwoPartyCluster, *, by: User, **changes: Any) -> Submission:
    """A text of a patrol that waits in the tray."""
    line = line_entry(0, unit=where.unit, force=where.force)
    entry = patrol_entry(line, lead=where.unit, **changes)
    return Submission.objects.create(
        client_id=entry["client_id"],
        body_hash=hash_of(body_of(entry)),
        body=body_of(entry),
        kind=Submission.Kind.PATROL,
        cluster=where.cluster,
        user=by,
        state=Submission.State.IN_TRAY,
        received_at=timezone.now(),
    )


def _twin_link(where: TwoPartyCluster, *, by: User) -> TwinLink:
    kept, absorbed = (make_patrol(cluster=where.cluster, units=[], lead_unit=where.unit) for _ in range(2))
    return TwinLink.objects.create(
        cluster=where.cluster, kept=kept, absorbed=absorbed, linked_by=by, linked_at=timezone.now()
    )


def _parting(where: TwoPartyCluster, *, by: User) -> NotTwins:
    first, second = (make_patrol(cluster=where.cluster, units=[], lead_unit=where.unit) for _ in range(2))
    return NotTwins.objects.create(first=first, second=second, decided_by=by, decided_at=timezone.now())


def _session_of(user: User) -> str:
    client = Client()
    client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client.cookies[settings.SESSION_COOKIE_NAME].value


def _plan(where: TwoPartyCluster, unit: PoliceUnit, **record: Any) -> JointPatrol:
    """Put off, so that it may be planned again, put off once more or cancelled, by each unit that takes part."""
    start = dt.datetime.combine(timezone.localdate() + dt.timedelta(days=3), dt.time(21), dt.UTC)
    plan = make_patrol(starts_at=None, planned_start=start, status="postponed", lead_unit=unit, units=[], **record)
    for own in where.units:
        make_contingent(patrol=plan, unit=own, force=where.force)
    return plan


def _movement(unit: PoliceUnit, partner: PoliceUnit, **record: Any) -> Iterable[tuple[str, Model]]:
    """The models, the outreach and what came of it."""
    initiative = make_initiative(unit=unit, founded=A_DAY, **record)
    yield "initiative", initiative
    yield "activity", make_activity(initiative=initiative, unit=unit, held_on=A_DAY, **record)
    yield "rating", make_rating(initiative=initiative, year=YEAR, **record)
    session = make_outreach(unit=unit, held_on=A_DAY, audience=40, **record)
    yield "outreach", session
    report = make_crime_report(unit=unit, received_on=A_DAY, outreach=session, is_valuable=True, **record)
    yield "crime_report", report
    make_incident(unit=unit, crime_report=report, from_crime_report=True, **record)


def _arrangement(where: TwoPartyCluster, unit: PoliceUnit, **record: Any) -> Iterable[tuple[str, Model]]:
    """Seats, terms and papers; of those that exclude one another, each owner has one of its own days."""
    year = YEAR - where.units.index(unit)
    yield "seat", make_board_member(officer=make_officer(unit=unit), **record)
    yield "term", make_term(party=where.party, date_from=dt.date(year, 1, 1), date_to=dt.date(year, 12, 31), **record)
    yield "participant", make_participant(unit=unit, **record)
    text = "Điều 1. Phạm vi\nVùng giáp ranh."
    document = make_document(kind="regulation", articles_text=text, file=ContentFile(b"%PDF-1.4", "a.pdf"), **record)
    yield "document", document
    article = make_article(cluster=where.cluster, document=document)
    yield "advice", make_advice(unit=unit, document=document, article=article, **record)


def _records(where: TwoPartyCluster, unit: PoliceUnit, **fields: Any) -> Iterable[tuple[str, Model]]:
    """A row of each kind in the cluster, recorded for the unit."""
    record = {"cluster": where.cluster, "recorded_unit": unit, **fields}
    campaign = make_campaign(cluster=where.cluster)
    patrol = make_patrol(lead_unit=unit, units=[], campaign=campaign, **record)
    for own in where.units:
        make_contingent(patrol=patrol, unit=own, force=where.force, officers=[make_officer(unit=own)])
    # Refused, so that each of the answers to it is news, and the author's note of it as well.
    yield "line", make_contingent(patrol=patrol, unit=unit, state="refused", reason="Trùng lịch trực")
    category = make_category(cluster=where.cluster)
    if "deleted_at" not in fields:  # nobody deletes a campaign
        yield "campaign", campaign
    yield "patrol", patrol
    yield "photograph", make_photograph(patrol=patrol, added_by=fields["recorded_by"])
    yield "plan", _plan(where, unit, **record)
    overdue = dt.datetime.combine(A_DAY, dt.time(14), dt.UTC)
    make_patrol(starts_at=None, planned_start=overdue, status="scheduled", lead_unit=unit, **record)
    yield "incident", make_incident(unit=unit, category=category, patrol=patrol, persons_involved=2, **record)
    partner = next(own for own in where.units if own != unit)
    paper = make_document(cluster=where.cluster)
    yield "workplan", make_workplan(metrics=("joint_patrols", "briefings"), document=paper, **record)
    yield "exchange", make_exchange(from_unit=unit, to_unit=partner, exchanged_on=A_DAY, **record)
    yield from _movement(unit, partner, **record)
    yield from meetings_of(where, unit, day=A_DAY, **record)
    yield from _arrangement(where, unit, **record)
    yield "award", make_award(unit=unit, decided_on=A_DAY, **record)
    yield from _of_conferences(**record)
    # Declared rows are removed, not hidden.
    declared = make_declared(
        cluster=where.cluster, year=YEAR - 1, unit=unit, category=category, recorded_by=fields["recorded_by"]
    )
    if "deleted_at" in fields:
        DeclaredFigure.objects.filter(pk=declared.pk).delete()
    yield "declared", declared


def _of_conferences(**record: Any) -> Iterable[tuple[str, Model]]:
    """A conference with a row of each part, a recommendation that nobody answered and a task of the year."""
    conference = make_conference(**record)
    for make in (make_delegation, make_contribution, make_difficulty):
        make(conference=conference)
    yield "conference", conference
    yield "recommendation", make_recommendation(conference=conference, **record)
    yield "task", make_task(conference=conference, year=YEAR, **record)
