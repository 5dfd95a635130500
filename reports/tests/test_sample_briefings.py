"""The sample's briefings follow its own pattern, and its years tell of a cluster that meets."""

import datetime as dt

import pytest

from cluster.dues import awaited_briefings, duties_of
from cluster.models import Briefing, Cluster, Conclusion
from incidents.models import DeclaredFigure
from reports.periods import Period
from reports.reckoning import Reckoning
from reports.sample.load import load_sample

PASSWORD = "mat-khau-thu-2017"


@pytest.fixture
def cluster(db):
    load_sample(password=PASSWORD)
    return Cluster.objects.get(slug="le-thuy-vinh-linh")


def test_sample_briefings(cluster):
    """One load for all that is asked of it: it takes a while."""
    # Held as the patterns ask, each by whose turn it was; what was called off says why.
    asked = {
        (pattern.level, *duty.term): duty.host
        for pattern, duties in duties_of(cluster, until=dt.date(2018, 12, 31))
        for duty in duties
    }
    rows = Briefing.objects.of(cluster)
    assert {(row.level, row.cycle, row.year, row.number): row.host for row in rows} == asked
    assert all(row.held_on or row.called_off for row in rows)
    assert awaited_briefings(cluster, today=dt.date(2019, 1, 2)) == []

    # The figure of each year counts them, as many as were declared before there were records.
    held = {}
    for year in (2016, 2017, 2018):
        period = Period(dt.date(year, 1, 1), dt.date(year, 12, 31))
        found = Reckoning(cluster, period).figures["briefings"].this
        held[year] = (found.value, found.basis)
    assert held == {2016: (15, "records"), 2017: (16, "records"), 2018: (17, "records")}
    for row in DeclaredFigure.objects.filter(cluster=cluster, metric="briefings"):
        assert row.value == held[row.date_from.year][0]

    # The briefing of the third quarter of 2018 is the one a published photograph shows (facts.md 1.1).
    third = rows.get(level="district", cycle="quarter", year=2018, number=3)
    assert third.local_date.month == 9
    open_ones = Conclusion.objects.of(cluster).unsettled()
    assert [(row.briefing, row.is_overdue_on(dt.date(2019, 1, 2))) for row in open_ones] == [(third, True)]

    # Loading again neither doubles nor revives.
    removed = rows.get(level="commune", year=2017, number=5)
    removed.deleted_at = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)
    removed.save()
    before = Briefing.objects.count(), Conclusion.objects.count()
    load_sample(password=PASSWORD)
    assert (Briefing.objects.count(), Conclusion.objects.count()) == before
    assert removed not in Briefing.objects.of(cluster)
