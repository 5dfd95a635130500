"""What the templates of every app need: dates that may be unknown, and the items of the menus."""

import datetime as dt
from typing import Any

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from cluster.models import UNKNOWN_START

register = template.Library()


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
    """An item of a menu, marked when its page or section is open.

    ``patrols:patrol_list`` is the section of every view whose name begins with ``patrols:patrol_``.
    """
    match = getattr(context.get("request"), "resolver_match", None)
    here = match.view_name if match else ""
    section = view_name.rpartition("_")[0]
    try:
        address = reverse(view_name, args=args)
    except NoReverseMatch:
        address = ""
    current = "page" if here == view_name else "true" if section and here.startswith(f"{section}_") else ""
    return {"address": address, "label": label, "icon": icon, "css": css, "current": current}
