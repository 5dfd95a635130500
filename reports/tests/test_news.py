"""What others wrote since one was last here."""

import datetime as dt

import pytest
from django.utils import timezone

from cluster.access import Access
from cluster.models import Visit
from cluster.services import save_with_history
from cluster.tests.factories import make_exchange, make_user
from incidents.tests.factories import make_award, make_incident
from patrols.tests.factories import make_campaign, make_patrol
from reports.news import news_since, visit_of

NOW = timezone.now()


def rights_of(user, world):
    return Access(user).rights_in(world.cluster)


def told(user, world, since=None):
    """By kind, how many are new and how many were changed."""
    rows = news_since(rights_of(user, world), since or NOW - dt.timedelta(days=1))
    return {str(news.title): (news.new, news.changed) for news in rows}


def change(row, *, by):
    row.version = getattr(row, "version", 1) + 1
    save_with_history(row, by=by)


def test_news_are_what_others_wrote_and_changed(two_party_cluster, recorder, partner_recorder):
    cluster = two_party_cluster.cluster
    incidents = [make_incident(cluster=cluster) for _ in range(2)]
    make_exchange(cluster=cluster)
    make_campaign(cluster=cluster)
    incidents[0].history.update(history_date=NOW - dt.timedelta(days=2))
    change(incidents[0], by=partner_recorder)
    change(incidents[0], by=partner_recorder)
    change(incidents[1], by=partner_recorder)
    assert told(recorder, two_party_cluster) == {
        "Vụ việc": (1, 1),
        "Đợt cao điểm": (1, 0),
        "Trao đổi thông tin": (1, 0),
    }


def test_what_one_wrote_oneself_is_no_news(two_party_cluster, recorder):
    incident = make_incident(cluster=two_party_cluster.cluster)
    incident.history.update(history_date=NOW - dt.timedelta(days=2))
    change(incident, by=recorder)
    assert told(recorder, two_party_cluster) == {}


def test_what_was_deleted_or_is_of_another_cluster_is_no_news(two_party_cluster, recorder):
    make_incident(cluster=two_party_cluster.cluster, deleted_at=NOW)
    make_incident()
    make_award()
    assert told(recorder, two_party_cluster) == {}


def test_news_reach_an_observer_of_totals_alone(two_party_cluster, observer, leader):
    make_incident(cluster=two_party_cluster.cluster)
    make_patrol(cluster=two_party_cluster.cluster)
    assert told(observer, two_party_cluster) == {}
    assert set(told(leader, two_party_cluster)) == {"Ca tuần tra", "Vụ việc"}


def test_news_name_the_last_ones_first(two_party_cluster, recorder):
    rows = [make_incident(cluster=two_party_cluster.cluster) for _ in range(5)]
    (news,) = news_since(rights_of(recorder, two_party_cluster), NOW - dt.timedelta(days=1))
    assert [item.address for item in news.items] == [row.get_absolute_url() for row in reversed(rows[2:])]
    assert news.new == 5


def test_who_was_away_for_long_is_told_of_two_months(two_party_cluster, recorder):
    incident = make_incident(cluster=two_party_cluster.cluster)
    incident.history.update(history_date=NOW - dt.timedelta(days=61))
    assert told(recorder, two_party_cluster, NOW - dt.timedelta(days=400)) == {}


def test_first_visit_has_no_news(two_party_cluster, recorder):
    make_incident(cluster=two_party_cluster.cluster)
    assert visit_of(rights_of(recorder, two_party_cluster), now=NOW).before_at is None
    assert news_since(rights_of(recorder, two_party_cluster), None) == []


@pytest.mark.parametrize(
    ("minutes", "last", "before"), [(2, 0, None), (10, 10, None), (29, 29, None), (30, 30, 0), (600, 600, 0)]
)
def test_a_visit_ends_after_half_an_hour(two_party_cluster, recorder, minutes, last, before):
    """In minutes since the first page; within five minutes nothing is written."""
    rights = rights_of(recorder, two_party_cluster)
    visit_of(rights, now=NOW)
    visit_of(rights, now=NOW + dt.timedelta(minutes=minutes))
    visit = Visit.objects.get(user=recorder)
    assert visit.last_at == NOW + dt.timedelta(minutes=last)
    assert visit.before_at == (None if before is None else NOW + dt.timedelta(minutes=before))


def test_visits_are_each_person_s_own(two_party_cluster, recorder, leader):
    for user in (recorder, leader):
        visit_of(rights_of(user, two_party_cluster), now=NOW)
    visit_of(rights_of(recorder, two_party_cluster), now=NOW + dt.timedelta(hours=1))
    assert Visit.objects.get(user=leader).before_at is None
    assert Visit.objects.get(user=recorder).before_at == NOW


def test_asking_for_news_asks_no_oftener_for_many(two_party_cluster, recorder, django_assert_num_queries):
    rights = rights_of(recorder, two_party_cluster)
    for _ in range(20):
        make_incident(cluster=two_party_cluster.cluster, recorded_by=make_user())
    with django_assert_num_queries(2):  # all histories at once, then the rows of the one kind that has news
        news_since(rights, NOW - dt.timedelta(days=1))
