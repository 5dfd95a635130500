"""The official lists that come with the project: administrative units, successions, forces, police units, borders.

What is there is left alone, so that a second run changes nothing and never undoes an administrator's edit.
A row of the lists is there when

- a unit bears its code in a part of its time (codes are reused, so the code alone says nothing),
- the old unit of a succession already has one on that day,
- a force bears, or once bore, its name,
- an administrative unit has a police unit, whatever its name,
- two administrative units have a common border.
"""

import csv
import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.db import models, transaction
from simple_history.utils import bulk_create_with_history

from cluster.models import UNKNOWN_START, AdministrativeUnit, BorderPair, Force, PoliceUnit, UnitSuccession, User
from cluster.models.units import overlaps

DATA = Path(__file__).parent / "data"
LAST_DAY_OF_DISTRICT_POLICE = dt.date(2025, 2, 28)

Kind = AdministrativeUnit.Kind
_KINDS = {
    "Tỉnh": Kind.PROVINCE,
    "Huyện": Kind.DISTRICT,
    "Xã": Kind.COMMUNE,
    "Thị trấn": Kind.TOWNSHIP,
    "Phường": Kind.WARD,
}
# A parent is written before its children.
_LEVELS = ({Kind.PROVINCE}, {Kind.DISTRICT}, {Kind.COMMUNE, Kind.TOWNSHIP, Kind.WARD})


@dataclass(frozen=True)
class Loaded:
    """How many rows of each kind a run has added."""

    units: int
    successions: int
    forces: int
    police_units: int
    border_pairs: int


@dataclass
class _Register:
    """The stored units by code; within a code, by time."""

    by_code: dict[str, list[AdministrativeUnit]] = field(default_factory=lambda: defaultdict(list))

    def add(self, units: Iterable[AdministrativeUnit]) -> None:
        for unit in units:
            self.by_code[unit.code].append(unit)

    def on(self, code: str, day: dt.date) -> AdministrativeUnit | None:
        return next((unit for unit in self.by_code[code] if unit.is_valid_on(day)), None)

    def holds(self, unit: AdministrativeUnit) -> bool:
        return any(overlaps(unit, other) for other in self.by_code[unit.code])


@transaction.atomic
def load_official_units(*, by: User | None = None) -> Loaded:
    """Add the rows of the official lists that are not there yet, with a history that names ``by``."""
    register = _Register()
    register.add(AdministrativeUnit.objects.all())
    return Loaded(
        units=_add_units(register, by=by),
        successions=_add_successions(register, by=by),
        forces=_add_forces(by=by),
        police_units=_add_police_units(register, by=by),
        border_pairs=_add_border_pairs(register, by=by),
    )


def _add_units(register: _Register, *, by: User | None) -> int:
    rows = [(_unit(row), row["parent_code"]) for row in _rows("admin_units.csv")]
    added = 0
    for kinds in _LEVELS:
        new = [(unit, code) for unit, code in rows if unit.kind in kinds and not register.holds(unit)]
        for unit, parent_code in new:
            unit.parent = register.on(parent_code, unit.valid_from) if parent_code else None
        register.add(_write([unit for unit, _ in new], by=by))
        added += len(new)
    return added


def _unit(row: dict[str, str]) -> AdministrativeUnit:
    """A unit as listed. The remarks of the list speak to its makers, so they stay in the file."""
    return AdministrativeUnit(
        code=row["code"],
        name=row["name"],
        kind=_KINDS[row["kind"]],
        valid_from=_day(row["valid_from"]) or UNKNOWN_START,
        valid_to=_day(row["valid_to"]),
        legal_basis=row["legal_basis"],
    )


def _add_successions(register: _Register, *, by: User | None) -> int:
    known = set(UnitSuccession.objects.values_list("old_id", "effective_date"))
    new = []
    for row in _rows("unit_successions.csv"):
        day = dt.date.fromisoformat(row["effective_date"])
        old = register.on(row["old_code"], day - dt.timedelta(days=1))
        successor = register.on(row["new_code"], day)
        if old and successor and (old.pk, day) not in known:
            new.append(_succession(row, old=old, new=successor, day=day))
    return len(_write(new, by=by))


def _succession(
    row: dict[str, str], *, old: AdministrativeUnit, new: AdministrativeUnit, day: dt.date
) -> UnitSuccession:
    kind, *_remark = row["change_kind"].split()  # "merge (code kept, renamed)"
    return UnitSuccession(
        old=old,
        new=new,
        effective_date=day,
        kind=UnitSuccession.Kind(kind),
        legal_basis=row["legal_basis"],
    )


def _add_forces(*, by: User | None) -> int:
    known = set(Force.objects.values_list("name", flat=True)) | set(Force.history.values_list("name", flat=True))
    new = [
        Force(
            name=row["name"],
            valid_from=_day(row["valid_from"]) or UNKNOWN_START,
            valid_to=_day(row["valid_to"]),
            note=row["note"],
        )
        for row in _rows("forces.csv")
        if row["name"] not in known
    ]
    return len(_write(new, by=by))


def _add_police_units(register: _Register, *, by: User | None) -> int:
    listed = {row["code"] for row in _rows("admin_units.csv")}
    served = set(PoliceUnit.objects.values_list("administrative_unit_id", flat=True))
    new = [
        _police_unit(unit)
        for code in sorted(listed)
        for unit in register.by_code[code]
        if unit.kind != Kind.PROVINCE and unit.pk not in served
    ]
    return len(_write(new, by=by))


def _police_unit(unit: AdministrativeUnit) -> PoliceUnit:
    """The police of a district or commune, as in "Công an thị trấn Nông trường Lệ Ninh"."""
    valid_to = unit.valid_to
    if unit.kind == Kind.DISTRICT:
        valid_to = min(valid_to or LAST_DAY_OF_DISTRICT_POLICE, LAST_DAY_OF_DISTRICT_POLICE)
    return PoliceUnit(
        name=f"Công an {unit.full_name}".replace(" NT ", " Nông trường "),
        administrative_unit=unit,
        valid_from=unit.valid_from,
        valid_to=valid_to,
    )


# What the list of 2025 calls otherwise than that of 2017.
_COLUMNS_2025 = {"le_thuy_code": "unit_a_code", "vinh_linh_code": "unit_b_code"}
_CONFIDENCE = {
    "high": BorderPair.Confidence.HIGH,
    "adjacency high": BorderPair.Confidence.HIGH,
    "medium-high": BorderPair.Confidence.FAIR,
    "adjacency likely": BorderPair.Confidence.FAIR,
    "medium": BorderPair.Confidence.MEDIUM,
    "uncertain": BorderPair.Confidence.LOW,
}
# What stands behind it in the lists, which speak to their makers.
_REMARKS = {
    "coast end": "đầu đoạn phía biển",
    "corner": "chỉ chạm ở góc",
    "short contact": "đoạn tiếp giáp ngắn",
    "+-10%": "chiều dài gần đúng, ±10%",
}
_METHODS = {
    "border_pairs_2017.csv": (
        "Suy ra: đường địa giới huyện cũ (theo ranh giới xã năm 2025) đối chiếu với khung bao của các xã cũ."
    ),
    "border_pairs_2025.csv": "Suy ra: phần ranh giới của xã này nằm cách xã kia không quá khoảng 60 m.",
}
_POLICE_PAGE = "Trang tin Công an Quảng Bình cũng nêu thôn Trầm Kỳ (Sen Thủy) – thôn Tân Định (Vĩnh Chấp)."


def _add_border_pairs(register: _Register, *, by: User | None) -> int:
    known = set(BorderPair.objects.values_list("one", "other"))
    pairs = [_border_pair(row, register, source=name) for name in _METHODS for row in _rows(name)]
    return len(_write([pair for pair in pairs if pair and (pair.one_id, pair.other_id) not in known], by=by))


def _border_pair(row: dict[str, str], register: _Register, *, source: str) -> BorderPair | None:
    """Lengths are published as "2.4" or "0.5-1.2"; codes are those of a day on which the row holds."""
    valid_from, valid_to = _day(row["valid_from"]), _day(row.get("valid_to", ""))
    day = valid_from or valid_to or UNKNOWN_START
    codes = [row.get(name) or row[_COLUMNS_2025[name]] for name in _COLUMNS_2025]
    one, other = (register.on(code, day) for code in codes)
    if one is None or other is None:
        return None
    shortest, _dash, longest = row["approx_shared_border_km"].partition("-")
    word, *_remark = re.split(r"[;(]", row["confidence"])
    remarks = [text for said, text in _REMARKS.items() if said in row["confidence"]]
    method = " ".join([_METHODS[source], *([_POLICE_PAGE] if "conganquangbinh" in row["method"] else [])])
    return BorderPair(
        one=one,
        other=other,
        shortest_km=Decimal(shortest),
        longest_km=Decimal(longest or shortest),
        confidence=_CONFIDENCE[word.strip()],
        note=", ".join(remarks),
        method=method,
        valid_from=valid_from or UNKNOWN_START,
        valid_to=valid_to,
    )


def _write(objects: list[Any], *, by: User | None) -> list[Any]:
    if not objects:
        return []
    model: type[models.Model] = type(objects[0])
    written: list[Any] = bulk_create_with_history(objects, model, default_user=by, default_change_reason="load_units")
    return written


def _rows(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def _day(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
