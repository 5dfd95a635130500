import pytest

from cluster.models import BoardMember, CrimeReport, InformationExchange
from cluster.tests.entries import field_text, register_entry

ADDRESS = "/clusters/cum-thu/exchanges/new/"


@pytest.fixture
def entry(two_party_cluster):
    own, other = two_party_cluster.units
    return register_entry(InformationExchange, from_unit=own.pk, to_unit=other.pk, note="Trao đổi tình hình")


def test_register_new_writes_the_record_with_its_history(client_of, recorder, two_party_cluster, entry):
    response = client_of(recorder).post(ADDRESS, entry)
    record = InformationExchange.objects.get()
    assert response["Location"] == record.get_absolute_url()
    assert (str(record.client_id), record.recorded_by, record.recorded_unit) == (
        entry["client_id"],
        recorder,
        two_party_cluster.unit,
    )
    assert record.history.get().history_user == recorder


def test_register_new_sent_twice_is_written_once(client_of, recorder, entry):
    client = client_of(recorder)
    assert {client.post(ADDRESS, entry)["Location"] for _ in range(2)} == {
        InformationExchange.objects.get().get_absolute_url()
    }


def test_register_new_keeps_other_content_under_a_taken_id(client_of, recorder, entry):
    client = client_of(recorder)
    client.post(ADDRESS, entry)
    response = client.post(ADDRESS, entry | {"note": "Việc khác"})
    assert (response.status_code, field_text(response, "note").strip()) == (409, "Việc khác")
    assert field_text(response, "client_id") != entry["client_id"]
    assert InformationExchange.objects.count() == 1


def test_register_new_of_a_deleted_record_says_so(client_of, coordinator, entry):
    client = client_of(coordinator)
    client.post(ADDRESS, entry)
    client.post(f"{InformationExchange.objects.get().get_absolute_url()}delete/", {"version": 1})
    assert client.post(ADDRESS, entry).status_code == 410


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"exchanged_on": "2999-01-01"}, "exchanged_on"),
        ({"channel": "smoke"}, "channel"),
        ({"note": "Gọi số 0912 345 678"}, "note"),
        ({"answered_on": "2017-05-01"}, "answered_on"),
        ({"to_unit": ""}, "to_unit"),
    ],
)
def test_register_new_refuses_at_the_field_and_keeps_the_text(changes, field, client_of, recorder, entry):
    response = client_of(recorder).post(ADDRESS, entry | changes)
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert field_text(response, "note").strip() == (entry | changes)["note"]
    assert not InformationExchange.objects.exists()


def test_register_new_is_for_the_own_unit(client_of, partner_recorder, entry):
    response = client_of(partner_recorder).post(ADDRESS, entry)
    assert list(response.context["form"].errors) == ["from_unit"]


def test_register_new_opens_with_what_another_page_hands_over(client_of, recorder, two_party_cluster):
    response = client_of(recorder).get(f"{ADDRESS}?note=Theo+giao+ban")
    assert field_text(response, "note").strip() == "Theo giao ban"
    assert field_text(response, "client_id")


def test_register_new_is_not_for_readers(client_of, leader, outsider, two_party_cluster, entry):
    assert client_of(leader).post(ADDRESS, entry).status_code == 403
    assert client_of(outsider).post(ADDRESS, entry).status_code == 404
    assert not InformationExchange.objects.exists()


@pytest.mark.parametrize(
    ("path", "model", "changes", "field"),
    [
        ("exchanges", InformationExchange, {"answered_on": "2017-05-31"}, "answered_on"),
        ("exchanges", InformationExchange, {"answer": "Đã rõ"}, "answered_on"),
        ("board", BoardMember, {"date_from": "2017-06-02", "date_to": "2017-06-01"}, "date_to"),
        ("board", BoardMember, {"name": ""}, "name"),
        ("crime-reports", CrimeReport, {"outcome": "unfounded", "is_valuable": "true"}, "outcome"),
    ],
)
def test_register_new_tells_at_a_field_what_a_constraint_refuses(
    path, model, changes, field, client_of, coordinator, two_party_cluster
):
    own, other = two_party_cluster.units
    entry = register_entry(model, unit=own.pk, from_unit=own.pk, to_unit=other.pk, **changes)
    form = client_of(coordinator).post(f"/clusters/cum-thu/{path}/new/", entry).context["form"]
    assert list(form.errors) == [field]
    assert form[field].value() == changes.get(field)


def test_register_new_of_a_pattern_is_refused_without_its_rows_of_hosts(client_of, coordinator):
    response = client_of(coordinator).post("/clusters/cum-thu/briefing-patterns/new/", {"level": "commune"})
    assert (response.status_code, set(response.context["form"]["hosts"].value())) == (422, {""})
