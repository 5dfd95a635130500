import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from cluster.tests.factories import make_cluster
from patrols.models import JointPatrol
from reports.models import UploadedWorkbook
from reports.tests.workbooks import patrol, workbook

ADDRESS = "/clusters/cum-thu/import/"
GOOD = workbook({"Ca tuần tra": [patrol(**{"Đơn vị chủ trì": "Đâu Đó"})]})


def file_of(content=GOOD, name="so-lieu.xlsx"):
    return {"file": SimpleUploadedFile(name, content)}


@pytest.fixture
def post(client_of, coordinator):
    return lambda content=GOOD, name="so-lieu.xlsx": client_of(coordinator).post(ADDRESS, file_of(content, name))


def test_upload_leads_to_its_preview_and_writes_nothing(post, coordinator):
    response = post()
    upload = UploadedWorkbook.objects.get()
    assert response.headers["Location"] == reverse("reports:workbook_preview", args=["cum-thu", upload.pk])
    assert (upload.uploaded_by, upload.name, bytes(upload.content)) == (coordinator, "so-lieu.xlsx", GOOD)
    assert not JointPatrol.objects.exists()


@pytest.mark.parametrize(
    ("content", "name"),
    [(b"no workbook", "a.xlsx"), (GOOD, "a.xls"), (GOOD, "a.xlsm"), (workbook({"Cụm": []}), "a.xlsx"), (b"", "a.xlsx")],
)
def test_file_that_cannot_be_taken_is_an_error_of_the_form(post, content, name):
    response = post(content, name)
    assert (response.status_code, list(response.context["form"].errors)) == (422, ["file"])
    assert not UploadedWorkbook.objects.exists()


def test_more_rows_than_a_browser_waits_for_are_left_to_the_command(post):
    response = post(workbook({"Ca tuần tra": [patrol(f"TT-{number}") for number in range(5_001)]}))
    assert response.status_code == 422
    assert "import_workbook" in response.content.decode()


def test_without_a_file_nothing_is_kept(client_of, coordinator):
    assert client_of(coordinator).post(ADDRESS).status_code == 422


def test_upload_removes_what_was_left_for_a_day(post, coordinator, two_party_cluster, outsider):
    now = timezone.now()
    for cluster, age in ((two_party_cluster.cluster, 25), (make_cluster(), 25), (two_party_cluster.cluster, 23)):
        UploadedWorkbook.objects.create(
            cluster=cluster, uploaded_by=outsider, uploaded_at=now - dt.timedelta(hours=age), name="x", content=b"x"
        )
    post()
    assert UploadedWorkbook.objects.count() == 2


@pytest.mark.parametrize("method", ["put", "delete", "patch"])
def test_wrong_method(client_of, coordinator, method):
    assert getattr(client_of(coordinator), method)(ADDRESS).status_code == 405


def test_anonymous_signs_in_first(client, two_party_cluster):
    assert client.post(ADDRESS, file_of()).headers["Location"].startswith("/accounts/login/")


def test_outsider_sees_no_such_page(client_of, two_party_cluster, outsider):
    assert client_of(outsider).post(ADDRESS, file_of()).status_code == 404


@pytest.mark.parametrize("role", ["recorder", "leader", "observer"])
def test_reader_may_not_import(request, client_of, two_party_cluster, role):
    assert client_of(request.getfixturevalue(role)).post(ADDRESS, file_of()).status_code == 403
    assert not UploadedWorkbook.objects.exists()
