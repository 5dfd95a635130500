"""The article of 2017 can be read back from the Word file of the sample (docs/article-2017.md)."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone

from cluster.models import Cluster
from cluster.paper.checker import faults_of
from cluster.tests.papers import word_lines
from reports.edition import Edition
from reports.paper.keeping import file_of
from reports.periods import Period
from reports.sample.load import load_sample
from reports.sample.tables import CLUSTERS

pytestmark = pytest.mark.django_db
STATEMENTS = {
    "the cluster by its own name": "“Liên hoàn về ANTT” vùng giáp ranh giữa huyện Lệ Thủy, tỉnh Quảng Bình",
    "its other side": "huyện Vĩnh Linh, tỉnh Quảng Trị",
    "what it reviews": "Tổng kết công tác năm 2017",
    "what it plans": "NHIỆM VỤ TRỌNG TÂM NĂM 2018",
    "patrols": "25 ca tuần tra chung",
    "participations": "hơn 150 lượt người tham gia",
    "incidents": "giảm 13 vụ việc so với năm 2016",
    "first model": "Câu lạc bộ phòng, chống tội phạm",
    "second model": "Cụm giáp ranh đấu tranh, phòng chống tội phạm",
    "third model": "Cụm giáp ranh an toàn về ANTT",
    "peak campaigns and holidays": "Kết quả theo đợt cao điểm",
    "briefings": "Giao ban",
    "exchange of information": "Trao đổi thông tin",
    "outreach": "Buổi tuyên truyền",
    "reports of crimes": "Tin báo, tố giác về tội phạm",
    "awards": "DANH SÁCH KHEN THƯỞNG",
}
CORRECTED = ("Vĩnh Ninh", "Quảng Ninh", "đảm bao", "đảm bảo", "Đảm bảo")


@pytest.fixture(scope="module")
def content(django_db_setup: None, django_db_blocker: Any) -> Iterator[bytes]:
    """The Word file of the sample's review of 2017."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_sample(password="mot-mat-khau-dai")
        cluster = Cluster.objects.get(slug=CLUSTERS[0])
        yield file_of(Edition(cluster, Period.of_year(cluster, 2017)), "docx", now=timezone.now())
        transaction.set_rollback(True)


@pytest.mark.parametrize("statement", STATEMENTS.values(), ids=STATEMENTS)
def test_word_states_what_the_article_stated(content, statement):
    assert statement in "\n".join(word_lines(content))


@pytest.mark.parametrize("mistake", CORRECTED)
def test_word_has_none_of_its_mistakes(content, mistake):
    assert mistake not in "\n".join(word_lines(content))


def test_word_keeps_the_form(content):
    assert [str(fault) for fault in faults_of(content)] == []
