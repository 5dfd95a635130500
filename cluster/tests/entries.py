"""What a browser sends of the form of a register's record."""

import uuid
from typing import Any

from bs4 import BeautifulSoup

from cluster.models import (
    Advice,
    BoardMember,
    Briefing,
    BriefingPattern,
    Conclusion,
    CrimeReport,
    Document,
    InformationExchange,
    Initiative,
    InitiativeActivity,
    InitiativeRating,
    Outreach,
    Participant,
    StandingTerm,
)
from cluster.models.records import RegisterRecord

# The least that each form takes; what names other rows is given by the test.
_LEAST: dict[type[RegisterRecord], dict[str, Any]] = {
    Briefing: {"level": "commune", "cycle": "month", "number": "7", "year": "2017", "held_on": "2017-07-20"},
    BriefingPattern: {
        **{"level": "district", "cycle": "quarter", "due_day": "20", "due_in": "within", "date_from": "2017-01-01"},
    },
    Conclusion: {"text": "Rà soát đối tượng tạm trú", "owner_body": "Ban điều hành cụm", "due_on": "2017-12-20"},
    BoardMember: {
        "seat": "4",
        "name": "Nguyễn Văn Mẫu",
        "post": "Trưởng Công an xã",
        "date_from": "2017-01-01",
        "position": "1",
    },
    StandingTerm: {"date_from": "2018-01-01", "date_to": "2018-12-31"},
    Participant: {"kind": "hamlet", "name": "Thôn Trầm Kỳ"},
    Document: {"kind": "plan", "issued_on": "2017-01-15", "abstract": "Kế hoạch phối hợp năm 2017"},
    Advice: {
        "given_on": "2017-06-01",
        "addressee": "UBND huyện Lệ Thủy",
        "subject": "Đợt cao điểm",
        "outcome": "pending",
    },
    InformationExchange: {"exchanged_on": "2017-06-01", "channel": "telephone", "subject": "situation"},
    Initiative: {"name": "Tân Định – Trầm Kỳ", "kind": "Cụm giáp ranh an toàn về ANTT", "founded": "2012-03-01"},
    InitiativeActivity: {"held_on": "2017-06-01", "content": "Sinh hoạt định kỳ"},
    InitiativeRating: {
        **{"year": "2017", "rating": "effective", "evidence": "Biên bản họp"},
        **{"rated_by": "Ban điều hành cụm", "rated_on": "2017-12-20"},
    },
    Outreach: {"held_on": "2017-06-01", "topic": "Phòng, chống trộm cắp", "form": "meeting"},
    CrimeReport: {"received_on": "2017-06-01", "channel": "telephone", "subject": "theft", "outcome": "received"},
}


def register_entry(model: type[RegisterRecord], **entered: Any) -> dict[str, Any]:
    return {"client_id": str(uuid.uuid4()), **_LEAST[model], **entered}


def field_text(response: Any, name: str) -> str:
    """What the form of the page holds in a field."""
    found = BeautifulSoup(response.content, "html.parser").select_one(f"main form [name={name}]")
    if found is None:
        raise LookupError(name)
    return found.get_text() if found.name == "textarea" else str(found.get("value", ""))
