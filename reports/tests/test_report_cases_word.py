"""What was published of real clusters stands in the Word file of the review as well, in the words of such papers."""

from typing import Any

import pytest
from django.utils import translation

from cluster.models import Cluster
from cluster.numbers import qualified
from cluster.paper import word_of
from cluster.paper.checker import faults_of
from cluster.tests.papers import opened, word_lines
from incidents.metrics import METRICS
from reports.edition import Edition
from reports.paper.material import material_of
from reports.paper.review import report_of
from reports.periods import Period
from reports.tests import cases
from reports.tests.test_report_cases import SHEETS, SLUG
from reports.tests.workbooks import run_command, workbook

pytestmark = pytest.mark.django_db
YEARS = {"C02": 2022, "C05": 2020, "C06": 2022, "C09": 2023, "C13": 2006}
FOUR_WEEKS, WEEKS_BEFORE = "2021-10-01_2021-10-28", "2021-09-03_2021-09-30"


@pytest.fixture
def word(tmp_path):
    """``word(sheets, period)``: the Word file after the import, compared as asked."""

    def word(sheets: cases.Sheets, period: int | str, comparison: str = "") -> bytes:
        run_command(tmp_path, workbook(sheets), "--cluster", SLUG, "--create")
        cluster = Cluster.objects.get(slug=SLUG)
        with_which = Period.parse(cluster, comparison) if comparison else None
        edition = Edition(cluster, Period.parse(cluster, str(period)), with_which)
        with translation.override("vi"):
            return word_of(report_of(material_of(edition)))

    return word


def rows(content: bytes, first_column: str) -> dict[str, dict[str, str]]:
    """The table whose head begins so, by the text of that column."""
    for table in opened(content).tables:
        head, *others = [[cell.text for cell in row.cells] for row in table.rows]
        if first_column in head[:2]:
            found: list[dict[str, str]] = [dict(zip(head, row, strict=True)) for row in others]
            return {row[first_column]: row for row in found}
    return {}


def text(content: bytes) -> str:
    return "\n".join(word_lines(content))


def label(key: str) -> str:
    with translation.override("vi"):
        return str(METRICS[key].label)


@pytest.mark.parametrize("case", YEARS)
def test_word_states_what_was_published(word, case):
    content = word(SHEETS[case](), YEARS[case])
    figures, this = rows(content, "Chỉ tiêu"), str(YEARS[case])
    with translation.override("vi"):
        stated: dict[str, Any] = {label(key): qualified(*value) for key, value in cases.stated(case).items()}
    assert {name: figures[name][this] for name in stated} == stated
    assert [str(fault) for fault in faults_of(content)] == []


def test_word_of_le_thuy_vinh_linh_says_the_three_sentences(word):
    said = text(word(cases.le_thuy_vinh_linh(), 2017))
    assert "25 ca tuần tra chung; hơn 150 lượt người tham gia; giảm 13 vụ việc so với năm 2016." in said


def test_word_of_binh_gia_trang_dinh_names_one_party_of_the_total(word):
    """C02: 112 incidents, of them 13 in Na Rì, and what no party declares apart."""
    units = rows(word(cases.binh_gia_trang_dinh(), 2022), "Bên, đơn vị")
    assert (units["Huyện Na Rì"]["Vụ việc"], units["Toàn cụm"]["Vụ việc"]) == ("13", "112")
    assert str(112 - 13) in [row["Vụ việc"] for row in units.values()]


def test_word_of_duc_thanh_son_keeps_the_words_of_the_source(word):
    said = text(word(cases.duc_thanh_son(), 2020))
    assert "trên 80 buổi tuần tra chung; hơn 150 lượt người tham gia" in said


def test_word_of_hoa_phuoc_dien_ban_tells_the_categories(word):
    content = word(cases.hoa_phuoc_dien_ban(), 2022)
    kinds = {name: row["Vụ việc 2022"] for name, row in rows(content, "Loại vụ việc").items()}
    assert kinds == {"Ma túy": "19", "Đánh bạc": "6", "Trộm cắp tài sản": "5", "Cộng": "30"}
    assert "25 lượt tuần tra chung; khoảng 240 lượt người tham gia" in text(content)


def test_word_of_seven_provinces_adds_up(word):
    """C09: the seven provinces make the 14,520; 69.59 % were cleared."""
    content = word(cases.seven_provinces(), 2023)
    units = rows(content, "Bên, đơn vị")
    told = {name: int(units[name]["Vụ việc"].replace(".", "")) for name in cases.SEVEN_PROVINCES}
    assert told == cases.SEVEN_PROVINCES
    assert units["Toàn cụm"]["Vụ việc"] == "14.520"
    assert "10.105/14.520 (69,59%)" in text(content)


def test_word_of_lam_dong_month_and_year_so_far(word):
    """A04: "giảm 17 vụ so với tháng 7", "tăng 103 vụ (16,5%)", "597/726 vụ (đạt 82,2%)"."""
    month = rows(word(cases.lam_dong(), "2019-07-15_2019-08-14", "2019-06-15_2019-07-14"), "Chỉ tiêu")
    assert month["Vụ việc"]["Tăng, giảm"].startswith("giảm 17 vụ")
    content = word(cases.lam_dong(), "2018-12-15_2019-08-14")
    assert rows(content, "Chỉ tiêu")["Vụ việc"]["Tăng, giảm"] == "tăng 103 vụ (16,53%)"
    assert "597/726 (82,23%)" in text(content)


@pytest.mark.parametrize(
    ("comparison", "incidents", "snatched", "stolen"),
    [
        ("", "giảm 78 vụ (26,53%)", "giảm 22 (45,83%)", "giảm 29 (22,83%)"),
        (WEEKS_BEFORE, "tăng 96 vụ (80%)", "tăng 16 (160%)", "tăng 40 (68,97%)"),
    ],
    ids=["a year before", "the weeks before"],
)
def test_word_of_ho_chi_minh_city_against_both_comparisons(word, comparison, incidents, snatched, stolen):
    content = word(cases.ho_chi_minh_city(), FOUR_WEEKS, comparison)
    assert rows(content, "Chỉ tiêu")["Vụ việc"]["Tăng, giảm"] == incidents
    kinds = rows(content, "Loại vụ việc")
    assert [kinds[name]["Tăng, giảm"] for name in ("Cướp giật", "Trộm cắp")] == [snatched, stolen]
