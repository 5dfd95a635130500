"""What queues on phones have sent: a receipt each, and the text of those that a person must look at."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster.models.clusters import Cluster


class SubmissionQuerySet(models.QuerySet["Submission"]):
    def in_tray(self) -> "SubmissionQuerySet":
        """Those that wait for a person."""
        return self.filter(state=Submission.State.IN_TRAY)


class Submission(models.Model):
    """One arrival under a client id (security.md 3 and 6), written in the transaction of its record.

    ``body_hash`` is the SHA-256 of the bytes as sent: a second copy from the same user is known by it before anything
    is read, and answered like the first. What could not be stored as a record keeps its text here until a person
    decides.
    """

    class Kind(models.TextChoices):
        PATROL = "patrol", _("joint patrol")
        INCIDENT = "incident", _("incident")

    class State(models.TextChoices):
        STORED = "stored", _("stored")
        IN_TRAY = "in_tray", _("waiting for a decision")
        SETTLED = "settled", _("settled")

    client_id = models.UUIDField()
    body_hash = models.CharField(max_length=64)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind.choices)
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+", verbose_name=_("cluster"))
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("user"))
    state = models.CharField(_("state"), max_length=10, choices=State.choices)
    body = models.TextField(_("text as sent"), blank=True)
    received_at = models.DateTimeField(_("received at"))
    # Device clock minus ours, in seconds; flagged beyond ten minutes, never corrected (security.md 26).
    clock_off = models.IntegerField(_("device clock off by"), null=True)
    settled_at = models.DateTimeField(_("settled at"), null=True)
    settled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("settled by")
    )

    objects = SubmissionQuerySet.as_manager()

    class Meta:
        verbose_name = _("submission")
        verbose_name_plural = _("submissions")
        ordering = ("-received_at", "-pk")
        constraints = (
            models.UniqueConstraint(
                fields=("client_id", "body_hash", "kind", "cluster", "user"),
                name="submission_once_a_text",
                violation_error_message=_("This text has already arrived."),
            ),
            models.CheckConstraint(condition=Q(kind__in=("patrol", "incident")), name="submission_kind_known"),
            models.CheckConstraint(
                condition=Q(state__in=("stored", "in_tray", "settled")), name="submission_state_known"
            ),
            models.CheckConstraint(condition=~Q(state="in_tray") | ~Q(body=""), name="submission_in_tray_has_text"),
            models.CheckConstraint(
                condition=Q(state="settled", settled_at__isnull=False, settled_by__isnull=False)
                | (~Q(state="settled") & Q(settled_at=None, settled_by=None)),
                name="submission_settled_by_somebody",
            ),
        )

    def __str__(self) -> str:
        return f"{self.get_kind_display()} · {self.client_id}"
