"""The sample's briefings with their pattern, conclusions and follow-ups; all of them are invented."""

import datetime as dt
from collections import defaultdict
from typing import Any

from cluster.briefing_services import follow_up
from cluster.briefings import Cycle
from cluster.models import Briefing, BriefingPattern, Conclusion, Party
from cluster.models.briefings import Host, Level
from cluster.services import log_record
from reports.sample.once import by_name
from reports.sample.records import Book
from reports.sample.tables import Row, day, day_or_none, moment

_LEVELS = {"xã": Level.COMMUNE, "huyện": Level.DISTRICT}
_CYCLES = {"hằng tháng": Cycle.MONTH, "hằng quý": Cycle.QUARTER, "hằng năm": Cycle.YEAR}
_DUE_IN = {"trong kỳ": BriefingPattern.DueIn.WITHIN, "sau kỳ": BriefingPattern.DueIn.AFTER}
_STATES = {
    "đang thực hiện": Conclusion.State.OPEN,
    "đã thực hiện": Conclusion.State.DONE,
    "thôi thực hiện": Conclusion.State.DROPPED,
}
# When the coordinator plans a briefing, and writes up one that was held.
_AHEAD, _AFTER = dt.timedelta(days=30), dt.timedelta(hours=16)


def load_briefings(book: Book) -> None:
    """What was never there; what users made of it since stays."""
    if book.coordinator is None:
        return
    hosts: dict[str, Host] = {**book.units, **by_name(Party, cluster=book.cluster)}
    _load_patterns(book, hosts)
    _load_briefings(book, hosts)
    _load_conclusions(book, hosts)


def _load_patterns(book: Book, hosts: dict[str, Host]) -> None:
    rows = book.table("briefing_patterns.csv")
    for client_id, row in book.unwritten(
        BriefingPattern, rows, lambda row: f"pattern/{row['Cấp']}/{row['Định kỳ']}/{row['Từ ngày']}"
    ):
        values = {
            "level": _LEVELS[row["Cấp"]],
            "cycle": _CYCLES[row["Định kỳ"]],
            "due_day": int(row["Hạn chót"]),
            "due_in": _DUE_IN[row["Tính vào"]],
            "date_from": day(row["Từ ngày"]),
            "date_to": day_or_none(row["Đến ngày"]),
            "hosts": tuple(hosts[name] for name in row["Chủ trì"].split("; ") if name in hosts),
        }
        blank = BriefingPattern(cluster=book.cluster, client_id=client_id)
        log_record(blank, values, unit=None, by=book.coordinator, now=moment(row["Từ ngày"]))


def _load_briefings(book: Book, hosts: dict[str, Host]) -> None:
    for client_id, row in book.unwritten(Briefing, book.table("briefings.csv"), _key):
        values = {
            "level": _LEVELS[row["Cấp"]],
            "cycle": _CYCLES[row["Loại"]],
            "number": int(row["Kỳ"]),
            "year": int(row["Năm"]),
            "planned_on": day(row["Dự kiến"]),
            "held_on": day_or_none(row["Ngày"]),
            "starts_at": _time(row["Bắt đầu"]),
            "ends_at": _time(row["Kết thúc"]),
            "place": row["Địa điểm"],
            "host": hosts.get(row["Chủ trì"]),
            "chair": row["Người chủ trì"],
            "secretary": row["Thư ký"],
            "units": tuple(book.units[name] for name in row["Đơn vị dự"].split("; ") if name in book.units),
            "headcount": int(row["Số người"]) if row["Số người"] else None,
            "guests": row["Khách mời"],
            "points": row["Nội dung"],
            "called_off": row["Lý do không tổ chức"],
        }
        now = moment(row["Ngày"]) + _AFTER if row["Ngày"] else moment(row["Dự kiến"]) - _AHEAD
        if values["host"]:
            blank = Briefing(cluster=book.cluster, client_id=client_id)
            log_record(blank, values, unit=None, by=book.coordinator, now=now)


def _key(row: Row) -> str:
    return f"briefing/{row['Mã']}"


def _time(text: str) -> dt.time | None:
    return dt.time.fromisoformat(text) if text else None


def _load_conclusions(book: Book, hosts: dict[str, Host]) -> None:
    ids = {row["Mã"]: book.client_id(_key(row)) for row in book.table("briefings.csv")}
    found = {row.client_id: row for row in Briefing.objects.of(book.cluster).filter(client_id__in=ids.values())}
    briefings = {code: found[client_id] for code, client_id in ids.items() if client_id in found}
    notes: dict[str, list[Row]] = defaultdict(list)
    for note in book.table("follow_ups.csv"):
        notes[_conclusion_key(note)].append(note)
    for client_id, row in book.unwritten(Conclusion, book.table("conclusions.csv"), _conclusion_key):
        if briefing := briefings.get(row["Mã giao ban"]):
            place = hosts.get(row["Nơi thực hiện"])
            values = {
                "briefing": briefing,
                "text": row["Kết luận"],
                "place": place,
                "owner_body": "" if place else row["Nơi thực hiện"],
                "due_on": day(row["Thời hạn"]),
                "article": book.article(row.get("Điều", ""), on=briefing.local_date),
            }
            blank = Conclusion(cluster=book.cluster, client_id=client_id)
            now = moment(f"{briefing.local_date:%d/%m/%Y}") + _AFTER
            conclusion, _new = log_record(blank, values, unit=None, by=book.coordinator, now=now)
            _follow_up(book, conclusion, notes[_conclusion_key(row)], briefings)


def _conclusion_key(row: Row) -> str:
    return f"conclusion/{row['Mã giao ban']}/{row['Thứ tự']}"


def _follow_up(book: Book, conclusion: Conclusion, notes: list[Row], briefings: dict[str, Any]) -> None:
    for note in notes:
        at = briefings.get(note["Tại kỳ giao ban"])
        if noted_on := at.local_date if at else day_or_none(note["Ngày"]):
            follow_up(
                conclusion,
                version=conclusion.version,
                briefing=at,
                noted_on=noted_on,
                state=_STATES[note["Tình trạng"]],
                note=note["Kết quả"],
                by=book.coordinator,
            )
