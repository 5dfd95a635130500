"""What became of a conference: the versions of its row, with the parts that each edit touched."""

import datetime as dt
from collections import defaultdict
from dataclasses import replace

from django.utils.text import capfirst

from cluster.history import Change, changes_of
from reports.models import PARTS, Conference


def changes_of_conference(conference: Conference) -> list[Change]:
    """Newest first. An edit writes all its rows at one moment (conference_services.py), which ties them together."""
    touched: dict[dt.datetime, list[str]] = defaultdict(list)
    for model in PARTS.values():
        moments = model.history.filter(conference=conference).order_by().values_list("history_date", flat=True)
        for moment in moments.distinct():
            touched[moment].append(capfirst(str(model._meta.verbose_name_plural)))
    return [
        change if change.is_first else replace(change, fields=(*change.fields, *touched.get(change.at, ())))
        for change in changes_of(conference)
    ]
