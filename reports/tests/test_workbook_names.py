import pytest

from cluster.names import Names, nearest, spelling
from reports.workbook.units import bare_name, place_of


def names(*known):
    found: Names[str] = Names()
    for name in known:
        found.add(name, name)
    return found


@pytest.mark.parametrize(("one", "other"), [("Thuỷ", "thủy"), ("Hoà Bình", "hòa  bình"), ("ĐỨC", "đức")])
def test_spelling_ignores_case_and_tone_placement(one, other):
    assert spelling(one) == spelling(other)


@pytest.mark.parametrize(("one", "other"), [("Hòa", "Hóa"), ("Đức", "Dức"), ("Vinh", "Vĩnh")])
def test_spelling_keeps_marks(one, other):
    assert spelling(one) != spelling(other)


def test_name_is_found_as_it_is_spelt_before_it_is_found_without_marks():
    known = names("Vĩnh Hòa", "Vĩnh Hóa")
    assert known.find("vĩnh hoà") == ["Vĩnh Hòa"]
    assert known.find("Vinh Hoa") == ["Vĩnh Hòa", "Vĩnh Hóa"]


@pytest.mark.parametrize(
    ("written", "found"), [("le van hoa", ["Lê Văn Hòa"]), ("Lê Văn Hóa", []), ("Lê Văn Hoà", ["Lê Văn Hòa"])]
)
def test_person_is_never_taken_for_another(written, found):
    assert names("Lê Văn Hòa").find_person(written) == found


def test_nearest_name():
    assert nearest("Sen Thuy", ["Vĩnh Chấp", "Sen Thủy"]) == "Sen Thủy"
    assert nearest("Sen Thuy", {"Sen Thủy": "Công an xã Sen Thủy"}) == "Công an xã Sen Thủy"
    assert nearest("Hà Nội", ["Vĩnh Chấp"]) is None


@pytest.mark.parametrize(
    ("name", "place", "bare"),
    [
        ("Công an xã Sen Thủy", "xã Sen Thủy", "Sen Thủy"),
        ("Ban Công an thị trấn Hồ Xá", "thị trấn Hồ Xá", "Hồ Xá"),
        ("CÔNG AN HUYỆN LỆ THỦY", "HUYỆN LỆ THỦY", "LỆ THỦY"),
        ("Sen Thủy", "Sen Thủy", "Sen Thủy"),
        ("Công an", "Công an", "Công an"),
        ("xã", "xã", "xã"),
        ("TP.HCM", "TP.HCM", "TP.HCM"),
    ],
)
def test_forms_of_a_unit_name(name, place, bare):
    assert (place_of(name), bare_name(name)) == (place, bare)
