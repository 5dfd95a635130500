import io

from openpyxl import load_workbook

from cluster.tests.lists import posted

ADDRESS = "/clusters/cum-thu/exchanges/template.xlsx"


def test_register_template_names_columns_and_words(client_of, recorder, two_party_cluster):
    book = load_workbook(io.BytesIO(client_of(recorder).get(ADDRESS).content))
    page, words = book.worksheets
    assert [cell.value for cell in page[1]][:3] == ["Ngày trao đổi", "Đơn vị gửi", "Đơn vị nhận"]
    assert two_party_cluster.unit.name in [cell.value for cell in words["B"]]


def test_register_template_as_it_came_holds_nothing_to_import(client_of, recorder, two_party_cluster):
    client = client_of(recorder)
    response = client.post("/clusters/cum-thu/exchanges/import/", posted(client.get(ADDRESS).content))
    assert list(response.context["form"].errors) == ["file"]


def test_register_template_is_for_who_writes(client_of, leader, two_party_cluster):
    assert client_of(leader).get(ADDRESS).status_code == 403
