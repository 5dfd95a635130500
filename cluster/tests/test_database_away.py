"""A database that does not answer is told apart from a fault of ours: the phone tries again, the reader knows why."""

import logging

import pytest
from django.db import OperationalError, connection


@pytest.fixture
def away():
    """Every question is refused as SQLite refuses it after a minute behind other writers."""

    def refuse(execute, sql, params, many, context):
        if "patrols_campaign" in sql:
            raise OperationalError("database is locked")
        return execute(sql, params, many, context)

    with connection.execute_wrapper(refuse):
        yield


@pytest.mark.usefixtures("away")
def test_database_that_is_locked_is_a_503(client_of, recorder, caplog):
    with caplog.at_level(logging.ERROR, logger="cluster.middleware"):
        response = client_of(recorder).get("/clusters/cum-thu/patrols/new/")
    assert (response.status_code, response["Retry-After"]) == (503, "30")
    assert "Máy chủ đang bận" in response.content.decode()
    assert "move to PostgreSQL" in caplog.text


@pytest.mark.usefixtures("away")
def test_queue_is_told_to_keep_its_text(client_of, recorder):
    headers = {"Accept": "application/json", "X-Content-Hash": "0" * 64}
    path = "/clusters/cum-thu/campaigns/"
    response = client_of(recorder).get(path, headers=headers)
    assert (response.status_code, response.json()) == (503, {"state": "unavailable"})
