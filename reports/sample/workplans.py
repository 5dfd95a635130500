"""The sample's plans with their targets; all of them are invented."""

import datetime as dt
from collections import defaultdict

from cluster.models import Document, Party
from cluster.services import log_record
from reports.models import Target, Workplan
from reports.sample.once import by_name
from reports.sample.records import Book
from reports.sample.tables import Row, day, moment
from reports.services import set_targets


def load_workplans(book: Book) -> None:
    """Plans that were never there, each with its document and targets; what users made of one since stays."""
    if book.coordinator is None:
        return
    targets: dict[str, list[Row]] = defaultdict(list)
    for row in book.table("targets.csv"):
        targets[row["Năm"]].append(row)
    papers = {paper.client_id: paper for paper in Document.objects.of(book.cluster).filter(workplans=None)}
    for client_id, row in book.unwritten(Workplan, book.table("workplans.csv"), lambda row: f"plan/{row['Từ ngày']}"):
        paper = papers.get(book.client_id(row["Văn bản"]))
        if paper is None:
            continue
        values = {
            "document": paper,
            "name": paper.abstract,
            "date_from": day(row["Từ ngày"]),
            "date_to": day(row["Đến ngày"]),
            "content": row["Nội dung"],
        }
        now = moment(f"{paper.issued_on:%d/%m/%Y}") + dt.timedelta(hours=9)
        blank = Workplan(cluster=book.cluster, client_id=client_id)
        plan, _new = log_record(blank, values, unit=None, by=book.coordinator, now=now)
        year = f"{day(row['Đến ngày']).year}"
        set_targets(plan, _targets(book, targets[year]), version=plan.version, by=book.coordinator)


def _targets(book: Book, rows: list[Row]) -> list[Target]:
    parties = by_name(Party, cluster=book.cluster)
    return [
        Target(metric=row["Chỉ tiêu"], amount=int(row["Mức đề ra"]), party=parties.get(row["Bên"]))
        for row in rows
        if not row["Bên"] or row["Bên"] in parties
    ]
