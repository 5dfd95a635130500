"""The record of a patrol (biên bản tuần tra), made to be printed, filled in by hand and signed by each unit.

An official paper is in Vietnamese whatever the reader's language, so its words stand here and not in the catalogue.
"""

import datetime as dt
from collections.abc import Iterator

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import override

from cluster.models import AdministrativeUnit, Officer, PoliceUnit
from cluster.numbers import number, official_date, official_time
from cluster.paper import (
    BLANK,
    Agency,
    Align,
    Clause,
    Column,
    Document,
    Paragraph,
    Section,
    Signature,
    Table,
)
from cluster.paper.document import Block
from cluster.templatetags.ui import first_sentence
from patrols.models import Contingent, JointPatrol
from patrols.rows import PatrolRow
from patrols.words import duration_in_words

# facts.md 1.7: the police of the districts ended on this day; a commune's answer to the province since.
END_OF_DISTRICT_POLICE = dt.date(2025, 3, 1)
_POLICE = ("Công an", "Ban Công an")
_ROOM_TO_WRITE = "…" * 58
_COLUMNS = (
    Column(title="TT", width=11, align=Align.CENTER),
    Column(title="Đơn vị", width=34),
    Column(title="Lực lượng", width=34),
    Column(title="Số người", width=15, align=Align.CENTER),
    Column(title="Họ và tên", width=40),
    Column(title="Xác nhận", width=31),
)


def record_of(row: PatrolRow) -> Document:
    """The paper of a completed patrol. Its lines come with unit, force and officers."""
    patrol = row.patrol
    with override("vi"):
        return Document(
            agency=Agency(name=patrol.lead_unit.name, superiors=superiors(patrol.lead_unit, patrol.local_date)),
            symbol=f"BB-{BLANK}",
            kind="Biên bản",
            abstract=f"{capfirst(patrol.get_kind_display())} vùng giáp ranh",
            place=_place(patrol.lead_unit),
            day=timezone.localdate(patrol.ends_at) if patrol.ends_at else patrol.local_date,
            mark=first_sentence(patrol.cluster.notice).rstrip("."),
            blocks=tuple(_blocks(row)),
            signatures=tuple(
                Signature(lines=("Đại diện", unit.name), hint="(Ký, ghi rõ họ tên)") for unit in _signers(row)
            ),
            recipients=(*(unit.name for unit in _signers(row)), "Ban điều hành cụm", "Lưu: hồ sơ tuần tra"),
        )


def file_name(patrol: JointPatrol) -> str:
    """Without the ending: "Biên bản tuần tra 2017-06-01 Công an xã Sen Thủy"."""
    return f"Biên bản tuần tra {patrol.local_date:%Y-%m-%d} {patrol.lead_unit.name}"


def superiors(unit: PoliceUnit, day: dt.date) -> tuple[str, ...]:
    """The police above a police unit on that day; of a unit that is no police, or without a place, nothing is known."""
    place = unit.administrative_unit
    parent = place.parent if place else None
    if parent and parent.kind == AdministrativeUnit.Kind.DISTRICT and day >= END_OF_DISTRICT_POLICE:
        parent = parent.parent
    return (f"Công an {parent.full_name}",) if parent and unit.name.startswith(_POLICE) else ()


def _place(unit: PoliceUnit) -> str:
    return unit.administrative_unit.name if unit.administrative_unit else BLANK


def _signers(row: PatrolRow) -> list[PoliceUnit]:
    """Every unit that took part, the one that led first."""
    return sorted(row.units, key=lambda unit: unit.pk != row.patrol.lead_unit_id) or [row.patrol.lead_unit]


def _blocks(row: PatrolRow) -> Iterator[Block]:
    patrol = row.patrol
    yield Paragraph(_opening(patrol))
    yield Section("Thời gian, địa điểm")
    yield Clause(f"Thời gian: {_time(patrol)}.")
    yield Clause(f"Địa điểm, tuyến tuần tra: {_sentence(patrol.route)}")
    if communes := ", ".join(str(commune) for commune in patrol.communes.all()):
        yield Clause(f"Địa bàn: {communes}.")
    yield Section("Thành phần, lực lượng")
    yield Clause(f"Đơn vị chủ trì: {patrol.lead_unit}.")
    yield Clause(f"Trưởng ca: {_person(patrol.shift_leader, with_unit=True) if patrol.shift_leader else BLANK * 8}.")
    yield _forces(row)
    for line in row.lines:
        if line not in row.standing:
            yield Paragraph(f"Không tính: {line.unit}, {line.force}: đơn vị từ chối, lý do: {_sentence(line.reason)}")
    yield Section("Tình hình, kết quả")
    yield from _result(row)
    yield Paragraph(_closing(len(_signers(row))))


def _sentence(text: str) -> str:
    """With one full stop, whether it was typed or not."""
    return f"{text.rstrip(' .')}."


def _opening(patrol: JointPatrol) -> str:
    name = patrol.cluster.name
    cluster = name if name.casefold().startswith("cụm") else f"cụm {name}"
    purpose = ""
    if patrol.campaign:
        plan = f" ({patrol.campaign.plan})" if patrol.campaign.plan else ""
        purpose = f" và phục vụ “{patrol.campaign}”{plan}"
    return (
        f"Thực hiện quy chế phối hợp của {cluster}{purpose}, các đơn vị có tên dưới đây đã tổ chức "
        f"{str(patrol.get_kind_display()).lower()} và cùng lập biên bản với nội dung sau:"
    )


def _time(patrol: JointPatrol) -> str:
    """As "từ 21 giờ 00 ngày 05 tháng 3 năm 2017 đến 02 giờ 00 ngày 06 tháng 3 năm 2017 (5 giờ)"."""
    if not patrol.starts_at:
        raise ValueError("Only what has taken place has a record.")
    start = timezone.localtime(patrol.starts_at)
    said = f"từ {official_time(start)} {official_date(start.date())}"
    if not patrol.ends_at or not patrol.duration:
        return f"{said} đến {BLANK} giờ {BLANK} ngày {BLANK}"
    end = timezone.localtime(patrol.ends_at)
    day = official_date(end.date()) if patrol.ends_on_later_day else "cùng ngày"
    return f"{said} đến {official_time(end)} {day} ({duration_in_words(patrol.duration)})"


def _person(officer: Officer, *, with_unit: bool = False) -> str:
    named = f"{officer.rank} {officer.name}".strip()
    return ", ".join(filter(None, [named, officer.post, officer.unit.name])) if with_unit else named


def _forces(row: PatrolRow) -> Table:
    pad = row.patrol.cluster.pads_small_numbers
    return Table(
        title="Lực lượng tham gia tuần tra",
        columns=_COLUMNS,
        rows=tuple(
            (
                str(place),
                line.unit.name,
                line.force.name,
                number(line.headcount, pad=pad),
                "; ".join(_person(officer) for officer in line.officers.all()),
                _answer(line),
            )
            for place, line in enumerate(row.standing, 1)
        ),
        total=("", "Cộng", "", number(row.headcount, pad=pad), "", ""),
    )


def _answer(line: Contingent) -> str:
    """What the unit has said of its line, and when."""
    said = str(capfirst(line.get_state_display()))
    if line.corrected_from is not None and line.state == Contingent.State.CORRECTED:
        said = f"{said} (trước: {line.corrected_from})"
    if line.decided_at and line.state in Contingent.CONFIRMED_STATES:
        said = f"{said}, {timezone.localtime(line.decided_at):%d/%m/%Y}"
    return said


def _result(row: PatrolRow) -> Iterator[Block]:
    lines = [line for line in row.patrol.result.splitlines() if line.strip()]
    yield from (Paragraph(line) for line in lines or [_ROOM_TO_WRITE] * 4)
    # Numbers only; that none is linked says nothing, for the result may tell of some.
    found = row.patrol.incidents.filter(deleted_at=None).count()
    if found:
        yield Paragraph(f"Số vụ việc phát hiện, đã ghi nhận trong ca tuần tra: {number(found, pad=True)} vụ.")


def _closing(copies: int) -> str:
    return (
        f"Biên bản kết thúc vào hồi {BLANK} giờ {BLANK} phút, ngày {BLANK} tháng {BLANK} năm {BLANK}; "
        f"được lập thành {number(copies, pad=True)} bản có nội dung như nhau, mỗi đơn vị giữ 01 bản; đã đọc lại cho "
        "các bên cùng nghe, công nhận đúng và ký tên xác nhận dưới đây."
    )
