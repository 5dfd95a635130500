"""Photographs of the signed paper of a patrol."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from cluster.models import PoliceUnit
from patrols.models.patrol import JointPatrol


def stored_name(photograph: "Photograph", name: str) -> str:
    """A random name: the one that the file came with may say more than it should."""
    return f"photographs/{uuid.uuid4().hex}"


class Photograph(models.Model):
    """Written anew on arrival, so without location data; read only through a view that asks for the right."""

    class Kind(models.TextChoices):
        JPEG = "image/jpeg", "JPEG"
        PNG = "image/png", "PNG"
        WEBP = "image/webp", "WebP"
        PDF = "application/pdf", "PDF"

    client_id = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    patrol = models.ForeignKey(JointPatrol, models.PROTECT, related_name="photographs", verbose_name=_("patrol"))
    file = models.FileField(_("file"), upload_to=stored_name)
    kind = models.CharField(_("kind"), max_length=20, choices=Kind.choices)
    size = models.PositiveIntegerField(_("size"), help_text=_("In bytes."))
    sha256 = models.CharField(max_length=64, editable=False)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("added by"))
    added_unit = models.ForeignKey(PoliceUnit, models.PROTECT, null=True, related_name="+", verbose_name=_("added for"))
    added_at = models.DateTimeField(_("added at"))
    deleted_at = models.DateTimeField(_("deleted at"), null=True)
    deleted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("deleted by")
    )

    class Meta:
        verbose_name = _("photograph")
        verbose_name_plural = _("photographs")
        ordering = ("added_at", "pk")
        constraints = (
            models.UniqueConstraint(
                fields=("patrol", "sha256"),
                condition=Q(deleted_at=None),
                name="photograph_once_a_patrol",
                violation_error_message=_("This file is already attached."),
            ),
            models.CheckConstraint(
                condition=Q(kind__in=("image/jpeg", "image/png", "image/webp", "application/pdf")),
                name="photograph_kind_known",
            ),
            models.CheckConstraint(
                condition=Q(deleted_at=None, deleted_by=None) | Q(deleted_at__isnull=False, deleted_by__isnull=False),
                name="photograph_deletion_has_a_name",
            ),
        )

    def __str__(self) -> str:
        return f"{self.patrol} · {self.get_kind_display()}"
