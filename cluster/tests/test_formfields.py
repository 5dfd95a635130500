import datetime as dt
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone, translation

from cluster.formfields import ClockTimeField, LocalDateField, MemberChoices, parsed_clock
from cluster.tests.factories import make_administrative_unit, make_member, make_party, make_unit


@pytest.mark.parametrize("text", ["21:30", "21h30", "21H30", "21 h 30", "2130", "21 giờ 30", "21 giờ 30 phút", "21.30"])
def test_clock_time_reads_the_ways_it_is_written(text):
    assert parsed_clock(text) == dt.time(21, 30)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("9:05", dt.time(9, 5)),
        ("905", dt.time(9, 5)),
        ("21h", dt.time(21)),
        ("21h5", dt.time(21, 5)),
        ("21", dt.time(21)),
        ("0", dt.time(0)),
        ("0000", dt.time(0)),
        (" 7 giờ ", dt.time(7)),
        ("21:30:00", dt.time(21, 30)),
        ("gio 7", None),
        ("9:5", None),
        ("24:00", None),
        ("2160", None),
        ("21:30 pm", None),
        ("٢١:٣٠", None),
        ("-1", None),
        ("12345", None),
    ],
)
def test_clock_time_reads_or_refuses(text, time):
    assert parsed_clock(text) == time


def test_clock_time_reads_decomposed_letters():
    assert parsed_clock("21 giờ 30") == dt.time(21, 30)


def test_clock_time_may_be_empty():
    assert ClockTimeField(required=False).clean("") is None


def test_clock_time_says_how_to_write_it():
    with translation.override("en"), pytest.raises(ValidationError, match="24-hour clock"):
        ClockTimeField().clean("tối")


@pytest.mark.parametrize("text", ["2018-01-05", "05/01/2018", "5/1/2018", "05-01-2018", " 05.01.2018 "])
def test_local_date_reads_the_ways_it_is_written(text):
    assert LocalDateField().clean(text) == dt.date(2018, 1, 5)


@pytest.mark.parametrize("text", ["31/02/2018", "2018", "05/01/18", "0017-01-05", "hôm qua"])
def test_local_date_refuses_what_is_no_day(text):
    with pytest.raises(ValidationError):
        LocalDateField().clean(text)


def rendered(value: str) -> str:
    widget: Any = LocalDateField().widget
    return widget.render("day", value)


def test_local_date_shows_a_typed_date_in_the_native_input():
    assert 'value="2018-01-05"' in rendered("05/01/2018")


def test_local_date_keeps_a_text_that_is_no_day():
    assert 'value="hôm qua"' in rendered("hôm qua")


def test_local_date_of_the_past_takes_today_and_refuses_tomorrow():
    field, today = LocalDateField(past=True), timezone.localdate()
    assert field.clean(today.isoformat()) == today
    with pytest.raises(ValidationError):
        field.clean((today + dt.timedelta(days=1)).isoformat())


def test_member_choices_stand_in_groups_by_party(two_party_cluster):
    units = MemberChoices(two_party_cluster.cluster).units()
    assert [(party, [pk for pk, _ in rows]) for party, rows in units] == [
        (two_party_cluster.party.name, [two_party_cluster.unit.pk]),
        (two_party_cluster.partner_party.name, [two_party_cluster.partner_unit.pk]),
    ]


def test_member_choices_put_a_unit_that_left_last_and_say_when(two_party_cluster):
    left = make_member(party=two_party_cluster.party, unit=make_unit(name="Công an xã A"), left=dt.date(2019, 12, 31))
    with translation.override("en"):
        (_, rows), _partner = MemberChoices(two_party_cluster.cluster).units()
    assert rows[-1] == (left.unit_id, "Công an xã A (until 31/12/2019)")


def test_member_choices_offer_a_unit_that_came_back_once(two_party_cluster):
    cluster, unit = two_party_cluster.cluster, make_unit()
    make_member(party=two_party_cluster.party, unit=unit, joined=dt.date(2010, 1, 1), left=dt.date(2012, 1, 1))
    make_member(party=two_party_cluster.party, unit=unit, joined=dt.date(2015, 1, 1))
    labels = [label for _, rows in MemberChoices(cluster).units() for pk, label in rows if pk == unit.pk]
    assert labels == [str(unit)]


def test_member_choices_offer_communes_only(two_party_cluster):
    district = make_administrative_unit(kind="district")
    make_member(party=two_party_cluster.party, unit=make_unit(administrative_unit=district))
    make_member(party=two_party_cluster.party, unit=make_unit(cluster=two_party_cluster.cluster))
    offered = [pk for _, rows in MemberChoices(two_party_cluster.cluster).communes() for pk, _ in rows]
    units = two_party_cluster.unit, two_party_cluster.partner_unit
    assert offered == [unit.administrative_unit_id for unit in units]


def test_member_choices_are_of_one_cluster(two_party_cluster):
    make_member(party=make_party())
    keys = {pk for _, rows in MemberChoices(two_party_cluster.cluster).units() for pk, _ in rows}
    assert keys == {two_party_cluster.unit.pk, two_party_cluster.partner_unit.pk}
