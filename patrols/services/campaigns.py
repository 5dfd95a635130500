"""Campaigns are counted as patrols are, so what is signed holds them as well."""

from django.db import transaction

from cluster.models import User
from cluster.services import hold_seals, refuse_sealed, save_with_history
from patrols.models import Campaign


@transaction.atomic
def keep_campaign(campaign: Campaign, *, by: User) -> None:
    """Write a new campaign, or what was edited of one. Raises ``SealedPeriod`` for the days before and after."""
    if campaign.pk:
        hold_seals(campaign.cluster_id)
        refuse_sealed(campaign.cluster_id, Campaign.objects.get(pk=campaign.pk).span)
        refuse_sealed(campaign.cluster_id, campaign.span)
    save_with_history(campaign, by=by)
