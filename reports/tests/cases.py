"""Workbooks of real clusters and bodies, as a coordinator would write them from what the newspapers say.

The figures are those of data/report_cases.csv. Where a source gives only totals they are declared; where it names no
units, units are made up to the number it gives.
"""

import csv
import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

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
