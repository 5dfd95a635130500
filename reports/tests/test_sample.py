"""The sample says what the published article says, and loading it again changes nothing."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator
from typing import Any

import pytest
from django.apps import apps
from django.core.management import CommandError, call_command
from django.db import transaction
from django.db.models import Sum
from django.utils import timezone

from cluster.access import Access
from cluster.carried_out import articles_of
from cluster.models import Cluster, Document, Initiative, MemberUnit, User
from cluster.models.initiatives import KINDS
from cluster.services import delete_record, save_with_history
from cluster.validators import no_identity
from incidents.models import DeclaredFigure, Incident
from incidents.services import delete_declared
from patrols.likeness import suspected_pairs
from patrols.models import Contingent, JointPatrol, TwinLink
from patrols.services import lines_that_differ
from patrols.tests.factories import make_patrol
from reports.models import Review
from reports.periods import Period
from reports.reckoning import Reckoning
from reports.sample.load import load_sample
from reports.sample.tables import CLUSTERS, FOLDER, cluster_facts, table
from reports.services import open_amendment

PASSWORD = "mot-mat-khau-dai"
OLD, NEW = CLUSTERS
YEAR_2016 = (dt.date(2016, 1, 1), dt.date(2016, 12, 31))
YEAR_2017 = (dt.date(2017, 1, 1), dt.date(2017, 12, 31))


@pytest.fixture(scope="module")
def sample(django_db_setup: None, django_db_blocker: Any) -> Iterator[None]:
    """Loaded once for the tests of this file; what each does is rolled back to here."""
    with django_db_blocker.unblock(), transaction.atomic():
        load_sample(password=PASSWORD)
        yield
        transaction.set_rollback(True)


@pytest.fixture
def cluster(sample: None, db: None) -> Cluster:
    return Cluster.objects.get(slug=OLD)


def counted_patrols(cluster: Cluster, *period: dt.date) -> Any:
    return JointPatrol.objects.of(cluster).in_period(*period).counted()


def row_counts() -> dict[str, int]:
    return {model.__name__: model._default_manager.count() for model in apps.get_models()}


# What the article says


def test_2017_has_25_joint_patrols(cluster: Cluster) -> None:
    assert counted_patrols(cluster, *YEAR_2017).count() == 25


def test_a_patrol_that_both_sides_wrote_down_counts_once(cluster: Cluster) -> None:
    link = TwinLink.objects.get(cluster=cluster)
    night = counted_patrols(cluster, link.kept.local_date, link.kept.local_date)
    assert (link.kept.code, link.absorbed.code) == ("MAU-2017-25", "MAU-2017-28")
    assert list(night) == [link.kept]
    assert suspected_pairs(cluster, *YEAR_2017) == []


def test_2017_has_more_than_150_participations(cluster: Cluster) -> None:
    lines = Contingent.objects.counted().filter(cluster=cluster).in_period(*YEAR_2017)
    assert 150 < lines.aggregate(total=Sum("headcount"))["total"] < 160


def test_2017_has_13_incidents_fewer_than_2016(cluster: Cluster) -> None:
    before, this = (Incident.objects.of(cluster).in_period(*year).count() for year in (YEAR_2016, YEAR_2017))
    assert this - before == -13


def test_2017_has_the_three_initiatives_of_the_article(cluster: Cluster) -> None:
    kept_up = Initiative.objects.of(cluster).existing_on(YEAR_2017[1])
    assert sorted(kept_up.values_list("name", flat=True)) == sorted(KINDS)
    assert set(kept_up.filter(ratings__year=2017).values_list("ratings__rating", flat=True)) == {"effective"}


@pytest.mark.parametrize(
    ("key", "years"),
    [
        ("information_exchanges", [38, 46, 41]),
        ("initiatives", [3, 3, 3]),
        ("initiatives_effective", [2, 3, 2]),
        ("outreach_sessions", [18, 22, 20]),
        ("outreach_attendance", [1420, 1860, 1735]),
        ("crime_reports", [21, 27, 24]),
        ("crime_reports_valuable", [13, 18, 15]),
    ],
)
def test_every_year_of_the_movement_is_told_by_records(cluster: Cluster, key: str, years: list[int]) -> None:
    found = [Reckoning(cluster, Period.of_year(cluster, year)).figures[key].this for year in (2016, 2017, 2018)]
    assert [(value.value, value.basis) for value in found] == [(number, "records") for number in years]


def test_incidents_of_crime_reports_are_tied_to_them(cluster: Cluster) -> None:
    told = Incident.objects.of(cluster).filter(from_crime_report=True)
    assert told.exists()
    assert not told.filter(crime_report=None).exists()


def test_articles_of_the_regulation_are_carried_out(cluster: Cluster) -> None:
    regulation = Document.objects.of(cluster).regulations().on(YEAR_2017[0]).get()
    done = {
        article.number: {type(of_kind.newest[0]).__name__ for of_kind in deeds}
        for article, deeds in articles_of(regulation)
    }
    assert done[8] == {"Advice", "Outreach", "InitiativeActivity", "Conclusion", "KeyTask"}
    assert [number for number in (4, 5, 7, 9, 10) if not done[number]] == []


def test_the_notice_names_what_the_article_says(cluster: Cluster) -> None:
    said = ("25 ca tuần tra chung", "hơn 150 lượt người", "giảm 13 vụ việc so với năm 2016", "ba mô hình")
    assert [phrase for phrase in said if phrase not in cluster.notice] == []


def test_other_declared_figures_say_that_they_are_invented(cluster: Cluster) -> None:
    from_article = cluster.declared_figures.filter(metric="initiatives", date_from=YEAR_2017[0])
    others = cluster.declared_figures.exclude(pk__in=from_article)
    assert {row.source for row in others} == {"Dữ liệu mẫu, không có trong bài báo"}


# What could have been


def test_both_sides_take_part_in_each_counted_patrol(cluster: Cluster) -> None:
    assert {patrol.party_count for patrol in counted_patrols(cluster, YEAR_2016[0], YEAR_2017[1])} == {2}


def test_one_patrol_of_one_side_is_warned_of_and_no_other(sample: None, db: None) -> None:
    warned = [patrol.code for patrol in JointPatrol.objects.order_by("local_date") if patrol.warnings()]
    assert warned == ["MAU-2017-11"]


def test_every_force_and_unit_was_there_on_the_day(sample: None, db: None) -> None:
    lines = Contingent.objects.select_related("force", "unit")
    assert [
        str(line)
        for line in lines
        if not (line.force.is_valid_on(line.local_date) and line.unit.is_valid_on(line.local_date))
    ] == []


def test_every_unit_of_an_incident_was_a_member_on_the_day(sample: None, db: None) -> None:
    def is_member(incident: Incident) -> bool:
        units = {incident.unit, *incident.cooperating_units.all()}
        members = MemberUnit.objects.on(incident.occurred_on).filter(party__cluster=incident.cluster, unit__in=units)
        return members.count() == len(units)

    incidents = Incident.objects.select_related("unit", "cluster").prefetch_related("cooperating_units")
    assert [incident.code for incident in incidents if not is_member(incident)] == []


def test_an_incident_found_on_patrol_happened_during_it(sample: None, db: None) -> None:
    def during_patrol(incident: Any) -> bool:
        happened = dt.datetime.combine(incident.occurred_on, incident.occurred_at, timezone.get_default_timezone())
        return bool(incident.patrol.starts_at <= happened <= incident.patrol.ends_at)

    found = Incident.objects.exclude(patrol=None).select_related("patrol")
    assert [incident.code for incident in found if not during_patrol(incident)] == []


def test_member_units_bear_the_listed_codes(sample: None, db: None) -> None:
    listed = {row["Đơn vị"]: row["Mã đơn vị hành chính"] for slug in CLUSTERS for row in table(slug, "members.csv")}
    codes = MemberUnit.objects.values_list("unit__name", "unit__administrative_unit__code")
    assert dict(codes) == listed


def test_night_shifts_run_over_the_end_of_the_month_and_the_year(cluster: Cluster) -> None:
    last_of_2017 = cluster.jointpatrols.get(local_date=dt.date(2017, 12, 31))
    assert timezone.localdate(last_of_2017.ends_at) == dt.date(2018, 1, 1)
    assert cluster.jointpatrols.filter(local_date=dt.date(2017, 4, 30), ends_at__date=dt.date(2017, 5, 1)).exists()


def test_lines_of_2017_wait_are_corrected_and_refused(cluster: Cluster) -> None:
    lines = Contingent.objects.filter(cluster=cluster).in_period(*YEAR_2017)
    found = {state: lines.filter(state=state).count() for state in ("pending", "corrected", "refused")}
    assert found == {"pending": 3, "corrected": 1, "refused": 1}


def test_no_line_names_more_people_than_it_counts(sample: None, db: None) -> None:
    lines = Contingent.objects.prefetch_related("officers")
    assert [str(line) for line in lines if len(line.officers.all()) > line.headcount] == []
    assert lines_that_differ() == []


def all_text() -> list[str]:
    cells = [cell for file in FOLDER.rglob("*.csv") for row in table(str(file)) for cell in row.values()]
    return cells + [str(value) for slug in CLUSTERS for value in cluster_facts(slug).values()]


def test_the_text_tells_nobodys_identity() -> None:
    for text in all_text():
        no_identity(text)


def test_the_text_is_spelt_as_official_papers_are() -> None:
    wrong = re.compile(r"đảm bảo|đảm bao|(?<!q)u[ỳýỷỹỵ]\b|o[àáảãạ]\b|Vĩnh Ninh", re.IGNORECASE)
    assert [text for text in all_text() if wrong.search(text)] == []
    assert [text for text in all_text() if text != unicodedata.normalize("NFC", text)] == []


def test_every_person_is_marked_as_invented() -> None:
    names = {name.strip() for slug in CLUSTERS for row in table(slug, "lines.csv") for name in row["Họ tên"].split(";")}
    names |= {row["Tên"] for row in table(OLD, "awards.csv") if row["Tập thể hoặc cá nhân"] == "cá nhân"}
    names |= {row["Họ tên"] for slug in CLUSTERS for row in table(slug, "board.csv")}
    assert [name for name in names - {""} if not name.endswith("(mẫu)")] == []


# The accounts


@pytest.mark.parametrize(
    ("username", "slugs"),
    [
        ("recorder-lethuy", {OLD, NEW}),
        ("recorder-vinhlinh", {OLD, NEW}),
        ("coordinator", {OLD, NEW}),
        ("leader-lethuy", {OLD, NEW}),
        ("leader-vinhlinh", {OLD, NEW}),
        ("observer", {OLD, NEW}),
        ("admin", set()),
        ("outsider", set()),
    ],
)
def test_accounts_see_their_clusters(sample: None, db: None, username: str, slugs: set[str]) -> None:
    user = User.objects.get(username=username)
    assert {cluster.slug for cluster in Access(user).clusters} == slugs


def test_accounts_share_the_password(sample: None, db: None) -> None:
    may_sign_in = User.objects.filter(is_active=True)
    assert may_sign_in.count() == 8
    assert len(set(may_sign_in.values_list("password", flat=True))) == 1
    assert may_sign_in[0].check_password(PASSWORD)


def test_a_new_password_reaches_all_accounts(sample: None, db: None) -> None:
    load_sample(password="mot-mat-khau-khac")
    assert User.objects.get(username="outsider").check_password("mot-mat-khau-khac")


def test_accounts_of_units_cannot_sign_in(sample: None, db: None) -> None:
    assert {user.password for user in User.objects.filter(is_active=False)} == {"!"}


# Loading it again


def test_a_second_run_changes_nothing(sample: None, db: None) -> None:
    before = row_counts()
    load_sample(password=PASSWORD)
    assert row_counts() == before


def test_a_second_run_does_not_walk_through_the_records(
    sample: None, db: None, django_assert_max_num_queries: Any
) -> None:
    with django_assert_max_num_queries(320):
        load_sample(password=PASSWORD)


def test_a_second_run_keeps_what_users_entered(cluster: Cluster) -> None:
    patrol = make_patrol(cluster=cluster, route="Tuyến của người dùng")
    load_sample(password=PASSWORD)
    assert cluster.jointpatrols.get(pk=patrol.pk).route == "Tuyến của người dùng"


def test_a_second_run_keeps_what_users_changed(cluster: Cluster) -> None:
    patrol = cluster.jointpatrols.get(code="MAU-2017-01")
    category = cluster.categories.get(name="Đánh bạc")
    patrol.route, category.name, cluster.founded = "Tuyến khác", "Cờ bạc", 2010
    for row in (patrol, category, cluster):
        save_with_history(row, by=None)
    before = row_counts()
    load_sample(password=PASSWORD)
    assert row_counts() == before
    assert cluster.jointpatrols.get(code="MAU-2017-01").route == "Tuyến khác"
    assert not cluster.categories.filter(name="Đánh bạc").exists()


def test_a_second_run_does_not_bring_back_what_users_removed(cluster: Cluster) -> None:
    user, leader = (User.objects.get(username=name) for name in ("coordinator", "leader-lethuy"))
    review = Review.objects.get(cluster=cluster, date_from=YEAR_2017[0])
    open_amendment(review, reason="Sửa số liệu", by=leader, now=timezone.now())
    incident = cluster.incidents.get(code="MAU-VV-2017-01")
    delete_record(incident, version=incident.version, by=user, reason="Trùng", now=timezone.now())
    declared = cluster.declared_figures.get(metric="briefings", date_from=YEAR_2017[0])
    delete_declared(declared, version=declared.version, by=user)
    load_sample(password=PASSWORD)
    assert Incident.objects.of(cluster).filter(code="MAU-VV-2017-01").count() == 0
    assert DeclaredFigure.objects.filter(metric="briefings", date_from=YEAR_2017[0]).count() == 0


# The command


def test_the_command_refuses_without_a_password(db: None, settings: Any) -> None:
    settings.DEMO_PASSWORD = ""
    before = row_counts()
    with pytest.raises(CommandError) as refused:
        call_command("loadsample")
    assert "DEMO_PASSWORD" in str(refused.value)
    assert len(str(refused.value).splitlines()) == 1
    assert row_counts() == before


def test_the_command_loads_and_names_the_clusters(sample: None, db: None, settings: Any, capsys: Any) -> None:
    settings.DEMO_PASSWORD = PASSWORD
    call_command("loadsample")
    assert {line.split()[0] for line in capsys.readouterr().out.splitlines()} == {
        f"/clusters/{slug}/" for slug in CLUSTERS
    }
