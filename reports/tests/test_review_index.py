import datetime as dt

from django.urls import reverse

from incidents.tests.factories import make_declared, make_incident
from patrols.tests.factories import make_patrol


def test_review_index_leads_to_the_last_year_with_anything(two_party_cluster, leader, client_of) -> None:
    cluster = two_party_cluster.cluster
    make_patrol(cluster=cluster, starts_at=dt.datetime(2016, 5, 1, 15, tzinfo=dt.UTC))
    make_incident(cluster=cluster, occurred_on=dt.date(2018, 5, 1))
    make_declared(cluster=cluster, year=2015)
    response = client_of(leader).get(reverse("reports:review_index", args=[cluster.slug]))
    assert response.url == reverse("reports:review", args=[cluster.slug, "2018"])


def test_review_index_without_anything_leads_to_the_present_year(two_party_cluster, leader, client_of) -> None:
    from reports.periods import current_year

    response = client_of(leader).get(reverse("reports:review_index", args=[two_party_cluster.cluster.slug]))
    year = current_year(two_party_cluster.cluster).end.year
    assert response.url == reverse("reports:review", args=[two_party_cluster.cluster.slug, str(year)])
