"""The author's "the same patrol": what the form holds of the own unit goes into the record that is there."""

import uuid

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _

from cluster.access import Rights
from cluster.queue import receipt_of
from cluster.services import SealedPeriod
from patrols.forms import PatrolForm
from patrols.forms.twins import uuid_of
from patrols.models import JointPatrol
from patrols.services import NotLinkable, join_patrol


def join_twin(request: HttpRequest, rights: Rights, form: PatrolForm, *, client_id: uuid.UUID) -> HttpResponse | None:
    """The answer to a valid new form that names a record to join; None where it is shown again, with the error."""
    named = uuid_of(request.POST["join"])
    twin = JointPatrol.objects.of(rights.cluster).filter(client_id=named).first() if named else None
    if twin is None:
        form.add_error(None, _("This record is no longer there."))
        return None
    now = timezone.now()
    try:
        joined = join_patrol(
            twin,
            client_id=client_id,
            lines=form.patrol_data.lines,
            rights=rights,
            now=now,
            receipt=receipt_of(request, rights),
        )
    except (NotLinkable, SealedPeriod) as refused:
        form.add_error(None, str(refused))
        return None
    messages.success(request, _("The force of your unit now stands in this record."))
    if joined.unnamed:
        message = _("You also entered %(units)s, which this record does not name: please tell the unit that wrote it.")
        messages.warning(request, message % {"units": ", ".join(map(str, joined.unnamed))})
    return redirect("patrols:patrol_detail", rights.cluster.slug, joined.patrol.client_id)
