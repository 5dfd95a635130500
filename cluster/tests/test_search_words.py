"""What a search looks for, and how what it found is shown."""

import pytest

from cluster.fields import foldable, search_words
from cluster.search import excerpt, highlighted


def marked(parts):
    return "".join(f"[{part.text}]" if part.is_hit else part.text for part in parts)


@pytest.mark.parametrize("typed", ["05/BC-BĐH", "5/bc-bdh", "05 / BC - BĐH", "005/BC–BĐH", "số 5/BC-BĐH", "05/bc"])
def test_symbol_is_found_however_it_is_typed(typed):
    stored = foldable("Báo cáo số 05/BC-BĐH ngày 15/12/2017")
    assert [word for word in search_words(typed) if word not in stored] == []


@pytest.mark.parametrize("typed", ["05/BC-BĐH", "5/BC"])
@pytest.mark.parametrize("other", ["15/BC-BĐH", "105/BC-BĐH", "5/KH-BĐH", "ngày 05/12/2017"])
def test_symbol_of_another_number_is_not_found(typed, other):
    assert [word for word in search_words(typed) if word not in foldable(other)] != []


def test_symbol_may_name_its_year():
    assert "#30/2020/nd-cp" in foldable("Nghị định số 30/2020/NĐ-CP")
    assert search_words("30/2020/nđ-cp") == ["#30/2020/nd-cp"]


def test_a_date_is_no_symbol():
    assert search_words("15/12/2017 22/7") == ["15/12/2017", "22/7"]


@pytest.mark.parametrize(
    ("text", "asked", "shown"),
    [
        ("Công an huyện Lệ Thủy", "le thuy", "Công an huyện [Lệ] [Thủy]"),
        ("Công an huyện Lệ Thuỷ", "Thủy", "Công an huyện Lệ [Thuỷ]"),
        ("Đường liên xã", "duong", "[Đường] liên xã"),
        ("Số 05/BC-BĐH, 15/BC-BĐH", "5/bc", "Số [05/BC-BĐH], 15/BC-BĐH"),
        ("tuần tra", "tuan tuan tra", "[tuần] [tra]"),
        ("aaa", "aa a", "[aaa]"),
        ("giữ trật tự, tuần tra chung", "tuan tra", "giữ trật tự, [tuần] [tra] chung"),
        ("giữ trật tự", "tra", "giữ [trậ]t tự"),
        ("<b>đêm</b>", "dem", "<b>[đêm]</b>"),
        ("Không có gì", "khác", "Không có gì"),
    ],
)
def test_words_are_marked_where_they_are_found(text, asked, shown):
    assert marked(highlighted(text, search_words(asked))) == shown


def test_excerpt_stands_around_the_first_hit():
    text = "một hai ba bốn năm sáu bảy tám chín mười " * 4 + "gây rối\ntrật tự " + "và sau đó thì hết " * 20
    shown = marked(excerpt(text, ["roi"]))
    assert shown.startswith("… ")
    assert "gây [rối] trật tự" in shown
    assert shown.endswith(" …")
    assert len(shown) < 220


def test_excerpt_of_no_hit_is_nothing():
    assert excerpt("Quốc lộ 1A", ["khac"]) == []
