"""From the handover at a conference to the term of the standing role that begins with it."""

import datetime as dt
from typing import Any
from urllib.parse import urlencode

from django.urls import reverse

from cluster.access import Rights
from cluster.models import StandingTerm
from reports.models import Conference


def handover_of(conference: Conference, rights: Rights) -> dict[str, Any]:
    """The ``term`` that the conference handed over, else where a coordinator may write it down (``term_form``)."""
    taker, day = conference.handover_to, conference.held_on
    if taker is None:
        return {}
    terms = StandingTerm.objects.of(rights.cluster).filter(party=taker).select_related("cluster", "party", "unit")
    next_day = day + dt.timedelta(days=1)
    if term := terms.filter(handed_over_on=day).first() or terms.on(next_day).first():
        return {"term": term}
    return {"term_form": _form_for(conference, next_day) if rights.coordinates else ""}


def _form_for(conference: Conference, first_day: dt.date) -> str:
    said = {
        "party": conference.handover_to_id,
        "handed_over_by": conference.handover_from_id,
        "handed_over_on": conference.held_on.isoformat(),
        "date_from": first_day.isoformat(),
        "handover_note": conference.handover_note,
    }
    return f"{reverse('term_new', args=[conference.cluster.slug])}?{urlencode(said)}"
