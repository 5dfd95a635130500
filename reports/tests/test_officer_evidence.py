import pytest

from cluster.tests.factories import make_officer
from incidents.tests.factories import make_incident
from patrols.tests.factories import make_contingent, make_patrol

YEAR = {"date_from": "2017-01-01", "date_to": "2017-12-31"}


@pytest.fixture
def officer(two_party_cluster):
    return make_officer(unit=two_party_cluster.unit, name="Nguyễn Văn A")


@pytest.fixture
def address(officer):
    return f"/clusters/cum-thu/awards/candidates/officers/{officer.pk}/"


def test_officer_evidence_lists_the_rows_behind_each_number(
    client_of, coordinator, two_party_cluster, officer, address
):
    unit, partner = two_party_cluster.units
    patrol = make_patrol(cluster=two_party_cluster.cluster, units=[], lead_unit=unit, shift_leader=officer)
    line = make_contingent(patrol=patrol, unit=unit, state="confirmed", officers=[officer])
    make_contingent(patrol=patrol, unit=partner)
    incident = make_incident(cluster=patrol.cluster, patrol=patrol)
    make_patrol(cluster=two_party_cluster.cluster, lead_unit=partner)
    rows = client_of(coordinator).get(address, YEAR).context["rows"]
    assert [list(found) for found in rows] == [[line], [patrol], [incident]]


@pytest.mark.parametrize(
    ("reader", "status"), [("recorder", 403), ("leader", 403), ("observer", 403), ("outsider", 404)]
)
def test_officer_evidence_is_the_coordinators(request, client_of, address, reader, status):
    assert client_of(request.getfixturevalue(reader)).get(address).status_code == status


def test_officer_evidence_of_another_cluster_does_not_exist(client_of, coordinator, outsider, address):
    foreign = make_officer(unit=outsider.postings.get().unit)
    path = f"/clusters/cum-thu/awards/candidates/officers/{foreign.pk}/"
    assert client_of(coordinator).get(path).status_code == 404


def test_officer_evidence_refuses_other_methods(client_of, coordinator, address):
    assert client_of(coordinator).post(address).status_code == 405
