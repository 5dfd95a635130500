"""The lines of the patrol form: one unit and force each, drawn by a plain template.

A formset of 8 rows costs seven times as much (performance.md), so a line is a small object of its own: the texts as
posted, what is wrong with them, and in the end the ``LineData``.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.core.exceptions import ValidationError
from django.http import QueryDict
from django.utils.translation import gettext as _

from cluster.fields import fold
from cluster.models import Force, PoliceUnit
from patrols.forms.choices import PatrolChoices, dates_in_words
from patrols.forms.fields import picked
from patrols.forms.names import FoundOfficers, OfficerBook, UnitFinder, refuse_no_name
from patrols.models import Contingent
from patrols.rows import Badge, badge_of
from patrols.services import LineData

MOST_LINES = 40
MOST_PEOPLE = 500
_INPUT = re.compile(r"line-([0-9]{1,3})-(unit|other|force|headcount|names|adds)", re.ASCII)


@dataclass
class FormLine:
    """A line as it stands in the form; ``errors`` by the name of the input."""

    number: int
    unit: str = ""
    other: str = ""
    force: str = ""
    headcount: str = ""
    names: str = ""
    adds: str = ""
    errors: dict[str, str] = field(default_factory=dict)
    stored: Contingent | None = None
    is_locked: bool = False
    has_unknown_names: bool = False
    data: LineData | None = None

    @property
    def prefix(self) -> str:
        return f"line-{self.number}"

    @property
    def badge(self) -> Badge | None:
        """What the unit has said of the line so far."""
        return badge_of(self.stored) if self.stored else None

    @property
    def people(self) -> int | None:
        """The headcount as a number, None where it is none."""
        return int(self.headcount) if re.fullmatch(r"[0-9]{1,6}", self.headcount, re.ASCII) else None

    @property
    def entered(self) -> tuple[str, ...]:
        return self.unit, self.other, self.force, self.headcount, self.names

    def is_empty(self, *, preset_unit: str = "") -> bool:
        """Whether nothing was entered; a unit that the form itself had set is nothing."""
        return not any(self.entered) or self.entered == (preset_unit, "", "", "", "")

    def error_items(self) -> list[tuple[str, str]]:
        """(id of the input, message) for the summary above the form."""
        return [(f"id_{self.prefix}-{name}", message) for name, message in self.errors.items()]


def lines_of(post: QueryDict) -> list[FormLine]:
    """The posted lines in the order of their numbers; gaps are lines that were removed."""
    by_number: dict[int, FormLine] = {}
    for name in post:
        if found := _INPUT.fullmatch(name):
            line = by_number.setdefault(int(found[1]), FormLine(int(found[1])))
            # PostgreSQL stores no NUL, and none is ever meant.
            setattr(line, found[2], str(post[name]).replace("\0", "").strip())
    return [by_number[number] for number in sorted(by_number)]


def lines_of_patrol(contingents: Iterable[Contingent], book: OfficerBook) -> list[FormLine]:
    return [
        FormLine(
            number,
            unit=str(line.unit_id),
            force=str(line.force_id),
            headcount=str(line.headcount),
            names="; ".join(book.label(officer) for officer in line.officers.all()),
            stored=line,
        )
        for number, line in enumerate(contingents)
    ]


def chosen_unit(*, key: str, text: str, choices: PatrolChoices, finder: UnitFinder) -> PoliceUnit | None:
    """The unit of the list or of the name written beside it, None where there is neither.

    Raises ``ValidationError`` with the messages under ``key`` or ``text``, whichever input is wrong.
    """
    listed = picked(choices.units, key)
    if key and listed is None:
        raise ValidationError({"key": _("Choose one of the list.")})
    if not text:
        if listed and (reason := choices.why_not(listed, finder.day)):
            raise ValidationError({"key": reason})
        return listed
    try:
        named = finder.find(text, members=choices.roster.units.values())
    except ValidationError as error:
        raise ValidationError({"text": error.messages}) from error
    if listed and listed != named:
        message = _("The list says %(listed)s and the name says %(named)s: keep one of them.")
        raise ValidationError({"text": message % {"listed": listed, "named": named}})
    if reason := choices.why_not(named, finder.day):
        raise ValidationError({"text": reason})
    return named


@dataclass
class LineReader:
    """Checks the lines of one submission against the choices of the form."""

    choices: PatrolChoices
    finder: UnitFinder

    def read(self, lines: list[FormLine], *, preset_unit: str) -> tuple[LineData, ...]:
        """The lines that hold something. What is wrong is written into their ``errors``."""
        entered = [line for line in lines if not line.is_empty(preset_unit=preset_unit)]
        units = {line.number: self._unit(line) for line in entered}
        book = self.choices.book_with(unit for unit in units.values() if unit)
        seen: set[tuple[int, int]] = set()
        named: set[object] = set()
        for line in entered:
            if data := self._data(line, units[line.number], book):
                if data.key in seen:
                    line.errors["force"] = _("This unit and force already have a line.")
                seen.add(data.key)
                people = _people(data)
                if again := [name for key, name in people.items() if key in named]:
                    message = _("Another line already names %(names)s.") % {"names": "; ".join(again)}
                    line.errors.setdefault("names", message)
                named |= people.keys()
                line.data = data
        return tuple(line.data for line in entered if line.data and not line.errors)

    def _unit(self, line: FormLine) -> PoliceUnit | None:
        try:
            unit = chosen_unit(key=line.unit, text=line.other, choices=self.choices, finder=self.finder)
        except ValidationError as error:
            for wrong, messages in error.message_dict.items():
                line.errors[{"key": "unit", "text": "other"}[wrong]] = " ".join(messages)
            return None
        if unit is None:
            line.errors["unit"] = _("Choose the unit.")
        return unit

    def _data(self, line: FormLine, unit: PoliceUnit | None, book: OfficerBook) -> LineData | None:
        force = self._force(line)
        headcount = _headcount(line)
        if not (unit and force and headcount):
            return None
        found = self._officers(line, unit, book)
        if len(found) > headcount:
            line.errors.setdefault("names", _("More people are named than took part."))
        return LineData(
            unit=unit,
            force=force,
            headcount=headcount,
            officers=tuple(found.officers),
            new_officers=tuple(found.unknown),
        )

    def _force(self, line: FormLine) -> Force | None:
        force = picked(self.choices.forces, line.force)
        if force is None:
            line.errors["force"] = _("Choose the force.")
        elif not force.is_valid_on(self.finder.day):
            dates = dates_in_words(force.valid_from, force.valid_to)
            message = _("%(force)s exists only %(dates)s.") % {"force": force, "dates": dates}
            line.errors["force"] = message
        return force

    def _officers(self, line: FormLine, unit: PoliceUnit, book: OfficerBook) -> FoundOfficers:
        found = FoundOfficers()
        try:
            found = book.read(line.names, unit=unit, day=self.finder.day, kept=self.choices.kept_officers(unit))
            if found.unknown:
                refuse_no_name(found.unknown)
                line.has_unknown_names = True
                if not line.adds:
                    raise ValidationError(book.unknown_message(found.unknown, unit=unit), code="unknown")
        except ValidationError as error:
            line.errors["names"] = " ".join(error.messages)
        return found


def _people(data: LineData) -> dict[object, str]:
    """The named people with a key each; who is not on record yet is known by unit and name."""
    people: dict[object, str] = {officer.pk: officer.name for officer in data.officers}
    return people | {(data.unit.pk, fold(name)): name for name in data.new_officers}


def _headcount(line: FormLine) -> int | None:
    """A whole number above 0; 500 is more than any patrol has seen."""
    if not line.people:
        line.errors["headcount"] = _("The number of people must be a whole number above 0.")
        return None
    if line.people > MOST_PEOPLE:
        line.errors["headcount"] = _("More than %(most)d people: check the number.") % {"most": MOST_PEOPLE}
        return None
    return line.people
