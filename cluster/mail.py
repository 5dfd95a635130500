"""Mail that asks people to look. Without EMAIL_URL none is sent; a mail server that fails stops nobody's work."""

import logging
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage, get_connection
from django.db import transaction

from cluster.models import User
from cluster.models.people import PostingQuerySet

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    to: tuple[str, ...]
    subject: str
    text: str


def addresses_of(postings: PostingQuerySet, *, but: User) -> tuple[str, ...]:
    """The e-mail addresses of those who hold one of the postings today, without who did what the mail tells of."""
    held = postings.active().exclude(user__email="").exclude(user=but)
    return tuple(held.order_by("user__email").values_list("user__email", flat=True).distinct())


def send_after_commit(letters: Sequence[Letter]) -> None:
    """Send them once what they tell of is written; those to nobody are dropped."""
    letters = [letter for letter in letters if letter.to]
    if letters and settings.EMAIL_URL:
        transaction.on_commit(lambda: _send(letters))


def _send(letters: Sequence[Letter]) -> None:
    # A line break in a subject would begin another header.
    mails = [EmailMessage(" ".join(letter.subject.split()), letter.text, to=letter.to) for letter in letters]
    try:
        get_connection().send_messages(mails)
    except (smtplib.SMTPException, OSError) as error:
        logger.error(
            "%d mails were not sent: %s. Nothing else is lost. Check EMAIL_URL and the mail server.",
            len(mails),
            error,
        )
