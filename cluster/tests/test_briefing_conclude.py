import datetime as dt

import pytest

from cluster.models import Conclusion
from cluster.models.briefings import host_key
from cluster.tests.briefing_factories import make_briefing
from cluster.tests.entries import field_text, register_entry


@pytest.fixture
def briefing(two_party_cluster):
    return make_briefing(cluster=two_party_cluster.cluster, held_on=dt.date(2017, 6, 20))


@pytest.fixture
def address(briefing):
    return f"{briefing.get_absolute_url()}conclusions/"


def test_briefing_conclude_writes_and_leads_back_to_the_page(client_of, coordinator, briefing, address):
    response = client_of(coordinator).post(address, register_entry(Conclusion))
    conclusion = Conclusion.objects.get()
    assert response["Location"] == f"{briefing.get_absolute_url()}#conclude"
    assert (conclusion.briefing, conclusion.owner, conclusion.state) == (briefing, "Ban điều hành cụm", "open")
    assert conclusion.history.get().history_user == coordinator


def test_briefing_conclude_takes_a_unit_or_a_party(client_of, coordinator, two_party_cluster, address):
    for host in (two_party_cluster.unit, two_party_cluster.party):
        client_of(coordinator).post(address, register_entry(Conclusion, owner_body="", place=host_key(host)))
    assert {row.place for row in Conclusion.objects.all()} == {two_party_cluster.unit, two_party_cluster.party}


def test_briefing_conclude_sent_twice_is_written_once(client_of, coordinator, address):
    entry, client = register_entry(Conclusion), client_of(coordinator)
    assert [client.post(address, entry).status_code for _ in range(2)] == [302, 302]
    assert client.post(address, entry | {"text": "Việc khác"}).status_code == 409
    assert Conclusion.objects.count() == 1


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"text": ""}, "text"),
        ({"text": "Gọi số 0912 345 678"}, "text"),
        ({"owner_body": ""}, "place"),
        ({"due_on": "2017-06-19"}, "due_on"),
        ({"place": "policeunit-0"}, "place"),
    ],
)
def test_briefing_conclude_refuses_at_the_field_and_keeps_the_text(changes, field, client_of, coordinator, address):
    response = client_of(coordinator).post(address, register_entry(Conclusion, **changes))
    assert (response.status_code, list(response.context["form"].errors)) == (422, [field])
    assert field_text(response, "due_on") == changes.get("due_on", "2017-12-20")
    assert not Conclusion.objects.exists()


def test_briefing_conclude_names_one_owner(client_of, coordinator, two_party_cluster, address):
    both = register_entry(Conclusion, place=host_key(two_party_cluster.unit))
    assert list(client_of(coordinator).post(address, both).context["form"].errors) == ["place"]


def test_briefing_conclude_offers_nobody_of_another_cluster(client_of, coordinator, outsider, address):
    foreign = outsider.postings.get().unit
    entry = register_entry(Conclusion, owner_body="", place=host_key(foreign))
    assert client_of(coordinator).post(address, entry).status_code == 422


def test_briefing_conclude_is_the_coordinators(client_of, recorder, leader, outsider, address):
    answers = [client_of(user).post(address, register_entry(Conclusion)).status_code for user in (recorder, leader)]
    assert (answers, client_of(outsider).post(address, {}).status_code) == ([403, 403], 404)
    assert not Conclusion.objects.exists()


def test_page_of_a_plan_asks_for_no_conclusion(client_of, coordinator, briefing, two_party_cluster):
    plan = make_briefing(cluster=two_party_cluster.cluster, number=7, held_on=None, planned_on=dt.date(2017, 7, 20))
    forms = [client_of(coordinator).get(row.get_absolute_url()).context["conclusion_form"] for row in (briefing, plan)]
    assert forms[0] is not None
    assert forms[1] is None
