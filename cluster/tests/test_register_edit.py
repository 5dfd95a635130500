import pytest

from cluster.models import InformationExchange
from cluster.services import edit_record
from cluster.tests.entries import field_text
from cluster.tests.factories import make_exchange


@pytest.fixture
def exchange(two_party_cluster, recorder):
    own, other = two_party_cluster.units
    record = {"recorded_by": recorder, "recorded_unit": own}
    return make_exchange(cluster=two_party_cluster.cluster, from_unit=own, to_unit=other, note="Bản cũ", **record)


@pytest.fixture
def address(exchange):
    return f"{exchange.get_absolute_url()}edit/"


@pytest.fixture
def entry(exchange):
    units = {"from_unit": exchange.from_unit_id, "to_unit": exchange.to_unit_id}
    return {"exchanged_on": "2017-06-02", "channel": "meeting", "subject": "crime", "note": "Bản mới", **units}


def test_register_edit_changes_the_record(client_of, recorder, exchange, address, entry):
    response = client_of(recorder).post(address, entry | {"version": 1})
    exchange.refresh_from_db()
    assert response["Location"] == exchange.get_absolute_url()
    assert (exchange.note, exchange.version, exchange.history.count()) == ("Bản mới", 2, 2)


def test_register_edit_of_the_work_of_others_needs_a_reason(client_of, coordinator, exchange, address, entry):
    client = client_of(coordinator)
    assert list(client.post(address, entry | {"version": 1}).context["form"].errors) == ["reason"]
    client.post(address, entry | {"version": 1, "reason": "Ghi nhầm ngày"})
    (latest, _first) = client.get(exchange.get_absolute_url()).context["changes"]
    assert (latest.by, latest.reason, latest.is_first) == (coordinator, "Ghi nhầm ngày", False)


def test_register_edit_keeps_the_text_of_a_stale_edit(client_of, recorder, exchange, address, entry):
    edit_record(InformationExchange.objects.get(), {"note": "Người khác"}, version=1, by=recorder)
    response = client_of(recorder).post(address, entry | {"version": 1})
    exchange.refresh_from_db()
    assert (response.status_code, exchange.note) == (409, "Người khác")
    assert field_text(response, "note").strip() == "Bản mới"
    assert ("Người khác", "Bản mới") in [(d.stored, d.entered) for d in response.context["differences"]]


def test_register_edit_without_a_version_is_refused(client_of, recorder, exchange, address, entry):
    assert client_of(recorder).post(address, entry).status_code == 428
    exchange.refresh_from_db()
    assert exchange.note == "Bản cũ"


def test_register_edit_that_is_not_valid_changes_nothing(client_of, recorder, exchange, address, entry):
    response = client_of(recorder).post(address, entry | {"version": 1, "to_unit": exchange.from_unit_id})
    exchange.refresh_from_db()
    assert (response.status_code, exchange.note) == (422, "Bản cũ")


def test_register_edit_is_not_for_the_other_side(client_of, partner_recorder, leader, address, entry):
    for user in (partner_recorder, leader):
        assert client_of(user).post(address, entry | {"version": 1}).status_code == 403
