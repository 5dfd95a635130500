import datetime as dt
import uuid

import pytest
from django.db import IntegrityError
from django.utils import timezone

from cluster.services import ContentDiffers, StaleVersion
from cluster.tests.factories import make_officer, make_unit
from incidents import services
from incidents.models import Award, DeclaredFigure, Incident
from incidents.services import AwardData, DeclaredData, IncidentData, NotDeclarable
from incidents.tests.factories import make_award, make_category, make_declared, make_incident
from patrols.tests.factories import make_contingent, make_patrol

NOW = dt.datetime(2017, 6, 2, 3, 0, tzinfo=dt.UTC)
A_DAY = dt.date(2017, 6, 1)


@pytest.fixture
def data(two_party_cluster):
    return IncidentData(
        occurred_on=A_DAY, category=make_category(cluster=two_party_cluster.cluster), unit=two_party_cluster.unit
    )


@pytest.fixture
def log(two_party_cluster, recorder, data):
    """``log(client_id, place=…)``: log the incident for the recorder's unit."""

    def log_it(client_id, **changes):
        return services.log_incident(
            cluster=two_party_cluster.cluster,
            client_id=client_id,
            data=IncidentData(**data.content() | changes),
            by=recorder,
            own_units=frozenset({two_party_cluster.unit.pk}),
            now=NOW,
        )

    return log_it


def test_log_incident_writes_once(log):
    client_id = uuid.uuid4()
    (first, is_new), (second, is_new_again) = log(client_id), log(client_id)
    assert (first, is_new, is_new_again) == (second, True, False)
    assert (first.recorded_at, first.version) == (NOW, 1)


def test_log_incident_refuses_other_content_under_a_known_id(log):
    client_id = uuid.uuid4()
    log(client_id)
    with pytest.raises(ContentDiffers):
        log(client_id, persons_involved=0)
    assert Incident.objects.get().persons_involved is None


def test_log_incident_knows_an_edited_record_by_its_first_text(log, recorder):
    client_id = uuid.uuid4()
    incident, _ = log(client_id)
    edited = IncidentData(**IncidentData.of(incident).content() | {"place": "Chợ"})
    services.edit_incident(incident, version=1, data=edited, by=recorder)
    assert log(client_id) == (incident, False)


def test_log_incident_by_a_coordinator_without_unit_records_for_none(two_party_cluster, coordinator, data):
    incident, _ = services.log_incident(
        cluster=two_party_cluster.cluster,
        client_id=uuid.uuid4(),
        data=data,
        by=coordinator,
        own_units=frozenset(),
        now=NOW,
    )
    assert (incident.recorded_unit, incident.recorded_by) == (None, coordinator)


def test_edit_incident_lets_one_of_two_editors_through(recorder, data):
    incident = make_incident(category=data.category)
    first, second = Incident.objects.get(), Incident.objects.get()
    services.edit_incident(first, version=1, data=data, by=recorder)
    with pytest.raises(StaleVersion):
        services.edit_incident(second, version=1, data=data, by=recorder)
    incident.refresh_from_db()
    assert incident.version == 2


def test_edit_incident_tells_the_history_who_and_why(recorder, data, two_party_cluster):
    incident = make_incident(category=data.category)
    new = IncidentData(**data.content() | {"cooperating_units": (two_party_cluster.partner_unit,)})
    services.edit_incident(incident, version=1, data=new, by=recorder, reason="Bổ sung")
    rows = incident.history.filter(version=2).values_list("history_user", "history_change_reason")
    assert set(rows) == {(recorder.pk, "Bổ sung")}


def test_edit_incident_can_take_cooperating_units_away(recorder, data, two_party_cluster):
    incident = make_incident(category=data.category)
    incident.cooperating_units.add(two_party_cluster.partner_unit)
    services.edit_incident(incident, version=1, data=data, by=recorder)
    assert not incident.cooperating_units.exists()


def test_award_data_comes_back_from_the_award(db):
    award = make_award(level=Award.Level.PROVINCE)
    data = AwardData.of(award)
    assert (data.decision_number, data.level, data.recipient) == (award.decision_number, "province", "collective")


@pytest.mark.parametrize("namesakes", [0, 2])
def test_award_links_no_officer_where_the_name_does_not_tell(two_party_cluster, coordinator, namesakes):
    for _ in range(namesakes):
        make_officer(unit=two_party_cluster.unit, name="Nguyễn Văn A")
    award = make_award(cluster=two_party_cluster.cluster)
    data = AwardData(
        decision_number="1", decided_on=A_DAY, form="Giấy khen", recipient="individual", name="Nguyễn Văn A"
    )
    services.edit_award(award, version=1, data=data, by=coordinator)
    assert award.officer is None


def test_award_links_the_namesake_of_the_named_unit(two_party_cluster, coordinator):
    _other, officer = (
        make_officer(unit=unit, name="Nguyễn Văn A")
        for unit in (two_party_cluster.partner_unit, two_party_cluster.unit)
    )
    award = make_award(cluster=two_party_cluster.cluster, recipient="individual", name="Nguyễn Văn A")
    data = AwardData(**AwardData.of(award).content() | {"unit": two_party_cluster.unit})
    services.edit_award(award, version=1, data=data, by=coordinator)
    assert award.officer == officer


def test_award_to_a_collective_bears_no_officer(two_party_cluster, coordinator):
    officer = make_officer(unit=two_party_cluster.unit, name="Nguyễn Văn A")
    award = make_award(cluster=two_party_cluster.cluster, recipient="individual", name="Nguyễn Văn A", officer=officer)
    data = AwardData(**AwardData.of(award).content() | {"recipient": "collective"})
    services.edit_award(award, version=1, data=data, by=coordinator)
    assert award.officer is None


def test_declared_data_refuses_an_unknown_figure():
    with pytest.raises(ValueError, match="unheard_of"):
        DeclaredData(metric="unheard_of", date_from=A_DAY, date_to=A_DAY, value=1)


def test_declare_figure_refuses_the_same_twice(two_party_cluster, coordinator):
    data = DeclaredData(metric="incidents", date_from=A_DAY, date_to=A_DAY, value=1)
    services.declare_figure(cluster=two_party_cluster.cluster, data=data, by=coordinator)
    with pytest.raises(IntegrityError):
        services.declare_figure(cluster=two_party_cluster.cluster, data=data, by=coordinator)


def test_edit_declared_lets_one_of_two_editors_through(coordinator):
    make_declared(value=1)
    first, second = DeclaredFigure.objects.get(), DeclaredFigure.objects.get()
    data = DeclaredData.of(first)
    services.edit_declared(first, version=1, data=data, by=coordinator)
    with pytest.raises(StaleVersion):
        services.delete_declared(second, version=1, by=coordinator)
    assert DeclaredFigure.objects.get().version == 2


@pytest.fixture
def declare(two_party_cluster, recorder):
    def declare_it(month, *, kind="incidents", unit=None, now=NOW):
        return services.declare_none(
            cluster=two_party_cluster.cluster,
            unit=unit or two_party_cluster.unit,
            month=month,
            kind=kind,
            by=recorder,
            now=now,
        )

    return declare_it


def test_declare_none_is_idempotent(declare):
    (figure, is_new), (again, is_new_again) = declare(A_DAY), declare(dt.date(2017, 6, 30))
    assert (figure, is_new, is_new_again) == (again, True, False)


def test_declare_none_reads_the_month_in_vietnam(declare):
    eve = dt.datetime(2017, 6, 30, 17, 30, tzinfo=dt.UTC)  # 00:30 on 1 July in Vietnam
    assert declare(dt.date(2017, 7, 1), now=eve)[1]
    with pytest.raises(NotDeclarable):
        declare(dt.date(2017, 8, 1), now=eve)


def test_declare_none_refuses_an_outsider_unit(declare):
    with pytest.raises(NotDeclarable):
        declare(A_DAY, unit=make_unit())


def test_declare_none_is_not_hindered_by_what_did_not_happen(declare, two_party_cluster):
    night = {"cluster": two_party_cluster.cluster, "units": [], "lead_unit": two_party_cluster.unit}
    make_patrol(**night, status="cancelled")
    make_patrol(**night, deleted_at=timezone.now())
    assert declare(A_DAY, kind="joint_patrols")[1]


def test_declare_none_is_not_hindered_by_a_refused_line(declare, two_party_cluster):
    patrol = make_patrol(cluster=two_party_cluster.cluster, units=[], lead_unit=two_party_cluster.partner_unit)
    make_contingent(patrol=patrol, unit=two_party_cluster.unit, state="refused", reason="Không tham gia")
    assert declare(A_DAY, kind="joint_patrols")[1]


def test_declare_none_knows_no_other_kind(declare):
    with pytest.raises(ValueError, match="awards"):
        declare(A_DAY, kind="awards_collective")
