"""The saved filters of a list, in its filter panel."""

from typing import Any

from django import template

from reports.saved_filters import LISTS, address_of, seen_by

register = template.Library()

register.filter("address_of", address_of)


@register.inclusion_tag("reports/_saved_filters_of_list.html", takes_context=True)
def saved_filters(context: dict[str, Any]) -> dict[str, Any]:
    """Those of the list that is open, and the way to keep it as it is narrowed."""
    request, rights = context["request"], context.get("rights")
    view = request.resolver_match.view_name if request.resolver_match else ""
    if not rights or not rights.reads_records or view not in LISTS:
        return {}
    narrowed = any(value for name, value in request.GET.items() if name != "page")
    return {
        "saved": list(seen_by(rights).filter(view=view)),
        "cluster": rights.cluster,
        "path": request.get_full_path() if narrowed else "",
    }
