import datetime as dt

import pytest

from cluster.models import CrimeReport, InformationExchange, Initiative, UploadedList
from cluster.tests.factories import make_cluster, make_exchange, make_initiative
from cluster.tests.lists import list_of, posted

ABOVE = "/clusters/cum-thu/exchanges"
HEAD = ["Ngày trao đổi", "Đơn vị gửi", "Đơn vị nhận", "Hình thức", "Nội dung", "Tóm tắt nội dung", "Cột lạ"]


@pytest.fixture
def row(two_party_cluster):
    own, other = two_party_cluster.units
    return [dt.date(2017, 6, 1), own.name, other.name.upper(), "qua dien thoai", "Tình hình địa bàn", "Trầm Kỳ", "?"]


@pytest.fixture
def upload(client_of, recorder):
    """Uploads rows below the header, by the recorder unless another is named; returns the client."""

    def send(*rows, above=ABOVE, head=HEAD, by=recorder):
        client = client_of(by)
        response = client.post(f"{above}/import/", posted(list_of(["Sổ của xã"], head, *rows)))
        assert response.status_code == 302, response.context["form"].errors
        return client

    return send


def preview_of(client, above=ABOVE):
    return client.get(f"{above}/import/preview/").context


def take(client, above=ABOVE):
    return client.post(f"{above}/import/preview/")


def test_register_preview_says_what_would_be_written_and_writes_nothing(upload, row):
    context = preview_of(upload(row))
    assert (context["problems"], context["outcome"].new, context["left_out"]) == ([], 1, ["Cột lạ"])
    assert context["outcome"].shown[0][0] == "01/06/2017"
    assert not InformationExchange.objects.exists()


def test_register_preview_takes_the_list_over(upload, row, recorder, two_party_cluster):
    response = take(upload(row, ["02/06/2017", *row[1:]]))
    first, second = InformationExchange.objects.order_by("exchanged_on")
    assert response["Location"] == f"{ABOVE}/"
    assert (first.channel, first.subject, first.note, second.exchanged_on.day) == (
        *("telephone", "situation", "Trầm Kỳ"),
        2,
    )
    assert (first.recorded_by, first.recorded_unit, first.history.count()) == (recorder, two_party_cluster.unit, 1)


def test_the_same_list_twice_changes_nothing(upload, row):
    take(upload(row, row))
    assert InformationExchange.objects.count() == 2  # two exchanges that read alike
    context = preview_of(client := upload(row, row))
    assert (context["outcome"].new, context["outcome"].same, context["may_import"]) == (0, 2, 0)
    take(client)
    assert InformationExchange.objects.count() == 2


def test_a_second_tap_is_known_as_one(upload, row):
    client = upload(row)
    take(client)
    assert take(client)["Location"] == f"{ABOVE}/import/"
    assert (InformationExchange.objects.count(), bytes(UploadedList.objects.get().content)) == (1, b"")


def test_a_row_that_was_deleted_since_stays_deleted(upload, row):
    take(upload(row))
    InformationExchange.objects.update(deleted_at=dt.datetime(2017, 7, 1, tzinfo=dt.UTC))
    outcome = preview_of(upload(row))["outcome"]
    assert (outcome.new, outcome.deleted) == (0, 1)


@pytest.mark.parametrize(
    ("place", "value", "column"),
    [
        (0, "31/02/2017", "Ngày trao đổi"),
        (0, "01/01/2999", "Ngày trao đổi"),
        (1, "Công an xã Lạ", "Đơn vị gửi"),
        (2, None, "Đơn vị nhận"),
        (3, "khói", "Hình thức"),
        (5, "Gọi số 0912 345 678", "Tóm tắt nội dung"),
    ],
)
def test_one_faulty_row_refuses_all_and_says_where(place, value, column, upload, row):
    faulty = [value if number == place else cell for number, cell in enumerate(row)]
    client = upload(row, faulty)
    (problem,) = preview_of(client)["problems"]
    assert (problem.row, problem.column) == (4, column)
    assert problem.reason
    assert take(client).status_code == 409
    assert not InformationExchange.objects.exists()


def test_a_recorder_imports_for_the_own_unit(upload, row, coordinator):
    other_first = [row[0], row[2], row[1], *row[3:]]
    assert preview_of(upload(other_first))["problems"][0].column == "Đơn vị gửi"
    assert preview_of(upload(other_first, by=coordinator))["problems"] == []


def test_an_empty_unit_is_the_recorders_own(upload, row, two_party_cluster):
    take(upload([row[0], None, *row[2:]]))
    assert InformationExchange.objects.get().from_unit == two_party_cluster.unit


def test_the_file_of_the_list_is_read_back_and_changes_nothing(client_of, coordinator, two_party_cluster):
    own, other = two_party_cluster.units
    make_exchange(cluster=two_party_cluster.cluster, from_unit=own, to_unit=other, answered_on=dt.date(2017, 6, 2))
    client = client_of(coordinator)
    client.post(f"{ABOVE}/import/", posted(client.get(f"{ABOVE}.xlsx").content))
    outcome = preview_of(client)["outcome"]
    assert (outcome.problems, outcome.new, outcome.same) == ([], 0, 1)


def test_a_code_with_other_content_is_an_error_that_says_both(upload, row, two_party_cluster):
    own, other = two_party_cluster.units
    exchange = make_exchange(cluster=two_party_cluster.cluster, from_unit=own, to_unit=other)
    head = [*HEAD[:3], "Mã bản ghi"]
    (problem,) = preview_of(upload([dt.date(2017, 6, 9), *row[1:3], str(exchange.client_id)], head=head))["problems"]
    assert (problem.row, problem.column) == (3, "Ngày trao đổi")
    assert "01/06/2017" in problem.reason
    assert "09/06/2017" in problem.reason


@pytest.mark.parametrize("code", ["x", "00000000-0000-4000-8000-000000000000"])
def test_a_code_that_nothing_has_is_an_error(code, upload, row):
    head = [*HEAD[:3], "Mã bản ghi"]
    (problem,) = preview_of(upload([*row[:3], code], head=head))["problems"]
    assert problem.column == "Mã bản ghi"


def test_a_code_of_another_cluster_is_one_that_nothing_has(upload, row):
    foreign = make_exchange(cluster=make_cluster())
    head = [*HEAD[:3], "Mã bản ghi"]
    (problem,) = preview_of(upload([*row[:3], str(foreign.client_id)], head=head))["problems"]
    assert problem.column == "Mã bản ghi"


def test_models_come_with_their_communes(upload, coordinator, two_party_cluster):
    communes = [unit.administrative_unit.name for unit in two_party_cluster.units]
    head = ["Tên mô hình", "Loại mô hình", "Ngày thành lập", "Các xã", "Số thành viên"]
    above = "/clusters/cum-thu/initiatives"
    client = upload(
        ["Trầm Kỳ", "Tổ tự quản", "01/03/2012", "; ".join(communes), 40.0], above=above, head=head, by=coordinator
    )
    assert preview_of(client, above)["problems"] == []
    take(client, above)
    initiative = Initiative.objects.get()
    assert (initiative.members, sorted(commune.name for commune in initiative.communes.all())) == (40, sorted(communes))


def test_two_rows_of_which_only_one_may_be_are_an_error(upload, coordinator, two_party_cluster):
    make_initiative(cluster=two_party_cluster.cluster)
    head = ["Tên mô hình", "Loại mô hình", "Ngày thành lập"]
    rows = [["Trầm Kỳ", kind, "01/03/2012"] for kind in ("Tổ tự quản", "Câu lạc bộ")]
    above = "/clusters/cum-thu/initiatives"
    context = preview_of(upload(*rows, above=above, head=head, by=coordinator), above)
    assert [problem.row for problem in context["problems"]] == [4]


def test_truths_and_defaults_are_read(upload, two_party_cluster):
    head = ["Ngày tiếp nhận", "Hình thức tiếp nhận", "Về việc", "Có giá trị"]
    above = "/clusters/cum-thu/crime-reports"
    rows = [["01/06/2017", "Hòm thư tố giác", "Ma túy", word] for word in ("Có", "không", None)]
    client = upload(*rows, above=above, head=head)
    assert preview_of(client, above)["problems"] == []
    take(client, above)
    found = CrimeReport.objects.order_by("pk").values_list("is_valuable", "outcome")
    assert list(found) == [(True, "received"), (False, "received"), (None, "received")]


def test_without_an_upload_the_preview_leads_back(client_of, recorder, partner_recorder, upload, row):
    upload(row)
    response = client_of(partner_recorder).get(f"{ABOVE}/import/preview/")
    assert response["Location"] == f"{ABOVE}/import/"


def test_preview_tells_all_that_is_wrong_in_a_row(upload, row):
    number = ["Số đối tượng", "hai"]
    bad = ["35/06/2017", row[1], "", "bồ câu", row[4], "CMND 194123456", None]
    problems = preview_of(upload([*bad, number[1]], head=[*HEAD, number[0]]))["problems"]
    assert {problem.column for problem in problems} == {
        *("Ngày trao đổi", "Đơn vị nhận", "Hình thức", "Tóm tắt nội dung", "Số đối tượng")
    }
