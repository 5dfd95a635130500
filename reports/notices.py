"""Who is told by mail of a review that was given back."""

from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from cluster.mail import Letter, addresses_of, send_after_commit
from cluster.models import Posting
from reports.models import Return
from reports.wording import period_name


def tell_preparers(returned: Return, *, site: str) -> None:
    """The coordinators of the cluster: they prepare its reviews."""
    review = returned.review
    coordinators = Posting.objects.filter(role=Posting.Role.COORDINATOR, cluster=review.cluster_id)
    with translation.override("vi"):
        name = period_name(review.period, review.cluster)
        address = reverse("reports:review_write", args=[review.cluster.slug, review.period.slug_in(review.cluster)])
        said = _("%(leader)s has given the review of %(period)s back.") % {
            "leader": returned.returned_by,
            "period": name,
        }
        reason = _("Reason: %(reason)s") % {"reason": returned.reason}
        text = "\n\n".join([str(review.cluster), said, reason, site.rstrip("/") + address])
        subject = _("Given back: review of %(period)s") % {"period": name}
        send_after_commit([Letter(addresses_of(coordinators, but=returned.returned_by), subject, text)])
