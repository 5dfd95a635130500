"""What the database refuses of categories, incidents, declared figures and awards, past every form."""

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from django.db import IntegrityError
from django.utils import timezone

from cluster.tests.constraints import Case, assert_refused, cases_of, copy_of, insert, named_constraints, update
from cluster.tests.factories import make_crime_report, make_officer, make_party, make_unit
from incidents.models import Award, DeclaredFigure, Incident
from incidents.tests.factories import make_award, make_category, make_declared, make_incident

pytestmark = pytest.mark.django_db

NEW_YEAR_2016 = dt.date(2016, 1, 1)
DAY_BEFORE = dt.date(2015, 12, 31)


def insert_copy(row, **changes):
    insert(copy_of(row, **changes))


def insert_record(row, **changes):
    """A second record under an id of its own."""
    insert_copy(row, **{"client_id": type(row)().client_id} | changes)


def of_party_and_unit():
    figure = make_declared()
    update(figure, party=make_party(cluster=figure.cluster), unit=make_unit(cluster=figure.cluster))


def of_report_but_not_from_one():
    incident = make_incident()
    update(incident, crime_report=make_crime_report(cluster=incident.cluster))


CASES = [
    Case("category_name_once_a_cluster", lambda: insert_copy(make_category(), group="Nhóm khác")),
    Case("category_name_given", lambda: update(make_category(), name="")),
    Case("category_validity_in_order", lambda: update(make_category(), valid_to=dt.date(1899, 12, 31))),
    Case("incident_code_once_a_cluster", lambda: insert_record(make_incident(code="VV-01"))),
    Case("incident_outcome_known", lambda: update(make_incident(), outcome="lost")),
    Case("incident_of_report_came_from_one", of_report_but_not_from_one),
    Case("declared_figure_once", lambda: insert_copy(make_declared(value=1), value=2, qualifier="hơn")),
    Case("declared_figure_once", lambda: insert_copy(make_declared(unit=make_unit()))),
    Case("declared_figure_once", lambda: insert_copy(make_declared(party=make_party(), category=make_category()))),
    Case("declared_figure_dates_in_order", lambda: update(make_declared(), date_to=DAY_BEFORE)),
    Case("declared_figure_of_party_or_unit", of_party_and_unit),
    Case("declared_figure_qualifier_known", lambda: update(make_declared(), qualifier="chừng")),
    Case("declared_figure_metric_given", lambda: update(make_declared(), metric="")),
    Case("award_once", lambda: insert_record(make_award(), form="Bằng khen")),
    Case("award_recipient_known", lambda: update(make_award(), recipient="crowd")),
    Case("award_level_known", lambda: update(make_award(), level="world")),
    Case("award_texts_given", lambda: update(make_award(), decision_number="")),
    Case("award_texts_given", lambda: update(make_award(), name="")),
    Case("award_texts_given", lambda: update(make_award(), form="")),
    Case("award_officer_is_individual", lambda: update(make_award(), officer=make_officer())),
]


@cases_of(CASES)
def test_database_refuses(case):
    assert_refused(case)


def test_every_constraint_has_a_case():
    assert {case.name for case in CASES} == set(named_constraints("incidents"))


@pytest.mark.parametrize("make", [make_incident, make_award])
def test_client_id_is_taken_for_ever(make):
    with pytest.raises(IntegrityError):
        insert_copy(make(deleted_at=timezone.now()), deleted_at=None)


def test_incidents_without_a_code_are_many():
    insert_record(make_incident(code=""))
    assert Incident.objects.count() == 2


def test_deleted_award_makes_room():
    insert_record(make_award(deleted_at=timezone.now()), deleted_at=None)
    assert Award.objects.count() == 2


@pytest.mark.parametrize("level", ["unit", "party", "category"])
def test_figure_is_declared_of_the_whole_and_of_its_parts(level):
    figure = make_declared()
    makers: dict[str, Callable[..., Any]] = {"unit": make_unit, "party": make_party, "category": make_category}
    part = makers[level](cluster=figure.cluster)
    insert_copy(figure, **{f"{level}_id": part.pk})
    assert DeclaredFigure.objects.count() == 2
