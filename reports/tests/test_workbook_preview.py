import pytest
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone

from cluster.models import Officer
from cluster.tests.factories import make_posting, make_user
from patrols.models import Contingent, JointPatrol
from reports.models import UploadedWorkbook
from reports.tests.workbooks import line, patrol, workbook
from reports.workbook.uploads import keep_upload


@pytest.fixture
def sheets(two_party_cluster):
    """A patrol of both sides, in which somebody new took part."""
    one, other = two_party_cluster.units
    force = {"Lực lượng": two_party_cluster.force.name}
    return {
        "Ca tuần tra": [patrol(**{"Đơn vị chủ trì": one.name})],
        "Lực lượng": [line(**{"Đơn vị": unit.name, "Họ tên": "Lê Văn An"} | force) for unit in (one, other)],
    }


@pytest.fixture
def upload(two_party_cluster, coordinator):
    """``upload(sheets)``: the coordinator's."""

    def upload(sheets):
        return keep_upload(
            cluster=two_party_cluster.cluster,
            name="a.xlsx",
            content=workbook(sheets),
            by=coordinator,
            now=timezone.now(),
        )

    return upload


def address(upload):
    return reverse("reports:workbook_preview", args=["cum-thu", upload.pk])


def test_preview_says_what_is_new_and_writes_nothing(client_of, coordinator, upload, sheets):
    response = client_of(coordinator).get(address(upload(sheets)))
    assert [(sheet, count.new) for sheet, count in response.context["counts"]] == [("Ca tuần tra", 1), ("Lực lượng", 2)]
    assert "Lê Văn An" in response.content.decode()
    assert (JointPatrol.objects.count(), Officer.objects.count()) == (0, 0)


def test_import_writes_in_the_name_of_the_coordinator(client_of, coordinator, upload, sheets):
    response = client_of(coordinator).post(address(upload(sheets)))
    assert response.headers["Location"] == reverse("reports:workbook_import", args=["cum-thu"])
    patrol = JointPatrol.objects.counted().get()
    assert (patrol.recorded_by, patrol.history.get().history_user) == (coordinator, coordinator)
    (message,) = get_messages(response.wsgi_request)
    assert "Ca tuần tra: 1; Lực lượng: 2" in str(message)


def test_second_tap_is_harmless(client_of, coordinator, upload, sheets):
    browser, page = client_of(coordinator), address(upload(sheets))
    browser.post(page)
    for response in (browser.post(page), browser.get(page)):
        assert response.headers["Location"] == reverse("reports:workbook_import", args=["cum-thu"])
    assert (JointPatrol.objects.count(), JointPatrol.history.count()) == (1, 1)


def test_errors_stand_in_a_table_without_a_button(client_of, coordinator, upload, sheets):
    sheets["Lực lượng"].append(sheets["Lực lượng"][0] | {"Mã ca": "TT-09"})
    kept = upload(sheets)
    page = client_of(coordinator).get(address(kept))
    assert [(error.sheet, error.row, error.column) for error in page.context["errors"]] == [("Lực lượng", 4, "Mã ca")]
    assert '<td data-label="' in page.content.decode()
    assert not page.context["may_import"]
    assert client_of(coordinator).post(address(kept)).status_code == 409
    assert not JointPatrol.objects.exists()


def test_many_errors_are_cut_and_counted(client_of, coordinator, upload):
    page = client_of(coordinator).get(address(upload({"Lực lượng": [line(f"TT-{n}") for n in range(150)]})))
    assert (len(page.context["errors"]), page.context["more_errors"]) == (200, 250)


def test_what_changed_since_the_preview_is_seen(client_of, coordinator, upload, sheets):
    kept, browser = upload(sheets), client_of(coordinator)
    assert browser.get(address(kept)).context["may_import"]
    other = {"Ca tuần tra": [row | {"Tuyến": "Tuyến khác"} for row in sheets["Ca tuần tra"]]}
    browser.post(address(upload(other)))
    response = browser.post(address(kept))
    assert (response.status_code, Contingent.objects.count()) == (409, 0)
    assert response.context["errors"][0].column == "Tuyến"


def test_all_there_already_has_no_button(client_of, coordinator, upload, sheets):
    browser = client_of(coordinator)
    browser.post(address(upload(sheets)))
    page = browser.get(address(upload(sheets)))
    assert (page.context["may_import"], page.context["errors"]) == (False, [])


def test_text_from_a_workbook_is_shown_as_text(client_of, coordinator, upload, sheets):
    sheets["Ca tuần tra"][0]["Đơn vị chủ trì"] = "<script>alert(1)</script>"
    assert "<script>alert" not in client_of(coordinator).get(address(upload(sheets))).content.decode()


@pytest.mark.parametrize("method", ["get", "post"])
def test_upload_of_another_coordinator_does_not_exist(client_of, two_party_cluster, upload, sheets, method):
    other = make_posting(user=make_user(), role="coordinator", cluster=two_party_cluster.cluster).user
    assert getattr(client_of(other), method)(address(upload(sheets))).status_code == 404
    assert not JointPatrol.objects.exists()


def test_upload_for_another_cluster_does_not_exist(client_of, coordinator, upload, sheets, outsider):
    kept = upload(sheets)
    UploadedWorkbook.objects.update(cluster=outsider.postings.get().unit.memberships.get().party.cluster)
    assert client_of(coordinator).get(address(kept)).status_code == 404


def test_wrong_method(client_of, coordinator, upload, sheets):
    assert client_of(coordinator).put(address(upload(sheets))).status_code == 405


def test_anonymous_signs_in_first(client, upload, sheets):
    assert client.post(address(upload(sheets))).headers["Location"].startswith("/accounts/login/")


def test_outsider_sees_no_such_page(client_of, upload, sheets, outsider):
    assert client_of(outsider).post(address(upload(sheets))).status_code == 404


@pytest.mark.parametrize("role", ["recorder", "leader", "observer"])
def test_reader_may_not_import(request, client_of, upload, sheets, role):
    assert client_of(request.getfixturevalue(role)).post(address(upload(sheets))).status_code == 403
    assert not JointPatrol.objects.exists()
