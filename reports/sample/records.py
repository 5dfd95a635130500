"""The sample's records: patrols with their lines, incidents, awards and declared figures.

Each has its client id from its own key, so that a second run finds it, whatever users have made of it since.
"""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from cluster.access import Rights
from cluster.models import Article, Cluster, CrimeReport, Force, Officer, PoliceUnit, Posting, User
from cluster.models.records import Record
from cluster.services import save_with_history
from incidents.models import Award, Category, DeclaredFigure, Incident
from incidents.services import (
    AwardData,
    DeclaredData,
    IncidentData,
    declare_figure,
    log_award,
    log_incident,
)
from patrols.models import Campaign, Contingent, JointPatrol
from patrols.services import LineData, PatrolData, confirm_line, correct_line, log_patrol, refuse_line
from reports.sample.once import by_name
from reports.sample.tables import Row, day, moment, table

_NAMESPACE = uuid.UUID("8d6e2c0e-5a58-4a5f-9d0b-6b1d0b0f2017")
_KINDS = {"Tuần tra chung": JointPatrol.Kind.JOINT, "Tuần tra khép kín": JointPatrol.Kind.CLOSED_AREA}
_STATUSES = {
    "Đã hoàn thành": JointPatrol.Status.COMPLETED,
    "Đã lên lịch": JointPatrol.Status.SCHEDULED,
    "Hoãn": JointPatrol.Status.POSTPONED,
    "Đã hủy": JointPatrol.Status.CANCELLED,
}
# How long before it a patrol of the sample was planned.
_AHEAD = dt.timedelta(weeks=6)
OUTCOMES = {
    "mới tiếp nhận": Incident.Outcome.RECEIVED,
    "đang xác minh": Incident.Outcome.VERIFYING,
    "đã giải quyết": Incident.Outcome.RESOLVED,
    "chuyển cấp trên": Incident.Outcome.TRANSFERRED,
}
_RECIPIENTS = {"tập thể": Award.Recipient.COLLECTIVE, "cá nhân": Award.Recipient.INDIVIDUAL}
_LEVELS = {"xã": Award.Level.COMMUNE, "huyện": Award.Level.DISTRICT, "tỉnh": Award.Level.PROVINCE}


@dataclass(frozen=True)
class Book:
    """A cluster, who writes for it, and what its tables call by name."""

    cluster: Cluster
    writers: dict[str, User]
    coordinator: User | None
    units: dict[str, PoliceUnit]
    forces: dict[str, Force]
    categories: dict[str, Category]
    campaigns: dict[str, Campaign]

    @classmethod
    def of(cls, cluster: Cluster, *, writers: dict[str, User], coordinator: User | None) -> "Book":
        return cls(
            cluster=cluster,
            writers=writers,
            coordinator=coordinator,
            units=by_name(PoliceUnit),
            forces=by_name(Force),
            categories=by_name(Category, cluster=cluster),
            campaigns=by_name(Campaign, cluster=cluster),
        )

    def client_id(self, key: str) -> uuid.UUID:
        return uuid.uuid5(_NAMESPACE, f"{self.cluster.slug}/{key}")

    def unwritten(
        self, model: type[Record], rows: list[Row], key: Callable[[Row], str]
    ) -> Iterator[tuple[uuid.UUID, Row]]:
        """The rows without a record yet, each with the client id of its own. One query, however many rows."""
        ids = {self.client_id(key(row)): row for row in rows}
        known = set(model._default_manager.filter(client_id__in=ids).values_list("client_id", flat=True))
        return ((client_id, row) for client_id, row in ids.items() if client_id not in known)

    def table(self, name: str) -> list[Row]:
        return table(self.cluster.slug, name)

    def article(self, number: str, *, on: dt.date) -> Article | None:
        """The one of this number in the regulation of the day."""
        return Article.objects.in_force(self.cluster, on).filter(number=number).first() if number else None

    def officers(self, names: str, unit: PoliceUnit) -> tuple[Officer, ...]:
        """The people of the unit by their names; who is new is written."""
        return tuple(self._officer(name.strip(), unit) for name in names.split(";") if name.strip())

    def _officer(self, name: str, unit: PoliceUnit) -> Officer:
        officer = Officer.objects.filter(name=name, unit=unit).first()
        if officer is None:
            officer = Officer(name=name, unit=unit)
            save_with_history(officer, by=self.writers[unit.name])
        return officer


def load_records(book: Book) -> None:
    load_patrols(book)
    load_incidents(book)
    load_awards(book)
    load_declared(book)


def load_patrols(book: Book) -> None:
    lines: dict[str, list[Row]] = defaultdict(list)
    for line in book.table("lines.csv"):
        lines[line["Mã ca"]].append(line)
    for client_id, row in book.unwritten(JointPatrol, book.table("patrols.csv"), lambda row: row["Mã ca"]):
        _log_patrol(book, client_id, row, lines[row["Mã ca"]])


def _log_patrol(book: Book, client_id: uuid.UUID, row: Row, lines: list[Row]) -> None:
    """Logged by the lead unit when the patrol is over; the others answer for their lines on the next day.

    What was only ever planned was written down some weeks ahead.
    """
    starts_at, ends_at = moment(row["Bắt đầu"]), moment(row["Kết thúc"])
    is_plan = _STATUSES[row["Trạng thái"]] != JointPatrol.Status.COMPLETED
    lead = book.units[row["Đơn vị chủ trì"]]
    patrol, _new = log_patrol(
        cluster=book.cluster,
        client_id=client_id,
        data=_patrol_data(book, row, lines),
        by=book.writers[lead.name],
        own_units=frozenset({lead.pk}),
        now=starts_at - _AHEAD if is_plan else ends_at + dt.timedelta(minutes=30),
    )
    answers = {(line["Đơn vị"], line["Lực lượng"]): line for line in lines}
    for contingent in patrol.contingents.select_related("unit", "force", "cluster"):
        if contingent.unit_id != lead.pk:
            answer = answers[contingent.unit.name, contingent.force.name]
            _answer(contingent, answer, by=book.writers[contingent.unit.name], now=ends_at + dt.timedelta(days=1))


def _patrol_data(book: Book, row: Row, lines: list[Row]) -> PatrolData:
    lead = book.units[row["Đơn vị chủ trì"]]
    status = _STATUSES[row["Trạng thái"]]
    times = {"starts_at": moment(row["Bắt đầu"]), "ends_at": moment(row["Kết thúc"])}
    outcome = {"result": row["Kết quả"]}
    if status != JointPatrol.Status.COMPLETED:
        times = {"planned_start": times["starts_at"], "planned_end": times["ends_at"]}
        outcome = {"status_reason": row["Kết quả"]}
    units = {book.units[line["Đơn vị"]] for line in lines}
    communes = {unit.administrative_unit for unit in units if unit.administrative_unit and unit.is_commune_level}
    return PatrolData(
        **times,  # type: ignore[arg-type]
        **outcome,  # type: ignore[arg-type]
        code=row["Mã ca"],
        route=row["Tuyến"],
        lead_unit=lead,
        status=status,
        kind=_KINDS[row["Hình thức"]],
        campaign=book.campaigns[row["Đợt cao điểm"]] if row["Đợt cao điểm"] else None,
        shift_leader=next(iter(book.officers(row["Trưởng ca"], lead)), None),
        communes=tuple(sorted(communes, key=lambda commune: commune.name)),
        lines=tuple(_line_data(book, line) for line in lines),
    )


def _line_data(book: Book, line: Row) -> LineData:
    unit = book.units[line["Đơn vị"]]
    return LineData(
        unit=unit,
        force=book.forces[line["Lực lượng"]],
        headcount=int(line["Số người"]),
        officers=book.officers(line["Họ tên"], unit),
    )


def _answer(line: Contingent, answer: Row, *, by: User, now: dt.datetime) -> None:
    """What the unit says to its line; nothing yet to one that waits."""
    posting = Posting(user=by, role=Posting.Role.RECORDER, unit=line.unit)
    rights = Rights(user=by, cluster=line.cluster, postings=(posting,))
    match answer["Xác nhận"]:
        case "Đã xác nhận":
            confirm_line(line, version=line.version, rights=rights, now=now)
        case "Đã đính chính":
            people = int(answer["Số người đính chính"])
            reason = answer["Lý do"]
            correct_line(line, version=line.version, rights=rights, headcount=people, reason=reason, now=now)
        case "Đã từ chối":
            refuse_line(line, version=line.version, rights=rights, reason=answer["Lý do"], now=now)


def load_incidents(book: Book) -> None:
    patrols = JointPatrol.objects.of(book.cluster).exclude(code="")
    patrol_of = {patrol.code: patrol for patrol in patrols}
    reports = _crime_reports_by_incident(book)
    for client_id, row in book.unwritten(Incident, book.table("incidents.csv"), lambda row: row["Mã vụ"]):
        unit = book.units[row["Đơn vị"]]
        log_incident(
            cluster=book.cluster,
            client_id=client_id,
            data=_incident_data(book, row, patrol=patrol_of.get(row["Mã ca"]), report=reports.get(row["Mã vụ"])),
            by=book.writers[unit.name],
            own_units=frozenset({unit.pk}),
            now=moment(row["Thời gian"]) + dt.timedelta(hours=10),
        )


def _crime_reports_by_incident(book: Book) -> dict[str, CrimeReport]:
    """The reports from which incidents came, by the code of the incident."""
    rows = (row for row in book.table("crime_reports.csv") if row["Mã vụ"])
    code_of = {book.client_id(f"{CrimeReport.noun}/{row['Mã']}"): row["Mã vụ"] for row in rows}
    return {code_of[report.client_id]: report for report in CrimeReport.objects.filter(client_id__in=code_of)}


def _incident_data(book: Book, row: Row, *, patrol: JointPatrol | None, report: CrimeReport | None) -> IncidentData:
    unit = book.units[row["Đơn vị"]]
    when = moment(row["Thời gian"])
    others = [book.units[name] for name in row["Đơn vị phối hợp"].split("; ") if name]
    return IncidentData(
        occurred_on=when.date(),
        occurred_at=when.time() if ":" in row["Thời gian"] else None,
        category=book.categories[row["Loại vụ việc"]],
        unit=unit,
        commune=unit.administrative_unit,
        place=row["Nơi xảy ra"],
        persons_involved=int(row["Số đối tượng"]) if row["Số đối tượng"] else None,
        patrol=patrol,
        from_crime_report=row["Từ tin báo"] == "có",
        crime_report=report,
        cooperating_units=tuple(others),
        outcome=OUTCOMES[row["Kết quả giải quyết"]],
        summary=row["Tóm tắt"],
        seized_items=row["Tang vật"],
        code=row["Mã vụ"],
    )


def load_awards(book: Book) -> None:
    def key(row: Row) -> str:
        return "/".join(row[name] for name in ("Số quyết định", "Ngày", "Tập thể hoặc cá nhân", "Tên"))

    for client_id, row in book.unwritten(Award, book.table("awards.csv"), key):
        data = AwardData(
            decision_number=row["Số quyết định"],
            decided_on=day(row["Ngày"]),
            form=row["Hình thức"],
            recipient=_RECIPIENTS[row["Tập thể hoặc cá nhân"]],
            name=row["Tên"],
            level=_LEVELS[row["Cấp khen thưởng"]],
            unit=book.units[row["Đơn vị"]],
            achievement=row["Thành tích"],
        )
        now = moment(row["Ngày"]) + dt.timedelta(hours=16)
        log_award(cluster=book.cluster, client_id=client_id, data=data, by=book.coordinator, now=now)


def load_declared(book: Book) -> None:
    """A declared figure has no client id; its history tells whether it was ever there."""
    past = DeclaredFigure.history.filter(cluster=book.cluster)
    known = set(past.values_list("metric", "date_from", "date_to"))
    for row in book.table("declared.csv"):
        key: dict[str, Any] = {
            "metric": row["Chỉ tiêu"],
            "date_from": day(row["Từ ngày"]),
            "date_to": day(row["Đến ngày"]),
        }
        if tuple(key.values()) not in known:
            data = DeclaredData(**key, value=int(row["Giá trị"]), source=row["Nguồn"])
            declare_figure(cluster=book.cluster, data=data, by=book.coordinator)
