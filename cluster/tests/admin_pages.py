"""How a test uses a page of Django admin: as it stands, with a few entries changed."""

import re
from typing import Any

from bs4 import BeautifulSoup, Tag
from django.contrib import admin
from django.db.models import Model
from django.test import Client
from django.urls import reverse


def models_with_a_page(app: str) -> list[type[Model]]:
    found = [model for model in admin.site._registry if model._meta.app_label == app]
    return sorted(found, key=lambda model: model.__name__)


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


def assert_opens_without_inline_code(client: Client, row: Model) -> None:
    """The list, a search in it, and the pages of the row hold nothing that the content security policy forbids."""
    model = type(row)
    paths = [address(model, "changelist"), address(model, "changelist") + "?q=Thuỷ", address(model, "add")]
    for path in [*paths, address(model, "change", row.pk), address(model, "history", row.pk)]:
        answer = client.get(path)
        assert answer.status_code == 200, path
        assert soup_of(answer).select("style, [style], script:not([src]):not([type='application/json'])") == []


def assert_cannot_be_deleted(client: Client, row: Model) -> None:
    """Neither on a page of its own, nor from the list, nor as a line of another page."""
    model = type(row)
    assert client.post(address(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    run_action(client, model, "delete_selected", row)
    page = soup_of(client.get(address(model, "change", row.pk)))
    assert page.select("[name$='-DELETE'], .deletelink") == []
    assert model._default_manager.filter(pk=row.pk).exists()


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
