"""Plain functions that make conferences, recommendations and key tasks for tests."""

import datetime as dt
from itertools import count
from typing import Any

from cluster.models import Cluster
from cluster.tests.factories import make_cluster
from reports.models import Conference, Contribution, Delegation, Difficulty, KeyTask, Recommendation

# After the year that the article speaks of.
HELD_ON = dt.date(2018, 1, 12)
_numbers = count(1)


def make_conference(*, cluster: Cluster | None = None, held_on: dt.date = HELD_ON, **fields: Any) -> Conference:
    texts = {"name": f"Hội nghị tổng kết {next(_numbers)}", "place": "Hội trường Ủy ban nhân dân huyện"}
    return Conference.objects.create(cluster=cluster or make_cluster(), held_on=held_on, **(texts | fields))


def make_delegation(*, conference: Conference | None = None, **fields: Any) -> Delegation:
    conference = conference or make_conference()
    position = conference.delegations.count() + 1
    given = {"body": f"Cơ quan {next(_numbers)}", "headcount": 2}
    return Delegation.objects.create(conference=conference, position=position, **(given | fields))


def make_contribution(*, conference: Conference | None = None, **fields: Any) -> Contribution:
    conference = conference or make_conference()
    position = conference.contributions.count() + 1
    given = {"body": "Công an xã Sen Thủy", "subject": f"Kinh nghiệm {next(_numbers)}"}
    return Contribution.objects.create(conference=conference, position=position, **(given | fields))


def make_difficulty(*, conference: Conference | None = None, **fields: Any) -> Difficulty:
    conference = conference or make_conference()
    position = conference.difficulties.count() + 1
    given = {"text": f"Vướng mắc {next(_numbers)}"}
    return Difficulty.objects.create(conference=conference, position=position, **(given | fields))


def make_recommendation(*, cluster: Cluster | None = None, made_on: dt.date = HELD_ON, **fields: Any) -> Recommendation:
    """Open, unless ``answered_on`` is given."""
    given = {"addressee": "Lãnh đạo hai huyện", "content": f"Hỗ trợ kinh phí {next(_numbers)}"}
    if fields.get("answered_on"):
        given["state"] = Recommendation.State.ACCEPTED
    return Recommendation.objects.create(cluster=cluster or make_cluster(), made_on=made_on, **(given | fields))


def make_task(*, cluster: Cluster | None = None, year: int = 2018, **fields: Any) -> KeyTask:
    """Of a calendar year, not assessed unless ``assessment`` is given."""
    given: dict[str, Any] = {"date_from": dt.date(year, 1, 1), "date_to": dt.date(year, 12, 31)}
    given |= {"content": f"Nhiệm vụ {next(_numbers)}", "owner": "Ban điều hành cụm"}
    if fields.get("assessment"):
        given["assessed_on"] = dt.date(year, 12, 20)
    return KeyTask.objects.create(cluster=cluster or make_cluster(), **(given | fields))
