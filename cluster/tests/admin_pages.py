"""How a test uses a page of Django admin: as it stands, with a few entries changed."""

import re
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse

MODELS = sorted(admin.site._registry, key=lambda model: model._meta.label)


def address(model: type[Model], page: str, *args: Any) -> str:
    return reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_{page}", args=args)


def soup_of(response: Any) -> BeautifulSoup:
    return BeautifulSoup(response.content, "html.parser")


def submit(client: Client, path: str, **changes: Any) -> Any:
    """Post the form of the page with these entries changed; an inline's are named as in ``postings-0-role``."""
    page = soup_of(client.get(path))
    entries = {field["name"]: _entry(field) for field in page.select("#content form [name]") if _counts(field)}
    entries |= {name.replace("__", "-"): value for name, value in changes.items()}
    return client.post(path, {name: value for name, value in entries.items() if value is not None})


def _counts(field: Tag) -> bool:
    ticked = field.get("type") != "checkbox" or field.has_attr("checked")
    return ticked and field.get("type") != "submit" and "__prefix__" not in field["name"]


def _entry(field: Tag) -> str:
    if field.name == "select":
        chosen = field.select_one("option[selected]")
        return str(chosen["value"]) if chosen else ""
    if field.name == "textarea":
        return field.text.removeprefix("\n")
    return str(field.get("value", ""))


def run_action(client: Client, model: type[Model], action: str, *rows: Model) -> Any:
    """Choose the rows in the list and run the action, following to the page that tells what it did."""
    chosen = {"action": action, "_selected_action": [row.pk for row in rows]}
    return client.post(address(model, "changelist"), chosen, follow=True)


def messages_of(response: Any) -> list[str]:
    return [item.text for item in soup_of(response).select(".messagelist li")]


def errors_of(response: Any) -> dict[str, list[str]]:
    """The errors by the field they stand at; "" for those of no field."""
    found: dict[str, list[str]] = {}
    for errors in soup_of(response).select(".errorlist"):
        row = errors.find_parent(class_=re.compile("^field-"))
        names = [name[6:] for name in (row["class"] if row else ()) if name.startswith("field-")]
        found.setdefault(" ".join(names), []).extend(item.text for item in errors.select("li"))
    return found
