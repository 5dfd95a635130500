"""Workbooks of real clusters and bodies, as a coordinator would write them from what the newspapers say.

The figures are those of data/report_cases.csv. Where a source gives only totals they are declared; where it names no
units, units are made up to the number it gives.
"""

import csv
import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

from reports.tests.workbooks import Rows, line, patrol, set_up

CSV = Path(__file__).parent / "data" / "report_cases.csv"
QUALIFIERS = {"exact": "exact", "more_than (hơn)": "hơn", "over (trên)": "trên", "about (khoảng)": "khoảng"}
Sheets = Mapping[str, Rows]


def _published() -> list[dict[str, str]]:
    with CSV.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def stated(case: str) -> dict[str, tuple[int, str]]:
    """What the source of a case states of whole figures: value and exactness by key."""
    return {
        row["figure_key"]: (int(row["value"]), QUALIFIERS[row["qualifier"]])
        for row in _published()
        if row["case_id"] == case and row["figure_key"].isidentifier()
    }


JUST_BEFORE = {
    "2019-07-15_2019-08-14": {"compare_from": "2019-06-15", "compare_to": "2019-07-14"},
    "2021-10-01_2021-10-28": {"compare_from": "2021-09-03", "compare_to": "2021-09-30"},
}
# The year so far, which began on 15 December (see ``lam_dong``).
SO_FAR = "2018-12-15_2019-08-14"
# Sources that name no year of the last figure, and one that tells of several years.
_YEARS = {"C01": "2017", "C13": "2006"}
_CATEGORY_OF = {
    "theft_cases": "Trộm cắp tài sản",
    "gambling_cases": "Đánh bạc",
    "drug_cases": "Ma túy",
    "robbery_snatch": "Cướp giật",
    "theft": "Trộm cắp",
}
# What the sources say of a change or a share, as the review words it: against the year before, and the time before.
_SAID = {
    ("C01", "incident_change_abs"): ("giảm 13 vụ việc so với năm 2016", ""),
    ("C09", "crimes_cleared"): ("10.105/14.520 (69,59%)", ""),
    ("A04", "social_order_crimes"): ("", "giảm 17 vụ (16,04%)"),
    ("A04", "social_order_crimes_ytd"): ("tăng 103 vụ (16,53%)", ""),
    ("A04", "cleared_ytd"): ("597/726 (82,23%)", ""),
    ("A05", "criminal_cases"): ("giảm 78 vụ (26,53%)", "tăng 96 vụ (80%)"),
    ("A05", "robbery_snatch"): ("giảm 22 (45,83%)", "tăng 16 (160%)"),
    ("A05", "theft"): ("giảm 29 (22,83%)", "tăng 40 (68,97%)"),
}


class Statement(NamedTuple):
    """What a source states of a figure, or of its slice by party or category, and how the review words its change."""

    period: str
    key: str
    value: int
    qualifier: str
    party: str
    category: str
    is_change: bool
    against_year_before: str
    against_just_before: str


def statements(case: str) -> list[Statement]:
    """All that a cluster's review can state of a case."""
    return [_statement(row) for row in _published() if row["case_id"] == case and row["figure_key"]]


def _statement(row: dict[str, str]) -> Statement:
    key, _, part = row["figure_key"].partition(" ")
    metric, case = row["metric_key"], row["case_id"]
    said = _SAID.get((case, metric), ("", ""))
    # A comparison that nobody words here would go untested.
    if bool(row["comparison"]) != any(said):
        raise ValueError(f"{case} {metric}: {row['comparison']}")
    return Statement(
        _period_of(row),
        key,
        int(row["value"]),
        QUALIFIERS[row["qualifier"]],
        metric.partition("[")[2].rstrip("]") if part == "(party)" else "",
        _CATEGORY_OF[metric] if part == "(category)" else "",
        part == "(change)",
        *said,
    )


def _period_of(row: dict[str, str]) -> str:
    if row["metric_key"].endswith("_ytd"):
        return SO_FAR
    if row["case_id"] in _YEARS:
        return _YEARS[row["case_id"]]
    start, end = row["period_from"], row["period_to"]
    return start if start == end else f"{start}_{end}"


def cases_with_figures() -> set[str]:
    return {row["case_id"] for row in _published() if row["figure_key"]}


def declared(metric: str, value: int, start: str, end: str, **cells: Any) -> dict[str, Any]:
    """A row of the sheet Số liệu kê khai."""
    row = {"Chỉ tiêu": metric, "Từ ngày": start, "Đến ngày": end, "Giá trị": value}
    return row | {"Đơn vị": None, "Loại vụ việc": None, "Mức độ": None} | cells


def of_year(metric: str, value: int, year: int, **cells: Any) -> dict[str, Any]:
    return declared(metric, value, f"01/01/{year}", f"31/12/{year}", **cells)


def figures_of(case: str, year: int) -> list[dict[str, Any]]:
    """All that the source states of whole figures, but for the members, as declared rows."""
    return [
        of_year(key, value, year, **{"Mức độ": "đúng" if qualifier == "exact" else qualifier})
        for key, (value, qualifier) in stated(case).items()
        if key not in ("parties", "member_communes")
    ]


def communes(district: str, number: int) -> tuple[str, list[str]]:
    """A district with so many communes, whose names the source does not give."""
    return f"Huyện {district}", [f"Công an xã {district} {n}" for n in range(1, number + 1)]


def le_thuy_vinh_linh() -> Sheets:
    """C01: 25 patrols of 154 participations, which read "hơn 150".

    The source gives the change of −13 without its base: 54 incidents in 2016 and 41 in 2017 are ours. 2016 is known as
    a total only; the incidents of 2017 are records.
    """
    sides = {"Huyện Lệ Thủy": ("Công an xã Sen Thủy", "19312"), "Huyện Vĩnh Linh": ("Công an xã Vĩnh Chấp", "19375")}
    units = [unit for unit, _code in sides.values()]
    nights = [dt.datetime(2017, 1, 10, 21) + dt.timedelta(days=14 * n) for n in range(25)]  # noqa: DTZ001
    days = [dt.datetime(2017, 1, 5) + dt.timedelta(days=8 * n) for n in range(41)]  # noqa: DTZ001
    # 25 × (3 + 3) and four more in the first four patrols.
    headcounts = {(n, side): 4 if n < 4 and side == 0 else 3 for n in range(25) for side in (0, 1)}
    return {
        "Cụm": [{"Tên cụm": "Liên hoàn về ANTT vùng giáp ranh Lệ Thủy – Vĩnh Linh", "Năm thành lập": 2009}],
        "Đơn vị thành viên": [
            {"Bên": party, "Đơn vị": unit, "Mã đơn vị hành chính": code, "Đến ngày": "28/02/2025"}
            for party, (unit, code) in sides.items()
        ],
        "Loại vụ việc": [{"Loại vụ việc": "Vụ việc về an ninh, trật tự"}],
        "Ca tuần tra": [
            patrol(f"TT-{n}", **{"Bắt đầu": night, "Đơn vị chủ trì": units[n % 2]}) for n, night in enumerate(nights)
        ],
        "Lực lượng": [
            line(f"TT-{n}", **{"Đơn vị": units[side], "Số người": people}) for (n, side), people in headcounts.items()
        ],
        "Vụ việc": [
            {
                "Mã vụ": f"VV-{n}",
                "Thời gian": day,
                "Đơn vị": units[n % 2],
                "Loại vụ việc": "Vụ việc về an ninh, trật tự",
            }
            for n, day in enumerate(days)
        ],
        "Số liệu kê khai": [of_year("incidents", 54, 2016)],
    }


def binh_gia_trang_dinh() -> Sheets:
    """C02: four districts with 9, 11, 8 and 7 communes; 112 incidents, of them 13 in Na Rì."""
    districts = {"Bình Gia": 9, "Tràng Định": 11, "Na Rì": 8, "Thạch An": 7}
    rows = figures_of("C02", 2022)
    return {
        **set_up(*(communes(name, number) for name, number in districts.items())),
        "Số liệu kê khai": [*rows, of_year("incidents", 13, 2022, **{"Đơn vị": "Na Rì"})],
    }


def duc_thanh_son() -> Sheets:
    """C05: three communes, all figures as totals; the cluster counts by "buổi"."""
    names = ("Tân Đức", "Dương Thành", "Phúc Sơn")
    sheets = set_up(*((f"Xã {name}", [f"Công an xã {name}"]) for name in names))
    return {
        **sheets,
        "Cụm": [{"Tên cụm": "Cụm an ninh giáp ranh Đức – Thành – Sơn", "Từ đếm tuần tra": "buổi"}],
        "Số liệu kê khai": figures_of("C05", 2020),
    }


def hoa_phuoc_dien_ban() -> Sheets:
    """C06: four communes and wards, incidents known by category only; the cluster counts by "lượt"."""
    names = ("xã Hòa Phước", "xã Điện Hòa", "xã Điện Thắng Bắc", "phường Điện Ngọc")
    kinds = {"Trộm cắp tài sản": 5, "Đánh bạc": 6, "Ma túy": 19}
    by_kind = [of_year("incidents", value, 2022, **{"Loại vụ việc": kind}) for kind, value in kinds.items()]
    return {
        **set_up(*((name, [f"Công an {name}"]) for name in names)),
        "Cụm": [{"Tên cụm": "Cụm an ninh giáp ranh Hòa Phước – Điện Bàn", "Từ đếm tuần tra": "lượt"}],
        "Loại vụ việc": [{"Loại vụ việc": kind} for kind in kinds],
        "Số liệu kê khai": [*figures_of("C06", 2022), *by_kind],
    }


SEVEN_PROVINCES = {
    "TP.HCM": 6482,
    "Đồng Nai": 2811,
    "Bình Dương": 1809,
    "Long An": 867,
    "Tiền Giang": 860,
    "Tây Ninh": 794,
    "BR-VT": 897,
}


def seven_provinces(*, with_total: bool = True) -> Sheets:
    """C09: the police of seven provinces; 14,520 offences, which the source also tells by province."""
    rows = [row for row in figures_of("C09", 2023) if with_total or row["Chỉ tiêu"] != "incidents"]
    rows += [of_year("incidents", value, 2023, **{"Đơn vị": name}) for name, value in SEVEN_PROVINCES.items()]
    return {
        **set_up(*((name, [f"Công an {name}"]) for name in SEVEN_PROVINCES), name="Quy chế 303/QCPH"),
        "Số liệu kê khai": rows,
    }


def vinh_bao_tien_lang() -> Sheets:
    """C13: eleven communes and townships of four districts; how many of each is not said."""
    districts = {"Vĩnh Bảo": 3, "Tiên Lãng": 3, "Tứ Kỳ": 3, "Ninh Giang": 2}
    return set_up(*(communes(name, number) for name, number in districts.items()))


def lam_dong() -> Sheets:
    """A04: a month that ends on the 14th beside the month before, and the year so far beside the same time of 2018.

    When that year began the source does not say; we take 15 December, as the month's days suggest.
    """
    year, before = ("15/12/2018", "14/08/2019"), ("15/12/2017", "14/08/2018")
    rows = [
        declared("incidents", 89, "15/07/2019", "14/08/2019"),
        declared("incidents", 89 + 17, "15/06/2019", "14/07/2019"),
        declared("incidents", 726, *year),
        declared("incidents_resolved", 597, *year),
        declared("incidents", 726 - 103, *before),
    ]
    return set_up(communes("Lâm Hà", 1), communes("Đức Trọng", 1)) | {"Số liệu kê khai": rows}


def ho_chi_minh_city() -> Sheets:
    """A05: four weeks of 2021, the same dates of 2020 and the four weeks before; in all and two categories."""
    periods = (("01/10/2021", "28/10/2021"), ("01/10/2020", "28/10/2020"), ("03/09/2021", "30/09/2021"))
    values = {None: (216, 216 + 78, 216 - 96), "Cướp giật": (26, 26 + 22, 26 - 16), "Trộm cắp": (98, 98 + 29, 98 - 40)}
    return {
        **set_up(communes("Củ Chi", 1), communes("Hóc Môn", 1)),
        "Loại vụ việc": [{"Loại vụ việc": kind} for kind in values if kind],
        "Số liệu kê khai": [
            declared("incidents", value, *period, **{"Loại vụ việc": kind})
            for kind, numbers in values.items()
            for value, period in zip(numbers, periods, strict=True)
        ],
    }
