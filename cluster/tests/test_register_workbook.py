import io

from openpyxl import load_workbook

from cluster.tests.factories import make_exchange, make_unit

ADDRESS = "/clusters/cum-thu/exchanges.xlsx"


def rows_of(response):
    sheet = load_workbook(io.BytesIO(response.content)).active
    return [list(row) for row in sheet.iter_rows(min_row=4)]


def test_register_workbook_holds_what_the_list_shows(client_of, recorder, two_party_cluster):
    make_exchange(cluster=two_party_cluster.cluster, subject_count=3)
    head, row = rows_of(client_of(recorder).get(ADDRESS))
    assert len(head) == len(row)
    assert (row[0].is_date, row[0].value.year, row[5].value, row[6].value) == (True, 2017, 3, None)


def test_register_workbook_is_narrowed_like_the_list(client_of, recorder, two_party_cluster):
    make_exchange(cluster=two_party_cluster.cluster)
    assert len(rows_of(client_of(recorder).get(f"{ADDRESS}?channel=writing"))) == 1


def test_register_workbook_types_every_text_as_text(client_of, recorder, two_party_cluster):
    unit = make_unit(cluster=two_party_cluster.cluster, name='=HYPERLINK("x")')
    make_exchange(cluster=two_party_cluster.cluster, from_unit=unit)
    _head, row = rows_of(client_of(recorder).get(ADDRESS))
    assert (row[1].data_type, row[1].value) == ("s", '=HYPERLINK("x")')
