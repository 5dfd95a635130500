"""What people are told of reviews."""

from django.utils.translation import gettext_lazy as _

from cluster.models import Notice
from cluster.notices import Kind, Params


def _words(notice: Notice) -> Params:
    return {**notice.params, "cluster": notice.cluster}


REVIEW_RETURNED = Kind(
    key="review_returned",
    label=_("A leader has given a review back"),
    subject=_("Given back: review of %(period)s"),
    sentences=("%(cluster)s", _("%(leader)s has given this review back."), _("Reason: %(reason)s")),
    words=_words,
    is_certain=True,
)
KINDS = (REVIEW_RETURNED,)
