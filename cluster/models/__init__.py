"""The models of the cluster app, split by idea."""

from cluster.models.advice import Advice
from cluster.models.borders import BorderPair
from cluster.models.briefings import Briefing, BriefingHost, BriefingPattern
from cluster.models.clusters import Cluster, MemberUnit, Party
from cluster.models.conclusions import Conclusion, FollowUp
from cluster.models.desk import SavedFilter, Visit
from cluster.models.documents import Article, CarriesOut, Document
from cluster.models.exchanges import InformationExchange
from cluster.models.initiatives import Initiative, InitiativeActivity, InitiativeRating
from cluster.models.notices import Notice, NoticeChoice
from cluster.models.offices import BoardMember, StandingTerm
from cluster.models.outreach import CrimeReport, Outreach
from cluster.models.papers import PaperNumber, PaperSettings
from cluster.models.participants import Participant
from cluster.models.people import Posting, User
from cluster.models.seals import Seal, Span
from cluster.models.submissions import Submission
from cluster.models.units import (
    UNKNOWN_START,
    AdministrativeUnit,
    Force,
    Officer,
    PoliceUnit,
    UnitSuccession,
)
from cluster.models.uploads import UploadedList

__all__ = [
    "UNKNOWN_START",
    "AdministrativeUnit",
    "Advice",
    "Article",
    "BoardMember",
    "BorderPair",
    "Briefing",
    "BriefingHost",
    "BriefingPattern",
    "CarriesOut",
    "Cluster",
    "Conclusion",
    "CrimeReport",
    "Document",
    "FollowUp",
    "Force",
    "InformationExchange",
    "Initiative",
    "InitiativeActivity",
    "InitiativeRating",
    "MemberUnit",
    "Notice",
    "NoticeChoice",
    "Officer",
    "Outreach",
    "PaperNumber",
    "PaperSettings",
    "Participant",
    "Party",
    "PoliceUnit",
    "Posting",
    "SavedFilter",
    "Seal",
    "Span",
    "StandingTerm",
    "Submission",
    "UnitSuccession",
    "UploadedList",
    "User",
    "Visit",
]
