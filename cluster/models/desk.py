"""What each person keeps of a cluster: when they were last here, and the lists that they look at again and again."""

import datetime as dt
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster.fields import Line
from cluster.models.clusters import Cluster
from cluster.validators import no_identity

# Somebody who comes back after so long has been away; until then it is one visit.
_A_VISIT = dt.timedelta(minutes=30)
# A page that is opened again and again writes no oftener than this.
_WRITTEN_EVERY = dt.timedelta(minutes=5)


class Visit(models.Model):
    """When a user last looked into a cluster, and when the visit before ended: what is new is new since then."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="visits", db_index=False)
    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="+")
    last_at = models.DateTimeField(_("last here"))
    before_at = models.DateTimeField(_("here the time before"), null=True)

    class Meta:
        verbose_name = _("visit")
        verbose_name_plural = _("visits")
        ordering = ("user", "cluster")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "cluster"),
                name="visit_once_a_user_and_cluster",
                violation_error_message=_("The visit is already noted."),
            ),
            models.CheckConstraint(
                condition=Q(before_at=None) | Q(before_at__lte=models.F("last_at")), name="visit_moments_in_order"
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.cluster}"

    def go_on(self, now: dt.datetime) -> bool:
        """Note that the user is here. Returns whether there is something to write."""
        away = now - self.last_at
        if away >= _A_VISIT:
            self.before_at = self.last_at
        if away < _WRITTEN_EVERY:
            return False
        self.last_at = now
        return True


class SavedFilterQuerySet(models.QuerySet["SavedFilter"]):
    def seen_by(self, user_id: int, cluster: Cluster) -> Self:
        """The user's own in the cluster, and those that others there share."""
        return self.filter(Q(owner=user_id) | Q(is_shared=True), cluster=cluster)


class SavedFilter(models.Model):
    """A list of the cluster as somebody narrowed it, under a name: ``view`` is the list, ``query`` its filters.

    What it shows is read anew with the rights of whoever opens it.
    """

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="saved_filters", db_index=False)
    owner = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="saved_filters")
    name = Line(_("name"), max_length=100, validators=[no_identity])
    view = models.CharField(max_length=60)
    query = models.CharField(max_length=1000, blank=True)
    is_shared = models.BooleanField(
        _("shared with the cluster"), default=False, help_text=_("Everybody who reads the records here sees it.")
    )

    objects = SavedFilterQuerySet.as_manager()

    class Meta:
        verbose_name = _("saved filter")
        verbose_name_plural = _("saved filters")
        ordering = ("name", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("cluster", "owner", "name"),
                name="saved_filter_name_once_an_owner",
                violation_error_message=_("You already have a filter of this name here."),
            ),
            models.CheckConstraint(condition=~Q(name="") & ~Q(view=""), name="saved_filter_name_given"),
        )

    def __str__(self) -> str:
        return self.name
