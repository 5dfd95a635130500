import pytest

from patrols.models import Contingent, JointPatrol
from patrols.tests.entries import error_of, first, page_of, value_of
from patrols.tests.lines import path_of, stored, word_of

State = Contingent.State


@pytest.fixture
def address(waiting_line):
    return path_of(waiting_line, "confirm")


def test_line_confirm_is_one_tap(client_of, partner_recorder, address, waiting_line):
    response = client_of(partner_recorder).post(address, {"version": "1"})
    line = stored(waiting_line)
    assert (response.status_code, response["Location"]) == (302, line.patrol.get_absolute_url())
    assert (line.state, line.headcount, line.reason, line.version) == (State.CONFIRMED, 5, "", 2)
    assert (line.decided_by, line.history.first().history_user) == (partner_recorder, partner_recorder)


def test_line_confirm_lands_where_one_came_from_with_a_word(client_of, partner_recorder, address):
    page = client_of(partner_recorder).post(address, {"version": "1", "next": "/#waiting"}, follow=True)
    assert page.redirect_chain == [("/#waiting", 302)]
    assert "5 people confirmed" in first(page, ".notice-success").get_text()


@pytest.mark.parametrize("elsewhere", ["https://example.org/", "//example.org/", "javascript:alert(1)", "\\\\x.test"])
def test_line_confirm_stays_on_this_host(client_of, partner_recorder, address, waiting_line, elsewhere):
    response = client_of(partner_recorder).post(address, {"version": "1", "next": elsewhere})
    assert response["Location"] == waiting_line.patrol.get_absolute_url()


def test_line_confirm_is_not_done_by_opening_it(client_of, partner_recorder, address, waiting_line):
    response = client_of(partner_recorder).get(address)
    assert (response.status_code, word_of(waiting_line)) == (200, (State.PENDING, 5, ""))
    assert first(response, "h1").get_text() == "Did 5 people take part?"


def test_line_confirm_refuses_other_methods(client_of, partner_recorder, address):
    assert client_of(partner_recorder).put(address).status_code == 405


def test_line_confirm_sends_strangers_to_sign_in(client, address, waiting_line):
    assert client.post(address, {"version": "1"})["Location"] == f"/accounts/login/?next={address}"
    assert word_of(waiting_line)[0] == State.PENDING


@pytest.mark.parametrize(
    ("persona", "status"), [("outsider", 404), ("observer", 403), ("leader", 403), ("recorder", 403)]
)
def test_line_confirm_is_of_the_line_s_own_unit(client_of, request, address, waiting_line, persona, status):
    response = client_of(request.getfixturevalue(persona)).post(address, {"version": "1", "reason": "Lý do"})
    assert (response.status_code, word_of(waiting_line)) == (status, (State.PENDING, 5, ""))


@pytest.mark.parametrize(
    "change", [{"deleted_at": "2017-06-02T00:00Z"}, {"status": "cancelled", "status_reason": "Mưa"}]
)
def test_line_confirm_of_a_patrol_that_was_none_does_not_exist(client_of, partner_recorder, address, change):
    JointPatrol.objects.update(**change)
    assert client_of(partner_recorder).post(address, {"version": "1"}).status_code == 404


def test_line_confirm_goes_by_the_patrol_of_its_address(client_of, partner_recorder, waiting_line):
    other = JointPatrol().client_id
    address = path_of(waiting_line, "confirm").replace(str(waiting_line.patrol.client_id), str(other))
    assert client_of(partner_recorder).post(address, {"version": "1"}).status_code == 404


@pytest.mark.parametrize("data", [{}, {"version": ""}, {"version": "x"}])
def test_line_confirm_without_a_version_is_refused(client_of, partner_recorder, address, waiting_line, data):
    response = client_of(partner_recorder).post(address, data)
    assert (response.status_code, value_of(response, "version")) == (428, "1")
    assert word_of(waiting_line)[0] == State.PENDING


def test_line_confirm_of_another_number_shows_both(client_of, partner_recorder, address, waiting_line):
    Contingent.objects.filter(pk=waiting_line.pk).update(headcount=7, version=2)
    response = client_of(partner_recorder).post(address, {"version": "1"})
    said = first(response, "form .notice-warning").get_text(" ", strip=True)
    assert (response.status_code, word_of(waiting_line)) == (409, (State.PENDING, 7, ""))
    assert "You saw: 5 people" in said
    assert "It says now: 7 people" in said


def test_line_confirm_may_be_sent_again_after_the_comparison(client_of, partner_recorder, address, waiting_line):
    Contingent.objects.filter(pk=waiting_line.pk).update(headcount=7, version=2)
    client = client_of(partner_recorder)
    again = value_of(client.post(address, {"version": "1"}), "version")
    assert client.post(address, {"version": again}).status_code == 302
    assert word_of(waiting_line) == (State.CONFIRMED, 7, "")


def test_line_confirm_twice_is_no_error(client_of, partner_recorder, address, waiting_line):
    client = client_of(partner_recorder)
    answers = [client.post(address, {"version": "1"}).status_code for _ in range(2)]
    assert (answers, stored(waiting_line).version, waiting_line.history.count()) == ([302, 302], 2, 2)


def test_line_confirm_by_a_coordinator_needs_a_reason_that_is_shown(client_of, coordinator, address, waiting_line):
    client = client_of(coordinator)
    refused = client.post(address, {"version": "1"})
    assert (refused.status_code, error_of(refused, "reason")) == (422, "This field is required.")
    page = client.post(address, {"version": "1", "reason": "Theo biên bản ký hai bên"}, follow=True)
    assert word_of(waiting_line) == (State.CONFIRMED, 5, "Theo biên bản ký hai bên")
    assert "Reason: Theo biên bản ký hai bên" in page_of(page).get_text()


def test_line_confirm_against_a_refusal_says_why(client_of, partner_recorder, address, waiting_line):
    Contingent.objects.filter(pk=waiting_line.pk).update(state=State.REFUSED, reason="Không đi", version=2)
    client = client_of(partner_recorder)
    assert client.post(address, {"version": "2"}).status_code == 422
    client.post(address, {"version": "2", "reason": "Đối chiếu lại: có đi"})
    assert word_of(waiting_line) == (State.CONFIRMED, 5, "Đối chiếu lại: có đi")
