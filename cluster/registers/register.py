"""What a register is: a model, its form, what its list shows, and who writes it."""

import enum
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import FileField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from cluster.access import Right, Rights
from cluster.models.records import RecordQuerySet, RegisterRecord
from cluster.recordforms import RecordForm


@dataclass(frozen=True)
class Column:
    """A column of the list and of its Excel file, which is ``width`` letters wide there.

    ``value`` gives a text, a number, a date or None. ``field`` names what of the form it shows, if it shows that alone.
    """

    title: str | Promise
    value: Callable[[Any], Any]
    width: int = 20
    field: str = ""


@dataclass(frozen=True)
class State:
    """A part of the list that it leads to by a link of its own, as what still waits for an answer."""

    key: str
    label: str | Promise
    narrow: Callable[[Any], Any]


class Group(enum.Enum):
    """Under which heading the page of the cluster's life lists a register, in this order."""

    GOVERNING = _("Governing the cluster")
    WORKING = _("Working together")
    MOVEMENT = _("With the people")


@dataclass(frozen=True, kw_only=True)
class Register:
    """``path`` is its word in addresses; ``related`` is read with the rows of the list, ``filters`` names fields it
    may be narrowed by, ``on_day`` asks for the day on which its records hold. ``body`` is a fragment below the facts of
    a record's page, which reads what ``extras`` gives,
    ``head`` one above the rows of the list, which reads what ``surroundings`` give; ``list_actions`` and
    ``record_actions`` hold further buttons of these pages.
    """

    model: type[RegisterRecord]
    form: type[RecordForm]
    path: str
    title: str | Promise
    add: str | Promise
    lead: str | Promise
    columns: tuple[Column, ...]
    group: Group = Group.WORKING
    related: tuple[str, ...] = ()
    prefetched: tuple[str, ...] = ()
    filters: tuple[str, ...] = ()
    states: tuple[State, ...] = ()
    on_day: str | Promise = ""
    writes: Right = Right.COORDINATE
    body: str = ""
    extras: Callable[[Any, Rights], dict[str, Any]] = field(default=lambda record, rights: {})
    head: str = ""
    surroundings: Callable[[Rights], dict[str, Any]] = field(default=lambda rights: {})
    list_actions: str = ""
    record_actions: str = ""
    # Lists that people keep in Excel come in by pages of their own; no list says what a file or a row of rows holds.
    takes_lists: bool = True

    @property
    def noun(self) -> str:
        return self.model.noun

    @property
    def holds_files(self) -> bool:
        return any(isinstance(column, FileField) for column in self.model._meta.fields)

    def rows(self, rights: Rights) -> RecordQuerySet:
        """The one door to its records."""
        rows: Any = self.model._default_manager
        return rows.of(rights.cluster).select_related("cluster", *self.related).prefetch_related(*self.prefetched)

    def may_write(self, rights: Rights) -> bool:
        return rights.may(self.writes)

    def may_edit(self, rights: Rights, record: RegisterRecord) -> bool:
        return self.may_write(rights) and rights.may_edit(record)
