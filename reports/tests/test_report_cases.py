"""Proof on real figures: what was published of real clusters, entered as workbooks and read back from the review."""

import json
from collections.abc import Mapping
from io import StringIO
from typing import Any

import pytest
from bs4 import BeautifulSoup
from django.core.management import call_command
from django.utils import translation

from cluster.models import Cluster
from cluster.numbers import qualified
from cluster.tests.factories import make_posting
from incidents.metrics import METRICS
from reports.tests import cases
from reports.tests.workbooks import run_command, workbook

pytestmark = pytest.mark.django_db
SLUG = "cum-that"
SHEETS = {
    "C01": cases.le_thuy_vinh_linh,
    "C02": cases.binh_gia_trang_dinh,
    "C05": cases.duc_thanh_son,
    "C06": cases.hoa_phuoc_dien_ban,
    "C09": cases.seven_provinces,
    "C13": cases.vinh_bao_tien_lang,
    "A04": cases.lam_dong,
    "A05": cases.ho_chi_minh_city,
}
A_MONTH = ("--from", "2019-07-15", "--to", "2019-08-14", "--compare-from", "2019-06-15", "--compare-to", "2019-07-14")
SO_FAR = ("--from", "2018-12-15", "--to", "2019-08-14")
FOUR_WEEKS = ("--from", "2021-10-01", "--to", "2021-10-28")
WEEKS_BEFORE = ("--compare-from", "2021-09-03", "--compare-to", "2021-09-30")


@pytest.fixture
def review(tmp_path):
    """``review(sheets, year, *options)``: import by the command, then the review as JSON by the command."""

    def review(sheets: cases.Sheets, year: int, *options: str) -> dict[str, Any]:
        run_command(tmp_path, workbook(sheets), "--cluster", SLUG, "--create")
        out = StringIO()
        call_command("review", SLUG, str(year), "--format", "json", *options, stdout=out)
        return json.loads(out.getvalue())

    return review


def parties(data: dict[str, Any], column: str) -> dict[str, int]:
    """The column of the table by unit, of the parties alone."""
    return {row["party"]: row[column] for row in data["by_unit"] if row["unit"] is None and row["party"]}


def categories(data: dict[str, Any]) -> dict[str, tuple[int, int | None]]:
    """Incidents of this period and of the one it is compared with."""
    return {row["category"]: (row["incidents"], row["previous"]) for row in data["incidents_by_category"]}


def test_every_case_with_a_figure_is_tried():
    assert cases.cases_with_figures() == set(SHEETS)


class Reading:
    """The review of a period, as its page and its JSON say it."""

    def __init__(self, client: Any, period: str, comparison: Mapping[str, str]) -> None:
        page = client.get(f"/clusters/{SLUG}/review/{period}/", comparison)
        soup = BeautifulSoup(page.content, "html.parser")
        self.data = client.get(f"/clusters/{SLUG}/review/{period}.json", comparison).json()
        self.words = words(soup)
        self.lines = {
            section.h2["id"]: {
                # The name of a figure opens its passport.
                words(line.select_one("summary") or line.th): [words(cell) for cell in line.select("td")]
                for line in section.select("tr:has(td)")
            }
            for section in soup.select("section:has(table)")
        }

    def on_page(self, stated: cases.Statement) -> str:
        if stated.party:
            lines = self.lines["by-unit"]
            return next(cells[3] for name, cells in lines.items() if name.endswith(stated.party))
        if stated.category:
            return self.lines["by-category"][stated.category][0]
        return self.lines["figures"][str(METRICS[stated.key].label)][0]

    def in_json(self, stated: cases.Statement) -> tuple[int, str]:
        if stated.party:
            found = parties(self.data, "incidents")
            return next(n for name, n in found.items() if name.endswith(stated.party)), "exact"
        if stated.category:
            rows = {row["category"]: row for row in self.data["incidents_by_category"]}
            return rows[stated.category]["incidents"], rows[stated.category]["qualifier"]
        figure = self.data["figures"][stated.key]
        return (figure["change"], "exact") if stated.is_change else (figure["value"], figure["qualifier"])

    def says(self, stated: cases.Statement) -> bool:
        """Both say it, in the tables or, rounded by rule 7, in the headline."""
        said = qualified(stated.value, stated.qualifier)
        if any(sentence.startswith(said) for sentence in self.data["headline"]) and said in self.words:
            return True
        on_page = stated.is_change or self.on_page(stated) == said
        return on_page and self.in_json(stated) == (stated.value, stated.qualifier)


def words(element: Any) -> str:
    return " ".join(element.get_text(" ").split())


@pytest.mark.parametrize("case", SHEETS)
def test_everything_published_is_said_on_page_and_in_json(review, client_of, case):
    """Each value with its exactness, and each change with its percentage, of every row of the table."""
    review(SHEETS[case](), 2017)
    client = client_of(make_posting(role="coordinator", cluster=Cluster.objects.get(slug=SLUG)).user)
    stated = cases.statements(case)
    readings = {period: Reading(client, period, {}) for period in {one.period for one in stated}}
    just_before = {
        period: Reading(client, period, comparison)
        for period, comparison in cases.JUST_BEFORE.items()
        if period in readings
    }
    with translation.override("vi"):
        assert [one for one in stated if not readings[one.period].says(one)] == []
    assert [one for one in stated if one.against_year_before not in readings[one.period].words] == []
    assert [
        one
        for one in stated
        if one.against_just_before and one.against_just_before not in just_before[one.period].words
    ] == []


def test_le_thuy_vinh_linh_from_records(review):
    data = review(cases.le_thuy_vinh_linh(), 2017)
    assert data["headline"] == [
        "25 ca tuần tra chung",
        "hơn 150 lượt người tham gia",
        "giảm 13 vụ việc so với năm 2016",
    ]
    figures = data["figures"]
    assert (figures["joint_patrols"]["value"], figures["participations"]["value"]) == (25, 154)
    assert (figures["incidents"]["value"], figures["incidents"]["previous"], figures["incidents"]["change"]) == (
        41,
        54,
        -13,
    )
    assert {figures[key]["basis"] for key in ("joint_patrols", "participations", "incidents")} == {"records"}


def test_le_thuy_vinh_linh_by_unit_adds_up(review):
    data = review(cases.le_thuy_vinh_linh(), 2017)
    for column, key in (("led", "joint_patrols"), ("participations", "participations"), ("incidents", "incidents")):
        assert sum(parties(data, column).values()) == data["figures"][key]["value"]
    for key in ("joint_patrols", "participations", "incidents"):
        assert sum(row[key] or 0 for row in data["by_month"]) == data["figures"][key]["value"]


def test_binh_gia_trang_dinh_names_one_party_of_the_total(review):
    """C02: "112 vụ việc, trong đó Na Rì 13": what no party declares stands apart, so that the column adds up."""
    data = review(cases.binh_gia_trang_dinh(), 2022)
    rest = [row["incidents"] for row in data["by_unit"] if row["party"] is None]
    assert (parties(data, "incidents")["Huyện Na Rì"], rest) == (13, [112 - 13])


def test_duc_thanh_son_splits_add_up(review):
    """C05: 39 incidents = 17 settled by the communes + 22 passed on."""
    figures = review(cases.duc_thanh_son(), 2020)["figures"]
    settled, passed_on = figures["incidents_resolved"]["value"], figures["incidents_transferred"]["value"]
    assert (settled, passed_on, settled + passed_on) == (17, 22, figures["incidents"]["value"])


def test_duc_thanh_son_headline_keeps_the_words_of_the_source(review):
    assert review(cases.duc_thanh_son(), 2020)["headline"][:2] == [
        "trên 80 buổi tuần tra chung",
        "hơn 150 lượt người tham gia",
    ]


def test_hoa_phuoc_dien_ban_categories_add_up(review):
    """C06: the source gives 5, 6 and 19 and no total; they are the total."""
    data = review(cases.hoa_phuoc_dien_ban(), 2022)
    assert categories(data) == {"Ma túy": (19, None), "Đánh bạc": (6, None), "Trộm cắp tài sản": (5, None)}
    assert data["figures"]["incidents"]["value"] == 30


def test_hoa_phuoc_dien_ban_headline_keeps_the_words_of_the_source(review):
    assert review(cases.hoa_phuoc_dien_ban(), 2022)["headline"][:2] == [
        "25 lượt tuần tra chung",
        "khoảng 240 lượt người tham gia",
    ]


@pytest.mark.parametrize("with_total", [True, False])
def test_seven_provinces_add_up(review, with_total):
    """C09: the seven provinces make the total, stated beside them or not."""
    data = review(cases.seven_provinces(with_total=with_total), 2023)
    assert parties(data, "incidents") == cases.SEVEN_PROVINCES
    assert data["figures"]["incidents"]["value"] == sum(cases.SEVEN_PROVINCES.values()) == 14_520


def test_lam_dong_month_beside_the_month_before(review):
    figure = review(cases.lam_dong(), 2019, *A_MONTH)["figures"]["incidents"]
    assert (figure["value"], figure["previous"], figure["change"]) == (89, 106, -17)


def test_lam_dong_year_so_far(review):
    """A04: "tăng 103 vụ (16,5%)", and "597/726 vụ (đạt 82,2%)"."""
    figures = review(cases.lam_dong(), 2019, *SO_FAR)["figures"]
    assert (figures["incidents"]["value"], figures["incidents"]["change"]) == (726, 103)
    assert round(figures["incidents"]["percent"], 2) == 16.53
    assert round(figures["incidents_resolved"]["value"] / figures["incidents"]["value"] * 100, 1) == 82.2


@pytest.mark.parametrize(
    ("comparison", "incidents", "snatched", "stolen"),
    [((), (-78, 26.53), (-22, 45.83), (-29, 22.83)), (WEEKS_BEFORE, (96, 80), (16, 160), (40, 68.97))],
    ids=["a year before", "the weeks before"],
)
def test_ho_chi_minh_city_against_both_comparisons(review, comparison, incidents, snatched, stolen):
    """A05: 216 offences, 26 snatched, 98 stolen; the percentages that the source gives, to two decimals."""
    data = review(cases.ho_chi_minh_city(), 2021, *FOUR_WEEKS, *comparison)
    figure, by_category = data["figures"]["incidents"], categories(data)
    assert figure["value"] == 216
    assert (figure["change"], round(abs(figure["percent"]), 2)) == incidents
    for name, value, told in (("Cướp giật", 26, snatched), ("Trộm cắp", 98, stolen)):
        this, before = by_category[name]
        change, percent = told
        assert (this, before) == (value, value - change)
        assert round(abs(change) / (value - change) * 100, 2) == percent
