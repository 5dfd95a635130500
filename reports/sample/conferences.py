"""The sample's conferences with what they left behind: recommendations and key tasks.

Their reviews are signed later than the rows that these count, so the conferences are tied to them in a second step.
"""

import datetime as dt
from collections import defaultdict
from typing import Any

from cluster.models import Party
from cluster.services import edit_record, log_record
from incidents.models import Award
from reports.conference_services import (
    PartEntry,
    answer_recommendation,
    assess_task,
    log_conference,
    number_minutes,
)
from reports.models import Conference, Difficulty, KeyTask, Recommendation, Review
from reports.periods import Period
from reports.sample.once import by_name
from reports.sample.records import Book
from reports.sample.tables import Row, day, day_or_none, moment

_KINDS = {"Tổng kết": Conference.Kind.ANNUAL, "Sơ kết": Conference.Kind.INTERIM}
_DIFFICULTIES = {
    "Chưa tháo gỡ": Difficulty.State.OPEN,
    "Đang tháo gỡ": Difficulty.State.ACTED_ON,
    "Đã tháo gỡ": Difficulty.State.REMOVED,
}
_ANSWERS = {
    "Đã trả lời": Recommendation.State.ANSWERED,
    "Được chấp thuận": Recommendation.State.ACCEPTED,
    "Không được chấp thuận": Recommendation.State.DECLINED,
}
_ASSESSMENTS = {
    "Đã hoàn thành": KeyTask.Assessment.DONE,
    "Hoàn thành một phần": KeyTask.Assessment.PARTLY,
    "Chưa hoàn thành": KeyTask.Assessment.NOT_DONE,
}
# The table of each part, and its columns by the field that they fill.
_PARTS = {
    "delegations": ("delegates.csv", {"body": "Đơn vị", "headcount": "Số đại biểu", "names": "Họ tên, chức vụ"}),
    "contributions": (
        "contributions.csv",
        {"body": "Đơn vị", "speaker": "Người trình bày", "subject": "Chủ đề", "text": "Nội dung"},
    ),
    "difficulties": (
        "difficulties.csv",
        {"text": "Khó khăn, vướng mắc", "action": "Biện pháp tháo gỡ", "state": "Tình trạng"},
    ),
}


def load_conferences(book: Book) -> None:
    parts = {part: _rows_by_conference(book, part) for part in _PARTS}
    unwritten = book.unwritten(Conference, book.table("conferences.csv"), lambda row: row["Mã hội nghị"])
    for client_id, row in unwritten:
        blank = Conference(cluster=book.cluster, client_id=client_id)
        values = _conference(book, row) | {part: parts[part][row["Mã hội nghị"]] for part in _PARTS}
        log_conference(blank, values, by=book.coordinator, now=moment(f"{row['Ngày']} {row['Kết thúc']}"))
    held = {row.client_id: row for row in Conference.objects.of(book.cluster)}
    _load_recommendations(book, held)
    _load_tasks(book, held)


def tie_conferences(book: Book) -> None:
    """To the reviews that they conclude, unless somebody has had a conference in hand since."""
    for row in book.table("conferences.csv"):
        year = Period.of_year(book.cluster, int(row["Năm tổng kết"]))
        loose = Conference.objects.of(book.cluster).filter(
            client_id=book.client_id(row["Mã hội nghị"]), review=None, version=1
        )
        review = Review.objects.filter(cluster=book.cluster, date_from=year.start, date_to=year.end).first()
        if review and book.coordinator and (conference := loose.first()):
            edit_record(conference, {"review": review}, version=1, by=book.coordinator)
            now = moment(f"{row['Ngày']} {row['Kết thúc']}")
            number_minutes(conference, by=book.coordinator, now=now)


def _rows_by_conference(book: Book, part: str) -> dict[str, tuple[PartEntry, ...]]:
    name, columns = _PARTS[part]
    found: dict[str, tuple[PartEntry, ...]] = defaultdict(tuple)
    for row in book.table(name):
        values = tuple((field, _cell(field, row[column])) for field, column in columns.items())
        found[row["Mã hội nghị"]] += (PartEntry(part, values),)
    return found


def _cell(field: str, text: str) -> Any:
    if field == "headcount":
        return int(text)
    return _DIFFICULTIES[text] if field == "state" else text


def _conference(book: Book, row: Row) -> dict[str, Any]:
    parties = by_name(Party, cluster=book.cluster)
    return {
        "kind": _KINDS[row["Loại"]],
        "name": row["Tên hội nghị"],
        "held_on": day(row["Ngày"]),
        "starts_at": moment(f"{row['Ngày']} {row['Bắt đầu']}").time(),
        "ends_at": moment(f"{row['Ngày']} {row['Kết thúc']}").time(),
        "place": row["Địa điểm"],
        "chair": row["Chủ trì"],
        "secretary": row["Thư ký"],
        "conclusions": row["Kết luận"],
        "awards": tuple(Award.objects.of(book.cluster).filter(decided_on=day(row["Ngày khen thưởng"]))),
        "handover_from": parties.get(row["Bên giao"]),
        "handover_to": parties.get(row["Bên nhận"]),
        "handover_note": row["Nội dung bàn giao"],
    }


def _load_recommendations(book: Book, held: dict[Any, Conference]) -> None:
    unwritten = book.unwritten(Recommendation, book.table("recommendations.csv"), lambda row: row["Mã kiến nghị"])
    for client_id, row in unwritten:
        values = {
            "made_on": day(row["Ngày"]),
            "addressee": row["Nơi nhận"],
            "content": row["Nội dung"],
            "conference": held.get(book.client_id(row["Mã hội nghị"])),
        }
        blank = Recommendation(cluster=book.cluster, client_id=client_id)
        now = moment(row["Ngày"]) + dt.timedelta(hours=14)
        recommendation, _new = log_record(blank, values, unit=None, by=book.coordinator, now=now)
        if row["Ngày trả lời"] and book.coordinator:
            answer = {
                "state": _ANSWERS[row["Tình trạng"]],
                "answered_on": day(row["Ngày trả lời"]),
                "answer_document": row["Văn bản trả lời"],
                "answer": row["Trả lời"],
            }
            answer_recommendation(recommendation, answer, version=recommendation.version, by=book.coordinator)


def _load_tasks(book: Book, held: dict[Any, Conference]) -> None:
    for client_id, row in book.unwritten(KeyTask, book.table("tasks.csv"), lambda row: row["Mã nhiệm vụ"]):
        year = Period.of_year(book.cluster, int(row["Năm"]))
        conference = held.get(book.client_id(row["Mã hội nghị"]))
        values = {
            "date_from": year.start,
            "date_to": year.end,
            "content": row["Nội dung"],
            "owner": row["Đơn vị thực hiện"],
            "due_on": day_or_none(row["Thời hạn"]),
            "article": book.article(row["Điều"], on=year.start),
            "conference": conference,
        }
        now = moment(f"{conference.held_on:%d/%m/%Y} 14:30") if conference else moment(f"{year.start:%d/%m/%Y} 14:30")
        blank = KeyTask(cluster=book.cluster, client_id=client_id)
        task, _new = log_record(blank, values, unit=None, by=book.coordinator, now=now)
        if row["Ngày đánh giá"] and book.coordinator:
            assessment = {
                "assessment": _ASSESSMENTS[row["Đánh giá"]],
                "assessed_on": day(row["Ngày đánh giá"]),
                "assessment_note": row["Kết quả thực hiện"],
            }
            assess_task(task, assessment, version=task.version, by=book.coordinator)
