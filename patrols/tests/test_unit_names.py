"""Units written by name in the form of a patrol."""

import datetime as dt

import pytest

from cluster.models import AdministrativeUnit, PoliceUnit
from cluster.tests.factories import make_administrative_unit, make_member, make_two_party_cluster, make_unit
from patrols.models import JointPatrol
from patrols.tests.entries import error_of, first, value_of

ADDRESS = "/clusters/cum-thu/patrols/new/"
Kind = AdministrativeUnit.Kind
END_OF_DISTRICTS = dt.date(2025, 6, 30)


def place(name, *, kind=Kind.COMMUNE, **more):
    return make_administrative_unit(name=name, kind=kind, **more)


@pytest.fixture
def neighbours(db):
    """Vĩnh Ninh and Quảng Ninh of the article of 2017: real, and no members (facts.md 0.5)."""
    province = place("Quảng Bình", kind=Kind.PROVINCE)
    district = place("Quảng Ninh", kind=Kind.DISTRICT, parent=province, valid_to=END_OF_DISTRICTS)
    commune = place("Vĩnh Ninh", parent=district, valid_to=END_OF_DISTRICTS)
    return {
        "Quảng Ninh": make_unit(name="Công an huyện Quảng Ninh", administrative_unit=district),
        "Vĩnh Ninh": make_unit(name="Công an xã Vĩnh Ninh", administrative_unit=commune),
    }


def unit_of_second_line():
    return list(JointPatrol.objects.get().contingents.all())[1].unit


def log_with(client_of, recorder, entry, text, **more):
    """Every unit of these tests is meant, so the question about those outside the cluster is answered."""
    named = {"line-1-unit": "", "line-1-other": text}
    return client_of(recorder).post(ADDRESS, entry | named | more | sure_of_all_units(), follow=True)


def sure_of_all_units():
    return {"sure": [f"outsider-{unit.pk}" for unit in PoliceUnit.objects.all()]}


@pytest.mark.parametrize(
    "text", ["Vĩnh Ninh", "vinh ninh", "xã Vĩnh Ninh", "Công an xã Vĩnh Ninh", " CÔNG AN XÃ VĨNH NINH"]
)
def test_unit_is_found_by_any_of_its_names(client_of, recorder, entry, neighbours, text):
    log_with(client_of, recorder, entry, text)
    assert unit_of_second_line() == neighbours["Vĩnh Ninh"]


@pytest.mark.parametrize("name", ["Vĩnh Ninh", "Quảng Ninh"])
def test_unit_outside_the_cluster_is_stored_with_a_warning(client_of, recorder, entry, neighbours, name):
    response = log_with(client_of, recorder, entry, name)
    warning = first(response, "main .notice-warning").get_text(strip=True)
    assert warning == f"The unit {neighbours[name]} does not belong to the cluster on 01/06/2017."


def test_unit_outside_the_cluster_may_lead(client_of, coordinator, entry, neighbours):
    lead = {"lead_unit": "", "lead_other": "Quảng Ninh"}
    client_of(coordinator).post(ADDRESS, entry | lead | sure_of_all_units())
    assert JointPatrol.objects.get().lead_unit == neighbours["Quảng Ninh"]


def test_unit_valid_on_the_date_is_preferred(client_of, recorder, entry, neighbours):
    successor = make_unit(
        name="Công an xã Quảng Ninh", administrative_unit=place("Quảng Ninh", valid_from=dt.date(2025, 7, 1))
    )
    log_with(client_of, recorder, entry, "Quảng Ninh", date="2025-08-01")
    assert unit_of_second_line() == successor


def test_unit_no_longer_valid_is_found_with_a_warning(client_of, recorder, entry, neighbours):
    response = log_with(client_of, recorder, entry, "Vĩnh Ninh", date="2025-08-01")
    assert "xã Vĩnh Ninh ended before 01/07/2025" in first(response, "main .notice-warning").get_text()


def test_unit_not_yet_in_being_is_refused_at_its_field(client_of, recorder, entry):
    unit = make_unit(name="Công an xã Mới", administrative_unit=place("Mới"), valid_from=dt.date(2025, 7, 1))
    response = log_with(client_of, recorder, entry, "Công an xã Mới")
    assert error_of(response, "line-1-other") == f"The unit {unit} did not exist on 01/06/2017."


def test_unit_not_yet_in_being_that_the_roster_has_is_stored(client_of, recorder, entry, two_party_cluster):
    """The office has a wrong date; the officers of last night are not to blame."""
    place = two_party_cluster.partner_unit.administrative_unit
    place.valid_from = dt.date(2025, 7, 1)
    place.save()
    assert client_of(recorder).post(ADDRESS, entry).status_code == 302


def test_unit_among_namesakes_is_the_member(client_of, recorder, entry, neighbours, two_party_cluster):
    member = make_unit(name="Công an phường Vĩnh Ninh", administrative_unit=place("Vĩnh Ninh", kind=Kind.WARD))
    make_member(party=two_party_cluster.partner_party, unit=member)
    log_with(client_of, recorder, entry, "Vĩnh Ninh")
    assert unit_of_second_line() == member


def test_unit_that_could_be_two_is_asked_for_in_full(client_of, recorder, entry, neighbours):
    far = place("Quảng Ninh", kind=Kind.PROVINCE)
    make_unit(name="Công an tỉnh Quảng Ninh", administrative_unit=far)
    response = log_with(client_of, recorder, entry, "Quảng Ninh")
    assert error_of(response, "line-1-other").startswith("Several units have this name: ")
    assert "Công an huyện Quảng Ninh (tỉnh Quảng Bình)" in error_of(response, "line-1-other")


def test_unit_is_told_from_its_namesake_by_what_it_belongs_to(client_of, recorder, entry, neighbours):
    parent = place("Quảng Xương", kind=Kind.DISTRICT)
    make_unit(name="Công an xã Vĩnh Ninh", administrative_unit=place("Vĩnh Ninh", parent=parent))
    log_with(client_of, recorder, entry, "Công an xã Vĩnh Ninh (huyện Quảng Ninh)")
    assert unit_of_second_line() == neighbours["Vĩnh Ninh"]


@pytest.mark.parametrize("name", ["line-1", "lead"])
def test_unit_unknown_is_an_error_that_names_the_nearest(client_of, recorder, entry, neighbours, name):
    unit = {"line-1": "line-1-unit", "lead": "lead_unit"}[name]
    text = {"line-1": "line-1-other", "lead": "lead_other"}[name]
    response = client_of(recorder).post(ADDRESS, entry | {unit: "", text: "Vĩn Ninh"})
    assert (response.status_code, value_of(response, text)) == (422, "Vĩn Ninh")
    assert error_of(response, text) == "No unit is called “Vĩn Ninh”. Did you mean: Công an xã Vĩnh Ninh?"
    assert not JointPatrol.objects.exists()


def test_unit_chosen_and_another_written_is_an_error(client_of, recorder, entry, neighbours, two_party_cluster):
    response = client_of(recorder).post(ADDRESS, entry | {"line-1-other": "Vĩnh Ninh"})
    unit = two_party_cluster.partner_unit
    message = f"The list says {unit} and the name says Công an xã Vĩnh Ninh: keep one of them."
    assert (response.status_code, error_of(response, "line-1-other")) == (422, message)


def test_unit_chosen_and_written_alike_is_no_error(client_of, recorder, entry, two_party_cluster):
    same = {"line-1-other": two_party_cluster.partner_unit.name}
    assert client_of(recorder).post(ADDRESS, entry | same).status_code == 302


def test_unit_that_another_cluster_keeps_for_itself_does_not_exist(client_of, recorder, entry):
    other = make_two_party_cluster()
    hidden = make_unit(name="Đội tuần tra Bến Hải", cluster=other.cluster)
    response = log_with(client_of, recorder, entry, "Đội tuần tra Bến Hả")
    assert hidden.name not in error_of(response, "line-1-other")
    assert error_of(log_with(client_of, recorder, entry, hidden.name), "line-1-other")


@pytest.mark.parametrize("text", ["%", "_", "'; --", "(", "\x00", "Ninh%", "x" * 150])
def test_unit_of_any_text_is_at_worst_unknown(client_of, recorder, entry, neighbours, text):
    assert log_with(client_of, recorder, entry, text).status_code == 422
