"""Who may change a patrol, which is wider for one that has not happened yet."""

from cluster.access import Rights
from patrols.models import JointPatrol


def may_change(rights: Rights, patrol: JointPatrol) -> bool:
    """A record is its author's; a plan belongs to every unit that leads it or takes part as well.

    So whoever of them comes home first writes down what happened, in the one record that there is.
    """
    if rights.may_edit(patrol):
        return True
    if not (rights.logs and patrol.is_plan):
        return False
    return bool(rights.unit_ids & {patrol.lead_unit_id, *(line.unit_id for line in patrol.contingents.all())})
