"""The models of the cluster app, split by idea."""

from cluster.models.clusters import Cluster, MemberUnit, Party
from cluster.models.exchanges import InformationExchange
from cluster.models.papers import PaperNumber, PaperSettings
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

__all__ = [
    "UNKNOWN_START",
    "AdministrativeUnit",
    "Cluster",
    "Force",
    "InformationExchange",
    "MemberUnit",
    "Officer",
    "PaperNumber",
    "PaperSettings",
    "Party",
    "PoliceUnit",
    "Posting",
    "Seal",
    "Span",
    "Submission",
    "UnitSuccession",
    "User",
]
