"""What waits for a person on the home page. Each part of the project says it of its own rows (reports/waiting.py)."""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise

from cluster.access import Rights

# As many as are named under a heading; the address leads to all.
NAMED = 5


@dataclass(frozen=True)
class Item:
    """One row that waits: ``note`` says since when or until when, ``is_late`` that it is past that."""

    title: str
    address: str
    note: str = ""
    is_late: bool = False


@dataclass(frozen=True)
class Waiting:
    """``count`` rows of a kind wait for the user; the first of them may be named. Of nothing a provider says None."""

    label: str | Promise
    count: int
    address: str
    items: tuple[Item, ...] = ()

    @property
    def is_late(self) -> bool:
        return any(item.is_late for item in self.items)


# Asks a constant number of questions, and scopes them to the rights: an observer is told of nothing.
Provider = Callable[[Rights, dt.date], Waiting | None]
