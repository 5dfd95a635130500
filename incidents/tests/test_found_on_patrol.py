"""The page of a patrol names the incidents found on it."""

from django.utils import timezone

from incidents.tests.factories import make_category, make_incident
from patrols.tests.entries import page_of
from patrols.tests.factories import make_patrol


def test_patrol_shows_the_incidents_found_on_it(client_of, leader, two_party_cluster):
    cluster = two_party_cluster.cluster
    patrol, category = make_patrol(cluster=cluster), make_category(cluster=cluster, name="Trộm cắp tài sản")
    incident = make_incident(cluster=cluster, patrol=patrol, category=category)
    make_incident(cluster=cluster, patrol=patrol, category=category, deleted_at=timezone.now())
    page = page_of(client_of(leader).get(f"/clusters/cum-thu/patrols/{patrol.client_id}/"))
    assert [link["href"] for link in page.select("a") if "Trộm cắp" in link.text] == [incident.get_absolute_url()]


def test_patrol_that_is_a_plan_has_found_nothing_yet(client_of, recorder, two_party_cluster):
    start = timezone.now()
    plan = make_patrol(cluster=two_party_cluster.cluster, status="scheduled", starts_at=None, planned_start=start)
    done = make_patrol(cluster=two_party_cluster.cluster)
    offers = {
        patrol: bool(
            page_of(client_of(recorder).get(patrol.get_absolute_url())).select('a[href$="/incidents/"].button')
        )
        for patrol in (plan, done)
    }
    assert offers == {plan: False, done: True}
