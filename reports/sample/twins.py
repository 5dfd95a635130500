"""The sample's twins: a patrol that both sides wrote down, linked by the coordinator on the day after."""

import datetime as dt

from patrols.models import JointPatrol, TwinLink
from patrols.services import link_twins
from reports.sample.records import Book


def load_twins(book: Book) -> None:
    """Link what was never linked; a link that users took back stays so, for its history tells that it was there."""
    rows = {row["Không tính"]: row for row in book.table("twins.csv")}
    if not rows or book.coordinator is None:
        return
    known = set(TwinLink.history.filter(cluster=book.cluster).values_list("absorbed__code", flat=True))
    for code, row in rows.items():
        patrols = JointPatrol.objects.of(book.cluster).filter(code__in=(code, row["Được tính"]))
        found = {patrol.code: patrol for patrol in patrols}
        if code in known or len(found) < 2:
            continue
        kept, absorbed = found[row["Được tính"]], found[code]
        link_twins(
            kept=kept,
            absorbed=absorbed,
            kept_version=kept.version,
            absorbed_version=absorbed.version,
            reason=row["Lý do"],
            by=book.coordinator,
            now=(absorbed.ends_at or absorbed.recorded_at) + dt.timedelta(days=1),
        )
