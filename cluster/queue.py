"""Texts from the queue of a phone: each is answered so that the phone knows what became of it (security.md 3 and 6).

``queued`` turns what a form's view does into the JSON of the queue. The view stays as it is, but for two things: it
hands ``receipt_of(request)`` to the service that writes the record, and answers with a ``TemplateResponse``.
"""

import datetime as dt
import hashlib
import re
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.template.response import SimpleTemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _

from cluster.access import Rights
from cluster.models import Submission, User
from cluster.models.records import Record
from cluster.models.submissions import SubmissionQuerySet
from cluster.services import Receipt
from cluster.submissions import client_id_of, is_from_queue

P = ParamSpec("P")
State = Submission.State
ClusterView = Callable[Concatenate[HttpRequest, Rights, P], HttpResponseBase]

# A clock that is off by less is not worth a word (security.md 26).
CLOCK_TOLERANCE = dt.timedelta(minutes=10)
_MOST_SECONDS = 2**31 - 1


def device_id(user: User) -> str:
    """What a phone knows a user by: the same for ever, and it says nothing of the user."""
    return salted_hmac("cluster.queue.device_id", str(user.pk), algorithm="sha256").hexdigest()[:32]


def is_unattended(request: HttpRequest) -> bool:
    """Whether a queue sends it with nobody in front: then there is nobody to ask."""
    return request.headers.get("X-Unattended") == "1"


@dataclass(frozen=True)
class Arrival:
    """One text as it came, known by its client id and the hash of its bytes."""

    client_id: uuid.UUID
    body: str
    body_hash: str
    kind: str
    rights: Rights
    received_at: dt.datetime
    clock_off: int | None

    @classmethod
    def of(cls, request: HttpRequest, rights: Rights, kind: str) -> "Arrival | None":
        """None where the bytes are not those that were hashed, or no form: nothing of it can be trusted."""
        client_id, now = client_id_of(request), timezone.now()
        body_hash = hashlib.sha256(request.body).hexdigest()
        is_whole = body_hash == request.headers["X-Content-Hash"] and b"\0" not in request.body
        if client_id is None or not is_whole or request.content_type != "application/x-www-form-urlencoded":
            return None
        try:
            body = request.body.decode()
        except UnicodeDecodeError:
            return None
        return cls(client_id, body, body_hash, kind, rights, now, _clock_off(request, now))

    def receipt(self) -> Submission | None:
        """That of an earlier copy from the same user."""
        return Submission.objects.filter(
            client_id=self.client_id,
            body_hash=self.body_hash,
            kind=self.kind,
            cluster=self.rights.cluster,
            user=self.rights.user,
        ).first()

    def keep(self, state: str) -> Submission:
        """The receipt; of two copies in the same moment, the one that was faster writes it."""
        return Submission.objects.get_or_create(
            client_id=self.client_id,
            body_hash=self.body_hash,
            kind=self.kind,
            cluster=self.rights.cluster,
            user=self.rights.user,
            defaults={
                "state": state,
                "body": self.body if state == State.IN_TRAY else "",
                "received_at": self.received_at,
                "clock_off": self.clock_off,
            },
        )[0]

    def answer(self, state: str, *, status: int, **more: Any) -> JsonResponse:
        """With the echo by which the phone knows that this very text is meant."""
        echo = {"client_id": str(self.client_id), "content_hash": self.body_hash, "state": state}
        return JsonResponse(echo | more, status=status)


def _clock_off(request: HttpRequest, now: dt.datetime) -> int | None:
    """Seconds by which the device is ahead, if that matters."""
    sent_at = request.headers.get("X-Sent-At", "")
    if not re.fullmatch(r"[0-9]{1,16}", sent_at, re.ASCII):
        return None
    ahead = int(sent_at) // 1000 - int(now.timestamp())
    return min(ahead, _MOST_SECONDS) if abs(ahead) > CLOCK_TOLERANCE.total_seconds() else None


def clock_warnings(record: Record, kind: str) -> list[str]:
    """What the page of a record says of the clock of the device that sent it."""
    receipts = Submission.objects.filter(client_id=record.client_id, cluster=record.cluster_id, kind=kind)
    off = receipts.filter(state=State.STORED).exclude(clock_off=None).values_list("clock_off", flat=True).first()
    if off is None:
        return []
    hours, minutes = divmod(abs(off) // 60, 60)
    amount = _("%(hours)d h %(minutes)d min") % {"hours": hours, "minutes": minutes}
    text = _("The clock of the phone that sent this was %(amount)s ahead: please check the date and the hours.")
    if off < 0:
        text = _("The clock of the phone that sent this was %(amount)s behind: please check the date and the hours.")
    return [text % {"amount": amount}]


def queued(kind: str, model: type[Record]) -> Callable[[ClusterView[P]], ClusterView[P]]:
    """Answer the queue of a phone for a view that writes a new record; a browser's form is left to the view."""

    def decorate(view: ClusterView[P]) -> ClusterView[P]:
        @wraps(view)
        def wrapper(request: HttpRequest, rights: Rights, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            if not is_from_queue(request):
                return view(request, rights, *args, **kwargs)
            arrival = Arrival.of(request, rights, kind)
            if arrival is None:
                return JsonResponse({"state": "unreadable"}, status=400)
            # Before any validation: the record may have been edited since, or its period closed.
            if earlier := arrival.receipt():
                return _answer_again(arrival, earlier, model=model, path=request.path)
            request.arrival = arrival  # type: ignore[attr-defined]
            return _as_json(arrival, view(request, rights, *args, **kwargs), path=request.path)

        return wrapper

    return decorate


def _answer_again(arrival: Arrival, earlier: Submission, *, model: type[Record], path: str) -> JsonResponse:
    if earlier.state != State.STORED:
        return _in_tray(arrival, earlier)
    record: Any = model._default_manager.filter(cluster=earlier.cluster, client_id=arrival.client_id).first()
    is_there = record is not None and not record.is_deleted
    # The list, where the record is deleted or its text went into another one.
    url = record.get_absolute_url() if is_there else path.removesuffix("new/")
    return arrival.answer("stored", status=200, url=url, deleted=record is not None and record.is_deleted)


def _as_json(arrival: Arrival, response: HttpResponseBase, *, path: str) -> JsonResponse:
    """What the view's answer to a browser means for a queue."""
    match response.status_code:
        case 302:
            # A view that wrote something else than a record of this id has not asked for the receipt.
            arrival.keep(State.STORED)
            return arrival.answer("stored", status=201, url=response.headers["Location"])
        case 409 | 410:
            kept = arrival.keep(State.IN_TRAY)
            if kept.state == State.STORED:  # by a copy that came in the same moment
                return arrival.answer("stored", status=200, url=path.removesuffix("new/"))
            return _in_tray(arrival, kept)
        case 200 | 422 | 423:
            return _refused(arrival, response)
    return JsonResponse({"state": "failed"}, status=response.status_code)


def _in_tray(arrival: Arrival, kept: Submission) -> JsonResponse:
    url = reverse("reports:tray_detail", args=[arrival.rights.cluster.slug, kept.pk])
    return arrival.answer("in_tray", status=409, url=url)


def _refused(arrival: Arrival, response: HttpResponseBase) -> JsonResponse:
    """The text opens again under the same id; the page holds it with what is wrong, or asked, at its place."""
    form = None
    if isinstance(response, SimpleTemplateResponse):
        form = (response.context_data or {}).get("form")
        response.render()
    page = response.content.decode() if isinstance(response, HttpResponse) else ""
    return arrival.answer("refused", status=422, errors=errors_of(form) if form is not None else [], page=page)


def errors_of(form: Any) -> list[dict[str, str]]:
    """Input, label and message of every error, in the order of the page, and the questions that wait for an answer."""
    if hasattr(form, "error_items"):
        questions = [("sure", "", question.text) for question in form.questions if not question.is_answered]
        return [
            {"field": element.removeprefix("id_"), "label": label, "message": message}
            for element, label, message in [*form.error_items, *questions]
        ]
    general = [{"field": "", "label": "", "message": str(message)} for message in form.non_field_errors()]
    at_fields = [
        {"field": bound.html_name, "label": str(bound.label), "message": str(message)}
        for bound in form
        for message in bound.errors
    ]
    return general + at_fields


def receipt_of(request: HttpRequest, rights: Rights) -> Receipt:
    """For the transaction that writes the record: the receipt of the queue, the word that a text left the tray."""
    arrival: Arrival | None = getattr(request, "arrival", None)
    waiting = tray_text(request, rights)

    def write() -> None:
        if arrival:
            arrival.keep(State.STORED)
        if waiting:
            settle(waiting, by=rights.user, now=timezone.now())

    return write


# The tray


def tray_of(rights: Rights) -> SubmissionQuerySet:
    """The texts that the user may read, settled ones too: the own, and for a coordinator those of the cluster."""
    texts = Submission.objects.filter(cluster=rights.cluster).exclude(state=State.STORED)
    return texts if rights.coordinates else texts.filter(user=rights.user)


def tray_text(request: HttpRequest, rights: Rights) -> Submission | None:
    """The text of the tray that a form opened with or was sent with, if it still waits."""
    key = request.POST.get("tray", "") or request.GET.get("tray", "")
    if not re.fullmatch(r"[0-9]{1,18}", key, re.ASCII):
        return None
    return tray_of(rights).in_tray().filter(pk=int(key)).first()


def settle(text: Submission, *, by: User, now: dt.datetime) -> None:
    """A person has decided; the text stays. Of two who decide at once the first is named."""
    Submission.objects.in_tray().filter(pk=text.pk).update(state=State.SETTLED, settled_by=by, settled_at=now)
