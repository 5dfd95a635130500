"""The sample's plans with their targets; all of them are invented."""

import datetime as dt
from collections import defaultdict

from cluster.models import Party
from cluster.services import log_record
from reports.models import Target, Workplan
from reports.sample.once import by_name
from reports.sample.records import Book
from reports.sample.tables import Row, day, moment
from reports.services import set_targets


def load_workplans(book: Book) -> None:
    """Plans that were never there, each with its targets; what users made of one since stays."""
    if book.coordinator is None:
        return
    targets: dict[str, list[Row]] = defaultdict(list)
    for row in book.table("targets.csv"):
        targets[row["Năm"]].append(row)
    for client_id, row in book.unwritten(Workplan, book.table("workplans.csv"), lambda row: f"plan/{row['Từ ngày']}"):
        values = {
            "name": row["Kế hoạch"],
            "symbol": row["Số, ký hiệu"],
            "date_from": day(row["Từ ngày"]),
            "date_to": day(row["Đến ngày"]),
            "approver": row["Người phê duyệt"],
            "approved_on": day(row["Ngày phê duyệt"]),
            "content": row["Nội dung"],
        }
        now = moment(row["Ngày phê duyệt"]) + dt.timedelta(hours=9)
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
