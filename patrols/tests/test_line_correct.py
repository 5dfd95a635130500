import pytest

from cluster.models import Officer
from cluster.tests.factories import make_officer
from patrols.models import Contingent
from patrols.tests.entries import error_of, first, page_of, value_of
from patrols.tests.lines import path_of, stored, word_of

State = Contingent.State
LONG = "Đối chiếu sổ trực của đơn vị: " + "ngày trực " * 27


@pytest.fixture
def address(waiting_line):
    return path_of(waiting_line, "correct")


def entry(**changes):
    return {"version": "1", "headcount": "4", "names": "", "reason": "Một người ốm"} | changes


def test_line_correct_says_was_is_and_why(client_of, partner_recorder, address, waiting_line):
    page = client_of(partner_recorder).post(address, entry(), follow=True)
    line = stored(waiting_line)
    assert word_of(line) == (State.CORRECTED, 4, "Một người ốm")
    assert (line.corrected_from, line.version, line.decided_by) == (5, 2, partner_recorder)
    shown = [cell.get_text(" ", strip=True) for cell in page_of(page).select("td[data-label=State]")]
    assert "Was 5, is 4 people. Reason: Một người ốm" in shown[1]


def test_line_correct_opens_with_what_is_on_record(client_of, partner_recorder, address, waiting_line):
    waiting_line.officers.add(make_officer(unit=waiting_line.unit, name="Trần Văn C"))
    response = client_of(partner_recorder).get(address)
    values = [value_of(response, name) for name in ("version", "headcount", "names")]
    assert (response.status_code, values) == (200, ["1", "5", "Trần Văn C"])
    assert word_of(waiting_line)[0] == State.PENDING


def test_line_correct_a_second_time_keeps_the_number_of_before_it(client_of, partner_recorder, address, waiting_line):
    client = client_of(partner_recorder)
    client.post(address, entry())
    client.post(address, entry(version="2", headcount="6", reason="Đếm lại"))
    assert (word_of(waiting_line), stored(waiting_line).corrected_from) == ((State.CORRECTED, 6, "Đếm lại"), 4)


def test_line_correct_twice_is_no_error(client_of, partner_recorder, address, waiting_line):
    client = client_of(partner_recorder)
    answers = [client.post(address, entry()).status_code for _ in range(2)]
    assert (answers, stored(waiting_line).version, stored(waiting_line).corrected_from) == ([302, 302], 2, 5)


def test_line_correct_gives_the_patrol_a_version_and_a_history(client_of, partner_recorder, address, waiting_line):
    """The patrol's form shows the line: whoever has it open with the old number is told."""
    client_of(partner_recorder).post(address, entry())
    newest = waiting_line.patrol.history.first()
    assert (newest.version, newest.history_change_reason) == (2, "Một người ốm")
    assert newest.history_user == partner_recorder


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"headcount": ""}, "headcount", "This field is required."),
        ({"headcount": "0"}, "headcount", "Ensure this value is greater than or equal to 1."),
        ({"headcount": "501"}, "headcount", "Ensure this value is less than or equal to 500."),
        ({"headcount": "bốn"}, "headcount", "Enter a whole number."),
        ({"headcount": "5"}, "headcount", "This is what the record says already. If it is right, confirm it."),
        ({"reason": " "}, "reason", "This field is required."),
        ({"reason": "x" * 301}, "reason", "Ensure this value has at most 300 characters (it has 301)."),
        ({"names": "A", "adds": "on"}, "names", "“A” is not a name."),
    ],
)
def test_line_correct_refuses_at_the_field(client_of, partner_recorder, address, waiting_line, change, field, message):
    response = client_of(partner_recorder).post(address, entry(**change))
    assert (response.status_code, error_of(response, field)) == (422, message)
    assert word_of(waiting_line) == (State.PENDING, 5, "")


def test_line_correct_takes_no_identity(client_of, partner_recorder, address, waiting_line):
    response = client_of(partner_recorder).post(address, entry(reason="Đi cùng CCCD 044085001234"))
    assert (response.status_code, bool(error_of(response, "reason"))) == (422, True)
    assert value_of(response, "reason") == "Đi cùng CCCD 044085001234"
    assert word_of(waiting_line) == (State.PENDING, 5, "")


def test_line_correct_takes_a_long_reason(client_of, partner_recorder, address, waiting_line):
    assert len(LONG) == 300
    reason = LONG.strip().ljust(300, ".")
    client_of(partner_recorder).post(address, entry(reason=reason))
    assert (stored(waiting_line).reason, waiting_line.history.first().history_change_reason) == (reason, reason)


def test_line_correct_names_known_officers(client_of, partner_recorder, address, waiting_line):
    known = make_officer(unit=waiting_line.unit, name="Trần Văn Cường")
    client_of(partner_recorder).post(address, entry(names="tran van cuong"))
    assert list(stored(waiting_line).officers.all()) == [known]


def test_line_correct_asks_before_it_adds_an_officer(client_of, partner_recorder, address, waiting_line):
    client = client_of(partner_recorder)
    asked = client.post(address, entry(names="Lê Thị Mới"))
    assert (asked.status_code, error_of(asked, "names")) == (422, f"Not known in {waiting_line.unit}: Lê Thị Mới.")
    assert page_of(asked).select("[name=adds]")
    client.post(address, entry(names="Lê Thị Mới", adds="on"))
    assert stored(waiting_line).officers.get() == Officer.objects.get(name="Lê Thị Mới", unit=waiting_line.unit)


def test_line_correct_of_names_alone(client_of, partner_recorder, address, waiting_line):
    make_officer(unit=waiting_line.unit, name="Trần Văn Cường")
    response = client_of(partner_recorder).post(address, entry(headcount="5", names="Trần Văn Cường"))
    line = stored(waiting_line)
    assert (response.status_code, line.state, line.corrected_from, line.headcount) == (302, State.CORRECTED, 5, 5)


def test_line_correct_names_no_more_than_took_part(client_of, partner_recorder, address, waiting_line):
    for name in ("Trần Văn Cường", "Lê Thị Dung"):
        waiting_line.officers.add(make_officer(unit=waiting_line.unit, name=name))
    response = client_of(partner_recorder).post(address, entry(headcount="1", names="Trần Văn Cường; Lê Thị Dung"))
    assert (response.status_code, error_of(response, "names")) == (422, "More people are named than took part.")


def test_line_correct_of_a_stale_version_keeps_the_text_and_shows_both(
    client_of, partner_recorder, address, waiting_line
):
    Contingent.objects.filter(pk=waiting_line.pk).update(headcount=7, version=2)
    response = client_of(partner_recorder).post(address, entry())
    said = first(response, "form .notice-warning").get_text(" ", strip=True)
    values = [value_of(response, name) for name in ("version", "headcount", "reason")]
    assert (response.status_code, values) == (409, ["2", "4", "Một người ốm"])
    assert [part in said for part in ("You saw: 5", "It says now: 7", "You entered: 4")] == [True] * 3
    assert word_of(waiting_line) == (State.PENDING, 7, "")


def test_line_correct_without_a_version_keeps_the_text(client_of, partner_recorder, address, waiting_line):
    response = client_of(partner_recorder).post(address, entry(version=""))
    assert (response.status_code, value_of(response, "reason")) == (428, "Một người ốm")
    assert word_of(waiting_line) == (State.PENDING, 5, "")


def test_line_correct_refuses_other_methods(client_of, partner_recorder, address):
    assert client_of(partner_recorder).delete(address).status_code == 405


def test_line_correct_sends_strangers_to_sign_in(client, address):
    assert client.post(address, entry())["Location"] == f"/accounts/login/?next={address}"


@pytest.mark.parametrize(
    ("persona", "status"), [("outsider", 404), ("observer", 403), ("leader", 403), ("recorder", 403)]
)
def test_line_correct_is_of_the_line_s_own_unit(client_of, request, address, waiting_line, persona, status):
    response = client_of(request.getfixturevalue(persona)).post(address, entry())
    assert (response.status_code, word_of(waiting_line)) == (status, (State.PENDING, 5, ""))


def test_line_correct_by_a_coordinator_is_shown_with_the_reason(client_of, coordinator, address, waiting_line):
    page = client_of(coordinator).post(address, entry(reason="Theo biên bản"), follow=True)
    assert word_of(waiting_line) == (State.CORRECTED, 4, "Theo biên bản")
    assert "Reason: Theo biên bản coordinator" in " ".join(page_of(page).get_text(" ").split())
