"""What is particular to the models of the cluster: how long they last, by year and beyond a signed review."""

import datetime as dt

import pytest
from django.utils import timezone

from cluster.models import Initiative, InitiativeActivity, InitiativeRating
from cluster.models.seals import Span
from cluster.services import SealedPeriod, delete_record, edit_record
from cluster.tests.entries import register_entry
from cluster.tests.factories import make_activity, make_initiative, make_rating, make_seal

ADDRESS = "/clusters/cum-thu/initiatives/"


@pytest.fixture
def initiative(two_party_cluster):
    return make_initiative(cluster=two_party_cluster.cluster, founded=dt.date(2012, 3, 1))


def test_initiative_exists_from_its_first_day_to_its_last(initiative):
    initiative.ended, initiative.end_reason = dt.date(2017, 6, 30), "Sáp nhập thôn"
    initiative.save()
    days = [dt.date(2012, 2, 29), dt.date(2012, 3, 1), dt.date(2017, 6, 30), dt.date(2017, 7, 1)]
    assert [Initiative.objects.existing_on(day).exists() for day in days] == [False, True, True, False]


@pytest.mark.parametrize(
    ("one", "other", "days"),
    [
        ((2012, None), (2012, None), []),
        ((2012, None), (2012, 2019), [(2020, None)]),
        ((2012, 2015), (2012, 2018), [(2016, 2018)]),
        ((2012, None), (2014, None), [(2012, 2013)]),
        ((2012, 2018), None, [(2012, 2018)]),
    ],
)
def test_span_knows_the_days_that_moved(one, other, days):
    def span(first, last):
        return Span(dt.date(first, 1, 1), dt.date(last, 12, 31) if last else None)

    assert span(*one).unlike(span(*other) if other else None) == [span(*stretch) for stretch in days]


def test_initiative_may_change_and_end_after_a_signed_year(initiative, coordinator):
    make_seal(cluster=initiative.cluster)
    edit_record(initiative, {"members": 40}, version=1, by=coordinator)
    edit_record(initiative, {"ended": dt.date(2019, 1, 1), "end_reason": "Sáp nhập"}, version=2, by=coordinator)
    assert Initiative.objects.get().members == 40


@pytest.mark.parametrize("changes", [{"founded": dt.date(2018, 1, 1)}, {"ended": dt.date(2017, 3, 1)}])
def test_initiative_keeps_the_days_of_a_signed_year(changes, initiative, coordinator):
    make_seal(cluster=initiative.cluster)
    with pytest.raises(SealedPeriod):
        edit_record(initiative, changes | {"end_reason": "Sáp nhập"}, version=1, by=coordinator)


def test_initiative_of_a_signed_year_is_not_deleted(initiative, coordinator):
    make_seal(cluster=initiative.cluster)
    with pytest.raises(SealedPeriod):
        delete_record(initiative, version=1, by=coordinator, reason="", now=timezone.now())
    assert Initiative.objects.of(initiative.cluster).exists()


def test_initiative_page_tells_its_life(client_of, leader, initiative):
    rating, activity = make_rating(initiative=initiative), make_activity(initiative=initiative)
    make_rating(initiative=initiative, year=2016, deleted_at=timezone.now())
    page = client_of(leader).get(initiative.get_absolute_url())
    assert (list(page.context["ratings"]), list(page.context["activities"])) == ([rating], [activity])


@pytest.mark.parametrize(
    ("query", "count"), [("kind=Cụm+giáp+ranh+an+toàn+về+ANTT", 1), ("kind=Khác", 1), ("state=ended", 0)]
)
def test_initiative_list_is_narrowed(query, count, client_of, leader, initiative):
    make_initiative(cluster=initiative.cluster, kind="Khác")
    assert len(client_of(leader).get(f"{ADDRESS}?{query}").context["rows"]) == count


def test_initiative_form_suggests_kinds(client_of, coordinator, initiative):
    make_initiative(cluster=initiative.cluster, kind="Tổ tự quản")
    page = client_of(coordinator).get(f"{ADDRESS}new/").content.decode()
    assert page.count('<option value="Cụm giáp ranh an toàn về ANTT">') == 1
    assert '<option value="Tổ tự quản">' in page


@pytest.mark.parametrize("day", ["2012-02-29", "2018-01-01"])
def test_activity_is_of_a_day_on_which_the_model_was_kept_up(day, client_of, recorder, two_party_cluster, initiative):
    Initiative.objects.update(ended=dt.date(2017, 12, 31), end_reason="Sáp nhập")
    entry = register_entry(InitiativeActivity, initiative=initiative.pk, unit=two_party_cluster.unit.pk, held_on=day)
    response = client_of(recorder).post(f"{ADDRESS}activities/new/", entry)
    assert list(response.context["form"].errors) == ["held_on"]


@pytest.mark.parametrize(("year", "field"), [("2011", "year"), ("17", "year"), ("2017", "__all__")])
def test_rating_is_one_a_year_in_which_the_model_was_kept_up(year, field, client_of, coordinator, initiative):
    make_rating(initiative=initiative)
    entry = register_entry(InitiativeRating, initiative=initiative.pk, year=year)
    response = client_of(coordinator).post(f"{ADDRESS}ratings/new/", entry)
    assert field in response.context["form"].errors
    assert InitiativeRating.objects.count() == 1


def test_rating_of_a_signed_year_is_sealed(initiative, coordinator):
    rating = make_rating(initiative=initiative, rated_on=dt.date(2018, 1, 5))
    make_seal(cluster=initiative.cluster)
    with pytest.raises(SealedPeriod):
        edit_record(rating, {"rating": "weak"}, version=1, by=coordinator)
