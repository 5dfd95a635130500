"""Units, clusters and catalogues in Django admin: found without marks, closed by a date, known by code and time."""

import datetime as dt

import pytest
from django.contrib.admin.models import LogEntry
from django.urls import reverse
from django.utils import timezone

from cluster.models import AdministrativeUnit, Cluster, Force, MemberUnit, Officer, Party, PoliceUnit, UnitSuccession
from cluster.official_units import load_official_units
from cluster.tests.admin_pages import address, errors_of, messages_of, run_action, soup_of, submit
from cluster.tests.factories import (
    make_administrative_unit,
    make_force,
    make_member,
    make_officer,
    make_party,
    make_unit,
)

pytestmark = pytest.mark.django_db

IN_2025 = dt.date(2025, 7, 1)


@pytest.fixture
def desk(administrator, client_of):
    """The administrator's browser."""
    return client_of(administrator)


def listed(client, model, **query):
    page = soup_of(client.get(address(model, "changelist"), query))
    return [row.select("th")[0].text for row in page.select("#result_list tbody tr")]


def choices(client, model, field, term):
    query = {"app_label": "cluster", "model_name": model._meta.model_name, "field_name": field, "term": term}
    return [row["text"] for row in client.get(reverse("admin:autocomplete"), query).json()["results"]]


# Searching and telling apart


@pytest.mark.parametrize("typed", ["cua tung", "CỬA TÙNG", "cửa tùng", "Cửa  Tùng", "19414"])
def test_search_ignores_marks_case_and_blanks(desk, typed):
    load_official_units()
    found = listed(desk, AdministrativeUnit, q=typed)
    assert sorted(found) == ["thị trấn Cửa Tùng", "thị trấn Cửa Tùng", "xã Cửa Tùng"]


@pytest.mark.parametrize("typed", ["Sen Thuỷ", "sen thủy", "sen thuy"])
def test_search_ignores_where_the_tone_mark_stands(desk, typed):
    load_official_units()
    assert listed(desk, PoliceUnit, q=typed) == ["Công an xã Sen Thủy"]


@pytest.mark.parametrize("typed", ["dien bien", "Điện Biên", "ĐIỆN"])
def test_search_takes_d_for_đ_in_names_of_parties(desk, typed):
    make_party(name="Huyện Điện Biên")
    make_party(name="Huyện Khác")
    assert listed(desk, Party, q=typed) == ["Huyện Điện Biên"]


def test_choices_tell_namesakes_apart(desk):
    load_official_units()
    assert choices(desk, MemberUnit, "unit", "thi tran cua tung") == [
        "Công an thị trấn Cửa Tùng · 15/08/2009 – 31/12/2019",
        "Công an thị trấn Cửa Tùng · 01/01/2020 – 30/06/2025",
    ]
    found = choices(desk, PoliceUnit, "administrative_unit", "tinh quang tri")
    assert [text.split(" · ")[1] for text in found] == ["45", "44"]


@pytest.mark.parametrize(
    ("valid", "names"),
    [("today", ["Nay"]), ("past", ["Xưa"]), ("future", ["Mai sau"]), ("", ["Mai sau", "Nay", "Xưa"])],
)
def test_list_filters_by_validity(desk, valid, names):
    make_force(name="Xưa", valid_to=dt.date(2024, 6, 30))
    make_force(name="Nay", valid_to=timezone.localdate())
    make_force(name="Mai sau", valid_from=timezone.localdate() + dt.timedelta(days=1))
    assert listed(desk, Force, valid=valid) == names


def test_list_says_that_a_start_is_unknown(desk):
    make_force(valid_to=dt.date(2024, 6, 30))
    row = soup_of(desk.get(address(Force, "changelist"))).select("#result_list tbody tr")[0].text
    assert "1900" not in row
    assert "30/06/2024" in row


# Administrative units and successions


def test_code_of_a_unit_with_police_is_read_only(desk):
    unit = make_administrative_unit(code="19312", name="Sen Thủy")
    make_unit(administrative_unit=unit)
    submit(desk, address(AdministrativeUnit, "change", unit.pk), code="1", valid_from="01/01/2000", name="Sen Thuỷ 2")
    unit.refresh_from_db()
    assert (unit.code, unit.valid_from, unit.name) == ("19312", dt.date(1900, 1, 1), "Sen Thuỷ 2")


def test_code_of_a_unit_with_a_succession_is_read_only(desk):
    load_official_units()
    province = AdministrativeUnit.objects.get(code="45")
    page = soup_of(desk.get(address(AdministrativeUnit, "change", province.pk)))
    assert page.select("[name=code], [name=valid_from]") == []


def test_code_of_a_unit_nobody_refers_to_can_be_mended(desk):
    unit = make_administrative_unit(code="1931")
    submit(desk, address(AdministrativeUnit, "change", unit.pk), code="19312")
    unit.refresh_from_db()
    assert unit.code == "19312"


def test_unit_that_shares_code_and_time_is_refused_at_the_code(desk):
    make_administrative_unit(code="19312")
    answer = submit(desk, address(AdministrativeUnit, "add"), code="19312", name="Trùng", kind="commune")
    assert list(errors_of(answer)) == ["code"]
    assert not AdministrativeUnit.objects.filter(name="Trùng").exists()


def test_days_are_read_day_first(desk):
    submit(desk, address(AdministrativeUnit, "add"), code="1", name="Mới", kind="commune", valid_from="01/07/2025")
    assert AdministrativeUnit.objects.get(code="1").valid_from == IN_2025


def test_succession_that_does_not_fit_the_dates_is_refused_at_the_unit(desk):
    old, new = make_administrative_unit(), make_administrative_unit(valid_from=IN_2025)
    answer = submit(
        desk,
        address(UnitSuccession, "add"),
        old=old.pk,
        new=new.pk,
        effective_date="01/07/2025",
        kind="merge",
    )
    assert list(errors_of(answer)) == ["old"]
    assert not UnitSuccession.objects.exists()


# Police units and memberships


def test_police_unit_and_its_membership_are_added_on_one_page(desk, administrator):
    place, party = make_administrative_unit(), make_party()
    submit(
        desk,
        address(PoliceUnit, "add"),
        name="Công an xã Mới",
        administrative_unit=place.pk,
        memberships__0__party=party.pk,
        memberships__0__joined="01/07/2025",
    )
    member = MemberUnit.objects.get(unit__name="Công an xã Mới")
    assert (member.party, member.joined, member.left) == (party, IN_2025, None)
    assert {row.history.get().history_user for row in (member, member.unit)} == {administrator}


def test_police_unit_needs_no_membership(desk):
    submit(desk, address(PoliceUnit, "add"), name="Công an xã Mới", administrative_unit=make_administrative_unit().pk)
    assert not PoliceUnit.objects.get(name="Công an xã Mới").memberships.exists()


def test_membership_that_clashes_is_refused_at_the_party(desk, two_party_cluster):
    unit = two_party_cluster.unit
    path = address(PoliceUnit, "change", unit.pk)
    answer = submit(
        desk,
        path,
        memberships__TOTAL_FORMS="2",
        memberships__1__unit=unit.pk,
        memberships__1__party=two_party_cluster.partner_party.pk,
        memberships__1__joined="01/07/2025",
    )
    assert list(errors_of(answer)) == ["party"]
    assert unit.memberships.count() == 1


def test_memberships_that_clash_with_each_other_on_the_page_are_refused(desk, two_party_cluster):
    parties = two_party_cluster.parties
    new = {f"memberships__{i}__party": party.pk for i, party in enumerate(parties)}
    new |= {f"memberships__{i}__joined": "01/07/2025" for i in range(2)}
    answer = submit(
        desk,
        address(PoliceUnit, "add"),
        name="Công an xã Mới",
        administrative_unit=make_administrative_unit().pk,
        memberships__TOTAL_FORMS="2",
        **new,
    )
    assert answer.status_code == 200
    assert list(errors_of(answer)) == [""]
    assert not PoliceUnit.objects.filter(name="Công an xã Mới").exists()


def test_unit_may_join_two_clusters_at_once(desk):
    unit, other_party = make_member(party=make_party()).unit, make_party()
    submit(desk, address(MemberUnit, "add"), party=other_party.pk, unit=unit.pk, joined="01/07/2025")
    assert unit.memberships.count() == 2


def test_cluster_and_its_parties_are_added_on_one_page(desk):
    submit(
        desk,
        address(Cluster, "add"),
        name="Cụm mới",
        slug="cum-moi",
        parties__0__name="Bên A",
        parties__1__name="Bên B",
        parties__1__position="2",
    )
    assert [party.name for party in Cluster.objects.get(slug="cum-moi").parties.all()] == ["Bên A", "Bên B"]


def test_address_of_a_cluster_stays(desk, two_party_cluster):
    cluster = two_party_cluster.cluster
    submit(desk, address(Cluster, "change", cluster.pk), slug="khac", name="Cụm khác tên")
    cluster.refresh_from_db()
    assert (cluster.slug, cluster.name) == ("cum-thu", "Cụm khác tên")


# Closing


@pytest.mark.parametrize(
    ("make", "field"),
    [
        (make_force, "valid_to"),
        (make_unit, "valid_to"),
        (make_administrative_unit, "valid_to"),
        (make_officer, "active_to"),
        (lambda: make_member(party=make_party()), "left"),
    ],
)
def test_close_today_ends_a_row_and_says_who(desk, administrator, make, field):
    row = make()
    run_action(desk, type(row), "close_today", row)
    row.refresh_from_db()
    assert getattr(row, field) == timezone.localdate()
    assert row.history.latest().history_user == administrator
    assert LogEntry.objects.get().object_id == str(row.pk)


def test_close_today_leaves_what_is_closed(desk):
    force = make_force(valid_to=dt.date(2024, 6, 30))
    run_action(desk, Force, "close_today", force)
    force.refresh_from_db()
    assert force.valid_to == dt.date(2024, 6, 30)


def test_close_today_says_what_it_could_not_close(desk):
    later = make_force(name="Mai sau", valid_from=timezone.localdate() + dt.timedelta(days=1))
    told = messages_of(run_action(desk, Force, "close_today", later))
    later.refresh_from_db()
    assert later.valid_to is None
    assert told[0].startswith("Mai sau: ")


def test_log_of_officers_keeps_no_name(desk):
    unit = make_unit()
    submit(desk, address(Officer, "add"), name="Nguyễn Văn Thử", unit=unit.pk)
    officer = Officer.objects.get()
    submit(desk, address(Officer, "change", officer.pk), rank="Đại úy")
    entries = LogEntry.objects.values_list("object_repr", "change_message")
    assert len(entries) == 2
    assert "Thử" not in str(list(entries))
