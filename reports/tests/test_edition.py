"""What a review says, live and signed: the same words by the same code, from rows or from the snapshot."""

import datetime as dt
import json
from functools import cached_property

import pytest
from django.utils import translation

from incidents.models import Incident
from patrols.models import Contingent
from reports.as_json import review_json
from reports.charts import category_bars, month_columns
from reports.edition import Edition
from reports.freezing import canonical, frozen, sha256, thawed
from reports.periods import Period
from reports.reckoning import Reckoning
from reports.snapshot import BREAKDOWNS, snapshot_of
from reports.tables import Tables
from reports.tests.signing import YEAR, draft, make_year, signed

# What a frozen reckoning makes of its frozen parts, or does without.
DERIVED = {"figures", "headline", "unit_totals"}


@pytest.fixture
def year(two_party_cluster):
    return make_year(two_party_cluster)


def said_by(edition):
    """Everything that page, JSON and papers read."""
    tables = Tables(edition.reckoning, linked=True)
    told = (tables.headline, tables.figures, tables.by_unit, tables.by_month, tables.by_category, tables.unit_totals)
    charts = (month_columns(edition.reckoning, "joint_patrols"), category_bars(edition.reckoning))
    state = {"state": None, "signed": None, "since": None, "amendments": None}
    return [tell() for tell in told], charts, review_json(edition) | state, edition.sections, edition.passports


@pytest.mark.parametrize("language", ["vi", "en"])
def test_signed_review_says_what_the_draft_said(year, language):
    with translation.override(language):
        before = said_by(Edition(year.cluster, YEAR))
        signed(year)
        edition = Edition(year.cluster, YEAR)
        after = said_by(edition)
    assert edition.is_signed
    # The words of warnings and passports, and labels of rests, stay those of the paper.
    assert after[1:3] == before[1:3] if language == "vi" else True
    assert [after[0][0], after[3]] == [before[0][0], before[3]]


def tables_of(edition):
    tables = Tables(edition.reckoning, linked=True)
    told = (tables.figures, tables.outcomes, tables.by_month, tables.by_category, tables.by_unit, tables.by_force)
    return [tell() for tell in (*told, tables.by_campaign, tables.trend)]


def test_signed_tables_keep_their_rows_and_columns_in_their_place(year):
    """The snapshot sorts its keys; a number that moves to another column is another number."""
    patrol = year.cluster.jointpatrols.get(local_date="2017-01-05")
    patrol.campaign = year.cluster.campaigns.get()
    patrol.save()
    before = tables_of(Edition(year.cluster, YEAR))
    signed(year)
    assert tables_of(Edition(year.cluster, YEAR)) == before
    assert all(before)


def said_on_paper(edition):
    """Without the JSON, which tells of today as well."""
    tables = Tables(edition.reckoning, linked=True)
    told = (tables.headline(), tables.figures(), tables.by_unit(), tables.by_month(), tables.by_category())
    return told, tables.by_force(), tables.trend(), edition.sections, edition.passports, edition.warnings


def test_signed_review_reads_no_row_of_today(year, django_assert_max_num_queries):
    signed(year)
    edition = Edition(year.cluster, YEAR)
    before = said_on_paper(edition)
    Contingent.objects.update(headcount=1)
    Incident.objects.update(deleted_at=dt.datetime(2018, 1, 1, tzinfo=dt.UTC))
    year.cluster.name = "Tên mới"
    year.cluster.save()
    with django_assert_max_num_queries(2):
        assert said_on_paper(Edition(year.cluster, YEAR)) == before


def test_one_content_has_one_text():
    assert canonical({"b": [1, None], "a": "Lệ Thủy"}) == canonical({"a": "Lệ Thủy", "b": [1, None]})
    assert canonical({"b": 1, "a": "Lệ Thủy"}) == '{"a":"Lệ Thủy","b":1}'


def test_snapshot_is_canonical_and_hashed(year):
    review = signed(year)
    review.refresh_from_db()
    assert review.snapshot == canonical(json.loads(review.snapshot))
    assert review.snapshot_hash == sha256(review.snapshot)


def snapshot(year):
    now = dt.datetime(2018, 1, 5, tzinfo=dt.UTC)
    return snapshot_of(year.cluster, YEAR, YEAR.year_before(), sections={}, now=now)


def test_same_rows_give_the_same_snapshot(year):
    with translation.override("en"):
        one = snapshot(year)
    with translation.override("vi"):
        other = snapshot(year)
    assert canonical(one) == canonical(other)


def test_snapshot_lists_the_rows_behind_every_figure(year):
    rows = snapshot(year)["rows"]
    figures = Edition(year.cluster, YEAR).figures
    for key in ("joint_patrols", "participations", "incidents", "persons_involved", "awards_collective", "campaigns"):
        amounts = [row["amounts"].get(key, 0) for kind in rows.values() for row in kind.values()]
        assert (key, sum(amounts)) == (key, figures[key].this.value)
    patrol = year.cluster.jointpatrols.get(local_date="2017-01-05")
    assert rows["patrols"][str(patrol.client_id)] == {
        "version": 1,
        "date": "2017-01-05",
        "unit": patrol.lead_unit_id,
        "name": patrol.route,
        "amounts": {"joint_patrols": 1},
    }


def test_every_breakdown_of_a_reckoning_is_frozen():
    """A table that is added to the review is added to what is signed."""
    told = {name for name, value in vars(Reckoning).items() if isinstance(value, cached_property)}
    assert {name for name in told if not name.startswith("_")} == {*BREAKDOWNS, *DERIVED}


def test_review_of_another_comparison_is_none_of_the_stored_one(year):
    signed(year)
    other = Period(dt.date(2015, 1, 1), dt.date(2015, 12, 31))
    edition = Edition(year.cluster, YEAR, other)
    assert (edition.is_signed, edition.comparison) == (False, other)


def test_stored_comparison_holds_without_one_in_the_address(year):
    review = draft(year)
    type(review).objects.update(compare_from="2015-01-01", compare_to="2015-12-31")
    assert Edition(year.cluster, YEAR).comparison == Period(dt.date(2015, 1, 1), dt.date(2015, 12, 31))


def test_frozen_takes_no_float():
    with pytest.raises(TypeError):
        frozen({"percent": 0.5})


def test_thawed_brings_periods_back():
    assert thawed(list[Period | None], frozen([YEAR, None])) == [YEAR, None]
