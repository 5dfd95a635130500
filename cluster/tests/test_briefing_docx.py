import datetime as dt
import io

import pytest
from pypdf import PdfReader

from cluster.briefing_services import follow_up
from cluster.paper.checker import faults_of
from cluster.tests.briefing_factories import make_briefing, make_conclusion
from cluster.tests.factories import make_paper_settings
from cluster.tests.papers import opened, word_lines

MAY, JUNE = dt.date(2017, 5, 24), dt.date(2017, 6, 23)


@pytest.fixture
def briefing(two_party_cluster):
    cluster = two_party_cluster.cluster
    make_paper_settings(cluster=cluster, issuer="Ban điều hành cụm Lệ Thủy – Vĩnh Linh", place="Lệ Thủy")
    held = make_briefing(
        cluster=cluster,
        held_on=JUNE,
        host_unit=two_party_cluster.unit,
        starts_at=dt.time(8),
        ends_at=dt.time(10, 30),
        place="Hội trường UBND xã",
        chair="Đại úy Nguyễn Văn A (mẫu), Trưởng Công an xã",
        secretary="Trần Văn B (mẫu), công an viên",
        headcount=12,
        guests="Đồn Biên phòng",
        points="Tình hình ổn định.\nĐề nghị tuần tra chung.",
    )
    held.units.set(two_party_cluster.units)
    make_conclusion(briefing=held, text="Tuần tra chung hai ca", owner_unit=two_party_cluster.unit, due_on=JUNE)
    return held


def address(briefing, kind="docx"):
    return f"{briefing.get_absolute_url()}minutes.{kind}"


@pytest.fixture
def word(client_of, leader, briefing):
    return client_of(leader).get(address(briefing)).content


def test_briefing_docx_is_a_download_with_a_vietnamese_name(client_of, leader, briefing):
    response = client_of(leader).get(address(briefing))
    assert response["Content-Type"].endswith("wordprocessingml.document")
    assert 'filename="bien-ban-2017-06-23-giao-ban-cap-xa-thang-6-2017.docx"' in response["Content-Disposition"]


def test_briefing_docx_says_who_where_when_and_what(word):
    text = "\n".join(word_lines(word))
    for said in (
        "BIÊN BẢN",
        "Giao ban cấp xã tháng 6/2017",
        "Thời gian bắt đầu: 08 giờ 00, ngày 23 tháng 6 năm 2017.",
        "Địa điểm: Hội trường UBND xã.",
        "Chủ trì: Đại úy Nguyễn Văn A (mẫu), Trưởng Công an xã.",
        "Thư ký: Trần Văn B (mẫu), công an viên.",
        "Khách mời: Đồn Biên phòng.",
        "Tổng số người dự: 12 người.",
        "Đề nghị tuần tra chung.",
        "Giao ban kết thúc vào hồi 10 giờ 30 cùng ngày.",
    ):
        assert said in text


def test_briefing_docx_tells_conclusions_with_owner_and_due_date(word, two_party_cluster):
    rows = [[cell.text for cell in row.cells] for row in opened(word).tables[1].rows]
    assert rows[1] == ["1", "Tuần tra chung hai ca", str(two_party_cluster.unit), "23/06/2017"]


def test_briefing_docx_tells_what_became_of_earlier_conclusions(client_of, leader, briefing):
    earlier = make_briefing(cluster=briefing.cluster, held_on=MAY)
    conclusion = make_conclusion(briefing=earlier)
    follow_up(conclusion, version=1, briefing=briefing, noted_on=JUNE, state="done", note="Xong", by=None)
    rows = opened(client_of(leader).get(address(briefing)).content).tables[1].rows
    assert [cell.text for cell in rows[1].cells][1:] == [
        conclusion.text,
        "Ban điều hành cụm",
        "Thường xuyên",
        "Đã thực hiện: Xong",
    ]


def test_briefing_docx_is_signed_by_secretary_and_chair(word):
    lines = word_lines(word)
    assert [line for line in lines if line in ("THƯ KÝ", "CHỦ TRÌ")] == ["THƯ KÝ", "CHỦ TRÌ"]
    assert "Đại úy Nguyễn Văn A (mẫu)" in lines


def test_briefing_docx_keeps_the_official_form(word):
    assert faults_of(word) == []


def test_briefing_pdf_says_the_same(client_of, leader, briefing):
    response = client_of(leader).get(address(briefing, "pdf"))
    text = "".join(page.extract_text() for page in PdfReader(io.BytesIO(response.content)).pages)
    assert response["Content-Type"] == "application/pdf"
    assert "Tuần tra chung hai ca" in " ".join(text.split())


def test_minutes_of_what_was_not_held_do_not_exist(client_of, coordinator, two_party_cluster):
    plan = make_briefing(cluster=two_party_cluster.cluster, held_on=None, planned_on=JUNE, number=6)
    assert client_of(coordinator).get(address(plan)).status_code == 404
    assert client_of(coordinator).get(address(plan, "pdf")).status_code == 404


def test_minutes_are_for_members(client_of, outsider, observer, briefing):
    assert client_of(outsider).get(address(briefing)).status_code == 404
