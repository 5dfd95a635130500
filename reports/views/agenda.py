from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from cluster.access import Right, Rights, in_cluster
from patrols.schedule import Month
from reports.agenda import items_of, sources


@in_cluster(Right.READ_RECORDS)
@require_safe
def agenda(request: HttpRequest, rights: Rights) -> HttpResponse:
    """A month of everything, or of the kinds that are ticked."""
    today = timezone.localdate()
    month = Month.named(request.GET.get("month", ""), today=today)
    known = [(source.key, source.label) for source in sources()]
    chosen = [key for key, _label in known if key in request.GET.getlist("kind")]
    items = items_of(rights, month.first, month.last, keys=chosen)
    context = {
        "month": month,
        "this_month": Month(today.replace(day=1)),
        "weeks": month.weeks(items, today=today),
        "is_empty": not items,
        "kinds": [(key, label, key in chosen) for key, label in known],
        "kept": "".join(f"&kind={key}" for key in chosen),
        "entry_template": "reports/_agenda_item.html",
    }
    return render(request, "reports/agenda.html", context)
