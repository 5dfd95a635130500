import datetime as dt

import pytest
from django.conf import settings
from django.shortcuts import resolve_url
from django.utils import timezone

from incidents.models import DeclaredFigure
from incidents.tests.factories import make_declared, make_incident
from patrols.tests.factories import make_patrol

ADDRESS = "/clusters/cum-thu/declared/none/"


@pytest.fixture
def entry(two_party_cluster):
    return {"unit": two_party_cluster.unit.pk, "month": "2017-02", "kind": "incidents"}


def test_declare_none_declares_zero_for_the_month(client_of, recorder, entry, two_party_cluster):
    response = client_of(recorder).post(ADDRESS, entry)
    figure = DeclaredFigure.objects.get()
    assert response["Location"] == resolve_url(settings.LOGIN_REDIRECT_URL)
    assert (figure.cluster, figure.unit, figure.metric, figure.value) == (
        two_party_cluster.cluster,
        two_party_cluster.unit,
        "incidents",
        0,
    )
    assert (figure.date_from, figure.date_to) == (dt.date(2017, 2, 1), dt.date(2017, 2, 28))
    assert figure.history.get().history_user == recorder


def test_declare_none_twice_declares_once(client_of, recorder, entry):
    client = client_of(recorder)
    assert [client.post(ADDRESS, entry).status_code for _ in range(2)] == [302, 302]
    assert DeclaredFigure.objects.count() == 1


def test_declare_none_speaks_of_patrols_too(client_of, recorder, entry):
    client_of(recorder).post(ADDRESS, entry | {"kind": "joint_patrols"})
    assert DeclaredFigure.objects.get().metric == "joint_patrols"


def test_declare_none_takes_the_present_month_and_not_the_next(client_of, recorder, entry):
    today = timezone.localdate()
    after = (today.replace(day=1) + dt.timedelta(days=31)).replace(day=1)
    for month in (today, after):
        client_of(recorder).post(ADDRESS, entry | {"month": f"{month:%Y-%m}"})
    assert [figure.date_from for figure in DeclaredFigure.objects.all()] == [today.replace(day=1)]


def test_declare_none_is_refused_where_an_incident_is_on_record(client_of, recorder, entry, two_party_cluster):
    make_incident(cluster=two_party_cluster.cluster, unit=two_party_cluster.unit, occurred_on=dt.date(2017, 2, 28))
    client_of(recorder).post(ADDRESS, entry)
    assert not DeclaredFigure.objects.exists()


def test_declare_none_is_refused_where_a_patrol_is_on_record(client_of, partner_recorder, entry, two_party_cluster):
    make_patrol(cluster=two_party_cluster.cluster, starts_at=dt.datetime(2017, 2, 28, 14, tzinfo=dt.UTC))
    entry |= {"kind": "joint_patrols", "unit": two_party_cluster.partner_unit.pk}
    client_of(partner_recorder).post(ADDRESS, entry)
    assert not DeclaredFigure.objects.exists()


def test_declare_none_looks_at_the_own_records_of_the_month_only(client_of, recorder, entry, two_party_cluster):
    cluster = two_party_cluster.cluster
    make_incident(cluster=cluster, unit=two_party_cluster.partner_unit, occurred_on=dt.date(2017, 2, 1))
    make_incident(cluster=cluster, unit=two_party_cluster.unit, occurred_on=dt.date(2017, 3, 1))
    client_of(recorder).post(ADDRESS, entry)
    assert DeclaredFigure.objects.count() == 1


def test_declare_none_keeps_another_figure_of_the_month(client_of, recorder, entry, two_party_cluster):
    dates = {"date_from": dt.date(2017, 2, 1), "date_to": dt.date(2017, 2, 28)}
    make_declared(cluster=two_party_cluster.cluster, unit=two_party_cluster.unit, value=4, **dates)
    client_of(recorder).post(ADDRESS, entry)
    assert DeclaredFigure.objects.get().value == 4


def test_declare_none_is_refused_of_a_month_before_the_unit_joined(client_of, recorder, entry, two_party_cluster):
    two_party_cluster.unit.memberships.update(joined=dt.date(2017, 3, 1))
    client_of(recorder).post(ADDRESS, entry)
    assert not DeclaredFigure.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("unit", ""), ("unit", "9" * 30), ("month", "2017"), ("month", "2017-13"), ("kind", "awards_collective")],
)
def test_declare_none_refuses_and_writes_nothing(client_of, recorder, entry, field, value):
    assert client_of(recorder).post(ADDRESS, entry | {field: value}).status_code == 302
    assert not DeclaredFigure.objects.exists()


def test_declare_none_is_forbidden_for_another_unit(client_of, recorder, entry, two_party_cluster):
    response = client_of(recorder).post(ADDRESS, entry | {"unit": two_party_cluster.partner_unit.pk})
    assert response.status_code == 403
    assert not DeclaredFigure.objects.exists()


def test_declare_none_lets_a_coordinator_speak_for_any_unit(client_of, coordinator, entry, two_party_cluster):
    client_of(coordinator).post(ADDRESS, entry | {"unit": two_party_cluster.partner_unit.pk})
    assert DeclaredFigure.objects.get().unit == two_party_cluster.partner_unit


def test_declare_none_takes_no_unit_of_another_cluster(client_of, coordinator, entry, outsider):
    client_of(coordinator).post(ADDRESS, entry | {"unit": outsider.postings.get().unit_id})
    assert not DeclaredFigure.objects.exists()


def test_declare_none_needs_a_session(client, entry):
    assert client.post(ADDRESS, entry)["Location"].startswith("/accounts/login/")
    assert not DeclaredFigure.objects.exists()


def test_declare_none_does_not_exist_for_an_outsider(client_of, outsider, entry):
    assert client_of(outsider).post(ADDRESS, entry).status_code == 404


@pytest.mark.parametrize("reader", ["leader", "observer"])
def test_declare_none_is_forbidden_to_readers(request, client_of, reader, entry):
    assert client_of(request.getfixturevalue(reader)).post(ADDRESS, entry).status_code == 403
    assert not DeclaredFigure.objects.exists()


def test_declare_none_refuses_other_methods(client_of, recorder):
    assert client_of(recorder).get(ADDRESS).status_code == 405
