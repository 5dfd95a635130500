import datetime as dt

import pytest

from patrols.tests.factories import make_patrol
from reports.models import Target
from reports.periods import Period
from reports.progress import plans_of, progress_of
from reports.tests.factories import make_workplan

A_DAY = dt.date(2017, 7, 3)


@pytest.fixture
def workplan(two_party_cluster, coordinator):
    return make_workplan(cluster=two_party_cluster.cluster, recorded_by=coordinator)


@pytest.fixture
def address(workplan):
    return f"{workplan.get_absolute_url()}targets/"


def rows(*targets, version=1):
    """What the page sends: metric, scope and amount of each row."""
    entry = {"version": version, "targets-TOTAL_FORMS": len(targets), "targets-INITIAL_FORMS": 0}
    for number, target in enumerate(targets):
        entry |= {
            f"targets-{number}-{name}": value for name, value in zip(("metric", "scope", "amount"), target, strict=True)
        }
    return entry


def stored(workplan):
    return list(workplan.targets.order_by("metric", "pk").values_list("metric", "party", "unit", "amount"))


def test_workplan_targets_are_set_for_cluster_party_and_unit(
    client_of, coordinator, workplan, address, two_party_cluster
):
    party, unit = two_party_cluster.party, two_party_cluster.unit
    entry = rows(
        ("joint_patrols", "", 24), ("joint_patrols", f"party-{party.pk}", 12), ("participations", f"unit-{unit.pk}", 60)
    )
    response = client_of(coordinator).post(address, entry)
    assert response["Location"] == workplan.get_absolute_url()
    assert workplan.targets.count() == 3
    assert ("participations", None, unit.pk, 60) in stored(workplan)


def test_workplan_targets_left_out_are_taken_away_and_others_keep_their_row(client_of, coordinator, workplan, address):
    kept, gone = (workplan.targets.create(metric=metric, amount=5) for metric in ("joint_patrols", "briefings"))
    client_of(coordinator).post(address, rows(("joint_patrols", "", 8), ("briefings", "", "")))
    kept.refresh_from_db()
    assert (stored(workplan), kept.amount) == ([("joint_patrols", None, None, 8)], 8)
    assert gone.history.first().history_type == "-"


@pytest.mark.parametrize(
    ("targets", "field"),
    [
        ([("joint_patrols", "", 0)], "amount"),
        ([("", "", 5)], "metric"),
        ([("parties", "", 5)], "metric"),
        ([("joint_patrols", "unit-999999", 5)], "scope"),
        ([("joint_patrols", "", 5), ("joint_patrols", "", 6)], "metric"),
    ],
)
def test_workplan_targets_refuse_at_the_field(targets, field, client_of, coordinator, workplan, address):
    response = client_of(coordinator).post(address, rows(*targets))
    assert response.status_code == 422
    assert [name for form in response.context["form"] for name in form.errors] == [field]
    assert stored(workplan) == []


def test_workplan_targets_of_a_stale_page_are_kept_beside_what_is_stored(client_of, coordinator, workplan, address):
    workplan.targets.create(metric="joint_patrols", amount=30)
    client = client_of(coordinator)
    assert client.post(address, rows(("joint_patrols", "", 8), version=7)).status_code == 409
    missing = rows(("joint_patrols", "", 8))
    del missing["version"]
    assert client.post(address, missing).status_code == 428
    assert stored(workplan) == [("joint_patrols", None, None, 30)]


def test_workplan_targets_are_the_coordinators(client_of, recorder, leader, outsider, address):
    answers = [
        client_of(user).post(address, rows(("joint_patrols", "", 8))).status_code
        for user in (recorder, leader, outsider)
    ]
    assert (answers, Target.objects.count()) == ([403, 403, 404], 0)


def test_progress_is_the_figure_of_the_plans_days(two_party_cluster, workplan):
    for day in (dt.date(2016, 12, 31), dt.date(2017, 1, 1), dt.date(2017, 6, 1)):
        make_patrol(cluster=two_party_cluster.cluster, starts_at=dt.datetime.combine(day, dt.time(12), dt.UTC))
    workplan.targets.create(metric="joint_patrols", amount=8)
    (step,) = progress_of(workplan, today=A_DAY).steps
    assert (step.done.value, step.percent, step.is_reached) == (2, 25, False)


def test_progress_without_any_figure_is_unknown_not_zero(two_party_cluster, workplan):
    workplan.targets.create(metric="briefings", amount=8)
    progress = progress_of(workplan, today=A_DAY)
    assert [(step.percent, step.bar) for step in progress.steps] == [(None, 0)]
    assert progress.days_gone == 50


@pytest.mark.parametrize(
    ("day", "gone"), [("2016-05-01", 0), ("2017-01-01", 0), ("2017-12-31", 99), ("2018-01-01", 100)]
)
def test_days_gone_are_those_of_the_plan(day, gone, workplan):
    assert progress_of(workplan, today=dt.date.fromisoformat(day)).days_gone == gone


def test_plans_of_a_year_are_those_with_targets_within_it(two_party_cluster, workplan):
    year = Period(dt.date(2017, 1, 1), dt.date(2017, 12, 31))
    assert list(plans_of(workplan.cluster, year)) == []
    workplan.targets.create(metric="briefings", amount=8)
    make_workplan(cluster=workplan.cluster, year=2018, metrics=("briefings",))
    assert list(plans_of(workplan.cluster, year)) == [workplan]


def test_workplan_page_shows_how_far_it_is(client_of, leader, workplan):
    workplan.targets.create(metric="joint_patrols", amount=8)
    response = client_of(leader).get(workplan.get_absolute_url())
    assert [step.amount for step in response.context["progress"].steps] == [8]
    assert "targets/" not in response.content.decode()


def test_review_stands_beside_the_plan_for_its_days(client_of, leader, two_party_cluster, workplan):
    workplan.targets.create(metric="joint_patrols", amount=4)
    workplan.targets.create(metric="joint_patrols", amount=2, party=two_party_cluster.party)
    make_workplan(cluster=workplan.cluster, metrics=("briefings",), date_from=dt.date(2017, 2, 1))
    make_patrol(cluster=workplan.cluster, starts_at=dt.datetime(2017, 6, 1, 12, tzinfo=dt.UTC))
    (progress,) = client_of(leader).get("/clusters/cum-thu/review/2017/").context["plans"]
    assert [(step.amount, step.done.value) for step in progress.steps] == [(4, 1)]
