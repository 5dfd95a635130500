"""Incidents that came from a crime report of the register."""

import datetime as dt

import pytest

from cluster.tests.factories import make_crime_report
from incidents.models import Incident
from incidents.tests.entries import incident_entry
from incidents.tests.factories import make_category, make_incident

ADDRESS = "/clusters/cum-thu/incidents/new/"


@pytest.fixture
def report(two_party_cluster):
    return make_crime_report(cluster=two_party_cluster.cluster, unit=two_party_cluster.unit)


@pytest.fixture
def entry(two_party_cluster, report):
    category = make_category(cluster=two_party_cluster.cluster)
    return incident_entry(unit=two_party_cluster.unit, category=category, crime_report=report.pk)


def test_incident_of_a_report_came_from_one(client_of, recorder, report, entry):
    client_of(recorder).post(ADDRESS, entry)
    incident = Incident.objects.get()
    assert (incident.crime_report, incident.from_crime_report) == (report, True)


def test_incident_opens_with_its_report(client_of, recorder, report):
    form = client_of(recorder).get(f"{ADDRESS}?crime_report={report.client_id}").context["form"]
    assert (form["crime_report"].value(), form["from_crime_report"].value()) == (report.pk, True)
    assert form["occurred_on"].value() == report.received_on


def test_incident_is_of_no_report_of_another_cluster(client_of, recorder, entry, two_party_cluster):
    foreign = make_crime_report(cluster=make_category().cluster)
    response = client_of(recorder).post(ADDRESS, entry | {"crime_report": foreign.pk})
    assert list(response.context["form"].errors) == ["crime_report"]
    assert client_of(recorder).get(f"{ADDRESS}?crime_report={foreign.client_id}").status_code == 404


def test_crime_report_page_lists_its_incidents(client_of, leader, report):
    incident = make_incident(cluster=report.cluster, crime_report=report, from_crime_report=True)
    make_incident(cluster=report.cluster)
    assert list(client_of(leader).get(report.get_absolute_url()).context["incidents"]) == [incident]


def test_incident_form_offers_the_reports_near_its_day(client_of, recorder, report, entry):
    make_crime_report(cluster=report.cluster, received_on=report.received_on - dt.timedelta(days=90))
    address = f"{ADDRESS}?crime_report={report.client_id}"
    assert list(client_of(recorder).get(address).context["form"].fields["crime_report"].queryset) == [report]
