"""People named in a line of the form of a patrol."""

import datetime as dt

import pytest

from cluster.models import Officer
from cluster.tests.factories import make_officer, make_two_party_cluster
from patrols.models import Contingent, JointPatrol
from patrols.tests.entries import error_of, input_of, page_of, value_of

ADDRESS = "/clusters/cum-thu/patrols/new/"


@pytest.fixture
def unit(two_party_cluster):
    return two_party_cluster.unit


def log_with(client_of, recorder, entry, text, **more):
    return client_of(recorder).post(ADDRESS, entry | {"line-0-names": text} | more)


def named():
    """The people on record for the first line."""
    line, *_others = Contingent.objects.all()
    return list(line.officers.all())


@pytest.mark.parametrize(
    "text", ["Nguyễn Thị Thủy", "nguyen thi thuy", "Nguyễn Thị Thuỷ", "NGUYỄN THỊ THỦY", "Thượng úy Nguyễn Thị Thủy"]
)
def test_officer_is_found_without_marks_case_or_rank(client_of, recorder, entry, unit, text):
    officer = make_officer(unit=unit, name="Nguyễn Thị Thủy", rank="Thượng úy")
    log_with(client_of, recorder, entry, text)
    assert named() == [officer]


def test_officers_are_separated_by_semicolons_and_commas(client_of, recorder, entry, unit):
    officers = [make_officer(unit=unit, name=name) for name in ("An", "Bình", "Cường")]
    log_with(client_of, recorder, entry, "An; Bình , Cường;; ")
    assert named() == officers


def test_officer_named_twice_counts_once(client_of, recorder, entry, unit):
    officer = make_officer(unit=unit, name="Lê Văn An")
    log_with(client_of, recorder, entry, "Lê Văn An; le van an", **{"line-0-headcount": "1"})
    assert named() == [officer]


def test_officer_with_other_marks_is_somebody_else(client_of, recorder, entry, unit):
    make_officer(unit=unit, name="Trần Văn Nam")
    response = log_with(client_of, recorder, entry, "Trần Văn Năm")
    message = f"Not known in {unit}: Trần Văn Năm. Did you mean: Trần Văn Nam?"
    assert (response.status_code, error_of(response, "line-0-names")) == (422, message)


def test_officer_unknown_is_added_only_when_ticked(client_of, recorder, entry, unit):
    assert not page_of(client_of(recorder).get(ADDRESS)).select('[name="line-0-adds"]')
    response = log_with(client_of, recorder, entry, "Võ Văn Mới")
    assert (response.status_code, Officer.objects.count()) == (422, 0)
    assert input_of(response, "line-0-adds").get("checked") is None
    assert value_of(response, "line-0-names") == "Võ Văn Mới"
    log_with(client_of, recorder, entry, "Võ Văn Mới", **{"line-0-adds": "1"})
    assert [(officer.name, officer.unit) for officer in named()] == [("Võ Văn Mới", unit)]


def test_officer_added_has_a_history_with_the_user(client_of, recorder, entry):
    log_with(client_of, recorder, entry, "Võ Văn Mới", **{"line-0-adds": "1"})
    assert [row.history_user for row in Officer.history.all()] == [recorder]


@pytest.mark.parametrize("text", ["Anh 3", "0912 345 678", "CCCD 044090001234", "X", "<b>An</b>", "A" * 101])
def test_officer_added_must_have_a_name(client_of, recorder, entry, text):
    response = log_with(client_of, recorder, entry, text, **{"line-0-adds": "1"})
    assert (response.status_code, Officer.objects.count()) == (422, 0)
    assert error_of(response, "line-0-names")


def test_officers_may_not_be_more_than_took_part(client_of, recorder, entry, unit):
    for name in ("An", "Bình"):
        make_officer(unit=unit, name=name)
    response = log_with(client_of, recorder, entry, "An; Bình", **{"line-0-headcount": "1"})
    assert error_of(response, "line-0-names") == "More people are named than took part."
    assert not JointPatrol.objects.exists()


def test_officers_of_one_name_are_told_apart_by_rank(client_of, recorder, entry, unit):
    make_officer(unit=unit, name="Lê Văn An", rank="Thiếu úy")
    elder = make_officer(unit=unit, name="Lê Văn An", rank="Đại úy")
    response = log_with(client_of, recorder, entry, "Lê Văn An")
    assert error_of(response, "line-0-names").endswith("Write one of: Thiếu úy Lê Văn An; Đại úy Lê Văn An.")
    log_with(client_of, recorder, entry, "Đại úy Lê Văn An")
    assert named() == [elder]


def test_officer_in_service_on_the_date_is_preferred(client_of, recorder, entry, unit):
    make_officer(unit=unit, name="Lê Văn An", active_to=dt.date(2015, 12, 31))
    present = make_officer(unit=unit, name="Lê Văn An")
    log_with(client_of, recorder, entry, "Lê Văn An")
    assert named() == [present]


def test_officer_of_another_unit_is_unknown_here(client_of, recorder, entry, two_party_cluster):
    make_officer(unit=two_party_cluster.partner_unit, name="Lê Văn An")
    foreign = make_officer(unit=make_two_party_cluster().unit, name="Hồ Văn Biên")
    response = log_with(client_of, recorder, entry, "Lê Văn An; Hồ Văn Biê")
    assert "Not known in" in error_of(response, "line-0-names")
    assert foreign.name not in response.content.decode()
