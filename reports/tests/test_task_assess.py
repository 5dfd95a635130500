import datetime as dt

import pytest
from django.utils import timezone

from cluster.models import Seal
from incidents.tests.entries import field_text
from reports.models import KeyTask
from reports.tests.conference_entries import assessment_entry
from reports.tests.conference_factories import make_task


@pytest.fixture
def task(two_party_cluster):
    return make_task(cluster=two_party_cluster.cluster)


@pytest.fixture
def address(task):
    return f"{task.get_absolute_url()}assess/"


def test_task_assess_says_what_became_of_it(client_of, coordinator, task, address):
    response = client_of(coordinator).post(address, assessment_entry())
    task.refresh_from_db()
    assert response["Location"] == task.get_absolute_url()
    assert (task.assessment, task.assessed_on) == ("done", dt.date(2018, 12, 20))
    assert (task.assessed_by, task.version) == (coordinator, 2)


def test_task_assess_is_taken_back(client_of, coordinator, task, address):
    client = client_of(coordinator)
    client.post(address, assessment_entry())
    client.post(address, {"version": 2, "assessment": "", "assessed_on": "", "assessment_note": ""})
    task.refresh_from_db()
    assert (task.assessment, task.assessed_on, task.assessed_by) == ("", None, None)


def test_task_assess_may_come_after_signing(client_of, coordinator, task, address):
    days = {"date_from": dt.date(2018, 1, 1), "date_to": dt.date(2018, 12, 31)}
    Seal.objects.create(cluster=task.cluster, signed_at=timezone.now(), **days)
    assert client_of(coordinator).post(address, assessment_entry(assessed_on="2019-01-10")).status_code == 302


def test_task_assess_keeps_the_text_of_who_comes_second(client_of, coordinator, address):
    client = client_of(coordinator)
    client.post(address, assessment_entry())
    response = client.post(address, assessment_entry(assessment_note="Chưa đủ."))
    assert (response.status_code, field_text(response, "assessment_note")) == (409, "Chưa đủ.")


@pytest.mark.parametrize(
    ("changes", "faulty"),
    [
        ({"assessment": ""}, "assessment"),
        ({"assessment": "x"}, "assessment"),
        ({"assessed_on": ""}, "assessed_on"),
        ({"assessed_on": "2017-12-31"}, "assessed_on"),
        ({"assessed_on": "2999-01-01"}, "assessed_on"),
        ({"assessment_note": "Gọi 0912345678"}, "assessment_note"),
    ],
)
def test_task_assess_refuses_and_writes_nothing(client_of, coordinator, address, changes, faulty):
    response = client_of(coordinator).post(address, assessment_entry(**changes))
    assert (response.status_code, faulty in response.context["form"].errors) == (422, True)
    assert not KeyTask.objects.get().is_assessed


@pytest.mark.parametrize(
    ("reader", "status"), [("recorder", 403), ("leader", 403), ("observer", 403), ("outsider", 404)]
)
def test_task_assess_is_the_coordinators(request, client_of, address, reader, status):
    assert client_of(request.getfixturevalue(reader)).post(address, assessment_entry()).status_code == status
    assert not KeyTask.objects.get().is_assessed


def test_task_assess_refuses_other_methods(client_of, coordinator, address):
    assert client_of(coordinator).delete(address).status_code == 405
