"""What the database holds, asked past every page: `python -m reports.faults.witness QUESTION`, answered in JSON."""

import argparse
import datetime as dt
import json
from collections import Counter
from collections.abc import Callable
from typing import Any

import django
from django.utils import timezone

SLUG = "giap-ranh-le-thuy-vinh-linh-2025"
# Of recorder-lethuy and of recorder-vinhlinh: a patrol of both is each one's to log.
OWN_UNITS = ("Công an xã Sen Ngư", "Công an xã Vĩnh Linh")


def choices() -> dict[str, Any]:
    """What a patrol of the sample can be made of today: members by name, one force, a commune, a category."""
    from cluster.models import Force, MemberUnit
    from incidents.models import Category

    today = timezone.localdate()
    members = MemberUnit.objects.filter(party__cluster__slug=SLUG, left=None).select_related("unit")
    return {
        "days": [(today - dt.timedelta(days=back)).isoformat() for back in range(2, 62)],
        "units": {member.unit.name: str(member.unit_id) for member in members},
        "communes": {member.unit.name: str(member.unit.administrative_unit_id) for member in members},
        "force": str(Force.objects.get(name="Công an xã").pk),
        "category": str(Category.objects.filter(cluster__slug=SLUG, valid_to=None).values_list("pk", flat=True)[0]),
    }


def patrols() -> list[dict[str, Any]]:
    from patrols.models import JointPatrol

    written = Counter(JointPatrol.history.values_list("client_id", flat=True))
    rows = JointPatrol.objects.filter(cluster__slug=SLUG).prefetch_related("contingents")
    return [
        {
            "client_id": str(row.client_id),
            "text": row.route,
            "result": row.result,
            "version": row.version,
            "lines": len(row.contingents.all()),
            "history": written[row.client_id],
        }
        for row in rows
    ]


def incidents() -> list[dict[str, Any]]:
    from incidents.models import Incident

    written = Counter(Incident.history.values_list("client_id", flat=True))
    return [
        {
            "client_id": str(row.client_id),
            "text": row.place,
            "version": row.version,
            "history": written[row.client_id],
        }
        for row in Incident.objects.filter(cluster__slug=SLUG)
    ]


def submissions() -> list[dict[str, Any]]:
    from cluster.models import Submission

    rows = Submission.objects.order_by("pk")
    return [{"client_id": str(row.client_id), "state": row.state, "body": row.body} for row in rows]


QUESTIONS: dict[str, Callable[[], Any]] = {
    function.__name__: function for function in (choices, patrols, incidents, submissions)
}

if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("question", choices=QUESTIONS)
    asked = parser.parse_args().question
    django.setup()
    print(json.dumps(QUESTIONS[asked]()))
