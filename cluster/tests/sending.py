"""What the queue of a phone sends, and reads of the answers."""

import hashlib
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlencode

from django.test import Client

FORM = "application/x-www-form-urlencoded"


def body_of(entry: Mapping[str, Any]) -> str:
    return urlencode(entry, doseq=True)


def hash_of(body: str | bytes) -> str:
    return hashlib.sha256(body.encode() if isinstance(body, str) else body).hexdigest()


def send(client: Client, path: str, entry: Mapping[str, Any] | str | bytes, **headers: str) -> Any:
    """One attempt; a header is given as ``X_Sent_At=…``, and the body may be given as it is."""
    body = body_of(entry) if isinstance(entry, Mapping) else entry
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    content_type = given.pop("Content-Type", FORM)
    sent = {"Accept": "application/json", "X-Content-Hash": hash_of(body)} | given
    return client.post(path, body, content_type=content_type, headers=sent)


def may_leave_the_queue(response: Any, entry: Mapping[str, Any]) -> bool:
    """As a phone decides it: an answer of the right status that echoes both the id and the hash."""
    if response.status_code not in (200, 201, 409) or response["Content-Type"] != "application/json":
        return False
    said = response.json()
    return (said.get("client_id"), said.get("content_hash")) == (entry["client_id"], hash_of(body_of(entry)))
