import pytest
from django.utils import translation

from incidents.services import DeclaredData, edit_declared
from incidents.tests.entries import queries_of
from incidents.tests.factories import make_category, make_declared

ADDRESS = "/clusters/cum-thu/declared/"


@pytest.fixture
def listed(client_of, leader):
    def get(**chosen):
        return [figure for figure, _correction in client_of(leader).get(ADDRESS, chosen).context["rows"]]

    return get


def test_declared_list_shows_the_latest_first(listed, two_party_cluster):
    older, newer = (make_declared(cluster=two_party_cluster.cluster, year=year) for year in (2015, 2016))
    assert listed() == [newer, older]


@pytest.mark.parametrize(("name", "value"), [("year", 2015), ("metric", "joint_patrols")])
def test_declared_list_narrows_by_each_filter(listed, two_party_cluster, name, value):
    wanted = make_declared(cluster=two_party_cluster.cluster, year=2015, metric="joint_patrols")
    make_declared(cluster=two_party_cluster.cluster)
    assert listed(**{name: value}) == [wanted]


def test_declared_list_says_how_exact_a_value_is(client_of, leader, two_party_cluster):
    make_declared(cluster=two_party_cluster.cluster, metric="participations", value=150, qualifier="hơn")
    assert "hơn 150" in client_of(leader).get(ADDRESS).content.decode()


def test_declared_list_marks_a_month_without_anything(client_of, leader, two_party_cluster):
    figure = make_declared(cluster=two_party_cluster.cluster, unit=two_party_cluster.unit, value=0)
    whole = make_declared(cluster=two_party_cluster.cluster, value=0)
    assert (figure.is_none, whole.is_none) == (True, False)
    assert client_of(leader).get(ADDRESS).status_code == 200


def test_declared_list_names_a_figure_it_does_not_know(two_party_cluster):
    with translation.override("en"):
        known, unknown = (make_declared(metric=metric).label for metric in ("incidents", "gone"))
    assert (known, unknown) == ("Incidents", "gone")


def test_declared_list_costs_the_same_for_one_row_and_for_thirty(client_of, coordinator, two_party_cluster):
    client, cluster = client_of(coordinator), two_party_cluster.cluster
    make_declared(cluster=cluster, recorded_by=coordinator)
    one = queries_of(client, ADDRESS)
    for _ in range(29):
        category = make_category(cluster=cluster)
        make_declared(cluster=cluster, unit=two_party_cluster.unit, category=category, recorded_by=coordinator)
    assert queries_of(client, ADDRESS) == one


def test_declared_list_shows_the_reason_of_a_correction(client_of, leader, coordinator, two_party_cluster):
    figure = make_declared(cluster=two_party_cluster.cluster)
    edit_declared(figure, version=1, data=DeclaredData.of(figure), by=coordinator, reason="Theo báo cáo mới")
    assert "Theo báo cáo mới" in client_of(leader).get(ADDRESS).content.decode()


def test_declared_list_offers_edits_to_coordinators(client_of, coordinator, leader, two_party_cluster):
    edit = f"{ADDRESS}{make_declared(cluster=two_party_cluster.cluster).pk}/edit/"
    assert edit in client_of(coordinator).get(ADDRESS).content.decode()
    assert edit not in client_of(leader).get(ADDRESS).content.decode()


def test_declared_list_does_not_change_with_rows_of_another_cluster(client_of, leader, outsider):
    def seen():
        page = client_of(leader).get(ADDRESS).content.decode()
        return page[page.index("<main") :]

    before = seen()
    make_declared(cluster=outsider.postings.get().unit.memberships.get().party.cluster)
    assert seen() == before


def test_declared_list_needs_a_session(client, two_party_cluster):
    assert client.get(ADDRESS)["Location"].startswith("/accounts/login/")


def test_declared_list_does_not_exist_for_an_outsider(client_of, outsider, two_party_cluster):
    assert client_of(outsider).get(ADDRESS).status_code == 404


def test_declared_list_is_forbidden_to_an_observer(client_of, observer, two_party_cluster):
    assert client_of(observer).get(ADDRESS).status_code == 403


def test_declared_list_refuses_other_methods(client_of, coordinator):
    assert client_of(coordinator).post(ADDRESS).status_code == 405
