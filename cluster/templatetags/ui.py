"""What the templates of every app need: dates that may be unknown, and the items of the menus."""

import datetime as dt
import re
from typing import Any

from django import template
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster.models import UNKNOWN_START
from cluster.models.records import span_in_words
from cluster.models.units import Validity
from cluster.numbers import number

register = template.Library()

# All of a cluster that no other item of the main menu holds is opened from the page of its activities.
_OF_OTHER_ITEMS = {"", "patrols", "schedule", "incidents", "review", "search"}
_FIRST_SENTENCE = re.compile(r"(?<=[.!?])\s+|\n")


register.filter("number", number)


@register.filter
def date_or_unknown(day: dt.date | None) -> str:
    """dd/mm/yyyy; the first of 1900 stands for a start that nobody knows (counting rule 9)."""
    if day is None:
        return ""
    return _("unknown") if day == UNKNOWN_START else date_format(day, "d/m/Y")


@register.filter
def validity(row: Validity) -> str:
    """From when to when it is valid, as far as that is known."""
    return span_in_words(row.valid_from, row.valid_to)


@register.filter
def first_sentence(text: str) -> str:
    """What of a long notice stands open on every page; ``rest`` is the rest."""
    return _FIRST_SENTENCE.split(text, maxsplit=1)[0]


@register.filter
def rest(text: str) -> str:
    return text.removeprefix(first_sentence(text)).strip()


def _is_of_life(path: str) -> bool:
    found = re.match(r"/clusters/[^/]+/([^/]*)", path)
    return found is not None and found[1].partition(".")[0] not in _OF_OTHER_ITEMS


@register.inclusion_tag("_nav_item.html", takes_context=True)
def nav_item(
    context: dict[str, Any], view_name: str, label: str, *args: str, icon: str = "", css: str = ""
) -> dict[str, Any]:
    """An item of a menu, marked when its page is open or, for a list, a page under it."""
    address = reverse(view_name, args=args)
    path = context["request"].path
    is_section = view_name.endswith(("_list", "_index", "_import", ":schedule")) and path.startswith(address)
    is_section |= view_name == "reports:life_index" and _is_of_life(path)
    current = "page" if path == address else "true" if is_section else ""
    return {"address": address, "label": label, "icon": icon, "css": css, "current": current}
