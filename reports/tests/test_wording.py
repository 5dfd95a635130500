import datetime as dt

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cluster.models import Cluster
from incidents.metrics import METRICS
from reports.periods import Period
from reports.wording import Wording, period_name, review_name


@pytest.fixture(autouse=True)
def _vietnamese():
    with translation.override("vi"):
        yield


def wording(**cluster_fields: object) -> Wording:
    cluster = Cluster(**cluster_fields)
    return Wording(cluster, Period.of_year(cluster, 2017), Period.of_year(cluster, 2016))


@pytest.mark.parametrize(
    ("start", "end", "name"),
    [
        ("2017-01-01", "2017-12-31", "Tổng kết năm 2017"),
        ("2016-10-01", "2017-09-30", "Tổng kết kỳ từ 01/10/2016 đến 30/09/2017"),
        ("2018-01-01", "2018-03-31", "Sơ kết quý I năm 2018"),
        ("2018-01-01", "2018-06-30", "Sơ kết 6 tháng đầu năm 2018"),
        ("2018-02-10", "2018-05-20", "Sơ kết kỳ từ 10/02/2018 đến 20/05/2018"),
        ("2017-01-02", "2017-12-31", "Sơ kết kỳ từ 02/01/2017 đến 31/12/2017"),
    ],
)
def test_a_year_is_summed_up_and_a_part_of_one_looked_over(start, end, name) -> None:
    assert review_name(Period.between(start, end), Cluster()) == name


def test_the_statements_of_the_article_come_out_word_for_word() -> None:
    words = wording(patrol_word="ca")
    assert words.patrols(25, "exact") == "25 ca tuần tra chung"
    assert words.confirmed(23, patrols=25) == "Trong 25 ca tuần tra chung, 23 ca được các bên xác nhận."
    assert words.participations(154, "exact") == "hơn 150 lượt người tham gia"
    assert words.incidents(41, "exact", change=-13, previous=54) == "giảm 13 vụ việc so với năm 2016"


@pytest.mark.parametrize(
    ("value", "qualifier", "text"),
    [
        (150, "exact", "150 lượt người tham gia"),
        (99, "exact", "99 lượt người tham gia"),
        (1234, "exact", "hơn 1.230 lượt người tham gia"),
        (240, "khoảng", "khoảng 240 lượt người tham gia"),
        (154, "gần", "gần 154 lượt người tham gia"),
    ],
)
def test_headline_participations_follow_rule_7(value: int, qualifier: str, text: str) -> None:
    assert wording().participations(value, qualifier) == text


def test_declared_patrols_keep_their_word_and_their_cluster_s() -> None:
    assert wording(patrol_word="buổi").patrols(80, "trên") == "trên 80 buổi tuần tra chung"
    assert wording(pads_small_numbers=True).patrols(8, "exact") == "08 ca tuần tra chung"


def test_changes_follow_rule_6() -> None:
    words = wording()
    assert words.change_with_percent(-78, 294, noun="vụ") == "giảm 78 vụ (26,53%)"
    assert words.change_with_percent(5, 0) == "tăng 5 (cùng kỳ không xảy ra)"
    assert words.change_with_percent(None, None) == ""


def test_a_headline_without_a_change_says_so() -> None:
    words = wording()
    assert words.incidents(7, "exact", change=0, previous=7) == "không tăng, không giảm so với năm 2016"
    assert words.incidents(5, "exact", change=5, previous=0) == "tăng 5 vụ việc (năm 2016 không xảy ra)"


def test_figures_are_counted_in_the_word_of_the_cluster() -> None:
    words = wording(patrol_word="buổi")
    said = [words.counted_in(METRICS[key]) for key in ("joint_patrols", "joint_patrols_confirmed", "incidents")]
    assert said == ["buổi", "buổi", "vụ"]


def period(start: str, end: str) -> Period:
    return Period(dt.date.fromisoformat(start), dt.date.fromisoformat(end))


@pytest.mark.parametrize(
    ("preset", "start", "end", "name"),
    [
        ("12-31", "2017-01-01", "2017-12-31", "năm 2017"),
        ("12-31", "2017-01-01", "2017-06-30", "6 tháng đầu năm 2017"),
        ("12-31", "2017-07-01", "2017-12-31", "6 tháng cuối năm 2017"),
        ("12-31", "2017-04-01", "2017-06-30", "quý II năm 2017"),
        ("12-31", "2017-01-01", "2017-09-30", "9 tháng đầu năm 2017"),
        ("12-31", "2017-03-01", "2017-03-31", "tháng 3 năm 2017"),
        ("12-14", "2018-12-15", "2019-06-14", "6 tháng đầu năm 2019"),
        ("12-14", "2019-09-15", "2019-12-14", "quý IV năm 2019"),
        ("12-14", "2019-07-15", "2019-08-14", "tháng 8 năm 2019"),
        ("11-30", "2016-12-01", "2016-12-31", "tháng 12 năm 2016"),
        ("12-31", "2019-07-15", "2019-08-14", "kỳ từ 15/07/2019 đến 14/08/2019"),
    ],
)
def test_periods_bear_their_names(preset: str, start: str, end: str, name: str) -> None:
    assert period_name(period(start, end), Cluster(period_preset=preset)) == name


@pytest.mark.parametrize(
    ("this", "compared", "said"),
    [
        (("2019-07-15", "2019-08-14"), ("2018-07-15", "2018-08-14"), "cùng kỳ năm 2018"),
        (("2019-07-15", "2019-08-14"), ("2019-06-15", "2019-07-14"), "thời gian liền kề (15/06–14/07/2019)"),
        (("2021-10-01", "2021-10-28"), ("2021-09-03", "2021-09-30"), "thời gian liền kề (03/09–30/09/2021)"),
        (("2017-04-01", "2017-06-30"), ("2017-01-01", "2017-03-31"), "thời gian liền kề (01/01–31/03/2017)"),
        (("2017-04-01", "2017-06-30"), ("2015-04-01", "2015-06-30"), "quý II năm 2015"),
        (("2017-01-01", "2017-12-31"), ("2014-01-01", "2014-12-31"), "năm 2014"),
    ],
)
def test_the_comparison_is_named_by_what_it_is(this, compared, said) -> None:
    assert Wording(Cluster(), period(*this), period(*compared)).compared_with() == said


@given(st.integers(0, 10**6))
def test_a_rounded_headline_never_says_more_than_there_was(value: int) -> None:
    said = wording().participations(value, "exact")
    shown = int(said.removeprefix("hơn ").split()[0].replace(".", ""))
    assert shown <= value < shown + 10
    assert said.startswith("hơn ") == (shown < value)
