"""What is particular to outreach and to the crime reports that come of it."""

import datetime as dt

import pytest

from cluster.models import CrimeReport
from cluster.tests.entries import register_entry
from cluster.tests.factories import make_crime_report, make_outreach

ADDRESS = "/clusters/cum-thu/crime-reports/"


@pytest.fixture
def session(two_party_cluster):
    return make_outreach(cluster=two_party_cluster.cluster, unit=two_party_cluster.unit)


def test_outreach_page_lists_the_reports_that_came_of_it(client_of, leader, session):
    report = make_crime_report(cluster=session.cluster, outreach=session)
    make_crime_report(cluster=session.cluster)
    make_crime_report(cluster=session.cluster, outreach=session, deleted_at=dt.datetime(2017, 7, 1, tzinfo=dt.UTC))
    assert list(client_of(leader).get(session.get_absolute_url()).context["reports"]) == [report]


def test_crime_report_opens_with_its_session(client_of, recorder, session):
    form = client_of(recorder).get(f"{ADDRESS}new/?outreach={session.pk}&channel=session").context["form"]
    assert (form["outreach"].value(), form["channel"].value()) == (str(session.pk), "session")


@pytest.mark.parametrize("note", ["Người báo tin: SĐT 0912 345 678", "Đối tượng đi xe 73H1-234.56", "TUYỆT MẬT"])
def test_crime_report_refuses_an_identity_and_keeps_the_text(note, client_of, recorder, two_party_cluster):
    entry = register_entry(CrimeReport, unit=two_party_cluster.unit.pk, note=note)
    response = client_of(recorder).post(f"{ADDRESS}new/", entry)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["note"])
    assert note in response.content.decode()


def test_crime_report_without_ground_is_not_of_value(client_of, recorder, two_party_cluster):
    entry = register_entry(CrimeReport, unit=two_party_cluster.unit.pk, is_valuable="true", outcome="unfounded")
    response = client_of(recorder).post(f"{ADDRESS}new/", entry)
    assert (response.status_code, CrimeReport.objects.exists()) == (422, False)


@pytest.mark.parametrize(("state", "count"), [("open", 1), ("valuable", 2)])
def test_crime_report_list_leads_to_what_is_not_assessed(state, count, client_of, leader, two_party_cluster):
    for is_valuable in (None, True, True, False):
        make_crime_report(cluster=two_party_cluster.cluster, is_valuable=is_valuable)
    assert len(client_of(leader).get(f"{ADDRESS}?state={state}").context["rows"]) == count
