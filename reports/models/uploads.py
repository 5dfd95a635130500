"""The workbook that waits for its second look."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster.fields import Line
from cluster.models import Cluster


class UploadedWorkbook(models.Model):
    """A workbook between its preview and the coordinator's word to take it over; then the content goes.

    The empty row stays until an upload of a later day, so that a second tap is known as one.
    """

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="+")
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    name = Line(max_length=200)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("uploaded workbook")
        verbose_name_plural = _("uploaded workbooks")

    def __str__(self) -> str:
        return self.name
