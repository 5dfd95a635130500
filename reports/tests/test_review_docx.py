"""The report of a review as a Word file: its outline, its marks, and that a signed one never changes."""

import datetime as dt

import pytest
from django.utils import timezone

from cluster.paper.checker import faults_of
from cluster.tests.factories import make_paper_settings
from cluster.tests.papers import opened, word_lines
from incidents.models import Incident
from incidents.tests.factories import make_award
from reports.edition import Edition
from reports.models import Section, SignedPaper
from reports.paper.keeping import file_of, keep_files
from reports.services import write_section
from reports.tests.papers import amended, between, countersigned, download, lines
from reports.tests.signing import YEAR, draft, make_year, signed

A_DAY = dt.date(2017, 6, 1)


@pytest.fixture
def year(two_party_cluster):
    return make_year(two_party_cluster)


@pytest.fixture
def client(client_of, leader):
    return client_of(leader)


def written(place, coordinator, **texts):
    review = draft(place)
    for kind, text in texts.items():
        write_section(review, kind, text=text, proposal="", version=0, by=coordinator, now=timezone.now())
    return review


def test_review_docx_is_a_download_with_a_vietnamese_name(year, client):
    response = client.get(f"/clusters/{year.cluster.slug}/review/2017.docx")
    assert response["Content-Type"].endswith("wordprocessingml.document")
    assert response["Content-Disposition"].startswith('attachment; filename="bao-cao-nam-2017-cum-thu.docx"')
    assert response["Cache-Control"] == "no-store"


def test_review_docx_opens_for_an_observer(year, client_of, observer):
    assert "DỰ THẢO" in lines(client_of(observer), year)


@pytest.mark.parametrize("period", ["2017-13-01_2017-12-31", "2017-12-31_2017-01-01"])
def test_review_docx_of_no_period_is_not_found(year, client, period):
    assert client.get(f"/clusters/{year.cluster.slug}/review/{period}.docx").status_code == 404


def test_review_docx_follows_the_outline(year, client):
    said = lines(client, year)
    headings = [p.text for p in opened(download(client, year)).paragraphs if p.style.name == "Heading 1"]
    assert headings == [
        "I. ĐẶC ĐIỂM, TÌNH HÌNH",
        "II. KẾT QUẢ THỰC HIỆN QUY CHẾ",
        "III. ĐÁNH GIÁ CHUNG",
        "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM NĂM 2018",
        "V. KIẾN NGHỊ, ĐỀ XUẤT",
    ]
    assert "BÁO CÁO" in said
    assert "Tổng kết công tác năm 2017, phương hướng, nhiệm vụ năm 2018 của cụm thử" in said


def test_review_docx_of_another_period_looks_ahead_without_a_year(year, client):
    said = lines(client, year, period="2017-01-15_2017-02-14")
    assert "IV. PHƯƠNG HƯỚNG, NHIỆM VỤ TRỌNG TÂM THỜI GIAN TỚI" in said
    assert any(line.startswith("Sơ kết công tác") for line in said)


def test_review_docx_is_in_vietnamese_whatever_the_page_is(year, client):
    client.cookies["django_language"] = "en"
    english = lines(client, year)
    client.cookies["django_language"] = "vi"
    assert [line for line in english if "Tính đến" not in line] == [
        line for line in lines(client, year) if "Tính đến" not in line
    ]


def test_draft_has_its_mark_no_number_and_room_to_write(year, client):
    said = lines(client, year)
    assert "DỰ THẢO" in said
    assert "Số: ……/BC-BĐH" in said
    assert set(between(said, "3. Nguyên nhân", "IV.")[0]) == {"…"}


def test_draft_and_signed_keep_every_row_of_the_form(year, client):
    assert [str(fault) for fault in faults_of(download(client, year))] == []
    review = signed(year)
    assert [str(fault) for fault in faults_of(download(client, year))] == []
    countersigned(review, year)
    amended(review, year, change=lambda: None)
    assert [str(fault) for fault in faults_of(download(client, year))] == []


def test_signed_review_bears_its_number_day_place_and_name(year, client):
    signed(year)
    said = lines(client, year)
    assert "DỰ THẢO" not in said
    assert [line for line in said if line in ("Số: 01/BC-BĐH", "Lệ Thủy, ngày 05 tháng 01 năm 2018")] == [
        "Số: 01/BC-BĐH",
        "Lệ Thủy, ngày 05 tháng 01 năm 2018",
    ]
    assert between(said, "TM. BAN ĐIỀU HÀNH", "Phụ lục I") == ["TRƯỞNG BAN", "Nguyễn Văn A"]


def test_letterhead_is_that_of_the_settings(year, client):
    make_paper_settings(
        cluster=year.cluster,
        superiors="UBND huyện Lệ Thủy",
        issuer="Ban chỉ đạo cụm",
        symbol="BCĐ",
        addressees="Công an tỉnh Quảng Bình",
        recipients="Các đơn vị\nLưu: VT",
    )
    said = lines(client, year)
    assert said[:2] == ["UBND HUYỆN LỆ THỦY", "BAN CHỈ ĐẠO CỤM"]
    assert {"Số: ……/BC-BCĐ", "Kính gửi: Công an tỉnh Quảng Bình."} < set(said)
    assert between(said, "Nơi nhận:", "TM.") == ["- Như trên;", "- Các đơn vị;", "- Lưu: VT."]


def test_text_of_a_section_is_counted_by_the_form(year, client, coordinator):
    written(
        year,
        coordinator,
        results="1. Tuần tra chung\nCác bên đã phối hợp.\na) Ban ngày\nb) Ban đêm\n4. Khen thưởng\n- Hai tập thể.",
        strengths="1. Chủ động\n2. Kịp thời",
        direction="Tăng cường tuần tra.\nTăng cường tuyên truyền.",
    )
    said = lines(client, year)
    assert between(said, "II.", "III.") == [
        *("1. Tuần tra chung", "Các bên đã phối hợp.", "a) Ban ngày", "b) Ban đêm", "2. Khen thưởng"),
        "- Hai tập thể.",
    ]
    assert between(said, "1. Ưu điểm", "2. Tồn tại") == ["a) Chủ động", "b) Kịp thời"]
    assert between(said, "IV.", "V.") == ["1. Tăng cường tuần tra.", "2. Tăng cường tuyên truyền."]


def test_appendices_hold_the_tables_of_the_page(year, client):
    file = opened(download(client, year))
    titles = [p.text for p in file.paragraphs if p.style.name == "Tên phụ lục"]
    assert titles == [
        "TỔNG HỢP SỐ LIỆU NĂM 2017",
        "SỐ LIỆU THEO BÊN VÀ ĐƠN VỊ NĂM 2017",
        "SỐ LIỆU THEO THÁNG NĂM 2017",
        "VỤ VIỆC THEO LOẠI NĂM 2017",
        "SỐ LIỆU THEO LỰC LƯỢNG, ĐỢT CAO ĐIỂM, QUA CÁC NĂM",
        "DANH SÁCH KHEN THƯỞNG",
        "THUYẾT MINH SỐ LIỆU",
    ]
    rows = {row.cells[1].text: [cell.text for cell in row.cells[3:5]] for row in file.tables[2].rows}
    assert rows["Tuần tra chung"] == ["3", "2"]


def test_table_by_unit_is_reconciled_with_the_total(year, client):
    table = next(t for t in opened(download(client, year)).tables if t.cell(0, 0).text == "Bên, đơn vị")
    columns = [cell.text for cell in table.rows[0].cells]
    rows = [dict(zip(columns, (cell.text for cell in row.cells), strict=True)) for row in table.rows[1:]]
    groups = [row for row in rows if row["Bên, đơn vị"] in {str(party) for party in year.parties}]
    total = rows[-1]
    assert (total["Bên, đơn vị"], total["Tham gia (ca)"]) == ("Toàn cụm", "không cộng")
    assert sum(int(row["Chủ trì (ca)"]) for row in groups) == int(total["Chủ trì (ca)"]) == 3


def test_passports_and_hash_stand_in_the_last_appendix(year, client):
    review = signed(year)
    said = lines(client, year)
    last = said[said.index("THUYẾT MINH SỐ LIỆU") :]
    assert "Cách tính" in last
    assert last[-1] == f"Mã kiểm tra nội dung đã ký (SHA-256): {review.snapshot_hash}"


def test_signed_review_is_the_same_file_whatever_comes(year, client):
    signed(year)
    first = download(client, year)
    Incident.objects.update(persons_involved=9)
    make_award(cluster=year.cluster, decided_on=A_DAY, name="Tập thể muộn")
    make_paper_settings(cluster=year.cluster, issuer="Ban khác")
    year.cluster.name = "Tên khác"
    year.cluster.save()
    assert download(client, year) == first
    assert SignedPaper.objects.get().sha256


def test_what_came_after_the_signature_is_not_in_the_file(year, client):
    signed(year)
    before = len(lines(client, year))
    SignedPaper.objects.all().delete()
    make_award(cluster=year.cluster, decided_on=A_DAY, name="Tập thể muộn", recorded_at=timezone.now())
    said = lines(client, year)
    assert ("Tập thể muộn" in said, len(said)) == (False, before)


def test_amendment_makes_an_issue_of_its_own(year, client):
    review = signed(year)
    first = download(client, year)
    amended(review, year, change=lambda: Incident.objects.filter(occurred_on__year=2017).update(persons_involved=9))
    issue = word_lines(download(client, year))
    told = between(issue, "CÁC LẦN SỬA ĐỔI SAU KHI KÝ", "Phụ lục")
    assert told[-4:] == ["1", "31/12/2017", "Ghi nhầm số người", "Số đối tượng: 6 → 27"]
    assert lines(client, year)[: issue.index("Phụ lục I")] == word_lines(first)[: issue.index("Phụ lục I")]
    assert download(client, year, query="?as_signed=1") == first


def test_countersignature_stands_beside_the_first(year, client):
    review = signed(year)
    countersigned(review, year)
    foot = between(lines(client, year), "Trên đây là báo cáo", "Nơi nhận:")
    assert foot == [
        *("TM. BAN ĐIỀU HÀNH", "TRƯỞNG BAN", "Nguyễn Văn A"),
        *("KT. TRƯỞNG BAN", "PHÓ TRƯỞNG BAN", "Trần Văn B"),
    ]


def test_another_comparison_than_the_signed_one_is_a_draft(year, client):
    signed(year)
    said = lines(client, year, query="?compare_from=2015-01-01&compare_to=2015-12-31")
    assert "DỰ THẢO" in said
    assert SignedPaper.objects.count() == 0


def test_files_are_kept_at_the_signature(year):
    review = signed(year)
    keep_files(review, now=timezone.now())
    stored = {paper.format: bytes(paper.content) for paper in SignedPaper.objects.all()}
    assert sorted(stored) == ["docx", "pdf", "xlsx"]
    assert file_of(Edition(year.cluster, YEAR), "pdf", now=timezone.now()) == stored["pdf"]


def test_every_kind_of_section_has_its_place(year, client, coordinator):
    written(year, coordinator, **{kind: f"Nội dung mục {kind}." for kind in Section.Kind.values})
    said = lines(client, year)
    assert [line for line in said if line.startswith("Nội dung mục")] == [
        f"Nội dung mục {kind}." for kind in Section.Kind.values
    ]
