"""The sample's reviews: prepared, signed and countersigned as people would, and one of them amended.

They come last: what a review signs has to be there. A year that anybody has begun to review stays as it is.
"""

import datetime as dt
from dataclasses import replace

from cluster.models import Party, User
from incidents.models import Incident
from incidents.services import IncidentData, edit_incident
from reports.edition import Edition
from reports.models import Review, Section
from reports.narrative import Plans, proposals
from reports.periods import Period
from reports.sample.once import by_name
from reports.sample.records import OUTCOMES, Book
from reports.sample.tables import Row, day, moment
from reports.services import (
    Signature,
    close_amendment,
    countersign,
    digest_of,
    open_amendment,
    prepare_review,
    sign_review,
    write_section,
)


def load_reviews(book: Book, accounts: dict[str, User]) -> None:
    for row in book.table("reviews.csv"):
        period = Period.of_year(book.cluster, int(row["Năm"]))
        dates = {"date_from": period.start, "date_to": period.end}
        is_known = Review.history.filter(cluster=book.cluster, **dates).exists()
        if book.coordinator and not is_known and {row["Tài khoản"], row["Ký xác nhận"]} <= accounts.keys():
            _load(book, row, period, accounts)


def _load(book: Book, row: Row, period: Period, accounts: dict[str, User]) -> None:
    now = moment(f"{row['Ngày ban hành']} {row['Giờ ký']}")
    review = prepare_review(cluster=book.cluster, period=period, by=accounts["coordinator"])
    _write(book, row, review, by=accounts["coordinator"], now=now - dt.timedelta(days=1))
    signed = sign_review(
        review,
        seen=digest_of(Edition.of(review)),
        signature=_signature(book, row),
        by=accounts[row["Tài khoản"]],
        now=now,
    )
    other = by_name(Party, cluster=book.cluster)
    party = next(party for name, party in other.items() if name != row["Bên ký"])
    leader = accounts[row["Ký xác nhận"]]
    later = now + dt.timedelta(hours=18)
    countersign(signed, party=party, capacity="PHÓ TRƯỞNG BAN", name=row["Họ tên xác nhận"], by=leader, now=later)
    for amendment in book.table("amendments.csv"):
        if amendment["Năm"] == row["Năm"]:
            _amend(book, amendment, signed, accounts)


def _write(book: Book, row: Row, review: Review, *, by: User, now: dt.datetime) -> None:
    """What the coordinator wrote in place of the proposals; the other sections follow the figures."""
    proposed = proposals(Edition.of(review).reckoning, Plans.of(book.cluster, review.period))
    for section in book.table("sections.csv"):
        if section["Năm"] == row["Năm"]:
            kind = Section.Kind(section["Mục"])
            write_section(review, kind, text=section["Nội dung"], proposal=proposed[kind], version=0, by=by, now=now)


def _signature(book: Book, row: Row) -> Signature:
    return Signature(
        party=by_name(Party, cluster=book.cluster)[row["Bên ký"]],
        capacity="\n".join(part.strip() for part in row["Quyền hạn"].split(";")),
        name=row["Họ tên"],
        issued_on=day(row["Ngày ban hành"]),
        place=row["Địa danh"],
    )


def _amend(book: Book, row: Row, review: Review, accounts: dict[str, User]) -> None:
    """A leader lets a row be corrected, the coordinator corrects it, the leader closes."""
    leader, coordinator = accounts[row["Tài khoản"]], accounts["coordinator"]
    amendment = open_amendment(review, reason=row["Lý do"], by=leader, now=moment(row["Mở"]))
    incident = Incident.objects.of(book.cluster).filter(code=row["Mã vụ"]).first()
    if incident:
        data = replace(IncidentData.of(incident), outcome=OUTCOMES[row["Kết quả giải quyết"]])
        edit_incident(incident, version=incident.version, data=data, by=coordinator, reason=row["Lý do sửa"])
    close_amendment(amendment, by=leader, now=moment(row["Đóng"]))
