"""Taking an Excel list over into a register: each row through the register's own form, all of them or none.

The same file twice changes nothing: a row without a code gets its client id from its content.
"""

import datetime as dt
import uuid
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django import forms
from django.conf import settings
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction
from django.utils import translation
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _

from cluster.access import Rights
from cluster.fields import fold, nfc
from cluster.formfields import MemberChoices
from cluster.models import UNKNOWN_START
from cluster.models.records import RegisterRecord
from cluster.names import Names, unknown
from cluster.registers.register import Register
from cluster.registers.sheet import CODE_NAME, importable, names_by_title
from cluster.services import content_hash, log_record, recording_unit
from cluster.submissions import differences, in_words
from cluster.workbook.answers import UnreadableWorkbook, answers_of
from cluster.workbook.reader import ALL_SHEETS

MAX_ROWS = 500
# Above its header a list may have a title, a notice, an empty line.
_LINES_ABOVE = 10
_SHOWN = 30
_NAMESPACE = uuid.UUID("5b0c3b5e-9f0f-4b62-8a54-2f0d6c1e2017")
_YES, _NO = {"co", "x", "yes", "true", "dung", "1"}, {"khong", "no", "false", "sai", "0"}


class Problem(NamedTuple):
    """``row`` and ``column`` as Excel and its user know them; 0 and empty where all of it is meant."""

    row: int
    column: str
    reason: str


class Line(NamedTuple):
    """A row of the file: what its cells say by the name of the field."""

    number: int
    cells: dict[str, Any]


@dataclass
class Listing:
    """What a file holds: its rows, and the titles of its columns by the name of the field."""

    lines: list[Line] = field(default_factory=list)
    titles: dict[str, str] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)
    left_out: list[str] = field(default_factory=list)


@dataclass
class Outcome:
    """What taking a list over does, or would do."""

    problems: list[Problem]
    new: int = 0
    same: int = 0
    deleted: int = 0
    shown: list[list[str]] = field(default_factory=list)
    """The first new rows in words, in the order of the form."""


class _CellError(Exception):
    """Why a cell cannot be taken, in the reader's language."""


def read_list(content: bytes, *, register: Register, rights: Rights) -> Listing:
    """The rows below the first line that names columns of the register. Raises ``UnreadableWorkbook``."""
    form = register.form(instance=register.model(cluster=rights.cluster), rights=rights)
    known, listing, above = names_by_title(register, form), Listing(), 0
    for answer in answers_of(content, max_rows=MAX_ROWS + _LINES_ABOVE, max_total=4 * MAX_ROWS, wanted=[ALL_SHEETS]):
        if isinstance(answer, dict):
            if listing.titles:  # the sheets behind it hold lists of words or other things
                break
            above = 0
            continue
        number, cells = answer
        if listing.titles:
            _take(listing, number, cells)
        elif above < _LINES_ABOVE:
            above += 1
            _read_header(listing, number, cells, known)
    if not listing.titles:
        titles = "; ".join(str(form.fields[name].label) for name in importable(form))
        raise UnreadableWorkbook(
            _("No line of the file names the columns of the register: %(titles)s.") % {"titles": titles}
        )
    if not listing.lines:
        raise UnreadableWorkbook(_("There is nothing to import: below its header the list is empty."))
    if len(listing.lines) > MAX_ROWS:
        raise UnreadableWorkbook(
            _("The list has more than %(limit)d rows: divide it into parts.") % {"limit": MAX_ROWS}
        )
    return listing


def _read_header(listing: Listing, number: int, cells: list[Any], known: dict[str, str]) -> None:
    titles = [nfc(str(cell)).rstrip(" *") if isinstance(cell, str) else "" for cell in cells]
    named = [known.get(fold(title), "") for title in titles]
    if len({name for name in named if name}) < 2:
        return
    for place, (name, title) in enumerate(zip(named, titles, strict=True)):
        listing.titles[name if name and name not in listing.titles else f"#{place}"] = title
    listing.left_out = [title for title, name in zip(titles, named, strict=True) if title and not name]
    for name, times in Counter(name for name in named if name).items():
        if times > 1:
            listing.problems.append(Problem(number, listing.titles[name], _("The list has this column twice.")))


def _take(listing: Listing, number: int, cells: list[Any]) -> None:
    said = dict(zip(listing.titles, cells, strict=False))
    if any(cell is not None for name, cell in said.items() if not name.startswith("#")):
        listing.lines.append(
            Line(number, {name: said.get(name) for name in listing.titles if not name.startswith("#")})
        )


@transaction.atomic
def take_list(listing: Listing, *, register: Register, rights: Rights, now: dt.datetime, dry_run: bool) -> Outcome:
    """Write the rows, and take all back where one has a fault or it is only tried."""
    taking = _Taking(listing, register, rights, now)
    for line in listing.lines:
        taking.take(line)
    if dry_run or taking.outcome.problems:
        transaction.set_rollback(True)
    return taking.outcome


class _Taking:
    def __init__(self, listing: Listing, register: Register, rights: Rights, now: dt.datetime) -> None:
        self.listing, self.register, self.rights, self.now = listing, register, rights, now
        self.outcome = Outcome(list(listing.problems))
        self.members = MemberChoices(rights.cluster)
        self.form: Any = self._form(register.model(cluster=rights.cluster))
        self.names: dict[str, Names[str]] = {}
        self.times: Counter[str] = Counter()
        self.stored: dict[str, set[str]] = {}

    def _form(self, instance: RegisterRecord, data: Any = None) -> Any:
        return self.register.form(data, instance=instance, rights=self.rights, members=self.members)

    def take(self, line: Line) -> None:
        entered: MultiValueDict[str, str] = MultiValueDict()
        faulty, code = set(), line.cells.get(CODE_NAME)
        record = self._record(str(code)) if code else None
        self.stored = self._keys_of(record)
        for name, raw in line.cells.items():
            if name == CODE_NAME or raw is None:
                continue
            try:
                entered.setlist(name, self._texts(name, raw))
            except _CellError as error:
                self._fault(line, name, str(error))
                faulty.add(name)
        if faulty:
            self._tell_the_rest(line, entered, faulty)
        elif code:
            self._compare(line, record, entered)
        else:
            self._write(line, entered)

    def _tell_the_rest(self, line: Line, entered: MultiValueDict[str, str], faulty: set[str]) -> None:
        """Of a row with an unreadable cell what else is wrong in it, so that one look at the file mends all."""
        blank = self.register.model(cluster=self.rights.cluster)
        self._fill(blank, entered)
        for name, errors in self._form(blank, entered).errors.items():
            if name not in {*faulty, NON_FIELD_ERRORS}:
                self._fault(line, name, " ".join(errors))

    def _fault(self, line: Line, name: str, reason: str) -> None:
        label = self.form.fields[name].label if name in self.form.fields else ""
        self.outcome.problems.append(Problem(line.number, self.listing.titles.get(name) or str(label), reason))

    def _write(self, line: Line, entered: MultiValueDict[str, str]) -> None:
        blank = self.register.model(cluster=self.rights.cluster)
        self._fill(blank, entered)
        form = self._form(blank, entered)
        if not form.is_valid():
            for name, errors in form.errors.items():
                self._fault(line, name, " ".join(errors))
            return
        values = form.data_entered().content()
        digest = content_hash({"cluster": self.rights.cluster, "noun": self.register.noun, **values})
        self.times[digest] += 1
        blank.client_id = uuid.uuid5(_NAMESPACE, f"{digest}/{self.times[digest]}")
        unit = recording_unit(values.get(form.unit_field), own_units=self.rights.unit_ids)
        try:
            record, is_new = log_record(blank, values, unit=unit, by=self.rights.user, now=self.now)
        except IntegrityError:
            self._fault(line, "", _("Another row of the list says the same, and only one may."))
            return
        if is_new:
            self.outcome.new += 1
            if len(self.outcome.shown) < _SHOWN:
                fields = register_fields(self.register, values)
                self.outcome.shown.append([in_words(fields[name], values[name]) for name in importable(self.form)])
        elif record.is_deleted:
            self.outcome.deleted += 1
        else:
            self.outcome.same += 1

    def _fill(self, blank: RegisterRecord, entered: MultiValueDict[str, str]) -> None:
        """What an empty cell means: the value of a new record, and for a recorder the own unit."""
        for name in importable(self.form):
            if name in entered:
                continue
            column: Any = blank._meta.get_field(name)
            if name == self.form.unit_field and self.form.initial.get(name):
                entered[name] = str(self.form.initial[name])
            elif column.has_default() and not column.null:
                value = column.get_default()
                if value not in (False, "", None):
                    entered[name] = str(value)

    def _compare(self, line: Line, record: Any, entered: MultiValueDict[str, str]) -> None:
        """A row with a code is a record that is there already; with other content it is an error, never an edit."""
        if record is None or record.is_deleted:
            said = _("No record of the register has this code. Leave it empty for a new record.")
            self._fault(line, CODE_NAME, said if record is None else _("The record of this code has been deleted."))
            return
        form = self._form(record, entered)
        stored, said_here = form.of(record).content(), {}
        for name in line.cells.keys() & set(importable(form)):
            field_ = form.fields[name]
            field_.required = False
            try:
                value = field_.clean(field_.widget.value_from_datadict(entered, {}, name))
            except ValidationError as error:
                self._fault(line, name, " ".join(error.messages))
                continue
            said_here[name] = _like(stored[name], value)
        for differing in differences(type(record), stored=stored, entered=said_here):
            reason = _("The record of this code says “%(stored)s”, the list “%(entered)s”.")
            texts = {"stored": differing.stored, "entered": differing.entered}
            self.outcome.problems.append(Problem(line.number, differing.label, reason % texts))
        self.outcome.same += 1

    def _record(self, code: str) -> Any:
        try:
            client_id = uuid.UUID(code.strip())
        except ValueError:
            return None
        rows: Any = self.register.model._default_manager
        return rows.filter(cluster=self.rights.cluster, client_id=client_id).first()

    def _keys_of(self, record: Any) -> dict[str, set[str]]:
        """What the record names, by the field: it decides where a name may mean several things."""
        keys: dict[str, set[str]] = {}
        for name, asked in self.form.fields.items():
            if record is not None and isinstance(asked, forms.ModelChoiceField):
                value = getattr(record, name)
                rows = value.all() if hasattr(value, "all") else [value] if value else []
                keys[name] = {str(asked.prepare_value(row)) for row in rows}
        return keys

    def _texts(self, name: str, raw: Any) -> list[str]:
        """The cell as a browser would post it."""
        asked, text = self.form.fields[name], _written(raw)
        match asked:
            case forms.BooleanField():
                return _truth(text, isinstance(asked, forms.NullBooleanField))
            case forms.ModelMultipleChoiceField():
                return [self._named(name, part) for part in text.split(";") if part.strip()]
            case forms.ChoiceField():
                return [self._named(name, text)]
        return [text]

    def _named(self, name: str, text: str) -> str:
        if name not in self.names:
            self.names[name] = _names_of(self.form.fields[name])
        found = self.names[name].find(nfc(text))
        if not found:
            raise _CellError(unknown(text, self.names[name].known))
        if len(found) > 1:
            found = [key for key in found if key in self.stored.get(name, ())] or found
        if len(found) > 1:
            raise _CellError(_("“%(name)s” may mean several things here.") % {"name": text})
        return found[0]


def register_fields(register: Register, values: Iterable[str]) -> dict[str, Any]:
    return {name: register.model._meta.get_field(name) for name in values}


def _names_of(asked: Any) -> Names[str]:
    """What may be chosen, by its names: of rows their own, of choices their labels in each language."""
    names: Names[str] = Names()
    if isinstance(asked, forms.ModelChoiceField):
        for row in asked.queryset or ():
            key = str(asked.prepare_value(row))
            for name in dict.fromkeys((str(getattr(row, "name", "") or row), str(row))):
                _add(names, name, key)
        return names
    for language, _name in settings.LANGUAGES:
        with translation.override(language):
            for value, label in asked.choices:
                if value not in ("", None):
                    _add(names, str(label), str(value))
    return names


def _add(names: Names[str], name: str, key: str) -> None:
    # Names tells things apart by identity, so a key that is there already is taken.
    names.add(name, next((other for other in names.find(name) if other == key), key))


def _truth(text: str, may_be_unknown: bool) -> list[str]:  # noqa: FBT001  the two kinds of field
    word = fold(text)
    if word in _YES:
        return ["true" if may_be_unknown else "on"]
    if word in _NO:
        return ["false"] if may_be_unknown else []
    raise _CellError(_("Write “có” or “không”."))


def _written(raw: Any) -> str:
    """The text that a cell stands for; a date as a form takes it."""
    if isinstance(raw, dict):
        if "error" in raw:
            raise _CellError(_("The cell holds an error or a formula without a result."))
        if "at" in raw:
            moment = dt.datetime.fromisoformat(raw["at"])
            return f"{moment:%Y-%m-%d}" if moment.time() == dt.time() else f"{moment:%Y-%m-%d %H:%M}"
        return raw["time"][:5]
    if isinstance(raw, bool):
        return "true" if raw else "false"
    if isinstance(raw, float) and raw.is_integer():
        return str(int(raw))
    return str(raw)


def _like(stored: Any, value: Any) -> Any:
    """The value as the record holds it, so that the two can be compared."""
    if isinstance(stored, tuple):
        chosen = set(value)
        return stored if chosen == set(stored) else tuple(value)
    if isinstance(stored, str):
        return nfc(str(value or ""))
    return stored if value in ("", None) and stored in ("", None, UNKNOWN_START) else value
