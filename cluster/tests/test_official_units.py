"""The official lists: complete, read by code and time, and never over an administrator's edit."""

import csv
import datetime as dt
from collections.abc import Iterator
from typing import Any

import pytest
from django.db.models import Model

from cluster.models import UNKNOWN_START, AdministrativeUnit, BorderPair, Force, PoliceUnit, UnitSuccession
from cluster.official_units import DATA, Loaded, load_official_units
from cluster.tests.factories import make_administrative_unit, make_user

pytestmark = pytest.mark.django_db

Kind = AdministrativeUnit.Kind
IN_2017 = dt.date(2017, 6, 1)
IN_2021 = dt.date(2021, 1, 1)
IN_2025 = dt.date(2025, 7, 1)
LOADED = (AdministrativeUnit, UnitSuccession, Force, PoliceUnit, BorderPair)


@pytest.fixture
def loaded(db: None) -> Loaded:
    return load_official_units()


def listed(name: str) -> list[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def unit(code: str, day: dt.date) -> AdministrativeUnit:
    return AdministrativeUnit.objects.valid_on(day).get(code=code)


def commune_count(district: str, day: dt.date) -> int:
    return AdministrativeUnit.objects.valid_on(day).filter(parent__code=district).count()


def contents() -> Iterator[Any]:
    for model in LOADED:
        yield from model._default_manager.order_by("pk").values()
        yield from model.history.order_by("pk").values()


def test_load_adds_every_listed_row(loaded: Loaded) -> None:
    units, successions, forces = map(listed, ("admin_units.csv", "unit_successions.csv", "forces.csv"))
    assert loaded == Loaded(units=len(units), successions=58, forces=len(forces), police_units=73, border_pairs=15)
    assert len(successions) == UnitSuccession.objects.count() == 58
    assert AdministrativeUnit.objects.count() == len(units)


def test_load_keeps_names_codes_and_dates_as_listed(loaded: Loaded) -> None:
    stored = AdministrativeUnit.objects.values_list("code", "name", "valid_from", "valid_to")
    assert set(stored) == {
        (
            row["code"],
            row["name"],
            dt.date.fromisoformat(row["valid_from"] or "1900-01-01"),
            dt.date.fromisoformat(row["valid_to"]) if row["valid_to"] else None,
        )
        for row in listed("admin_units.csv")
    }


def test_load_links_each_succession_as_listed(loaded: Loaded) -> None:
    stored = UnitSuccession.objects.values_list("effective_date", "old__name", "old__code", "new__name")
    assert set(stored) == {
        (dt.date.fromisoformat(row["effective_date"]), row["old_name"], row["old_code"], row["new_name"])
        for row in listed("unit_successions.csv")
    }


def test_load_keeps_each_common_border_with_its_range(loaded: Loaded) -> None:
    def told(day: dt.date) -> dict[str, str]:
        return {str(pair): pair.length for pair in BorderPair.objects.valid_on(day).select_related("one", "other")}

    assert told(IN_2017) == {
        "xã Ngư Thủy Nam – xã Vĩnh Thái": "0,5–1,2 km",
        "xã Sen Thủy – xã Vĩnh Thái": "0–0,7 km",
        "xã Sen Thủy – xã Vĩnh Tú": "2,4 km",
        "xã Sen Thủy – xã Vĩnh Chấp": "10,8 km",
        "xã Thái Thủy – xã Vĩnh Chấp": "2,7 km",
        "xã Thái Thủy – xã Vĩnh Khê": "0,7–1,2 km",
        "xã Kim Thủy – xã Vĩnh Khê": "4,6–7 km",
        "xã Kim Thủy – xã Vĩnh Hà": "12,9–15,3 km",
        "xã Kim Thủy – xã Vĩnh Ô": "18,7–19,4 km",
    }
    assert set(told(IN_2021)) == set(told(IN_2017)) - {"xã Ngư Thủy Nam – xã Vĩnh Thái"} | {
        "xã Ngư Thủy – xã Vĩnh Thái"
    }
    assert told(IN_2025) == {
        "xã Sen Ngư – xã Vĩnh Linh": "10,9 km",
        "xã Sen Ngư – xã Vĩnh Hoàng": "4 km",
        "xã Tân Mỹ – xã Vĩnh Linh": "3,2 km",
        "xã Tân Mỹ – xã Bến Quan": "1 km",
        "xã Kim Ngân – xã Bến Quan": "39,3 km",
    }


def test_load_says_how_sure_a_border_is(loaded: Loaded) -> None:
    pairs = {str(pair): pair for pair in BorderPair.objects.valid_on(IN_2017)}
    assert pairs["xã Sen Thủy – xã Vĩnh Thái"].confidence == "low"
    assert pairs["xã Ngư Thủy Nam – xã Vĩnh Thái"].note == "đầu đoạn phía biển"
    assert "Trầm Kỳ" in pairs["xã Sen Thủy – xã Vĩnh Chấp"].method


def test_second_load_keeps_a_border_that_was_put_right(loaded: Loaded) -> None:
    BorderPair.objects.update(shortest_km=1, longest_km=2)
    assert load_official_units().border_pairs == 0


@pytest.mark.parametrize("model", LOADED)
def test_loaded_rows_pass_their_own_checks(loaded: Loaded, model: type[Model]) -> None:
    for row in model._default_manager.all():
        row.full_clean()


def test_second_load_changes_nothing(loaded: Loaded) -> None:
    before = list(contents())
    assert load_official_units() == Loaded(units=0, successions=0, forces=0, police_units=0, border_pairs=0)
    assert list(contents()) == before


def test_load_names_who_answers_in_the_history() -> None:
    user = make_user()
    load_official_units(by=user)
    for model in LOADED:
        history = model.history.values_list("history_user", "history_type")
        assert set(history) == {(user.pk, "+")}


def test_second_load_keeps_an_edit(loaded: Loaded) -> None:
    edited = unit("19312", IN_2017)
    edited.name, edited.legal_basis = "Sen Thủy (sửa)", ""
    edited.save()
    assert load_official_units().units == 0
    assert unit("19312", IN_2017).name == "Sen Thủy (sửa)"


def test_second_load_does_not_bring_an_old_name_back(loaded: Loaded) -> None:
    force, police = Force.objects.get(name="Dân quân"), PoliceUnit.objects.get(name="Công an xã Sen Thủy")
    force.name, police.name = "Dân quân tự vệ", "Ban Công an xã Sen Thủy"
    force.save()
    police.save()
    assert load_official_units() == Loaded(units=0, successions=0, forces=0, police_units=0, border_pairs=0)


def test_second_load_keeps_a_succession_that_was_put_right(loaded: Loaded) -> None:
    succession = UnitSuccession.objects.get(old=unit("19312", IN_2017))
    succession.new = unit("19291", IN_2025)
    succession.save()
    assert load_official_units().successions == 0


def test_load_goes_round_a_unit_that_is_already_known() -> None:
    """An administrator knew the real start of Sen Thủy before the list was loaded."""
    known = make_administrative_unit(
        code="19312", name="Sen Thủy", valid_from=dt.date(1995, 1, 1), valid_to=dt.date(2025, 6, 30)
    )
    loaded = load_official_units()
    assert loaded.units == len(listed("admin_units.csv")) - 1
    assert UnitSuccession.objects.get(old=known).new == unit("19288", IN_2025)
    assert known.police_units.get().valid_from == dt.date(1995, 1, 1)


# facts.md 5.2, 5.3


@pytest.mark.parametrize(
    ("district", "day", "communes"),
    [("457", IN_2017, 28), ("464", IN_2017, 22), ("457", IN_2021, 26), ("464", IN_2021, 18)],
)
def test_district_has_its_communes_of_the_day(loaded: Loaded, district: str, day: dt.date, communes: int) -> None:
    assert commune_count(district, day) == communes


def test_twelve_communes_follow_in_2025(loaded: Loaded) -> None:
    predecessors = UnitSuccession.objects.filter(effective_date=IN_2025, old__parent__code__in=("457", "464"))
    new = AdministrativeUnit.objects.valid_on(IN_2025).filter(
        pk__in=predecessors.values("new"), parent=unit("44", IN_2025)
    )
    assert new.count() == 12
    assert predecessors.count() == 26 + 18


# facts.md 5.4, trap by trap


def test_trap_1_code_44_is_another_province_from_2025(loaded: Loaded) -> None:
    assert (unit("44", IN_2017).name, unit("44", IN_2025).name) == ("Quảng Bình", "Quảng Trị")
    assert unit("457", IN_2017).parent == unit("44", IN_2017)
    assert unit("19288", IN_2025).parent == unit("44", IN_2025)
    assert not AdministrativeUnit.objects.valid_on(IN_2025).filter(code="45").exists()


def test_trap_2_new_vinh_thuy_bears_the_code_of_vinh_lam(loaded: Loaded) -> None:
    assert (unit("19405", IN_2017).name, unit("19402", IN_2017).name) == ("Vĩnh Lâm", "Vĩnh Thủy")
    assert unit("19405", IN_2025).name == "Vĩnh Thủy"
    assert not AdministrativeUnit.objects.valid_on(IN_2025).filter(code="19402").exists()


@pytest.mark.parametrize("name", ["Lệ Thủy", "Vĩnh Linh", "Quảng Ninh"])
def test_trap_3_a_commune_bears_the_name_of_the_abolished_district(loaded: Loaded, name: str) -> None:
    units = AdministrativeUnit.objects.filter(name=name)
    assert units.valid_on(IN_2017).get().kind == Kind.DISTRICT
    assert units.valid_on(IN_2025).get().kind == Kind.COMMUNE


@pytest.mark.parametrize(
    ("code", "name", "spans"),
    [
        ("19321", "Trường Thủy", [(UNKNOWN_START, Kind.COMMUNE), (dt.date(2020, 2, 1), Kind.COMMUNE)]),
        (
            "19414",
            "Cửa Tùng",
            [
                (dt.date(2009, 8, 15), Kind.TOWNSHIP),
                (dt.date(2020, 1, 1), Kind.TOWNSHIP),
                (IN_2025, Kind.COMMUNE),
            ],
        ),
        ("19366", "Bến Quan", [(UNKNOWN_START, Kind.TOWNSHIP), (IN_2025, Kind.COMMUNE)]),
    ],
)
def test_trap_4_a_kept_code_and_name_is_still_another_unit(
    loaded: Loaded, code: str, name: str, spans: list[tuple[dt.date, str]]
) -> None:
    units = AdministrativeUnit.objects.filter(code=code, name=name).order_by("valid_from")
    assert list(units.values_list("valid_from", "kind")) == spans


def test_trap_5_my_thuy_of_le_thuy_ends_in_2025(loaded: Loaded) -> None:
    my_thuy = AdministrativeUnit.objects.get(name="Mỹ Thủy")
    assert (my_thuy.code, my_thuy.parent) == ("19303", unit("457", IN_2017))
    assert my_thuy.valid_to == dt.date(2025, 6, 30)


# Police units and forces


@pytest.mark.parametrize(
    ("name", "valid_from", "valid_to"),
    [
        ("Công an huyện Lệ Thủy", UNKNOWN_START, dt.date(2025, 2, 28)),
        ("Công an xã Sen Thủy", UNKNOWN_START, dt.date(2025, 6, 30)),
        ("Công an thị trấn Bến Quan", UNKNOWN_START, dt.date(2025, 6, 30)),
        ("Công an thị trấn Nông trường Lệ Ninh", UNKNOWN_START, dt.date(2025, 6, 30)),
        ("Công an xã Trung Nam", dt.date(2020, 1, 1), dt.date(2025, 6, 30)),
        ("Công an xã Sen Ngư", IN_2025, None),
    ],
)
def test_police_unit_is_named_and_dated(
    loaded: Loaded, name: str, valid_from: dt.date, valid_to: dt.date | None
) -> None:
    police = PoliceUnit.objects.get(name=name)
    assert (police.valid_from, police.valid_to) == (valid_from, valid_to)


def test_each_district_and_commune_has_one_police_unit(loaded: Loaded) -> None:
    places = AdministrativeUnit.objects.exclude(kind=Kind.PROVINCE)
    assert sorted(PoliceUnit.objects.values_list("administrative_unit", flat=True)) == sorted(
        places.values_list("pk", flat=True)
    )


@pytest.mark.parametrize(
    ("name", "valid_from", "valid_to"),
    [
        ("Công an xã", UNKNOWN_START, None),
        ("Công an xã bán chuyên trách", dt.date(2009, 7, 1), dt.date(2024, 6, 30)),
        ("Công an xã chính quy", dt.date(2018, 1, 1), None),
        ("Công an huyện", UNKNOWN_START, dt.date(2025, 2, 28)),
        ("Bảo vệ dân phố", UNKNOWN_START, dt.date(2024, 6, 30)),
        ("Dân phòng", UNKNOWN_START, dt.date(2024, 6, 30)),
        ("Lực lượng tham gia bảo vệ an ninh, trật tự ở cơ sở", dt.date(2024, 7, 1), None),
        ("Tổ bảo vệ an ninh, trật tự", dt.date(2024, 7, 1), None),
    ],
)
def test_force_is_dated(loaded: Loaded, name: str, valid_from: dt.date, valid_to: dt.date | None) -> None:
    force = Force.objects.get(name=name)
    assert (force.valid_from, force.valid_to) == (valid_from, valid_to)
    assert force.note
