"""A plan with targets and its document: one place for number, date and approver, shown on both pages."""

import datetime as dt
import uuid

import pytest
from django.utils import timezone

from cluster.services import delete_record
from cluster.tests.factories import make_cluster, make_document
from reports.models import Workplan
from reports.tests.factories import make_workplan

ADDRESS = "/clusters/cum-thu/workplans/new/"
PLAN = {"name": "Kế hoạch năm 2017", "date_from": "2017-01-01", "date_to": "2017-12-31"}


@pytest.fixture
def cluster(two_party_cluster):
    return two_party_cluster.cluster


@pytest.fixture
def paper(cluster):
    fields = {"number_symbol": "07/KH-CA", "approver": "Công an hai huyện", "issued_on": dt.date(2017, 1, 5)}
    dates = {"valid_from": dt.date(2017, 1, 10), "valid_to": dt.date(2017, 12, 20)}
    return make_document(cluster=cluster, abstract="Phối hợp năm 2017", **fields, **dates)


def test_plan_reads_its_number_date_and_approver_in_the_document(client_of, coordinator, cluster, paper):
    plan = make_workplan(cluster=cluster, document=paper)
    page = client_of(coordinator).get(plan.get_absolute_url()).content.decode()
    said = ("07/KH-CA", "05/01/2017", "Công an hai huyện", f'href="{paper.get_absolute_url()}"')
    assert [text for text in said if text not in page] == []
    assert str(plan).endswith("(07/KH-CA)")


def test_plan_without_a_document_has_its_own(cluster):
    plan = make_workplan(cluster=cluster, symbol="01/KH", approver="Trưởng ban", approved_on=dt.date(2017, 1, 5))
    assert (plan.number_symbol, plan.approved_by, plan.dated_on) == ("01/KH", "Trưởng ban", dt.date(2017, 1, 5))


def test_page_of_the_document_leads_to_its_plan(client_of, recorder, coordinator, cluster, paper):
    address = f"{ADDRESS}?document={paper.pk}"
    assert address in client_of(coordinator).get(paper.get_absolute_url()).content.decode()
    assert address not in client_of(recorder).get(paper.get_absolute_url()).content.decode()
    plan = make_workplan(cluster=cluster, document=paper)
    page = client_of(coordinator).get(paper.get_absolute_url()).content.decode()
    assert (f'href="{plan.get_absolute_url()}"' in page, address in page) == (True, False)


def test_new_plan_of_a_document_opens_with_what_stands_there(client_of, coordinator, paper):
    form = client_of(coordinator).get(ADDRESS, {"document": paper.pk}).context["form"]
    names = ("name", "date_from", "date_to")
    assert [form[name].value() for name in names] == ["Phối hợp năm 2017", paper.valid_from, paper.valid_to]


@pytest.mark.parametrize("key", ["0", "abc", "9" * 30])
def test_new_plan_of_no_such_document_opens_empty(key, client_of, coordinator):
    form = client_of(coordinator).get(ADDRESS, {"document": key}).context["form"]
    assert not form["name"].value()


def test_plan_takes_a_free_plan_of_the_own_cluster(client_of, coordinator, cluster, paper):
    make_workplan(cluster=cluster, document=(taken := make_document(cluster=cluster)))
    others = (taken, make_document(cluster=make_cluster()), make_document(cluster=cluster, kind="notice"))
    client = client_of(coordinator)
    for other in others:
        assert "document" in client.post(ADDRESS, PLAN | {"document": other.pk}).context["form"].errors
    client.post(ADDRESS, PLAN | {"document": paper.pk, "client_id": uuid.uuid4()})
    assert Workplan.objects.get(document=paper).name == "Kế hoạch năm 2017"


def test_number_beside_the_document_is_refused(client_of, coordinator, paper):
    response = client_of(coordinator).post(ADDRESS, PLAN | {"document": paper.pk, "symbol": "01/KH"})
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["symbol"])


def test_number_leaves_a_plan_that_gets_its_document(client_of, coordinator, cluster, paper):
    plan = make_workplan(cluster=cluster, recorded_by=coordinator, symbol="01/KH", approver="Trưởng ban")
    data = PLAN | {"document": paper.pk, "symbol": "01/KH", "approver": "Trưởng ban", "version": 1}
    assert client_of(coordinator).post(f"{plan.get_absolute_url()}edit/", data).status_code == 302
    plan.refresh_from_db()
    assert (plan.document, plan.symbol, plan.approver) == (paper, "", "")


def test_document_of_a_plan_stays_a_plan(client_of, coordinator, cluster, paper):
    make_workplan(cluster=cluster, document=paper)
    data = {"kind": "notice", "issuer": paper.issuer, "number_symbol": paper.number_symbol, "abstract": paper.abstract}
    data |= {"issued_on": "2017-01-05", "version": paper.version, "reason": "Ghi nhầm"}
    response = client_of(coordinator).post(f"{paper.get_absolute_url()}edit/", data)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["kind"])


def test_plan_outlives_its_document_without_a_dead_link(client_of, coordinator, cluster, paper):
    plan = make_workplan(cluster=cluster, document=paper)
    delete_record(paper, version=1, by=coordinator, reason="Ghi nhầm", now=timezone.now())
    response = client_of(coordinator).get(plan.get_absolute_url())
    assert (response.status_code, paper.get_absolute_url() in response.content.decode()) == (200, False)


def test_list_shows_the_number_of_the_document(client_of, recorder, cluster, paper):
    make_workplan(cluster=cluster, document=paper)
    assert "07/KH-CA" in client_of(recorder).get("/clusters/cum-thu/workplans/").content.decode()
