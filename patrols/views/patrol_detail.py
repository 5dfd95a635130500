import uuid
from itertools import takewhile
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from cluster.access import Right, Rights, in_cluster
from cluster.models import Submission
from cluster.queue import clock_warnings
from patrols.forms import PhotographForm
from patrols.models import JointPatrol, Photograph
from patrols.plans import may_change
from patrols.roster import Roster
from patrols.rows import LineRow, PatrolRow
from patrols.services import may_attach, may_remove
from patrols.twin_rows import TwinNotice


@in_cluster(Right.READ_RECORDS)
@require_safe
def patrol_detail(request: HttpRequest, rights: Rights, client_id: uuid.UUID) -> HttpResponse:
    """One patrol: facts, lines with who answered for them, what is unlikely, and its history."""
    patrols = JointPatrol.objects.of(rights.cluster).select_related(
        *("cluster", "lead_unit__administrative_unit", "campaign", "shift_leader__unit"),
        *("recorded_by", "recorded_unit", "twin_link"),
    )
    related = ("contingents__unit__administrative_unit", "contingents__force", "contingents__officers")
    patrol = get_object_or_404(
        patrols.prefetch_related(*related, "contingents__decided_by", "communes"), client_id=client_id
    )
    row = PatrolRow(patrol, Roster.of(rights.cluster))
    is_answerable = row.is_completed and not hasattr(patrol, "twin_link")
    lines = [LineRow.of(line, rights, is_answerable=is_answerable) for line in row.lines]
    history = _history(patrol)
    twins = TwinNotice(patrol, row.roster)
    context = {
        "patrol": patrol,
        "row": row,
        "lines": lines,
        "may_answer": any(line.may_answer or line.may_acknowledge for line in lines),
        "warnings": [*patrol.warnings(), *clock_warnings(patrol, Submission.Kind.PATROL)],
        "incidents": patrol.incidents.filter(deleted_at=None).select_related("category", "cluster"),
        "may_edit": rights.may_edit(patrol) and twins.link is None,
        "photographs": _photographs(patrol, rights),
        "photograph_form": _photograph_form(row, rights),
        "may_change": may_change(rights, patrol) and twins.link is None,
        "history": history,
        "put_off": _put_off(patrol, history),
        "twins": twins,
    }
    return render(request, "patrols/patrol_detail.html", context)


def _photographs(patrol: JointPatrol, rights: Rights) -> list[tuple[Photograph, bool]]:
    """Those that are not deleted, each with whether the user may delete it."""
    shown = patrol.photographs.filter(deleted_at=None).select_related("added_by", "added_unit")
    return [(photograph, may_remove(rights, photograph)) for photograph in shown]


def _photograph_form(row: PatrolRow, rights: Rights) -> PhotographForm | None:
    """What has not taken place has no paper to photograph."""
    if not (row.is_completed and may_attach(rights, row.patrol)):
        return None
    return PhotographForm(initial={"client_id": uuid.uuid4()})


def _history(patrol: JointPatrol) -> list[Any]:
    """One entry for each version, newest first: setting the communes writes a second row of the same version."""
    by_version: dict[int, Any] = {}
    for entry in patrol.history.select_related("history_user").order_by("history_date", "history_id"):
        by_version.setdefault(entry.version, entry)
    return list(reversed(by_version.values()))


def _put_off(patrol: JointPatrol, history: list[Any]) -> Any:
    """The entry that gave a plan the reason that stands now; None without a reason."""
    now = (patrol.status, patrol.status_reason)
    same = takewhile(lambda entry: (entry.status, entry.status_reason) == now, history)
    return list(same)[-1] if patrol.is_plan and patrol.status_reason else None
