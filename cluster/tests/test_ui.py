import datetime as dt

import pytest
from bs4 import BeautifulSoup
from django import forms
from django.core.paginator import Paginator
from django.template.loader import render_to_string
from django.test import RequestFactory

from cluster.models import UNKNOWN_START
from cluster.templatetags.ui import date_or_unknown, first_sentence, rest


@pytest.mark.parametrize(
    ("day", "shown"), [(dt.date(2017, 1, 5), "05/01/2017"), (UNKNOWN_START, "Chưa rõ"), (None, "")]
)
def test_date_or_unknown(day, shown):
    assert date_or_unknown(day) == shown


@pytest.mark.parametrize(
    ("notice", "open_part", "folded_part"),
    [
        ("Số liệu mẫu", "Số liệu mẫu", ""),
        ("Số liệu mẫu. Từ 01/7/2025 khác.", "Số liệu mẫu.", "Từ 01/7/2025 khác."),
        ("Dòng một\nDòng hai", "Dòng một", "Dòng hai"),
    ],
)
def test_notice_opens_with_its_first_sentence(notice, open_part, folded_part):
    assert (first_sentence(notice), rest(notice)) == (open_part, folded_part)


class PatrolForm(forms.Form):
    route = forms.CharField(help_text="Where", required=True)
    state = forms.ChoiceField(choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    joint = forms.BooleanField(required=False)
    version = forms.IntegerField(widget=forms.HiddenInput)

    def clean(self):
        self.add_error(None, "Both sides are needed")


def field(name, data=None):
    return BeautifulSoup(PatrolForm(data)[name].as_field_group(), "html.parser")


def test_field_has_label_help_and_input_tied_together():
    route = field("route")
    assert route.label["for"] == route.input["id"]
    assert route.input["aria-describedby"] == route.select_one(".helptext")["id"]


def test_field_with_an_error_is_tied_to_it():
    route = field("route", {})
    assert route.input["aria-invalid"] == "true"
    assert route.select_one(".errorlist")["id"] in route.input["aria-describedby"].split()


def test_field_of_several_inputs_is_a_fieldset():
    assert field("state").legend.text.split() == ["State", "*"]


def test_checkbox_stands_before_its_label():
    assert [tag.name for tag in field("joint").div.find_all(["input", "label"])] == ["input", "label"]


def test_hidden_field_has_no_label():
    assert [tag.name for tag in field("version").find_all()] == ["input"]


def test_form_errors_lead_to_their_fields():
    summary = BeautifulSoup(render_to_string("_form_errors.html", {"form": PatrolForm({})}), "html.parser")
    assert summary.select("div")[0]["role"] == "alert"
    assert summary.select("li")[0].text == "Both sides are needed"
    assert [link["href"] for link in summary.select("a")] == ["#id_route", "#id_state"]


def test_form_errors_of_an_untouched_form_are_nothing():
    assert render_to_string("_form_errors.html", {"form": PatrolForm()}).strip() == ""


def test_pagination_keeps_the_filter():
    request = RequestFactory().get("/", {"q": "Sen Thủy", "page": "2"})
    page = Paginator(range(30), 10).page(2)
    links = BeautifulSoup(render_to_string("_pagination.html", {"page": page}, request), "html.parser").select("a")
    assert [link["href"] for link in links] == [f"?q=Sen+Th%E1%BB%A7y&page={number}" for number in (1, 3)]
