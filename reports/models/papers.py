"""The files of a signed review, as they first left."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from reports.models.reviews import Review


class SignedPaper(models.Model):
    """One file of one issue of a signed review's paper; never written again.

    An issue tells of so many amendments and countersignatures: a further one makes another issue.
    """

    class Format(models.TextChoices):
        WORD = "docx", "Word"
        PDF = "pdf", "PDF"
        EXCEL = "xlsx", "Excel"

    review = models.ForeignKey(Review, models.PROTECT, related_name="papers", verbose_name=_("review"))
    format = models.CharField(_("format"), max_length=4, choices=Format.choices)
    amendments = models.PositiveSmallIntegerField(default=0)
    countersignatures = models.PositiveSmallIntegerField(default=0)
    content = models.BinaryField()
    sha256 = models.CharField(max_length=64)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("file of a signed review")
        verbose_name_plural = _("files of signed reviews")
        ordering = ("review", "amendments", "countersignatures", "format")
        constraints = (
            models.UniqueConstraint(
                fields=("review", "format", "amendments", "countersignatures"),
                name="signed_paper_once_an_issue",
                violation_error_message=_("This file is already stored."),
            ),
            models.CheckConstraint(
                condition=models.Q(format__in=("docx", "pdf", "xlsx")), name="signed_paper_format_known"
            ),
        )

    def __str__(self) -> str:
        return f"{self.review}.{self.format}"
