"""Numbers and changes in words, Vietnamese and English (facts.md 3.2, 3.3; counting rules 6 and 7)."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, pgettext

from cluster.models import Cluster
from cluster.numbers import number
from incidents.models import DeclaredFigure
from reports.periods import Period

EXACT = DeclaredFigure.Qualifier.EXACT.value
MORE = DeclaredFigure.Qualifier.MORE.value


def percentage(value: float, *, digits: int = 2) -> str:
    """26,53% with at most ``digits`` decimals, halves away from zero, no sign and no empty decimals."""
    step = Decimal(1).scaleb(-digits)
    rounded = abs(Decimal(str(value))).quantize(step, rounding=ROUND_HALF_UP).normalize()
    places = max(0, -int(rounded.as_tuple().exponent))
    return f"{number(rounded, decimals=places)}%"


def qualifier_word(qualifier: str | None) -> str:
    """The word before an inexact number with a blank after it, empty for an exact one."""
    words = {
        "hơn": pgettext("more than a number", "more than"),
        "trên": pgettext("above a number", "over"),
        "gần": pgettext("below a number", "nearly"),
        "khoảng": pgettext("around a number", "about"),
    }
    return f"{words[qualifier]} " if qualifier in words else ""


def period_name(period: Period, cluster: Cluster) -> str:
    """ "năm 2017" for a reporting year of the cluster, else the two dates."""
    if period.is_year_of(cluster):
        return gettext("the year %(year)d") % {"year": period.end.year}
    return gettext("the period %(start)s to %(end)s") % {"start": day(period.start), "end": day(period.end)}


def day(date: object) -> str:
    """05/01/2018 in both languages: these are Vietnamese papers."""
    return date_format(date, "d/m/Y")  # type: ignore[arg-type]


@dataclass(frozen=True)
class Wording:
    """The words of one review: its cluster's habits, its period and the one it is compared with."""

    cluster: Cluster
    period: Period
    comparison: Period

    def number(self, value: int) -> str:
        return number(value, pad=self.cluster.pads_small_numbers)

    def compared_with(self) -> str:
        """ "năm 2016", "cùng kỳ năm 2018" or the dates of the comparison."""
        if not self.comparison.is_year_of(self.cluster) and self.comparison == self.period.year_before():
            return gettext("the same period of %(year)d") % {"year": self.comparison.end.year}
        return period_name(self.comparison, self.cluster)

    def short(self, period: Period) -> str:
        """The period in a narrow column head: its year, or which of the two it is."""
        if self.period.is_year_of(self.cluster) and self.comparison.is_year_of(self.cluster):
            return str(period.end.year)
        return gettext("This period") if period == self.period else gettext("Compared")

    def change(self, change: int | None, *, noun: str = "") -> str:
        """ "giảm 13 vụ việc", "tăng 5 vụ việc" or "không tăng, không giảm"; empty if unknown."""
        if change is None:
            return ""
        if change == 0:
            return gettext("no increase, no decrease")
        amount = f"{self.number(abs(change))} {noun}".strip()
        if change > 0:
            return gettext("up %(amount)s") % {"amount": amount}
        return gettext("down %(amount)s") % {"amount": amount}

    def change_with_percent(self, change: int | None, percent: float | None, *, previous: int | None) -> str:
        """ "giảm 78 (26,53%)"; against nothing "tăng 5 (cùng kỳ không xảy ra)" (rule 6)."""
        words = self.change(change)
        if not change:
            return words
        if previous == 0:
            # Not inside the f-string, where the strings to translate are not looked for.
            none = gettext("none in the period compared")
            return f"{words} ({none})"
        return f"{words} ({percentage(percent)})" if percent is not None else words

    def patrols(self, value: int | None, qualifier: str | None) -> str:
        if value is None:
            return gettext("no figures on joint patrols yet")
        word = self.cluster.patrol_word if get_language() == "vi" else ""
        return gettext("%(qualifier)s%(number)s%(word)s joint patrols") % {
            "qualifier": qualifier_word(qualifier),
            "number": self.number(value),
            "word": f" {word}" if word else "",
        }

    def confirmed(self, value: int, *, patrols: int) -> str:
        """Rule 10: "Trong 25 ca tuần tra chung, 23 ca được các bên xác nhận"."""
        return gettext("Of %(patrols)s, %(confirmed)s%(word)s were confirmed by all sides.") % {
            "patrols": self.patrols(patrols, EXACT),
            "confirmed": self.number(value),
            "word": f" {self.cluster.patrol_word}" if get_language() == "vi" else "",
        }

    def participations(self, value: int | None, qualifier: str | None) -> str:
        """Rule 7: in a headline an exact 154 reads "hơn 150"; below 100, and a full ten, is told exactly."""
        if value is None:
            return gettext("no figures on participations yet")
        if qualifier in (None, EXACT) and value >= 100 and value % 10:
            value, qualifier = value - value % 10, MORE
        return gettext("%(qualifier)s%(number)s participations") % {
            "qualifier": qualifier_word(qualifier),
            "number": self.number(value),
        }

    def incidents(self, value: int | None, qualifier: str | None, *, change: int | None, previous: int | None) -> str:
        """The change against the comparison in absolute numbers only (rule 6), or the number and why not."""
        if value is None:
            return gettext("no figures on incidents yet")
        if change is None:
            return gettext("%(qualifier)s%(number)s incidents") % {
                "qualifier": qualifier_word(qualifier),
                "number": self.number(value),
            }
        if change and previous == 0:
            return gettext("%(change)s (none in %(comparison)s)") % {
                "change": self.change(change, noun=gettext("incidents")),
                "comparison": self.compared_with(),
            }
        return gettext("%(change)s against %(comparison)s") % {
            "change": self.change(change, noun=gettext("incidents")),
            "comparison": self.compared_with(),
        }
