"""What a plan says to its reader: what is new, what is there already, what is unlikely."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from reports.workbook.plan import Plan


@dataclass(frozen=True)
class NewThings:
    """Things that the import sets up beside the rows themselves, by name."""

    title: str
    names: list[str]


def new_things(plan: Plan) -> list[NewThings]:
    found = (
        NewThings(_("New parties"), [party.name for party in plan.parties]),
        NewThings(_("New units"), [unit.name for unit in plan.units]),
        NewThings(_("New campaigns"), [campaign.name for campaign in plan.campaigns]),
        NewThings(_("New officers"), [f"{officer.name} ({officer.unit})" for officer in plan.officers]),
    )
    return [things for things in found if things.names]


def count_lines(plan: Plan) -> Iterator[str]:
    """One line for each sheet that has rows."""
    for sheet, count in plan.counts.items():
        if count.new or count.same:
            yield _("%(sheet)s: %(new)d new, %(same)d there already") % {
                "sheet": sheet,
                "new": count.new,
                "same": count.same,
            }


def written_line(plan: Plan) -> str:
    """The message after an import: what was written, by sheet."""
    written = "; ".join(f"{sheet}: {count.new}" for sheet, count in plan.counts.items() if count.new)
    return (
        _("Imported. %(written)s.") % {"written": written} if written else _("Nothing is new, so nothing was changed.")
    )
