import datetime as dt
import itertools

import pytest

from cluster.models import Cluster
from reports.periods import Period, current_year


def period(start: str, end: str) -> Period:
    return Period(dt.date.fromisoformat(start), dt.date.fromisoformat(end))


@pytest.mark.parametrize(
    ("preset", "expected"),
    [
        ("12-31", period("2017-01-01", "2017-12-31")),
        ("12-14", period("2016-12-15", "2017-12-14")),
        ("11-14", period("2016-11-15", "2017-11-14")),
        ("11-30", period("2016-12-01", "2017-11-30")),
    ],
)
def test_reporting_year_bears_the_year_of_its_last_day(preset: str, expected: Period) -> None:
    assert Period.of_year(Cluster(period_preset=preset), 2017) == expected


def test_comparison_is_the_same_dates_a_year_earlier() -> None:
    assert period("2019-07-15", "2019-08-14").year_before() == period("2018-07-15", "2018-08-14")
    assert period("2016-02-01", "2016-02-29").year_before() == period("2015-02-01", "2015-02-28")


def test_months_of_a_calendar_year_are_calendar_months() -> None:
    months = list(period("2017-01-01", "2017-12-31").months())
    assert len(months) == 12
    assert months[1] == period("2017-02-01", "2017-02-28")


def test_months_of_a_police_year_run_from_the_fifteenth() -> None:
    months = list(period("2016-12-15", "2017-12-14").months())
    assert len(months) == 12
    assert months[0] == period("2016-12-15", "2017-01-14")


def test_months_cover_the_period_once_even_from_the_31st() -> None:
    whole = period("2017-01-31", "2017-04-10")
    months = list(whole.months())
    assert (months[0].start, months[-1].end) == (whole.start, whole.end)
    assert all(b.start - a.end == dt.timedelta(days=1) for a, b in itertools.pairwise(months))


def test_an_address_and_its_period_are_one() -> None:
    cluster = Cluster(period_preset="12-14")
    for text in ("2017", "2019-07-15_2019-08-14"):
        assert Period.parse(cluster, text).slug_in(cluster) == text


@pytest.mark.parametrize("text", ["0000", "2017-13-01_2017-12-31", "2017-02-01_2017-01-01", "2017-01-01_"])
def test_an_address_that_is_no_period_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r".+"):
        Period.parse(Cluster(), text)


def test_the_present_year_of_a_december_preset_may_be_the_next() -> None:
    assert current_year(Cluster(period_preset="12-14"), today=dt.date(2017, 12, 20)).end.year == 2018
    assert current_year(Cluster(), today=dt.date(2017, 12, 20)).end.year == 2017
