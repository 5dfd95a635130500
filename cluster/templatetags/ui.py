"""What the templates of every app need: dates that may be unknown, and the items of the menus."""

import datetime as dt
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster.models import UNKNOWN_START
from cluster.numbers import number

register = template.Library()


register.filter("number", number)


@register.filter
def date_or_unknown(day: dt.date | None) -> str:
    """dd/mm/yyyy; the first of 1900 stands for a start that nobody knows (counting rule 9)."""
    if day is None:
        return ""
    return _("unknown") if day == UNKNOWN_START else date_format(day, "d/m/Y")


@register.inclusion_tag("_nav_item.html", takes_context=True)
def nav_item(
    context: dict[str, Any], view_name: str, label: str, *args: str, icon: str = "", css: str = ""
) -> dict[str, Any]:
    """An item of a menu, marked when its page is open or, for a list, a page under it."""
    try:
        address = reverse(view_name, args=args)
    except NoReverseMatch:
        address = ""
    path = context["request"].path
    is_section = view_name.endswith(("_list", "_index", "_import")) and path.startswith(address)
    current = "page" if path == address else "true" if is_section else ""
    return {"address": address, "label": label, "icon": icon, "css": css, "current": current}
