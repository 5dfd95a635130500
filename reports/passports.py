"""The passport of a figure: what its number means and stands on, in words, for the page and for the papers.

Plain texts of the language in hand, made of what the reckoning has read already: no passport asks the database.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext, pgettext

from cluster.numbers import day, days, number, qualified
from incidents.models import DeclaredFigure
from reports.breakdowns import REST
from reports.figures import LINES, NAMED_LINES, PATROLS, Figure
from reports.reckoning import Reckoning
from reports.slices import WHOLE_CLUSTER, Slice
from reports.values import DECLARED, MIXED, RECORDS, Value


class Line(NamedTuple):
    """What is said of a figure, under its name."""

    name: str
    text: str


@dataclass(frozen=True)
class Passport:
    key: str
    label: str
    value: str
    """The number as a table writes it, "–" where nothing is known."""
    rule: str
    records: int | None
    """How many records the number is made of; None where the period has none of the kind."""
    declared: tuple[str, ...]
    lines: tuple[Line, ...]


def passport_of(reckoning: Reckoning, key: str, at: Slice = WHOLE_CLUSTER, *, narrowed_to: str = "") -> Passport:
    """The passport of a figure, or of a slice of it whose name is ``narrowed_to``."""
    figure, period = reckoning.figures[key].figure, reckoning.period
    value = reckoning.value(figure, period, at)
    has_records = figure.kind is not None and reckoning.facts.ground(figure, period).has_records
    records = reckoning.facts.row_count(figure, period, at) if has_records else None
    lines = _lines(reckoning, figure, at, narrowed_to, value=value, records=records)
    return Passport(
        key,
        label=str(figure.metric.label),
        value=qualified(value.value, value.qualifier),
        rule=str(figure.rule),
        records=records,
        declared=tuple(declared_in_words(row) for row in value.declared),
        lines=tuple(line for line in lines if line.text),
    )


def passports_of(reckoning: Reckoning) -> list[Passport]:
    """Of all figures of which anything is known, in the order of the table."""
    return [passport_of(reckoning, key) for key, compared in reckoning.figures.items() if compared.is_known]


def _lines(
    reckoning: Reckoning, figure: Figure, at: Slice, narrowed_to: str, *, value: Value, records: int | None
) -> Iterator[Line]:
    period = reckoning.period
    yield Line(_("Rule"), str(figure.rule))
    parts = (figure.kind.filters if figure.kind else "", figure.narrowed, narrowed_to)
    yield Line(_("Counted rows"), "; ".join(str(part) for part in parts if part))
    yield Line(_("Unit of measure"), str(figure.metric.unit))
    yield Line(_("Period"), days(period.start, period.end))
    yield Line(_("Compared with"), _compared_with(reckoning))
    yield Line(_("As of"), _moment(reckoning.as_of))
    yield Line(_("Rows"), _rows(records, len(value.declared)))
    if figure.kind in (PATROLS, LINES, NAMED_LINES) and value.basis in (RECORDS, MIXED):
        yield Line(_("Confirmed by"), _confirmed(reckoning, figure, at))
    yield Line(_("Basis"), _basis(value.basis))
    yield Line(_("Declared"), "; ".join(declared_in_words(row) for row in value.declared))


def _moment(as_of: dt.date) -> str:
    """ "17:21 26/11/2026", or the day where it is no more than a day."""
    return date_format(timezone.localtime(as_of), "H:i d/m/Y") if isinstance(as_of, dt.datetime) else day(as_of)


def _compared_with(reckoning: Reckoning) -> str:
    name, dates = reckoning.wording.compared_with(), days(reckoning.comparison.start, reckoning.comparison.end)
    return name if dates in name else f"{name} ({dates})"


def _basis(basis: str | None) -> str:
    words = {
        RECORDS: _("records of the units"),
        DECLARED: _("declared figures, there are no records"),
        MIXED: _("records, with declared figures of units that have none"),
    }
    return words[basis] if basis else _("nothing is known")


def _rows(records: int | None, declared: int) -> str:
    """ "25 records" and "2 declared rows", whichever there are."""
    said = []
    if records is not None:
        said.append(ngettext("%(n)s record", "%(n)s records", records) % {"n": number(records)})
    if declared:
        said.append(ngettext("%(n)s declared row", "%(n)s declared rows", declared) % {"n": number(declared)})
    return ", ".join(said)


def _confirmed(reckoning: Reckoning, figure: Figure, at: Slice) -> str:
    """ "48 of 51 lines (Công an xã Sen Thủy 25, …); waiting: Công an xã Vĩnh Chấp 3"; of a unit's patrols nothing:
    it led them, and others vouch for them as well."""
    if figure.kind is PATROLS and (at.unit or at.party):
        return ""
    lines = reckoning.facts.cells(LINES, reckoning.period, at)
    counts = {key: Counter[int]() for key in ("lines", "confirmed", "pending")}
    for cell in lines:
        for key, counter in counts.items():
            counter[cell.unit or 0] += cell.amounts[key] or 0
    all_lines, confirmed = counts["lines"].total(), counts["confirmed"].total()
    said = ngettext("%(confirmed)s of %(n)s line", "%(confirmed)s of %(n)s lines", all_lines) % {
        "confirmed": number(confirmed),
        "n": number(all_lines),
    }
    names = {member.unit_id: member.unit.name for member in reckoning.facts.members}
    said = f"{said} ({_by_unit(counts['confirmed'], names)})" if confirmed else said
    if waiting := _by_unit(counts["pending"], names):
        return f"{said}; " + _("waiting: %(units)s") % {"units": waiting}
    return said


def _by_unit(counts: Counter[int], names: dict[int, str]) -> str:
    """ "Công an xã Sen Thủy 25, Công an xã Vĩnh Chấp 24"; all that is no member under one name."""
    named = Counter[str]()
    for unit, count in counts.items():
        named[names.get(unit, str(REST["unit"]))] += count
    return ", ".join(f"{name} {number(count)}" for name, count in sorted(named.items()) if count)


def declared_in_words(row: DeclaredFigure) -> str:
    """ "the whole cluster, 01/01/2016–31/12/2016: more than 54 (source: minutes)"."""
    of = " · ".join(str(part) for part in (row.party or row.unit or _("the whole cluster"), row.category) if part)
    value = qualified(row.value, row.qualifier)
    source = pgettext("of a declared figure", "source: %(source)s") % {"source": row.source} if row.source else ""
    said = f"{of}, {days(row.date_from, row.date_to)}: {value}"
    return f"{said} ({source})" if source else said
