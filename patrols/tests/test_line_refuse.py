import pytest

from patrols.models import Contingent, JointPatrol
from patrols.tests.entries import error_of, first, value_of
from patrols.tests.lines import path_of, stored, word_of

State = Contingent.State
WHY = {"version": "1", "reason": "Trùng lịch trực"}


@pytest.fixture
def address(waiting_line):
    return path_of(waiting_line, "refuse")


def test_line_refuse_takes_the_line_out_of_the_count(client_of, partner_recorder, address, waiting_line):
    response = client_of(partner_recorder).post(address, WHY)
    line = stored(waiting_line)
    assert (response.status_code, word_of(line)) == (302, (State.REFUSED, 5, "Trùng lịch trực"))
    assert (line.decided_by, line.version, line.acknowledged_at) == (partner_recorder, 2, None)
    assert not JointPatrol.objects.counted().exists()


def test_line_refuse_asks_why(client_of, partner_recorder, address, waiting_line):
    response = client_of(partner_recorder).post(address, {"version": "1", "reason": ""})
    assert (response.status_code, error_of(response, "reason")) == (422, "This field is required.")
    assert word_of(waiting_line) == (State.PENDING, 5, "")


def test_line_refuse_is_not_done_by_opening_it(client_of, partner_recorder, address, waiting_line):
    response = client_of(partner_recorder).get(address)
    assert (response.status_code, first(response, "h1").get_text()) == (200, "Did the unit take no part?")
    assert word_of(waiting_line)[0] == State.PENDING


def test_line_refuse_twice_is_no_error(client_of, partner_recorder, address, waiting_line):
    client = client_of(partner_recorder)
    answers = [client.post(address, WHY).status_code for _ in range(2)]
    assert (answers, stored(waiting_line).version) == ([302, 302], 2)


def test_line_refuse_with_another_reason_replaces_the_first(client_of, partner_recorder, address, waiting_line):
    client = client_of(partner_recorder)
    client.post(address, WHY)
    client.post(address, {"version": "2", "reason": "Đơn vị không được phân công"})
    assert word_of(waiting_line) == (State.REFUSED, 5, "Đơn vị không được phân công")


def test_line_refuse_against_a_confirmation(client_of, partner_recorder, address, waiting_line):
    Contingent.objects.filter(pk=waiting_line.pk).update(state=State.CONFIRMED, version=2)
    assert client_of(partner_recorder).post(address, WHY | {"version": "2"}).status_code == 302
    assert word_of(waiting_line)[0] == State.REFUSED


def test_line_refuse_of_a_stale_version_keeps_the_text(client_of, partner_recorder, address, waiting_line):
    Contingent.objects.filter(pk=waiting_line.pk).update(headcount=7, version=2)
    response = client_of(partner_recorder).post(address, WHY)
    assert (response.status_code, value_of(response, "reason")) == (409, "Trùng lịch trực")
    assert "It says now: 7 people" in first(response, "form .notice-warning").get_text()
    assert word_of(waiting_line) == (State.PENDING, 7, "")


def test_line_refuse_without_a_version_keeps_the_text(client_of, partner_recorder, address, waiting_line):
    response = client_of(partner_recorder).post(address, {"reason": "Trùng lịch trực"})
    assert (response.status_code, value_of(response, "reason")) == (428, "Trùng lịch trực")
    assert word_of(waiting_line)[0] == State.PENDING


def test_line_refuse_refuses_other_methods(client_of, partner_recorder, address):
    assert client_of(partner_recorder).patch(address).status_code == 405


def test_line_refuse_sends_strangers_to_sign_in(client, address):
    assert client.post(address, WHY)["Location"] == f"/accounts/login/?next={address}"


@pytest.mark.parametrize(
    ("persona", "status"), [("outsider", 404), ("observer", 403), ("leader", 403), ("recorder", 403)]
)
def test_line_refuse_is_of_the_line_s_own_unit(client_of, request, address, waiting_line, persona, status):
    response = client_of(request.getfixturevalue(persona)).post(address, WHY)
    assert (response.status_code, word_of(waiting_line)) == (status, (State.PENDING, 5, ""))


def test_line_refuse_by_a_coordinator_says_why(client_of, coordinator, address, waiting_line):
    client_of(coordinator).post(address, WHY)
    assert word_of(waiting_line) == (State.REFUSED, 5, "Trùng lịch trực")
