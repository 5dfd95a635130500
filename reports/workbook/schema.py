# ruff: noqa: RUF009  a column is declared where its field stands
"""The sheets and columns of the workbook, declared once (design.md, "The workbook").

Reading, planning and the template all follow these classes: a class is a sheet, a field with ``column`` is a column,
in the order of the template. A cell that is empty or could not be read is None or, for texts, empty; where the column
is required that happens in a faulty row only, so its type does not say so.
"""

import dataclasses
import datetime as dt
from collections.abc import Mapping
from functools import cache
from typing import Any, ClassVar

from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cluster.models import Cluster, Officer, Party, PoliceUnit
from cluster.names import unknown
from incidents.metrics import METRICS
from incidents.models import Award, Category, DeclaredFigure, Incident
from patrols.models import Campaign, JointPatrol
from reports.workbook.cells import (
    Cell,
    CellError,
    Choice,
    Day,
    Moment,
    Occurrence,
    PersonNames,
    Raw,
    Text,
    Whole,
    shown,
)

EXCEL_TEXT = 32_767
# Sheets of the template that hold no data.
GUIDE_SHEET, LISTS_SHEET = "Hướng dẫn", "Danh mục"


@dataclasses.dataclass(frozen=True)
class Column:
    """A column: the row's attribute, how a cell is read, an example, and the template's list for it, if any."""

    title: str
    field: str
    cell: Cell
    example: str
    required: bool
    listed: str
    help: Promise | str


def column(
    title: str, cell: Cell, example: str, *, required: bool = True, listed: str = "", help: Promise | str = ""
) -> Any:
    empty = "" if isinstance(cell, Text) else () if isinstance(cell, PersonNames) else None
    metadata = {"title": title, "cell": cell, "example": example, "required": required, "listed": listed, "help": help}
    return dataclasses.field(default=empty, metadata=metadata)


@dataclasses.dataclass(slots=True, kw_only=True)
class Row:
    """A row of a sheet with its number in Excel; ``faulty``: a cell of it was refused, so only its key counts."""

    sheet: ClassVar[str]

    number: int
    faulty: bool = False

    @classmethod
    @cache
    def columns(cls) -> Mapping[str, Column]:
        """The columns by field, in the order of the template."""
        fields = [field for field in dataclasses.fields(cls) if field.metadata]
        return {field.name: Column(field=field.name, **field.metadata) for field in fields}


def _text(model: Any, field: str, *, free: bool = False) -> Text:
    """As long as the model's field takes it."""
    return Text(model._meta.get_field(field).max_length or EXCEL_TEXT, free=free)


_OUTCOMES = {
    "mới tiếp nhận": Incident.Outcome.RECEIVED,
    "đang xác minh": Incident.Outcome.VERIFYING,
    "đã giải quyết": Incident.Outcome.RESOLVED,
    "chuyển cấp trên": Incident.Outcome.TRANSFERRED,
    "đã chuyển Công an cấp trên": Incident.Outcome.TRANSFERRED,
    "đã chuyển cấp trên": Incident.Outcome.TRANSFERRED,
}
_RECIPIENTS = {"tập thể": Award.Recipient.COLLECTIVE, "cá nhân": Award.Recipient.INDIVIDUAL}
_QUALIFIERS = {qualifier.label: qualifier.value for qualifier in DeclaredFigure.Qualifier}


class _Figure:
    """A figure by its key or its Vietnamese label."""

    def read(self, raw: Raw) -> str:
        try:
            return self._choice().read(raw)
        except CellError:
            raise CellError(unknown(shown(raw), list(self._choice().words))) from None

    @property
    def listed(self) -> list[str]:
        return self._choice().listed

    @cache  # noqa: B019  one instance, for as long as the process lives
    def _choice(self) -> Choice:
        """Made when it is asked for: the labels come from the catalogue."""
        with translation.override("vi"):
            labels = {str(metric.label): key for key, metric in METRICS.items()}
        return Choice(labels | {key: key for key in METRICS})


@dataclasses.dataclass(slots=True, kw_only=True)
class ClusterRow(Row):
    sheet: ClassVar[str] = "Cụm"

    name: str = column("Tên cụm", _text(Cluster, "name", free=True), "Cụm liên hoàn về ANTT vùng giáp ranh A – B")
    founded: int | None = column("Năm thành lập", Whole(1945, 2100), "2009", required=False)
    patrol_word: str | None = column(
        "Từ đếm tuần tra",
        Choice({word.label: word.value for word in Cluster.PatrolWord}),
        "ca",
        required=False,
        listed="patrol_words",
    )


@dataclasses.dataclass(slots=True, kw_only=True)
class MemberRow(Row):
    sheet: ClassVar[str] = "Đơn vị thành viên"

    party: str = column("Bên", _text(Party, "name"), "Huyện A", listed="parties")
    unit: str = column("Đơn vị", _text(PoliceUnit, "name"), "Công an xã Sen Thủy")
    code: str = column(
        "Mã đơn vị hành chính",
        Text(10),
        "19312",
        required=False,
        help=_("The code of the official list; empty where the unit has none."),
    )
    joined: dt.date | None = column("Từ ngày", Day(), "01/01/2009", required=False, help=_("Empty: not known."))
    left: dt.date | None = column(
        "Đến ngày", Day(), "30/06/2025", required=False, help=_("The last day; empty: still a member.")
    )


@dataclasses.dataclass(slots=True, kw_only=True)
class CategoryRow(Row):
    sheet: ClassVar[str] = "Loại vụ việc"

    group: str = column("Nhóm", _text(Category, "group", free=True), "Trật tự xã hội", required=False)
    name: str = column("Loại vụ việc", _text(Category, "name", free=True), "Trộm cắp tài sản")


@dataclasses.dataclass(slots=True, kw_only=True)
class PatrolRow(Row):
    sheet: ClassVar[str] = "Ca tuần tra"

    code: str = column("Mã ca", _text(JointPatrol, "code"), "TT-2017-01", help=_("A code of your own, each once."))
    starts_at: dt.datetime = column("Bắt đầu", Moment(past=True), "15/03/2017 21:00")
    ends_at: dt.datetime | None = column("Kết thúc", Moment(), "16/03/2017 02:00", required=False)
    route: str = column(
        "Tuyến", _text(JointPatrol, "route", free=True), "Sen Thủy – Vĩnh Chấp, thôn Tân Định", required=False
    )
    lead_unit: str = column("Đơn vị chủ trì", _text(PoliceUnit, "name"), "Công an xã Sen Thủy", listed="units")
    campaign: str = column(
        "Đợt cao điểm",
        _text(Campaign, "name", free=True),
        "Cao điểm Tết Nguyên đán 2017",
        required=False,
        listed="campaigns",
    )
    result: str = column(
        "Kết quả",
        Text(EXCEL_TEXT, free=True, lines=True),
        "An toàn, không phát hiện vụ việc",
        required=False,
        help=_("Without names, identity numbers, telephone numbers or plates of anybody."),
    )


@dataclasses.dataclass(slots=True, kw_only=True)
class LineRow(Row):
    sheet: ClassVar[str] = "Lực lượng"

    patrol: str = column("Mã ca", _text(JointPatrol, "code"), "TT-2017-01", help=_("As in the sheet of the patrols."))
    unit: str = column("Đơn vị", _text(PoliceUnit, "name"), "Công an xã Sen Thủy", listed="units")
    force: str = column("Lực lượng", Text(100), "Công an xã", listed="forces")
    headcount: int = column("Số người", Whole(1, 500), "3")
    names: tuple[str, ...] = column(
        "Họ tên",
        PersonNames(_text(Officer, "name").max_length),
        "Nguyễn Văn An; Trần Thị Bình",
        required=False,
        help=_("Of those who took part, separated by semicolons."),
    )


@dataclasses.dataclass(slots=True, kw_only=True)
class IncidentRow(Row):
    sheet: ClassVar[str] = "Vụ việc"

    code: str = column("Mã vụ", _text(Incident, "code"), "VV-2017-01", help=_("A code of your own, each once."))
    occurred: tuple[dt.date, dt.time | None] = column("Thời gian", Occurrence(), "02/04/2017 19:30")
    unit: str = column("Đơn vị", _text(PoliceUnit, "name"), "Công an xã Sen Thủy", listed="units")
    category: str = column("Loại vụ việc", _text(Category, "name"), "Trộm cắp tài sản", listed="categories")
    persons_involved: int | None = column(
        "Số đối tượng", Whole(0, 100_000), "2", required=False, help=_("A number only. Empty: not known.")
    )
    patrol: str = column(
        "Mã ca",
        _text(JointPatrol, "code"),
        "TT-2017-01",
        required=False,
        help=_("Of the patrol that found it, if one did."),
    )
    outcome: str | None = column(
        "Kết quả giải quyết", Choice(_OUTCOMES), "đã giải quyết", required=False, listed="outcomes"
    )


@dataclasses.dataclass(slots=True, kw_only=True)
class AwardRow(Row):
    sheet: ClassVar[str] = "Khen thưởng"

    decision_number: str = column("Số quyết định", _text(Award, "decision_number"), "125/QĐ-KT")
    decided_on: dt.date = column("Ngày", Day(past=True), "20/12/2017")
    form: str = column("Hình thức", _text(Award, "form", free=True), "Giấy khen")
    recipient: str = column("Tập thể hoặc cá nhân", Choice(_RECIPIENTS), "tập thể", listed="recipients")
    name: str = column("Tên", _text(Award, "name", free=True), "Công an xã Sen Thủy")
    achievement: str = column(
        "Thành tích",
        Text(EXCEL_TEXT, free=True, lines=True),
        "Thành tích trong công tác phối hợp năm 2017",
        required=False,
    )


@dataclasses.dataclass(slots=True, kw_only=True)
class DeclaredRow(Row):
    sheet: ClassVar[str] = "Số liệu kê khai"

    metric: str = column("Chỉ tiêu", _Figure(), "incidents", listed="metrics")
    date_from: dt.date = column("Từ ngày", Day(), "01/01/2016")
    date_to: dt.date = column("Đến ngày", Day(), "31/12/2016")
    unit: str = column(
        "Đơn vị",
        _text(PoliceUnit, "name"),
        "Huyện A",
        required=False,
        listed="parties_and_units",
        help=_("A unit or a party; empty: the whole cluster."),
    )
    category: str = column(
        "Loại vụ việc",
        _text(Category, "name"),
        "Trộm cắp tài sản",
        required=False,
        listed="categories",
        help=_("Empty: all categories."),
    )
    value: int = column("Giá trị", Whole(0, 10**12), "48")
    qualifier: str | None = column(
        "Mức độ", Choice(_QUALIFIERS), "đúng", required=False, listed="qualifiers", help=_("Empty: exact.")
    )
    source: str = column(
        "Nguồn", _text(DeclaredFigure, "source", free=True), "Báo cáo số 12/BC-BĐH ngày 15/12/2016", required=False
    )


SHEETS: tuple[type[Row], ...] = (
    ClusterRow,
    MemberRow,
    CategoryRow,
    PatrolRow,
    LineRow,
    IncidentRow,
    AwardRow,
    DeclaredRow,
)
