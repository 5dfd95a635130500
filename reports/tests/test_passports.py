"""What the passport of a figure says, against the rows that made it."""

import datetime as dt
import re

import pytest
from django.utils import translation

from cluster.tests.factories import TwoPartyCluster, make_unit
from incidents.tests.factories import make_declared, make_incident
from patrols.tests.factories import make_contingent, make_patrol
from reports.figures import FIGURES
from reports.passports import Passport, passport_of, passports_of
from reports.periods import Period
from reports.reckoning import Reckoning
from reports.slices import Slice


@pytest.fixture(autouse=True)
def _english(db):
    with translation.override("en"):
        yield


def reckoning_of(place: TwoPartyCluster) -> Reckoning:
    return Reckoning(place.cluster, Period.of_year(place.cluster, 2017))


def said(passport: Passport, name: str) -> str:
    return next((line.text for line in passport.lines if line.name == name), "")


def test_a_passport_says_rule_filters_period_and_unit(two_party_cluster) -> None:
    passport = passport_of(reckoning_of(two_party_cluster), "incidents_resolved")
    assert said(passport, "Rule").startswith("Of these, incidents with the outcome")
    assert said(passport, "Counted rows").endswith("; outcome: resolved")
    assert said(passport, "Period") == "01/01–31/12/2017"
    assert said(passport, "Compared with") == "the year 2016 (01/01–31/12/2016)"
    assert (passport.value, said(passport, "Basis")) == ("–", "nothing is known")


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_rule_stands_for_itself(language) -> None:
    """A leader has no list of rules by number, and the passport travels into the papers."""
    with translation.override(language):
        rules = [str(figure.rule) for figure in FIGURES.values()]
    assert [rule for rule in rules if re.search(r"(rule|quy tắc) \d", rule) or not rule.endswith(".")] == []


def test_a_passport_counts_the_rows_not_what_they_add_up_to(two_party_cluster) -> None:
    for _ in range(3):
        make_patrol(cluster=two_party_cluster.cluster, units=two_party_cluster.units, headcount=7)
    passport = passport_of(reckoning_of(two_party_cluster), "participations")
    assert (passport.value, said(passport, "Rows")) == ("42", "6 records")


def test_a_passport_names_who_confirmed_and_who_is_waited_for(two_party_cluster) -> None:
    patrol = make_patrol(cluster=two_party_cluster.cluster, units=two_party_cluster.units)
    patrol.contingents.update(state="pending")
    patrol.contingents.filter(unit=two_party_cluster.unit).update(state="confirmed")
    make_contingent(patrol=patrol, unit=make_unit(), force=two_party_cluster.force, state="refused", reason="x")
    unit, partner = two_party_cluster.units
    for key in ("joint_patrols", "participations"):
        passport = passport_of(reckoning_of(two_party_cluster), key)
        assert said(passport, "Confirmed by") == f"1 of 2 lines ({unit} 1); waiting: {partner} 1"


def test_a_passport_of_declared_figures_names_them_and_their_source(two_party_cluster) -> None:
    make_declared(cluster=two_party_cluster.cluster, year=2017, value=80, qualifier="trên", source="Báo cáo 12")
    passport = passport_of(reckoning_of(two_party_cluster), "incidents")
    assert passport.value == "over 80"
    assert said(passport, "Basis") == "declared figures, there are no records"
    assert said(passport, "Declared") == "the whole cluster, 01/01–31/12/2017: over 80 (source: Báo cáo 12)"
    assert said(passport, "Rows") == "1 declared row"


def test_a_passport_of_mixed_basis_tells_both_apart(two_party_cluster) -> None:
    make_incident(cluster=two_party_cluster.cluster, unit=two_party_cluster.unit)
    make_declared(cluster=two_party_cluster.cluster, year=2017, value=4, unit=two_party_cluster.partner_unit)
    passport = passport_of(reckoning_of(two_party_cluster), "incidents")
    assert (passport.value, said(passport, "Rows")) == ("5", "1 record, 1 declared row")


def test_a_passport_of_a_slice_speaks_of_the_slice(two_party_cluster) -> None:
    for unit in (*two_party_cluster.units, two_party_cluster.unit):
        make_incident(cluster=two_party_cluster.cluster, unit=unit)
    at = Slice(unit=two_party_cluster.unit.pk)
    passport = passport_of(reckoning_of(two_party_cluster), "incidents", at, narrowed_to="Sen Thủy")
    assert (passport.value, said(passport, "Rows")) == ("2", "2 records")
    assert said(passport, "Counted rows").endswith("; Sen Thủy")


def test_all_passports_are_those_of_known_figures_and_ask_nothing(two_party_cluster, django_assert_num_queries) -> None:
    make_patrol(cluster=two_party_cluster.cluster, starts_at=dt.datetime(2017, 3, 1, 14, tzinfo=dt.UTC))
    reckoning = reckoning_of(two_party_cluster)
    with django_assert_num_queries(0):
        passports = passports_of(reckoning)
    known = [key for key, compared in reckoning.figures.items() if compared.is_known]
    assert [passport.key for passport in passports] == known
    assert "joint_patrols" in known


def test_a_passport_is_as_of_the_day_and_what_is_signed_of_the_moment(two_party_cluster) -> None:
    reckoning = reckoning_of(two_party_cluster)
    reckoning.as_of = dt.date(2018, 1, 5)
    assert said(passport_of(reckoning, "parties"), "As of") == "05/01/2018"
    reckoning.as_of = dt.datetime(2018, 1, 5, 2, 30, tzinfo=dt.UTC)
    assert said(passport_of(reckoning, "parties"), "As of") == "09:30 05/01/2018"
