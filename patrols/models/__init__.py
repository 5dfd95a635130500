"""Patrols, their lines and campaigns, and what hangs on them: twins, photographs, the schedule as a feed."""

from patrols.models.campaigns import Campaign, CampaignQuerySet
from patrols.models.feed import CalendarFeed
from patrols.models.patrol import (
    LONG_SHIFT,
    Contingent,
    ContingentQuerySet,
    JointPatrol,
    JointPatrolQuerySet,
    engagements,
)
from patrols.models.photographs import Photograph
from patrols.models.twins import NotTwins, TwinLink

__all__ = [
    "LONG_SHIFT",
    "CalendarFeed",
    "Campaign",
    "CampaignQuerySet",
    "Contingent",
    "ContingentQuerySet",
    "JointPatrol",
    "JointPatrolQuerySet",
    "NotTwins",
    "Photograph",
    "TwinLink",
    "engagements",
]
