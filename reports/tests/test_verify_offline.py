"""Ten random scripts through the faulty network, with the control that must lose; and how a result is weighed."""

from collections import Counter

import pytest
from django.db import connection

from reports.faults.offline import Entry, Result, Weather
from reports.faults.proxy import Fault
from reports.verify_offline import SMALL, main


@pytest.mark.alone
def test_nothing_is_lost_on_the_way():
    assert connection.vendor == "sqlite"
    assert main(SMALL) == []


def weighed(entry, *, stored=0, in_tray=(), waiting=()):
    result = Result("1-0", entries=[entry], waiting=set(waiting))
    result.weigh(Counter({entry.text: stored}), set(in_tray))
    return result.lost, result.duplicated, result.undelivered


@pytest.mark.parametrize(
    ("said", "found", "counts"),
    [
        ("kept", {"stored": 1}, (0, 0, 0)),
        ("kept", {}, (1, 0, 0)),
        ("stored", {}, (1, 0, 0)),
        ("", {}, (0, 0, 0)),  # killed before the page said anything
        ("", {"stored": 1}, (0, 0, 0)),
        ("kept", {"stored": 2}, (0, 1, 0)),
        ("kept", {"in_tray": ["a"]}, (0, 0, 0)),
        ("kept", {"waiting": ["a"]}, (0, 0, 1)),
    ],
)
def test_entry_is_weighed_by_what_the_page_had_said(said, found, counts):
    assert weighed(Entry("recorder-lethuy", "patrol", "1-0 mục 0", "a", said), **found) == counts


def test_weather_may_strike_the_sending_alone():
    weather = Weather(Fault.ERROR, sending_only=True)
    form = "/clusters/giap-ranh-le-thuy-vinh-linh-2025/patrols/new/"
    assert weather("POST", form) is Fault.ERROR
    assert (weather("GET", form), weather("GET", "/queue/session/")) == (Fault.PASS, Fault.PASS)
    assert Weather(Fault.ERROR)("GET", "/queue/session/") is Fault.ERROR
