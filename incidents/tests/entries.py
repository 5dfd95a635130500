"""What a browser posts from the forms and reads from the answers; a test changes what matters to it."""

import uuid
from typing import Any

from bs4 import BeautifulSoup
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from cluster.models import PoliceUnit
from incidents.models import Category


def incident_entry(*, unit: PoliceUnit, category: Category, **changes: Any) -> dict[str, Any]:
    return {
        "client_id": str(uuid.uuid4()),
        "occurred_on": "2017-06-01",
        "category": category.pk,
        "unit": unit.pk,
        "outcome": "received",
        **changes,
    }


def award_entry(**changes: Any) -> dict[str, Any]:
    return {
        "client_id": str(uuid.uuid4()),
        "decision_number": "125/QĐ-UBND",
        "decided_on": "2017-12-15",
        "form": "Giấy khen",
        "recipient": "collective",
        "name": "Công an xã Sen Thủy",
        **changes,
    }


def declared_entry(**changes: Any) -> dict[str, Any]:
    return {
        "metric": "incidents",
        "date_from": "2016-01-01",
        "date_to": "2016-12-31",
        "qualifier": "exact",
        "value": "60",
        **changes,
    }


def field_text(response: Any, name: str) -> str:
    """What the field of the page holds, as the browser would show or send it."""
    field = BeautifulSoup(response.content, "html.parser").find(None, {"name": name})
    return str(field.get("value", "")) if field.name == "input" else field.text.strip("\r\n")


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)
