"""The sample's board, standing role, participants, documents and advice."""

import datetime as dt
import uuid
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.utils import timezone

from cluster.models import (
    UNKNOWN_START,
    Advice,
    BoardMember,
    Document,
    Participant,
    Party,
    PoliceUnit,
    StandingTerm,
)
from cluster.models.records import RegisterRecord
from cluster.services import log_record
from reports.sample.once import by_name
from reports.sample.records import Book
from reports.sample.tables import Row, day, day_or_none

_SEATS = {
    "Trưởng ban": BoardMember.Seat.HEAD,
    "Phó trưởng ban": BoardMember.Seat.DEPUTY,
    "Ủy viên thường trực": BoardMember.Seat.STANDING,
    "Thành viên": BoardMember.Seat.MEMBER,
    "Thư ký": BoardMember.Seat.SECRETARY,
}
_PARTICIPANTS = {"Thôn": Participant.Kind.HAMLET, "Doanh nghiệp": Participant.Kind.ENTERPRISE}
_DOCUMENTS = {
    "Quy chế": Document.Kind.REGULATION,
    "Kế hoạch": Document.Kind.PLAN,
    "Chỉ đạo": Document.Kind.DIRECTIVE,
    "Quyết định": Document.Kind.DECISION,
    "Thông báo": Document.Kind.NOTICE,
    "Biên bản": Document.Kind.MINUTES,
    "Khác": Document.Kind.OTHER,
}
_OUTCOMES = {
    "chờ kết quả": Advice.Outcome.PENDING,
    "được chấp thuận": Advice.Outcome.ACCEPTED,
    "được chấp thuận một phần": Advice.Outcome.PARTLY,
    "không được chấp thuận": Advice.Outcome.DECLINED,
}


def load_arrangement(book: Book) -> None:
    parties = by_name(Party, cluster=book.cluster)
    _load_documents(book)
    _write(
        book,
        BoardMember,
        "board.csv",
        lambda row: f"{row['Chức danh']} {row['Họ tên']} {row['Từ ngày']}",
        _seat(parties),
    )
    _write(book, StandingTerm, "standing.csv", lambda row: f"Thường trực {row['Từ ngày']}", _term(book, parties))
    _write(book, Participant, "participants.csv", lambda row: row["Tên"], _participant(book, parties))
    _write(book, Advice, "advice.csv", lambda row: row["Mã"], _advice(book))


Values = Callable[[Row], dict[str, Any]]


def _write(book: Book, model: type[RegisterRecord], name: str, key: Callable[[Row], str], values: Values) -> None:
    """Each row of the table once, as written down by the coordinator on its day."""
    for client_id, row in book.unwritten(model, book.table(name), key):
        _log(book, model, client_id, values(row))


def _log(book: Book, model: type[RegisterRecord], client_id: uuid.UUID, values: dict[str, Any]) -> None:
    blank = model(cluster=book.cluster, client_id=client_id)
    on = max(values[model.dated_by], dt.date(2009, 1, 1))
    now = dt.datetime.combine(on, dt.time(9), timezone.get_default_timezone())
    log_record(blank, values, unit=None, by=book.coordinator, now=now)


def _seat(parties: dict[str, Party]) -> Values:
    return lambda row: {
        "seat": _SEATS[row["Chức danh"]],
        "name": row["Họ tên"],
        "post": row["Chức vụ"],
        "party": parties.get(row["Bên"]),
        "date_from": day(row["Từ ngày"]),
        "date_to": day_or_none(row["Đến ngày"]),
        "position": int(row["Thứ tự"]),
    }


def _term(book: Book, parties: dict[str, Party]) -> Values:
    return lambda row: {
        "party": parties[row["Bên"]],
        "date_from": day(row["Từ ngày"]),
        "date_to": day_or_none(row["Đến ngày"]),
        "handed_over_on": day_or_none(row["Ngày bàn giao"]),
        "handed_over_by": parties.get(row["Bên bàn giao"]),
        "handover_document": _document(book, row["Biên bản bàn giao"]),
        "handover_note": row["Nội dung bàn giao"],
    }


def _participant(book: Book, parties: dict[str, Party]) -> Values:
    return lambda row: {
        "kind": _PARTICIPANTS[row["Loại"]],
        "name": row["Tên"],
        "party": parties.get(row["Bên"]),
        "unit": book.units.get(row["Công an địa bàn"]),
        "date_from": day_or_none(row["Từ ngày"]) or UNKNOWN_START,
        "date_to": day_or_none(row["Đến ngày"]),
        "note": row["Ghi chú"],
    }


def _load_documents(book: Book) -> None:
    """The later ones first, for the earlier ones say by which they are replaced."""
    articles: dict[str, list[str]] = defaultdict(list)
    for row in book.table("articles.csv"):
        articles[row["Văn bản"]].append(f"Điều {row['Điều']}. {row['Tên']}\n{row['Nội dung']}")
    rows = sorted(book.table("documents.csv"), key=lambda row: day(row["Ngày ban hành"]), reverse=True)
    for client_id, row in book.unwritten(Document, rows, lambda row: row["Mã"]):
        _log(book, Document, client_id, _document_values(book, row, "\n".join(articles[row["Mã"]])))


def _document_values(book: Book, row: Row, articles: str) -> dict[str, Any]:
    return {
        "kind": _DOCUMENTS[row["Loại"]],
        "issuer": row["Cơ quan ban hành"],
        "number_symbol": row["Số, ký hiệu"],
        "issued_on": day(row["Ngày ban hành"]),
        "abstract": row["Trích yếu"],
        "signer": row["Người ký, chức vụ"],
        "approver": row["Người phê duyệt"],
        "valid_from": day_or_none(row["Hiệu lực từ"]),
        "valid_to": day_or_none(row["Hiệu lực đến"]),
        "replaced_by": _document(book, row["Thay thế bằng"]),
        "articles_text": articles,
    }


def _document(book: Book, key: str) -> Document | None:
    return Document.objects.filter(client_id=book.client_id(key)).first() if key else None


def _advice(book: Book) -> Values:
    return lambda row: {
        "given_on": day(row["Ngày"]),
        "unit": _unit(book, row["Đơn vị"]),
        "addressee": row["Tham mưu cho"],
        "subject": row["Nội dung"],
        "document": _document(book, row["Văn bản"]),
        "article": book.article(row["Điều"], on=day(row["Ngày"])),
        "outcome": _OUTCOMES[row["Kết quả"]],
        "outcome_on": day_or_none(row["Ngày kết quả"]),
        "outcome_note": row["Kết quả cụ thể"],
    }


def _unit(book: Book, name: str) -> PoliceUnit | None:
    return book.units[name] if name else None
