"""What a browser posts to the form of a patrol."""

import datetime as dt
import uuid
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.utils import timezone

from cluster.models import Force, PoliceUnit

LINE_INPUTS = ("unit", "other", "force", "headcount", "names")


def line_entry(
    number: int, *, unit: PoliceUnit | None = None, force: Force | None = None, headcount: object = 3, **more: Any
) -> dict[str, str]:
    """The inputs of one line; ``other``, ``names`` and ``adds`` as they are given."""
    texts = {"unit": unit.pk if unit else "", "force": force.pk if force else "", "headcount": headcount} | more
    return {f"line-{number}-{name}": str(text) for name, text in texts.items()}


def patrol_entry(*lines: dict[str, str], lead: PoliceUnit, **changes: Any) -> dict[str, Any]:
    """A completed patrol of a night in June 2017, 21:00 to 02:00."""
    entry: dict[str, Any] = {
        "client_id": str(uuid.uuid4()),
        "date": "2017-06-01",
        "start": "21:00",
        "end": "02:00",
        "route": "Quốc lộ 1A",
        "lead_unit": str(lead.pk),
        "kind": "joint",
        "status": "completed",
    }
    for line in lines:
        entry |= line
    return entry | changes


def plan_entry(*lines: dict[str, str], lead: PoliceUnit, **changes: Any) -> dict[str, Any]:
    """A patrol planned for the coming week, 21:00 to 02:00."""
    entry: dict[str, Any] = {
        "client_id": str(uuid.uuid4()),
        "date": (timezone.localdate() + dt.timedelta(days=7)).isoformat(),
        "start": "21:00",
        "end": "02:00",
        "route": "Quốc lộ 1A",
        "lead_unit": str(lead.pk),
        "repeat": "none",
    }
    for line in lines:
        entry |= line
    return entry | changes


def page_of(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def first(response: Any, selector: str) -> Tag:
    found = page_of(response).select_one(selector)
    assert found, f"nothing on the page is {selector}"
    return found


def input_of(response: Any, name: str) -> Tag:
    return first(response, f'[name="{name}"]')


def value_of(response: Any, name: str) -> str:
    """What the named input holds: its text, or the chosen option."""
    found = input_of(response, name)
    if found.name == "textarea":
        return found.get_text().strip()
    chosen = found.find("option", selected=True) if found.name == "select" else found
    return str(chosen.get("value", "")) if isinstance(chosen, Tag) else ""


def error_of(response: Any, name: str) -> str:
    """The error at the named input, empty where there is none."""
    found = page_of(response).find(id=f"id_{name}_error")
    return found.get_text(" ", strip=True) if found else ""


def lines_in(response: Any) -> int:
    """The lines of the form, the one for the script left out."""
    page = page_of(response)
    for template in page.find_all("template"):
        template.decompose()
    return len(page.select("[data-line]"))


def inputs_of(response: Any) -> dict[str, str]:
    """What a browser would send of the form as the answer shows it."""
    form = first(response, "[data-patrol-form]")
    for part in form.find_all("template"):
        part.decompose()
    names = {
        str(tag["name"]) for tag in form.select("[name]") if tag.name != "button" and tag.get("type") != "checkbox"
    }
    return {name: value_of(response, name) for name in names}
