"""Run once a day: tells of deadlines, mails the daily digests, and puts away notices that nobody needs any more."""

import datetime as dt
from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction
from django.utils import timezone

from cluster.mail import Letter
from cluster.models import Notice
from cluster.notices import letters_due, send_digests
from reports.deadlines import DEADLINES

_CONSOLE = "django.core.mail.backends.console.EmailBackend"


class Command(BaseCommand):
    help = "Tell of deadlines and mail the daily digests; run it once a day, as by cron at 07:00."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--dry-run", action="store_true", help="print the mails that would go out; send, write and mark nothing"
        )

    def handle(self, *args: Any, dry_run: bool = False, **options: Any) -> None:
        now = timezone.now()
        if dry_run:
            letters = _foretold(now)
            for letter in letters:
                self.stdout.write(f"To: {', '.join(letter.to)}\nSubject: {letter.subject}\n\n{letter.text}\n\n")
            self.stderr.write(f"{len(letters)} mails would go out; nothing was sent, written or marked.")
        else:
            _tell(now)
            sent = send_digests(now=now)
            Notice.objects.outlived(now).delete()
            self.stderr.write(f"{sent} digests were {'printed' if _prints() else 'mailed'}.")
        if not settings.EMAIL_URL:
            self.stderr.write("No mail is ever sent while EMAIL_URL is empty: notices stand in the pages alone.")
        elif _prints():
            self.stderr.write("EMAIL_URL is consolemail://, so mails are printed here and reach nobody.")


def _tell(now: dt.datetime) -> None:
    for tell_of in DEADLINES:
        with transaction.atomic():
            tell_of(now=now)


def _foretold(now: dt.datetime) -> list[Letter]:
    """What a run would mail, found by a run that is taken back."""
    with transaction.atomic():
        _tell(now)
        letters = letters_due(now=now)
        transaction.set_rollback(True)
    return letters


def _prints() -> bool:
    return bool(settings.EMAIL_URL) and settings.EMAIL_BACKEND == _CONSOLE
