import datetime as dt
from functools import partial

import pytest

from cluster.models import PaperNumber
from cluster.services import NumberTaken, take_number
from cluster.tests.at_once import at_once, database_in_a_file
from cluster.tests.factories import make_cluster

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2018, 1, 5, tzinfo=dt.UTC)


def take(cluster, kind="BC", year=2018, **changes):
    return take_number(cluster=cluster, kind=kind, year=year, abstract="Tổng kết", by=None, now=NOW, **changes)


def test_series_begins_anew_for_each_year_kind_and_cluster():
    cluster = make_cluster()
    taken = [take(cluster), take(cluster), take(cluster, kind="BB"), take(cluster, year=2019), take(make_cluster())]
    assert taken == [1, 2, 1, 1, 1]


def test_chosen_number_is_taken_and_the_next_follows_it():
    cluster = make_cluster()
    assert [take(cluster, number=5), take(cluster), take(cluster, number=3), take(cluster)] == [5, 6, 3, 7]


def test_number_is_given_once():
    cluster = make_cluster()
    take(cluster, number=5)
    with pytest.raises(NumberTaken, match=r"^Số văn bản 05 đã được sử dụng trong năm 2018\.$"):
        take(cluster, number=5)
    assert PaperNumber.objects.count() == 1


def test_last_numbers_tell_one_of_each_series():
    cluster = make_cluster()
    for kind, year in (("BC", 2018), ("BC", 2018), ("BB", 2018), ("BC", 2019)):
        take(cluster, kind=kind, year=year)
    take(make_cluster())
    last = [(row.year, row.kind, row.number) for row in cluster.paper_numbers.last_of_series()]
    assert last == [(2019, "BC", 1), (2018, "BB", 1), (2018, "BC", 2)]


@pytest.mark.django_db(transaction=True)
def test_many_at_once_get_different_numbers(tmp_path):
    cluster = make_cluster()
    with database_in_a_file(tmp_path):
        taken = at_once([partial(take, cluster)] * 8)
    assert sorted(taken) == [1, 2, 3, 4, 5, 6, 7, 8]


@pytest.mark.django_db(transaction=True)
def test_of_many_who_choose_one_number_one_gets_it(tmp_path):
    cluster = make_cluster()

    def choose():
        try:
            return take(cluster, number=7)
        except NumberTaken:
            return None

    with database_in_a_file(tmp_path):
        taken = at_once([choose] * 8)
    assert sorted(number or 0 for number in taken) == [0] * 7 + [7]
