"""Numbers, changes and dates in words: all their rules, Vietnamese and English (facts.md 3; counting rules 6 and 7).

What a review or a paper says is put together of these; no other module writes a number, a percentage or a date.
"""

import datetime as dt
import enum
from decimal import ROUND_HALF_UP, Decimal
from typing import NamedTuple

from django.utils import numberformat
from django.utils.formats import date_format, get_format
from django.utils.translation import gettext, pgettext

# How exact a number is. The words are stored and imported as they are printed.
EXACT, MORE, OVER, NEARLY, ABOUT = "exact", "hơn", "trên", "gần", "khoảng"


def number(value: int | Decimal, *, pad: bool = False, decimals: int = 0) -> str:
    """1.234 in Vietnamese, 1,234 in English; ``pad`` gives the 08 that police papers write for a count below ten;
    halves go away from zero.

    Django groups by the language's own setting, and its Vietnamese formats have none.
    """
    if pad and 0 < value < 10:
        return f"{value:02d}"
    if isinstance(value, Decimal):
        # Django cuts off what it has no room for: 2,08 would read 2,0.
        value = value.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP)
    return numberformat.format(
        value, get_format("DECIMAL_SEPARATOR"), decimals, 3, get_format("THOUSAND_SEPARATOR"), force_grouping=True
    )


def percentage(value: float | Decimal, *, digits: int = 2, keep_zeros: bool = False) -> str:
    """26,53% with at most ``digits`` decimals, halves away from zero, without a sign; ``keep_zeros`` writes 33,90%."""
    step = Decimal(1).scaleb(-digits)
    rounded = abs(Decimal(str(value))).quantize(step, rounding=ROUND_HALF_UP)
    places = digits if keep_zeros else max(0, -int(rounded.normalize().as_tuple().exponent))
    return f"{number(rounded, decimals=places)}%"


def share(part: int, whole: int, *, digits: int = 2) -> str:
    """A part of a whole that is not zero: "597/726 (82,23%)"."""
    return f"{number(part)}/{number(whole)} ({percentage(Decimal(part) / whole * 100, digits=digits)})"


def qualifier_word(qualifier: str | None) -> str:
    """The word before an inexact number with a blank after it, empty for an exact one."""
    words = {
        MORE: pgettext("more than a number", "more than"),
        OVER: pgettext("above a number", "over"),
        NEARLY: pgettext("below a number", "nearly"),
        ABOUT: pgettext("around a number", "about"),
    }
    return f"{words[qualifier]} " if qualifier in words else ""


def qualified(value: int | None, qualifier: str | None = None, *, pad: bool = False) -> str:
    """ "hơn 150"; "–" where nothing is known."""
    return "–" if value is None else f"{qualifier_word(qualifier)}{number(value, pad=pad)}"


class Rounded(NamedTuple):
    value: int
    qualifier: str


def rounded_down(value: int) -> Rounded:
    """Rule 7, for a headline: of 100 and more the ten below and "hơn", unless it is a full ten."""
    if value >= 100 and value % 10:
        return Rounded(value - value % 10, MORE)
    return Rounded(value, EXACT)


class Percent(enum.Enum):
    """How the percentage of a change is written behind it; the absolute change always comes first."""

    NONE = "giảm 78 vụ"
    BRACKET = "giảm 78 vụ (26,53%)"
    EQUIVALENT = "giảm 78 vụ, tương đương 26,53%"
    SIGNED = "giảm 78 vụ (-26,53%)"


def change_in_words(
    change: int | None,
    previous: int | None = None,
    *,
    noun: str = "",
    style: Percent = Percent.BRACKET,
    pad: bool = False,
    keep_zeros: bool = False,
) -> str:
    """The change against ``previous`` (rule 6): "giảm 78 vụ (26,53%)", "tăng 5 vụ (cùng kỳ không xảy ra)".

    Empty where no change is known. Without ``previous`` there is no percentage.
    """
    if change is None:
        return ""
    if change == 0:
        return gettext("no increase, no decrease")
    amount = f"{number(abs(change), pad=pad)} {noun}".strip()
    # Whole sentences, for a language may put the amount before the word.
    words = (gettext("up %(amount)s") if change > 0 else gettext("down %(amount)s")) % {"amount": amount}
    if style is Percent.NONE or previous is None:
        return words
    if previous == 0:
        # Not inside the f-string, where the strings to translate are not looked for.
        none = gettext("none in the period compared")
        return f"{words} ({none})"
    percent = percentage(Decimal(change) / previous * 100, keep_zeros=keep_zeros)
    if style is Percent.EQUIVALENT:
        return gettext("%(change)s, equal to %(percent)s") % {"change": words, "percent": percent}
    sign = ("+" if change > 0 else "-") if style is Percent.SIGNED else ""
    return f"{words} ({sign}{percent})"


def day(date: dt.date) -> str:
    """05/01/2018 in both languages: these are Vietnamese papers."""
    return date_format(date, "d/m/Y")


def days(start: dt.date, end: dt.date) -> str:
    """From a day to a day, both included, and no year twice: "03/09–30/09/2021"."""
    if start.year == end.year:
        return f"{date_format(start, 'd/m')}–{day(end)}"
    return f"{day(start)}–{day(end)}"


def official_date(date: dt.date) -> str:
    """As "ngày 05 tháng 01 năm 2018": a zero before days below 10 and before the months 1 and 2 alone (NĐ 30).

    A paper is in Vietnamese whatever language the page was in.
    """
    month = f"{date.month:02d}" if date.month <= 2 else str(date.month)
    return f"ngày {date.day:02d} tháng {month} năm {date.year}"


def official_time(moment: dt.datetime) -> str:
    """As "21 giờ 00" of the local time in hand."""
    return f"{moment.hour:02d} giờ {moment.minute:02d}"
