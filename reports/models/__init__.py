"""The models of the reports app, split by idea."""

from reports.models.conferences import (
    PARTS,
    Conference,
    Contribution,
    Delegation,
    Difficulty,
    KeyTask,
    Recommendation,
)
from reports.models.papers import SignedPaper
from reports.models.reviews import Amendment, Countersignature, Return, Review, Section
from reports.models.uploads import UploadedWorkbook
from reports.models.workplans import Target, Workplan

__all__ = [
    "PARTS",
    "Amendment",
    "Conference",
    "Contribution",
    "Countersignature",
    "Delegation",
    "Difficulty",
    "KeyTask",
    "Recommendation",
    "Return",
    "Review",
    "Section",
    "SignedPaper",
    "Target",
    "UploadedWorkbook",
    "Workplan",
]
