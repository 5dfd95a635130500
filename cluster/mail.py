"""Mail that asks people to look. Without EMAIL_URL none is sent; a mail server that fails stops nobody's work."""

import logging
import smtplib
from collections.abc import Sequence
from dataclasses import dataclass

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

logger = logging.getLogger(__name__)


@dataclass(frozen=True)
class Letter:
    to: tuple[str, ...]
    subject: str
    text: str


def send(letters: Sequence[Letter]) -> bool:
    """Send them; call it after the commit of what they tell of. Returns whether the mail server took them."""
    if not letters or not settings.EMAIL_URL:
        return not letters
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
        return False
    return True
