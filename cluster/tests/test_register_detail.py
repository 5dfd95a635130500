import pytest

from cluster.tests.factories import make_exchange


@pytest.fixture
def exchange(two_party_cluster, recorder):
    own = {"recorded_by": recorder, "recorded_unit": two_party_cluster.unit}
    return make_exchange(cluster=two_party_cluster.cluster, note="Nội dung trao đổi", **own)


def test_register_detail_says_all_that_was_entered(client_of, leader, exchange):
    response = client_of(leader).get(exchange.get_absolute_url())
    facts = [fact.text for fact in response.context["facts"]]
    assert facts[:2] == ["01/06/2017", str(exchange.from_unit)]
    assert "Nội dung trao đổi" in facts


def test_register_detail_writes_a_word_of_a_list_like_the_list(client_of, leader, exchange):
    facts = {fact.label: fact.text for fact in client_of(leader).get(exchange.get_absolute_url()).context["facts"]}
    assert facts["Hình thức trao đổi"] == "Qua điện thoại"


def test_register_detail_leads_to_the_edit_for_who_may(client_of, recorder, partner_recorder, exchange):
    may = [
        client_of(user).get(exchange.get_absolute_url()).context["may_edit"] for user in (recorder, partner_recorder)
    ]
    assert may == [True, False]


def test_register_detail_of_another_cluster_does_not_exist(client_of, outsider, exchange):
    assert client_of(outsider).get(exchange.get_absolute_url()).status_code == 404
