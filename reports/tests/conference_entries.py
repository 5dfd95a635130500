"""What a browser posts from the forms of conferences, recommendations and key tasks; a test changes what matters."""

import uuid
from typing import Any

EMPTY_ROWS = {
    f"{part}-{name}": count
    for part in ("delegations", "contributions", "difficulties")
    for name, count in (("TOTAL_FORMS", "2"), ("INITIAL_FORMS", "0"))
}


def conference_entry(**changes: Any) -> dict[str, Any]:
    """Two empty rows of each part, as the page has some."""
    return {
        "client_id": str(uuid.uuid4()),
        "kind": "annual",
        "name": "Hội nghị tổng kết công tác năm 2017",
        "held_on": "2018-01-12",
        "starts_at": "08:00",
        "ends_at": "11:30",
        "place": "Hội trường Ủy ban nhân dân huyện",
        **EMPTY_ROWS,
        **changes,
    }


def row_entry(part: str, number: int, **values: Any) -> dict[str, Any]:
    return {f"{part}-{number}-{name}": value for name, value in values.items()}


def recommendation_entry(**changes: Any) -> dict[str, Any]:
    return {
        "client_id": str(uuid.uuid4()),
        "made_on": "2018-01-12",
        "addressee": "Lãnh đạo Ủy ban nhân dân hai huyện",
        "content": "Hỗ trợ kinh phí tuần tra chung",
        **changes,
    }


def answer_entry(**changes: Any) -> dict[str, Any]:
    return {
        "version": 1,
        "state": "accepted",
        "answered_on": "2018-03-05",
        "answer_document": "45/UBND-NC",
        "answer": "Đồng ý bố trí kinh phí.",
        **changes,
    }


def task_entry(**changes: Any) -> dict[str, Any]:
    return {
        "client_id": str(uuid.uuid4()),
        "date_from": "2018-01-01",
        "date_to": "2018-12-31",
        "content": "Nắm chắc tình hình vùng giáp ranh",
        "owner": "Ban điều hành cụm",
        **changes,
    }


def assessment_entry(**changes: Any) -> dict[str, Any]:
    return {
        "version": 1,
        "assessment": "done",
        "assessed_on": "2018-12-20",
        "assessment_note": "Tổ chức đủ số ca theo kế hoạch.",
        **changes,
    }
