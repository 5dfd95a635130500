"""Which clusters a posting opens, and when (design.md, "Roles")."""

import datetime as dt
from typing import Any

import pytest
from django.utils import timezone

from cluster.access import Access, Right
from cluster.models import AdministrativeUnit, Posting, UnitSuccession, User
from cluster.models.people import cluster_ids_opened_by
from cluster.official_units import load_official_units
from cluster.tests.factories import (
    make_administrative_unit,
    make_cluster,
    make_member,
    make_party,
    make_posting,
    make_two_party_cluster,
    make_unit,
    make_user,
)

pytestmark = pytest.mark.django_db

TODAY = dt.date(2026, 3, 1)
YESTERDAY, TOMORROW = TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=1)
IN_2025 = dt.date(2025, 7, 1)


def opened(posting, *, today=TODAY):
    return [cluster.slug for cluster in Access(posting.user, today=today).clusters]


def observer_of(province):
    return make_posting(role="observer", province=province)


def make_cluster_of(slug, *places):
    """A cluster with a party for each of the places."""
    cluster = make_cluster(slug=slug, name=slug)
    for place in places:
        make_party(cluster=cluster, administrative_unit=place)
    return cluster


def succeed(old, new, *, kind="merge"):
    UnitSuccession.objects.create(old=old, new=new, effective_date=IN_2025, kind=kind)


@pytest.fixture
def here():
    return make_two_party_cluster(slug="here")


@pytest.fixture(autouse=True)
def elsewhere():
    """A cluster that none of these postings speaks of."""
    return make_two_party_cluster(slug="elsewhere")


# Recorder, leader, coordinator, administrator


def test_recorder_opens_the_cluster_of_the_unit(here):
    assert opened(make_posting(role="recorder", unit=here.unit)) == ["here"]


def test_recorder_keeps_the_cluster_that_the_unit_has_left(here):
    here.unit.memberships.update(left=dt.date(2020, 1, 31))
    assert opened(make_posting(role="recorder", unit=here.unit)) == ["here"]


def test_recorder_opens_every_cluster_of_the_unit(here):
    make_member(party=make_party(cluster=make_cluster(slug="second", name="A")), unit=here.unit)
    assert sorted(opened(make_posting(role="recorder", unit=here.unit))) == ["here", "second"]


def test_recorder_of_a_unit_in_no_cluster_opens_none(here):
    assert opened(make_posting(role="recorder", unit=make_unit())) == []


def test_unit_known_within_a_cluster_opens_it_only_as_a_member(here):
    """The name alone gives nothing: such units are kept for records of others."""
    unit = make_unit(cluster=here.cluster)
    assert opened(make_posting(role="recorder", unit=unit)) == []


def test_leader_opens_the_cluster_of_the_party(here):
    assert opened(make_posting(role="leader", party=here.party)) == ["here"]


def test_coordinator_opens_the_cluster(here):
    assert opened(make_posting(role="coordinator", cluster=here.cluster)) == ["here"]


def test_administrator_opens_no_cluster(here):
    posting = make_posting(role="administrator")
    assert opened(posting) == []
    assert Access(posting.user, today=TODAY).is_administrator


def test_postings_of_one_user_open_their_clusters_together(here, elsewhere):
    posting = make_posting(role="recorder", unit=here.unit)
    make_posting(role="leader", user=posting.user, party=elsewhere.party)
    assert sorted(opened(posting)) == ["elsewhere", "here"]


def test_rights_of_one_cluster_do_not_reach_another(here, elsewhere):
    posting = make_posting(role="coordinator", cluster=here.cluster)
    make_posting(role="recorder", user=posting.user, unit=elsewhere.unit)
    access = Access(posting.user, today=TODAY)
    coordinates = [access.rights_in(cluster).may(Right.COORDINATE) for cluster in (here.cluster, elsewhere.cluster)]
    assert coordinates == [True, False]


def test_nobody_opens_nothing(here):
    assert cluster_ids_opened_by([]) == set()


# Time and users


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "clusters"),
    [
        (TODAY, None, ["here"]),
        (YESTERDAY, TODAY, ["here"]),
        (TODAY, TODAY, ["here"]),
        (YESTERDAY, YESTERDAY, []),
        (TOMORROW, None, []),
    ],
)
def test_posting_opens_from_its_first_to_its_last_day(here, valid_from, valid_to, clusters):
    posting = make_posting(role="coordinator", cluster=here.cluster, valid_from=valid_from, valid_to=valid_to)
    assert opened(posting) == clusters


def test_inactive_user_opens_nothing(here):
    posting = make_posting(role="coordinator", cluster=here.cluster, user=make_user(is_active=False))
    assert opened(posting) == []


def test_day_of_a_posting_is_the_day_in_vietnam(here, monkeypatch):
    late_in_london = dt.datetime(2025, 12, 31, 17, 30, tzinfo=dt.UTC)
    monkeypatch.setattr(timezone, "now", lambda: late_in_london)
    posting = make_posting(role="coordinator", cluster=here.cluster, valid_from=dt.date(2026, 1, 1))
    assert opened(posting, today=None) == ["here"]


# Observers


def test_observer_of_the_country_opens_every_cluster(here):
    assert sorted(opened(make_posting(role="observer"))) == ["elsewhere", "here"]


@pytest.mark.parametrize("level", ["province", "district", "commune"])
def test_observer_opens_clusters_of_the_province_at_every_level(level):
    province = make_administrative_unit(kind="province")
    district = make_administrative_unit(kind="district", parent=province)
    commune = make_administrative_unit(kind="commune", parent=district)
    make_cluster_of("mine", {"province": province, "district": district, "commune": commune}[level])
    assert opened(observer_of(province)) == ["mine"]


def test_observer_opens_a_cluster_that_is_in_the_province_by_one_party_alone():
    province, other = (make_administrative_unit(kind="province") for _ in range(2))
    make_cluster_of("shared", other, make_administrative_unit(kind="district", parent=province))
    assert opened(observer_of(province)) == ["shared"]


def test_observer_opens_a_cluster_by_the_communes_of_a_party_without_a_unit():
    province = make_administrative_unit(kind="province")
    commune = make_administrative_unit(parent=make_administrative_unit(kind="district", parent=province))
    party = make_party(cluster=make_cluster(slug="unplaced"))
    make_member(party=party, unit=make_unit(administrative_unit=commune))
    assert opened(observer_of(province)) == ["unplaced"]


def test_observer_does_not_open_clusters_of_another_province(here):
    assert opened(observer_of(make_administrative_unit(kind="province"))) == []


def test_observer_of_the_merged_province_opens_the_clusters_of_both_before():
    """Quảng Bình and Quảng Trị became Quảng Trị, and code 44 changed its bearer (facts.md 5.4)."""
    load_official_units()
    units = AdministrativeUnit.objects
    make_cluster_of("le-thuy-vinh-linh", units.get(code="457"), units.get(code="464"))
    make_cluster_of("today", units.valid_on(IN_2025).get(code="19288"))
    old, new = units.get(code="44", valid_to__isnull=False), units.get(code="44", valid_to=None)
    assert sorted(opened(observer_of(new))) == ["le-thuy-vinh-linh", "today"]
    assert opened(observer_of(units.get(code="45"))) == opened(observer_of(old)) == ["le-thuy-vinh-linh"]


def test_observer_reads_through_a_chain_of_mergers():
    first, second, third = (make_administrative_unit(kind="province") for _ in range(3))
    succeed(first, second)
    succeed(second, third)
    make_cluster_of("past", first)
    assert opened(observer_of(third)) == ["past"]


def test_observer_reads_through_a_circle_of_successions():
    """A slip in the catalogue must not hang the page."""
    one, other = (make_administrative_unit(kind="province") for _ in range(2))
    succeed(one, other)
    succeed(other, one, kind="rename")
    make_cluster_of("past", one)
    assert opened(observer_of(other)) == ["past"]


# The administrator


def test_superuser_is_whoever_holds_the_posting():
    user = User.objects.create_superuser("first", "đi-tuần-lúc-21-giờ")
    assert (user.is_staff, user.has_perm("any"), user.has_module_perms("any")) == (True, True, True)
    user.postings.update(valid_from=YESTERDAY, valid_to=YESTERDAY)
    assert (user.is_staff, user.has_perm("any"), user.has_module_perms("any")) == (False, False, False)


@pytest.mark.parametrize("role", ["recorder", "leader", "coordinator", "observer"])
def test_no_other_role_is_staff(here, role):
    place = {"recorder": {"unit": here.unit}, "leader": {"party": here.party}, "coordinator": {"cluster": here.cluster}}
    assert not make_posting(role=role, **place.get(role, {})).user.is_staff


@pytest.mark.parametrize(
    ("fields", "lasting"),
    [
        ({}, 1),
        ({"valid_to": dt.date(2099, 12, 31)}, 0),
        ({"valid_from": dt.date(2099, 1, 1)}, 0),
        ({"user__is_active": False}, 0),
    ],
)
def test_lasting_administrators_are_those_without_a_last_day(fields, lasting):
    active = fields.pop("user__is_active", True)
    make_posting(role="administrator", user=make_user(is_active=active), **fields)
    assert Posting.objects.lasting_administrators().count() == lasting


def test_signing_in_writes_no_history(recorder: User, client: Any) -> None:
    before = recorder.history.count()
    client.force_login(recorder, backend="django.contrib.auth.backends.ModelBackend")
    recorder.refresh_from_db()
    assert recorder.last_login is not None
    assert recorder.history.count() == before
