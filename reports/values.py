"""What a figure is in a period, and beside the period compared."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from incidents.models import DeclaredFigure
from reports.declared import EXACT
from reports.figures import Figure
from reports.wording import Wording

RECORDS, DECLARED, MIXED = "records", "declared", "mixed"


@dataclass(frozen=True)
class Value:
    """What a figure is in one period. ``value`` None: nothing is known (rule 5); ``basis`` says where it is from."""

    value: int | None
    qualifier: str | None = None
    basis: str | None = None
    declared: tuple[DeclaredFigure, ...] = ()

    @property
    def is_exact(self) -> bool:
        return self.qualifier == EXACT


UNKNOWN = Value(None)


@dataclass(frozen=True)
class Compared:
    """A figure beside its value in the comparison period (rule 6)."""

    figure: Figure
    this: Value
    before: Value

    @property
    def key(self) -> str:
        return self.figure.key

    @property
    def is_known(self) -> bool:
        return self.this.value is not None or self.before.value is not None

    @property
    def change(self) -> int | None:
        if self.this.value is None or self.before.value is None or not (self.this.is_exact and self.before.is_exact):
            return None
        return self.this.value - self.before.value

    @property
    def percent(self) -> float | None:
        return self.change / self.before.value * 100 if self.change is not None and self.before.value else None

    def change_in(self, wording: Wording) -> str:
        """The change in words: "giảm 78 vụ (26,53%)", empty where none is known."""
        noun = wording.counted_in(self.figure.metric)
        return wording.change_with_percent(self.change, self.before.value, noun=noun)

    @property
    def reason(self) -> str:
        """Why there is no change or percent; empty where there are both."""
        if self.this.value is None:
            return _("There are no figures of this period.")
        if self.before.value is None:
            return _("There are no figures of the comparison period yet, so no change can be given.")
        if self.change is None:
            return _("One of the two figures is not exact, so no change is given.")
        return (
            _("There were none in the comparison period, so there is no percentage.") if not self.before.value else ""
        )
