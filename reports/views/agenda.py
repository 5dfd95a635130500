import datetime as dt
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cluster.access import Right, Rights, in_cluster
from patrols.schedule import Month
from reports.agenda import items_of, months_of, sources


@in_cluster(Right.READ_RECORDS)
@require_safe
def agenda(request: HttpRequest, rights: Rights) -> HttpResponse:
    """A month or a year of everything, or of the kinds that are ticked."""
    today = timezone.localdate()
    year = request.GET.get("year", "")
    month = Month.named(f"{year}-01" if year else request.GET.get("month", ""), today=today)
    known = [(source.key, source.label) for source in sources()]
    chosen = [key for key, _label in known if key in request.GET.getlist("kind")]
    shown = _year(rights, month, chosen) if year else _month(rights, month, chosen, today)
    context = {
        "month": month,
        "this_month": Month(today.replace(day=1)),
        "kinds": [(key, label, key in chosen) for key, label in known],
        "kept": "".join(f"&kind={key}" for key in chosen),
    }
    return render(request, "reports/agenda.html", context | shown)


def _month(rights: Rights, month: Month, chosen: list[str], today: dt.date) -> dict[str, Any]:
    items = items_of(rights, month.first, month.last, keys=chosen)
    return {
        "turn": "month",
        "shown": month.name,
        "weeks": month.weeks(items, today=today),
        "is_empty": not items,
        "entry_template": "reports/_agenda_item.html",
    }


def _year(rights: Rights, month: Month, chosen: list[str]) -> dict[str, Any]:
    months = months_of(rights, month.first.year, keys=chosen)
    return {"turn": "year", "shown": f"{month.first.year}", "months": months, "last": months[-1].month}
