"""The Excel list that waits for its second look."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from cluster.fields import Line
from cluster.models.clusters import Cluster


class UploadedList(models.Model):
    """A list for a register between its preview and the word to take it over; then the content goes.

    There is one a user and register: the next one takes its place.
    """

    cluster = models.ForeignKey(Cluster, models.CASCADE, related_name="+")
    noun = models.SlugField(max_length=40, db_index=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)
    name = Line(max_length=200)
    content = models.BinaryField()

    class Meta:
        verbose_name = _("uploaded list")
        verbose_name_plural = _("uploaded lists")
        constraints = (
            models.UniqueConstraint(
                fields=("cluster", "noun", "uploaded_by"),
                name="uploaded_list_once_a_user_and_register",
                violation_error_message=_("Another list of yours waits here already."),
            ),
        )

    def __str__(self) -> str:
        return self.name
