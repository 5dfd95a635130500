"""Two records of one real patrol, and pairs that only look like it: both are decisions of a person."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from simple_history.models import HistoricalRecords

from cluster.fields import Line
from cluster.models import Cluster
from cluster.validators import no_identity
from patrols.models.patrol import Contingent, JointPatrol


class TwinLink(models.Model):
    """Both records stay; ``kept`` counts and ``absorbed`` does not (counting rule 1). Undone by deleting the link.

    ``added_lines`` are the lines that linking copied to the kept record because it had none of that unit and force.
    """

    cluster = models.ForeignKey(Cluster, models.PROTECT, related_name="+", verbose_name=_("cluster"))
    kept = models.ForeignKey(
        JointPatrol, models.PROTECT, related_name="absorbed_links", verbose_name=_("record that counts")
    )
    absorbed = models.OneToOneField(
        JointPatrol, models.PROTECT, related_name="twin_link", verbose_name=_("record that does not count")
    )
    added_lines = models.ManyToManyField(Contingent, related_name="+", editable=False)
    reason = Line(_("reason"), max_length=300, blank=True, validators=[no_identity])
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("linked by")
    )
    linked_at = models.DateTimeField(_("linked at"))
    history = HistoricalRecords(m2m_fields=[added_lines])

    class Meta:
        verbose_name = _("link of twins")
        verbose_name_plural = _("links of twins")
        ordering = ("-linked_at",)
        constraints = (models.CheckConstraint(condition=~Q(kept=F("absorbed")), name="twin_link_of_two_records"),)

    def __str__(self) -> str:
        return f"{self.kept} = {self.absorbed}"


class NotTwins(models.Model):
    """A person has said that two records are two patrols: they are not suspected again. The lower key is first."""

    first = models.ForeignKey(JointPatrol, models.CASCADE, related_name="+")
    second = models.ForeignKey(JointPatrol, models.CASCADE, related_name="+")
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("decided by")
    )
    decided_at = models.DateTimeField(_("decided at"))

    class Meta:
        verbose_name = _("pair that is not twins")
        verbose_name_plural = _("pairs that are not twins")
        constraints = (
            models.UniqueConstraint(
                fields=("first", "second"),
                name="not_twins_once_a_pair",
                violation_error_message=_("Somebody has decided this already."),
            ),
            models.CheckConstraint(condition=Q(first__lt=F("second")), name="not_twins_lower_key_first"),
        )

    def __str__(self) -> str:
        return f"{self.first} ≠ {self.second}"
