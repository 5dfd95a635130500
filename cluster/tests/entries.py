"""What a browser sends of the form of a register's record."""

import uuid
from typing import Any

from bs4 import BeautifulSoup

from cluster.models import InformationExchange
from cluster.models.records import RegisterRecord

# The least that each form takes; what names other rows is given by the test.
_LEAST: dict[type[RegisterRecord], dict[str, Any]] = {
    InformationExchange: {"exchanged_on": "2017-06-01", "channel": "telephone", "subject": "situation"},
}


def register_entry(model: type[RegisterRecord], **entered: Any) -> dict[str, Any]:
    return {"client_id": str(uuid.uuid4()), **_LEAST[model], **entered}


def field_text(response: Any, name: str) -> str:
    """What the form of the page holds in a field."""
    found = BeautifulSoup(response.content, "html.parser").select_one(f"main form [name={name}]")
    if found is None:
        raise LookupError(name)
    return found.get_text() if found.name == "textarea" else str(found.get("value", ""))
