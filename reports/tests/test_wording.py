import datetime as dt

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cluster.models import Cluster
from cluster.numbers import number
from reports.periods import Period
from reports.wording import Wording, percentage


@pytest.fixture(autouse=True)
def _vietnamese():
    with translation.override("vi"):
        yield


def wording(**cluster_fields: object) -> Wording:
    cluster = Cluster(**cluster_fields)
    return Wording(cluster, Period.of_year(cluster, 2017), Period.of_year(cluster, 2016))


def test_numbers_have_dots_for_thousands_and_a_zero_where_the_cluster_writes_it() -> None:
    assert (number(14520), number(8), number(8, pad=True), number(0, pad=True)) == ("14.520", "8", "08", "0")


@pytest.mark.parametrize(
    ("value", "text"), [(78 / 294 * 100, "26,53%"), (80.0, "80%"), (-12.5, "12,5%"), (103 / 623 * 100, "16,53%")]
)
def test_percentages_have_a_comma_and_no_empty_decimals(value: float, text: str) -> None:
    assert percentage(value) == text


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
    assert words.change_with_percent(-78, -78 / 294 * 100, previous=294) == "giảm 78 (26,53%)"
    assert words.change_with_percent(5, None, previous=0) == "tăng 5 (cùng kỳ không xảy ra)"
    assert words.change_with_percent(0, 0.0, previous=7) == "không tăng, không giảm"
    assert words.change_with_percent(None, None, previous=None) == ""


def test_a_free_period_is_compared_with_the_same_period_of_its_year() -> None:
    cluster = Cluster()
    this = Period(dt.date(2019, 7, 15), dt.date(2019, 8, 14))
    assert Wording(cluster, this, this.year_before()).compared_with() == "cùng kỳ năm 2018"
    other = Period(dt.date(2019, 6, 15), dt.date(2019, 7, 14))
    assert Wording(cluster, this, other).compared_with() == "kỳ từ 15/06/2019 đến 14/07/2019"


@given(st.integers(0, 10**12))
def test_a_number_reads_back_to_itself(value: int) -> None:
    assert int(number(value).replace(".", "")) == value


@given(st.integers(0, 10**6))
def test_a_rounded_headline_never_says_more_than_there_was(value: int) -> None:
    said = wording().participations(value, "exact")
    shown = int(said.removeprefix("hơn ").split()[0].replace(".", ""))
    assert shown <= value < shown + 10
    assert said.startswith("hơn ") == (shown < value)
