"""What a person is told, in the page and by mail, and how each wants to be told."""

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster.models.clusters import Cluster

# Who has not looked for so long has other ways to learn of it; what was read goes sooner.
_KEPT = dt.timedelta(days=400)
_KEPT_WHEN_READ = dt.timedelta(days=180)


class NoticeQuerySet(models.QuerySet["Notice"]):
    def unread(self) -> Self:
        return self.filter(read_at=None)

    def of(self, user_id: int, clusters: Iterable[int]) -> Self:
        """The user's, in the clusters whose records the user reads today: what may no longer be seen is not told."""
        return self.filter(recipient=user_id, cluster__in=clusters)

    def outlived(self, now: dt.datetime) -> Self:
        """Those that nobody needs any more (the retention rule of notices)."""
        return self.filter(Q(created_at__lt=now - _KEPT) | Q(created_at__lt=now - _KEPT_WHEN_READ, read_at__lt=now))

    def about(self, client_id: uuid.UUID) -> Self:
        return self.filter(about=client_id)


class Notice(models.Model):
    """One person is told of one event, once. ``kind`` is declared with its text (cluster/notices.py), which is written
    anew for each reader's language from ``params``; ``address`` is the page that it is about.
    """

    recipient = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", db_index=False, verbose_name=_("recipient")
    )
    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+", verbose_name=_("cluster"))
    kind = models.SlugField(_("kind"), max_length=40, db_index=False)
    # What happened, as a key: a second telling of the same event to the same person is none.
    event = models.CharField(max_length=120)
    params = models.JSONField(default=dict)
    address = models.CharField(max_length=300)
    # The client id of the record, with which the notice goes.
    about = models.UUIDField(null=True, db_index=True)
    created_at = models.DateTimeField(_("created at"), default=timezone.now)
    read_at = models.DateTimeField(_("read at"), null=True)
    # Set before a mail goes out: a mail that may have been sent is never sent again.
    mailed_at = models.DateTimeField(_("mailed at"), null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        ordering = ("-created_at", "-pk")
        indexes = (
            models.Index(fields=("recipient", "-created_at"), name="notice_of_recipient"),
            # Asked on every page: only what is unread stands in it.
            models.Index(fields=("recipient", "cluster"), condition=Q(read_at=None), name="notice_unread"),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("recipient", "event"),
                name="notice_once_an_event",
                violation_error_message=_("This person has already been told of it."),
            ),
            models.CheckConstraint(condition=~Q(kind="") & ~Q(event=""), name="notice_kind_and_event_given"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.event}"


class NoticeChoice(models.Model):
    """How a person wants to hear of a kind of notice by mail, where that is not as the kind is declared."""

    class Delivery(models.TextChoices):
        AT_ONCE = "at_once", _("at once")
        DAILY = "daily", _("in the daily digest")
        NONE = "none", _("not by e-mail")

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="notice_choices", db_index=False)
    kind = models.SlugField(_("kind"), max_length=40, db_index=False)
    delivery = models.CharField(_("by e-mail"), max_length=10, choices=Delivery.choices)

    class Meta:
        verbose_name = _("choice of notices")
        verbose_name_plural = _("choices of notices")
        ordering = ("user", "kind")
        constraints = (
            models.UniqueConstraint(
                fields=("user", "kind"),
                name="notice_choice_once_a_kind",
                violation_error_message=_("There is already a choice for this kind."),
            ),
            models.CheckConstraint(
                condition=Q(delivery__in=("at_once", "daily", "none")), name="notice_choice_delivery_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.kind}: {self.delivery}"
