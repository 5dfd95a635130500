"""The minutes of a briefing (biên bản giao ban) by NĐ 30/2020, form 1.9, to be signed by its secretary and its chair.

An official paper is in Vietnamese whatever the reader's language, so its words stand here and not in the catalogue.
"""

import datetime as dt
from collections.abc import Iterator, Sequence

from django.utils.text import capfirst
from django.utils.translation import override

from cluster.briefings import Cycle
from cluster.conclusions import Carried
from cluster.models import Briefing, Conclusion, PaperSettings
from cluster.numbers import number
from cluster.paper import BLANK, Agency, Align, Clause, Column, Document, Paragraph, Section, Signature, Table
from cluster.paper.document import Block, official_date
from cluster.templatetags.ui import first_sentence

_ROOM_TO_WRITE = "…" * 58
_CARRIED_COLUMNS = (
    Column(title="TT", width=11, align=Align.CENTER),
    Column(title="Kết luận", width=62),
    Column(title="Thực hiện", width=34),
    Column(title="Thời hạn", width=24, align=Align.CENTER),
    Column(title="Kết quả", width=34),
)
_COLUMNS = (*_CARRIED_COLUMNS[:2], Column(title="Đơn vị thực hiện", width=50), Column(title="Thời hạn", width=32))


def minutes_of(briefing: Briefing, *, conclusions: Sequence[Conclusion], carried: Sequence[Carried]) -> Document:
    """The paper of a briefing that was held. Its units come with it, the conclusions with owners and briefings."""
    if briefing.held_on is None:
        raise ValueError("Only what was held has minutes.")
    letterhead = PaperSettings.of(briefing.cluster)
    with override("vi"):
        return Document(
            agency=Agency(name=letterhead.issuer, superiors=tuple(letterhead.superiors.splitlines())),
            symbol=letterhead.symbol_of("BB"),
            kind="Biên bản",
            abstract=_abstract(briefing),
            place=letterhead.place or BLANK,
            day=briefing.held_on,
            mark=first_sentence(briefing.cluster.notice).rstrip("."),
            blocks=tuple(_blocks(briefing, conclusions, carried)),
            signatures=(
                Signature(lines=("Thư ký",), hint="(Ký, ghi rõ họ tên)", name=_name(briefing.secretary)),
                Signature(lines=("Chủ trì",), hint="(Ký, ghi rõ họ tên)", name=_name(briefing.chair)),
            ),
            recipients=tuple(letterhead.recipients.splitlines()),
        )


def file_name(briefing: Briefing) -> str:
    """Without the ending: "Biên bản 2017-07-25 Giao ban cấp xã tháng 7-2017"."""
    with override("vi"):
        return f"Biên bản {briefing.local_date:%Y-%m-%d} {briefing.title}"


def _abstract(briefing: Briefing) -> str:
    if briefing.cycle == Cycle.EXTRA:
        return f"Giao ban đột xuất {briefing.get_level_display()}"
    return briefing.title


def _name(person: str) -> str:
    """The name without the post: "Đại úy Lê Văn E, Trưởng Công an xã" is signed by "Đại úy Lê Văn E"."""
    return person.partition(",")[0].strip()


def _blocks(briefing: Briefing, conclusions: Sequence[Conclusion], carried: Sequence[Carried]) -> Iterator[Block]:
    name = briefing.cluster.name
    cluster = name if name.casefold().startswith("cụm") else f"cụm {name}"
    yield Paragraph(
        f"Thực hiện quy chế phối hợp của {cluster}, {_day(briefing)} đã tổ chức "
        f"{_lower(_abstract(briefing))} và lập biên bản với nội dung sau:"
    )
    yield Section("Thời gian, địa điểm")
    yield Clause(f"Thời gian bắt đầu: {_time(briefing.starts_at)}, {official_date(briefing.local_date)}.")
    yield Clause(f"Địa điểm: {_sentence(briefing.place or BLANK * 8)}")
    yield from _people(briefing)
    if carried:
        yield Section("Kiểm điểm việc thực hiện các kết luận trước")
        yield _carried_table(carried)
    yield Section("Nội dung, ý kiến")
    points = [line for line in briefing.points.splitlines() if line.strip()]
    yield from (Paragraph(line) for line in points or [_ROOM_TO_WRITE] * 4)
    yield Section("Kết luận")
    if conclusions:
        yield _conclusion_table(conclusions)
    else:
        yield from (Paragraph(_ROOM_TO_WRITE) for _line in range(3))
    yield Paragraph(
        f"Giao ban kết thúc vào hồi {_time(briefing.ends_at)} cùng ngày. Biên bản đã được đọc lại cho các thành viên "
        "dự họp cùng nghe, thống nhất và ký tên dưới đây."
    )


def _people(briefing: Briefing) -> Iterator[Block]:
    pad = briefing.cluster.pads_small_numbers
    yield Section("Thành phần")
    host = briefing.host
    yield Clause(f"Đơn vị chủ trì: {_sentence(capfirst(host.name) if host else BLANK)}")
    yield Clause(f"Chủ trì: {_sentence(briefing.chair or BLANK * 8)}")
    yield Clause(f"Thư ký: {_sentence(briefing.secretary or BLANK * 8)}")
    units = "; ".join(unit.name for unit in briefing.units.all())
    yield Clause(f"Đơn vị dự: {_sentence(units or BLANK * 8)}")
    if briefing.guests:
        yield Clause(f"Khách mời: {_sentence(briefing.guests)}")
    people = BLANK if briefing.headcount is None else number(briefing.headcount, pad=pad)
    yield Clause(f"Tổng số người dự: {people} người.")


def _carried_table(carried: Sequence[Carried]) -> Table:
    return Table(
        title="Các kết luận của kỳ giao ban trước",
        columns=_CARRIED_COLUMNS,
        rows=tuple(
            (str(place), row.conclusion.text, row.conclusion.owner, _due(row.conclusion), _found(row))
            for place, row in enumerate(carried, 1)
        ),
    )


def _found(row: Carried) -> str:
    if row.here is None:
        return ""
    said = str(capfirst(row.here.get_state_display()))
    return f"{said}: {row.here.note}" if row.here.note else said


def _conclusion_table(conclusions: Sequence[Conclusion]) -> Table:
    return Table(
        title="Các kết luận",
        columns=_COLUMNS,
        rows=tuple(
            (str(place), conclusion.text, conclusion.owner, _due(conclusion))
            for place, conclusion in enumerate(conclusions, 1)
        ),
    )


def _due(conclusion: Conclusion) -> str:
    return f"{conclusion.due_on:%d/%m/%Y}" if conclusion.due_on else "Thường xuyên"


def _day(briefing: Briefing) -> str:
    return official_date(briefing.local_date)


def _time(time: dt.time | None) -> str:
    return f"{time.hour:02d} giờ {time.minute:02d}" if time else f"{BLANK} giờ {BLANK}"


def _sentence(text: str) -> str:
    """With one full stop, whether it was typed or not."""
    return f"{text.rstrip(' .')}."


def _lower(text: str) -> str:
    return text[:1].lower() + text[1:]
