import datetime as dt

import pytest
from django.utils import timezone

from cluster.tests.factories import make_officer
from incidents.models import Award
from incidents.tests.entries import award_entry, field_text
from incidents.tests.factories import make_award

ADDRESS = "/clusters/cum-thu/awards/new/"


def test_award_new_suggests_forms_of_award(client_of, coordinator):
    assert '<option value="Bằng khen">' in client_of(coordinator).get(ADDRESS).content.decode()


def test_award_new_stores_an_award(client_of, coordinator, two_party_cluster):
    entry = award_entry(level="district", unit=two_party_cluster.unit.pk, achievement="Có thành tích năm 2017")
    response = client_of(coordinator).post(ADDRESS, entry)
    award = Award.objects.get()
    assert response["Location"] == "/clusters/cum-thu/awards/"
    assert (award.cluster, award.unit) == (two_party_cluster.cluster, two_party_cluster.unit)
    assert (award.decision_number, award.decided_on) == ("125/QĐ-UBND", dt.date(2017, 12, 15))
    assert (award.level, award.recipient, award.recorded_by) == ("district", "collective", coordinator)


def test_award_new_links_the_officer_of_the_name(client_of, coordinator, two_party_cluster):
    officer = make_officer(unit=two_party_cluster.unit, name="Nguyễn Văn Thuỷ")
    client_of(coordinator).post(ADDRESS, award_entry(recipient="individual", name="nguyễn văn thủy"))
    assert Award.objects.get().officer == officer


def test_award_new_stores_a_double_submit_once(client_of, coordinator):
    client, entry = client_of(coordinator), award_entry()
    assert [client.post(ADDRESS, entry).status_code for _ in range(2)] == [302, 302]
    assert Award.objects.count() == 1


def test_award_new_keeps_other_content_of_a_known_form(client_of, coordinator):
    client, entry = client_of(coordinator), award_entry()
    client.post(ADDRESS, entry)
    response = client.post(ADDRESS, entry | {"name": "Tập thể khác"})
    assert (response.status_code, field_text(response, "name")) == (409, "Tập thể khác")
    assert Award.objects.get().name == entry["name"]


def test_award_new_says_that_the_record_was_deleted(client_of, coordinator):
    client, entry = client_of(coordinator), award_entry()
    client.post(ADDRESS, entry)
    Award.objects.update(deleted_at=timezone.now())
    assert client.post(ADDRESS, entry).status_code == 410


def test_award_new_refuses_an_award_twice(client_of, coordinator):
    client = client_of(coordinator)
    client.post(ADDRESS, award_entry())
    response = client.post(ADDRESS, award_entry(name="Công  an xã Sen Thủy "))
    assert (response.status_code, len(response.context["form"].non_field_errors())) == (422, 1)
    assert Award.objects.count() == 1


def test_award_new_takes_an_award_anew_that_was_deleted(client_of, coordinator, two_party_cluster):
    entry = award_entry()
    make_award(
        cluster=two_party_cluster.cluster,
        decision_number=entry["decision_number"],
        name=entry["name"],
        deleted_at=timezone.now(),
    )
    assert client_of(coordinator).post(ADDRESS, entry).status_code == 302


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("decision_number", ""),
        ("decided_on", "15/13/2017"),
        ("decided_on", "2999-01-01"),
        ("form", "x" * 101),
        ("level", "world"),
        ("recipient", ""),
        ("name", ""),
        ("name", "Nguyễn Văn A, 0912345678"),
        ("unit", "x"),
        ("achievement", "Bắt đối tượng CMND 194123456"),
    ],
)
def test_award_new_refuses_and_writes_nothing(client_of, coordinator, field, value):
    response = client_of(coordinator).post(ADDRESS, award_entry(**{field: value}))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not Award.objects.exists()


def test_award_new_keeps_refused_text(client_of, coordinator):
    response = client_of(coordinator).post(ADDRESS, award_entry(achievement="Tài liệu MẬT"))
    assert field_text(response, "achievement") == "Tài liệu MẬT"


def test_award_new_takes_and_offers_no_unit_of_another_cluster(client_of, coordinator, outsider):
    unit = outsider.postings.get().unit
    response = client_of(coordinator).post(ADDRESS, award_entry(unit=unit.pk))
    assert list(response.context["form"].errors) == ["unit"]
    assert unit.name not in str(response.context["form"]["unit"])


def test_award_new_links_no_officer_of_another_cluster(client_of, coordinator, outsider):
    make_officer(unit=outsider.postings.get().unit, name="Nguyễn Văn A")
    client_of(coordinator).post(ADDRESS, award_entry(recipient="individual", name="Nguyễn Văn A"))
    assert Award.objects.get().officer is None


def test_award_new_needs_a_session(client, two_party_cluster):
    assert client.post(ADDRESS, award_entry())["Location"].startswith("/accounts/login/")
    assert not Award.objects.exists()


def test_award_new_does_not_exist_for_an_outsider(client_of, outsider, two_party_cluster):
    assert client_of(outsider).post(ADDRESS, award_entry()).status_code == 404


@pytest.mark.parametrize("reader", ["recorder", "leader", "observer"])
def test_award_new_is_forbidden_to_others(request, client_of, reader, two_party_cluster):
    assert client_of(request.getfixturevalue(reader)).post(ADDRESS, award_entry()).status_code == 403
    assert not Award.objects.exists()


def test_award_new_refuses_other_methods(client_of, coordinator):
    assert client_of(coordinator).put(ADDRESS).status_code == 405
