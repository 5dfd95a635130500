"""The sheets Vụ việc, Khen thưởng and Số liệu kê khai."""

import datetime as dt

import pytest

from cluster.tests.factories import make_cluster, make_member, make_officer, make_party, make_unit, make_user
from incidents.models import Award, DeclaredFigure, Incident
from incidents.tests.factories import make_award, make_category, make_declared, make_incident
from patrols.tests.factories import make_patrol
from reports.tests.workbooks import imported, patrol, places, planned

pytestmark = pytest.mark.django_db
INCIDENTS, AWARDS, FIGURES = "Vụ việc", "Khen thưởng", "Số liệu kê khai"


@pytest.fixture
def cluster():
    cluster = make_cluster()
    for party, unit in (("Huyện Lệ Thủy", "Công an xã Sen Thủy"), ("Huyện Vĩnh Linh", "Công an xã Vĩnh Chấp")):
        make_member(party=make_party(cluster=cluster, name=party), unit=make_unit(cluster=cluster, name=unit))
    make_category(cluster=cluster, name="Trộm cắp tài sản")
    return cluster


def incident(code="VV-01", **cells):
    """A row of the sheet Vụ việc."""
    required = {"Thời gian": "02/04/2017 19:30", "Đơn vị": "Sen Thủy", "Loại vụ việc": "Trộm cắp tài sản"}
    return {"Mã vụ": code} | required | cells


def award(**cells):
    required = {"Số quyết định": "12/QĐ-KT", "Ngày": "20/12/2017", "Hình thức": "Giấy khen"}
    return required | {"Tập thể hoặc cá nhân": "tập thể", "Tên": "Công an xã Sen Thủy", "Thành tích": None} | cells


def figure(**cells):
    dates = {"Từ ngày": "01/01/2016", "Đến ngày": "31/12/2016"}
    return {"Chỉ tiêu": "incidents"} | dates | {"Giá trị": 48, "Đơn vị": None, "Mức độ": None, "Nguồn": None} | cells


def test_incident_is_written(cluster):
    by = make_user()
    cells = {"Số đối tượng": 2, "Kết quả giải quyết": "Đã giải quyết"}
    imported({INCIDENTS: [incident(**cells)]}, cluster=cluster, by=by)
    stored = Incident.objects.of(cluster).get()
    assert (stored.occurred_on, stored.occurred_at) == (dt.date(2017, 4, 2), dt.time(19, 30))
    assert (stored.unit.name, stored.persons_involved, stored.outcome) == ("Công an xã Sen Thủy", 2, "resolved")
    assert (stored.recorded_by, stored.history.get().history_user) == (by, by)


@pytest.mark.parametrize(
    ("words", "outcome"),
    [
        (None, "received"),
        ("mới tiếp nhận", "received"),
        ("Đang xác minh", "verifying"),
        ("đã giải quyết", "resolved"),
        ("chuyển cấp trên", "transferred"),
        ("Đã chuyển Công an cấp trên", "transferred"),
        ("da chuyen cap tren", "transferred"),
    ],
)
def test_outcome_is_read(cluster, words, outcome):
    plan = planned({INCIDENTS: [incident(**{"Kết quả giải quyết": words})]}, cluster=cluster)
    assert [row.outcome for row in plan.incidents] == [outcome]


def test_blank_number_of_persons_is_not_zero(cluster):
    rows = [incident(), incident("VV-02", **{"Số đối tượng": 0})]
    imported({INCIDENTS: rows}, cluster=cluster)
    assert list(Incident.objects.order_by("code").values_list("persons_involved", flat=True)) == [None, 0]
    other = planned({INCIDENTS: [incident(**{"Số đối tượng": 0})]}, cluster=cluster)
    assert places(other.problems.errors) == [(INCIDENTS, 2, "Số đối tượng")]


def test_incident_is_tied_to_the_patrol_that_found_it(cluster):
    stored = make_patrol(cluster=cluster, code="TT-01")
    rows = [incident(**{"Mã ca": "TT-01"}), incident("VV-02", **{"Mã ca": "TT-02"})]
    new = patrol("TT-02", **{"Đơn vị chủ trì": "Sen Thủy"})
    imported({"Ca tuần tra": [new], INCIDENTS: rows}, cluster=cluster)
    assert Incident.objects.get(code="VV-01").patrol == stored
    assert Incident.objects.get(code="VV-02", patrol__code="TT-02")


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"Mã ca": "TT-09"}, "Mã ca"),
        ({"Loại vụ việc": "Trộm cắp vặt"}, "Loại vụ việc"),
        ({"Đơn vị": "Sen Hủy"}, "Đơn vị"),
        ({"Thời gian": "02/04/2117"}, "Thời gian"),
        ({"Kết quả giải quyết": "xong"}, "Kết quả giải quyết"),
        ({"Số đối tượng": "hai"}, "Số đối tượng"),
    ],
)
def test_incident_that_is_wrong_is_an_error(cluster, cells, column):
    plan = planned({INCIDENTS: [incident(**cells)]}, cluster=cluster)
    assert places(plan.problems.errors) == [(INCIDENTS, 2, column)]


def test_errors_of_an_incident_are_told_all_at_once(cluster):
    wrong = {"Thời gian": "hôm qua", "Đơn vị": "Sen Hủy", "Loại vụ việc": "Trộm cắp vặt", "Mã ca": "TT-09"}
    plan = planned({INCIDENTS: [incident(**wrong)]}, cluster=cluster)
    assert {place[2] for place in places(plan.problems.errors)} == set(wrong)


def test_incident_code_stands_once(cluster):
    plan = planned({INCIDENTS: [incident(), incident()]}, cluster=cluster)
    assert places(plan.problems.errors) == [(INCIDENTS, 3, "Mã vụ")]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"Thời gian": "03/04/2017 19:30"}, "Thời gian"),
        ({"Thời gian": "02/04/2017"}, "Thời gian"),
        ({"Đơn vị": "xã Vĩnh Chấp"}, "Đơn vị"),
        ({"Số đối tượng": 3}, "Số đối tượng"),
        ({"Kết quả giải quyết": "đang xác minh"}, "Kết quả giải quyết"),
    ],
)
def test_known_incident_with_other_content_is_an_error(cluster, cells, column):
    imported({INCIDENTS: [incident()]}, cluster=cluster)
    plan = planned({INCIDENTS: [incident(**cells)]}, cluster=cluster)
    assert places(plan.problems.errors) == [(INCIDENTS, 2, column)]


def test_deleted_incident_keeps_its_code(cluster):
    make_incident(cluster=cluster, code="VV-01", deleted_at=dt.datetime(2017, 5, 1, tzinfo=dt.UTC))
    assert places(planned({INCIDENTS: [incident()]}, cluster=cluster).problems.errors) == [(INCIDENTS, 2, "Mã vụ")]


def test_awards_are_tied_to_unit_and_officer(cluster):
    officer = make_officer(unit=cluster.own_units.get(name="Công an xã Vĩnh Chấp"), name="Lê Văn An")
    person = {"Tập thể hoặc cá nhân": "Cá nhân", "Tên": "Lê Văn An"}
    imported({AWARDS: [award(), award(**person), award(**person | {"Tên": "Ai Đó"})]}, cluster=cluster)
    tied = {row.name: (row.recipient, row.officer, row.unit and row.unit.name) for row in Award.objects.all()}
    assert tied == {
        "Công an xã Sen Thủy": ("collective", None, "Công an xã Sen Thủy"),
        "Lê Văn An": ("individual", officer, "Công an xã Vĩnh Chấp"),
        "Ai Đó": ("individual", None, None),
    }


@pytest.mark.parametrize(
    ("cells", "column"), [({"Hình thức": "Bằng khen"}, "Hình thức"), ({"Thành tích": "Khác"}, "Thành tích")]
)
def test_known_award_with_other_content_is_an_error(cluster, cells, column):
    imported({AWARDS: [award()]}, cluster=cluster)
    assert places(planned({AWARDS: [award(**cells)]}, cluster=cluster).problems.errors) == [(AWARDS, 2, column)]


def test_award_key_is_decision_day_kind_and_name(cluster):
    rows = [award(), award(**{"Tên": "Công an xã Vĩnh Chấp"}), award(**{"Ngày": "21/12/2017"})]
    assert planned({AWARDS: rows}, cluster=cluster).counts[AWARDS].new == 3
    assert places(planned({AWARDS: [award(), award()]}, cluster=cluster).problems.errors) == [(AWARDS, 3, "Tên")]


def test_award_given_anew_after_a_deletion_is_known(cluster):
    day = dt.date(2017, 12, 20)
    names = {"decision_number": "12/QĐ-KT", "name": "Công an xã Sen Thủy"}
    make_award(cluster=cluster, decided_on=day, **names, deleted_at=dt.datetime(2018, 1, 1, tzinfo=dt.UTC))
    assert places(planned({AWARDS: [award()]}, cluster=cluster).problems.errors) == [(AWARDS, 2, "Tên")]
    make_award(cluster=cluster, decided_on=day, **names)
    assert planned({AWARDS: [award()]}, cluster=cluster).counts[AWARDS].same == 1


@pytest.mark.parametrize(
    ("name", "party", "unit"),
    [
        (None, None, None),
        ("huyện lệ thủy", "Huyện Lệ Thủy", None),
        ("Lệ Thủy", "Huyện Lệ Thủy", None),
        ("xã Sen Thủy", None, "Công an xã Sen Thủy"),
    ],
)
def test_figure_speaks_of_cluster_party_or_unit(cluster, name, party, unit):
    imported({FIGURES: [figure(**{"Đơn vị": name})]}, cluster=cluster)
    stored = DeclaredFigure.objects.get()
    assert (stored.party and stored.party.name, stored.unit and stored.unit.name) == (party, unit)


def test_short_name_of_a_party_and_of_one_of_its_units_is_an_error(cluster):
    make_member(
        party=cluster.parties.get(name="Huyện Lệ Thủy"), unit=make_unit(cluster=cluster, name="Công an xã Lệ Thủy")
    )
    plan = planned({FIGURES: [figure(**{"Đơn vị": "Lệ Thủy"})]}, cluster=cluster)
    assert places(plan.problems.errors) == [(FIGURES, 2, "Đơn vị")]
    assert "Huyện Lệ Thủy, Công an xã Lệ Thủy" in plan.problems.errors[0].reason


def test_party_of_one_commune_is_meant_by_its_short_name():
    party = make_party(name="Xã Tân Đức")
    make_member(party=party, unit=make_unit(cluster=party.cluster, name="Công an xã Tân Đức"))
    plan = planned({FIGURES: [figure(**{"Đơn vị": "Tân Đức"})]}, cluster=party.cluster)
    assert [(row.party, row.unit) for row in plan.declared] == [(party, None)]


@pytest.mark.parametrize(
    ("words", "qualifier"),
    [(None, "exact"), ("Đúng", "exact"), ("hơn", "hơn"), ("tren", "trên"), ("gần", "gần"), ("KHOẢNG", "khoảng")],
)
def test_exactness_is_read(cluster, words, qualifier):
    plan = planned({FIGURES: [figure(**{"Mức độ": words})]}, cluster=cluster)
    assert [row.qualifier for row in plan.declared] == [qualifier]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"Chỉ tiêu": "vụ"}, "Chỉ tiêu"),
        ({"Đến ngày": "31/12/2015"}, "Đến ngày"),
        ({"Đơn vị": "Huyện Xa"}, "Đơn vị"),
        ({"Giá trị": "nhiều"}, "Giá trị"),
        ({"Giá trị": -1}, "Giá trị"),
        ({"Mức độ": "ít"}, "Mức độ"),
        ({"Chỉ tiêu": "briefings", "Loại vụ việc": "Trộm cắp tài sản"}, "Loại vụ việc"),
        ({"Nguồn": "gọi 0912345678"}, "Nguồn"),
    ],
)
def test_figure_that_is_wrong_is_an_error(cluster, cells, column):
    plan = planned({FIGURES: [figure(**cells)]}, cluster=cluster)
    assert places(plan.problems.errors) == [(FIGURES, 2, column)]


def test_figure_key_is_metric_dates_unit_and_category(cluster):
    rows = [figure(), figure(**{"Đơn vị": "Huyện Lệ Thủy"}), figure(**{"Loại vụ việc": "Trộm cắp tài sản"})]
    rows += [figure(**{"Đến ngày": "30/12/2016"}), figure(**{"Chỉ tiêu": "persons_involved"})]
    assert planned({FIGURES: rows}, cluster=cluster).counts[FIGURES].new == 5
    plan = planned({FIGURES: [*rows, figure(**{"Đơn vị": "lệ thuỷ"})]}, cluster=cluster)
    assert places(plan.problems.errors) == [(FIGURES, 7, "Chỉ tiêu")]


def test_known_figure_is_skipped_or_its_differences_listed(cluster):
    make_declared(cluster=cluster, value=48)
    assert planned({FIGURES: [figure()]}, cluster=cluster).counts[FIGURES].same == 1
    plan = planned({FIGURES: [figure(**{"Giá trị": 0, "Mức độ": "hơn"})]}, cluster=cluster)
    assert places(plan.problems.errors) == [(FIGURES, 2, "Giá trị")]
    assert [word for word in ("“0”", "“48”", "“hơn”", "“đúng”") if word not in plan.problems.errors[0].reason] == []


def test_the_same_again_changes_nothing(cluster):
    content = {
        INCIDENTS: [incident(**{"Số đối tượng": 2})],
        AWARDS: [award(**{"Thành tích": "Tốt"})],
        FIGURES: [figure(**{"Đơn vị": "Huyện Lệ Thủy", "Mức độ": "hơn", "Nguồn": "Báo cáo năm"})],
    }
    imported(content, cluster=cluster)
    plan = imported(content, cluster=cluster)
    assert not plan.changes_anything
    assert [plan.counts[sheet].same for sheet in content] == [1, 1, 1]
    assert [model.history.count() for model in (Incident, Award, DeclaredFigure)] == [1, 1, 1]
