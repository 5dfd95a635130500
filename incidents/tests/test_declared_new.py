import datetime as dt

import pytest

from incidents.models import DeclaredFigure
from incidents.services import declare_figure
from incidents.tests.entries import declared_entry, field_text
from incidents.tests.factories import make_category, make_declared

ADDRESS = "/clusters/cum-thu/declared/new/"


def test_declared_new_declares_of_the_whole_cluster(client_of, coordinator, two_party_cluster):
    response = client_of(coordinator).post(ADDRESS, declared_entry(qualifier="hơn", source="Báo cáo số 05/BC-BĐH"))
    figure = DeclaredFigure.objects.get()
    assert response["Location"] == "/clusters/cum-thu/declared/"
    assert (figure.cluster, figure.party, figure.unit) == (two_party_cluster.cluster, None, None)
    assert (figure.metric, figure.value, figure.qualifier) == ("incidents", 60, "hơn")
    assert (figure.date_from, figure.date_to) == (dt.date(2016, 1, 1), dt.date(2016, 12, 31))
    assert (figure.recorded_by, figure.history.get().history_user) == (coordinator, coordinator)


def test_declared_new_declares_of_a_party_a_unit_and_a_category(client_of, coordinator, two_party_cluster):
    client, category = client_of(coordinator), make_category(cluster=two_party_cluster.cluster)
    client.post(ADDRESS, declared_entry(scope=f"party-{two_party_cluster.party.pk}"))
    client.post(ADDRESS, declared_entry(scope=f"unit-{two_party_cluster.unit.pk}", category=category.pk))
    assert set(DeclaredFigure.objects.values_list("party", "unit", "category")) == {
        (two_party_cluster.party.pk, None, None),
        (None, two_party_cluster.unit.pk, category.pk),
    }


def test_declared_new_takes_zero(client_of, coordinator):
    client_of(coordinator).post(ADDRESS, declared_entry(value="0"))
    assert DeclaredFigure.objects.get().value == 0


def test_declared_new_refuses_a_figure_twice(client_of, coordinator):
    client = client_of(coordinator)
    client.post(ADDRESS, declared_entry())
    response = client.post(ADDRESS, declared_entry(value="61"))
    assert (response.status_code, field_text(response, "value")) == (422, "61")
    assert DeclaredFigure.objects.get().value == 60


def test_declared_new_finds_a_figure_declared_at_the_same_moment(client_of, coordinator, monkeypatch):
    def overtaken(*, cluster, **rest):
        make_declared(cluster=cluster, value=75)
        return declare_figure(cluster=cluster, **rest)

    monkeypatch.setattr("incidents.services.declare_figure", overtaken)
    response = client_of(coordinator).post(ADDRESS, declared_entry())
    assert (response.status_code, len(response.context["form"].non_field_errors())) == (422, 1)
    assert DeclaredFigure.objects.get().value == 75


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("metric", "unheard_of"),
        ("metric", ""),
        ("scope", "party-x"),
        ("scope", "unit-" + "9" * 30),
        ("date_from", ""),
        ("date_to", "31/02/2016"),
        ("value", ""),
        ("value", "-1"),
        ("value", "9" * 30),
        ("qualifier", "less"),
        ("category", "x"),
        ("source", "Theo anh Ba, 0912345678"),
    ],
)
def test_declared_new_refuses_and_writes_nothing(client_of, coordinator, field, value):
    response = client_of(coordinator).post(ADDRESS, declared_entry(**{field: value}))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert not DeclaredFigure.objects.exists()


def test_declared_new_refuses_dates_out_of_order(client_of, coordinator):
    response = client_of(coordinator).post(ADDRESS, declared_entry(date_to="2015-12-31"))
    assert response.status_code == 422
    assert len(response.context["form"].non_field_errors()) == 1


def test_declared_new_refuses_a_category_of_a_figure_without(client_of, coordinator, two_party_cluster):
    category = make_category(cluster=two_party_cluster.cluster)
    response = client_of(coordinator).post(ADDRESS, declared_entry(metric="joint_patrols", category=category.pk))
    assert list(response.context["form"].errors) == ["category"]


def test_declared_new_takes_and_offers_nothing_of_another_cluster(client_of, coordinator, outsider):
    member = outsider.postings.get().unit.memberships.get()
    category = make_category(cluster=member.party.cluster)
    foreign = [("scope", f"party-{member.party_id}"), ("scope", f"unit-{member.unit_id}"), ("category", category.pk)]
    for field, value in foreign:
        response = client_of(coordinator).post(ADDRESS, declared_entry(**{field: value}))
        assert field in response.context["form"].errors
    page = response.content.decode()
    assert [name in page for name in (member.party.name, member.unit.name, category.name)] == [False] * 3


def test_declared_new_needs_a_session(client, two_party_cluster):
    assert client.post(ADDRESS, declared_entry())["Location"].startswith("/accounts/login/")
    assert not DeclaredFigure.objects.exists()


def test_declared_new_does_not_exist_for_an_outsider(client_of, outsider, two_party_cluster):
    assert client_of(outsider).post(ADDRESS, declared_entry()).status_code == 404


@pytest.mark.parametrize("reader", ["recorder", "leader", "observer"])
def test_declared_new_is_forbidden_to_others(request, client_of, reader, two_party_cluster):
    assert client_of(request.getfixturevalue(reader)).post(ADDRESS, declared_entry()).status_code == 403
    assert not DeclaredFigure.objects.exists()


def test_declared_new_refuses_other_methods(client_of, coordinator):
    assert client_of(coordinator).put(ADDRESS).status_code == 405
