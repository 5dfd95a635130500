import io

import openpyxl
import pytest
from django.urls import reverse

from cluster.tests.factories import make_force, make_member, make_unit
from incidents.tests.factories import make_category
from reports.workbook.read import read_book
from reports.workbook.schema import SHEETS

DATA = [sheet.sheet for sheet in SHEETS]


@pytest.fixture
def download(client_of, coordinator, two_party_cluster):
    """The template as bytes."""
    return lambda: client_of(coordinator).get(reverse("reports:workbook_template", args=["cum-thu"])).content


def opened(content):
    return openpyxl.load_workbook(io.BytesIO(content))


def test_template_has_every_sheet_and_column(download):
    book = opened(download())
    assert book.sheetnames == ["Hướng dẫn", *DATA, "Danh mục"]
    for sheet in SHEETS:
        assert [cell.value for cell in book[sheet.sheet][1]] == [column.title for column in sheet.columns().values()]


def test_template_as_downloaded_has_nothing_to_import(download):
    book = read_book(download())
    assert book.is_empty
    assert (book.problems.errors, book.problems.warnings) == ([], [])


def test_template_lists_what_the_cluster_has(download, two_party_cluster):
    make_member(party=two_party_cluster.party, unit=make_unit(name="Công an xã Sen Thủy"))
    make_category(cluster=two_party_cluster.cluster, name="Trộm cắp")
    make_category(name="Của cụm khác")
    make_force(name="Dân quân")
    words = {cell.value for row in opened(download())["Danh mục"] for cell in row}
    assert {"Công an xã Sen Thủy", "Trộm cắp", "Dân quân", "khoảng", "đã giải quyết", "tập thể"} <= words
    assert "Của cụm khác" not in words


def test_lists_stand_behind_their_columns(download):
    page = opened(download())["Lực lượng"]
    rules = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation if rule.type == "list"}
    assert set(rules) == {"B2:B5001", "C2:C5001"}
    assert rules["C2:C5001"].startswith("'Danh mục'!$")


def test_text_is_typed_as_text_whatever_it_begins_with(download, two_party_cluster):
    make_category(cluster=two_party_cluster.cluster, name="=1+1")
    make_category(cluster=two_party_cluster.cluster, name="@vi phạm")
    cells = [cell for row in opened(download())["Danh mục"] for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert "=1+1" in {cell.value for cell in cells}


def test_example_stands_beside_each_column_in_the_guide(download):
    rows = opened(download())["Hướng dẫn"].iter_rows(min_row=7, max_col=5, values_only=True)
    examples = {(row[0], row[1]): row[4] for row in rows}
    assert examples == {
        (sheet.sheet, column.title): column.example for sheet in SHEETS for column in sheet.columns().values()
    }


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.sheet)
def test_examples_are_what_their_columns_take(sheet):
    for column in sheet.columns().values():
        assert column.cell.read(column.example) not in (None, "", ())
