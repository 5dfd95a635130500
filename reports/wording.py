"""The sentences of a review: its period, its comparison and its headline, put together of cluster/numbers.py."""

from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from django.utils.text import capfirst
from django.utils.translation import get_language, gettext

from cluster.models import Cluster
from cluster.numbers import (
    EXACT,
    Percent,
    change_in_words,
    day,
    days,
    number,
    qualifier_word,
    rounded_down,
)
from incidents.metrics import Metric
from reports.periods import HALF, NINE_MONTHS, QUARTER, Part, Period, current_year, parts_of_year

if TYPE_CHECKING:
    from reports.breakdowns import IncidentMonths

_ROMAN = ("I", "II", "III", "IV")


def period_name(period: Period, cluster: Cluster) -> str:
    """ "năm 2017", "quý I năm 2017" for a reporting year of the cluster or a part of one, else the two dates."""
    if period.is_year_of(cluster):
        return gettext("the year %(year)d") % {"year": period.end.year}
    year = current_year(cluster, today=period.end).end.year
    if part := _part_of(period, cluster, year):
        return gettext("%(part)s of %(year)d") % {"part": part_name(part), "year": _year_of(part, year)}
    return gettext("the period %(start)s to %(end)s") % {"start": day(period.start), "end": day(period.end)}


def review_name(period: Period, cluster: Cluster) -> str:
    """ "Tổng kết năm 2017", "Sơ kết quý I năm 2018": by how long the period is."""
    said = (
        gettext("Review of %(period_name)s") if period.is_whole_year else gettext("Interim review of %(period_name)s")
    )
    return said % {"period_name": period_name(period, cluster)}


def short_name(period: Period, cluster: Cluster) -> str:
    """A year as "2017", part of one as its dates."""
    return str(period.end.year) if period.is_year_of(cluster) else days(period.start, period.end)


def label_of(period: Period, cluster: Cluster) -> str:
    """ "2017", "Quý I năm 2018", else its dates: what stands on a way to the period."""
    if _part_of(period, cluster, current_year(cluster, today=period.end).end.year):
        return capfirst(period_name(period, cluster))
    return short_name(period, cluster)


def _part_of(period: Period, cluster: Cluster, year: int) -> Part | None:
    return next((part for part in parts_of_year(cluster, year) if part.period == period), None)


def _year_of(part: Part, year: int) -> int:
    """A month bears its own year: December of a year that begins with it is that of the year before."""
    return year if part.name in (HALF, QUARTER, NINE_MONTHS) else part.period.end.year


def part_name(part: Part) -> str:
    """ "6 tháng đầu năm", "quý I", "tháng 3", without the year."""
    if part.name == HALF:
        return gettext("the first half") if part.number == 1 else gettext("the second half")
    if part.name == QUARTER:
        return gettext("quarter %(number)s") % {"number": _ROMAN[part.number - 1]}
    if part.name == NINE_MONTHS:
        return gettext("the first nine months")
    return gettext("month %(number)d") % {"number": part.number}


def _average(total: int, over: int) -> str:
    return number(Decimal(total) / over, decimals=1)


@dataclass(frozen=True)
class Wording:
    """The words of one review: its cluster's habits, its period and the one it is compared with."""

    cluster: Cluster
    period: Period
    comparison: Period

    @property
    def _word(self) -> str:
        """What the cluster counts patrols in, as it stands behind a number: " ca"; English needs none."""
        return f" {self.cluster.patrol_word}" if get_language() == "vi" else ""

    def number(self, value: int) -> str:
        return number(value, pad=self.cluster.pads_small_numbers)

    def compared_with(self) -> str:
        """ "năm 2016", "cùng kỳ năm 2018", "thời gian liền kề (03/09–30/09/2021)" or the comparison's own name."""
        if self.comparison.is_year_of(self.cluster) and self.period.is_year_of(self.cluster):
            return period_name(self.comparison, self.cluster)
        if self.comparison == self.period.year_before():
            return gettext("the same period of %(year)d") % {"year": self.comparison.end.year}
        if self.comparison == self.period.just_before():
            return gettext("the period just before (%(days)s)") % {
                "days": days(self.comparison.start, self.comparison.end)
            }
        return period_name(self.comparison, self.cluster)

    def short(self, period: Period) -> str:
        """The period in a narrow column head: its year, or which of the two it is."""
        if self.period.is_year_of(self.cluster) and self.comparison.is_year_of(self.cluster):
            return str(period.end.year)
        return gettext("This period") if period == self.period else gettext("Compared")

    def change(self, change: int | None, *, noun: str = "") -> str:
        """ "giảm 13 vụ việc", "tăng 5 vụ việc" or "không tăng, không giảm"; empty if unknown."""
        return change_in_words(change, noun=noun, style=Percent.NONE, pad=self.cluster.pads_small_numbers)

    def change_with_percent(self, change: int | None, previous: int | None, *, noun: str = "") -> str:
        """ "giảm 78 vụ (26,53%)"; against nothing "tăng 5 vụ (cùng kỳ không xảy ra)" (rule 6)."""
        return change_in_words(change, previous, noun=noun, pad=self.cluster.pads_small_numbers)

    def counted_in(self, metric: Metric) -> str:
        """The word that a number of the figure bears, as "vụ"; English tables need none beside the figure's name."""
        if get_language() != "vi":
            return ""
        return self.cluster.patrol_word if metric.key.startswith("joint_patrols") else str(metric.unit)

    def patrols(self, value: int | None, qualifier: str | None) -> str:
        if value is None:
            return gettext("no figures on joint patrols yet")
        return gettext("%(qualifier)s%(number)s%(word)s joint patrols") % {
            "qualifier": qualifier_word(qualifier),
            "number": self.number(value),
            "word": self._word,
        }

    def confirmed(self, value: int, *, patrols: int) -> str:
        """Rule 10: "Trong 25 ca tuần tra chung, 23 ca được các bên xác nhận"."""
        return gettext("Of %(patrols)s, %(confirmed)s%(word)s were confirmed by all sides.") % {
            "patrols": self.patrols(patrols, EXACT),
            "confirmed": self.number(value),
            "word": self._word,
        }

    def incident_months(self, months: "IncidentMonths") -> str:
        """ "Trong 8 tháng có vụ việc, bình quân 2,3 ca tuần tra chung mỗi tháng; …": no more than what was."""
        said = []
        if months.months:
            said.append(
                gettext("The %(months)s months with an incident had %(average)s%(word)s joint patrols each on average")
                % {
                    "months": self.number(months.months),
                    "average": _average(months.patrols, months.months),
                    "word": self._word,
                }
            )
        if months.months_without:
            said.append(
                gettext("in %(months)s months without any, %(average)s")
                % {
                    "months": self.number(months.months_without),
                    "average": _average(months.patrols_without, months.months_without),
                }
            )
        words = "; ".join(said)
        return f"{words[:1].upper()}{words[1:]}."

    def participations(self, value: int | None, qualifier: str | None) -> str:
        """Rule 7: in a headline an exact 154 reads "hơn 150"; below 100, and a full ten, is told exactly."""
        if value is None:
            return gettext("no figures on participations yet")
        if qualifier in (None, EXACT):
            value, qualifier = rounded_down(value)
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
        if change == 0:
            return gettext("%(change)s against %(comparison)s") % {
                "change": self.change(change),
                "comparison": self.compared_with(),
            }
        if previous == 0:
            return gettext("%(change)s (none in %(comparison)s)") % {
                "change": self.change(change, noun=gettext("incidents")),
                "comparison": self.compared_with(),
            }
        return gettext("%(change)s against %(comparison)s") % {
            "change": self.change(change, noun=gettext("incidents")),
            "comparison": self.compared_with(),
        }
