"""The sheets Ca tuần tra and Lực lượng: what becomes a patrol, a line, an officer, a campaign."""

import datetime as dt

import pytest

from cluster.models import Officer
from cluster.tests.factories import make_cluster, make_force, make_member, make_officer, make_party, make_unit
from patrols.models import Campaign, Contingent, JointPatrol
from patrols.tests.factories import make_campaign
from reports.tests.workbooks import NIGHT, imported, line, patrol, places, planned

pytestmark = pytest.mark.django_db
LINES = "Lực lượng"
PATROLS = "Ca tuần tra"


@pytest.fixture
def cluster():
    """Two parties, a unit each, and two forces."""
    cluster = make_cluster()
    for party, unit in (("Huyện Lệ Thủy", "Công an xã Sen Thủy"), ("Huyện Vĩnh Linh", "Công an xã Vĩnh Chấp")):
        make_member(party=make_party(cluster=cluster, name=party), unit=make_unit(cluster=cluster, name=unit))
    make_force(name="Công an xã")
    make_force(name="Công an xã chính quy", valid_from=dt.date(2018, 1, 1))
    return cluster


def both(code="TT-01", **cells):
    """A line for each side."""
    return [line(code, **{"Đơn vị": unit} | cells) for unit in ("Sen Thủy", "xã Vĩnh Chấp")]


def led(code="TT-01", **cells):
    return patrol(code, **{"Đơn vị chủ trì": "Công an xã Sen Thủy"} | cells)


def sheets(*patrols, lines=()):
    return {PATROLS: list(patrols), LINES: list(lines)}


def test_patrol_is_written_with_its_lines(cluster):
    cells = {"Kết thúc": NIGHT + dt.timedelta(hours=5), "Tuyến": "Sen Thủy – Vĩnh Chấp", "Kết quả": "An toàn"}
    imported(sheets(led(**cells), lines=both()), cluster=cluster)
    stored = JointPatrol.objects.counted().get()
    assert (stored.code, stored.route, stored.result) == ("TT-01", "Sen Thủy – Vĩnh Chấp", "An toàn")
    assert (stored.local_date, stored.duration) == (dt.date(2017, 6, 1), dt.timedelta(hours=5))
    assert stored.search == "tt-01 sen thuy – vinh chap an toan"


def test_lines_copy_cluster_and_date_and_wait_for_their_units(cluster):
    imported(sheets(led(**{"Bắt đầu": "31/12/2017 23:30"}), lines=both()), cluster=cluster)
    copied = set(Contingent.objects.values_list("cluster", "local_date", "state"))
    assert copied == {(cluster.pk, dt.date(2017, 12, 31), "pending")}


def test_history_names_who_imported_and_the_officers(cluster, coordinator):
    imported(sheets(led(), lines=both(**{"Họ tên": "Lê Văn An"})), cluster=cluster, by=coordinator)
    (entry,) = Contingent.history.filter(unit__name="Công an xã Sen Thủy")
    assert (entry.history_type, entry.history_user) == ("+", coordinator)
    assert [row.officer.name for row in entry.officers.all()] == ["Lê Văn An"]
    assert JointPatrol.history.get().history_user == coordinator


def test_names_become_officers_of_the_unit_once(cluster):
    lines = both(**{"Họ tên": "Lê Văn An; Trần Bình"}) + both("TT-02", **{"Họ tên": "lê văn an"})
    plan = imported(sheets(led(), led("TT-02"), lines=lines), cluster=cluster)
    assert len(plan.officers) == Officer.objects.count() == 4


@pytest.mark.parametrize("written", ["Lê Văn Hòa", "lê văn hoà", "le van hoa"])
def test_known_officer_is_recognised(cluster, written):
    officer = make_officer(unit=cluster.own_units.get(name="Công an xã Sen Thủy"), name="Lê Văn Hòa")
    imported(sheets(led(), lines=[line(**{"Đơn vị": "Sen Thủy", "Họ tên": written})]), cluster=cluster)
    assert list(Contingent.objects.get().officers.all()) == [officer]


def test_two_officers_of_one_name_are_an_error(cluster):
    unit = cluster.own_units.get(name="Công an xã Sen Thủy")
    for _ in range(2):
        make_officer(unit=unit, name="Lê Văn An")
    plan = planned(sheets(led(), lines=both(**{"Họ tên": "Lê Văn An"})), cluster=cluster)
    assert places(plan.problems.errors) == [(LINES, 2, "Họ tên")]


def test_officer_in_service_on_the_day_is_meant(cluster):
    unit = cluster.own_units.get(name="Công an xã Sen Thủy")
    make_officer(unit=unit, name="Lê Văn An", active_to=dt.date(2016, 12, 31))
    present = make_officer(unit=unit, name="Lê Văn An", active_from=dt.date(2017, 1, 1))
    imported(sheets(led(), lines=[line(**{"Đơn vị": "Sen Thủy", "Họ tên": "Lê Văn An"})]), cluster=cluster)
    assert list(Contingent.objects.get().officers.all()) == [present]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"Số người": 1, "Họ tên": "Lê An; Lê Bình"}, "Họ tên"),
        ({"Số người": 501}, "Số người"),
        ({"Lực lượng": "Công an xóm"}, "Lực lượng"),
        ({"Lực lượng": "Công an xã chính quy"}, "Lực lượng"),
        ({"Đơn vị": "Sen Hủy"}, "Đơn vị"),
        ({"Mã ca": "TT-1"}, "Mã ca"),
        ({"Họ tên": "An 0912345678"}, "Họ tên"),
    ],
)
def test_line_that_is_wrong_is_an_error(cluster, cells, column):
    plan = planned(sheets(led(), lines=[*both(), line(**{"Đơn vị": "Sen Thủy"} | cells)][2:]), cluster=cluster)
    assert places(plan.problems.errors) == [(LINES, 2, column)]


@pytest.mark.parametrize(
    ("cells", "nearest"),
    [({"Lực lượng": "Công an xạ hội"}, "Công an xã"), ({"Đơn vị": "Sen Hủy"}, "Công an xã Sen Thủy")],
)
def test_what_is_unknown_names_the_nearest(cluster, cells, nearest):
    plan = planned(sheets(led(), lines=[line(**{"Đơn vị": "Sen Thủy"} | cells)]), cluster=cluster)
    assert nearest in plan.problems.errors[0].reason


def test_unit_and_force_stand_once_in_a_patrol(cluster):
    plan = planned(sheets(led(), lines=[*both(), *both()[:1]]), cluster=cluster)
    assert places(plan.problems.errors) == [(LINES, 4, "Đơn vị")]


@pytest.mark.parametrize(
    ("cells", "column"),
    [
        ({"Kết thúc": NIGHT}, "Kết thúc"),
        ({"Kết thúc": NIGHT - dt.timedelta(hours=1)}, "Kết thúc"),
        ({"Bắt đầu": "01/06/2117 21:00"}, "Bắt đầu"),
        ({"Bắt đầu": None}, "Bắt đầu"),
        ({"Đơn vị chủ trì": "Công an xã Xa Lạ"}, "Đơn vị chủ trì"),
        ({"Tuyến": "Gặp xe 74C1-123.45"}, "Tuyến"),
        ({"Kết quả": "Số CCCD 045123456789"}, "Kết quả"),
        ({"Đợt cao điểm": "Cao điểm lạ"}, "Đợt cao điểm"),
    ],
)
def test_patrol_that_is_wrong_is_an_error(cluster, cells, column):
    plan = planned(sheets(led(**cells), lines=both()), cluster=cluster)
    assert places(plan.problems.errors) == [(PATROLS, 2, column)]


def test_errors_of_a_row_are_told_all_at_once(cluster):
    wrong = {"Đơn vị": "Sen Hủy", "Lực lượng": "Công an xóm", "Số người": "ba"}
    plan = planned(sheets(led(), lines=[line(**wrong)]), cluster=cluster)
    assert {place[2] for place in places(plan.problems.errors)} == {"Đơn vị", "Lực lượng", "Số người"}


@pytest.mark.parametrize("patrol", [led(**{"Bắt đầu": "hôm qua"}), led("TT-02"), led("")])
def test_lines_without_a_readable_patrol_are_looked_at_too(cluster, patrol):
    plan = planned(sheets(patrol, lines=[line(**{"Đơn vị": "Sen Hủy", "Lực lượng": "Công an xóm"})]), cluster=cluster)
    found = [place for place in places(plan.problems.errors) if place[0] == LINES]
    assert {(LINES, 2, "Đơn vị"), (LINES, 2, "Lực lượng")} <= set(found)
    assert len(found) == len(set(found))


def test_code_twice_is_an_error_of_the_second_row(cluster):
    assert places(planned(sheets(led(), led()), cluster=cluster).problems.errors) == [(PATROLS, 3, "Mã ca")]


def test_number_may_be_a_code(cluster):
    imported(sheets(led(7), lines=both("7")), cluster=cluster)
    assert JointPatrol.objects.get().code == "7"


@pytest.mark.parametrize("lines", [[], both()[:1]])
def test_patrol_of_one_party_is_stored_with_a_warning(cluster, lines):
    plan = imported(sheets(led(), lines=lines), cluster=cluster)
    assert places(plan.problems.warnings) == [(PATROLS, 2, "Mã ca")]
    assert (JointPatrol.objects.count(), JointPatrol.objects.counted().count()) == (1, 0)


def test_unit_that_is_no_member_on_the_day_is_a_warning(cluster):
    cluster.parties.get(name="Huyện Vĩnh Linh").members.update(left=dt.date(2016, 12, 31))
    plan = planned(sheets(led(), lines=both()), cluster=cluster)
    assert places(plan.problems.warnings) == [(PATROLS, 2, "Mã ca"), (LINES, 3, "Đơn vị")]
    assert not plan.problems


def test_official_unit_outside_the_cluster_is_taken_with_a_warning(cluster):
    outsider = make_unit(name="Công an xã Hồng Thủy")
    plan = imported(sheets(led(), lines=[*both(), line(**{"Đơn vị": "xã Hồng Thủy"})]), cluster=cluster)
    assert places(plan.problems.warnings) == [(LINES, 4, "Đơn vị")]
    assert outsider.contingents.exists()


def test_unit_that_another_cluster_calls_its_own_stays_unknown(cluster):
    make_unit(cluster=make_cluster(), name="Công an xã Hồng Thủy")
    plan = planned(sheets(led(), lines=[line(**{"Đơn vị": "xã Hồng Thủy"})]), cluster=cluster)
    assert places(plan.problems.errors) == [(LINES, 2, "Đơn vị")]


def test_campaign_is_found_by_name(cluster):
    campaign = make_campaign(cluster=cluster, name="Cao điểm Tết")
    imported(sheets(led(**{"Đợt cao điểm": "cao điểm tết"}), lines=both()), cluster=cluster)
    assert JointPatrol.objects.get().campaign == campaign


def test_patrol_outside_its_campaign_is_a_warning(cluster):
    make_campaign(cluster=cluster, name="Tết", date_from=dt.date(2017, 1, 1), date_to=dt.date(2017, 1, 31))
    plan = planned(sheets(led(**{"Đợt cao điểm": "Tết"}), lines=both()), cluster=cluster)
    assert places(plan.problems.warnings) == [(PATROLS, 2, "Đợt cao điểm")]


def test_with_create_a_campaign_lasts_as_long_as_its_patrols(cluster):
    rows = [led(**{"Đợt cao điểm": "Tết"}), led("TT-02", **{"Đợt cao điểm": "Tết", "Bắt đầu": "20/05/2017 20:00"})]
    plan = imported(sheets(*rows, lines=both() + both("TT-02")), cluster=cluster, create=True)
    campaign = Campaign.objects.get()
    assert (campaign.date_from, campaign.date_to) == (dt.date(2017, 5, 20), dt.date(2017, 6, 1))
    assert places(plan.problems.warnings) == [(PATROLS, 2, "Đợt cao điểm")]


def versions(model):
    return {row.pk: (row.version, row.history.count()) for row in model.objects.all()}


def test_the_same_again_changes_nothing(cluster):
    content = sheets(led(**{"Đợt cao điểm": "Tết"}), lines=both(**{"Họ tên": "Lê Văn An"}))
    imported(content, cluster=cluster, create=True)
    before = versions(JointPatrol), Contingent.history.count(), Officer.history.count()
    plan = imported(content, cluster=cluster)
    assert not plan.changes_anything
    assert (plan.counts[PATROLS].same, plan.counts[LINES].same) == (1, 2)
    assert (versions(JointPatrol), Contingent.history.count(), Officer.history.count()) == before


@pytest.mark.parametrize(
    ("cells", "column", "words"),
    [
        ({"Tuyến": "Tuyến 2"}, "Tuyến", ("Tuyến 2", "Tuyến 1")),
        ({"Bắt đầu": "01/06/2017 20:00"}, "Bắt đầu", ("20:00", "21:00")),
        ({"Kết thúc": "02/06/2017 02:00"}, "Kết thúc", ("02/06/2017 02:00",)),
        ({"Kết quả": "Khác"}, "Kết quả", ("Khác",)),
        ({"Đơn vị chủ trì": "xã Vĩnh Chấp"}, "Đơn vị chủ trì", ("Công an xã Vĩnh Chấp", "Công an xã Sen Thủy")),
    ],
)
def test_known_patrol_with_other_content_is_an_error_that_lists_the_differences(cluster, cells, column, words):
    imported(sheets(led(), lines=both()), cluster=cluster)
    plan = planned(sheets(led(**cells), lines=both()), cluster=cluster)
    assert places(plan.problems.errors) == [(PATROLS, 2, column)]
    assert [word for word in words if word not in plan.problems.errors[0].reason] == []


@pytest.mark.parametrize(("cells", "column"), [({"Số người": 4}, "Số người"), ({"Họ tên": "Lê Văn An"}, "Họ tên")])
def test_known_line_with_other_content_is_an_error(cluster, cells, column):
    imported(sheets(led(), lines=both()), cluster=cluster)
    plan = planned(sheets(lines=[line(**{"Đơn vị": "Sen Thủy"} | cells)]), cluster=cluster)
    assert places(plan.problems.errors) == [(LINES, 2, column)]


def test_line_that_a_stored_patrol_lacks_is_added(cluster, coordinator):
    imported(sheets(led(), lines=both()[:1]), cluster=cluster)
    plan = imported(sheets(lines=both()), cluster=cluster, by=coordinator)
    stored = JointPatrol.objects.get()
    assert (plan.counts[LINES].new, plan.counts[LINES].same) == (1, 1)
    assert (stored.version, stored.contingents.count(), stored.history.first().history_user) == (2, 2, coordinator)


def test_deleted_patrol_keeps_its_code(cluster):
    imported(sheets(led(), lines=both()), cluster=cluster)
    JointPatrol.objects.update(deleted_at=NIGHT.replace(tzinfo=dt.UTC))
    plan = planned(sheets(led(), lines=both()[:1]), cluster=cluster)
    assert places(plan.problems.errors) == [(PATROLS, 2, "Mã ca"), (LINES, 2, "Mã ca")]


def test_patrol_of_another_cluster_is_none_of_ours(cluster):
    other = make_cluster()
    JointPatrol.objects.create(
        cluster=other,
        code="TT-01",
        starts_at=NIGHT.replace(tzinfo=dt.UTC),
        local_date=dt.date(2017, 6, 2),
        route="x",
        lead_unit=make_unit(cluster=other),
    )
    assert planned(sheets(led(), lines=both()), cluster=cluster).counts[PATROLS].new == 1


def test_questions_do_not_grow_with_the_rows(cluster, django_assert_max_num_queries):
    rows = [led(f"TT-{n}", **{"Kết quả": "An toàn"}) for n in range(60)]
    lines = [row for n in range(60) for row in both(f"TT-{n}", **{"Họ tên": f"Lê Văn {chr(65 + n % 20)}"})]
    imported(sheets(*rows, lines=lines), cluster=cluster)
    with django_assert_max_num_queries(20):
        planned(sheets(*rows, lines=lines), cluster=cluster)
