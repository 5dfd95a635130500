import datetime as dt
from itertools import pairwise

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from cluster.models import AdministrativeUnit
from cluster.paper import BLANK
from cluster.paper.checker import faults_of
from cluster.tests.factories import make_administrative_unit, make_officer, make_unit
from cluster.tests.papers import opened, word_lines
from patrols.models import Contingent
from patrols.paper.record import superiors
from patrols.tests.entries import page_of
from patrols.tests.factories import A_NIGHT, make_campaign, make_contingent, make_patrol

HOUR = dt.timedelta(hours=1)
Kind = AdministrativeUnit.Kind


@pytest.fixture
def patrol(two_party_cluster):
    world = two_party_cluster
    return make_patrol(
        cluster=world.cluster, lead_unit=world.unit, route="Quốc lộ 1A", units=[], result="Dòng một\nDòng hai"
    )


def lines_of(client, patrol):
    return word_lines(client.get(f"/clusters/cum-thu/patrols/{patrol.client_id}.docx").content)


def line_with(client, patrol, start):
    return next(line for line in lines_of(client, patrol) if line.startswith(start))


def forces(client, patrol):
    file = opened(client.get(f"/clusters/cum-thu/patrols/{patrol.client_id}.docx").content)
    return [[cell.text for cell in row.cells] for row in file.tables[1].rows]


def test_patrol_docx_is_a_download_with_a_vietnamese_name(client_of, leader, patrol):
    patrol.lead_unit.name = "Công an xã Sen Thủy"
    patrol.lead_unit.save()
    response = client_of(leader).get(f"/clusters/cum-thu/patrols/{patrol.client_id}.docx")
    assert response["Content-Type"].endswith("wordprocessingml.document")
    assert response["Content-Disposition"] == (
        "attachment; filename=\"bien-ban-tuan-tra-2017-06-01-cong-an-xa-sen-thuy.docx\"; filename*=UTF-8''"
        "Bi%C3%AAn%20b%E1%BA%A3n%20tu%E1%BA%A7n%20tra%202017-06-01%20C%C3%B4ng%20an%20x%C3%A3%20Sen%20Th%E1%BB%A7y.docx"
    )
    assert response["Cache-Control"] == "no-store"


def test_patrol_docx_tells_who_where_when(client_of, recorder, patrol):
    lines = lines_of(client_of(recorder), patrol)
    unit = patrol.lead_unit
    assert lines[0] == unit.name.upper()
    assert f"{unit.administrative_unit.name}, ngày 02 tháng 6 năm 2017" in lines
    assert f"Số: {BLANK}/BB-{BLANK}" in lines
    assert (
        "1. Thời gian: từ 21 giờ 00 ngày 01 tháng 6 năm 2017 đến 02 giờ 00 ngày 02 tháng 6 năm 2017 (5 giờ)." in lines
    )
    assert "2. Địa điểm, tuyến tuần tra: Quốc lộ 1A." in lines
    assert f"1. Đơn vị chủ trì: {unit}." in lines
    assert [line for line in lines if line.startswith("Dòng")] == ["Dòng một", "Dòng hai"]


def test_patrol_docx_is_vietnamese_whatever_the_page_is(client_of, recorder, patrol, settings):
    client = client_of(recorder)
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    assert "Tuần tra chung vùng giáp ranh" in lines_of(client, patrol)


@pytest.mark.parametrize(
    ("ends_at", "said"),
    [
        (A_NIGHT + HOUR, "đến 22 giờ 00 cùng ngày (1 giờ)."),
        (None, f"đến {BLANK} giờ {BLANK} ngày {BLANK}."),
    ],
)
def test_patrol_docx_says_when_it_ended(client_of, recorder, patrol, ends_at, said):
    patrol.ends_at = ends_at
    patrol.save()
    assert line_with(client_of(recorder), patrol, "1. Thời gian").endswith(said)


def test_patrol_docx_lists_the_forces_with_their_answers(client_of, recorder, patrol, two_party_cluster):
    own, partner = two_party_cluster.units
    officer = make_officer(unit=own, name="Nguyễn Văn A", rank="Đại úy")
    decided = {"decided_at": A_NIGHT + 10 * HOUR, "force": two_party_cluster.force}
    make_contingent(patrol=patrol, unit=own, headcount=4, officers=[officer], state="confirmed", **decided)
    make_contingent(patrol=patrol, unit=partner, headcount=2, state="corrected", reason="Đếm lại", **decided)
    force = two_party_cluster.force.name
    assert forces(client_of(recorder), patrol) == [
        ["TT", "Đơn vị", "Lực lượng", "Số người", "Họ và tên", "Xác nhận"],
        ["1", own.name, force, "4", "Đại úy Nguyễn Văn A", "Đã xác nhận, 02/06/2017"],
        ["2", partner.name, force, "2", "", "Đã đính chính (trước: 3), 02/06/2017"],
        ["", "Cộng", "", "6", "", ""],
    ]


def test_patrol_docx_counts_no_refused_line(client_of, recorder, patrol, two_party_cluster):
    own, partner = two_party_cluster.units
    make_contingent(patrol=patrol, unit=own, headcount=4)
    make_contingent(patrol=patrol, unit=partner, state=Contingent.State.REFUSED, reason="Không tham gia.")
    client = client_of(recorder)
    assert [row[3] for row in forces(client, patrol)] == ["Số người", "4", "4"]
    assert line_with(client, patrol, "Không tính:").endswith(": đơn vị từ chối, lý do: Không tham gia.")
    assert partner.name.upper() not in lines_of(client, patrol)


def test_patrol_docx_has_a_place_for_each_unit_to_sign_and_a_copy_each(client_of, recorder, patrol, two_party_cluster):
    third = make_unit(name="Đồn Biên phòng", cluster=two_party_cluster.cluster)
    for unit in (two_party_cluster.partner_unit, two_party_cluster.unit, third):
        make_contingent(patrol=patrol, unit=unit)
    client = client_of(recorder)
    lines = lines_of(client, patrol)
    signers = [after for line, after in pairwise(lines) if line == "ĐẠI DIỆN"]
    assert signers == [unit.name.upper() for unit in (*two_party_cluster.units, third)]
    assert "được lập thành 03 bản" in line_with(client, patrol, "Biên bản kết thúc")
    assert line_with(client, patrol, "Biên bản kết thúc").endswith("./.")


def test_patrol_docx_leaves_room_for_a_result_that_nobody_wrote(client_of, recorder, patrol):
    patrol.result = ""
    patrol.save()
    assert len([line for line in lines_of(client_of(recorder), patrol) if set(line) == {"…"}]) == 4


def test_patrol_docx_names_campaign_communes_and_leader(client_of, recorder, patrol, two_party_cluster):
    patrol.campaign = make_campaign(cluster=two_party_cluster.cluster, name="Bảo vệ Tết", plan="01/KH-BĐH")
    patrol.shift_leader = make_officer(
        unit=two_party_cluster.unit, name="Trần Văn B", rank="Thượng úy", post="Phó Trưởng"
    )
    patrol.save()
    patrol.communes.add(make_administrative_unit(name="Sen Thủy"))
    client = client_of(recorder)
    assert "phục vụ “Bảo vệ Tết” (01/KH-BĐH)" in line_with(client, patrol, "Thực hiện")
    assert line_with(client, patrol, "3. Địa bàn") == "3. Địa bàn: xã Sen Thủy."
    leader = f"2. Trưởng ca: Thượng úy Trần Văn B, Phó Trưởng, {two_party_cluster.unit}."
    assert line_with(client, patrol, "2. Trưởng ca") == leader


def test_patrol_docx_of_sample_data_says_so(client_of, recorder, patrol, two_party_cluster):
    two_party_cluster.cluster.notice = "Dữ liệu mẫu. Chỉ bốn nội dung lấy từ bài báo."
    two_party_cluster.cluster.save()
    assert "DỮ LIỆU MẪU" in lines_of(client_of(recorder), patrol)


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (dt.date(2017, 6, 1), "Công an huyện Lệ Thủy"),
        (dt.date(2025, 2, 28), "Công an huyện Lệ Thủy"),
        (dt.date(2025, 3, 1), "Công an tỉnh Quảng Bình"),
    ],
)
def test_superior_of_a_commune_is_the_police_of_that_time(db, day, name):
    province = make_administrative_unit(kind=Kind.PROVINCE, name="Quảng Bình")
    district = make_administrative_unit(kind=Kind.DISTRICT, name="Lệ Thủy", parent=province)
    commune = make_administrative_unit(parent=district)
    assert superiors(make_unit(administrative_unit=commune), day) == (name,)


def test_superior_that_is_not_known_is_not_made_up(db, two_party_cluster):
    district = make_administrative_unit(parent=make_administrative_unit(kind=Kind.DISTRICT))
    known_here = make_unit(name="Công an lâm trường", cluster=two_party_cluster.cluster)
    no_police = make_unit(name="Đồn Biên phòng Ra Mai", administrative_unit=district)
    assert [superiors(unit, dt.date(2017, 6, 1)) for unit in (known_here, no_police)] == [(), ()]


def test_patrol_docx_that_has_not_taken_place_does_not_exist(client_of, recorder, two_party_cluster):
    planned = make_patrol(cluster=two_party_cluster.cluster, status="scheduled", starts_at=None, planned_start=A_NIGHT)
    client = client_of(recorder)
    assert client.get(f"/clusters/cum-thu/patrols/{planned.client_id}.docx").status_code == 404
    assert not page_of(client.get(planned.get_absolute_url())).select("a[href$='.docx']")


def test_patrol_page_leads_to_both_files(client_of, leader, patrol):
    page = page_of(client_of(leader).get(patrol.get_absolute_url()))
    assert [link["href"].rpartition(".")[2] for link in page.select("#photographs .row a")] == ["docx", "pdf"]


def test_patrol_docx_of_a_deleted_patrol_does_not_exist(client_of, recorder, patrol):
    patrol.deleted_at = timezone.now()
    patrol.save()
    assert client_of(recorder).get(f"/clusters/cum-thu/patrols/{patrol.client_id}.docx").status_code == 404


def test_patrol_docx_asks_the_same_number_of_queries_for_many_lines(
    client_of, recorder, patrol, two_party_cluster, django_assert_num_queries
):
    client, address = client_of(recorder), f"/clusters/cum-thu/patrols/{patrol.client_id}.docx"
    make_contingent(patrol=patrol, unit=two_party_cluster.unit, officers=[make_officer()])
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    for _ in range(10):
        make_contingent(patrol=patrol, unit=two_party_cluster.unit, officers=[make_officer()])
    with django_assert_num_queries(len(one)):
        client.get(address)


def test_patrol_docx_keeps_every_row_of_the_form(client_of, recorder, patrol):
    response = client_of(recorder).get(f"/clusters/cum-thu/patrols/{patrol.client_id}.docx")
    assert [str(fault) for fault in faults_of(response.content)] == []
