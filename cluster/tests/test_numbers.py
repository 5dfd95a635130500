"""The rules of numbers, changes and dates in words, for any number, in both languages."""

import datetime as dt
import re
from decimal import Decimal

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from cluster.numbers import (
    ABOUT,
    EXACT,
    MORE,
    NEARLY,
    OVER,
    Percent,
    change_in_words,
    days,
    number,
    official_date,
    official_time,
    percentage,
    qualified,
    rounded_down,
    share,
)

LANGUAGES = st.sampled_from(["vi", "en"])
COUNTS = st.integers(0, 10**12)


@pytest.fixture(autouse=True)
def _vietnamese():
    with translation.override("vi"):
        yield


def read(text: str, language: str) -> Decimal:
    """The number that a reader of the language takes from a text."""
    thousands, point = (".", ",") if language == "vi" else (",", ".")
    return Decimal(text.strip("%").replace(thousands, "").replace(point, "."))


@given(COUNTS, LANGUAGES)
def test_a_number_reads_back_to_itself(value, language):
    with translation.override(language):
        assert read(number(value), language) == value


@given(st.decimals(-(10**9), 10**9, places=2), LANGUAGES)
def test_a_decimal_reads_back_to_itself(value, language):
    with translation.override(language):
        assert read(number(value, decimals=2), language) == value


@given(COUNTS, LANGUAGES)
def test_groups_are_of_three(value, language):
    with translation.override(language):
        assert re.fullmatch(r"\d{1,3}([.,]\d{3})*", number(value))


@given(COUNTS, LANGUAGES)
def test_only_counts_below_ten_are_padded(value, language):
    with translation.override(language):
        padded = number(value, pad=True)
        assert (padded != number(value)) == (0 < value < 10)
        assert read(padded, language) == value


def test_numbers_as_the_papers_write_them():
    assert (number(14520), number(Decimal("1234.5"), decimals=1)) == ("14.520", "1.234,5")
    assert (number(Decimal("2.083"), decimals=1), number(Decimal("0.25"), decimals=1)) == ("2,1", "0,3")
    assert (number(8), number(8, pad=True), number(0, pad=True)) == ("8", "08", "0")


@given(st.floats(0, 10**6), LANGUAGES, st.integers(1, 2))
def test_a_percentage_reads_back_to_what_it_rounds(value, language, digits):
    with translation.override(language):
        assert abs(read(percentage(value, digits=digits), language) - Decimal(str(value))) <= Decimal(5) / 10 ** (
            digits + 1
        )


@given(st.floats(0, 10**6), LANGUAGES)
def test_zeros_at_the_end_are_a_choice_that_changes_no_value(value, language):
    with translation.override(language):
        kept, dropped = percentage(value, keep_zeros=True), percentage(value)
        assert read(kept, language) == read(dropped, language)
        point = "," if language == "vi" else "."
        assert len(kept.strip("%").partition(point)[2]) == 2
        assert not dropped.strip("%").partition(point)[2].endswith("0")


@pytest.mark.parametrize(
    ("value", "text"),
    [(78 / 294 * 100, "26,53%"), (80.0, "80%"), (-12.5, "12,5%"), (103 / 623 * 100, "16,53%"), (33.9, "33,9%")],
)
def test_percentages_as_the_papers_write_them(value, text):
    assert percentage(value) == text


def test_a_tenth_and_its_zero_can_be_asked_for():
    assert (percentage(33.9, keep_zeros=True), percentage(103 / 623 * 100, digits=1)) == ("33,90%", "16,5%")


@given(st.integers(0, 10**6), st.integers(1, 10**6), LANGUAGES)
def test_a_share_names_both_numbers_and_their_ratio(part, whole, language):
    with translation.override(language):
        numbers, percent = share(part, whole).split(" ")
        assert [read(text, language) for text in numbers.split("/")] == [part, whole]
        assert abs(read(percent.strip("()"), language) - Decimal(part) / whole * 100) <= Decimal("0.005")


@given(st.integers(0, 10**9))
def test_more_than_is_always_below_the_exact_value(value):
    shown, qualifier = rounded_down(value)
    assert shown <= value < shown + 10
    assert (qualifier == MORE) == (shown < value)
    assert qualifier == EXACT or (shown >= 100 and shown % 10 == 0)


@pytest.mark.parametrize("qualifier", [MORE, OVER, NEARLY, ABOUT])
def test_an_inexact_number_keeps_its_word(qualifier):
    assert qualified(150, qualifier) == f"{qualifier} 150"
    assert (qualified(150, EXACT), qualified(None)) == ("150", "–")
    with translation.override("en"):
        assert qualified(150, qualifier).endswith(" 150")


@given(st.integers(1, 10**9), st.integers(0, 10**9), LANGUAGES)
def test_a_change_goes_the_way_of_its_numbers(previous, now, language):
    with translation.override(language):
        change = now - previous
        words = change_in_words(change, previous)
        if change == 0:
            assert "(" not in words
            return
        up, down = ("tăng", "giảm") if language == "vi" else ("up", "down")
        way, amount, percent = words.split(" ")
        assert way == (up if change > 0 else down)
        assert read(amount, language) == abs(change)
        assert abs(read(percent.strip("()"), language) - abs(Decimal(change)) / previous * 100) <= Decimal("0.005")


@pytest.mark.parametrize(
    ("style", "text"), [(style, style.value) for style in Percent], ids=[style.name for style in Percent]
)
def test_changes_as_the_papers_write_them(style, text):
    assert change_in_words(-78, 294, noun="vụ", style=style) == text


def test_changes_without_a_percentage():
    assert change_in_words(5, 0, noun="vụ") == "tăng 5 vụ (cùng kỳ không xảy ra)"
    assert change_in_words(0, 7, noun="vụ") == "không tăng, không giảm"
    assert change_in_words(None, None) == ""
    assert change_in_words(-3, 10, noun="vụ", pad=True, keep_zeros=True) == "giảm 03 vụ (30,00%)"


@pytest.mark.parametrize(
    ("day", "text"),
    [
        (dt.date(2017, 1, 5), "ngày 05 tháng 01 năm 2017"),
        (dt.date(2018, 2, 10), "ngày 10 tháng 02 năm 2018"),
        (dt.date(2019, 6, 29), "ngày 29 tháng 6 năm 2019"),
        (dt.date(2017, 3, 9), "ngày 09 tháng 3 năm 2017"),
        (dt.date(2025, 12, 1), "ngày 01 tháng 12 năm 2025"),
    ],
)
def test_official_date_has_a_zero_where_the_rule_asks_for_it(day, text):
    assert official_date(day) == text


def test_official_time_has_two_digits():
    assert official_time(dt.datetime(2017, 6, 1, 2, 5)) == "02 giờ 05"  # noqa: DTZ001  any clock


@given(st.dates())
def test_an_official_date_reads_back_to_its_day(day):
    said = re.fullmatch(r"ngày (\d\d) tháng (\d+) năm (\d+)", official_date(day))
    assert said
    assert dt.date(int(said[3]), int(said[2]), int(said[1])) == day
    assert (said[2][0] == "0") == (day.month <= 2)


def test_days_do_not_say_a_year_twice():
    assert days(dt.date(2021, 9, 3), dt.date(2021, 9, 30)) == "03/09–30/09/2021"
    assert days(dt.date(2018, 12, 15), dt.date(2019, 8, 14)) == "15/12/2018–14/08/2019"
