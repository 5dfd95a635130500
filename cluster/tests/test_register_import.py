import pytest

from cluster.models import InformationExchange, UploadedList
from cluster.tests.lists import list_of, posted

ADDRESS = "/clusters/cum-thu/exchanges/import/"


@pytest.fixture
def content(two_party_cluster):
    own, other = two_party_cluster.units
    return list_of(["date of the exchange", "from unit", "to unit"], ["01/06/2017", own.name, other.name])


def test_register_import_keeps_the_list_and_leads_to_its_preview(client_of, recorder, content):
    response = client_of(recorder).post(ADDRESS, posted(content))
    assert response["Location"] == f"{ADDRESS}preview/"
    upload = UploadedList.objects.get()
    assert (bytes(upload.content), upload.noun, upload.uploaded_by) == (content, "exchange", recorder)
    assert not InformationExchange.objects.exists()


def test_register_import_replaces_what_waited(client_of, recorder, content):
    client = client_of(recorder)
    for name in ("mot.xlsx", "hai.xlsx"):
        client.post(ADDRESS, posted(content, name))
    assert UploadedList.objects.get().name == "hai.xlsx"


@pytest.mark.parametrize(
    ("content", "name"),
    [
        (b"no workbook", "danh-sach.xlsx"),
        (list_of(["Tiêu đề lạ", "Cột lạ"], ["a", "b"]), "danh-sach.xlsx"),
        (list_of(["date of the exchange", "from unit"]), "danh-sach.xlsx"),
        (list_of(["date of the exchange", "from unit"], *[["01/06/2017", "A"]] * 501), "danh-sach.xlsx"),
        (list_of(["date of the exchange", "from unit"], ["01/06/2017", "A"]), "danh-sach.xls"),
        (list_of(*[["chữ"]] * 11, ["date of the exchange", "from unit"], ["01/06/2017", "A"]), "danh-sach.xlsx"),
    ],
)
def test_register_import_refuses_what_is_no_list(content, name, client_of, recorder, two_party_cluster):
    response = client_of(recorder).post(ADDRESS, posted(content, name))
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["file"])
    assert not UploadedList.objects.exists()


def test_register_import_names_the_columns(client_of, recorder, two_party_cluster):
    columns = client_of(recorder).get(ADDRESS).context["columns"]
    assert [str(column.label) for column in columns][:2] == ["Ngày trao đổi", "Đơn vị gửi"]


def test_register_import_is_for_who_writes_the_register(client_of, leader, recorder, outsider, two_party_cluster):
    assert client_of(leader).post(ADDRESS, {}).status_code == 403
    assert client_of(outsider).post(ADDRESS, {}).status_code == 404
    assert client_of(recorder).post("/clusters/cum-thu/initiatives/import/", {}).status_code == 403
