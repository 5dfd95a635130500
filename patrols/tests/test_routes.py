"""Wordings of routes as two officers write them."""

import pytest

from patrols.likeness import LIKE_ROUTE, OTHER_ROUTE, SAME_ROUTE
from patrols.routes import read_route, route_likeness

HIGHWAY = "Quốc lộ 1A, đoạn Sen Thủy – Vĩnh Chấp"


def likeness(one: str, other: str) -> float | None:
    return route_likeness(read_route(one), read_route(other))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (HIGHWAY, "quoc lo 1a doan sen thuy - vinh chap"),
        (HIGHWAY, "QL1A từ Vĩnh Chấp đến Sen Thuỷ"),
        (HIGHWAY, "QL.1 S.Thủy – V.Chấp"),
        (HIGHWAY, "ql 1a ST-VC"),
        (HIGHWAY, "Sen Thủy, Vĩnh Chấp"),
        ("Đường liên xã Sen Thủy – Vĩnh Tú", "xã Vĩnh Tú đi xã Sen Thủy"),
        ("Thôn Trầm Kỳ (Sen Thủy) – thôn Tân Định (Vĩnh Chấp)", "Tran Ky, tam ky, Tân Định - Trầm Kỳ"),
        ("Tuyến Kim Thủy – Vĩnh Khê – thị trấn Bến Quan", "tt Bến Quan - VKhe - KThuy"),
        ("Đường Hồ Chí Minh qua Kim Thủy", "đường HCM, Kim Thuỷ"),
    ],
)
def test_wordings_of_one_route_are_alike(one, other):
    assert (likeness(one, other) or 0) >= (SAME_ROUTE if "tam ky" not in other else LIKE_ROUTE)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Tuyến 5", "Tuyến 6"),
        ("Quốc lộ 1A", "Quốc lộ 9"),
        ("Tuyến ven biển Ngư Thủy Nam – Vĩnh Thái", "Đường liên xã Sen Thủy – Vĩnh Chấp"),
    ],
)
def test_other_routes_are_not(one, other):
    assert (likeness(one, other) or 0) < OTHER_ROUTE


def test_places_that_share_only_halves_of_their_names_are_not_the_same_route():
    assert (likeness("Sen Thủy – Vĩnh Chấp", "Thái Thủy – Vĩnh Tú") or 0) < SAME_ROUTE


def test_wordings_that_say_nothing_say_nothing():
    assert likeness("Tuyến giáp ranh", HIGHWAY) is None


def test_likeness_has_no_direction():
    assert likeness(HIGHWAY, "QL1A V.Chap") == likeness("QL1A V.Chap", HIGHWAY)
