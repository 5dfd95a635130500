"""What a form of a register shows is what is stored: sent back as it came, it changes nothing."""

import pytest
from bs4 import BeautifulSoup, Tag

from reports.registers import REGISTERS

pytestmark = pytest.mark.django_db


def as_sent(form: Tag) -> dict[str, list[str]]:
    """The fields of a form as a browser sends them when nothing was touched."""
    sent: dict[str, list[str]] = {}
    for field in form.select("input[name]:not([type=file]), select[name], textarea[name]"):
        sent.setdefault(str(field["name"]), []).extend(_values(field))
    return sent


def _values(field: Tag) -> list[str]:
    if field.name == "textarea":
        return [field.text.removeprefix("\n")]
    if field.name == "select":
        chosen = field.select("option[selected]") or field.select("option")[:1]
        return [str(option.get("value", "")) for option in chosen]
    if field.get("type") in {"checkbox", "radio"} and not field.has_attr("checked"):
        return []
    return [str(field.get("value", ""))]


@pytest.mark.parametrize("register", REGISTERS, ids=lambda register: register.noun)
def test_untouched_form_of_a_register_changes_nothing(register, world):
    record, client = world.rows[register.noun]["recorder"], world.client("coordinator")
    response = client.get(f"{record.get_absolute_url()}edit/")
    form = response.context["form"]
    stored = form.of(record).content()
    entry = as_sent(BeautifulSoup(response.content, "html.parser").select_one("main form.form"))
    answer = client.post(f"{record.get_absolute_url()}edit/", entry | {"reason": ["Rà soát"]})
    assert answer["Location"] == record.get_absolute_url()
    assert form.of(type(record).objects.get(pk=record.pk)).content() == stored
