import datetime as dt
import unicodedata

import pytest
from django.utils import timezone

from reports.workbook.cells import CellError, Choice, Day, Moment, Occurrence, PersonNames, Text, Whole


@pytest.mark.parametrize(
    ("raw", "text"), [("  Sen   Thủy ", "Sen Thủy"), (12, "12"), (12.0, "12"), ("a\nb", "a b"), ("a\tb", "a b")]
)
def test_text_is_one_clean_line(raw, text):
    assert Text(20).read(raw) == text


def test_text_is_composed():
    assert Text(20).read(unicodedata.normalize("NFD", "Lệ Thủy")) == "Lệ Thủy"


def test_text_of_several_lines_keeps_them():
    assert Text(50, lines=True).read("Một\r\nHai") == "Một\nHai"


@pytest.mark.parametrize("raw", ["x" * 21, True, {"at": "2017-06-01T00:00:00"}, {"error": "#REF!"}, "a\x00b"])
def test_text_refuses(raw):
    with pytest.raises(CellError):
        Text(20).read(raw)


@pytest.mark.parametrize("raw", ["CCCD 045123456789", "gọi 0912 345 678", "xe 74C1-123.45", "MẬT"])
def test_free_text_holds_no_identity(raw):
    assert Text(100).read(raw) == raw
    with pytest.raises(CellError):
        Text(100, free=True).read(raw)


def test_person_names_stand_between_semicolons():
    assert PersonNames(100).read(" Nguyễn Văn An;Lê Bình ; ") == ("Nguyễn Văn An", "Lê Bình")


def test_person_named_twice_is_refused():
    with pytest.raises(CellError, match="Lê Bình"):
        PersonNames(100).read("Lê Bình; Lê Bình")


@pytest.mark.parametrize(
    "raw", ["05/01/2018", "5/1/2018", {"at": "2018-01-05T00:00:00"}, {"at": "2018-01-05T10:30:00"}]
)
def test_day_is_read(raw):
    assert Day().read(raw) == dt.date(2018, 1, 5)


@pytest.mark.parametrize(
    "raw", ["31/02/2018", "2018", 43105, "05/01/18", "05/01/0018", "hôm qua", {"time": "10:00:00"}, "01/01/1899", True]
)
def test_day_refuses(raw):
    with pytest.raises(CellError):
        Day().read(raw)


def test_past_day_takes_today_and_refuses_tomorrow():
    today = timezone.localdate()
    assert Day(past=True).read(f"{today:%d/%m/%Y}") == today
    with pytest.raises(CellError):
        Day(past=True).read(f"{today + dt.timedelta(days=1):%d/%m/%Y}")


@pytest.mark.parametrize("raw", ["01/06/2017 21:30", "1/6/2017 21h30", {"at": "2017-06-01T21:29:59.999990"}])
def test_moment_is_local(raw):
    assert Moment().read(raw) == dt.datetime(2017, 6, 1, 14, 30, tzinfo=dt.UTC)


def test_moment_without_a_time_is_midnight():
    assert timezone.localtime(Moment().read("01/06/2017")).time() == dt.time(0)


@pytest.mark.parametrize("raw", ["01/06/2017 25:00", "01/06/2017 tối", "21:30", "01/06/1975 21:30"])
def test_moment_refuses(raw):
    with pytest.raises(CellError):
        Moment().read(raw)


@pytest.mark.parametrize(
    ("raw", "time"),
    [
        ("01/06/2017", None),
        ({"at": "2017-06-01T00:00:00"}, None),
        ("01/06/2017 00:00", dt.time(0)),
        ({"at": "2017-06-01T19:30:00"}, dt.time(19, 30)),
    ],
)
def test_occurrence_may_lack_its_time(raw, time):
    assert Occurrence().read(raw) == (dt.date(2017, 6, 1), time)


@pytest.mark.parametrize("raw", [14520, 14520.0, "14520", "14.520", "14 520"])
def test_whole_number_is_read(raw):
    assert Whole(0, 100_000).read(raw) == 14520


@pytest.mark.parametrize(
    "raw", [1.5, "1,5", "ba", -1, 100_001, True, {"error": "#DIV/0!"}, "1.25", float("inf"), 1e300]
)
def test_whole_number_refuses(raw):
    with pytest.raises(CellError):
        Whole(0, 100_000).read(raw)


@pytest.mark.parametrize("raw", ["Hơn", "hon", " HƠN "])
def test_choice_takes_case_and_marks_as_they_come(raw):
    assert Choice({"đúng": "exact", "hơn": "more"}).read(raw) == "more"


def test_choice_names_what_it_takes():
    with pytest.raises(CellError, match="đúng, hơn"):
        Choice({"đúng": "exact", "hơn": "more", "nhiều hơn": "more"}).read("ít")
