"""Who is told by mail, and what: date, route, unit, number, reason and a link to the signed-in page, no more.

``site`` is the address of our front page as the request knows it. An import tells nobody: it would send hundreds.
"""

import datetime as dt
from collections import Counter

from django.conf import settings
from django.utils import translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from cluster.mail import Letter, addresses_of, send_after_commit
from cluster.models import Posting, User
from cluster.models.people import PostingQuerySet
from patrols.models import Contingent, JointPatrol
from patrols.words import patrol_word

Role = Posting.Role


def tell_waiting_units(patrol: JointPatrol, *, since: dt.datetime, by: User, site: str) -> None:
    """Tell each unit whose lines wait and were written or changed since, in one mail a unit."""
    if not settings.EMAIL_URL:
        return
    written = Contingent.history.filter(patrol=patrol.pk, history_date__gte=since).values("id")
    lines = Contingent.objects.waiting().filter(patrol=patrol, pk__in=written).select_related("unit")
    units = {line.unit_id: line.unit for line in lines}
    people = Counter[int]()
    for line in lines:
        people[line.unit_id] += line.headcount
    with translation.override("vi"):
        send_after_commit(
            [
                Letter(
                    addresses_of(_recorders(patrol, unit=pk), but=by),
                    _("Waiting for the unit: %(patrol)s") % {"patrol": patrol},
                    _text(patrol, site, f"{unit}: {_people(people[pk])}.", _("Please confirm, correct or refuse.")),
                )
                for pk, unit in units.items()
            ]
        )


def tell_author(line: Contingent, *, by: User, site: str) -> None:
    """Tell those for whom the patrol was recorded that a line was corrected or refused, unless they did it."""
    patrol = line.patrol
    if not settings.EMAIL_URL or line.acknowledged_at or line.state not in Contingent.CHANGED_STATES:
        return
    authors = _recorders(patrol, unit=patrol.recorded_unit_id)
    if patrol.recorded_unit_id is None:
        authors = Posting.objects.filter(role=Role.COORDINATOR, cluster=patrol.cluster_id, user=patrol.recorded_by_id)
    with translation.override("vi"):
        values = {"unit": line.unit, "before": line.corrected_from, "people": _people(line.headcount)}
        if line.state == Contingent.State.CORRECTED:
            said = _("%(unit)s has corrected its line: was %(before)s, is %(people)s.") % values
        else:
            said = _("%(unit)s has refused its line of %(people)s.") % values
        subject = _("Corrected: %(patrol)s") if line.state == Contingent.State.CORRECTED else _("Refused: %(patrol)s")
        reason = _("Reason: %(reason)s") % {"reason": line.reason}
        letter = Letter(addresses_of(authors, but=by), subject % {"patrol": patrol}, _text(patrol, site, said, reason))
    send_after_commit([letter])


def tell_author_of_all(patrol: JointPatrol, *, since: dt.datetime, by: User, site: str) -> None:
    """Tell of every line that was corrected since in another way than by its unit's answer: an edit, a join."""
    for line in patrol.contingents.filter(decided_at__gte=since).select_related("unit", "patrol__cluster"):
        tell_author(line, by=by, site=site)


def _recorders(patrol: JointPatrol, *, unit: int | None) -> PostingQuerySet:
    """Of a unit that is or was a member: the patrol's page is no other's to open."""
    return Posting.objects.filter(role=Role.RECORDER, unit=unit, unit__memberships__party__cluster=patrol.cluster_id)


def _text(patrol: JointPatrol, site: str, *sentences: str) -> str:
    head = f"{capfirst(patrol_word(patrol.cluster))} {patrol}"
    link = site.rstrip("/") + patrol.get_absolute_url()
    return "\n".join([head, *sentences, "", link, _("Opening the link changes nothing.")])


def _people(number: int) -> str:
    return ngettext("%(number)d person", "%(number)d people", number) % {"number": number}
