"""The tables that go with a review, typed: the appendices print them as texts, the workbook keeps them as numbers."""

import datetime as dt
import enum
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from cluster.numbers import day, qualified
from reports.breakdowns import CAMPAIGN_COLUMNS, MONTH_COLUMNS, UNIT_COLUMNS
from reports.edition import Edition
from reports.models import Amendment
from reports.paper.material import Material
from reports.passports import Passport
from reports.reckoning import Reckoning
from reports.tables import known_years, month_name, short_name
from reports.values import Value

# Lines of a passport by their names: those of all alike, and those of each column of the table.
_OF_ALL = (_("Period"), _("Compared with"), _("As of"))
_IN_COLUMNS = (
    (_("Rule"),),
    (_("Counted rows"),),
    (_("Rows"), _("Confirmed by")),
    (_("Basis"), _("Declared")),
)
BASIS = {"records": "bản ghi", "declared": "kê khai", "mixed": "bản ghi và kê khai"}


@dataclass(frozen=True)
class Count:
    """A number that may not be exact; None is not known."""

    value: int | None
    qualifier: str | None = None


# A plain int is the place in a list.
Cell = str | int | Count | dt.date


class Kind(enum.StrEnum):
    ORDER = "order"
    TEXT = "text"
    COUNT = "count"
    DATE = "date"


@dataclass(frozen=True)
class Column:
    """``width`` is its share of the line on paper, and about as many letters in the workbook."""

    title: str
    width: int
    kind: Kind = Kind.TEXT


@dataclass(frozen=True)
class Sheet:
    """``name`` is short enough for a sheet of Excel; ``groups`` are the places of rows that sum up those below."""

    name: str
    title: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Cell, ...], ...]
    total: tuple[Cell, ...] = ()
    groups: frozenset[int] = frozenset()
    notes: tuple[str, ...] = ()
    preface: tuple[str, ...] = ()


def _row(*cells: Cell) -> tuple[Cell, ...]:
    return cells


def in_words(cell: Cell, *, pad: bool) -> str:
    """As paper says it."""
    if isinstance(cell, Count):
        return qualified(cell.value, cell.qualifier, pad=pad)
    return day(cell) if isinstance(cell, dt.date) else str(cell)


@dataclass(frozen=True)
class Sheets:
    """Of one edition; a table of which nothing is known is None. Ask while Vietnamese is the language in hand."""

    material: Material

    @property
    def edition(self) -> Edition:
        return self.material.edition

    @property
    def reckoning(self) -> Reckoning:
        return self.edition.reckoning

    @property
    def this(self) -> str:
        return self.reckoning.wording.short(self.reckoning.period)

    @property
    def before(self) -> str:
        return self.reckoning.wording.short(self.reckoning.comparison)

    @property
    def _of(self) -> tuple[str, str]:
        """Both as they stand behind what is counted: "Lượt người 2017", "Lượt người kỳ này"."""
        return self.this.lower(), self.before.lower()

    def all(self) -> list[Sheet]:
        made = [
            *(self.figures(), self.outcomes(), self.by_unit(), self.by_month(), self.by_category(), self.by_force()),
            *(self.by_campaign(), self.trend(), self.award_list(), self.amendments(), self.passports()),
        ]
        return [sheet for sheet in made if sheet]

    def _pair(self, key: str) -> tuple[Count, Count]:
        compared = self.reckoning.figures[key]
        return _count(compared.this), _count(compared.before)

    def _change(self, now: int | None, before: int | None) -> str:
        return "" if now is None or before is None else self.reckoning.wording.change(now - before)

    def figures(self) -> Sheet:
        """Every figure of which anything is known, with its change or why there is none."""
        known = [compared for compared in self.reckoning.figures.values() if compared.is_known]
        rows = tuple(
            _row(
                number,
                str(compared.figure.metric.label),
                self.reckoning.wording.counted_in(compared.figure.metric),
                _count(compared.this),
                _count(compared.before),
                compared.change_in(self.reckoning.wording) or compared.reason,
                BASIS.get(compared.this.basis or "", ""),
            )
            for number, compared in enumerate(known, 1)
        )
        unknown = [str(c.figure.metric.label) for c in self.reckoning.figures.values() if not c.is_known]
        note = f"Chưa có số liệu về: {', '.join(unknown)}."
        columns = (
            *(
                Column("TT", 5, Kind.ORDER),
                Column("Chỉ tiêu", 27),
                Column("Đơn vị tính", 12),
                Column(self.this, 10, Kind.COUNT),
            ),
            *(Column(self.before, 10, Kind.COUNT), Column("Tăng, giảm", 24), Column("Nguồn số liệu", 12)),
        )
        return Sheet("Chỉ tiêu", "Tổng hợp số liệu", columns, rows, notes=(note,) if unknown else ())

    def outcomes(self) -> Sheet | None:
        """How the incidents ended: the parts make up the whole."""
        parts = [p for p in self.reckoning.outcomes if p.values["incidents"] or p.before["incidents"]]
        rows = tuple(
            _row(capfirst(str(part.label)), Count(part.values["incidents"]), Count(part.before["incidents"]))
            for part in parts
        )
        columns = (
            *(Column("Kết quả giải quyết", 50), Column(self.this, 15, Kind.COUNT)),
            Column(self.before, 15, Kind.COUNT),
        )
        total = _row("Cộng", *self._pair("incidents"))
        return Sheet("Kết quả giải quyết", "Kết quả giải quyết vụ việc", columns, rows, total) if rows else None

    def by_unit(self) -> Sheet | None:
        """Parties in bold above their units; the last line reconciles the columns with the totals."""
        rows = tuple(
            _row(
                capfirst(str(row.label)),
                *(Count(row.values[column], row.qualifiers.get(column)) for column in UNIT_COLUMNS),
            )
            for row in self.reckoning.by_unit
        )
        groups = frozenset(place for place, row in enumerate(self.reckoning.by_unit) if row.unit is None)
        word = self.reckoning.cluster.get_patrol_word_display()
        columns = (
            *(Column("Bên, đơn vị", 40), Column(f"Chủ trì ({word})", 14, Kind.COUNT)),
            *(Column(f"Tham gia ({word})", 14, Kind.COUNT), Column("Lượt người", 14, Kind.COUNT)),
            *(Column("Vụ việc", 12, Kind.COUNT), Column("Đối tượng", 13, Kind.COUNT)),
            Column("Chuyển cấp trên", 13, Kind.COUNT),
        )
        figures = ("joint_patrols", "", "participations", "incidents", "persons_involved", "incidents_transferred")
        total = _row("Toàn cụm", *(self._pair(key)[0] if key else "không cộng" for key in figures))
        note = (
            f"Mỗi {word} tuần tra chung chỉ tính một lần trong tổng số của cụm: tính ở cột “Chủ trì” cho một đơn vị, "
            "ở cột “Tham gia” cho từng đơn vị có lực lượng, nên cột này không cộng."
        )
        return (
            Sheet("Theo đơn vị", "Số liệu theo bên và đơn vị", columns, rows, total, groups, (note,)) if rows else None
        )

    def by_month(self) -> Sheet:
        rows = tuple(
            _row(
                month_name(row.month),
                *(Count(side[key]) for key in MONTH_COLUMNS for side in (row.values, row.before)),
                self._change(row.values["incidents"], row.before["incidents"]) if row.month else "",
            )
            for row in self.reckoning.by_month
        )
        pairs = [self._pair(key) for key in MONTH_COLUMNS]
        change = self.reckoning.wording.change(self.reckoning.figures["incidents"].change)
        heads = (capfirst(self.reckoning.cluster.get_patrol_word_display()) + " tuần tra", "Lượt người", "Vụ việc")
        counts = (Column(f"{head} {name}", 12, Kind.COUNT) for head in heads for name in self._of)
        columns = (Column("Tháng", 16), *counts, Column("Vụ việc tăng, giảm", 20))
        total = _row("Cộng", *(count for pair in pairs for count in pair), change)
        return Sheet(
            "Theo tháng", "Số liệu theo tháng", columns, rows, total, notes=tuple(self._months_with_incidents())
        )

    def _months_with_incidents(self) -> Iterator[str]:
        months = self.reckoning.incident_months
        if months:
            yield self.reckoning.wording.incident_months(months)

    def by_category(self) -> Sheet | None:
        rows = tuple(
            _row(
                row.category.name if row.category else "Chưa rõ loại",
                Count(row.incidents, row.qualifiers.get("incidents")),
                Count(row.previous, row.qualifiers.get("previous")),
                self.reckoning.wording.change_with_percent(row.change, row.previous),
                Count(row.persons, row.qualifiers.get("persons")),
                Count(row.previous_persons, row.qualifiers.get("previous_persons")),
            )
            for row in self.reckoning.by_category
        )
        columns = (
            *(Column("Loại vụ việc", 34), Column(f"Vụ việc {self._of[0]}", 12, Kind.COUNT)),
            *(Column(f"Vụ việc {self._of[1]}", 12, Kind.COUNT), Column("Tăng, giảm", 22)),
            *(Column(f"Đối tượng {self._of[0]}", 13, Kind.COUNT), Column(f"Đối tượng {self._of[1]}", 13, Kind.COUNT)),
        )
        incidents = self.reckoning.figures["incidents"]
        words = self.reckoning.wording.change_with_percent(incidents.change, incidents.before.value)
        total = _row("Cộng", *self._pair("incidents"), words, *self._pair("persons_involved"))
        return Sheet("Theo loại", "Vụ việc theo loại", columns, rows, total) if rows else None

    def by_force(self) -> Sheet | None:
        rows = tuple(
            _row(str(part.label), Count(part.values["participations"]), Count(part.before["participations"]))
            for part in self.reckoning.by_force
        )
        columns = (
            *(Column("Lực lượng", 50), Column(f"Lượt người {self._of[0]}", 15, Kind.COUNT)),
            Column(f"Lượt người {self._of[1]}", 15, Kind.COUNT),
        )
        total = _row("Cộng", *self._pair("participations"))
        return Sheet("Theo lực lượng", "Lượt người theo lực lượng", columns, rows, total) if rows else None

    def by_campaign(self) -> Sheet | None:
        rows = tuple(
            _row(str(part.label), *(Count(part.values[key]) for key in CAMPAIGN_COLUMNS))
            for part in self.reckoning.by_campaign
        )
        word = capfirst(self.reckoning.cluster.get_patrol_word_display())
        columns = (
            *(Column("Đợt cao điểm", 46), Column(f"{word} tuần tra", 14, Kind.COUNT)),
            *(Column("Lượt người", 14, Kind.COUNT), Column("Vụ việc phát hiện", 16, Kind.COUNT)),
        )
        total = _row("Cộng", *(self._pair(key)[0] for key in CAMPAIGN_COLUMNS))
        return Sheet("Theo đợt cao điểm", "Kết quả theo đợt cao điểm", columns, rows, total) if rows else None

    def trend(self) -> Sheet | None:
        """The same dates of several years; empty where there would be one alone."""
        rows = tuple(
            _row(short_name(year.period, self.reckoning.cluster), *(_count(year.values[key]) for key in MONTH_COLUMNS))
            for year in known_years(self.reckoning.trend)
        )
        word = capfirst(self.reckoning.cluster.get_patrol_word_display())
        columns = (
            *(Column("Năm", 20), Column(f"{word} tuần tra", 18, Kind.COUNT)),
            *(Column("Lượt người", 18, Kind.COUNT), Column("Vụ việc", 18, Kind.COUNT)),
        )
        return Sheet("Các năm", "Số liệu qua các năm", columns, rows) if rows else None

    def award_list(self) -> Sheet | None:
        rows = tuple(
            _row(
                *(number, award.name, capfirst(str(award.get_recipient_display())), award.form),
                *(award.decision_number, award.decided_on, award.achievement),
            )
            for number, award in enumerate(self.material.edition.awards, 1)
        )
        columns = (
            *(
                Column("TT", 5, Kind.ORDER),
                Column("Tập thể, cá nhân", 28),
                Column("Đối tượng", 11),
                Column("Hình thức", 16),
            ),
            *(Column("Số quyết định", 16), Column("Ngày", 13, Kind.DATE), Column("Thành tích", 30)),
        )
        return Sheet("Khen thưởng", "Danh sách khen thưởng", columns, rows) if rows else None

    def amendments(self) -> Sheet | None:
        """What was put right after the signature; the figures above stay as they were signed."""
        rows = tuple(
            _row(one.number, timezone.localdate(one.closed_at), one.reason, "; ".join(changes_of(one)))
            for one in self.material.amendments
            if one.closed_at
        )
        columns = (
            *(
                Column("Số", 6, Kind.ORDER),
                Column("Ngày", 13, Kind.DATE),
                Column("Lý do", 40),
                Column("Trước và sau", 41),
            ),
        )
        title = "Các lần sửa đổi sau khi ký"
        return Sheet("Sửa đổi", title, columns, rows) if rows else None

    def passports(self) -> Sheet:
        """What each number means and stands on."""
        rows = tuple(_passport_row(passport) for passport in self.edition.passports)
        columns = (
            *(Column("Chỉ tiêu", 20), Column("Giá trị", 13), Column("Cách tính", 36), Column("Số liệu được tính", 32)),
            *(Column("Số dòng, xác nhận", 40), Column("Nguồn", 26)),
        )
        return Sheet("Thuyết minh", "Thuyết minh các chỉ tiêu", columns, rows, preface=tuple(self._of_all_passports()))

    def _of_all_passports(self) -> Iterator[str]:
        """What every passport says alike is said once."""
        said = {line.name: line.text for passport in self.edition.passports for line in passport.lines}
        yield from (f"{name}: {said[name]}." for name in map(str, _OF_ALL) if name in said)


def _count(value: Value) -> Count:
    return Count(value.value, value.qualifier)


def _passport_row(passport: Passport) -> tuple[str, ...]:
    """Its lines by column, each name said where a column holds several; a name that is new here goes to the last."""
    said = {line.name: line.text for line in passport.lines if line.name not in map(str, _OF_ALL)}
    unit = said.pop(gettext("Unit of measure"), "")
    cells = []
    for names in _IN_COLUMNS:
        texts = [(name, said.pop(name)) for name in map(str, names) if name in said]
        cells.append("; ".join(text if len(names) == 1 else f"{name}: {text}" for name, text in texts))
    rest = "; ".join(f"{name}: {text}" for name, text in said.items())
    return (passport.label, f"{passport.value} {unit}".strip(), *cells[:-1], "; ".join(filter(None, [cells[-1], rest])))


def changes_of(amendment: Amendment) -> Iterator[str]:
    """The figures that it changed: "Vụ việc: 41 → 42"."""
    for change in amendment.said.get("figures", {}).values():
        was, is_now = change["before"], change["after"]
        if was is None or was["this"] != is_now["this"]:
            yield f"{is_now['label']}: {_frozen(was)} → {_frozen(is_now)}"


def _frozen(figure: dict[str, Any] | None) -> str:
    return qualified(figure["this"]["value"], figure["this"]["qualifier"]) if figure else "–"
