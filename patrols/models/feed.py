"""The schedule of a cluster in a person's own calendar."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster.models import Cluster


class CalendarFeed(models.Model):
    """A secret address that shows busy times only. The address is shown once; its SHA-256 is what is stored."""

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="+", verbose_name=_("cluster"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+", verbose_name=_("user"))
    token_hash = models.CharField(max_length=64, unique=True, editable=False)
    created_at = models.DateTimeField(_("created at"))
    last_read_at = models.DateTimeField(_("last read at"), null=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True)

    class Meta:
        verbose_name = _("calendar feed")
        verbose_name_plural = _("calendar feeds")
        constraints = (
            models.UniqueConstraint(
                fields=("cluster", "user"),
                condition=Q(revoked_at=None),
                name="calendar_feed_once_a_user",
                violation_error_message=_("There is a feed already."),
            ),
        )

    def __str__(self) -> str:
        return f"{self.user} · {self.cluster}"
