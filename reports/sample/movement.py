"""The sample's exchanges of information, models, outreach and crime reports, logged by the units they name."""

import datetime as dt
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from cluster.models import (
    CrimeReport,
    InformationExchange,
    Initiative,
    InitiativeActivity,
    InitiativeRating,
    Outreach,
    PoliceUnit,
)
from cluster.models.records import RegisterRecord
from cluster.services import log_record
from reports.sample.records import Book
from reports.sample.tables import Row, day, day_or_none

_CHANNELS = {
    "trực tiếp": InformationExchange.Channel.MEETING,
    "điện thoại": InformationExchange.Channel.TELEPHONE,
    "văn bản": InformationExchange.Channel.WRITING,
    "mạng nội bộ": InformationExchange.Channel.NETWORK,
}
_MATTERS = {
    "chung": InformationExchange.Subject.SITUATION,
    "quản lý": InformationExchange.Subject.MANAGED,
    "tội phạm": InformationExchange.Subject.CRIME,
    "cư trú": InformationExchange.Subject.RESIDENCE,
    "mâu thuẫn": InformationExchange.Subject.DISPUTE,
    "khác": InformationExchange.Subject.OTHER,
}
_RATINGS = {
    "có hiệu quả": InitiativeRating.Rating.EFFECTIVE,
    "trung bình": InitiativeRating.Rating.FAIR,
    "không hiệu quả": InitiativeRating.Rating.WEAK,
}
_FORMS = {
    "họp dân": Outreach.Form.MEETING,
    "loa lưu động": Outreach.Form.MOBILE,
    "truyền thanh": Outreach.Form.BROADCAST,
    "từng hộ": Outreach.Form.HOUSEHOLD,
    "trường học": Outreach.Form.SCHOOL,
    "ký cam kết": Outreach.Form.PLEDGE,
}
_WAYS = {
    "trụ sở": CrimeReport.Channel.PERSON,
    "điện thoại": CrimeReport.Channel.TELEPHONE,
    "thư": CrimeReport.Channel.LETTER,
    "hòm thư": CrimeReport.Channel.BOX,
    "mạng": CrimeReport.Channel.NETWORK,
    "buổi tuyên truyền": CrimeReport.Channel.SESSION,
    "ca tuần tra": CrimeReport.Channel.PATROL,
}
_REPORTED = {
    "trộm cắp": CrimeReport.Subject.THEFT,
    "tệ nạn": CrimeReport.Subject.VICE,
    "ma túy": CrimeReport.Subject.DRUGS,
    "gây rối": CrimeReport.Subject.DISORDER,
    "rừng, đất": CrimeReport.Subject.FOREST,
    "giao thông": CrimeReport.Subject.TRAFFIC,
    "cư trú": CrimeReport.Subject.RESIDENCE,
    "khác": CrimeReport.Subject.OTHER,
}
_OUTCOMES = {
    "đang xác minh": CrimeReport.Outcome.VERIFYING,
    "đã giải quyết": CrimeReport.Outcome.RESOLVED,
    "chuyển cấp trên": CrimeReport.Outcome.TRANSFERRED,
    "không có căn cứ": CrimeReport.Outcome.UNFOUNDED,
}
_WORTH = {"có": True, "không": False, "": None}


def load_movement(book: Book) -> None:
    _log(book, InformationExchange, "exchanges.csv", _exchange, unit="from_unit")
    _log(book, Initiative, "initiatives.csv", _initiative)
    _log(book, InitiativeActivity, "initiative_activities.csv", _activity, unit="unit")
    _log(book, InitiativeRating, "initiative_ratings.csv", _rating)
    _log(book, Outreach, "outreach.csv", _session, unit="unit")
    _log(book, CrimeReport, "crime_reports.csv", _crime_report, unit="unit")


def _log(
    book: Book, model: type[RegisterRecord], file: str, read: Callable[[Book, Row], dict[str, Any]], *, unit: str = ""
) -> None:
    """Write what is not there yet; a unit logs its own in the evening of the day, the coordinator the rest."""

    def key(row: Row) -> str:
        return f"{model.noun}/{row.get('Mã') or '/'.join(list(row.values())[:2])}"

    for client_id, row in book.unwritten(model, book.table(file), key):
        values = read(book, row)
        own: PoliceUnit | None = values[unit] if unit else None
        blank = model(cluster=book.cluster, client_id=client_id)
        when = timezone.make_aware(dt.datetime.combine(values[model.dated_by], dt.time(20, 15)))
        by = book.writers.get(own.name, book.coordinator) if own else book.coordinator
        log_record(blank, values, unit=own, by=by, now=when)


def _number(text: str) -> int | None:
    return int(text) if text else None


def _exchange(book: Book, row: Row) -> dict[str, Any]:
    return {
        "exchanged_on": day(row["Ngày"]),
        "from_unit": book.units[row["Từ đơn vị"]],
        "to_unit": book.units[row["Đến đơn vị"]],
        "channel": _CHANNELS[row["Hình thức"]],
        "subject": _MATTERS[row["Về việc"]],
        "subject_count": _number(row["Số đối tượng"]),
        "note": row["Nội dung"],
        "answered_on": day_or_none(row["Ngày trả lời"]),
        "answered_at": dt.time.fromisoformat(row["Giờ trả lời"]) if row["Giờ trả lời"] else None,
        "answer": row["Trả lời"],
    }


def _initiative(book: Book, row: Row) -> dict[str, Any]:
    units = [book.units[f"Công an xã {name}"] for name in row["Xã"].split("; ")]
    return {
        "name": row["Tên mô hình"],
        "kind": row["Loại mô hình"],
        "founded": day(row["Ngày thành lập"]),
        "unit": book.units[row["Đơn vị phụ trách"]],
        "communes": tuple(unit.administrative_unit for unit in units),
        "places": row["Thôn, bản, doanh nghiệp"],
        "members": _number(row["Số thành viên"]),
        "note": row["Nội dung"],
        "ended": day_or_none(row["Ngày kết thúc"]),
        "end_reason": row["Lý do kết thúc"],
    }


def _of(book: Book, row: Row) -> Initiative:
    return Initiative.objects.get(cluster=book.cluster, name=row["Mô hình"])


def _activity(book: Book, row: Row) -> dict[str, Any]:
    return {
        "initiative": _of(book, row),
        "held_on": day(row["Ngày"]),
        "unit": book.units[row["Đơn vị"]],
        "content": row["Nội dung"],
        "participants": _number(row["Số người tham gia"]),
        "article": book.article(row["Điều"], on=day(row["Ngày"])),
    }


def _rating(book: Book, row: Row) -> dict[str, Any]:
    return {
        "initiative": _of(book, row),
        "year": int(row["Năm"]),
        "rating": _RATINGS[row["Xếp loại"]],
        "evidence": row["Căn cứ"],
        "rated_by": row["Nơi đánh giá"],
        "rated_on": day(row["Ngày đánh giá"]),
    }


def _session(book: Book, row: Row) -> dict[str, Any]:
    unit = book.units[row["Đơn vị"]]
    return {
        "held_on": day(row["Ngày"]),
        "unit": unit,
        "topic": row["Chủ đề"],
        "form": _FORMS[row["Hình thức"]],
        "commune": unit.administrative_unit,
        "place": row["Địa điểm"],
        "audience": _number(row["Số lượt người"]),
        "article": book.article(row["Điều"], on=day(row["Ngày"])),
        "note": "",
    }


def _crime_report(book: Book, row: Row) -> dict[str, Any]:
    session = book.client_id(f"{Outreach.noun}/{row['Buổi tuyên truyền']}")
    return {
        "received_on": day(row["Ngày tiếp nhận"]),
        "unit": book.units[row["Đơn vị"]],
        "channel": _WAYS[row["Hình thức"]],
        "subject": _REPORTED[row["Về việc"]],
        "outreach": Outreach.objects.filter(client_id=session).first(),
        "is_valuable": _WORTH[row["Có giá trị"]],
        "outcome": _OUTCOMES[row["Kết quả"]],
        "note": row["Nội dung"],
    }
