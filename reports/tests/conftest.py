import logging
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction

from reports.tests.world import World, make_world


@pytest.fixture(scope="module")
def world_of_module(django_db_setup: None, django_db_blocker: Any) -> Iterator[World]:
    """Made once, in a transaction around those of the tests: they are many, for they walk all pages."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield make_world()
        transaction.set_rollback(True)


@pytest.fixture
def world(world_of_module: World, db: None) -> Iterator[World]:
    # A refusal is an answer here, and Django logs each with its traceback.
    logging.disable(logging.CRITICAL)
    yield world_of_module
    logging.disable(logging.NOTSET)
