"""What a leader should look at before signing: nothing here changes a figure."""

import datetime as dt
from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cluster.models import PoliceUnit
from cluster.numbers import day, number
from reports.declared import Scope
from reports.figures import FIGURES
from reports.reckoning import Reckoning
from reports.slices import Slice

# Turnout in the published cases lies between 1,9 and 13,1 people a patrol (facts.md 3.4).
LIKELY_TURNOUT = (1, 20)


class Warned(NamedTuple):
    """A warning, and the figure whose rows tell more (empty: none)."""

    text: str
    key: str = ""


def warnings_of(reckoning: Reckoning, *, today: dt.date | None = None) -> list[Warned]:
    """The warnings of a review, the gravest first. ``today`` spares months that are not over."""
    today = today or timezone.localdate()
    return [
        *_outsiders(reckoning),
        *_one_party_patrols(reckoning),
        *_unlikely_turnout(reckoning),
        *_parts_beyond_total(reckoning),
        *_declared_beside_records(reckoning),
        *_nothing_at_all(reckoning, today),
        *_empty_months(reckoning, today),
        *_silent_units(reckoning),
    ]


def _outsiders(reckoning: Reckoning) -> Iterator[Warned]:
    """Every unit named must be a member of the cluster on that date, else warn (facts.md 0.5)."""
    strangers: dict[int, dt.date] = {}
    for unit, date in sorted(reckoning.facts.entries(), key=lambda entry: entry[1]):
        if date in reckoning.period and reckoning.facts.party_on(unit, date) is None:
            strangers.setdefault(unit, date)
    for stranger in PoliceUnit.objects.filter(pk__in=strangers) if strangers else ():
        yield Warned(
            _("The unit %(name)s does not belong to the cluster on %(date)s.")
            % {"name": stranger, "date": day(strangers[stranger.pk])}
        )


def _one_party_patrols(reckoning: Reckoning) -> Iterator[Warned]:
    if alone := reckoning.facts.one_party_patrols(reckoning.period):
        yield Warned(
            ngettext(
                "%(n)s patrol has forces of one party only and is not counted.",
                "%(n)s patrols have forces of one party only and are not counted.",
                alone,
            )
            % {"n": alone},
            "joint_patrols",
        )


def _unlikely_turnout(reckoning: Reckoning) -> Iterator[Warned]:
    patrols, people = (reckoning.figures[key].this for key in ("joint_patrols", "participations"))
    if not patrols.value or people.value is None:
        return
    low, high = LIKELY_TURNOUT
    average = people.value / patrols.value
    if not low <= average <= high:
        yield Warned(
            _("On average %(average)s people took part in a patrol; between %(low)d and %(high)d is usual.")
            % {"average": number(Decimal(average), decimals=1), "low": low, "high": high},
            "participations",
        )


# What a breakdown by each dimension divides; a part that it cannot place is no fault, too many parts are.
_DIVIDED = {
    "unit": ("joint_patrols", "participations", "incidents", "persons_involved", "incidents_transferred"),
    "category": ("incidents", "persons_involved"),
}


def _parts_beyond_total(reckoning: Reckoning) -> Iterator[Warned]:
    words = {"unit": _("by unit"), "category": _("by category")}
    for dimension, keys in _DIVIDED.items():
        for key in keys:
            rest, total = reckoning.rest_of(key, dimension), reckoning.figures[key].this.value
            if rest is not None and total is not None and rest < 0:
                yield Warned(
                    _("%(figure)s %(breakdown)s: the parts make %(parts)s, the total is %(total)s.")
                    % {
                        "figure": FIGURES[key].metric.label,
                        "breakdown": words[dimension],
                        "parts": number(total - rest),
                        "total": number(total),
                    },
                    key,
                )
    outcomes = sum(reckoning.figures[k].this.value or 0 for k in ("incidents_resolved", "incidents_transferred"))
    incidents = reckoning.figures["incidents"].this.value
    if incidents is not None and outcomes > incidents:
        yield Warned(
            _("Resolved and transferred incidents are more than all: %(parts)s against %(total)s.")
            % {"parts": number(outcomes), "total": number(incidents)},
            "incidents",
        )


def _declared_beside_records(reckoning: Reckoning) -> Iterator[Warned]:
    """A wider declared total beside records is listed with the difference, never added (rule 4)."""
    for key, figure in FIGURES.items():
        if not reckoning.facts.has_records(figure, reckoning.period):
            continue
        declarations = reckoning.facts.declarations(key, reckoning.period)
        for scope, amount in declarations.wider_than_units():
            recorded = _recorded(reckoning, key, scope)
            if recorded is not None and recorded != amount.value:
                row = amount.rows[0]
                yield Warned(
                    _("%(figure)s%(scope)s: declared %(declared)s, recorded %(recorded)s, difference %(difference)s.")
                    % {
                        "figure": figure.metric.label,
                        "scope": "".join(f" · {part}" for part in (row.party, row.category) if part),
                        "declared": number(amount.value),
                        "recorded": number(recorded),
                        "difference": number(abs(amount.value - recorded)),
                    },
                    key,
                )


def _recorded(reckoning: Reckoning, key: str, scope: Scope) -> int | None:
    """The figure by records for a declared scope; None where records do not know that dimension."""
    kind = FIGURES[key].kind
    if scope.party is not None and not (kind and kind.unit):
        return None
    if scope.category is not None and not (kind and kind.category):
        return None
    return reckoning.value(FIGURES[key], reckoning.period, Slice(party=scope.party, category=scope.category)).value


def _nothing_at_all(reckoning: Reckoning, today: dt.date) -> Iterator[Warned]:
    """Of a period that is over neither patrols nor incidents are known, be it as a total."""
    known = any(reckoning.figures[key].this.value is not None for key in ("joint_patrols", "incidents"))
    if reckoning.period.end < today and not known:
        yield Warned(_("No patrol and no incident is known of the whole period. Blank is not zero."))


def _empty_months(reckoning: Reckoning, today: dt.date) -> Iterator[Warned]:
    days = {date for _unit, date in reckoning.facts.entries() if date in reckoning.period}
    if not days:
        return
    empty = [
        month for month in reckoning.period.months() if month.end < today and not any(date in month for date in days)
    ]
    if empty:
        months = ", ".join(f"{month.end:%m/%Y}" for month in empty)
        yield Warned(_("No entry at all in: %(months)s. Blank is not zero.") % {"months": months})


def _silent_units(reckoning: Reckoning) -> Iterator[Warned]:
    spoke = {unit for unit, date in reckoning.facts.entries() if date in reckoning.period}
    spoke |= reckoning.facts.declaring_units(reckoning.period)
    if not spoke:
        return
    silent = [
        row.unit.name
        for row in reckoning.by_unit
        if row.unit and row.unit.is_commune_level and row.unit.pk not in spoke
    ]
    if silent:
        yield Warned(_("Nothing was reported by: %(units)s. Blank is not zero.") % {"units": ", ".join(silent)})
