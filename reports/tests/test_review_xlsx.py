import datetime as dt
import io
import re
import zipfile

import openpyxl
import pytest

from incidents.tests.factories import make_award, make_category, make_declared, make_incident
from reports.tests.papers import download
from reports.tests.signing import PAST, make_year, signed

HOSTILE = ("=1+1", "+84", "-1", "@SUM(A1)", "\t=1", "http://example.org", "0012")


@pytest.fixture
def year(two_party_cluster):
    return make_year(two_party_cluster)


@pytest.fixture
def client(client_of, leader):
    return client_of(leader)


def book_of(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def table(page):
    """The rows under the header, by the title of the first column."""
    head = page.freeze_panes and int(re.sub(r"\D", "", page.freeze_panes)) - 1
    titles = [cell.value for cell in page[head] if cell.value]
    rows = page.iter_rows(min_row=head + 1, max_col=len(titles))
    return [dict(zip(titles, row, strict=True)) for row in rows if row[0].border.top.style]


def test_review_xlsx_has_a_sheet_for_each_breakdown(year, client):
    book = book_of(download(client, year, "xlsx"))
    assert book.sheetnames == [
        *("Chỉ tiêu", "Kết quả giải quyết", "Theo đơn vị", "Theo tháng", "Theo loại", "Theo lực lượng"),
        *("Theo đợt cao điểm", "Các năm", "Khen thưởng", "Thuyết minh"),
    ]
    assert all(page.freeze_panes for page in book)


def test_numbers_and_dates_are_typed(year, client):
    book = book_of(download(client, year, "xlsx"))
    figures = {row["Chỉ tiêu"].value: row for row in table(book["Chỉ tiêu"])}
    assert [figures["Tuần tra chung"][name].value for name in ("2017", "2016")] == [3, 2]
    months = table(book["Theo tháng"])
    assert months[-1]["Tháng"].value == "Cộng"
    assert sum(row["Vụ việc 2017"].value or 0 for row in months[:-1]) == months[-1]["Vụ việc 2017"].value
    (award,) = table(book["Khen thưởng"])
    assert isinstance(award["Ngày"].value, dt.datetime)
    assert award["Ngày"].number_format == "dd/mm/yyyy"


def test_number_that_is_not_exact_stays_one_and_says_so(year, client):
    make_declared(cluster=year.cluster, year=2017, metric="briefings", value=150, qualifier="hơn")
    figures = {row["Chỉ tiêu"].value: row for row in table(book_of(download(client, year, "xlsx"))["Chỉ tiêu"])}
    cell = figures["Giao ban"]["2017"]
    assert (cell.value, cell.number_format) == (150, '"hơn "#,##0')


@pytest.mark.parametrize("text", HOSTILE)
def test_text_stays_text(year, client, text):
    make_award(cluster=year.cluster, decided_on=dt.date(2017, 6, 1), name=text, recorded_at=PAST)
    category = make_category(cluster=year.cluster, name=text)
    make_incident(cluster=year.cluster, unit=year.unit, category=category, occurred_on=dt.date(2017, 6, 1))
    book = book_of(download(client, year, "xlsx"))
    cells = [row["Tập thể, cá nhân"] for row in table(book["Khen thưởng"])]
    cells += [row["Loại vụ việc"] for row in table(book["Theo loại"])]
    found = [cell for cell in cells if cell.value == text.strip()]
    assert [(cell.data_type, cell.quotePrefix) for cell in found] == [("s", True)] * 2


def test_no_cell_is_a_formula(year, client):
    sheets = zipfile.ZipFile(io.BytesIO(download(client, year, "xlsx")))
    pages = [name for name in sheets.namelist() if name.startswith("xl/worksheets/sheet")]
    assert [name for name in pages if b"<f>" in sheets.read(name)] == []


def test_charts_are_native_and_have_a_text_for_who_does_not_see_them(year, client):
    archive = zipfile.ZipFile(io.BytesIO(download(client, year, "xlsx")))
    drawings = "".join(archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/drawings/drawing"))
    described = re.findall(r'descr="([^"]+)"', drawings)
    charts = [name for name in archive.namelist() if name.startswith("xl/charts/chart")]
    assert len(described) == len(charts) > 0
    assert "Biểu đồ: Lượt người 2017 so với Lượt người 2016; số liệu ở bảng phía trên." in described


@pytest.mark.parametrize("period", ["2017", "2017-01-01_2017-03-31"])
def test_charts_are_named_without_their_period(year, client, period):
    archive = zipfile.ZipFile(io.BytesIO(download(client, year, "xlsx", period=period)))
    charts = "".join(archive.read(n).decode() for n in archive.namelist() if n.startswith("xl/charts/chart"))
    titles = re.findall("<a:t>(.*?)</a:t>", charts)
    assert titles[:3] == ["Ca tuần tra theo tháng", "Lượt người theo tháng", "Vụ việc theo tháng"]


def test_draft_says_so_and_a_signed_one_bears_its_hash(year, client):
    draft = book_of(download(client, year, "xlsx"))
    review = signed(year)
    kept = book_of(download(client, year, "xlsx"))
    said = [[cell.value for cell in book["Chỉ tiêu"]["A"] if cell.value] for book in (draft, kept)]
    assert "DỰ THẢO" in said[0]
    assert f"Báo cáo số 01 đã ký; mã kiểm tra (SHA-256): {review.snapshot_hash}" in said[1]


def test_signed_workbook_is_the_same_on_every_download(year, client):
    signed(year)
    first = download(client, year, "xlsx")
    year.cluster.name = "Tên khác"
    year.cluster.save()
    assert download(client, year, "xlsx") == first
