import datetime as dt

import pytest

from cluster.paper.checker import faults_of
from cluster.tests.papers import word_lines
from incidents.tests.factories import make_award
from reports.models import Review
from reports.tests.conference_factories import (
    make_conference,
    make_contribution,
    make_delegation,
    make_difficulty,
    make_recommendation,
    make_task,
)
from reports.tests.papers import between
from reports.tests.signing import make_year, signed

A_DAY = dt.date(2018, 1, 5)


@pytest.fixture
def conference(two_party_cluster):
    place = make_year(two_party_cluster)
    giver, taker = place.parties
    giver.name, taker.name = "huyện Lệ Thủy", "huyện Vĩnh Linh"
    for party in place.parties:
        party.save()
    conference = make_conference(
        cluster=place.cluster,
        name="Hội nghị tổng kết công tác năm 2017",
        review=signed(place),
        held_on=A_DAY,
        starts_at=dt.time(8),
        ends_at=dt.time(11, 30),
        place="Hội trường huyện",
        chair="Nguyễn Văn A, Phó Chủ tịch UBND huyện",
        secretary="Trần Văn B",
        conclusions="Thống nhất các nội dung.",
        handover_from=giver,
        handover_to=taker,
        handover_note="Bàn giao hồ sơ.",
    )
    make_delegation(conference=conference, body="UBND hai huyện", headcount=4, names="")
    make_contribution(conference=conference, body="Công an xã Sen Thủy", speaker="", subject="Tuần tra đêm", text="")
    make_difficulty(conference=conference, text="Đường khó đi", action="Sửa đường")
    conference.awards.add(make_award(cluster=place.cluster, recipient="collective", name="Công an xã Sen Thủy"))
    common = {"cluster": place.cluster, "conference": conference}
    make_recommendation(addressee="Công an tỉnh", content="Hỗ trợ kinh phí", **common)
    make_task(content="Nắm chắc tình hình", owner="Ban điều hành", **common)
    return conference


def download(client, conference, format_="docx"):
    response = client.get(f"/clusters/{conference.cluster.slug}/conferences/{conference.client_id}.{format_}")
    assert response.status_code == 200
    return response.content


def test_conference_docx_keeps_every_row_of_the_form(conference, client_of, leader):
    assert [str(fault) for fault in faults_of(download(client_of(leader), conference))] == []


def test_conference_docx_tells_who_where_when(conference, client_of, leader):
    said = word_lines(download(client_of(leader), conference))
    assert said[said.index("BIÊN BẢN") + 1] == "Hội nghị tổng kết công tác năm 2017"
    assert between(said, "Hội nghị tổng kết", "1. Báo cáo") == [
        "Thời gian bắt đầu: 08 giờ 00, ngày 05 tháng 01 năm 2018.",
        "Địa điểm: Hội trường huyện.",
        "Thành phần tham dự: 04 đại biểu, gồm:",
        "- UBND hai huyện: 04 đại biểu;",
        "Chủ trì (chủ tọa): Nguyễn Văn A, Phó Chủ tịch UBND huyện.",
        "Thư ký (người ghi biên bản): Trần Văn B.",
        "Nội dung (theo diễn biến hội nghị):",
    ]
    assert "Hội nghị kết thúc vào 11 giờ 30, ngày 05 tháng 01 năm 2018./." in said


def test_conference_docx_tells_what_was_said_in_its_order(conference, client_of, leader):
    said = word_lines(download(client_of(leader), conference))
    headings = [line for line in said if line[:1].isdigit() and line[1:3] == ". "]
    assert headings == [
        *("1. Báo cáo", "2. Ý kiến tham luận", "3. Khó khăn, vướng mắc và biện pháp tháo gỡ"),
        *("4. Kiến nghị, đề xuất", "5. Khen thưởng", "6. Nhiệm vụ trọng tâm"),
        *("7. Bàn giao nhiệm vụ thường trực", "8. Kết luận của chủ tọa"),
    ]
    assert "Công an xã Sen Thủy: Tuần tra đêm." in said
    assert "Đường khó đi. Biện pháp: Sửa đường." in said
    assert "Kiến nghị Công an tỉnh: Hỗ trợ kinh phí." in said
    handed = "Huyện Lệ Thủy bàn giao nhiệm vụ đơn vị thường trực của cụm cho huyện Vĩnh Linh."
    assert between(said, "7. Bàn giao", "8.") == [handed, "Bàn giao hồ sơ."]
    assert (
        "Hội nghị đã nghe và thông qua Báo cáo số 01/BC-BĐH ngày 05 tháng 01 năm 2018 tổng kết công tác của cụm "
        "từ ngày 01 tháng 01 năm 2017 đến ngày 31 tháng 12 năm 2017."
    ) in said


def test_conference_docx_calls_the_report_on_a_quarter_interim(conference, client_of, leader):
    dates = {"date_from": A_DAY, "date_to": dt.date(2018, 4, 4), "compare_from": A_DAY, "compare_to": A_DAY}
    conference.review = Review.objects.create(cluster=conference.cluster, **dates)
    conference.save()
    said = word_lines(download(client_of(leader), conference))
    assert any(line.startswith("Hội nghị đã nghe và thông qua Báo cáo sơ kết công tác của cụm") for line in said)


def test_conference_docx_is_signed_by_secretary_and_chair(conference, client_of, leader):
    said = word_lines(download(client_of(leader), conference))
    assert between(said, "Hội nghị kết thúc", "Nơi nhận:") == [
        *("THƯ KÝ", "(Ký, ghi rõ họ tên)", "Trần Văn B"),
        *("CHỦ TỌA", "(Ký, ghi rõ họ tên)", "Nguyễn Văn A"),
    ]


def test_conference_of_which_little_is_known_leaves_room_for_a_pen(two_party_cluster, client_of, leader):
    conference = make_conference(
        cluster=two_party_cluster.cluster, starts_at=None, ends_at=None, chair="", secretary="", held_on=A_DAY
    )
    content = download(client_of(leader), conference)
    assert "Thời gian bắt đầu: …… giờ ……, ngày 05 tháng 01 năm 2018." in word_lines(content)
    assert [str(fault) for fault in faults_of(content)] == []
