import pytest

from patrols.models import Contingent, JointPatrol
from patrols.tests.entries import first, page_of, value_of
from patrols.tests.factories import A_NIGHT
from patrols.tests.lines import path_of, stored

State = Contingent.State


@pytest.fixture
def refused(waiting_line, partner_recorder):
    """Refused by its unit, which the author has not noted yet."""
    changes = {"state": State.REFUSED, "reason": "Trùng lịch trực", "decided_by": partner_recorder}
    Contingent.objects.filter(pk=waiting_line.pk).update(**changes, decided_at=A_NIGHT, version=2)
    return stored(waiting_line)


@pytest.fixture
def address(refused):
    return path_of(refused, "acknowledge")


def is_noted(line):
    return stored(line).acknowledged_at is not None


def test_line_acknowledge_is_one_tap(client_of, recorder, address, refused):
    response = client_of(recorder).post(address, {"version": "2", "next": "/"})
    line = stored(refused)
    assert (response.status_code, response["Location"], is_noted(line)) == (302, "/", True)
    assert (line.state, line.version, line.history.first().history_user) == (State.REFUSED, 2, recorder)


def test_line_acknowledge_shows_what_was_said(client_of, recorder, address, refused):
    response = client_of(recorder).get(address)
    text = " ".join(page_of(response).get_text(" ").split())
    assert (response.status_code, is_noted(refused)) == (200, False)
    assert "5 people do not count. Reason: Trùng lịch trực partner-recorder" in text


def test_line_acknowledge_twice_is_no_error(client_of, recorder, address, refused):
    client = client_of(recorder)
    client.post(address, {"version": "2"})
    noted_at = stored(refused).acknowledged_at
    assert client.post(address, {"version": "2"}).status_code == 302
    assert stored(refused).acknowledged_at == noted_at


def test_line_acknowledge_does_not_note_what_was_not_read(client_of, recorder, address, refused):
    Contingent.objects.filter(pk=refused.pk).update(state=State.CORRECTED, headcount=2, corrected_from=5, version=3)
    response = client_of(recorder).post(address, {"version": "2"})
    assert (response.status_code, value_of(response, "version"), is_noted(refused)) == (409, "3", False)
    assert "It says now: 2 people" in first(response, "form .notice-warning").get_text()


def test_line_acknowledge_without_a_version_is_refused(client_of, recorder, address, refused):
    assert (client_of(recorder).post(address).status_code, is_noted(refused)) == (428, False)


def test_line_acknowledge_leaves_the_unit_s_own_page_valid(client_of, recorder, partner_recorder, address, refused):
    """To take note is no change of the line."""
    client_of(recorder).post(address, {"version": "2"})
    change = {"version": "2", "headcount": "4", "reason": "Có bốn người đi", "names": ""}
    assert client_of(partner_recorder).post(path_of(refused, "correct"), change).status_code == 302
    assert not is_noted(refused)


@pytest.mark.parametrize(
    ("persona", "status"),
    [("outsider", 404), ("observer", 403), ("leader", 403), ("partner_recorder", 403), ("coordinator", 403)],
)
def test_line_acknowledge_is_of_the_author_s_unit(client_of, request, address, refused, persona, status):
    response = client_of(request.getfixturevalue(persona)).post(address, {"version": "2"})
    assert (response.status_code, is_noted(refused)) == (status, False)


def test_line_acknowledge_is_the_coordinator_s_where_no_unit_is_the_author(client_of, coordinator, address, refused):
    JointPatrol.objects.update(recorded_unit=None)
    assert (client_of(coordinator).post(address, {"version": "2"}).status_code, is_noted(refused)) == (302, True)


def test_line_acknowledge_refuses_other_methods(client_of, recorder, address):
    assert client_of(recorder).put(address).status_code == 405


def test_line_acknowledge_sends_strangers_to_sign_in(client, address):
    assert client.post(address, {"version": "2"})["Location"] == f"/accounts/login/?next={address}"
