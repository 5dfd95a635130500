"""Text is stored in NFC and found without marks (security.md 26)."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cluster.fields import fold, nfc
from cluster.models import AdministrativeUnit, Cluster, Force
from cluster.official_units import load_official_units
from cluster.tests.factories import make_administrative_unit, make_cluster, make_force


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("Xã Ngư Thủy ", "Xã Ngư Thủy"),
        ("  Sen \t Thủy  ", "Sen Thủy"),
        ("Sen\u00a0Thủy", "Sen Thủy"),
        ("một\r\nhai\rba", "một\nhai\nba"),
        ("một \n\n  hai", "một\n\nhai"),
        ("\n một \n", "một"),
        ("", ""),
        (" \n ", ""),
    ],
)
def test_nfc_trims_lines_and_blanks(typed, stored):
    assert nfc(typed) == stored


@pytest.mark.parametrize("word", ["Thủy", "Hưng Thủy", "Đồng Hới", "Bến Quan", "tuần tra chung"])
def test_nfc_puts_letters_and_marks_together(word):
    assert nfc(unicodedata.normalize("NFD", word)) == unicodedata.normalize("NFC", word)


@given(st.text())
def test_nfc_is_the_same_the_second_time(text):
    assert nfc(nfc(text)) == nfc(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Thủy", "Thuỷ"),
        ("Hòa", "Hoà"),
        ("Thủy", unicodedata.normalize("NFD", "Thủy")),
        ("Điện Biên", "dien bien"),
        ("ĐỒN ĐIỀN", "đồn điền"),
        ("VĨNH LINH", "vinh linh"),
        ("Lệ  Thủy", "le thuy"),
        ("Ngư Thủy Bắc", "ngu thuy bac"),
        ("Nguyễn Ước", "nguyen uoc"),
    ],
)
def test_fold_makes_spellings_alike(one, other):
    assert fold(one) == fold(other)


@pytest.mark.parametrize(("one", "other"), [("Vĩnh Linh", "Vĩnh Ninh"), ("Cam Thủy", "Kim Thủy"), ("457", "456")])
def test_fold_keeps_other_names_apart(one, other):
    assert fold(one) != fold(other)


@given(st.text())
def test_fold_is_the_same_the_second_time(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_fold_does_not_mind_the_form_of_letters(text):
    assert fold(unicodedata.normalize("NFD", text)) == fold(unicodedata.normalize("NFC", text))


@pytest.mark.django_db
def test_line_is_stored_in_nfc_by_every_way_of_writing():
    decomposed = unicodedata.normalize("NFD", "Dân  quân ")
    saved = make_force(name=decomposed)
    Force.objects.bulk_create([Force(name=unicodedata.normalize("NFD", "Dân phòng "))])
    assert saved.name == "Dân quân"
    assert sorted(Force.objects.values_list("name", flat=True)) == ["Dân phòng", "Dân quân"]
    assert Force.objects.filter(name=decomposed).exists()
    Force.objects.update(note=decomposed)
    assert set(Force.objects.values_list("note", flat=True)) == {"Dân quân"}


@pytest.mark.django_db
def test_folded_copy_follows_its_fields():
    cluster = make_cluster(name="Cụm Lệ Thủy", aliases="Cụm liên hoàn\nĐiểm sáng")
    assert cluster.search == "cum le thuy cum lien hoan diem sang"
    cluster.name = "Cụm khác"
    cluster.save()
    assert Cluster.objects.get().search == "cum khac cum lien hoan diem sang"


@pytest.mark.django_db
def test_folded_copy_is_cut_to_its_column():
    cluster = make_cluster(aliases="Đ " * 2000)
    assert len(cluster.search) == 1000


@pytest.mark.django_db
def test_history_keeps_the_folded_copy_of_its_time():
    unit = make_administrative_unit(name="Sen Thủy", code="19312")
    unit.name = "Sen Ngư"
    unit.save()
    assert list(unit.history.values_list("search", flat=True)) == ["19312 xa sen ngu", "19312 xa sen thuy"]


@pytest.mark.django_db
@pytest.mark.parametrize("typed", ["Sen Thuỷ", "thuy sen", "SEN THỦY", "xã sen", "19312"])
def test_matching_finds_every_word_in_any_order(typed):
    load_official_units()
    assert AdministrativeUnit.objects.matching(typed).filter(name="Sen Thủy").count() == 1


@pytest.mark.django_db
def test_matching_takes_signs_of_patterns_as_they_are():
    make_force(name="100% quân số")
    make_force(name="1000 quân số")
    assert [force.name for force in Force.objects.matching("100%")] == ["100% quân số"]
