"""The first three sheets: what they set up, what they skip, what they refuse."""

import datetime as dt
from typing import Any

import pytest

from cluster.models import UNKNOWN_START, Cluster, MemberUnit, Party, PoliceUnit
from cluster.official_units import load_official_units
from cluster.tests.factories import make_administrative_unit, make_cluster, make_member, make_party, make_unit
from incidents.models import DeclaredFigure
from incidents.tests.factories import make_category
from reports.tests.workbooks import Rows, book, imported, places, planned, set_up
from reports.workbook.importing import ImportRefused, make_plan

pytestmark = pytest.mark.django_db
SHEET = "Đơn vị thành viên"


def member(unit: str = "Công an xã Sen Thủy", **cells: Any) -> dict[str, Any]:
    return {"Bên": "Huyện Lệ Thủy", "Đơn vị": unit} | cells


def members(*rows: dict[str, Any]) -> dict[str, Rows]:
    return {"Cụm": [{"Tên cụm": "Cụm mới"}], SHEET: rows}


def test_cluster_is_set_up():
    row = {"Tên cụm": "Cụm liên hoàn", "Năm thành lập": 2009, "Từ đếm tuần tra": "Buổi"}
    imported({"Cụm": [row]}, create=True)
    cluster = Cluster.objects.get(slug="cum-moi")
    assert (cluster.name, cluster.founded, cluster.patrol_word) == ("Cụm liên hoàn", 2009, "buổi")


def test_cluster_that_is_not_named_cannot_be_set_up():
    assert places(planned({"Loại vụ việc": [{"Loại vụ việc": "Trộm"}]}, create=True).problems.errors) == [
        ("Cụm", 0, "")
    ]


def test_two_clusters_are_an_error():
    plan = planned({"Cụm": [{"Tên cụm": "Một"}, {"Tên cụm": "Hai"}]}, create=True)
    assert places(plan.problems.errors) == [("Cụm", 3, "Tên cụm")]


def test_cluster_that_is_there_is_skipped_where_the_sheet_agrees():
    cluster = make_cluster(name="Cụm thử", founded=2009)
    assert planned({"Cụm": [{"Tên cụm": "Cụm thử"}]}, cluster=cluster).counts["Cụm"].same == 1
    other = planned({"Cụm": [{"Tên cụm": "Cụm thử", "Năm thành lập": 2010}]}, cluster=cluster)
    assert places(other.problems.errors) == [("Cụm", 2, "Năm thành lập")]
    assert "2010" in other.problems.errors[0].reason
    assert "2009" in other.problems.errors[0].reason


def test_units_without_a_code_are_known_within_the_cluster():
    plan = imported(set_up(("Bên A", ["Công an xã Một", "Công an xã Hai"]), ("Bên B", ["Công an xã Ba"])), create=True)
    cluster = plan.cluster
    assert [party.name for party in cluster.parties.all()] == ["Bên A", "Bên B"]
    assert set(cluster.own_units.values_list("name", flat=True)) == {
        "Công an xã Một",
        "Công an xã Hai",
        "Công an xã Ba",
    }
    assert {member.joined for member in MemberUnit.objects.all()} == {UNKNOWN_START}


def test_unit_with_a_code_is_the_official_one():
    imported(members(member() | {"Mã đơn vị hành chính": 19312, "Từ ngày": "01/01/2009"}), create=True)
    joined = MemberUnit.objects.get()
    assert joined.unit == PoliceUnit.objects.get(name="Công an xã Sen Thủy", administrative_unit__code="19312")
    assert (joined.joined, joined.left) == (dt.date(2009, 1, 1), None)


@pytest.mark.parametrize(
    ("start", "valid_from"), [("01/01/2019", UNKNOWN_START), ("01/01/2021", dt.date(2020, 2, 1)), (None, UNKNOWN_START)]
)
def test_code_and_first_day_choose_the_validity(start, valid_from):
    row = member("Trường Thủy", **{"Mã đơn vị hành chính": "19321", "Từ ngày": start, "Đến ngày": "31/01/2020"})
    if start == "01/01/2021":
        row["Đến ngày"] = None
    imported(members(row), create=True)
    assert MemberUnit.objects.get().unit.valid_from == valid_from


def test_code_that_is_not_valid_on_the_first_day_is_an_error():
    make_administrative_unit(code="99999", name="Xa", valid_to=dt.date(2000, 1, 1))
    row = member("Công an xã Xa", **{"Mã đơn vị hành chính": "99999", "Từ ngày": "01/07/2026"})
    assert places(planned(members(row), create=True).problems.errors) == [(SHEET, 2, "Từ ngày")]


def test_unknown_code_is_an_error():
    plan = planned(members(member(**{"Mã đơn vị hành chính": "00000"})), create=True)
    assert places(plan.problems.errors) == [(SHEET, 2, "Mã đơn vị hành chính")]


def test_code_that_excel_has_shortened_is_still_known():
    make_administrative_unit(code="00004", name="Ba Đình")
    plan = planned(members(member("Ba Đình", **{"Mã đơn vị hành chính": 4})), create=True)
    assert [unit.name for unit in plan.units] == ["Công an xã Ba Đình"]


@pytest.mark.parametrize(("name", "warned"), [("Công an xã Sen Thuỷ", []), ("Công an xã Sen Hồng", ["Đơn vị"])])
def test_name_that_is_not_the_one_of_the_code_is_a_warning(name, warned):
    load_official_units()
    row = member(name, **{"Mã đơn vị hành chính": "19312", "Đến ngày": "30/06/2025"})
    plan = planned(members(row), create=True)
    assert [problem.column for problem in plan.problems.warnings] == warned


@pytest.mark.parametrize(("name", "meant"), [("Công an Sen Hồng", "19312"), ("Công an xã Vĩnh Chấp", "19375")])
def test_name_of_its_own_holds_in_the_workbook_unless_it_is_the_name_of_another_unit(name, meant):
    sheets = members(member(name, **{"Mã đơn vị hành chính": "19312"}))
    figure = {"Chỉ tiêu": "incidents", "Từ ngày": "01/01/2016", "Đến ngày": "31/12/2016", "Giá trị": 1}
    imported(sheets | {"Số liệu kê khai": [figure | {"Đơn vị": name}]}, create=True)
    assert DeclaredFigure.objects.get().unit == PoliceUnit.objects.get(administrative_unit__code=meant)


def test_membership_that_outlives_its_unit_is_a_warning():
    row = member(**{"Mã đơn vị hành chính": "19312", "Đến ngày": "31/12/2025"})
    load_official_units()
    assert places(planned(members(row), create=True).problems.warnings) == [(SHEET, 2, "Đến ngày")]


def test_party_is_tied_to_the_district_of_its_units():
    row = member(**{"Mã đơn vị hành chính": "19312", "Đến ngày": "30/06/2025"})
    imported(members(row), create=True)
    assert str(Party.objects.get().administrative_unit) == "huyện Lệ Thủy"


def test_unit_on_two_sides_at_a_time_is_an_error():
    rows = [member(), member() | {"Bên": "Huyện Vĩnh Linh"}]
    assert places(planned(members(*rows), create=True).problems.errors) == [(SHEET, 3, "Bên")]


def test_unit_that_left_may_come_back():
    rows = [member(**{"Từ ngày": "01/01/2009", "Đến ngày": "31/12/2012"}), member(**{"Từ ngày": "01/01/2015"})]
    assert planned(members(*rows), create=True).counts[SHEET].new == 2


def test_membership_that_ends_before_it_starts_is_an_error():
    plan = planned(members(member(**{"Từ ngày": "01/01/2015", "Đến ngày": "31/12/2012"})), create=True)
    assert places(plan.problems.errors) == [(SHEET, 2, "Đến ngày")]


@pytest.fixture
def known():
    """A cluster with one party, one unit and one category."""
    cluster = make_cluster(name="Cụm mới")
    party = make_party(cluster=cluster, name="Huyện Lệ Thủy")
    make_member(party=party, unit=make_unit(cluster=cluster, name="Công an xã Sen Thủy"), joined=dt.date(2009, 1, 1))
    make_category(cluster=cluster, name="Trộm cắp", group="TTXH")
    return cluster


@pytest.mark.parametrize("cells", [{}, {"Từ ngày": "01/01/2009"}, {"Đơn vị": "sen thuỷ"}])
def test_membership_that_is_there_is_skipped(known, cells):
    plan = planned({SHEET: [member() | cells]}, cluster=known)
    assert (plan.problems.errors, plan.counts[SHEET].same) == ([], 1)


@pytest.mark.parametrize(
    ("cells", "column"), [({"Từ ngày": "01/01/2010"}, "Từ ngày"), ({"Đến ngày": "31/12/2020"}, "Đến ngày")]
)
def test_membership_with_other_dates_is_an_error(known, cells, column):
    plan = planned({SHEET: [member(**cells)]}, cluster=known, create=True)
    assert places(plan.problems.errors) == [(SHEET, 2, column)]


@pytest.mark.parametrize(
    ("cells", "column", "nearest"),
    [
        ({"Đơn vị": "Công an xã Sen Hủy"}, "Đơn vị", "Công an xã Sen Thủy"),
        ({"Bên": "Huyện Lệ Thỷ"}, "Bên", "Huyện Lệ Thủy"),
    ],
)
def test_without_create_what_is_unknown_is_an_error_that_names_the_nearest(known, cells, column, nearest):
    plan = planned({SHEET: [member() | cells]}, cluster=known)
    assert places(plan.problems.errors) == [(SHEET, 2, column)]
    assert nearest in plan.problems.errors[0].reason


def test_category_is_set_up_or_skipped(known):
    rows = [{"Nhóm": "TTXH", "Loại vụ việc": "trộm cắp"}, {"Nhóm": None, "Loại vụ việc": "Đánh bạc"}]
    plan = planned({"Loại vụ việc": rows}, cluster=known, create=True)
    assert (plan.counts["Loại vụ việc"].new, plan.counts["Loại vụ việc"].same) == (1, 1)


def test_category_in_another_group_is_an_error(known):
    plan = planned({"Loại vụ việc": [{"Nhóm": "Ma túy", "Loại vụ việc": "Trộm cắp"}]}, cluster=known, create=True)
    assert places(plan.problems.errors) == [("Loại vụ việc", 2, "Nhóm")]


def test_without_create_an_unknown_category_is_an_error_that_names_the_nearest(known):
    plan = planned({"Loại vụ việc": [{"Loại vụ việc": "Trộm cấp"}, {"Loại vụ việc": "Trộm cắp vặt"}]}, cluster=known)
    assert places(plan.problems.errors) == [("Loại vụ việc", 3, "Loại vụ việc")]
    assert "“Trộm cắp”" in plan.problems.errors[0].reason


def test_faulty_unit_row_does_not_make_every_line_of_the_unit_an_error():
    sheets = members(member(**{"Từ ngày": "hôm qua"}), member("Công an xã Vĩnh Chấp") | {"Bên": "B"})
    year = {"Từ ngày": "01/01/2016", "Đến ngày": "31/12/2016"}
    figures = [{"Chỉ tiêu": "incidents", "Đơn vị": "Sen Thủy", "Giá trị": 1} | year]
    plan = planned(sheets | {"Số liệu kê khai": figures}, create=True)
    assert places(plan.problems.errors) == [(SHEET, 2, "Từ ngày")]


def test_refused_import_leaves_nothing():
    sheets = set_up(("Bên A", ["Công an xã Một"])) | {"Loại vụ việc": [{"Nhóm": "N", "Loại vụ việc": None}]}
    with pytest.raises(ImportRefused):
        imported(sheets, create=True)
    assert (Cluster.objects.count(), PoliceUnit.objects.count()) == (0, 0)


def test_reading_is_not_changed_by_planning():
    """The same rows are planned again inside the transaction."""
    rows = book({"Cụm": [{"Tên cụm": "Một"}, {"Tên cụm": "Hai"}]})
    assert make_plan(rows, cluster=None, slug="cum-moi", create=True).problems
    assert not rows.problems
