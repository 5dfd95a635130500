"""The one write path of a plan's targets; the plan itself is a record of a register."""

from collections.abc import Iterable

from django.db import transaction

from cluster.models import User
from cluster.services import claim_version, save_with_history
from reports.models import Target, Workplan


@transaction.atomic
def set_targets(workplan: Workplan, targets: Iterable[Target], *, version: int, by: User) -> None:
    """Replace the targets of a plan by these, unsaved so far; one that is set already keeps its row and history.

    The plan's version covers its targets. Raises ``StaleVersion``; two targets of one figure and scope are an
    ``IntegrityError``.
    """
    claim_version(workplan, version=version)
    save_with_history(workplan, by=by)
    there = {target.scope: target for target in workplan.targets.all()}
    for target in targets:
        stored = there.pop(target.scope, None)
        if stored is None:
            target.workplan = workplan
            save_with_history(target, by=by)
        elif stored.amount != target.amount:
            stored.amount = target.amount
            save_with_history(stored, by=by)
    for gone in there.values():
        gone._history_user = by  # type: ignore[attr-defined]
        gone.delete()
